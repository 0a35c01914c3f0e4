"""Plan against plan: two authorities, two years, before and after an adjustment; what differs and what lacks.

A difference is told where both sides ask in the same way, in the measure of the indicator: of percentages in points. Of
ranges both bounds are set against each other. What is asked for in another way has no difference, and is told so.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final

from baocao.figures import compare_words, said
from baocao.ledger.grid import Cell, Column, Grid
from baocao.model.target import Target, TargetKind
from baocao.model.text import Text
from baocao_web.plans import subjects
from baocao_web.plans.assigning import measure
from baocao_web.plans.sides import Side
from baocao_web.plans.subjects import Subject

_TITLE: Final = Text("So sánh kế hoạch", "Plan against plan")
_POINTS: Final = Text("điểm %", "points")
_BOTH: Final = Text("{low}; {high}", "{low}; {high}")


class How(Enum):
    """How one line stands on both sides."""

    SAME = "same"
    MORE = "more"
    LESS = "less"
    FALLS_MORE = "falls_more"
    FALLS_LESS = "falls_less"
    BOUNDS = "bounds"  # a range that became wider or narrower
    STRICT = "strict"  # the same figure, which counts itself on one side alone
    RATED = "rated"  # the same figure, rated at another time
    OTHER = "other"  # asked for in another way: no difference can be told
    ONLY_LEFT = "only_left"
    ONLY_RIGHT = "only_right"


_NAMES: Final = {
    How.SAME: Text("như nhau", "the same"),
    How.MORE: Text("cao hơn", "higher"),
    How.LESS: Text("thấp hơn", "lower"),
    How.FALLS_MORE: Text("giảm nhiều hơn", "a greater fall"),
    How.FALLS_LESS: Text("giảm ít hơn", "a smaller fall"),
    How.BOUNDS: Text("khoảng rộng, hẹp khác nhau", "a wider or narrower range"),
    How.STRICT: Text("cùng số, khác “trên, dưới” và “từ, không quá”", "the same figure, itself counted on one side"),
    How.RATED: Text("cùng số, khác thời điểm đánh giá", "the same figure, rated at another time"),
    How.OTHER: Text("khác loại chỉ tiêu", "another kind of target"),
    How.ONLY_LEFT: Text("bên sau không giao", "lacking on the second side"),
    How.ONLY_RIGHT: Text("bên trước không giao", "lacking on the first side"),
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One line on both sides; differences are the second less the first, the percentage second of first."""

    subject: Subject
    measure: Text
    left: Target | None
    right: Target | None

    @property
    def code(self) -> str:
        return self.subject.indicator

    @property
    def name(self) -> Text:
        return self.subject.name

    @property
    def how(self) -> How:
        if self.right is None:
            return How.ONLY_LEFT
        if self.left is None:
            return How.ONLY_RIGHT
        if self.left.kind is not self.right.kind:
            return How.OTHER
        moved = [one for one in (self.difference, self.upper_difference) if one is not None]
        if any(moved):
            return _moved(self.left.kind, moved)
        if self.left.is_strict is not self.right.is_strict:
            return How.STRICT
        return How.SAME if self.left.rated_at_year_end is self.right.rated_at_year_end else How.RATED

    @property
    def difference(self) -> Decimal | None:
        """Of the figures, for a range of its lower bounds; None where the sides do not ask in the same way."""
        return self._less("low")

    @property
    def upper_difference(self) -> Decimal | None:
        """Of the upper bounds of two ranges; None for anything else."""
        return self._less("high")

    @property
    def difference_measure(self) -> Text | None:
        """What a difference is told in: percentages differ by points."""
        if self.difference is None:
            return None
        return _POINTS if self.measure.vi == "%" else self.measure

    @property
    def percent(self) -> Decimal | None:
        """None for ranges, for what is no figure, and where the first side is none that a share can be taken of."""
        if self.difference is None or self.upper_difference is not None or self.left is None or self.right is None:
            return None
        before, after = self.left.low or Decimal(0), self.right.low or Decimal(0)
        return said.quotient(after, before) if before > 0 and after >= 0 else None

    @property
    def moved(self) -> Text | None:
        """The difference as people read it: "+12,5", "-3"; of a range both, "0; +8". None where there is none."""
        if self.difference is None or self.how not in _MOVED:
            return None
        low = _signed(self.difference)
        if self.upper_difference is None:
            return low
        high = _signed(self.upper_difference)
        return Text(_BOTH.vi.format(low=low.vi, high=high.vi), _BOTH.en.format(low=low.en, high=high.en))

    @property
    def words(self) -> tuple[Text | None, Text | None]:
        """Both targets as plans print them."""
        left, right = (None if one is None else compare_words.asked(one) for one in (self.left, self.right))
        return left, right

    @property
    def note(self) -> Text:
        return _NAMES[self.how]

    def _less(self, bound: str) -> Decimal | None:
        if self.left is None or self.right is None or self.left.kind is not self.right.kind:
            return None
        before: Decimal | None = getattr(self.left, bound)
        after: Decimal | None = getattr(self.right, bound)
        return after - before if before is not None and after is not None else None


_MOVED: Final = frozenset({How.MORE, How.LESS, How.FALLS_MORE, How.FALLS_LESS, How.BOUNDS})


def _moved(kind: TargetKind, differences: list[Decimal]) -> How:
    """How figures moved: all one way, or the bounds of a range against each other."""
    if kind is TargetKind.REDUCE_BY:
        return How.FALLS_MORE if differences[0] > 0 else How.FALLS_LESS
    if min(differences) > 0:
        return How.MORE
    return How.LESS if max(differences) < 0 else How.BOUNDS


def _signed(value: Decimal) -> Text:
    words = said.figure(value)
    return Text(f"+{words.vi}", f"+{words.en}") if value > 0 else words


def compared(left: Side, right: Side) -> list[Compared]:
    """Everything that either side asks for, in the order of the catalogue, parts behind their wholes."""
    return [
        Compared(one, measure(one.indicator), left.targets.get(one), right.targets.get(one))
        for one in subjects.in_order({*left.targets, *right.targets})
    ]


def counted(rows: list[Compared]) -> list[tuple[How, Text, int]]:
    """How many rows stand how; ways in which none stands are left out."""
    counts = Counter(row.how for row in rows)
    return [(how, _NAMES[how], counts[how]) for how in How if counts[how]]


def grid(left: Side, right: Side, rows: list[Compared]) -> Grid:
    """The comparison as a table for files."""
    heads = (
        Column("indicator", Text("Mã chỉ tiêu", "Code")),
        Column("breakdown", Text("Mã phân tổ", "Breakdown")),
        Column("name", Text("Chỉ tiêu", "Indicator")),
        Column("measure", Text("Đơn vị tính", "Measure")),
        Column("left", left.name),
        Column("right", right.name),
        Column("difference", Text("Chênh lệch", "Difference")),
        Column("upper_difference", Text("Chênh lệch cận trên", "Difference of upper bounds")),
        Column("difference_measure", Text("Đơn vị chênh lệch", "Measure of the difference")),
        Column("percent", Text("% so với bên trước", "% of the first side")),
        Column("note", Text("Ghi chú", "Note")),
        Column("left_authority", Text("Cấp giao bên trước", "Authority of the first side")),
        Column("left_decision", Text("Quyết định bên trước", "Decision of the first side")),
        Column("right_authority", Text("Cấp giao bên sau", "Authority of the second side")),
        Column("right_decision", Text("Quyết định bên sau", "Decision of the second side")),
    )
    return Grid(_TITLE, heads, tuple(_cells(left, right, row) for row in rows))


def _cells(left: Side, right: Side, row: Compared) -> tuple[Cell, ...]:
    moved = (row.difference, row.upper_difference, row.difference_measure)
    by = (*_by(left, row.left), *_by(right, row.right))
    figures = (_figure(row.left), _figure(row.right))
    return (row.code, row.subject.line, row.name, row.measure, *figures, *moved, row.percent, row.note, *by)


def _by(side: Side, target: Target | None) -> tuple[Cell, Cell]:
    """Who asks, and by which decision with its day; a draft has none yet."""
    if target is None:
        return None, None
    decision = target.decision
    return target.address.authority, None if side.is_draft else f"{decision.number}, {decision.issued_on:%d/%m/%Y}"


def _figure(target: Target | None) -> Cell:
    """A bare figure as one, anything else in words."""
    if target is None:
        return None
    words = compare_words.asked(target)
    return target.low if target.low is not None and words == said.figure(target.low) else words
