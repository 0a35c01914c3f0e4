"""All indicators that figures may be of: found by code or name, in the order of their computing, proved sound."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from baocao.figures.formula import NotAFormula, expression, relation, told
from baocao.figures.formula_order import circles, in_order
from baocao.figures.formula_tree import Binary, Expression, Name, Number, Relation, codes
from baocao.model import Text
from baocao.model.indicator import Indicator, UnitOfMeasure
from baocao.model.observation import Breakdown
from baocao.reference import indicators as reference
from baocao.reference.indicators import Place


def folded(name: str) -> str:
    """A name without case, tone marks and signs: how names are told apart."""
    plain = unicodedata.normalize("NFD", name.casefold()).replace("đ", "d")
    return " ".join(re.findall(r"\w+", "".join(letter for letter in plain if not unicodedata.combining(letter))))


_NOT_BROKEN_DOWN = Text(
    "Chỉ tiêu {code} không phân tổ theo “{dimension}”; các phân tổ: {known}.",
    "Indicator {code} is not broken down by “{dimension}”; its breakdowns: {known}.",
)
_NO_MEMBER = Text(
    "Phân tổ {dimension} không có thành phần “{member}”; các thành phần: {known}.",
    "The breakdown {dimension} has no member “{member}”; its members: {known}.",
)
_NONE = Text("không có", "none")


class Catalogue:
    """A set of indicators and the units of measure that they are told in.

    ``problems`` are what the files could not say; ``check`` repeats them. Where two indicators share a code
    or a name the first one holds, until ``check`` has been heard.
    """

    def __init__(
        self,
        indicators: Iterable[Indicator],
        measures: Iterable[UnitOfMeasure],
        problems: Iterable[Text] = (),
        places: Iterable[Place] = (),
    ) -> None:
        """``places`` tell for each indicator where it stands, in the same order; none where that is not known."""
        self.indicators = tuple(indicators)
        self.measures = tuple(measures)
        self.problems = tuple(problems)
        self.places = tuple(places)
        self._by_code: dict[str, Indicator] = {}
        self._by_name: dict[str, Indicator] = {}
        for indicator in self.indicators:
            self._by_code.setdefault(indicator.code, indicator)
            self._by_name.setdefault(folded(indicator.name.vi), indicator)
        self._definitions: dict[str, Expression | None] = {}
        self._relations: dict[str, tuple[Relation, ...]] = {}
        self._measures = {measure.code: measure for measure in self.measures}

    @classmethod
    def national(cls, own: Iterable[Path] = ()) -> Catalogue:
        """The catalogue of the product, with a user's ``own`` files of indicators behind it."""
        given, added = reference.national(), reference.read(own)
        return cls(
            given.indicators + added.indicators,
            reference.measures().values(),
            given.problems + added.problems,
            given.places + added.places,
        )

    def __len__(self) -> int:
        return len(self.indicators)

    def __getitem__(self, code: str) -> Indicator:
        """The indicator of a code. Raises ``KeyError``."""
        return self._by_code[code]

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def find(self, word: str) -> Indicator | None:
        """The indicator with this code or Vietnamese name, tone marks and case aside; None when there is none."""
        return self._by_code.get(word.strip()) or self._by_name.get(folded(word))

    def code_of(self, word: str) -> str | None:
        """The code of what ``find`` finds."""
        found = self.find(word)
        return found.code if found else None

    def near(self, word: str, count: int = 3) -> tuple[str, ...]:
        """The codes most like a word that was not found, best first."""
        similar = get_close_matches(word.strip(), sorted(self._by_code), count)
        named = [self._by_name[name].code for name in get_close_matches(folded(word), sorted(self._by_name), count)]
        return tuple(dict.fromkeys(similar + named))[:count]

    def of_sector(self, sector: str) -> tuple[Indicator, ...]:
        """The indicators of a sector, in the order of the catalogue."""
        return tuple(indicator for indicator in self.indicators if indicator.sector == sector)

    def unit(self, code: str) -> UnitOfMeasure:
        """The unit that an indicator is told in. Raises ``KeyError``."""
        return self._measures[self[code].unit]

    @cached_property
    def units(self) -> dict[str, UnitOfMeasure]:
        """The unit of each indicator whose unit is known, by the indicator's code."""
        known = self._measures
        return {code: known[one.unit] for code, one in self._by_code.items() if one.unit in known}

    def parts(self, code: str) -> tuple[Indicator, ...]:
        """The indicators that make a compound one; empty for others. Raises ``KeyError``."""
        return tuple(self[part] for part in self[code].parts)

    def definition(self, code: str) -> Expression | None:
        """How an indicator is computed from others: its formula, or per × numerator / denominator; else None.

        Raises ``KeyError`` for an unknown code, ``NotAFormula`` for a formula that cannot be read.
        """
        if code not in self._definitions:
            self._definitions[code] = self._define(self[code])
        return self._definitions[code]

    def _define(self, indicator: Indicator) -> Expression | None:
        if indicator.formula:
            return expression(indicator.formula, self)
        if not (indicator.numerator and indicator.denominator):
            return None
        above = Binary("*", Number(indicator.per), Name(indicator.numerator))
        return Binary("/", above, Name(indicator.denominator))

    def misfit(self, code: str, breakdown: Breakdown) -> Text | None:
        """Why a breakdown cannot be given for an indicator, None when it can. Raises ``KeyError``."""
        indicator = self[code]
        for dimension, member in breakdown:
            listed = reference.dimensions().get(dimension)
            if listed is None or dimension not in indicator.breakdowns:
                known: Text | str = ", ".join(indicator.breakdowns) or _NONE
                return told(_NOT_BROKEN_DOWN, code=code, dimension=dimension, known=known)
            if member not in {one.code for one in listed.members}:
                known = ", ".join(one.code for one in listed.members)
                return told(_NO_MEMBER, dimension=dimension, member=member, known=known)
        return None

    def identities(self, code: str) -> tuple[Relation, ...]:
        """What must hold of an indicator. Raises ``KeyError`` and ``NotAFormula`` as ``definition`` does."""
        if code not in self._relations:
            self._relations[code] = tuple(relation(line, self) for line in self[code].identities)
        return self._relations[code]

    @cached_property
    def uses(self) -> dict[str, tuple[str, ...]]:
        """What each derived indicator is made of; a formula that cannot be read is made of nothing."""
        return {one.code: self._uses(one.code) for one in self.indicators if one.is_derived}

    def _uses(self, code: str) -> tuple[str, ...]:
        try:
            tree = self.definition(code)
        except NotAFormula:
            return ()
        return codes(tree) if tree else ()

    def order(self) -> tuple[str, ...]:
        """The derived indicators, each after all that it is made of; those that go in a circle are left out."""
        return in_order(self.uses)

    def circles(self) -> tuple[tuple[str, ...], ...]:
        """Derived or compound indicators that are made of themselves, each as the path back to its start."""
        made_of = {one.code: (*self.uses.get(one.code, ()), *one.parts) for one in self.indicators}
        return circles({code: used for code, used in made_of.items() if used})

    def check(self) -> tuple[Text, ...]:
        """All that is wrong with the catalogue; empty when it is sound."""
        from baocao.figures.catalogue_check import findings

        return tuple(findings(self))
