"""Figures as people read them, "1.234,5" in Vietnamese, "1,234.5" in English; and names, of many the first few."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from baocao.model.listed import joined, some
from baocao.model.text import Text

__all__ = ["MORE_UNITS", "figure", "joined", "quotient", "rounded", "some", "with_figures"]

MORE_UNITS = Text(" và {count} đơn vị khác", " and {count} others")
_PLACES = 4  # of a quotient: those of the engine (expressions.QUOTIENT), so that one figure is the same everywhere


def figure(value: Decimal) -> Text:
    """A figure with all its digits; noughts at the end of its decimals are dropped."""
    shown = f"{value:,f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return Text(shown.translate(str.maketrans(",.", ".,")), shown)


def quotient(part: Decimal, whole: Decimal, per: int = 100) -> Decimal | None:
    """``part`` × ``per`` ÷ ``whole`` to four decimals, half away from zero; None by zero.

    >>> quotient(Decimal("70.05"), Decimal("61.76")), quotient(Decimal(1), Decimal(0))
    (Decimal('113.4229'), None)
    """
    return rounded(Fraction(part) * per / Fraction(whole)) if whole else None


def rounded(value: Fraction, places: int = _PLACES) -> Decimal:
    """An exact fraction as a decimal of so many places, half away from zero."""
    above, below = 2 * abs(value.numerator) * 10**places, 2 * value.denominator
    whole = (above + value.denominator) // below
    return Decimal(f"{'-' if value < 0 and whole else ''}{whole}e-{places}")


def with_figures(words: Text, **facts: Text | object) -> Text:
    """A sentence with its slots filled, each language with its own form of the facts."""
    vi = {name: fact.vi if isinstance(fact, Text) else fact for name, fact in facts.items()}
    en = {name: fact.en if isinstance(fact, Text) else fact for name, fact in facts.items()}
    return Text(words.vi.format(**vi), words.en.format(**en))
