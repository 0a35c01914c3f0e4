"""What follows from other figures is printed so that a reader with a pocket calculator finds the same.

A percentage of exact figures need not be that of the figures as printed. So its decimals are chosen such that
both are printed alike; where no choice will do, the figures themselves are told with more decimals; and where
even that fails (a rate without end), the derived number is left unsaid. A difference is that of the figures as they
are printed, whatever that of the exact ones is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from baocao.drafting.phrases.told import Told
from baocao.model.draft import PRINTED, Form, Number, Reckoning, Source

_HUNDRED = Decimal(100)
_MORE = 7  # decimals that the figures may be told with beyond those of their form: đồng told in triệu đồng have six
_PERCENT_DECIMALS = (1, 2, 3, 4, 0)
_RATIOS = (Reckoning.PERCENT, Reckoning.PERCENT_CHANGE)


@dataclass(frozen=True, slots=True)
class Derived:
    """A number asked for: how it is reckoned, and from which of the figures, in the order of the reckoning."""

    reckoning: Reckoning
    of: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """Figures in the form they are printed in, and the numbers that follow; None where none can be told."""

    figures: tuple[Told, ...]
    numbers: tuple[Number | None, ...]


def settled(figures: Sequence[Told], asked: Sequence[Derived]) -> Settled:
    """The fewest decimals more with which everything asked for agrees with what is printed."""
    legible = _alike([told.legible() for told in figures])
    best: Settled | None = None
    for more in range(_MORE + 1):
        wider = tuple(told.widened(more) for told in legible)
        numbers = tuple(_number(one, wider) if _can_be_told(one, wider) else None for one in asked)
        found = Settled(wider, numbers)
        if all(number is not None or not _can_be_told(one, wider) for number, one in zip(numbers, asked, strict=True)):
            return found
        if best is None or _told(found) > _told(best):
            best = found
    assert best is not None
    return best


def _alike(figures: list[Told]) -> list[Told]:
    """Figures told side by side have the decimals of the finest of them, as far as they have any."""
    most = max(told.form.decimals for told in figures)
    return [told.widened(most - told.form.decimals) for told in figures]


def _told(found: Settled) -> int:
    return sum(number is not None for number in found.numbers)


def _can_be_told(asked: Derived, figures: Sequence[Told]) -> bool:
    """Whether the reckoning makes sense: nothing is missing, and the base of a ratio is more than nought."""
    operands = [figures[place] for place in asked.of]
    if any(told.value is None for told in operands):
        return False
    if asked.reckoning not in _RATIOS:
        return True
    return operands[0].sure >= 0 and operands[1].sure > 0


def reckoned(reckoning: Reckoning, values: Sequence[Decimal]) -> Decimal:
    """The arithmetic of a derived number; changes without their sign. Raises ``ZeroDivisionError``."""
    match reckoning:
        case Reckoning.PERCENT:
            return _HUNDRED * values[0] / values[1] if values[1] else _none()
        case Reckoning.CHANGE:
            return abs(values[0] - values[1])
        case Reckoning.PERCENT_CHANGE:
            return abs(_HUNDRED * (values[0] - values[1]) / values[1]) if values[1] else _none()
        case _:
            return sum(values, Decimal(0))


def _none() -> Decimal:
    raise ZeroDivisionError("the base is printed as nought")


def _number(asked: Derived, figures: Sequence[Told]) -> Number | None:
    """The number with the first decimals that agree with the printed figures, or None."""
    operands = [figures[place] for place in asked.of]
    exact = reckoned(asked.reckoning, [told.sure for told in operands])
    try:
        shown = reckoned(asked.reckoning, [told.printed for told in operands])
    except ZeroDivisionError:
        return None
    addresses = tuple(address for told in operands for address in told.source.addresses)
    source = Source(asked.reckoning, addresses, " ".join(filter(None, (told.source.argument for told in operands))))
    revision = max(told.revision for told in operands)
    for form in _forms(asked.reckoning, operands):
        number = Number.of(exact, form, source, revision)
        if _agrees(number, exact, shown):
            return number
        if asked.reckoning is Reckoning.CHANGE and shown and exact:
            finest = f"{PRINTED} {form.decimals - form.scale}"
            return Number.of(shown, form, replace(source, argument=f"{source.argument} {finest}".strip()), revision)
    return None


def _forms(reckoning: Reckoning, operands: Sequence[Told]) -> Iterator[Form]:
    """The forms to try. A change has the decimals of its figures: readers take the one from the other."""
    if reckoning in _RATIOS:
        yield from (Form(decimals, is_trimmed=True) for decimals in _PERCENT_DECIMALS)
        return
    most = max(told.form.decimals for told in operands)
    yield Form(most, operands[0].form.digits, operands[0].form.scale)


def _agrees(number: Number, exact: Decimal, shown: Decimal) -> bool:
    """Whether the number is what the printed figures make, and no rounding turns it into nought or a full hundred."""
    printed = number.form.rounded(exact)
    decimals = len(number.text.partition(",")[2])
    off = abs(shown.scaleb(-number.form.scale) - printed)
    if off > Decimal("0.5").scaleb(-decimals) or (decimals == number.form.decimals == 0 and off >= Decimal("0.5")):
        return False
    if number.source.reckoning is Reckoning.PERCENT and (printed == _HUNDRED) is not (exact == _HUNDRED):
        return False
    return bool(printed) is bool(exact)
