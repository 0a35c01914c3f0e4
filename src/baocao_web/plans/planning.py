"""A plan for the year to come while nobody has decided on it: made from this year's, changed line by line, and turned
into targets by the decision that is signed in the end. Until then it stands in no report and on no other page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import Http404
from django.utils import timezone

from baocao.model.period import Period
from baocao.model.target import Target
from baocao.model.text import Problem, Text
from baocao_web.people.policies import demand, may
from baocao_web.people.recording import Done, Replayed, append, demand_new, replayed
from baocao_web.people.roles import Action
from baocao_web.places import office
from baocao_web.places.days import read_day
from baocao_web.places.signs import sentence
from baocao_web.plans import growing, overview
from baocao_web.plans.assigning import (
    MOST,
    NotAssigned,
    asked_at,
    authority_of,
    decision_of,
    record,
    target_meant,
    target_of,
)
from baocao_web.plans.draft_lines import Shown, digest_of, group_codes, shown
from baocao_web.plans.models import Draft, Line
from baocao_web.plans.subjects import Subject, named, of

READERS: Final = (Action.ASSIGN, Action.ISSUE)  # who plans, and who signs; to others a draft is not there
_LONGEST: Final = 120
_LATEST: Final = 50  # drafts among which a call that came twice is looked for
_LONGEST_REASON: Final = 500

_NO_TITLE = Text("hãy đặt tên cho bản dự kiến, như “Phương án 1”.", "give the draft a name, as “Option 1”.")
_NO_REASON = Text("hãy ghi lý do xóa bản dự kiến.", "say why the draft is deleted.")
_NO_PLAN = Text(
    "{authority} chưa giao chỉ tiêu nào cho {unit} năm {year}, nên chưa có gì để tính kế hoạch năm sau.",
    "{authority} has set no targets for {unit} in {year}: there is nothing to plan the next year from.",
)
_ASSIGNED = Text(
    "bản dự kiến này đã được giao theo {decision}, không sửa được nữa.",
    "this draft was assigned by {decision} and cannot be changed any more.",
)
_STALE = Text(
    "người khác đã sửa tên hoặc quy tắc sau khi bạn mở trang; hãy xem lại rồi lưu.",
    "somebody else has changed the name or the rules since you opened the page; look again, then save.",
)
_STALE_LINE = Text(
    "người khác đã sửa dòng này sau khi bạn mở trang; nội dung bạn ghi còn đây, lưu lần nữa để thay.",
    "somebody else has changed this line since you opened the page; yours is kept here, save again to replace it.",
)
_LINES = Text(
    "{count} dòng chưa lưu được; chưa ghi gì, hãy sửa rồi lưu lại.",
    "{count} lines cannot be saved; nothing was kept, correct them and save again.",
)
_TOO_MANY = Text("bản dự kiến có {limit} chỉ tiêu là nhiều nhất.", "a draft has {limit} indicators at most.")
_OPEN = Text(
    "{count} dòng chưa có chỉ tiêu (không tính được theo quy tắc); hãy ghi tay hoặc bỏ các dòng đó rồi giao.",
    "{count} lines have no target (their rule gives none); type it or drop the line, then assign.",
)
_NOTHING = Text("bản dự kiến chưa có chỉ tiêu nào.", "the draft has no target.")
_MOVED = Text(
    "bản dự kiến hoặc số liệu đã thay đổi sau khi bạn mở trang; hãy xem lại bảng rồi giao.",
    "the draft or the figures have changed since you opened the page; look at the table again, then assign.",
)


class NotSaved(Problem):
    """Lines that cannot be kept; ``faults`` says why of each, by its key."""

    def __init__(self, text: Text, faults: Mapping[str, Text]) -> None:
        super().__init__(text)
        self.faults = dict(faults)


@dataclass(frozen=True, slots=True)
class Edit:
    """One line as somebody left it, over which version of it."""

    version: int
    rule: str = ""
    amount: str = ""
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a draft as somebody left them, by group: rule and amount in words."""

    version: int
    by_group: Mapping[str, tuple[str, str]]
    until: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """The decision by which a draft becomes targets, what of the draft was looked at, and the name of this call."""

    authority: str
    decision: str
    holds_from: str
    digest: str
    request: str


@dataclass(frozen=True, slots=True)
class Edits:
    """What somebody changed in a draft's lines."""

    lines: Mapping[str, Edit] = field(default_factory=dict)
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


def may_read(user: object, unit: str) -> bool:
    """Whether somebody may look at the drafts of a unit."""
    return any(may(user, action, unit) for action in READERS)


def draft_for(user: object, pk: int) -> Draft:
    """A draft that somebody may look at. Raises ``Http404`` and ``PermissionDenied``."""
    found: Draft | None = Draft.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    if not may_read(user, found.unit):
        raise PermissionDenied
    return found


def make(unit: str, year: int, title: str, authority: str, user: Any, request: str | None = None) -> Draft:
    """A draft for a year, with a line for each target that an authority set for the year before. Raises ``Problem``.

    ``request`` names the call: one that came twice makes one draft.
    """
    demand(user, Action.ASSIGN, unit)
    words, whose = sentence(title, _LONGEST), authority_of(authority)
    if not words:
        raise Problem(_NO_TITLE)
    wanted = dict.fromkeys(of(one) for one in overview.held(unit, year - 1) if one.address.authority == whose)
    if not wanted:
        raise Problem(_NO_PLAN.fill(authority=whose, unit=office.unit(unit).name, year=year - 1))
    by = user.get_username()
    with transaction.atomic():
        before = _made_before(unit, year, request)
        if before is not None:
            return before
        made: Draft = Draft.objects.create(unit=unit, year=year, title=words, authority=whose, made_by=by)
        Line.objects.bulk_create(_line(made, one) for one in wanted)
        told = {"year": year, "title": words, "lines": len(wanted)}
        append(Done(made.stream, by, "plan_ahead", unit, told, request))
    return made


def _made_before(unit: str, year: int, request: str | None) -> Draft | None:
    """The draft that this very call made; no other call makes one of the unit until the transaction ends."""
    if request is None:
        return None
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"baocao plans {unit}"])
    drafts = Draft.objects.filter(unit=unit, year=year).order_by("-pk")[:_LATEST]
    return next((one for one in drafts if replayed(one.stream, request) is not None), None)


def rename(pk: int, version: int, title: str, user: Any) -> None:
    """Give a draft another name, over the version that was looked at. Raises ``Problem``."""
    words = sentence(title, _LONGEST)
    if not words:
        raise Problem(_NO_TITLE)
    with transaction.atomic():
        draft = _held(pk, user)
        if draft.version != version:
            raise Problem(_STALE)
        if draft.title == words:
            return
        told = {"title": words, "before": draft.title}
        draft.title, draft.version = words, draft.version + 1
        draft.save(update_fields=["title", "version"])
        append(Done(draft.stream, user.get_username(), "plan_ahead", draft.unit, told))


def delete(pk: int, why: str, user: Any) -> Draft:
    """Take a draft away that was made into no targets; the record keeps its lines and why. Raises ``Problem``."""
    reason = sentence(why, _LONGEST_REASON)
    if not reason:
        raise Problem(_NO_REASON)
    with transaction.atomic():
        draft = _held(pk, user)
        lines = {line.subject.key: list(_told(line)) for line in draft.lines.select_for_update()}
        told = {"title": draft.title, "year": draft.year, "authority": draft.authority, "why": reason}
        append(
            Done(
                draft.stream,
                user.get_username(),
                "plan_ahead_deleted",
                draft.unit,
                {**told, "rules": draft.rules, "lines": lines},
            )
        )
        draft.delete()
    return draft


def set_rules(pk: int, rules: Rules, user: Any) -> None:
    """Keep the rules of groups and the month looked at. Raises ``Problem``."""
    kept = {group: growing.growth(*rules.by_group[group]).told for group in group_codes() if group in rules.by_group}
    with transaction.atomic():
        draft = _held(pk, user)
        if draft.version != rules.version:
            raise Problem(_STALE)
        is_month = any(one.code == rules.until for one in Period.part(draft.year - 1).split(1))
        draft.rules, draft.until = kept, rules.until if is_month else ""
        draft.version += 1
        draft.save(update_fields=["rules", "until", "version"])
        append(Done(draft.stream, user.get_username(), "plan_ahead", draft.unit, {"rules": kept, "until": draft.until}))


def edit(pk: int, edits: Edits, user: Any) -> int:
    """Keep changed lines, all or none; how many. Raises ``NotSaved`` with why of each, ``Problem``."""
    with transaction.atomic():
        draft = _held(pk, user)
        standing = {line.subject.key: line for line in draft.lines.select_for_update()}
        faults: dict[str, Text] = {}
        changed = []
        for key, one in edits.lines.items():
            line = standing.get(key)
            if line is None or key in edits.dropped or _told(line) == (one.rule, one.amount, one.typed):
                continue
            fault = _fault(line, one)
            if fault is not None:
                faults[key] = fault
                continue
            line.rule, line.amount, line.typed, line.version = one.rule, one.amount, one.typed, line.version + 1
            changed.append(line)
        if faults:
            raise NotSaved(_LINES.fill(count=len(faults)), faults)
        added = _added(standing, edits.added)
        dropped = [key for key in edits.dropped if key in standing]
        if not (changed or added or dropped):
            return 0
        Line.objects.bulk_update(changed, ["rule", "amount", "typed", "version"])
        Line.objects.bulk_create(_line(draft, one) for one in added)
        draft.lines.filter(pk__in=[standing[key].pk for key in dropped]).delete()
        lines = {line.subject.key: list(_told(line)) for line in changed}
        told = {"lines": lines, "added": [one.key for one in added], "dropped": dropped}
        append(Done(draft.stream, user.get_username(), "plan_ahead", draft.unit, told))
    return len(changed) + len(added) + len(dropped)


def _line(draft: Draft, subject: Subject) -> Line:
    return Line(draft=draft, indicator=subject.indicator, breakdown=subject.line)


def _added(standing: Mapping[str, Line], keys: tuple[str, ...]) -> list[Subject]:
    added = [one for one in dict.fromkeys(map(named, keys)) if one.key not in standing]
    if len(standing) + len(added) > MOST:
        raise Problem(_TOO_MANY.fill(limit=MOST))
    return added


def _told(line: Line) -> tuple[str, str, str]:
    return line.rule, line.amount, line.typed


def _fault(line: Line, one: Edit) -> Text | None:
    """Why a line cannot be kept as somebody left it."""
    if line.version != one.version:
        return _STALE_LINE
    try:
        if one.rule:
            growing.growth(one.rule, one.amount)
    except Problem as problem:
        return problem.text
    meant = target_meant(line.indicator, one.typed) if one.typed else None
    return meant if isinstance(meant, Text) else None


def assign(pk: int, signed: Signed, user: Any) -> int:
    """Turn a draft into targets by the decision that was signed; how many are new.

    Raises ``NotAssigned`` and ``Problem``; then nothing is recorded and the draft stays one.
    """
    by = user.get_username()
    decision, authority = decision_of(signed.decision), authority_of(signed.authority)
    try:
        with transaction.atomic():
            draft = _held(pk, user, signed.request)
            lines = _demand_whole(draft, signed.digest)
            period = Period.part(draft.year)
            holds_from = (
                read_day(signed.holds_from) if signed.holds_from.strip() else min(decision.issued_on, period.end)
            )
            targets: list[Target] = [
                target_of(line.words, asked_at(draft.unit, line.subject, period, authority), decision, holds_from)
                for line in lines
                if line.words is not None
            ]
            new = record(targets, by, {"draft": draft.pk, "title": draft.title})
            draft.decision, draft.assigned_at = decision.number[:_LONGEST], timezone.now()
            draft.save(update_fields=["decision", "assigned_at"])
            told = {"new": new, "decision": decision.number, "digest": signed.digest}
            append(Done(draft.stream, by, "assign", draft.unit, told, signed.request))
            return new
    except Replayed as before:
        return int(before.details["new"])


def _demand_whole(draft: Draft, digest: str) -> list[Shown]:
    """The draft's lines where all of them have targets and are those that were looked at. Raises ``NotAssigned``."""
    lines = shown(draft)
    if not lines:
        raise NotAssigned(_NOTHING)
    lacking = sum(line.words is None for line in lines)
    if lacking:
        raise NotAssigned(_OPEN.fill(count=lacking))
    if digest_of(lines) != digest:
        raise NotAssigned(_MOVED)
    return lines


def _held(pk: int, user: Any, request: str = "") -> Draft:
    """The draft, locked until the end of the transaction, which is none of a decision yet."""
    draft: Draft | None = Draft.objects.select_for_update().filter(pk=pk).first()
    if draft is None:
        raise Http404
    demand(user, Action.ASSIGN, draft.unit)
    if draft.assigned_at is not None:
        if request:
            demand_new(draft.stream, request)
        raise Problem(_ASSIGNED.fill(decision=draft.decision))
    return draft
