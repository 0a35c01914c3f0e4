"""What a mail says of key tasks: of reports that were returned, of what is owed, of what units below are late with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse

from baocao.model.text import Text
from baocao_web.pages import day, said, unit_name
from baocao_web.running.reminder_words import AUTOMATIC, GREETING
from baocao_web.running.schedule import Cause, working_days
from baocao_web.tasks.register import Followed


@dataclass(frozen=True, slots=True)
class ToldTask:
    """One task that a mail tells of."""

    notice: int
    followed: Followed
    cause: Cause
    reason: str = ""  # for which what was told of it was returned


_MIXED = Text("Nhiệm vụ trọng tâm: {count} nhiệm vụ cần xem", "Key tasks: {count} to look at")
_SUBJECTS = {
    Cause.REMINDER: Text("Nhắc nhiệm vụ trọng tâm: {count} nhiệm vụ", "Reminder: {count} key tasks"),
    Cause.ESCALATION: Text("Nhiệm vụ trọng tâm quá hạn: {count} nhiệm vụ", "Overdue: {count} key tasks"),
    Cause.RETURN: Text("Báo cáo nhiệm vụ bị trả lại: {count} nhiệm vụ", "Reports returned: {count} key tasks"),
}
_OPENINGS = {
    Cause.RETURN: Text(
        "Báo cáo về các nhiệm vụ sau đây bị trả lại để sửa và báo cáo lại:",
        "What was told of the following tasks was returned, to be mended and told again:",
    ),
    Cause.REMINDER: Text(
        "Các nhiệm vụ sau đây sắp đến hạn hoặc đã quá hạn nhưng chưa hoàn thành:",
        "The following tasks are nearly due or overdue, and not done yet:",
    ),
    Cause.ESCALATION: Text(
        "Các nhiệm vụ sau đây của đơn vị cấp dưới đã quá hạn nhưng chưa hoàn thành:",
        "The following tasks of units below are overdue, and not done yet:",
    ),
}
_CLOSINGS = {
    Cause.RETURN: Text("Đề nghị ông/bà sửa và báo cáo lại.", "Please mend it and tell again."),
    Cause.REMINDER: Text(
        "Đề nghị ông/bà cập nhật tiến độ, hoặc đôn đốc cơ quan chủ trì.",
        "Please tell how far they have come, or see to it that their owners do.",
    ),
    Cause.ESCALATION: Text("Đề nghị ông/bà xem xét, đôn đốc các đơn vị.", "Please see to it that these units act."),
}
_TASK = Text("- {title} ({owner}, {unit}): {state}.", "- {title} ({owner}, {unit}): {state}.")
_LEFT = Text("hạn {due}, còn {count} ngày làm việc", "due on {due}, {count} working days left")
_TODAY = Text("hạn là hôm nay, {due}", "due today, {due}")
_OVER = Text("hạn {due}, đã quá {count} ngày làm việc", "due on {due}, {count} working days late")
_NO_DAY = Text("không đặt hạn", "no day is set")
_REASON = Text("  Lý do: {reason}", "  Reason: {reason}")


def subject(told: Sequence[ToldTask]) -> str:
    """A subject without anything that somebody typed."""
    causes = {one.cause for one in told}
    words = _SUBJECTS[causes.pop()] if len(causes) == 1 else _MIXED
    return said(words.fill(count=len({one.followed.task.pk for one in told})))


def body(name: str, told: Sequence[ToldTask], today: date) -> str:
    """The whole mail: what came back to its reader, what he owes himself, then what units below him owe."""
    parts = [said(GREETING.fill(name=name)), ""]
    for cause in _OPENINGS:
        found = [one for one in told if one.cause is cause]
        if found:
            rows = [line for one in found for line in _lines(one, today)]
            parts += [said(_OPENINGS[cause]), *rows, "", said(_CLOSINGS[cause]), ""]
    return "\n".join([*parts, said(AUTOMATIC)]) + "\n"


def _lines(one: ToldTask, today: date) -> Iterator[str]:
    task = one.followed.task
    state = _state(one.followed.due_on, today)
    yield said(_TASK).format(title=task.title, owner=task.owner, unit=unit_name(task.unit), state=state)
    if one.reason:
        yield said(_REASON).format(reason=one.reason)
    if settings.CHANNELS.address:
        yield f"  {settings.CHANNELS.address}{reverse('task', args=[task.pk])}"


def _state(due_on: date | None, today: date) -> str:
    if due_on is None:
        return said(_NO_DAY)
    words = _TODAY if due_on == today else _LEFT if due_on > today else _OVER
    return said(words.fill(due=day(due_on), count=abs(working_days(today, due_on))))
