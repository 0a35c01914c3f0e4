"""Words around a number say which way it went; when the number changes they may no longer be true.

The words are people's, so they are told and never changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from baocao.model.draft import Reckoning
from baocao.model.text import Text
from baocao.reference import load
from baocao.reference.sector_tables import words
from baocao.reporting.placing import Spot

_FULL = Decimal(100)
_CLAUSE = re.compile(r"[.;:](?=\s)|[()]")
_SENTENCE = re.compile(r"[.;](?=\s)")
_SIGNS = {"+": 1, "-": -1, "−": -1, "–": -1}
_CHANGES = (Reckoning.CHANGE, Reckoning.PERCENT_CHANGE)

MISFIT = Text(
    "lời văn “{word}” không còn đúng với số mới {number}: {words}",
    "the word “{word}” no longer fits the new figure {number}: {words}",
)

RATED = Text(
    "đánh giá “{word}” cùng hàng cần xem lại với số mới {number}: {words}",
    "the rating “{word}” of the same row has to be looked at with the new figure {number}: {words}",
)


def misfit(reckoning: Reckoning, spot: Spot, old: Decimal, new: Decimal) -> str:
    """The word at a number that its new value makes untrue, "" where there is none. Changes carry their sign."""
    if reckoning in _CHANGES:
        word, way = way_before(spot.before)
        return word if way and _way(new) != way else ""
    if reckoning is Reckoning.VALUE and old >= 0 > new:  # "Mức giảm tỷ lệ hộ nghèo đạt -1,2%" is a rise
        return way_in(_CLAUSE.split(spot.before)[-1])[0]
    if reckoning is Reckoning.PERCENT and (old >= _FULL) is not (new >= _FULL):
        sentence = _SENTENCE.split(spot.before)[-1] + " " + _SENTENCE.split(spot.after)[0]
        found = _ratings("missed" if new >= _FULL else "exceeded").search(sentence.lower())
        return found[0] if found else ""
    return ""


def rating_to_check(row: Sequence[str], old: Decimal, new: Decimal) -> str:
    """The rating in a table's row that a new percentage of the plan speaks against, "" for none."""
    ratings = load("tables")["ratings"]
    missed, reached = set(ratings["missed"]), {*ratings["met"], *ratings["exceeded"]}
    is_ceiling = any(one.lower().startswith(_ceilings()) for one in row)
    was, now = ((one <= _FULL if is_ceiling else one >= _FULL) for one in (old, new))
    if was is now:
        return ""
    return next((one for one in row if one.lower() in (reached if was else missed)), "")


def misfit_between(text: str, first: Decimal, second: Decimal) -> str:
    """The word of ``text``, which stands between two figures, by which the first should be above or below the second.

    "là 15 vụ, tăng so với cùng kỳ năm trước (12 vụ)".
    """
    same = _any_of(_sames()).search(text.lower())
    if same:
        return same[0] if first != second else ""
    word, way = way_in(text)
    return word if way and _way(first - second) != way else ""


def way_before(text: str) -> tuple[str, int]:
    """The nearest word of rise (1) or fall (-1) in the clause that ends with ``text``; ("", 0) for none."""
    sign = text.rstrip()[-1:]
    if sign in _SIGNS and (len(text.rstrip()) == 1 or not text.rstrip()[-2].isalnum()):
        return sign, _SIGNS[sign]
    return way_in(_CLAUSE.split(text)[-1])


def way_in(text: str) -> tuple[str, int]:
    """The last word of rise or fall in a text, and which of both it is."""
    ways = _ways()
    found = ("", 0)
    for match in _movements().finditer(text.lower()):
        if ways[match[0]]:
            found = match[0], ways[match[0]]
    return found


def _way(value: Decimal) -> int:
    return (value > 0) - (value < 0)


def _sames() -> list[str]:
    """Words by which a figure stayed what it was: "không tăng, không giảm"."""
    return list(load("linking")["cues"]["same"])


@cache
def _ways() -> dict[str, int]:
    """Words of rise 1, of fall -1, and those that only look like them 0."""
    classes = load("cues")["classes"]
    found = dict.fromkeys(_sames(), 0)
    for letter, way in (("x", 0), ("h", -1), ("g", 1)):
        found.update(dict.fromkeys(classes[letter], way))
    return found


@cache
def _ceilings() -> tuple[str, ...]:
    """What a target begins with that must not be passed: "không quá 26"."""
    said = words()["asked"]
    return tuple(said[kind][0] for kind in ("at_most", "at_most_strict"))


@cache
def _movements() -> re.Pattern[str]:
    return _any_of(list(_ways()))


@cache
def _ratings(which: str) -> re.Pattern[str]:
    return _any_of(load("tables")["ratings"][which])


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    ordered = sorted(phrases, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)")
