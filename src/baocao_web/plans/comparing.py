"""Plan against plan: two authorities, two years, before and after an adjustment; what differs and what lacks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final

from baocao.figures import compare_words, said
from baocao.ledger.grid import Cell, Column, Grid
from baocao.model.target import Target
from baocao.model.text import Text
from baocao_web.places import office
from baocao_web.plans.assigning import measure
from baocao_web.plans.sides import Side

_TITLE: Final = Text("So sánh kế hoạch", "Plan against plan")
_TERMS: Final = Text("khác loại chỉ tiêu", "another kind of target")


class How(Enum):
    """How one indicator stands on both sides."""

    SAME = "same"
    MORE = "more"
    LESS = "less"
    OTHER = "other"  # asked for in another way: no difference can be told
    ONLY_LEFT = "only_left"
    ONLY_RIGHT = "only_right"


_NAMES: Final = {
    How.SAME: Text("như nhau", "the same"),
    How.MORE: Text("cao hơn", "higher"),
    How.LESS: Text("thấp hơn", "lower"),
    How.OTHER: _TERMS,
    How.ONLY_LEFT: Text("bên sau không giao", "lacking on the second side"),
    How.ONLY_RIGHT: Text("bên trước không giao", "lacking on the first side"),
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One indicator on both sides; the difference is the second less the first, the percentage second of first."""

    code: str
    name: Text
    measure: Text
    left: Target | None
    right: Target | None

    @property
    def how(self) -> How:
        if self.right is None:
            return How.ONLY_LEFT
        if self.left is None:
            return How.ONLY_RIGHT
        if _terms(self.left) == _terms(self.right):
            return How.SAME
        difference = self.difference
        if difference is None or not difference:
            return How.OTHER
        return How.MORE if difference > 0 else How.LESS

    @property
    def difference(self) -> Decimal | None:
        """None where the sides do not ask in the same way."""
        left, right = self.left, self.right
        if left is None or right is None or left.low is None or right.low is None or left.kind is not right.kind:
            return None
        return right.low - left.low

    @property
    def percent(self) -> Decimal | None:
        if self.difference is None or self.left is None or self.right is None:
            return None
        return said.quotient(self.right.low or Decimal(0), self.left.low or Decimal(0))

    @property
    def words(self) -> tuple[Text | None, Text | None]:
        """Both targets as plans print them."""
        left, right = (None if one is None else compare_words.asked(one) for one in (self.left, self.right))
        return left, right

    @property
    def note(self) -> Text:
        return _NAMES[self.how]


def _terms(target: Target) -> tuple[object, ...]:
    return target.kind, target.low, target.high, target.is_strict, target.rated_at_year_end


def compared(left: Side, right: Side) -> list[Compared]:
    """Every indicator that either side asks for, in the order of the catalogue."""
    listed = office.catalogue()
    codes = dict.fromkeys(one.code for one in listed.indicators)
    wanted = (code for code in codes if code in left.targets or code in right.targets)
    return [
        Compared(code, listed[code].name, measure(code), left.targets.get(code), right.targets.get(code))
        for code in wanted
    ]


def counted(rows: list[Compared]) -> list[tuple[How, Text, int]]:
    """How many rows stand how; ways in which none stands are left out."""
    counts = Counter(row.how for row in rows)
    return [(how, _NAMES[how], counts[how]) for how in How if counts[how]]


def grid(left: Side, right: Side, rows: list[Compared]) -> Grid:
    """The comparison as a table for files."""
    heads = (
        Column("indicator", Text("Mã chỉ tiêu", "Code")),
        Column("name", Text("Chỉ tiêu", "Indicator")),
        Column("measure", Text("Đơn vị tính", "Measure")),
        Column("left", left.name),
        Column("right", right.name),
        Column("difference", Text("Chênh lệch", "Difference")),
        Column("percent", Text("% so với bên trước", "% of the first side")),
        Column("note", Text("Ghi chú", "Note")),
        Column("left_decision", Text("Quyết định bên trước", "Decision of the first side")),
        Column("right_decision", Text("Quyết định bên sau", "Decision of the second side")),
    )
    return Grid(_TITLE, heads, tuple(_cells(row) for row in rows))


def _cells(row: Compared) -> tuple[Cell, ...]:
    left, right = (_figure(one) for one in (row.left, row.right))
    decisions = (one.decision.number if one else None for one in (row.left, row.right))
    return row.code, row.name, row.measure, left, right, row.difference, row.percent, row.note, *decisions


def _figure(target: Target | None) -> Cell:
    """A bare figure as one, anything else in words."""
    if target is None:
        return None
    words = compare_words.asked(target)
    return target.low if target.low is not None and words == said.figure(target.low) else words
