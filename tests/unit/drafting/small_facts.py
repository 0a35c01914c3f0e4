"""Figures of an invented province that answer what drafting asks; nothing here is of a real place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from baocao.drafting.facts import Fact, Judged
from baocao.model.indicator import Indicator
from baocao.model.observation import Address, Breakdown, NoValue, Scenario, breakdown_of
from baocao.model.org_unit import Level, OrgUnit
from baocao.model.period import Period
from baocao.model.projection import REFUSED, NotProjected, Projection, Refusal, Tried, Way
from baocao.model.target import Decision, Rating, Target, TargetKind
from baocao.model.text import Text
from baocao.reference import indicators as reference

PROVINCE = OrgUnit("99", "Tỉnh Sông Mây", Level.PROVINCE)
COMMUNES = tuple(
    OrgUnit(f"9900{at}", name, Level.COMMUNE, "99")
    for at, name in enumerate(("Xã Đồi Cau", "Xã Bến Lúa", "Xã Suối Trầm", "Phường Cầu Gỗ", "Xã Nương Chè"), 1)
)
YEAR = Period.part(2026)
HALF = Period.part(2026, "S", 1)
CATALOGUE: Mapping[str, Indicator] = {one.code: one for one in reference.national().indicators}


def target(
    code: str,
    low: str | None,
    authority: str = "HĐND tỉnh",
    kind: TargetKind = TargetKind.EXACTLY,
    high: str | None = None,
    breakdown: str = "",
    **more: bool,
) -> Target:
    """A plan of the year 2026."""
    address = Address("99", code, YEAR, Scenario.TARGET, authority, breakdown_of(breakdown))
    decision = Decision("88/NQ-HĐND", date(2025, 12, 10), "NQ", authority)
    low_, high_ = (None if one is None else Decimal(one) for one in (low, high))
    return Target(address, kind, decision, date(2026, 1, 1), low_, high_, **more)


@dataclass
class SmallFacts:
    """``told`` holds values and marks by (unit, code, period, breakdown)."""

    told: dict[tuple[str, str, Period, Breakdown], Decimal | NoValue] = field(default_factory=dict)
    plan: list[Target] = field(default_factory=list)
    ratings: list[Judged] = field(default_factory=list)
    lacking: dict[str, tuple[str, ...]] = field(default_factory=dict)
    projections: dict[str, Projection] = field(default_factory=dict)
    trials: dict[str, Tried] = field(default_factory=dict)
    estimates: set[str] = field(default_factory=set)
    revision: int = 7

    def tell(
        self, code: str, value: str | NoValue, before: str | None = None, *, at: str = "", unit: str = "99"
    ) -> None:
        """A figure of the first half of 2026, and that of 2025 beside it."""
        key = (unit, code, HALF, breakdown_of(at))
        self.told[key] = value if isinstance(value, NoValue) else Decimal(value)
        if before is not None:
            self.told[unit, code, HALF.last_year, breakdown_of(at)] = Decimal(before)

    def ask(self, wanted: Target, rating: Rating | None = None) -> None:
        self.plan.append(wanted)
        if rating is not None:
            self.ratings.append(Judged(wanted.address.indicator, wanted.address.authority, rating))

    def foresee(self, code: str, estimate: str, low: str | None, high: str | None) -> None:
        ends = [None if one is None else Decimal(one) for one in (low, high)]
        made = Projection(YEAR, HALF.end, Way.SHARE, Decimal(1), Decimal(estimate), ends[0], ends[1], ())
        self.projections[code] = made

    def fact(self, address: Address) -> Fact:
        found = self.told.get((address.unit, address.indicator, address.period, address.breakdown))
        missing = self.lacking.get(address.indicator, ()) if address.unit == "99" and address.period == HALF else ()
        value, mark = (None, found) if isinstance(found, NoValue) else (found, None)
        is_estimate = address.indicator in self.estimates and address.period == HALF
        return Fact(address, value, mark, 5 - len(missing), 5, missing, is_estimate, self.revision)

    def indicator(self, code: str) -> Indicator | None:
        return CATALOGUE.get(code)

    def sector(self, code: str) -> Sequence[str]:
        return [one.code for one in CATALOGUE.values() if one.sector == code]

    def measure(self, code: str) -> Text:
        return reference.measures()[CATALOGUE[code].unit].name

    def targets(self, unit: str, indicator: str, year: int, on: date) -> Sequence[Target]:
        found = [one for one in self.plan if one.address.unit == unit and one.address.indicator == indicator]
        return [one for one in found if one.address.period.year == year and one.holds_from <= on]

    def judged(self, unit: str, year: int, on: date) -> Sequence[Judged]:
        return self.ratings if (unit, year) == ("99", 2026) else []

    def projection(self, address: Address) -> Projection | NotProjected:
        found = self.projections.get(address.indicator)
        return found or NotProjected(Refusal.NO_HISTORY, REFUSED[Refusal.NO_HISTORY])

    def tried(self, address: Address) -> Tried | None:
        return self.trials.get(address.indicator)

    def unit(self, key: str) -> OrgUnit:
        return {one.key: one for one in (PROVINCE, *COMMUNES)}[key]

    def below(self, unit: str, on: date) -> Sequence[OrgUnit]:
        return COMMUNES if unit == "99" else ()

    def members(self, dimension: str) -> Sequence[tuple[str, Text]]:
        return [(one.code, one.name) for one in reference.dimensions()[dimension].members]
