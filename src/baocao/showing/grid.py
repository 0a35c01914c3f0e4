"""A table of figures for the eye: aligned, with Vietnamese or English digits; what must be known stands below it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from baocao.figures.said import figure
from baocao.ledger.grid import Cell, Column, Grid
from baocao.model import Language, Text
from baocao.showing.place import Piece
from baocao.showing.terminal import Line
from baocao.showing.words import harmless, said

_APART = "  "
_WIDEST = 48  # letters of one cell; what is longer is cut, files hold it whole
_WHOLE = 100
_NOTES = Text("Lưu ý:", "Notes:")


def table(grid: Grid, lang: Language) -> Iterator[str]:
    """The title, the heads and the rows, without empty columns; rows are never folded, and none have no heads."""
    yield harmless(said(grid.title, lang))
    if not grid.rows:
        return
    kept = [at for at, column in enumerate(grid.columns) if column.is_shown and _is_filled(grid, at)]
    columns = [grid.columns[at] for at in kept]
    body = [[shown(row[at], grid.columns[at], lang, is_cut=at != kept[-1]) for at in kept] for row in grid.rows]
    heads = [said(column.head, lang) for column in columns]
    widths = [max(map(_width, each)) for each in zip(heads, *body, strict=True)]
    right = [_is_numbers([row[at] for row in grid.rows]) for at in kept]
    yield _row(heads, widths, right)
    yield _APART.join("─" * min(width, _WIDEST) for width in widths)
    for cells in body:
        yield _row(cells, widths, right)


def remarks(grid: Grid, lang: Language) -> Iterator[Line]:
    """What a reader must know besides, below the table."""
    if grid.remarks:
        yield Line(())
        yield Line((Piece(said(_NOTES, lang), "note"),))
    for remark in grid.remarks:
        yield Line((Piece("- "), Piece(said(remark, lang))), 2)


def shown(cell: Cell, column: Column, lang: Language, *, is_cut: bool = True) -> str:
    """One cell as people read it; only the last of a row may be of any length."""
    text = _said(cell, column.places, lang)
    text = harmless(" ".join(text.split()))
    return text if len(text) <= _WIDEST or not is_cut else text[: _WIDEST - 1] + "…"


def _said(cell: Cell, places: int | None, lang: Language) -> str:
    match cell:
        case None:
            return ""
        case Text():
            return said(cell, lang)
        case Decimal():
            return said(figure(cell if places is None else _rounded(cell, places)), lang)
        case tuple():
            return ", ".join(cell)
        case _:
            return str(cell)


def _rounded(value: Decimal, places: int) -> Decimal:
    """A percentage as it is shown; what misses the whole by a hair is not rounded to it: 99,9955% is not met."""
    found = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return value if found == _WHOLE != value else found


def _is_filled(grid: Grid, at: int) -> bool:
    return any(row[at] not in (None, "", ()) for row in grid.rows) or not grid.rows


def _is_numbers(cells: Sequence[Cell]) -> bool:
    return any(isinstance(cell, Decimal | int) for cell in cells)


def _row(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = [
        " " * (width - _width(cell)) + cell if is_right else cell + " " * (width - _width(cell))
        for cell, width, is_right in zip(cells, widths, right, strict=True)
    ]
    return _APART.join(padded).rstrip()


def _width(text: str) -> int:
    """How many places a text takes on a terminal: marks that combine take none, wide letters two."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text
    )
