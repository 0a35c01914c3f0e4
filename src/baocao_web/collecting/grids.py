"""What the script of an entry page is told: the rules of the form, the figures beside, and all that it may say."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from baocao import __version__
from baocao.reference import load
from baocao_web.collecting.checking import Checks
from baocao_web.collecting.forms_kept import Kept
from baocao_web.collecting.permits import Acts
from baocao_web.collecting.sheets import Sheet

_checks: dict[int, Checks] = {}
_rules: dict[tuple[int, str], str] = {}


def checks_of(kept: Kept) -> Checks:
    """The rules of a form, made once: a version of a form never changes."""
    if kept.form not in _checks:
        _checks[kept.form] = Checks(kept.layout)
    return _checks[kept.form]


def grid_of(request: HttpRequest, sheet: Sheet, acts: Acts) -> dict[str, Any]:
    """All that the page's script needs, as JSON."""
    page = reverse("entry", args=[sheet.id])  # looked up once: it costs as much as all the rest here
    urls = {name: f"{page}{name}" for name in ("save", "news", "remarks")}
    return {
        "entry": sheet.id,
        "version": sheet.version,
        "remarked": sheet.remarked,
        "threads": json.loads(sheet.threads),
        "state": sheet.state.value,
        "step": sheet.step,
        "digest": sheet.digest,
        "user": request.user.get_username(),
        "language": translation.get_language(),
        "may": {"enter": acts.may_enter, "comment": acts.may_comment},
        "urls": {**urls, "rules": _rules_url(sheet.kept)},
    }


def _rules_url(kept: Kept) -> str:
    """Where the rules are; the address changes with them and with the words, so that a browser may keep them."""
    language = translation.get_language() or "vi"
    return f"{reverse('form_rules', args=[kept.form])}?{language}-{__version__}"


def rules_of(form: int, checks: Checks) -> str:
    """The rules of a form with the words to tell them by, as JSON in the reader's language."""
    key = (form, translation.get_language() or "vi")
    if key not in _rules:
        told = {"checks": checks.for_browser(), "marks": _marks(), "words": _words()}
        _rules[key] = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return _rules[key]


@lru_cache(maxsize=1)
def _marks() -> dict[str, str]:
    """What may be typed in place of a figure, in lower case, with the mark meant."""
    table = load("intake")["marks"]
    return {word.casefold(): code for code, words in table.items() for word in words if code != "crossed"}


def _words() -> dict[str, str]:
    return {
        "kept": _("Đã lưu"),
        "kept_unread": _("Đã lưu; {count} ô chưa đọc được thành số, cần sửa trước khi nộp"),
        "sending": _("Đang lưu…"),
        "offline": _("Mất mạng: {count} ô đang giữ trong trình duyệt, sẽ tự gửi khi có mạng"),
        "stopped": _("Chưa lưu được"),
        "clashes": _("{count} ô có hai người cùng sửa: hãy bấm vào ô được đánh dấu để chọn"),
        "clash": _("Ông/bà gõ “{mine}”, người khác đã ghi “{theirs}”."),
        "mine": _("Giữ “{mine}”"),
        "theirs": _("Lấy “{theirs}”"),
        "signed_out": _(
            "Phiên làm việc đã hết hoặc quyền đã thay đổi. Số liệu vẫn được giữ trong trình duyệt này: "
            "hãy đăng nhập lại ở thẻ khác, rồi tải lại trang này."
        ),
        "no_room": _("Trình duyệt không còn chỗ để giữ số liệu; hãy chờ gửi xong trước khi nhập tiếp."),
        "no_line": _("Chưa gửi được vì mất mạng; hãy thử lại khi có mạng. Số liệu vẫn được giữ."),
        "not_sent": _("Còn ô chưa gửi được lên máy chủ; hãy thử lại khi có mạng. Số liệu vẫn được giữ."),
        "too_many": _("Khối dán có hơn {limit} ô; hãy dán từng phần nhỏ hơn."),
        "outside": _("{count} ô của khối dán rơi vào chỗ không nhập được, nên không được lấy."),
        "unread": _("Chưa đọc được thành số. Viết như 1.234,5, hoặc ghi “chưa có số liệu”, “không phát sinh”."),
        "range": _("{value} nằm ngoài khoảng hợp lý ({range}); hãy kiểm tra số và đơn vị tính."),
        "from": _("từ {low}"),
        "to": _("đến {high}"),
        "slip": _(
            "{value} gấp khoảng {times} lần số bên cạnh ({beside}); có nhầm đơn vị tính hoặc dấu thập phân không?"
        ),
        "small": _(
            "{value} chỉ bằng khoảng 1/{times} số bên cạnh ({beside}); có nhầm đơn vị tính hoặc dấu thập phân không?"
        ),
        "identity": _("Không khớp {rule}: {left} so với {right}."),
        "closed": _("{count} ô không mở để sửa nên không được lấy; điều đã gõ còn trong lịch sử của ô."),
        "blank": _("{count} ô để trống: không ghi gì là chưa báo cáo; nếu không có số, hãy ghi “chưa có số liệu”."),
        "more_doubts": _("… và {count} cảnh báo nữa"),
        "moved": _("Biểu đã chuyển sang “{state}”. Hãy tải lại trang để xem; điều chưa gửi vẫn được giữ."),
        "reload": _("Tải lại trang"),
        "returned": _("Ô này bị trả lại, cần sửa."),
        "remarks": _("{count} ý kiến: {cell}"),
        "unsettled": _("{count} ý kiến, chưa giải quyết: {cell}"),
        "new_remark": _("Ý kiến mới của {by}, ô {cell}: {text}"),
        "new_cells": _("{count} ô vừa được người khác sửa: {cells}"),
        "settled": _("đã giải quyết"),
        "no_remarks": _("Chưa có ý kiến về ô này."),
        "no_cell": _("Hãy chọn một ô trong bảng trước."),
        "remark_kept": _("Chưa gửi được; ý kiến vẫn được giữ ở đây, hãy gửi lại khi có mạng."),
    }


def forget() -> None:
    """Make all rules again when they are next asked for."""
    _checks.clear()
    _rules.clear()
