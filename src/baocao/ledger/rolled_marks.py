"""What units told instead of figures: a mark is shown as such beside a roll-up, never as a blank."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from baocao.figures import store
from baocao.figures.said import MORE_UNITS, some, with_figures
from baocao.ledger.recasting import MARKS
from baocao.ledger.rolled import Place, Rolled
from baocao.model.observation import NoValue
from baocao.model.period import Period
from baocao.model.text import Text

Marks = Mapping[Place, NoValue]
_TOLD = Text(
    "{indicator}, {period}: {count} đơn vị ghi “{mark}”: {names}.",
    "{indicator}, {period}: {count} units told “{mark}”: {names}.",
)


def marks_of(rolled: Rolled, period: Period) -> Marks:
    """The marks of a period, of units that are known."""
    book = rolled.book
    found = store.marked(book.connection, rolled.indicators, [period], [rolled.scenario])
    return {
        Place(one.unit, one.indicator, one.breakdown): NoValue(one.mark) for one in found if one.unit in book.geography
    }


def told_marks(rolled: Rolled, period: Period, marks: Marks, codes: Collection[str]) -> Iterator[Text]:
    """A remark for each mark of each indicator; that nothing occurred is a figure, and needs none."""
    groups: dict[tuple[str, NoValue], list[str]] = {}
    for place, mark in marks.items():
        if mark is not NoValue.NONE_OCCURRED and place.indicator in codes:
            groups.setdefault((place.indicator, mark), []).append(place.unit)
    for (code, mark), units in groups.items():
        named = list(dict.fromkeys(units))
        names = some([rolled.book.name_of(unit) for unit in named], MORE_UNITS)
        facts = {"indicator": rolled.book.catalogue[code].name, "period": period.code, "mark": MARKS[mark]}
        yield with_figures(_TOLD, **facts, count=len(named), names=names)
