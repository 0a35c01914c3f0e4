"""Claims: what a sentence or a table row asserts about its figures, with its arithmetic.

Every claim names the stated figure, the figures that it must follow from, and can compute what it
should be (``centre``, ``expected``) and how well that agrees (``agreement``). Whether that is worth
a finding is for the rules to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import ClassVar

from baocao.model.document import Span
from baocao.model.quantity import HUNDRED, ZERO, Agreement, Interval, Quantity, agreement


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure: its value, where it stands, the text as printed and what it is said of.

    ``noun`` is the counted thing that follows ("vụ vi phạm"), ``subject`` the words before it
    ("tổng thu ngân sách").
    """

    quantity: Quantity
    span: Span
    text: str
    noun: str = ""
    subject: str = ""


class Strength(Enum):
    """How sure the reading is that the figures belong together."""

    CERTAIN = "certain"  # the wording leaves no other reading: a disagreement is an error
    LIKELY = "likely"  # the usual reading: a disagreement is worth a look
    POSSIBLE = "possible"  # only an agreement tells anything


@dataclass(frozen=True, slots=True)
class Claim:
    """What a stretch of text asserts. ``basis`` says in one word how the reading was made."""

    kind: ClassVar[str] = "claim"
    at: Span
    stated: Figure | None
    strength: Strength = Strength.CERTAIN
    basis: str = ""
    also: tuple[Span, ...] = ()

    @property
    def centre(self) -> Decimal | None:
        """The expected value computed from the figures as printed; None when it cannot be."""
        return None

    @property
    def expected(self) -> Interval | None:
        """The interval that the rounding of the printed figures allows."""
        return None

    @property
    def exact_inputs(self) -> bool:
        """Whether every figure is a count, so that nothing but equality will do."""
        return False

    @property
    def agreement(self) -> Agreement:
        centre, expected = self.centre, self.expected
        if self.stated is None or centre is None or expected is None:
            return Agreement.UNDECIDABLE
        return agreement(self.stated.quantity, expected, centre, exact_inputs=self.exact_inputs)

    @property
    def operands(self) -> tuple[Figure, ...]:
        """The figures that the stated one must follow from, in the order of the arithmetic."""
        return ()

    @property
    def arithmetic(self) -> str:
        """The sum done, with the figures as printed ("412 / 430")."""
        return ""


def _printed_interval(quantity: Quantity) -> Interval:
    """A whole number below a hundred ("16/35 ha") is what was divided: nobody rounds that far before dividing."""
    if quantity.decimals == 0 and quantity.value < HUNDRED:
        return Interval(quantity.amount, quantity.amount)
    return quantity.interval


@dataclass(frozen=True, slots=True)
class Ratio(Claim):
    """``part`` of ``whole`` is the stated percentage. ``against`` names the base: plan, same_period, whole.

    ``per`` is 100 for a percentage and 1 for a multiple ("gấp 1,72 lần").
    """

    kind: ClassVar[str] = "ratio"
    part: Figure | None = None
    whole: Figure | None = None
    against: str = ""
    authority: str = ""
    per: Decimal = HUNDRED

    @property
    def centre(self) -> Decimal | None:
        if self.part is None or self.whole is None or self.whole.quantity.amount == 0:
            return None
        return self.per * self.part.quantity.amount / self.whole.quantity.amount

    @property
    def expected(self) -> Interval | None:
        if self.part is None or self.whole is None:
            return None
        whole = _printed_interval(self.whole.quantity)
        if whole.low <= 0 <= whole.high:
            return None
        return (_printed_interval(self.part.quantity) / whole).scaled(self.per)

    @property
    def operands(self) -> tuple[Figure, ...]:
        return tuple(figure for figure in (self.part, self.whole) if figure is not None)

    @property
    def arithmetic(self) -> str:
        if self.part is None or self.whole is None:
            return ""
        return f"{self.part.text} / {self.whole.text}"


@dataclass(frozen=True, slots=True)
class Total(Claim):
    """The stated figure is the sum of its parts. ``exhaustive`` is False for lists that may leave some out."""

    kind: ClassVar[str] = "sum"
    parts: tuple[Figure, ...] = ()
    exhaustive: bool = True

    @property
    def centre(self) -> Decimal | None:
        return sum((part.quantity.amount for part in self.parts), ZERO) if self.parts else None

    @property
    def expected(self) -> Interval | None:
        total = Interval(ZERO, ZERO)
        for part in self.parts:
            total = total + part.quantity.interval
        return total

    @property
    def exact_inputs(self) -> bool:
        return (
            self.stated is not None
            and self.stated.quantity.is_count
            and all(part.quantity.is_count for part in self.parts)
        )

    @property
    def operands(self) -> tuple[Figure, ...]:
        return self.parts

    @property
    def arithmetic(self) -> str:
        return " + ".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Share(Total):
    """Shares that must make the stated share, or 100 per cent when ``stated`` is None."""

    kind: ClassVar[str] = "percent_sum"
    whole: Decimal = HUNDRED

    @property
    def exact_inputs(self) -> bool:
        return False

    @property
    def agreement(self) -> Agreement:
        centre, expected = self.centre, self.expected
        if centre is None or expected is None:
            return Agreement.UNDECIDABLE
        if self.stated is not None:
            return agreement(self.stated.quantity, expected, centre)
        if centre == self.whole:
            return Agreement.EXACT
        # each share may be off by one half of its last place, and one of them may have been bent to close the sum
        slack = sum((part.quantity.ulp for part in self.parts), ZERO) / 2
        return Agreement.WITHIN_ROUNDING if abs(centre - self.whole) <= slack else Agreement.DISAGREE


class Direction(Enum):
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Change(Claim):
    """From ``before`` to ``after`` the figure rose or fell by the stated amount, or by the stated per cent.

    With ``remainder`` the stated figure is what is left of ``before`` when ``after`` is taken away.
    """

    kind: ClassVar[str] = "difference"
    before: Figure | None = None
    after: Figure | None = None
    direction: Direction = Direction.UP
    relative: bool = False

    @property
    def centre(self) -> Decimal | None:
        if self.before is None or self.after is None:
            return None
        before, after = self.before.quantity.amount, self.after.quantity.amount
        rise = after - before if self.direction is Direction.UP else before - after
        if not self.relative:
            return rise
        return HUNDRED * rise / before if before else None

    @property
    def expected(self) -> Interval | None:
        if self.before is None or self.after is None:
            return None
        before, after = self.before.quantity.interval, self.after.quantity.interval
        rise = after - before if self.direction is Direction.UP else before - after
        if not self.relative:
            return rise
        return None if before.low <= 0 <= before.high else (rise / before).scaled(HUNDRED)

    @property
    def exact_inputs(self) -> bool:
        figures = (self.stated, self.before, self.after)
        return not self.relative and all(figure is not None and figure.quantity.is_count for figure in figures)

    @property
    def operands(self) -> tuple[Figure, ...]:
        pair = (self.after, self.before) if self.direction is Direction.UP else (self.before, self.after)
        return tuple(figure for figure in pair if figure is not None)

    @property
    def arithmetic(self) -> str:
        if self.before is None or self.after is None:
            return ""
        first, second = (self.after, self.before) if self.direction is Direction.UP else (self.before, self.after)
        shown = f"{first.text} - {second.text}"
        return f"({shown}) / {self.before.text}" if self.relative else shown


@dataclass(frozen=True, slots=True)
class Product(Claim):
    """The stated figure is ``left`` × ``right`` × ``factor`` (area × yield / 10 = output)."""

    kind: ClassVar[str] = "product"
    left: Figure | None = None
    right: Figure | None = None
    factor: Decimal = Decimal(1)

    @property
    def centre(self) -> Decimal | None:
        if self.left is None or self.right is None:
            return None
        return self.left.quantity.amount * self.right.quantity.amount * self.factor

    @property
    def expected(self) -> Interval | None:
        if self.left is None or self.right is None:
            return None
        return (self.left.quantity.interval * self.right.quantity.interval).scaled(self.factor)

    @property
    def operands(self) -> tuple[Figure, ...]:
        return tuple(figure for figure in (self.left, self.right) if figure is not None)

    @property
    def arithmetic(self) -> str:
        if self.left is None or self.right is None:
            return ""
        shown = f"{self.left.text} × {self.right.text}"
        if self.factor == 1:
            return shown
        return f"{shown} / {1 / self.factor:f}" if self.factor < 1 else f"{shown} × {self.factor:f}"


@dataclass(frozen=True, slots=True)
class Count(Claim):
    """The stated count is the number of things named after it."""

    kind: ClassVar[str] = "list_count"
    items: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()

    @property
    def centre(self) -> Decimal | None:
        return Decimal(len(self.items)) if self.items else None

    @property
    def expected(self) -> Interval | None:
        centre = self.centre
        return None if centre is None else Interval(centre, centre)

    @property
    def exact_inputs(self) -> bool:
        return True

    @property
    def arithmetic(self) -> str:
        return " | ".join(self.items)


@dataclass(frozen=True, slots=True)
class Value(Claim):
    """The stated figure is said of a subject, at a cut-off or over a period, maybe by an authority's plan."""

    kind: ClassVar[str] = "value"
    subject: str = ""
    period: str = ""
    authority: str = ""
    scenario: str = "actual"


@dataclass(frozen=True, slots=True)
class Citation(Claim):
    """A legal instrument as cited: kind ("Nghị quyết"), number with symbol ("31/2020/NQ-HĐND"), date, issuer."""

    kind: ClassVar[str] = "citation"
    instrument: str = ""
    number: str = ""
    year: int | None = None
    symbol: str = ""
    dated: date | None = None
    issuer: str = ""
    symbol_span: Span | None = None
    date_span: Span | None = None


@dataclass(frozen=True, slots=True)
class DateClaim(Claim):
    """A date or a period as printed. ``day``, ``month`` and ``year`` are None where they are not printed."""

    kind: ClassVar[str] = "date"
    day: int | None = None
    month: int | None = None
    year: int | None = None
    quarter: int | None = None
    text: str = ""
    cue: str = ""  # what the words before it make of it: same_period, until, since, attached, or ""
    months: int | None = None  # how many months the words count: "6 tháng đầu năm", "03 năm 2022-2024"
    until: DateClaim | None = None  # the end of a range, where this is its beginning

    @property
    def on(self) -> date | None:
        """The day on the calendar; None when it is not wholly printed, or when there is no such day."""
        if self.day is None or self.month is None or self.year is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None
