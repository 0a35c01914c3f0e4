"""Each unit's record over a year: how often on time, late or missing, period by period and in all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from baocao.ledger.grid import Cell, Column, Grid
from baocao.model.period import Period
from baocao.model.text import Text
from baocao_web.collecting.forms_kept import know
from baocao_web.collecting.models import Round
from baocao_web.collecting.rounds import punctuality
from baocao_web.collecting.rounds.punctuality import Punctuality
from baocao_web.pages import unit_name
from baocao_web.places import office

Seen = Callable[[str, str], bool]  # whether somebody may see a unit with a sector

_TITLE = Text("Tình hình nộp biểu năm {year}", "Forms submitted in {year}")
_UNIT, _PERIOD = Text("Đơn vị", "Unit"), Text("Kỳ", "Period")
_CODE = Text("Mã đơn vị", "Unit code")


@dataclass
class Standing:
    """One unit's year."""

    unit: str
    periods: dict[str, Counter[Punctuality]] = field(default_factory=dict)
    mending: int = 0  # forms that were handed in and are open again; they count by their first day

    @property
    def whole(self) -> Counter[Punctuality]:
        return sum(self.periods.values(), Counter())

    @property
    def share_on_time(self) -> int | None:
        """Of the forms whose day is over, the share that came on time, in whole per cent; none where there are none."""
        found = self.whole
        over = found[Punctuality.ON_TIME] + found[Punctuality.LATE] + found[Punctuality.MISSING]
        share = Decimal(found[Punctuality.ON_TIME] * 100) / over if over else None
        return None if share is None else int(share.quantize(Decimal(1), ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class Record:
    """The year of all units that somebody may see."""

    year: int
    periods: Sequence[Period]
    units: Sequence[Standing]

    def grid(self) -> Grid:
        """The record for other programs: a row a unit and period."""
        columns = (
            Column("unit", _CODE),
            Column("unit_name", _UNIT),
            Column("period", _PERIOD),
            *(Column(kind.value, kind.name_of) for kind in Punctuality),
        )
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (one.unit, unit_name(one.unit), code, *(counts[kind] for kind in Punctuality))
            for one in self.units
            for code, counts in sorted(one.periods.items())
        )
        return Grid(_TITLE.fill(year=self.year), columns, rows)


def of_year(year: int, may_see: Seen) -> Record:
    """The record of a year, the units in the order of their names, the periods in that of their ends."""
    units: dict[str, Standing] = {}
    periods: dict[str, Period] = {}
    opened = [
        one for one in Round.objects.filter(opens_on__lte=office.today()) if Period.parse(one.period).year == year
    ]
    know(opened)
    for one in punctuality.of_rounds([each.pk for each in opened]):
        if may_see(one.unit, one.kept.sector):
            code = one.kept.period.code
            periods[code] = one.kept.period
            standing = units.setdefault(one.unit, Standing(one.unit))
            standing.periods.setdefault(code, Counter())[one.punctuality] += 1
            standing.mending += one.is_mending
    ordered = sorted(units.values(), key=lambda one: (office.order(one.unit), one.unit))
    return Record(year, sorted(periods.values(), key=lambda period: (period.end, -period.start.toordinal())), ordered)


def years() -> list[int]:
    """The years of which there are rounds, the last first."""
    codes = Round.objects.values_list("period", flat=True).distinct()
    return sorted({Period.parse(code).year for code in codes}, reverse=True)
