"""Whether the units of a formula agree: ha * tạ/ha / 10 is tấn, triệu đồng + tỷ đồng is refused.

An expression has a dimension and a scale. A number that multiplies or divides is one of two things: a power
of ten turns one unit into another (the 10 of tạ in a tấn, the 100 of a percentage), any other number and any
percentage makes the figure so many times greater. So "thu * 1.000" tells triệu as nghìn, and never a
thousandfold revenue.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache

from baocao.figures.formula import NotAFormula, told
from baocao.figures.formula_tree import Binary, Expression, Name, Negative, Number, Relation, Several, fold
from baocao.figures.formula_value import decimal_of
from baocao.model import Language, Text
from baocao.model.indicator import UnitOfMeasure
from baocao.reference import indicators as reference

PURE = ("", "ratio", "none")  # dimensions of what is measured in nothing: ratios, percentages, points

_VIETNAMESE = str.maketrans(",.", ".,")
_SCALE = Text(
    "Đơn vị tính lệch nhau: {left} và {right} cùng là {dimension} nhưng khác bậc; vế sau còn thiếu “* {factor}”.",
    "The units differ in scale: {left} and {right} are both {dimension}; the second still lacks “* {factor}”.",
)
_DIMENSION = Text(
    "Đơn vị tính không hợp nhau: {left} là {one}, {right} là {other}; không cộng hoặc so sánh được.",
    "The units do not go together: {left} is {one}, {right} is {other}; they cannot be added or compared.",
)
_BARE = Text(
    "Số {value} không có đơn vị nên không cộng hoặc so sánh được với {left} ({one}).",
    "The number {value} has no unit, so it cannot be added to or compared with {left} ({one}).",
)
_NO_UNIT = Text("Chỉ tiêu {code} có đơn vị tính chưa khai báo.", "Indicator {code} has an unknown unit of measure.")
_NUMBER = Text("không thứ nguyên", "a pure number")
_DIMENSIONS = {
    "money": Text("tiền", "money"),
    "area": Text("diện tích", "area"),
    "mass": Text("khối lượng", "mass"),
    "volume": Text("thể tích", "volume"),
    "length": Text("chiều dài", "length"),
    "energy": Text("điện năng", "energy"),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """A dimension, as (base dimension, power) in order, and how many base units one of the figure is."""

    dimension: tuple[tuple[str, int], ...]
    scale: Fraction
    words: str  # the piece of the formula, for messages
    number: Fraction | None = None  # written in the formula, which takes the scale of its neighbour in a sum
    turns: Fraction = Fraction(1)  # by how much multiplying with it turns the unit

    @property
    def name(self) -> Text:
        """The dimension for people: "mass / area"."""
        if not self.dimension:
            return _NUMBER
        return Text(self._line("vi"), self._line("en"))

    def _line(self, lang: Language) -> str:
        over = [_power(base, power, lang) for base, power in self.dimension if power > 0]
        under = [_power(base, -power, lang) for base, power in self.dimension if power < 0]
        return (" × ".join(over) or "1") + "".join(f" / {base}" for base in under)


def _power(base: str, power: int, lang: Language) -> str:
    name = _called(base).say(lang)
    return name if power == 1 else f"{name}^{power}"


@cache
def _called(base: str) -> Text:
    """What a dimension is called: by its own word, else by the thing that is counted."""
    if base in _DIMENSIONS:
        return _DIMENSIONS[base]
    counted = (measure.name for measure in reference.measures().values() if measure.dimension == base)
    return next(counted, Text(base, base))


def dimension_of(written: str) -> tuple[tuple[str, int], ...]:
    """The dimension written in a measure, "mass/area" or "money/person/year"; pure ones come to nothing."""
    powers: dict[str, int] = {}
    for at, base in enumerate(part.strip() for part in written.split("/")):
        if base not in PURE:
            powers[base] = powers.get(base, 0) + (1 if at == 0 else -1)
    return _ordered(powers)


def _ordered(powers: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((base, power) for base, power in powers.items() if power))


def of_measure(measure: UnitOfMeasure, words: str = "") -> Measured:
    """How a figure in this unit is measured."""
    return Measured(dimension_of(measure.dimension), Fraction(measure.factor), words or measure.name.vi)


class Units:
    """The algebra of units; ``measures`` holds the unit of each indicator by the indicator's code."""

    def __init__(self, measures: Mapping[str, UnitOfMeasure]) -> None:
        self.measures = measures

    def number(self, node: Number) -> Measured:
        value = Fraction(node.value)
        turns = value if _is_power_of_ten(node.value) and not node.is_percent else Fraction(1)
        return Measured((), Fraction(1), _written(value), value, turns)

    def name(self, node: Name) -> Measured:
        measure = self.measures.get(node.code)
        if measure is None:
            raise NotAFormula(told(_NO_UNIT, code=node.code), node.at)
        return of_measure(measure, node.code)

    def negative(self, node: Negative, of: Measured) -> Measured:
        return Measured(of.dimension, of.scale, f"-{of.words}", None if of.number is None else -of.number, of.turns)

    def binary(self, node: Binary, left: Measured, right: Measured) -> Measured:
        if node.sign in "+-":
            return together(left, right, node.at, f"{left.words} {node.sign} {right.words}")
        return _times(left, right, -1 if node.sign == "/" else 1, f"{left.words} {node.sign} {right.words}")

    def several(self, node: Several, of: tuple[Measured, ...]) -> Measured:
        whole = of[0]
        for part in of[1:]:
            whole = together(whole, part, node.at, f"{whole.words}; {part.words}")
        return whole


def measured(tree: Expression, measures: Mapping[str, UnitOfMeasure]) -> Measured:
    """What an expression is measured in. Raises ``NotAFormula`` where units cannot be added."""
    return fold(tree, Units(measures))


def check_relation(tree: Relation, measures: Mapping[str, UnitOfMeasure]) -> None:
    """Raises ``NotAFormula`` when the two sides of an identity are not measured in the same."""
    together(measured(tree.left, measures), measured(tree.right, measures), tree.at, "")


def check_result(tree: Expression, measures: Mapping[str, UnitOfMeasure], unit: UnitOfMeasure) -> None:
    """Raises ``NotAFormula`` when a formula does not come out in the unit that its indicator is told in."""
    together(of_measure(unit), measured(tree, measures), 0, "")


def together(left: Measured, right: Measured, at: int, words: str) -> Measured:
    """What can be added or compared. Raises ``NotAFormula`` when it cannot."""
    if left.number is not None and right.number is not None:
        return Measured((), Fraction(1), words, left.number + right.number)
    for one, other in ((left, right), (right, left)):
        if other.number is not None:
            if one.dimension and other.number:
                raise NotAFormula(told(_BARE, value=other.words, left=one.words, one=one.name), at)
            return Measured(one.dimension, one.scale, words)
    if left.dimension != right.dimension:
        facts = {"left": left.words, "right": right.words, "one": left.name, "other": right.name}
        raise NotAFormula(told(_DIMENSION, **facts), at)
    if left.scale != right.scale:
        factor = _written(right.scale / left.scale)
        facts = {"left": left.words, "right": right.words, "dimension": left.name, "factor": factor}
        raise NotAFormula(told(_SCALE, **facts), at)
    return Measured(left.dimension, left.scale, words)


def _times(left: Measured, right: Measured, power: int, words: str) -> Measured:
    if left.number is not None and right.number is not None and (right.number or power > 0):
        return Measured((), Fraction(1), words, left.number * right.number**power, left.turns * right.turns**power)
    powers = dict(left.dimension)
    for base, count in right.dimension:
        powers[base] = powers.get(base, 0) + power * count
    scale = left.scale / left.turns * (right.scale / right.turns) ** power
    return Measured(_ordered(powers), scale, words)


def _is_power_of_ten(value: Decimal) -> bool:
    """1, 10, 100 ... and 0,1, 0,01 ...: what turns a unit into another."""
    digits = "".join(map(str, value.normalize().as_tuple().digits))
    return digits == "1"


def _written(value: Fraction) -> str:
    """A number as it is written in a formula: "1.000", "0,5", "1/3"."""
    if value.denominator == 1:
        return f"{Decimal(value.numerator):,f}".translate(_VIETNAMESE)
    shown = decimal_of(value)
    if Fraction(shown) == value and (abs(value) >= 1 or value.denominator < 10):
        return f"{shown:,f}".translate(_VIETNAMESE)
    return f"{_written(Fraction(value.numerator))}/{_written(Fraction(value.denominator))}"
