"""The sentence that sums an annex up: how many indicators were met, how many were not, and which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from baocao.figures.said import with_figures
from baocao.model.target import Rating
from baocao.model.text import Text

_WHOLE = Text("Trong {count} chỉ tiêu: ", "Of {count} indicators: ")
_NONE = Text("Không có chỉ tiêu nào được giao.", "No indicator has a target.")
_GOOD = Text("{count} chỉ tiêu đạt và vượt kế hoạch", "{count} met or exceeded the plan")
_OF_WHICH = Text(" (trong đó {count} chỉ tiêu vượt)", " ({count} of them exceeded it)")
_EXCEEDED = Text("{count} chỉ tiêu vượt kế hoạch", "{count} exceeded the plan")
_MET = Text("{count} chỉ tiêu đạt kế hoạch", "{count} met the plan")
_NONE_GOOD = Text("chưa có chỉ tiêu nào đạt kế hoạch", "none met the plan")
_BAD = Text("{count} chỉ tiêu không đạt", "{count} did not meet it")
_NONE_BAD = Text("không có chỉ tiêu nào không đạt", "none failed to meet it")
_PENDING = Text("{count} chỉ tiêu cuối năm đánh giá", "{count} are rated at year's end")
_UNKNOWN = Text("{count} chỉ tiêu chưa có số liệu để đánh giá", "{count} have no figure to be rated by")
_INCOMPLETE = Text("{count} chỉ tiêu chưa đủ số liệu để đánh giá", "{count} cannot be rated yet, as units are missing")
_WHICH = Text(" (chỉ tiêu số {which})", " (no. {which})")
_GOOD_ONES = (Rating.MET, Rating.EXCEEDED)
_APART = ": "
_NAMED = Text(f"{{number}}{_APART}{{name}}", f"{{number}}{_APART}{{name}}")


@dataclass(frozen=True, slots=True)
class Tally:
    """The indicators of an annex by their ratings, each by its number in the annex, in its order."""

    rated: tuple[tuple[str, Rating], ...]

    def of(self, *ratings: Rating) -> tuple[str, ...]:
        """The numbers of the indicators so rated."""
        return tuple(number for number, rating in self.rated if rating in ratings)

    @property
    def text(self) -> Text:
        """The whole and its ratings, those that are not met by number.

        "Trong 17 chỉ tiêu: 14 chỉ tiêu đạt và vượt kế hoạch (trong đó 8 chỉ tiêu vượt), 3 chỉ tiêu không đạt (...)."
        """
        return self.named({})

    def named(self, names: Mapping[str, Text]) -> Text:
        """The same with the names of those not met or incomplete: "3 chỉ tiêu không đạt (chỉ tiêu số 7: Nước sạch)"."""
        if not self.rated:
            return _NONE
        is_any_good, is_any_bad = (bool(self.of(*ratings)) for ratings in (_GOOD_ONES, (Rating.NOT_MET,)))
        clauses = [self._good] if is_any_good or is_any_bad else []
        if is_any_good and not is_any_bad and not self.of(Rating.INCOMPLETE):
            clauses.append(_NONE_BAD)
        named = (
            (_BAD, Rating.NOT_MET),
            (_PENDING, Rating.PENDING),
            (_INCOMPLETE, Rating.INCOMPLETE),
            (_UNKNOWN, Rating.UNKNOWN),
        )
        clauses += [
            _clause(words, [_one(number, names if words in (_BAD, _INCOMPLETE) else {}) for number in found])
            for words, rating in named
            if (found := self.of(rating))
        ]
        whole = _WHOLE.fill(count=len(self.rated))
        return _joined("", whole, _joined(", ", *clauses), Text(".", "."))

    @property
    def _good(self) -> Text:
        """How many are met, and how many of them are more than met."""
        met, exceeded = len(self.of(Rating.MET)), len(self.of(Rating.EXCEEDED))
        if not met and not exceeded:
            return _NONE_GOOD
        if not met or not exceeded:
            return (_MET if met else _EXCEEDED).fill(count=met or exceeded)
        return _joined("", _GOOD.fill(count=met + exceeded), _OF_WHICH.fill(count=exceeded))


def _one(number: str, names: Mapping[str, Text]) -> Text:
    name = names.get(number)
    return Text(number, number) if name is None else with_figures(_NAMED, number=number, name=name)


def _clause(words: Text, which: Sequence[Text]) -> Text:
    counted = words.fill(count=len(which))
    is_named = any(_APART in one.vi for one in which)
    which_ones = _joined("; " if is_named else ", ", *which)
    return _joined("", counted, with_figures(_WHICH, which=which_ones)) if which else counted


def _joined(sign: str, *parts: Text) -> Text:
    return Text(sign.join(part.vi for part in parts), sign.join(part.en for part in parts))
