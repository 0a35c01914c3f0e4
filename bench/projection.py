"""The year-end projection on the years of the demonstration province that are over, beside two references."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from baocao.figures.catalogue import Catalogue
from baocao.figures.formula_tree import Name, When
from baocao.figures.formula_value import evaluate
from baocao.figures.projection_back_test import BackTest, Errors, back_test
from baocao.model.period import Period
from baocao.model.projection import Way
from bench.figures import Measured
from demo.province.__main__ import SEED
from demo.province.places import NEW_COMMUNES, PATCHES, Commune
from demo.province.reporting import Province
from demo.province.series import FIRST_YEAR, MONTHS, Span

YEARS = (2025, 2026)
COMMUNES = 2  # beside the province: a town and a rural commune
_NAMES = {Way.SHARE: "flows", Way.MOVEMENT: "stocks", Way.PARTS: "rates"}


def back_tested() -> Iterator[Measured | str]:
    """Every month-end of two years, all indicators: median and mean absolute percentage error of each way."""
    catalogue = Catalogue.national()
    province = Province(catalogue, SEED, is_small=True)
    units = [("MH", _Known(province, range(len(PATCHES))))]
    units += [(one.code, _Known(province, one.patches)) for one in _chosen()]
    found = back_test(catalogue, [one.code for one in catalogue.indicators if not one.parts], units, YEARS)
    for name, part in (("all", found), *((name, found.of(way)) for way, name in _NAMES.items())):
        own, even, last = part.errors
        yield from _measured(name, part, own, (even, last))
    within = found.within
    refused = ", ".join(f"{refusal.value} {count}" for refusal, count in found.refused)
    yield f"projection: {float(within or 0):.0%} of the years lay in their interval; refused: {refused}"


def _chosen() -> Sequence[Commune]:
    towns = [one for one in NEW_COMMUNES if PATCHES[one.patches[0]].is_town]
    rural = [one for one in NEW_COMMUNES if not PATCHES[one.patches[0]].is_town]
    return [*towns[:1], *rural[: COMMUNES - 1]]


def _measured(name: str, part: BackTest, own: Errors, others: tuple[Errors, Errors]) -> Iterator[Measured]:
    """The better of the two references is the bound."""
    for what in ("median", "mean"):
        errors = [float(getattr(one, what)) for one in (own, *others)]
        beside = f"{len(part.cases)} cases, as time elapsed {errors[1]:.2f}, as last year {errors[2]:.2f}"
        bound = round(min(errors[1:]), 2)
        yield Measured(f"projection of {name}: {what} error", errors[0], bound, at_least=False, unit="%", beside=beside)


@dataclass
class _Known:
    """What the units of these patches report of whole months, in the units of today."""

    province: Province
    patches: Sequence[int]
    told: dict[tuple[str, Period], Decimal | None] = field(default_factory=dict)

    def __call__(self, code: str, period: Period) -> Decimal | None:
        key = (code, period)
        if key not in self.told:
            self.told[key] = self._of(code, period)
        return self.told[key]

    def _of(self, code: str, period: Period) -> Decimal | None:
        indicator = self.province.catalogue[code]
        first = (period.start.year - FIRST_YEAR) * 12 + period.start.month
        last = first + period.whole_months - 1
        if first < 1 or last >= MONTHS or not period.whole_months or indicator.parts:
            return None
        if indicator.is_derived:
            return self._derived(code, period)
        if code not in self.reported:
            return None
        series = self.province.model.series(code)
        if series.at_province or last < series.since:
            return None
        return Decimal(series.at(self.patches, Span("", first, last))).scaleb(-self.province.model.places(code))

    def _derived(self, code: str, period: Period) -> Decimal | None:
        definition = self.province.catalogue.definition(code)

        def look_up(name: Name) -> Decimal | None:
            if name.when is When.NOW:
                return self(name.code, period)
            return self(name.code, period.last_year) if name.when is When.LAST_YEAR else None

        return evaluate(definition, look_up).value if definition is not None else None

    @property
    def reported(self) -> frozenset[str]:
        """The indicators that the model has a course of."""
        return frozenset(self.province.model.rows) | frozenset(self.province.model.special)
