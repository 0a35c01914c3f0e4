"""What a mail says of forms that are owed: to those who fill them in, and to their superiors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.conf import settings
from django.urls import reverse

from baocao.model.text import Text
from baocao_web.collecting.forms_kept import Kept
from baocao_web.pages import day, period_name, said, unit_name
from baocao_web.running.schedule import Cause, working_days


@dataclass(frozen=True, slots=True)
class Told:
    """One form that a mail tells of."""

    notice: int
    entry: int
    unit: str
    kept: Kept
    due_on: date
    cause: Cause
    reason: str = ""  # for which it was returned


_SUBJECT = Text("Nhắc nộp biểu: {count} biểu chưa nộp", "Reminder: {count} forms not submitted yet")
_SUBJECT_RETURNED = Text("Biểu bị trả lại: {count} biểu cần sửa", "Returned: {count} forms to be mended")
_SUBJECT_LATE = Text("Đơn vị chậm nộp biểu: {count} biểu quá hạn", "Late units: {count} forms overdue")
GREETING = Text("Kính gửi ông/bà {name},", "Dear {name},")
_RETURNED = Text(
    "Các biểu sau đây bị trả lại để sửa và nộp lại:",
    "The following forms were returned, to be mended and submitted again:",
)
_REASON = Text("  Lý do: {reason}", "  Reason: {reason}")
_OWED = Text(
    "Các biểu sau đây sắp đến hạn hoặc đã quá hạn nhưng chưa nộp:",
    "The following forms are nearly due or overdue, and not submitted yet:",
)
_LATE = Text(
    "Đến hết ngày {today}, các đơn vị sau đây đã quá hạn nhưng chưa nộp biểu:",
    "As of {today}, the following units are overdue:",
)
_FORM = Text("- {code} – {title}, {period}, {unit}: {state}.", "- {code} – {title}, {period}, {unit}: {state}.")
_HEADING = Text("{code} – {title}, {period}:", "{code} – {title}, {period}:")
_UNIT = Text("- {unit}: {state};", "- {unit}: {state};")
_LEFT = Text("hạn nộp {due}, còn {count} ngày làm việc", "due on {due}, {count} working days left")
_TODAY = Text("hạn nộp là hôm nay, {due}", "due today, {due}")
_OVER = Text("hạn nộp {due}, đã quá hạn {count} ngày làm việc", "due on {due}, {count} working days late")
_ASKED = Text(
    "Đề nghị ông/bà hoàn thành và nộp biểu; nếu có vướng mắc, đề nghị liên hệ {owner}.",
    "Please complete and submit them; should anything stand in the way, please contact {owner}.",
)
_SUPERIOR = Text(
    "Đề nghị ông/bà xem xét, đôn đốc các đơn vị; công văn đôn đốc lập được tại trang của đợt báo cáo.",
    "Please see to it; the page of the round makes a letter to these units.",
)
AUTOMATIC = Text(
    "Thư này do phần mềm gửi tự động, đề nghị không trả lời.", "This mail was sent by the program; please do not reply."
)
_SUBJECTS = {Cause.REMINDER: _SUBJECT, Cause.ESCALATION: _SUBJECT_LATE, Cause.RETURN: _SUBJECT_RETURNED}


def subject(told: Sequence[Told]) -> str:
    """A subject without anything that somebody typed."""
    causes = {one.cause for one in told}
    words = _SUBJECTS[causes.pop()] if len(causes) == 1 else _SUBJECT
    return said(words.fill(count=len({one.entry for one in told})))


def body(name: str, told: Sequence[Told], today: date) -> str:
    """The whole mail: what came back to its reader, what he owes himself, then what units below him owe."""
    by_cause = {cause: [one for one in told if one.cause is cause] for cause in Cause}
    returned, own, below = by_cause[Cause.RETURN], by_cause[Cause.REMINDER], by_cause[Cause.ESCALATION]
    parts = [said(GREETING.fill(name=name)), ""]
    if returned:
        parts += [said(_RETURNED), *(line for one in returned for line in _own_lines(one, today)), ""]
    if own:
        parts += [said(_OWED), *(line for one in own for line in _own_lines(one, today)), ""]
    if own or returned:
        parts += [said(_ASKED.fill(owner=unit_name((own or returned)[0].kept.owner))), ""]
    if below:
        parts += [said(_LATE.fill(today=day(today))), *_lines_below(below, today), said(_SUPERIOR), ""]
    return "\n".join([*parts, said(AUTOMATIC)]) + "\n"


def _own_lines(one: Told, today: date) -> Iterable[str]:
    yield said(_FORM.fill(**_names(one.kept), unit=unit_name(one.unit), state=state(one.due_on, today)))
    if one.reason:
        yield said(_REASON).format(reason=one.reason)
    if settings.CHANNELS.address:
        yield f"  {settings.CHANNELS.address}{reverse('entry', args=[one.entry])}"


def _lines_below(told: Sequence[Told], today: date) -> Iterable[str]:
    for _, group in groupby(sorted(told, key=lambda one: one.kept.id), key=lambda one: one.kept.id):
        ones = list(group)
        yield ""
        yield said(_HEADING.fill(**_names(ones[0].kept)))
        yield from (said(_UNIT.fill(unit=unit_name(one.unit), state=state(one.due_on, today))) for one in ones)
        if settings.CHANNELS.address:
            yield f"  {settings.CHANNELS.address}{reverse('round', args=[ones[0].kept.id])}"
    yield ""


def _names(kept: Kept) -> dict[str, str]:
    return {"code": kept.code, "title": said(kept.title), "period": period_name(kept.period)}


def state(due_on: date, today: date) -> str:
    """How far off a due day is, in working days."""
    count = working_days(today, due_on)
    if due_on == today:
        return said(_TODAY.fill(due=day(due_on)))
    return said((_LEFT if due_on > today else _OVER).fill(due=day(due_on), count=abs(count)))
