"""Pages follow each other as one text: lines with their margins, tables that go on over a page's end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from baocao.formats.layout_lines import Line
from baocao.formats.pdf_lines import PageCell, PageLine
from baocao.model import Cell, Run, Table

_NOTE_TYPE = 0.93  # notes are set smaller than this share of the body's size
_RAGGED = 0.12  # a full line ends at most this share of the width before the right margin
_APART = 2.2  # lines that are further apart than this, in sizes, have a blank line between them


def flowing(printed: Sequence[PageLine]) -> tuple[str, list[Line]]:
    """The lines one under the other as one text, and each with what its page tells of it."""
    printed = _whole_tables(printed)
    words = [line for line in printed if not line.cells]
    body = _body_size(words)
    left, right = _margins([line for line in words if round(line.size, 1) == body and len(line.text) > 30] or words)
    lines: list[Line] = []
    parts: list[str] = []
    position = 0
    before: PageLine | None = None
    for line in printed:
        if line.cells:
            text, table = _table(line, position)
            lines.append(Line("|", position, 0, 0, line.page, False, table=table))
        else:
            text = line.text
            lines.append(
                Line(
                    text,
                    position,
                    max(0, round((line.left - left) / (0.5 * body))),
                    int(before is not None and before.page == line.page and before.base - line.base > _APART * body),
                    line.page,
                    False,
                    small=line.size < _NOTE_TYPE * body,
                    full=line.right > right - _RAGGED * (right - left),
                )
            )
        parts.append(text)
        position += len(text) + 1
        before = line
    return "\n".join(parts), lines


def _body_size(words: Sequence[PageLine]) -> float:
    sizes: Counter[float] = Counter()
    for line in words:
        sizes[round(line.size, 1)] += len(line.text)
    return max(sizes.most_common(1)[0][0], 1.0) if sizes else 12.0


def _margins(words: Sequence[PageLine]) -> tuple[float, float]:
    """Where the body's lines begin and end: the left and right ends that most of them have."""
    if not words:
        return 0.0, 1.0
    lefts = sorted(line.left for line in words)
    rights = sorted(line.right for line in words)
    return lefts[len(lefts) // 10], rights[int(0.8 * (len(rights) - 1))]


def _whole_tables(printed: Sequence[PageLine]) -> list[PageLine]:
    """The lines with each table that goes on over a page's end made one; its head is printed anew there."""
    whole: list[PageLine] = []
    for index, line in enumerate(printed):
        first = _last_table(whole, line) if line.cells and _opens_page(printed, index) else None
        if first is None:
            whole.append(line)
            continue
        head = [cell._replace(row=0) for cell in first.cells if cell.row == 0]
        again = head == [cell for cell in line.cells if cell.row == 0]
        shift = first.rows - again
        first.cells.extend(cell._replace(row=cell.row + shift) for cell in line.cells if not (again and cell.row == 0))
        first.rows += line.rows - again
    return whole


def _opens_page(printed: Sequence[PageLine], index: int) -> bool:
    """Whether nothing but a page number stands above a line on its page."""
    above = [line for line in printed[max(0, index - 2) : index] if line.page == printed[index].page]
    return len(above) < 2 and all(not line.cells and len(line.text) < 6 for line in above)


def _last_table(whole: Sequence[PageLine], line: PageLine) -> PageLine | None:
    """The table that ended the page before, when it has the same columns."""
    for before in reversed(whole[-3:]):
        if before.cells:
            return before if before.columns == line.columns and before.page < line.page else None
        if len(before.text) >= 6:
            return None
    return None


def _table(line: PageLine, position: int) -> tuple[str, Table]:
    """A table's cells as text, parted by tabs and line ends, and the table over it."""
    cells: list[Cell] = []
    parts: list[str] = []
    before: PageCell | None = None
    for cell in line.cells:
        if before is not None:
            parts.append("\t" if before.row == cell.row else "\n")
            position += 1
        run = Run(0, position, len(cell.text))
        cells.append(Cell(cell.text, (run,), cell.row, cell.column, cell.row_span, cell.column_span))
        parts.append(cell.text)
        position += len(cell.text)
        before = cell
    return "".join(parts), Table(tuple(cells), line.rows, line.columns)
