"""One target given to the units below, communes and departments: what each has, what is given now, the running sum."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from django.db import transaction

from baocao.figures import compare_words, store_targets, targets
from baocao.figures.said import figure
from baocao.figures.target_words import TargetWords
from baocao.figures.targets import Allocation, plan
from baocao.ledger.annexing import leading_first
from baocao.model.indicator import Indicator, Over
from baocao.model.org_unit import Level
from baocao.model.period import Period
from baocao.model.target import Target, TargetKind
from baocao.model.text import Text
from baocao_web.figures.feeding_in import raw
from baocao_web.people.policies import demand
from baocao_web.people.recording import Done, Replayed, append, demand_new
from baocao_web.people.roles import Action
from baocao_web.places import office
from baocao_web.places.days import read_day
from baocao_web.plans.assigning import (
    NotAssigned,
    asked_at,
    authority_of,
    decision_of,
    measure,
    record,
    target_meant,
    target_of,
)
from baocao_web.plans.subjects import Subject, of

_STRANGE: Final = Text(
    "{count} đơn vị không trực thuộc {unit}; hãy tải lại trang.",
    "{count} units do not belong to {unit}; load the page again.",
)
_NOTHING: Final = Text("chưa ghi số cho đơn vị nào.", "no figure was typed for any unit.")
_LINES: Final = Text(
    "{count} đơn vị có số chưa đọc được; chưa ghi gì.",
    "the figures of {count} units cannot be read; nothing was recorded.",
)
_MOVED: Final = Text(
    "số đang giao đã thay đổi sau khi bạn mở trang; hãy xem lại rồi ghi.",
    "what units are given has changed since you opened the page; look again, then record.",
)
_BEYOND: Final = Text(
    "các đơn vị được giao cộng lại {total}, vượt chỉ tiêu chung {whole}; hãy sửa, hoặc đánh dấu “vẫn ghi”.",
    "what units are given comes to {total}, more than the whole of {whole}; correct it, or tick “record all the same”.",
)


@dataclass(frozen=True, slots=True)
class Place:
    """One unit below, and what it is given of the target now."""

    unit: str
    standing: Target | None

    @property
    def words(self) -> Text | None:
        return compare_words.asked(self.standing) if self.standing else None


@dataclass(frozen=True, slots=True)
class Allotment:
    """One target and its parts. ``whole`` is None where nobody asks the unit itself for it."""

    unit: str
    year: int
    indicator: Indicator
    subject: Subject
    measure: Text
    authority: str
    whole: Target | None
    communes: tuple[Place, ...]
    departments: tuple[Place, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        return (*self.communes, *self.departments)

    @property
    def adds_up(self) -> bool:
        """Whether parts of it make a whole, and the whole has a figure that they can make."""
        is_sum = self.indicator.over_place is Over.SUM
        return is_sum and (self.whole is None or self.whole.low is not None)

    @property
    def whole_words(self) -> Text | None:
        return compare_words.asked(self.whole) if self.whole else None

    @property
    def sums(self) -> Allocation | None:
        """What stands now against the whole; None where there is none or it does not add up."""
        return self.sums_of([one.standing for one in self.places if one.standing])

    def sums_of(self, given: Sequence[Target]) -> Allocation | None:
        if self.whole is None or not self.adds_up:
            return None
        return targets.allocated(self.whole, tuple(given))

    @property
    def digest(self) -> str:
        """What binds a save to what was looked at."""
        told = [(one.unit, str(one.standing)) for one in self.places]
        return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Typed:
    """A decision on one target as it was typed: words by unit, blanks leave a unit as it is."""

    authority: str
    decision: str
    holds_from: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    digest: str = ""
    request: str = ""
    is_sure: bool = False  # that more than the whole is meant


def allotment(unit: str, year: int, subject: Subject, authority: str = "") -> Allotment:
    """A target of a unit with its parts, by one authority (by default who gave parts of it, else who set the whole)."""
    period = Period.part(year)
    below = sorted(office.geography().children(unit, period.end), key=lambda one: office.order(one.key))
    held = _held([unit, *(one.key for one in below)], subject, period)
    parts = [one for one in held if one.address.unit != unit]
    wholes = [one for one in held if one.address.unit == unit]
    who = authority or next(iter(leading_first([*parts] or wholes)), "")
    own = [one for one in wholes if one.address.authority == who]
    whole = next(iter((*own, *wholes)), None)
    by_unit = {one.address.unit: one for one in parts if one.address.authority == who}
    places = [Place(one.key, by_unit.get(one.key)) for one in below]
    is_department = {one.key: one.level is Level.DEPARTMENT for one in below}
    return Allotment(
        unit,
        year,
        office.catalogue()[subject.indicator],
        subject,
        measure(subject.indicator),
        who,
        whole,
        tuple(one for one in places if not is_department[one.unit]),
        tuple(one for one in places if is_department[one.unit]),
    )


def _held(units: Sequence[str], subject: Subject, period: Period) -> list[Target]:
    kept = store_targets.kept_of_units(raw(), units, subject.indicator)
    return [one for one in plan(kept, period.end) if one.address.period == period and of(one) == subject]


def allot(unit: str, year: int, subject: Subject, typed: Typed, user: Any) -> int:
    """Record what units are given by one decision, all or nothing; how many are new.

    Raises ``NotAssigned`` with why of each unit, ``PermissionDenied``, ``Problem``.
    """
    demand(user, Action.ASSIGN, unit)
    by, stream = user.get_username(), _stream(unit, year, subject)
    try:
        with transaction.atomic():
            demand_new(stream, typed.request)
            given = _targets(unit, year, subject, typed)
            new = record(given, by, {"of": unit})
            told = {"new": new, "authority": typed.authority, "decision": typed.decision, "units": len(given)}
            append(Done(stream, by, "assign", unit, told, typed.request))
            return new
    except Replayed as before:
        return int(before.details["new"])


def _stream(unit: str, year: int, subject: Subject) -> str:
    """The stream of the record that one allocation stands in; a part by a short name of its own."""
    told = sha256(subject.line.encode()).hexdigest()[:12] if subject.breakdown else ""
    return f"allocation:{unit}:{year}:{told}{subject.indicator}"[:80]


def _targets(unit: str, year: int, subject: Subject, typed: Typed) -> list[Target]:
    """The targets meant. Raises ``NotAssigned``."""
    authority, decision = authority_of(typed.authority), decision_of(typed.decision)
    period = Period.part(year)
    holds_from = read_day(typed.holds_from) if typed.holds_from.strip() else min(decision.issued_on, period.end)
    now = allotment(unit, year, subject, authority)
    words = {key: " ".join(text.split()) for key, text in typed.words.items() if text.strip()}
    strange = set(words) - {one.unit for one in now.places}
    if strange:
        raise NotAssigned(_STRANGE.fill(count=len(strange), unit=office.unit(unit).name))
    if not words:
        raise NotAssigned(_NOTHING)
    made, faults = [], dict[str, Text]()
    for key, text in words.items():
        found = target_meant(subject.indicator, text)
        if isinstance(found, TargetWords):
            made.append(target_of(found, asked_at(key, subject, period, authority), decision, holds_from))
        else:
            faults[key] = found
    if faults:
        raise NotAssigned(_LINES.fill(count=len(faults)), faults)
    if now.digest != typed.digest:
        raise NotAssigned(_MOVED)
    _demand_within(now, made, typed)
    return made


def _demand_within(now: Allotment, made: Sequence[Target], typed: Typed) -> None:
    """More than the whole is given only where it is meant. Raises ``NotAssigned``."""
    given = {one.unit: one.standing for one in now.places if one.standing} | {one.address.unit: one for one in made}
    sums = now.sums_of(list(given.values()))
    if sums is None or typed.is_sure or sums.otherwise or sums.adds_up or sums.difference <= 0:
        return
    total, whole = figure(sums.total), compare_words.asked(sums.whole)
    raise NotAssigned(
        Text(_BEYOND.vi.format(total=total.vi, whole=whole.vi), _BEYOND.en.format(total=total.en, whole=whole.en))
    )


def is_floor(whole: Target | None) -> bool:
    """Whether more than the whole is as good: "từ ... trở lên"."""
    return whole is not None and whole.kind is TargetKind.AT_LEAST
