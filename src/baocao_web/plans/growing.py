"""How next year's target is made of this year's: kept, moved by a share or an amount, or set to what the year comes to.

What a target asks for stays as it is: "không quá", "từ ... trở lên", a range, the rating left to the year's end. Only
figures move, and they are rounded to as many decimals as the indicator is told in. All is reckoned in fractions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Final

from baocao.figures.intake_numbers import Habit, read_number
from baocao.figures.said import figure, rounded, with_figures
from baocao.figures.target_words import TargetWords
from baocao.model.indicator import Aim
from baocao.model.target import Target, TargetKind
from baocao.model.text import Problem, Text
from baocao_web.places import office

MOST_DECIMALS: Final = 2
_MOST_PERCENT: Final = Decimal(1000)
_LEAST_PERCENT: Final = Decimal(-100)
_UNCOUNTED: Final = frozenset(
    {"area", "mass", "money", "usd", "length", "ratio", "volume", "energy", "time", "score", "none"}
)


class Rule(Enum):
    """How a target is moved on."""

    KEEP = "keep"
    PERCENT = "percent"
    ADD = "add"
    PROJECTION = "projection"
    RESULT = "result"

    @property
    def has_amount(self) -> bool:
        return self in (Rule.PERCENT, Rule.ADD)

    @property
    def name_of(self) -> Text:
        return _NAMES[self]


_NAMES: Final[Mapping[Rule, Text]] = {
    Rule.KEEP: Text("giữ như kế hoạch năm nay", "as this year's plan"),
    Rule.PERCENT: Text("tăng, giảm theo %", "raise or lower by %"),
    Rule.ADD: Text("cộng, trừ một lượng", "add or take an amount"),
    Rule.PROJECTION: Text("bằng ước thực hiện năm nay", "as this year is projected"),
    Rule.RESULT: Text("bằng kết quả gần nhất", "as the last result"),
}
_MOVES: Final = {
    Rule.PERCENT: (Text("tăng {amount}%", "up by {amount}%"), Text("giảm {amount}%", "down by {amount}%")),
    Rule.ADD: (Text("cộng {amount}", "plus {amount}"), Text("trừ {amount}", "less {amount}")),
}
_NO_RULE = Text(
    "không có quy tắc “{seen}”; hãy chọn trong danh sách.", "there is no rule “{seen}”; choose one of the list."
)
_NO_AMOUNT = Text("quy tắc “{rule}” cần một số, như 5 hoặc -2,5.", "the rule “{rule}” needs a figure, as 5 or -2,5.")
_BEYOND = Text(
    "{seen}% không hợp lý; hãy ghi từ trên -100 đến {most}.",
    "{seen}% is out of bounds; write more than -100, {most} at most.",
)
_NO_PLAN = Text("năm nay không được giao", "not asked for this year")
_NO_PROJECTION = Text("chưa ước được năm nay", "this year cannot be projected yet")
_NO_RESULT = Text("chưa có kết quả cả năm", "no result of a whole year yet")
_A_FALL = Text(
    "giao theo mức giảm; chỉ giữ, tăng giảm hoặc ghi tay được",
    "a fall is asked for; keep it, move it, or type the target",
)
_BELOW_NOUGHT = Text(
    "ra số âm ({value}); hãy sửa quy tắc hoặc ghi tay",
    "comes to less than nought ({value}); change the rule or type the target",
)
_BEYOND_ALL = Text(
    "theo quy tắc ra {value}%, mà tỷ lệ không vượt quá 100%; giữ như năm nay, muốn khác hãy ghi tay",
    "the rule makes {value}%, and a share is 100% at most; kept as this year's, type another if it is meant",
)
_LOOSER = Text(
    "theo quy tắc ra {value}, nới mức trần của năm nay; giữ như năm nay, muốn nới hãy ghi tay",
    "the rule makes {value}, which loosens this year's ceiling; kept as this year's, type another if it is meant",
)
_WORSE = Text(
    "theo quy tắc ra {value}, cao hơn năm nay, mà chỉ tiêu này càng thấp càng tốt; giữ như năm nay, "
    "muốn khác hãy ghi tay",
    "the rule makes {value}, more than this year's of what is better lower; kept as this year's, type another if meant",
)
_PERCENT_MEASURE: Final = "phan_tram"
_ALL: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Growth:
    """A rule with its amount: per cent of the target, or so many of the indicator's own unit."""

    rule: Rule = Rule.KEEP
    amount: Decimal | None = None

    @property
    def words(self) -> Text:
        """The rule with its amount: "tăng 5%", "trừ 200"."""
        if self.amount is None:
            return self.rule.name_of
        amount = figure(abs(self.amount))
        words = _MOVES[self.rule][self.amount < 0]
        return Text(words.vi.format(amount=amount.vi), words.en.format(amount=amount.en))

    @property
    def told(self) -> list[str]:
        """As the database keeps it."""
        return [self.rule.value, "" if self.amount is None else f"{self.amount:f}"]


@dataclass(frozen=True, slots=True)
class Base:
    """What a target is made of: this year's, what the year may come to, and the last whole year's result."""

    target: Target | None = None
    projection: Decimal | None = None
    result: Decimal | None = None


def growth(rule: str, amount: str) -> Growth:
    """A rule as it was typed. Raises ``Problem``."""
    try:
        meant = Rule(rule)
    except ValueError:
        raise Problem(_NO_RULE.fill(seen=rule[:40])) from None
    if not meant.has_amount:
        return Growth(meant)
    words = amount.strip().removesuffix("%").strip()
    found = read_number(words[:40], Habit.VIETNAMESE) if words else None
    if not isinstance(found, Decimal):
        raise Problem(
            found
            if isinstance(found, Text)
            else Text(_NO_AMOUNT.vi.format(rule=meant.name_of.vi), _NO_AMOUNT.en.format(rule=meant.name_of.en))
        )
    if meant is Rule.PERCENT and not _LEAST_PERCENT < found <= _MOST_PERCENT:
        raise Problem(_BEYOND.fill(seen=words[:40], most=_MOST_PERCENT))
    return Growth(meant, found)


def kept(told: list[str]) -> Growth:
    """The growth that ``Growth.told`` tells."""
    return Growth(Rule(told[0]), Decimal(told[1]) if told[1] else None)


def moved(code: str, base: Base, by: Growth) -> TargetWords | Text:
    """Next year's target, or why the rule does not make one."""
    target = base.target
    if target is not None and target.low is None:
        return _words(target)  # what is to be assured has no figure to move
    if by.rule in (Rule.PROJECTION, Rule.RESULT):
        return _set_to(code, base, by.rule)
    if target is None:
        return _NO_PLAN
    words = _words(target)
    if by.rule is Rule.KEEP:
        return words
    figures = [None if one is None else _grown(code, one, by, target) for one in (target.low, target.high)]
    return _sound(words, figures[0], figures[1], (target.low, target.high))


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a rule proposes: next year's target or why there is none, and what of it people should look at."""

    words: TargetWords | None
    why: Text | None = None
    look: Text | None = None


def proposed(code: str, base: Base, by: Growth) -> Proposed:
    """Next year's target by a rule; this year's where the rule would make nonsense of it or loosen what is a limit."""
    found = moved(code, base, by)
    if isinstance(found, Text):
        return Proposed(None, found)
    look = _doubt(code, base.target, found)
    if look is None:
        return Proposed(found)
    if base.target is None:
        return Proposed(None, look)
    return Proposed(_words(base.target), look=look)


def _doubt(code: str, before: Target | None, after: TargetWords) -> Text | None:
    """Why a rule's target cannot be proposed without somebody's having looked at it."""
    value = after.low if after.high is None else after.high
    was = None if before is None else before.low if before.high is None else before.high
    if value is None or after.kind is TargetKind.REDUCE_BY:
        return None
    seen = figure(value)
    found = office.catalogue()[code]
    if found.unit == _PERCENT_MEASURE and value > _ALL and (was is None or was <= _ALL):
        return with_figures(_BEYOND_ALL, value=seen)
    if was is None or value <= was:
        return None
    if after.kind is TargetKind.AT_MOST:
        return with_figures(_LOOSER, value=seen)
    return with_figures(_WORSE, value=seen) if found.aim is Aim.LOWER else None


def _set_to(code: str, base: Base, rule: Rule) -> TargetWords | Text:
    value = base.projection if rule is Rule.PROJECTION else base.result
    if value is None:
        return _NO_PROJECTION if rule is Rule.PROJECTION else _NO_RESULT
    if base.target is None or base.target.low is None:
        return TargetWords(TargetKind.EXACTLY, _bare(_rounded(code, Fraction(value), value)))
    if base.target.kind is TargetKind.REDUCE_BY:
        return _A_FALL
    low, high = base.target.low, base.target.high
    first = _rounded(code, Fraction(value), low)
    width = None if high is None else first + (high - low)  # a range keeps its width
    return _sound(_words(base.target), first, width, (low, high))


def _grown(code: str, value: Decimal, by: Growth, target: Target) -> Decimal:
    amount = Fraction(by.amount or 0)
    grown = Fraction(value) * (1 + amount / 100) if by.rule is Rule.PERCENT else Fraction(value) + amount
    return _rounded(code, grown, target.low or value)


def _rounded(code: str, value: Fraction, like: Decimal) -> Decimal:
    return rounded(value, decimals(code, like))


def _sound(
    words: TargetWords, low: Decimal | None, high: Decimal | None, before: tuple[Decimal | None, Decimal | None]
) -> TargetWords | Text:
    """The target with its new figures, none of which falls below nought where none was."""
    was_level = all(one is None or one >= 0 for one in before)
    if was_level and low is not None and low < 0:
        return Text(_BELOW_NOUGHT.vi.format(value=f"{low:f}"), _BELOW_NOUGHT.en.format(value=f"{low:f}"))
    return replace(words, low=_bare(low), high=_bare(high))


def _bare(value: Decimal | None) -> Decimal | None:
    """A figure without noughts behind its last decimal."""
    if value is None:
        return None
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def decimals(code: str, like: Decimal) -> int:
    """So many decimals an indicator is told in: none for what is counted, else as this year's figure, two at most."""
    measure = office.catalogue().units.get(code)
    if (
        measure is not None
        and measure.factor == 1
        and measure.dimension not in _UNCOUNTED
        and "/" not in measure.dimension
    ):
        return 0
    own = max(0, -int(like.normalize().as_tuple().exponent))
    return min(own, MOST_DECIMALS)


def _words(target: Target) -> TargetWords:
    """What a target asks for, without of whom and by which decision."""
    return TargetWords(target.kind, target.low, target.high, target.is_strict, "", target.rated_at_year_end)
