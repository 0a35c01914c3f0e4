"""Indicators by units by months, turned as one likes: on the page, as CSV, as a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from baocao.ledger.following import Following
from baocao.ledger.grid import Cell, Column, Grid
from baocao.ledger.rolled import Place, View
from baocao.model.org_unit import OrgUnit
from baocao.model.period import Period
from baocao.model.text import Problem, Text

MOST: Final = 50_000  # cells of one table
AXES: Final = ("unit", "indicator", "period")
_TITLE: Final = Text("Bảng số liệu", "Table of figures")
_TOO_MANY: Final = Text(
    "bảng có {count} ô, nhiều nhất là {most}; hãy chọn ít chỉ tiêu, đơn vị hoặc kỳ hơn.",
    "the table would have {count} cells, {most} at most; choose fewer indicators, units or periods.",
)
_HEADS: Final[Mapping[str, Text]] = {
    "unit": Text("Đơn vị", "Unit"),
    "indicator": Text("Chỉ tiêu", "Indicator"),
    "period": Text("Kỳ", "Period"),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a table holds; ``across`` is the axis whose members are columns."""

    units: tuple[OrgUnit, ...]
    indicators: tuple[str, ...]
    periods: tuple[Period, ...]
    across: str

    @property
    def count(self) -> int:
        return len(self.units) * len(self.indicators) * len(self.periods)


def table(known: Following, chosen: Chosen, names: Mapping[Period, str]) -> Grid:
    """The table. Raises ``Problem`` where it would be too large to read."""
    if chosen.count > MOST:
        raise Problem(_TOO_MANY.fill(count=chosen.count, most=MOST))
    members: dict[str, Sequence[tuple[object, Text | str]]] = {
        "unit": [(unit.key, unit.name) for unit in chosen.units],
        "indicator": [(code, _indicator(known, code)) for code in chosen.indicators],
        "period": [(period, names[period]) for period in chosen.periods],
    }
    down = [axis for axis in AXES if axis != chosen.across]
    rolled = known.of(View(as_was=True), (), chosen.indicators)
    rows: list[tuple[Cell, ...]] = []
    for first, its_name in members[down[0]]:
        for second, its_other in members[down[1]]:
            cells: list[Cell] = [its_name, its_other]
            for across, _ in members[chosen.across]:
                at = {down[0]: first, down[1]: second, chosen.across: across}
                place, period = Place(str(at["unit"]), str(at["indicator"])), at["period"]
                assert isinstance(period, Period)  # of that axis
                stated = rolled.sums(period).stated.get(place)
                cells.append(stated if stated is not None else rolled.value(place, period))
            rows.append(tuple(cells))
    heads = [Column(axis, _HEADS[axis]) for axis in down]
    across_names = ((key, name if isinstance(name, Text) else Text(name, name)) for key, name in members[chosen.across])
    heads += [Column(str(key), name) for key, name in across_names]
    return Grid(_TITLE, tuple(heads), tuple(rows))


def _indicator(known: Following, code: str) -> Text:
    name, measure = known.book.indicators[code].name, known.book.measure_of(code)
    return Text(f"{name.vi} ({measure.vi})", f"{name.en} ({measure.en})")
