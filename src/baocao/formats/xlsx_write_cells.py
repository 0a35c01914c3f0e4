"""The cells of a grid as a workbook takes them: their places, their numbers and formats, and formulas moved along."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from baocao.model.draft import GridCell, Number, text_of

_VIETNAMESE = "[$-42A]"  # shown as in Vietnam where the program allows a sheet to say so
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST = 32_767  # characters that a cell holds
_LONGEST_FORMAT = 60  # of words beside a number: more is text
_CELL = re.compile(r"\b([A-Z]{1,3})([1-9][0-9]{0,6})\b")
_FORMULA = re.compile(r"=(?:SUM\(|ROUND\(|[A-Z]{1,3}[1-9][0-9]{0,6}|[0-9]+(?:\.[0-9]+)?|[-+*/():,])+")
_SIGNS = ("+", "-")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a cell holds: a number with its format, or text."""

    text: str = ""
    value: float | int | None = None
    number_format: str = ""


def shown(cell: GridCell) -> Shown:
    """A number where the cell is one, be it with a few words beside it ("từ 4 trở lên"); else its text."""
    numbers = [piece for piece in cell.line if isinstance(piece, Number)]
    text = title_text(text_of(cell.line))[:_LONGEST]
    if not numbers or len(text) > _LONGEST_FORMAT:
        return Shown(text)
    number = numbers[0]
    at = cell.line.index(number)
    before, behind = (title_text(text_of(part)) for part in (cell.line[:at], cell.line[at + 1 :]))
    scaled = number.value.scaleb(-number.form.scale)
    plain = _plain_format(number)
    if before in _SIGNS and not behind:
        signed = -scaled if before == "-" else scaled
        return Shown(text, _as_stored(signed), f"{_VIETNAMESE}+{plain};{_VIETNAMESE}-{plain}")
    return Shown(text, _as_stored(scaled), _VIETNAMESE + _quoted(before) + plain + _quoted(behind))


def _as_stored(value: Decimal) -> float | int:
    """A workbook stores numbers of 15 digits; whole numbers go in as they are."""
    return int(value) if value == value.to_integral_value() else float(value)


def _plain_format(number: Number) -> str:
    """The format that prints what the draft prints: as many decimals as its text has, noughts before small counts."""
    decimals = len(number.text.partition(",")[2])
    whole = "#,##0" if number.form.digits < 2 else "0" * number.form.digits
    if number.form.digits > 1 and abs(number.form.rounded(number.value)) >= 10**number.form.digits:
        whole = "#,##0"
    return whole + ("." + "0" * decimals if decimals else "")


def _quoted(words: str) -> str:
    """Words beside a number, as a format takes them."""
    return '"' + words.replace('"', "”") + '"' if words else ""


def title_text(text: str) -> str:
    """Text without what no cell may hold, on one line."""
    return " ".join(_CONTROL.sub("", text).split("\n"))


def shift(formula: str, rows: int) -> str:
    """A formula of the grid moved down by so many rows.

    Raises ``ValueError`` for anything but cells, numbers, arithmetic, sums and roundings.
    """
    if not _FORMULA.fullmatch(formula):
        raise ValueError(f"{formula!r}: a formula is made of cells, numbers, + - * /, SUM and ROUND")
    return _CELL.sub(lambda found: f"{found[1]}{int(found[2]) + rows}", formula)


def placed(rows: Sequence[Sequence[GridCell]], columns: int) -> Iterator[tuple[int, int, GridCell]]:
    """Each cell with its row and column; places that a span from above covers are passed over.

    A span ends with the rows, with the columns, and before the next place that is covered from above.
    """
    covered: set[tuple[int, int]] = set()
    for down, row in enumerate(rows):
        right = 0
        for cell in row:
            while (down, right) in covered:
                right += 1
            if right >= columns:
                break
            wide = 1
            while wide < cell.columns and right + wide < columns and (down, right + wide) not in covered:
                wide += 1
            high = min(max(cell.rows, 1), len(rows) - down)
            covered.update((down + below, right + beside) for below in range(high) for beside in range(wide))
            yield down, right, replace(cell, columns=wide, rows=high)
            right += wide
