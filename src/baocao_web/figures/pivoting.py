"""Indicators by units by months, turned as one likes: on the page, as CSV, as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from time import thread_time
from typing import Final, NamedTuple

from baocao.figures.said import joined
from baocao.ledger.following import Following
from baocao.ledger.grid import Column, Grid
from baocao.ledger.rolled import Place, View
from baocao.model.org_unit import OrgUnit
from baocao.model.period import Period
from baocao.model.text import Problem, Text
from baocao_web.figures.behind import Behind, behind
from baocao_web.figures.unapproved import Unapproved

MOST: Final = 20_000  # cells of one table
SECONDS: Final = 4.0  # of work at one table: whoever comes next waits for it, and a process that works on is ended
AXES: Final = ("unit", "indicator", "period")
_TITLE: Final = Text("Bảng số liệu", "Table of figures")
_UNITS: Final = Text("số đơn vị", "units told")
_TOO_MANY: Final = Text(
    "bảng có {count} ô, nhiều nhất là {most}; hãy chọn ít chỉ tiêu, đơn vị hoặc kỳ hơn.",
    "the table would have {count} cells, {most} at most; choose fewer indicators, units or periods.",
)
_TOO_LONG: Final = Text(
    "bảng này cần tính quá lâu nên đã dừng: {indicators} chỉ tiêu × {units} đơn vị × {periods} kỳ; hãy chọn ít "
    "chỉ tiêu, đơn vị hoặc kỳ hơn rồi xem từng phần.",
    "this table takes too long to work out and was stopped: {indicators} indicators × {units} units × {periods} "
    "periods; choose fewer of them, and look at one part after the other.",
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

    def told(self, text: Text) -> Text:
        """A sentence that tells how much was chosen."""
        return text.fill(units=len(self.units), indicators=len(self.indicators), periods=len(self.periods))


class Shown(NamedTuple):
    """One figure of a table, with what stands behind it."""

    value: Decimal | None
    behind: Behind | None


@dataclass(frozen=True, slots=True)
class Turned:
    """A table: rows of two names and their figures, one for each member of the axis that is ``across``."""

    heads: tuple[Text, Text]
    across: tuple[tuple[str, Text], ...]
    rows: tuple[tuple[tuple[Text, Text], tuple[Shown, ...]], ...]

    @property
    def marked(self) -> Iterator[tuple[Text, Text]]:
        """The figures that units are missing from, or that are not approved: which, and who it is."""
        for names, cells in self.rows:
            for (_, column), cell in zip(self.across, cells, strict=True):
                if cell.behind is not None and cell.behind.is_marked:
                    yield joined([*names, column], ", "), cell.behind.names

    def grid(self) -> Grid:
        """The table for files: beside each column of figures one that says of how many units they are."""
        columns = [Column("name", self.heads[0]), Column("other", self.heads[1])]
        for key, name in self.across:
            units = Text(f"{name.vi}: {_UNITS.vi}", f"{name.en}: {_UNITS.en}")
            columns += [Column(key, name), Column(f"{key} units", units)]
        rows = [
            (*names, *(each for cell in cells for each in (cell.value, cell.behind.count if cell.behind else None)))
            for names, cells in self.rows
        ]
        return Grid(_TITLE, tuple(columns), tuple(rows))


def table(known: Following, chosen: Chosen, names: Mapping[Period, str], waiting: Unapproved) -> Turned:
    """The table. Raises ``Problem`` where it would be too large to read, or takes too long to work out."""
    begun = thread_time()
    if chosen.count > MOST:
        raise Problem(_TOO_MANY.fill(count=chosen.count, most=MOST))
    members: dict[str, Sequence[tuple[object, Text]]] = {
        "unit": [(unit.key, Text(unit.name, unit.name)) for unit in chosen.units],
        "indicator": [(code, _indicator(known, code)) for code in chosen.indicators],
        "period": [(period, Text(names[period], names[period])) for period in chosen.periods],
    }
    first, second = (axis for axis in AXES if axis != chosen.across)
    rolled = known.of(View(as_was=True), (unit.key for unit in chosen.units), chosen.indicators)
    rolled.look_ahead(chosen.periods)

    def shown(at: Mapping[str, object]) -> Shown:
        place, period = Place(str(at["unit"]), str(at["indicator"])), at["period"]
        assert isinstance(period, Period)  # of that axis
        if thread_time() - begun > SECONDS:
            raise Problem(chosen.told(_TOO_LONG))
        stated = rolled.sums(period).stated.get(place)
        value = stated if stated is not None else rolled.value(place, period)
        return Shown(value, None if value is None else behind(rolled, place, period, waiting))

    rows = tuple(
        (
            (its_name, its_other),
            tuple(shown({first: one, second: other, chosen.across: across}) for across, _ in members[chosen.across]),
        )
        for one, its_name in members[first]
        for other, its_other in members[second]
    )
    return Turned(
        (_HEADS[first], _HEADS[second]), tuple((str(key), name) for key, name in members[chosen.across]), rows
    )


def _indicator(known: Following, code: str) -> Text:
    name, measure = known.book.indicators[code].name, known.book.measure_of(code)
    return Text(f"{name.vi} ({measure.vi})", f"{name.en} ({measure.en})")
