"""Targets as somebody types them become targets of the store: all lines of one decision, or none.

An adjustment is a later decision: nothing is changed, the later one holds from its day on.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from baocao.figures import compare_words, store_targets
from baocao.figures.intake_decisions import read_decision
from baocao.figures.intake_numbers import Habit, read_number
from baocao.figures.store_rows import Refused
from baocao.figures.target_words import TargetWords, read_target
from baocao.figures.targets import TargetConflict, contradicts, plan
from baocao.model.observation import Address, Scenario
from baocao.model.period import Period
from baocao.model.target import Decision, Target
from baocao.model.text import Problem, Text
from baocao_web.figures.feeding_in import raw
from baocao_web.people.policies import demand
from baocao_web.people.recording import Done, Replayed, append, demand_new
from baocao_web.people.roles import Action
from baocao_web.places import office
from baocao_web.plans import subjects
from baocao_web.plans.slips import slips
from baocao_web.plans.subjects import Subject

MOST: Final = 1_000  # lines of one decision
_LONGEST: Final = 120

_NO_AUTHORITY = Text("hãy ghi cấp giao, như “UBND tỉnh”, “HĐND”.", "say who sets the targets, as “UBND tỉnh”, “HĐND”.")
_NO_DAY = Text(
    "quyết định phải có ngày ban hành, như “12/NQ-HĐND ngày 20/12/2025”.",
    "a decision needs its day, as “12/NQ-HĐND ngày 20/12/2025”.",
)
_NOTHING = Text("chưa ghi chỉ tiêu nào.", "no target was typed.")
_TOO_MANY = Text("{seen} chỉ tiêu trong một lần, nhiều nhất là {limit}.", "{seen} targets at once, {limit} at most.")
_MEASURE = Text(
    "chỉ tiêu này tính theo {wanted}, không theo {seen}; hãy quy đổi rồi ghi số.",
    "this indicator is told in {wanted}, not in {seen}; convert the figure.",
)
_LINES = Text("{count} chỉ tiêu chưa đọc được; chưa ghi gì.", "{count} targets cannot be read; nothing was recorded.")
_SLIPS = Text(
    "{count} chỉ tiêu lệch 10, 100 hoặc 1.000 lần so với số đã giao; chưa ghi gì, hãy xem từng dòng.",
    "{count} targets are 10, 100 or 1,000 times off what was set before; nothing was recorded, look at each.",
)
_OTHERWISE = Text(
    "đã lưu “{stands}” theo {decision}, cùng ngày ban hành và ngày hiệu lực {day}; nếu số đã lưu bị gõ nhầm, "
    "hãy mở lịch sử của chỉ tiêu và chọn “sửa do gõ nhầm”.",
    "“{stands}” is kept by {decision}, of the same day and holding from {day}; if that was mistyped, open the history "
    "of the indicator and correct it there.",
)
_LONG = Text("quá {limit} ký tự.", "more than {limit} characters.")


class NotAssigned(Problem):
    """Targets that cannot be recorded; ``faults`` says why of each line."""

    def __init__(self, text: Text, faults: Mapping[str, Text] | None = None) -> None:
        super().__init__(text)
        self.faults = dict(faults or {})


class Doubted(NotAssigned):
    """Targets that may be slips, to be confirmed; ``faults`` says why of each line."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One decision as it was typed: ``lines`` are targets in words by the keys of subjects; blanks are left out.

    ``sure`` are those lines that are meant as they are though they look like slips, as ``confirmed`` says them.
    """

    unit: str
    year: int
    authority: str
    decision: str
    holds_from: date | None = None
    lines: Mapping[str, str] = field(default_factory=dict)
    sure: Collection[str] = ()


def assign(asked: Asked, user: Any, request: str = "") -> int:
    """Record the targets of one decision; how many were new.

    ``request`` names this very call: done before, nothing is recorded again. Raises ``NotAssigned``, ``Doubted``,
    ``PermissionDenied``; then nothing is recorded.
    """
    demand(user, Action.ASSIGN, asked.unit)
    try:
        with transaction.atomic():
            if request:
                demand_new(f"plan:{asked.unit}", request)
            given = targets_of(asked)
            _refuse_doubtful(asked, given)
            return record(given, user.get_username(), request=request)
    except Replayed as before:
        return len(before.details["targets"])


def _refuse_doubtful(asked: Asked, given: Sequence[Target]) -> None:
    """Raises ``NotAssigned`` for what the same decision told otherwise, ``Doubted`` for slips nobody has confirmed."""
    kept = store_targets.kept_of_unit(raw(), asked.unit)
    twice = {subjects.of(one).key: other for one in given for other in kept if contradicts(one, other)}
    if twice:
        faults = {key: _told_otherwise(other) for key, other in twice.items()}
        raise NotAssigned(_LINES.fill(count=len(faults)), faults)
    told = slips([one for one in given if one not in kept], kept)
    doubts = {key: text for key, text in told.items() if confirmed(key, asked.lines[key]) not in asked.sure}
    if doubts:
        raise Doubted(_SLIPS.fill(count=len(doubts)), doubts)


def confirmed(key: str, words: str) -> str:
    """How a page says that a target is meant as it was typed."""
    return f"{key}={words.strip()}"


def _told_otherwise(other: Target) -> Text:
    words = compare_words.asked(other)
    facts = {"decision": other.decision.number, "day": f"{other.holds_from:%d/%m/%Y}"}
    return Text(_OTHERWISE.vi.format(stands=words.vi, **facts), _OTHERWISE.en.format(stands=words.en, **facts))


def record(given: Sequence[Target], by: str, told: Mapping[str, object] | None = None, request: str = "") -> int:
    """Record targets of one or more units within the caller's transaction, each unit's in its own stream.

    ``told`` is what else the record says of them; ``request`` names the call in the first unit's stream. How many were
    new. Raises ``NotAssigned``, ``Replayed``; then the caller's transaction is to be given up.
    """
    by_unit: dict[str, list[Target]] = {}
    for one in sorted(given, key=lambda one: one.address):
        by_unit.setdefault(one.address.unit, []).append(one)
    try:
        done = store_targets.record_targets(raw(), given, datetime.now(UTC), by)
        for unit, targets in by_unit.items():
            plan(store_targets.kept_of_unit(raw(), unit), max(one.holds_from for one in targets))
            plan(store_targets.kept_of_unit(raw(), unit), targets[0].address.period.end)  # no two that contradict
            append(Done(f"plan:{unit}", by, "assign", unit, {**_told(targets), **(told or {})}, request or None))
    except (TargetConflict, Refused) as problem:
        raise NotAssigned(problem.text) from problem
    return done.new


def _told(targets: Sequence[Target]) -> dict[str, object]:
    first = targets[0]
    lines = {subjects.of(one).key: compare_words.asked(one).vi for one in targets}
    head = {"year": first.address.period.year, "authority": first.address.authority, "decision": first.decision.number}
    return {**head, "targets": lines}


def targets_of(asked: Asked) -> list[Target]:
    """The targets meant. Raises ``NotAssigned`` with what is wrong in each line."""
    authority = authority_of(asked.authority)
    decision = decision_of(asked.decision)
    lines = {code: words.strip() for code, words in asked.lines.items() if words.strip()}
    if not lines:
        raise NotAssigned(_NOTHING)
    if len(lines) > MOST:
        raise NotAssigned(_TOO_MANY.fill(seen=len(lines), limit=MOST))
    period = Period.part(asked.year)
    holds_from = asked.holds_from or min(decision.issued_on, period.end)
    made, faults = [], {}
    for key, words in lines.items():
        subject = subjects.meant(key)
        if isinstance(subject, Text):
            faults[key] = subject
            continue
        found = target_meant(subject.indicator, words)
        if isinstance(found, Text):
            faults[key] = found
        else:
            made.append(target_of(found, asked_at(asked.unit, subject, period, authority), decision, holds_from))
    if faults:
        raise NotAssigned(_LINES.fill(count=len(faults)), faults)
    return made


def asked_at(unit: str, subject: Subject, period: Period, authority: str) -> Address:
    """Where an authority's target for a subject stands."""
    return Address(unit, subject.indicator, period, Scenario.TARGET, authority, subject.breakdown)


def target_of(words: TargetWords, address: Address, decision: Decision, holds_from: date) -> Target:
    """The target that words mean at an address, by a decision."""
    bounds = (words.low, words.high, words.is_strict, words.is_rated_at_year_end)
    return Target(address, words.kind, decision, holds_from, *bounds)


def authority_of(words: str) -> str:
    """Who sets targets, as typed. Raises ``NotAssigned`` for nobody."""
    authority = " ".join(words.split())[:_LONGEST]
    if not authority:
        raise NotAssigned(_NO_AUTHORITY)
    return authority


def decision_of(words: str) -> Decision:
    """The decision that words name, with its day. Raises ``NotAssigned``."""
    found = read_decision(" ".join(words.split())[:_LONGEST])
    if isinstance(found, Text):
        raise NotAssigned(found)
    if found.issued_on is None:
        raise NotAssigned(_NO_DAY)
    return found.on(found.issued_on)


def target_meant(code: str, words: str) -> TargetWords | Text:
    """One target in words, in the indicator's own measure; or why it cannot be read."""
    if len(words) > _LONGEST:
        return _LONG.fill(limit=_LONGEST)
    found = read_target(words, _number)
    if isinstance(found, TargetWords) and found.measure and not _is_measure(code, found.measure):
        return _MEASURE.fill(wanted=measure(code).vi, seen=found.measure)
    return found


def _number(words: str) -> Decimal | Text:
    return read_number(words, Habit.VIETNAMESE)


def _is_measure(code: str, seen: str) -> bool:
    known = measure(code)
    return seen.casefold() in (known.vi.casefold(), known.en.casefold())


def measure(code: str) -> Text:
    """What an indicator is told in."""
    listed = office.catalogue()
    return listed.units[code].name if code in listed.units else Text(listed[code].unit, listed[code].unit)
