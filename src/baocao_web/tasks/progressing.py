"""Telling how far a task has come, and what an approver says to it. What was told is only ever added to.

What a unit tells counts at once, save that it is done: that counts when an approver has confirmed it, and nobody
confirms what he told himself. What is returned counts no more; what was told before it does again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from baocao.model.task import TaskState
from baocao.model.text import Problem, Text
from baocao_web.people.policies import demand, may
from baocao_web.people.recording import Done, Replayed, append
from baocao_web.people.roles import Action
from baocao_web.places import office
from baocao_web.tasks import wording
from baocao_web.tasks.assigning import Again, Stale, demand_followed, hold
from baocao_web.tasks.evidence import Taken
from baocao_web.tasks.models import Evidence, Progress, Task
from baocao_web.tasks.progress_reading import TURN, Account, amiss
from baocao_web.tasks.register import CONFIRMED, RETURNED, turns_open

REASON: Final = 2_000
_BEFORE_LAST = Text(
    "đã có báo cáo đến ngày {last}; hãy ghi ngày không sớm hơn.",
    "there is a report as of {last}; write no earlier day.",
)
_OVER = Text(
    "nhiệm vụ đã được xác nhận hoàn thành; nếu cần sửa, hãy đề nghị chuyên viên tổng hợp trả lại báo cáo đó.",
    "the task is confirmed as done; to mend it, ask the compiler to return that report.",
)
_STALE = Text(
    "Người khác vừa báo cáo nhiệm vụ này sau khi bạn mở trang. Nội dung bạn ghi không mất: vẫn ở dưới đây và đã được "
    "giữ trong lịch sử. Hãy đọc báo cáo mới rồi gửi lại; tệp đính kèm cần chọn lại.",
    "Somebody else has told of this task since you opened the page. What you typed is not lost: it stands below and "
    "is kept in the history. Read the new report, then send yours again; choose files anew.",
)
_JUDGED = Text(
    "báo cáo số {number} đã được {by} xử lý; hãy tải lại trang và xem lại.",
    "report {number} was settled by {by}; load the page again and look.",
)
_NEWER = Text(
    "báo cáo số {number} không phải là báo cáo mới nhất; hãy tải lại trang và xem báo cáo mới.",
    "report {number} is not the newest; load the page again and read the new one.",
)
_OWN = Text(
    "không ai tự xác nhận báo cáo của mình; hãy để người duyệt khác xác nhận.",
    "nobody confirms what he told himself; another approver must.",
)
_NO_REASON = Text(
    "trả lại phải nêu lý do, để đơn vị biết cần sửa gì.", "say why it is returned, so that it can be mended."
)


def tell(pk: int, account: Account, files: Sequence[Taken], user: Any, request: str) -> None:
    """Add what somebody tells of a task. Raises ``Problem``, ``Stale`` where another told meanwhile, ``Again``."""
    by, is_beside = user.get_username(), False
    try:
        with transaction.atomic():
            task = hold(pk)
            demand(user, Action.TRACK, task.unit)
            last = task.progress.order_by("-number").first()
            is_beside = account.base != (last.number if last else 0)
            if is_beside:
                told = {"base": account.base, "beside": True, **account.told()}
                append(Done(task.stream, by, "track", task.unit, told, request))
            else:
                _admit(task, account)
                put_down(task, account, by, request, files)
    except Replayed as before:
        if not before.details.get("beside"):
            raise Again(pk) from before
        is_beside = True
    if is_beside:
        raise Stale(_STALE)


def _admit(task: Task, account: Account) -> None:
    """Raises ``Problem`` for what cannot be told of a task as it stands."""
    demand_followed(task)
    allowed = {turn.code for turn in turns_open(task, office.today())} if task.every else {""}
    faults = amiss(account, task.decided_on)
    if account.turn not in allowed:
        raise Problem(TURN)
    last = last_told(task, account.turn)
    if last is not None and last.state == TaskState.DONE.value and last.verdict == CONFIRMED:
        raise Problem(_OVER)
    if last is not None and account.on < last.on:
        faults["on"] = before_last(last)
    wording.refuse(faults)


def last_told(task: Task, turn: str) -> Progress | None:
    """What was last told of a task, or of a turn of it, and not returned."""
    found: Progress | None = (
        task.progress.filter(turn=turn).exclude(verdict=RETURNED).order_by("-on", "-number").first()
    )
    return found


def before_last(last: Progress) -> Text:
    """That a day lies before that of what was told last."""
    return _BEFORE_LAST.fill(last=f"{last.on:%d/%m/%Y}")


def put_down(
    task: Task, account: Account, by: str, request: str | None = None, files: Sequence[Taken] = (), *, verdict: str = ""
) -> Progress:
    """Write what was told of a task that is held, within the caller's transaction."""
    last = task.progress.order_by("-number").first()
    settled = {"verdict": verdict, "verdict_by": by, "verdict_at": timezone.now()} if verdict else {}
    made: Progress = Progress.objects.create(
        task=task,
        number=last.number + 1 if last else 1,
        turn=account.turn,
        on=account.on,
        state=account.state.value,
        done_on=account.done_on,
        percent=account.percent,
        text=account.text,
        link=account.link,
        by=by,
        **settled,
    )
    for one in files:
        Evidence.objects.create(
            progress=made, name=one.name, sha256=one.sha256, size=len(one.content), content=one.content
        )
    told = {"number": made.number, **account.told(), **({"verdict": verdict} if verdict else {})}
    if files:
        told["files"] = {one.sha256: one.name for one in files}
    append(Done(task.stream, by, "track", task.unit, told, request))
    return made


def confirm(pk: int, number: int, user: Any, request: str) -> None:
    """Confirm what was told last. Raises ``Problem``, ``PermissionDenied``, ``Again``."""

    def check(task: Task, told: Progress) -> None:
        if told.verdict:
            raise Problem(_JUDGED.fill(number=number, by=told.verdict_by))
        if told.by == user.get_username():
            raise Problem(_OWN)

    _settle(_Verdict(pk, number, CONFIRMED, Action.APPROVE, request), user, check)


def send_back(pk: int, number: int, reason: str, user: Any, request: str) -> None:
    """Return what was told last, with a reason; what is confirmed, only who may correct. Raises as ``confirm``."""
    words = wording.line(reason, REASON)

    def check(task: Task, told: Progress) -> None:
        if told.verdict == RETURNED:
            raise Problem(_JUDGED.fill(number=number, by=told.verdict_by))
        if told.verdict == CONFIRMED and not may(user, Action.CORRECT, task.unit):
            raise PermissionDenied
        if not words:
            raise Problem(_NO_REASON)

    _settle(_Verdict(pk, number, RETURNED, Action.RETURN, request, words), user, check)


@dataclass(frozen=True, slots=True)
class _Verdict:
    task: int
    number: int
    name: str
    action: Action
    request: str
    reason: str = ""


def _settle(verdict: _Verdict, user: Any, check: Callable[[Task, Progress], None]) -> None:
    """Write a verdict, once: the record is asked first whether this very call was settled before."""
    by = user.get_username()
    try:
        with transaction.atomic():
            task = hold(verdict.task)
            demand(user, Action.TRACK, task.unit)  # leaders read; who follows tasks settles what is told of them
            demand(user, verdict.action, task.unit)
            details = {"number": verdict.number, "reason": verdict.reason}
            append(Done(task.stream, by, verdict.action.value, task.unit, details, verdict.request))
            demand_followed(task)
            told = task.progress.filter(number=verdict.number).first()
            if told is None or task.progress.filter(number__gt=verdict.number, turn=told.turn).exists():
                raise Problem(_NEWER.fill(number=verdict.number))
            check(task, told)
            told.verdict, told.verdict_by, told.verdict_at = verdict.name, by, timezone.now()
            told.reason = verdict.reason
            told.save(update_fields=["verdict", "verdict_by", "verdict_at", "reason"])
    except Replayed as before:
        raise Again(verdict.task) from before
