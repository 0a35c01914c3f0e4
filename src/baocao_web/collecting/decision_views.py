"""Many forms approved at once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from baocao.model.text import Text
from baocao_web.collecting import deciding
from baocao_web.collecting.calls import is_name
from baocao_web.collecting.keeping import NotTaken

_ODD = Text(
    "danh sách biểu gửi lên không đúng định dạng; hãy tải lại trang rồi chọn lại.",
    "the list of forms is malformed; load the page again and choose once more.",
)
_NONE = Text("chưa chọn biểu nào để duyệt.", "no form is chosen.")


@require_POST
def approve_many(request: HttpRequest) -> HttpResponse:
    """Approve the forms that were chosen; a page tells which were, and which were left and why."""
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("entries")
    try:
        decided = _decided(request)
    except NotTaken as problem:
        return render(request, "collecting/decided.html", {"refused": problem.text, "back": back}, status=409)
    return render(request, "collecting/decided.html", {"decided": decided, "refused": None, "back": back})


def _decided(request: HttpRequest) -> deciding.Decided:
    seen, name = request.POST.getlist("pick"), request.POST.get("request", "")
    if not seen:
        raise NotTaken(_NONE)
    picks = [pick for pick in map(deciding.read_pick, seen) if pick is not None]
    if len(picks) < len(seen) or not is_name(name):
        raise NotTaken(_ODD)
    return deciding.approve_many(request.user, request.user.get_username(), picks, name)
