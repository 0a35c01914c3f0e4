"""A figure that a sentence is to tell: exact, with the unit it is printed in, or the mark that stands for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from baocao.model.draft import Form, Line, Number, Reckoning, Source, Words
from baocao.model.observation import NoValue
from baocao.reference import load

_PLAIN = Form()
_NOWHERE = Source(Reckoning.VALUE)
_MOST_DECIMALS = 12  # beyond which nothing is told any finer
_ENDLESS_MORE = 2  # decimals more that a rate without end is told with: no number of them makes it exact


@dataclass(frozen=True, slots=True)
class Told:
    """One figure. ``value`` is exact, in the indicator's unit; ``measure`` is the unit's name as printed.

    ``form`` says with how many decimals it is printed at least. Where ``value`` is None, ``mark`` says why
    (None: nothing was ever told). ``name`` is what it is a figure of, in words ("Diện tích gieo cấy lúa").
    ``is_estimate`` says that it stands in for a result that is not there yet.
    """

    name: str
    value: Decimal | None
    measure: str = ""
    form: Form = _PLAIN
    source: Source = _NOWHERE
    revision: int = 0
    mark: NoValue | None = None
    is_estimate: bool = False

    @property
    def is_rate(self) -> bool:
        """Whether it is told in per cent, so that it moves by points."""
        return self.measure == "%"

    @property
    def is_named_by_unit(self) -> bool:
        """Whether its name is the very unit that it is counted in: "Số tổ hòa giải" are 544, and no "tổ hòa giải".

        A unit of one word is short enough to be said twice: "Số vụ là 12 vụ".
        """
        openings = load("phrases")["units"]["counted"] if " " in self.measure else ()
        return any(self.name == f"{opening} {self.measure}" for opening in openings)

    @property
    def printed(self) -> Decimal:
        """The value as a reader of the page has it, in the indicator's unit."""
        return self.form.rounded(self.sure).scaleb(self.form.scale)

    @property
    def sure(self) -> Decimal:
        """The value, where it is known to be there. Raises ``ValueError`` for a figure without one."""
        if self.value is None:
            raise ValueError(f"{self.name}: there is no figure to tell")
        return self.value

    def widened(self, by: int) -> Told:
        """The same with up to ``by`` decimals more, as far as the value has any."""
        if self.value is None or not by:
            return self
        own = -int(self.value.scaleb(-self.form.scale).normalize().as_tuple().exponent)
        by = min(by, _ENDLESS_MORE) if own > _MOST_DECIMALS else by
        decimals = max(self.form.decimals, min(self.form.decimals + by, own))
        return replace(self, form=replace(self.form, decimals=decimals))

    def legible(self) -> Told:
        """The same with so many decimals that what is not nought is not printed as nought."""
        told = self
        while told.value and not told.printed and told.form.decimals < _MOST_DECIMALS:
            told = replace(told, form=replace(told.form, decimals=told.form.decimals + 1))
        return told

    @property
    def number(self) -> Number:
        """The figure as it is printed, without its unit."""
        return Number.of(self.sure, self.form, self.source, self.revision, self.name)


def figure(told: Told) -> Line:
    """A figure with its unit behind it: "412,5 ha", "96,9%"; an estimate says so: "ước 412,5 ha"."""
    plain = bare(told)
    return (Words(load("phrases")["value"]["estimate"] + " "), *plain) if told.is_estimate else plain


def bare(told: Told) -> Line:
    """A figure with its unit, where the words before it say already what it is."""
    return measured(told.number, "" if told.is_named_by_unit else told.measure)


def measured(number: Number, measure: str) -> Line:
    """A number with a unit: a per cent sign stands close, a word apart."""
    if not measure or measure in load("phrases")["units"]["silent"]:
        return (number,)
    return (number, Words(measure if measure == "%" else f" {measure}"))
