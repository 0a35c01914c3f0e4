"""The pages of forms as workbooks: downloading one, bringing it back, and deciding cell by cell what is taken of it."""

from __future__ import annotations

import json
import tempfile
import uuid
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from baocao.model.text import Problem, Text
from baocao_web.collecting import keeping
from baocao_web.collecting.asked import sheet_asked
from baocao_web.collecting.forms_kept import form_of
from baocao_web.collecting.keeping import NotTaken
from baocao_web.collecting.permits import permit
from baocao_web.collecting.sheets import Sheet
from baocao_web.collecting.workbooks import book, reading, writing
from baocao_web.collecting.workbooks import differences as workbook_differences
from baocao_web.collecting.workbooks import waiting as workbook_waiting
from baocao_web.collecting.workbooks.differences import ACTION, Chosen, Differences, Kind
from baocao_web.pages import said
from baocao_web.people.names import names_of
from baocao_web.people.policies import demand, may
from baocao_web.people.recording import lines
from baocao_web.people.roles import Action

MOST: Final = 5 * 1024 * 1024  # of an uploaded workbook: a form of 5.000 cells has a tenth
WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHOWN: Final = 5  # earlier workbooks on the page
_NAME: Final = 120
_LONGEST: Final = 40  # of the name of a call
_NO_FILE: Final = Text("hãy chọn tệp biểu đã điền (.xlsx).", "choose the form that you filled in (.xlsx).")
_TOO_LARGE: Final = Text(
    "tệp nặng {seen} MB, giới hạn là {limit} MB; biểu tải về chỉ nặng vài chục KB: hãy xóa hình ảnh, trang tính thêm "
    "vào.",
    "the file has {seen} MB, the limit is {limit} MB; a form that was downloaded has some tens of KB: delete pictures "
    "and sheets that were added.",
)
_CHANGED: Final = Text(
    "có ô vừa được người khác sửa sau khi mở trang này, nên chưa ghi đè; các ô còn lại đã ghi. Hãy xem lại dưới đây.",
    "somebody changed some of the cells since this page was opened: they were left alone, the others were taken. "
    "Look at them below.",
)
_SHUT: Final = Text(
    "có ô không mở để sửa nên không lấy; các ô còn lại đã ghi. Hãy xem lại dưới đây.",
    "some of the cells are not open for correction and were left alone, the others were taken. Look at them below.",
)
_MALFORMED: Final = Text(
    "yêu cầu không đúng định dạng; hãy tải lại trang rồi thử lại.",
    "the request is malformed; load the page again and try once more.",
)


@require_http_methods(["GET", "POST"])
def workbook(request: HttpRequest, entry: int) -> HttpResponse:
    """Where a form is downloaded as a workbook, and brought back."""
    sheet = sheet_asked(request, entry, Action.SEE)
    problem: Text | None = None
    if request.method == "POST":
        demand(request.user, Action.ENTER, sheet.unit, sheet.kept.sector or None)
        try:
            _bring(request, sheet)
            return redirect("entry_differences", entry)
        except Problem as refused:
            problem = refused.text
    may_enter = _may_enter(request, sheet)
    given = {"sheet": sheet, "problem": problem, "may_enter": may_enter, "limit": MOST // 1024**2}
    waiting = workbook_waiting.find(request.user, entry) if may_enter else None
    told = {"earlier": _earlier(entry), "waiting": waiting, "hours": workbook_waiting.HOURS}
    return render(request, "collecting/upload.html", given | told, status=409 if problem else 200)


@require_GET
def workbook_file(request: HttpRequest, entry: int) -> HttpResponse:
    """The form as a workbook; to fill in for those who may, else to read."""
    sheet = sheet_asked(request, entry, Action.SEE)
    content = writing.written(sheet, timezone.now(), may_enter=_may_enter(request, sheet))
    kept = sheet.kept
    name = book.name_of(f"{kept.code}-{kept.period.code}-{sheet.unit.partition('@')[0]}")
    return attachment(content, WORKBOOK, f"{name}.xlsx")


@require_http_methods(["GET", "POST"])
def differences(request: HttpRequest, entry: int) -> HttpResponse:
    """What the uploaded workbook would change; what is ticked is taken, all of it or nothing."""
    sheet = sheet_asked(request, entry, Action.SEE)
    demand(request.user, Action.ENTER, sheet.unit, sheet.kept.sector or None)
    problem: Text | None = None
    if request.method == "POST":
        if request.POST.get("act") == "drop":
            workbook_waiting.drop(request.user, entry)
            return redirect("entry_workbook", entry)
        try:
            problem = _take(request, entry)
            if problem is None:
                return redirect("entry_workbook", entry)
        except NotTaken as refused:
            problem = refused.text
        sheet = sheet_asked(request, entry, Action.SEE)
    waiting = workbook_waiting.find(request.user, entry)
    if waiting is None:
        return redirect("entry_workbook", entry) if problem is None else _refused(request, problem)
    found = workbook_differences.differences(sheet, waiting)
    given = {"sheet": sheet, "waiting": waiting, "found": found, "problem": problem, "parts": _parts(found)}
    given |= {"name": uuid.uuid4().hex, "kinds": Kind, "closed": None if sheet_is_open(sheet) else sheet.state}
    return render(request, "collecting/differences.html", given, status=409 if problem else 200)


def sheet_is_open(sheet: Sheet) -> bool:
    """Whether a form may be filled at this moment."""
    return sheet.state.may_be_filled and not sheet.is_locked


def attachment(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to be kept, under a plain name."""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _may_enter(request: HttpRequest, sheet: Sheet) -> bool:
    return sheet_is_open(sheet) and may(request.user, Action.ENTER, sheet.unit, sheet.kept.sector or None)


def _bring(request: HttpRequest, sheet: Sheet) -> None:
    """Read an uploaded workbook and let it wait for a decision. Raises ``Problem``."""
    with transaction.atomic():
        held = keeping.hold(sheet.id)
        permit(request.user, Action.ENTER)(held, form_of(held.round))
        keeping.admit(held, sheet.kept)
    given: UploadedFile | None = request.FILES.get("file")
    if given is None:
        raise NotTaken(_NO_FILE)
    size = given.size or 0
    if size > MOST:
        raise NotTaken(_TOO_LARGE.fill(seen=-(-size // 1024**2), limit=MOST // 1024**2))
    content = given.read()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "given.xlsx"
        path.write_bytes(content)
        returned = reading.read(path, sheet)
    name = workbook_name(given.name or "")
    workbook_waiting.keep(request.user, sheet.id, name, sha256(content).hexdigest(), returned)


def workbook_name(seen: str) -> str:
    """A file's name as it may be shown and kept: no sign in it steers or turns what stands around it."""
    shown = "".join(sign if sign.isprintable() and sign not in "/\\" else " " for sign in seen)
    return " ".join(shown.split())[:_NAME] or "–"


def _take(request: HttpRequest, entry: int) -> Text | None:
    """Take what was ticked; why some of it was left, None where nothing was. Raises ``NotTaken``."""
    version, name = request.POST.get("version", ""), request.POST.get("request", "")
    if not (version.isascii() and version.isdigit() and len(version) < 10 and 0 < len(name) <= _LONGEST):
        raise NotTaken(_MALFORMED)
    digest = request.POST.get("file", "")
    chosen = Chosen(entry, digest, int(version), request.POST.getlist("cell"), name)
    saved = workbook_differences.take(chosen, request.user, permit(request.user, Action.ENTER))
    if saved.beside or saved.closed:
        return _CHANGED if saved.beside else _SHUT
    if len(chosen.cells) < keeping.MOST_CELLS:  # else the rest of a very large form is shown next
        workbook_waiting.drop(request.user, entry)
    return None


def _parts(found: Differences) -> list[tuple[Kind, list[Any]]]:
    """The differences by what they are, those that ask for a decision first; no more changes than one save takes."""
    order = (Kind.CONFLICT, Kind.UNREAD, Kind.CLOSED, Kind.CHANGE)
    return [(kind, listed[: keeping.MOST_CELLS]) for kind in order if (listed := found.of(kind))]


def _earlier(entry: int) -> list[dict[str, Any]]:
    """The workbooks that were taken into a form, the latest first."""
    found = list(lines(f"entry:{entry}", ACTION))[-_SHOWN:][::-1]
    names = names_of(line.by for line in found)
    return [
        {**json.loads(line.details), "by": names.get(line.by, line.by), "at": datetime.fromisoformat(line.at)}
        for line in found
    ]


def _refused(request: HttpRequest, problem: Text) -> HttpResponse:
    return render(request, "refused.html", {"words": said(problem)}, status=409)
