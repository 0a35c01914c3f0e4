"""Headings in one to three rows: what stands over each column, from its widest group down to its own heading.

Forms join cells: a group's caption over its columns, a key's heading down to the last row. In a text file,
which joins nothing, a caption holds for the columns to its right that have headings of their own below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from baocao.figures.intake_words import column_meant, fold
from baocao.model.sheet import Percentage, Sheet, SheetCell, SheetRow
from baocao.reference import load

_DEEPEST = 3  # rows of headings


@dataclass(frozen=True, slots=True)
class Heads:
    """The headings of every column, the widest first; ``first`` and ``last`` are the numbers of their rows.

    ``is_joined`` says that joined cells tell how deep the headings go, so that no other depth is possible.
    """

    columns: tuple[tuple[str, ...], ...]
    first: int
    last: int
    is_joined: bool = False


def text_of(cell: SheetCell) -> str:
    """A cell as a key: a code that a spreadsheet keeps as a number is its digits."""
    if isinstance(cell, str):
        return cell
    value = cell.value if isinstance(cell, Percentage) else cell
    shown = f"{value:f}"
    return (shown.rstrip("0").rstrip(".") if "." in shown else shown) + ("%" if isinstance(cell, Percentage) else "")


def words_of(cell: SheetCell) -> str:
    """A heading without line breaks and loose blanks."""
    return " ".join(text_of(cell).split())


def is_total(text: str) -> bool:
    """Whether a row or a column is named as the sum of the others."""
    return fold(text) in _folded("totals")


def is_caption(text: str) -> bool:
    """Whether what stands over a group of columns says nothing of their figures."""
    folded = fold(text) + " "
    return any(folded.startswith(f"{word} ") for word in _folded("captions"))


def is_own(texts: Iterable[str]) -> bool:
    """Whether headings are those of a table that was computed here; two at least, since one may be anybody's."""
    return len({fold(text) for text in texts} & _folded("own")) > 1


def _folded(table: str) -> frozenset[str]:
    return frozenset(fold(word) for word in load("forms")[table]["words"])


def heads_at(sheet: Sheet, at: int) -> Iterator[Heads]:
    """The ways in which headings can begin in a row, the deepest first; the last is the row alone."""
    first = sheet.rows[at]
    alone = Heads(
        tuple((words_of(cell),) if words_of(cell) else () for cell in first.cells), first.number, first.number
    )
    keys = [column for column, cell in enumerate(first.cells) if column_meant(words_of(cell)) in ("unit", "indicator")]
    if keys:
        below = [row for row in sheet.rows[at + 1 : at + _DEEPEST] if row.number < first.number + _DEEPEST]
        joined = max((bottom for top, _, bottom, _ in sheet.merged if top == first.number), default=first.number)
        if joined > first.number:
            yield _together(sheet, [first, *(row for row in below if row.number <= joined)], is_joined=True)
            return
        for depth in range(len(below), 0, -1):
            if all(_goes_on(row, keys) for row in below[:depth]):
                yield _together(sheet, [first, *below[:depth]], is_joined=False)
    yield alone


def _goes_on(row: SheetRow, keys: Sequence[int]) -> bool:
    """Whether a row may be a lower row of headings: words only, and nothing where the keys stand."""
    texts = {column: words_of(cell) for column, cell in enumerate(row.cells) if words_of(cell)}
    are_words = all(not text[0].isdigit() and fold(text) for text in texts.values())
    return len(texts) > 1 and are_words and not texts.keys() & set(keys)


def _together(sheet: Sheet, rows: Sequence[SheetRow], *, is_joined: bool) -> Heads:
    width = max(len(row.cells) for row in rows)
    grid = [[words_of(row.cells[at]) if at < len(row.cells) else "" for at in range(width)] for row in rows]
    numbers = {row.number: place for place, row in enumerate(rows)}
    areas = [area for area in sheet.merged if area[0] in numbers]
    for top, left, bottom, right in areas:
        caption = grid[numbers[top]][left] if left < width else ""
        for number in range(top, bottom + 1):
            for column in range(left, min(right, width - 1) + 1):
                if number in numbers:
                    grid[numbers[number]][column] = caption
    if not areas:
        _spread(grid)
    columns = tuple(tuple(dict.fromkeys(filter(None, (line[at] for line in grid)))) for at in range(width))
    return Heads(columns, rows[0].number, rows[-1].number, is_joined)


def _spread(grid: list[list[str]]) -> None:
    """Captions of a text file reach to the right as far as there are headings below and none beside them."""
    for above, below in pairwise(grid):
        for at in range(1, len(above)):
            if not above[at] and below[at] and below[at - 1]:
                above[at] = above[at - 1]
