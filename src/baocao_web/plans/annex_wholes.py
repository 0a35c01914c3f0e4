"""What an annex tells of the whole alone: rows with a total as their only figure, totals of units not all named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from baocao.figures.intake_heads import text_of
from baocao.figures.intake_layout import Layout, Rejection
from baocao.figures.intake_totals import is_total_row
from baocao.figures.said import MORE_UNITS, figure, some, with_figures
from baocao.model.sheet import Sheet, SheetRow
from baocao.model.target import Target
from baocao.model.text import Text
from baocao_web.places import office
from baocao_web.plans.annex_columns import Asked
from baocao_web.plans.annex_sheets import Spot

_SOME: Final = Text(
    "phụ lục chỉ nêu {seen}/{all} đơn vị (không có {names}), nên {count} tổng không bằng cộng các đơn vị được nêu: "
    "{places}.",
    "the annex names {seen} of {all} units (without {names}), so that {count} totals are not what these come to: "
    "{places}.",
)


@dataclass(frozen=True, slots=True)
class Alone:
    """A figure of the whole in a row that gives none to any unit: it is not recorded."""

    at: Spot
    words: str
    seen: str


def alone(sheet: Sheet, at: int, layout: Layout | None) -> Iterator[Alone]:
    """The rows of a sheet that have a figure of the whole and nothing else."""
    if layout is None or not layout.totals:
        return
    for row in sheet.rows:
        told = [column for column in layout.totals if _filled(row, column)]
        if row.number <= layout.headings or not told or any(_filled(row, one.column) for one in layout.values):
            continue
        names = (text_of(row.cells[one]) for one in layout.fields.get("indicator", ()) if one < len(row.cells))
        words = " · ".join(filter(None, (" ".join(name.split()) for name in names)))
        if words:
            cell = row.cells[told[0]]
            yield Alone(
                Spot(at, row.number, told[0]), words, figure(cell).vi if isinstance(cell, Decimal) else str(cell)
            )


def _filled(row: SheetRow, column: int) -> bool:
    return column < len(row.cells) and text_of(row.cells[column]).strip() != ""


def is_of_a_whole(one: Rejection, column: int, sheet: Sheet, layout: Layout | None) -> bool:
    """Whether what is refused is a total that its parts do not make up: nothing else is read of totals."""
    if layout is None or column < 0 or one.row <= layout.headings:
        return False
    row = next((row for row in sheet.rows if row.number == one.row), None)
    return column in layout.totals or (row is not None and is_total_row(layout, row))


def unnamed(taken: Iterable[Target], asked: Asked) -> list[str]:
    """The units right below that an annex gives nothing, of the levels that it names any of; in Vietnamese order."""
    given = {one.address.unit for one in taken}
    below = office.geography().children(asked.unit, asked.period.end)
    levels = {one.level for one in below if one.key in given}
    return sorted((one.key for one in below if one.level in levels and one.key not in given), key=office.order)


def in_one(places: Sequence[str], taken: Iterable[Target], missing: Sequence[str], asked: Asked) -> Text:
    """One remark on all totals that the units of an annex do not make up, where it names some units only."""
    seen = len({one.address.unit for one in taken} - {asked.unit})
    names = some([office.unit(key).name for key in missing], MORE_UNITS)
    told = ", ".join(places)
    counts = {"seen": seen, "all": seen + len(missing), "count": len(places)}
    return with_figures(_SOME, names=names, places=Text(told, told), **counts)
