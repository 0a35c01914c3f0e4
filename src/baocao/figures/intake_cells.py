"""What a cell of figures says: a number in the indicator's unit, a coded mark, or a target."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from baocao.figures.intake_names import Names
from baocao.figures.intake_numbers import Habit, read_number
from baocao.figures.intake_words import is_formula_error, mark_meant, outcome_meant
from baocao.figures.store_rows import Refused, exact
from baocao.figures.target_words import TargetWords, kind_meant, read_target
from baocao.model.observation import NoValue
from baocao.model.sheet import NOT_COMPUTED, Percentage, SheetCell
from baocao.model.target import Target, TargetKind
from baocao.model.text import Problem, Text

if TYPE_CHECKING:
    from baocao.figures.intake_keys import Key

_FORMULA = Text(
    "công thức cho kết quả lỗi {seen}; hãy sửa công thức hoặc ghi số.",
    "the formula results in the error {seen}; correct the formula, or write the number.",
)
_NO_RESULT = Text(
    "công thức chưa có kết quả trong tệp; hãy mở tệp bằng Excel hoặc LibreOffice, lưu lại rồi nạp, hoặc ghi số.",
    "the file does not hold the formula's result; open and save it in Excel or LibreOffice, or write the number.",
)
_CROSSED = Text(
    "dấu x có thể là “có” hoặc “không thu thập”; hãy ghi rõ bằng số hoặc bằng chữ.",
    "an x can mean “yes” or “not collected”; write a number, or the mark in words.",
)
_NOT_PERCENT = Text(
    "ô ghi phần trăm ({seen}) nhưng chỉ tiêu {indicator} tính bằng {expected}; hãy kiểm tra cột chỉ tiêu và số.",
    "the cell states a percentage ({seen}), but {indicator} is measured in {expected}; check both.",
)
_TWO_MEASURES = Text(
    "ô ghi “{seen}” còn cột đơn vị tính ghi “{measure}”; hãy thống nhất đơn vị tính.",
    "the cell states “{seen}”, but its unit of measure is given as “{measure}”; make them agree.",
)
_NOT_ASSURED = Text(
    "“{seen}” chỉ dùng cho chỉ tiêu được giao là “đảm bảo”; {indicator} chưa được giao như vậy cho đơn vị và năm này: "
    "hãy ghi số, hoặc nạp biểu giao chỉ tiêu trước.",
    "“{seen}” is a result of what was to be assured; {indicator} is not so asked for of this unit and year: "
    "write a number, or load the plan first.",
)
_NO_KIND = Text(
    "“{seen}” không phải là loại chỉ tiêu; cần: bằng, tối thiểu, trên, tối đa, dưới, khoảng, duy trì, giảm, đảm bảo.",
    "“{seen}” is no kind of target; expected is exactly, at least, more than, at most, less than, range, maintain, "
    "reduce by, assured.",
)
_TWO_KINDS = Text(
    "loại chỉ tiêu ghi “{seen}” không hợp với ô chỉ tiêu ghi “{cell}”; hãy sửa một trong hai.",
    "the kind “{seen}” does not go with the target “{cell}”; correct one of the two.",
)


def _of_formula(cell: str) -> Text:
    return _NO_RESULT if cell == NOT_COMPUTED else _FORMULA.fill(seen=cell)


class Refusal(Problem):
    """A cell is not taken in: its column (None when it is in no column), what was seen, and why."""

    def __init__(self, column: int | None, seen: str, text: Text) -> None:
        super().__init__(text)
        self.column = column
        self.seen = seen


class NotAssured(Refusal):
    """Words in place of a number, where no target to be assured is known; one may follow in the file."""


def is_blank(cell: SheetCell) -> bool:
    return isinstance(cell, str) and not cell.strip()


def figure_in(
    cell: SheetCell, column: int, key: Key, names: Names, habit: Habit, may_cross: bool, is_assured: bool = False
) -> tuple[Decimal | None, NoValue | None]:
    """The value in the indicator's unit, or the mark in its place. Raises ``Refusal``.

    Of what was to be assured (``is_assured``) words tell the result: 1 where it is done, 0 where it is not.
    """
    if isinstance(cell, Decimal):
        return _kept(cell, key.measure, column, str(cell), key, names), None
    if isinstance(cell, Percentage):
        return _percentage(cell.value, column, key, names), None
    mark = _mark(cell, column, may_cross)
    if mark is not None:
        return None, mark
    outcome = None if cell[0].isdigit() else outcome_meant(cell)
    if outcome is not None:
        if not is_assured:
            raise NotAssured(column, cell, _NOT_ASSURED.fill(seen=cell, indicator=key.indicator.code))
        return Decimal(outcome), None
    is_percent = cell.endswith("%")
    number = read_number(cell[:-1].rstrip() if is_percent else cell, habit)
    if isinstance(number, Text):
        raise Refusal(column, cell, number)
    if is_percent:
        return _percentage(number, column, key, names), None
    return _kept(number, key.measure, column, cell, key, names), None


def _mark(cell: str, column: int, may_cross: bool) -> NoValue | None:
    if cell[0].isdigit():  # most are numbers, and no mark begins like one
        return None
    if is_formula_error(cell):
        raise Refusal(column, cell, _of_formula(cell))
    mark = mark_meant(cell)
    if isinstance(mark, str):
        if not may_cross:
            raise Refusal(column, cell, _CROSSED)
        return NoValue.NOT_COLLECTED
    return mark


def _percentage(value: Decimal, column: int, key: Key, names: Names) -> Decimal:
    seen = f"{value:f}%"
    if key.measure and not _is_percent(key.measure, key, names):
        raise Refusal(column, seen, _TWO_MEASURES.fill(seen="%", measure=key.measure))
    if not _is_percent("%", key, names):
        facts = {"seen": seen, "indicator": key.indicator.code, "expected": key.indicator.unit}
        raise Refusal(column, seen, _NOT_PERCENT.fill(**facts))
    return _kept(value, "", column, seen, key, names)


def _is_percent(measure: str, key: Key, names: Names) -> bool:
    """Whether a measure is percent, as that of the indicator must be then."""
    same = names.converted(Decimal(1), measure, key.indicator) == 1 == names.converted(Decimal(1), "%", key.indicator)
    return same or measure == "%" == key.indicator.unit


def _kept(value: Decimal, measure: str, column: int, seen: str, key: Key, names: Names) -> Decimal:
    """The value in the indicator's unit, if it can be stored exactly."""
    converted = names.converted(value, measure, key.indicator) if measure and value.is_finite() else value
    if isinstance(converted, Text):
        raise Refusal(column, seen, converted)
    try:
        return Decimal(exact(converted, key.address))
    except Refused as refused:
        raise Refusal(column, seen, refused.text) from refused


def target_in(cell: SheetCell, column: int, key: Key, names: Names, habit: Habit) -> Target:
    """The target that a cell states. Raises ``Refusal``."""
    assert key.decision is not None  # a key of a target carries both
    assert key.holds_from is not None
    words = _of_kind(_target_words(cell, column, habit), cell, key)
    measure = words.measure or key.measure
    if words.measure and key.measure and words.measure != key.measure.casefold():
        raise Refusal(column, str(cell), _TWO_MEASURES.fill(seen=words.measure, measure=key.measure))
    low, high = (
        None if bound is None else _kept(bound, measure, column, str(cell), key, names)
        for bound in (words.low, words.high)
    )
    terms = (low, high, words.is_strict, words.is_rated_at_year_end)
    return Target(key.address, words.kind, key.decision, key.holds_from, *terms)


def _of_kind(words: TargetWords, cell: SheetCell, key: Key) -> TargetWords:
    """A target as a column of kinds says; the words beside the figure may say it too, but nothing else."""
    column, seen = key.kind
    if not seen:
        return words
    meant = kind_meant(seen)
    if meant is None:
        raise Refusal(column, seen, _NO_KIND.fill(seen=seen))
    kind, is_strict = meant
    if words.kind is kind:
        return replace(words, is_strict=is_strict or words.is_strict)
    is_plain = words.kind is TargetKind.EXACTLY and kind not in (TargetKind.RANGE, TargetKind.ASSURED)
    if not is_plain:
        raise Refusal(column, seen, _TWO_KINDS.fill(seen=seen, cell=cell))
    return replace(words, kind=kind, is_strict=is_strict)


def _target_words(cell: SheetCell, column: int, habit: Habit) -> TargetWords:
    if isinstance(cell, Percentage):
        return TargetWords(TargetKind.EXACTLY, cell.value, measure="%")
    if isinstance(cell, Decimal):
        return TargetWords(TargetKind.EXACTLY, cell)
    if is_formula_error(cell):
        raise Refusal(column, cell, _of_formula(cell))
    words = read_target(cell, lambda text: read_number(text, habit))
    if isinstance(words, Text):
        raise Refusal(column, cell, words)
    return words
