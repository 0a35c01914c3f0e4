"""What rolled-up figures must hold: the identities of the catalogue, the whole of a breakdown, a plausible range.

A judgement needs figures of the same units and the same stretch of time; where one is missing nothing is said.
Units that report are judged once each, and named where a unit above them is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from baocao.figures import said
from baocao.figures.breakdowns import is_complete, members, wholes
from baocao.figures.catalogue import Catalogue
from baocao.figures.formula_tree import Name, Relation, When, names
from baocao.figures.formula_value import judge
from baocao.figures.said import joined, with_figures
from baocao.ledger.remarking import named
from baocao.ledger.rolled import Place, Rolled, meant
from baocao.model import Agreement
from baocao.model.indicator import Over
from baocao.model.observation import breakdown_of
from baocao.model.period import Period
from baocao.model.text import Text
from baocao.reference import indicators as reference

_IDENTITY = Text("không khớp {rule}: {left} so với {right}.", "does not hold: {rule}; {left} against {right}.")
_MEMBERS = Text(
    "không khớp tổng các nhóm theo {rule}: tổng {left}, các nhóm cộng lại {right}.",
    "the whole and its members by {rule} do not agree: {left}, the members make {right}.",
)
_RANGE = Text("{left} nằm ngoài khoảng hợp lý ({rule}); hãy kiểm tra.", "{left} is out of range ({rule}); check it.")
_BELOW = Text(
    "{count} đơn vị có số liệu không khớp hoặc ngoài khoảng hợp lý ({rule}): {names}.",
    "{count} units have figures that do not hold ({rule}): {names}.",
)
_FROM = Text("từ {low}", "from {low}")
_TO = Text("đến {high}", "to {high}")
_DAY = timedelta(days=1)
_CODE = re.compile(r"\b[a-z][a-z0-9_]*\b")


@dataclass(frozen=True, slots=True)
class Flaw:
    """What does not hold of one place: the rule in words, and the sentence with its figures."""

    rule: Text
    words: Text


@dataclass(slots=True)
class Judging:
    """The judgements of one period."""

    rolled: Rolled
    period: Period
    _relations: dict[str, tuple[tuple[Relation, Text], ...]] = field(default_factory=dict, init=False)
    _found: dict[Place, tuple[Flaw, ...]] = field(default_factory=dict, init=False)
    _under: dict[tuple[str, str, str], list[tuple[str, Flaw]]] | None = field(default=None, init=False)

    def remarks(self, place: Place) -> Iterator[Text]:
        """What is to be told of one figure: what does not hold of it, and of which units below."""
        for flaw in self.of(place):
            yield flaw.words
        below: dict[Text, list[str]] = {}
        for unit, flaw in self._units().get(place, ()):
            below.setdefault(flaw.rule, []).append(unit)
        for rule, units in below.items():
            yield named(_BELOW, self.rolled.book, sorted(units), rule=rule)

    def of(self, place: Place) -> tuple[Flaw, ...]:
        """What does not hold of one figure."""
        if place not in self._found:
            self._found[place] = (*self._identities(place), *self._whole(place), *self._range(place))
        return self._found[place]

    def _units(self) -> dict[tuple[str, str, str], list[tuple[str, Flaw]]]:
        """The flaws of the units that report, by each place above them."""
        if self._under is None:
            self._under = {}
            view, geography = self.rolled.view, self.rolled.book.geography
            day = view.day(self.period)
            asked = set(self.rolled.indicators)
            for place in self.rolled.sums(self.period).computed:
                if place.indicator not in asked or place.unit not in geography:
                    continue
                unit = geography.by_key(place.unit)
                if unit.level is view.base and unit.holds_on(day) and (flaws := self.of(place)):
                    for above in geography.path(unit.key, day)[1:]:
                        found = self._under.setdefault(place._replace(unit=above.key), [])
                        found += [(unit.key, flaw) for flaw in flaws]
        return self._under

    def _identities(self, place: Place) -> Iterator[Flaw]:
        for relation, rule in self._rules(place.indicator):
            used = names(relation)
            if not self._is_alike(place, used):
                continue
            found = judge(relation, lambda name: self._value(place, name))
            if found.agreement is Agreement.DISAGREE and found.left.value is not None and found.right.value is not None:
                yield _flaw(_IDENTITY, rule, found.left.value, found.right.value)

    def _rules(self, code: str) -> tuple[tuple[Relation, Text], ...]:
        if code not in self._relations:
            catalogue = self.rolled.book.catalogue
            lines = catalogue[code].identities
            pairs = zip(catalogue.identities(code), lines, strict=True) if lines else ()
            listed = self.rolled.book.catalogue
            self._relations[code] = tuple((relation, in_words(listed, line)) for relation, line in pairs)
        return self._relations[code]

    def _value(self, place: Place, name: Name) -> Decimal | None:
        day = self.rolled.view.day(self.period)
        return self.rolled.value(place._replace(indicator=name.code), meant(name.when, self.period), day)

    def _is_alike(self, place: Place, used: tuple[Name, ...]) -> bool:
        """Whether the figures are of the same units, and the flows among them of the same days.

        What was added since the year's start is not in the flows of one quarter: these are set against no such start.
        """
        tellers, days = set(), set()
        is_since_start = any(name.when is When.YEAR_START for name in used)
        is_from_start = meant(When.YEAR_START, self.period).end + _DAY == self.period.start
        day = self.rolled.view.day(self.period)
        for name in used:
            period = meant(name.when, self.period)
            for code in self.rolled.leaves(name.code):
                own = place._replace(indicator=code)
                figure = self.rolled.sums(period, day).computed.get(own)
                if figure is None:
                    return False
                tellers.add(self.rolled.tellers(own, period, day))
                if self.rolled.book.catalogue[code].over_time is Over.SUM:
                    if is_since_start and not is_from_start:
                        return False
                    days.add(figure.days - period.days)
        return len(tellers) == 1 and len(days) <= 1

    def _whole(self, place: Place) -> Iterator[Flaw]:
        """A whole that was told, against the members that were told: all of them make it, some are not more."""
        sums = self.rolled.sums(self.period).computed
        told = sums.get(place)
        indicator = self.rolled.book.catalogue[place.indicator]
        if told is None or told.added or indicator.over_place is not Over.SUM or indicator.is_derived:
            return
        there = {dimension for dimension, _ in breakdown_of(place.breakdown)}
        for dimension in indicator.breakdowns:
            if dimension in there or not is_complete(dimension):
                continue
            lines = [line for line in members(indicator, place.breakdown, dimension) if wholes(indicator, line)]
            parts = [sums[one] for line in lines if (one := place._replace(breakdown=line)) in sums]
            if not parts or any((one.reporting, one.days) != (told.reporting, told.days) for one in parts):
                continue
            added = sum((one.value for one in parts), Decimal(0))
            if added > told.value or (len(parts) == len(lines) and added != told.value):
                yield _flaw(_MEMBERS, reference.dimensions()[dimension].name, told.value, added)

    def _range(self, place: Place) -> Iterator[Flaw]:
        """A sum of many units may be greater than what one of them can come to; what is recomputed may not."""
        indicator = self.rolled.book.catalogue[place.indicator]
        low, high = indicator.plausible
        if low is None and high is None:
            return
        figure = self.rolled.figure(place, self.period)
        if figure is None:
            return
        if indicator.over_place is Over.SUM and figure.reporting > 1:
            high = None
        if (low is not None and figure.value < low) or (high is not None and figure.value > high):
            yield _flaw(_RANGE, range_said(low, high), figure.value, figure.value)


def range_said(low: Decimal | None, high: Decimal | None) -> Text:
    """A plausible range in words."""
    ends = [with_figures(_FROM, low=said.figure(low))] if low is not None else []
    ends += [with_figures(_TO, high=said.figure(high))] if high is not None else []
    return joined(ends, " ")


def _flaw(words: Text, rule: Text, left: Decimal, right: Decimal) -> Flaw:
    return Flaw(rule, with_figures(words, rule=rule, left=said.figure(left), right=said.figure(right)))


def in_words(listed: Catalogue, line: str) -> Text:
    """An identity with the names of its indicators."""

    def put(lang: str) -> str:
        def of(found: re.Match[str]) -> str:
            word = found[0]
            return getattr(listed[word].name, lang) if word in listed else word

        return _CODE.sub(of, line)

    return Text(f"“{put('vi')}”", f"“{put('en')}”")
