"""Spans of years: anniversaries and plans of so many years, against the years printed beside them."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

from baocao.grammar.lexing import NAME, QUANTITY, YEAR
from baocao.grammar.neighbours import extent
from baocao.grammar.paper import Paper
from baocao.grammar.stretch import Stretch
from baocao.model import Change, Direction, Figure, Quantity, Strength

_YEAR = re.compile(r"(?:18|19|20)\d\d$")
_FEAST = re.compile(r"kỷ niệm|kỉ niệm|chào mừng|mừng|nhân dịp|lần thứ", re.IGNORECASE)
_HEAD = 12  # stretches in which the report's own year is printed


def anniversaries(paper: Paper, stretch: Stretch) -> list[Change]:
    """The claims "N years" of a stretch beside which the years are printed."""
    if YEAR not in stretch.kinds and NAME not in stretch.kinds:
        return []
    claims = []
    for index in stretch.places:
        quantum = stretch.quantum(index)
        if stretch.kinds[index] == QUANTITY and quantum.unit == "năm" and quantum.number.decimals == 0:
            claim = _claim(paper, stretch, index)
            if claim is not None:
                claims.append(claim)
    return claims


def _claim(paper: Paper, stretch: Stretch, index: int) -> Change | None:
    stated = stretch.quantum(index)
    printed = _years_behind(stretch, index)
    if not printed or stated.of is not None or stated.upper is not None:
        return None
    first = printed[0]
    if len(printed) >= 2 and _is_range(stretch, first, printed[1]):
        return _of_range(stretch, index, first, printed[1])
    years = int(stated.value)
    target = _year(stretch, first) + years
    if target in _report_years(paper):
        before = _figure(stretch, first, 0)
        after = Figure(Quantity(Decimal(target), 0, "năm", is_count=True), before.span, str(target))
        return _make(stretch, index, before, after, Strength.POSSIBLE, "years until the report")
    own = [year for year in _report_years(paper) if 0 < year - _year(stretch, first) <= 2 * years]
    if years >= 10 and own and _is_feast(stretch, index, first):
        before, after = _figure(stretch, first, 0), _figure(stretch, first, max(own) - _year(stretch, first))
        return _make(stretch, index, before, after, Strength.LIKELY, "years until the report")
    return None


def _is_feast(stretch: Stretch, index: int, year: int) -> bool:
    """Whether an anniversary is kept of the very thing that happened in the year behind it."""
    before = stretch.text[max(0, stretch.tokens[index].start - 80) : stretch.tokens[index].start]
    return bool(_FEAST.search(before)) and not set("k;") & set(stretch.kinds[index:year])


def _years_behind(stretch: Stretch, index: int) -> list[int]:
    """The tokens of years and dates behind a figure, up to the next figure or the end of the clause."""
    found = []
    for position in range(index + 1, min(len(stretch.kinds), index + 14)):
        kind = stretch.kinds[position]
        if kind in "QF;." and stretch.parent[position] == stretch.parent[index]:
            break
        token = stretch.tokens[position]
        if kind in (YEAR, NAME) and _YEAR.search(stretch.text[token.start : token.end]):
            found.append(position)
    return found


def _is_range(stretch: Stretch, first: int, second: int) -> bool:
    return second - first == 2 and stretch.kinds[first + 1] in "-–/"


def _of_range(stretch: Stretch, index: int, first: int, second: int) -> Change | None:
    """ "80 năm (1945 - 2025)", "05 năm 2021-2025": the years between, or both ends counted."""
    stated = int(stretch.quantum(index).value)
    gap = _year(stretch, second) - _year(stretch, first)
    inclusive = stated == gap + 1
    before, after = _figure(stretch, first, -1 if inclusive else 0), _figure(stretch, second, 0)
    if stated in (gap, gap + 1):
        return _make(stretch, index, before, after, Strength.POSSIBLE, "years from to")
    start = stretch.tokens[index].start
    lead = stretch.text[max(0, start - 40) : start]
    bracket = stretch.parent[first] != stretch.parent[index] and stretch.kinds[first - 1] == "("
    if bracket and _FEAST.search(lead) and stated >= 5:
        return _make(stretch, index, before, after, Strength.LIKELY, "years from to")
    return None


def _year(stretch: Stretch, index: int) -> int:
    token = stretch.tokens[index]
    return int(stretch.text[token.start : token.end][-4:])


def _figure(stretch: Stretch, index: int, shift: int) -> Figure:
    year = _year(stretch, index) + shift
    token = stretch.tokens[index]
    return Figure(Quantity(Decimal(year), 0, "năm", is_count=True), stretch.span(token.start, token.end), str(year))


def _make(stretch: Stretch, index: int, before: Figure, after: Figure, strength: Strength, basis: str) -> Change:
    stated = stretch.quantum(index)
    at, also = extent(stretch, stated, (before, after))
    return Change(at, stretch.figure(stated), strength, basis, also, before, after, Direction.UP)


def _report_years(paper: Paper) -> frozenset[int]:
    """The year that the head of a document names most often, and the one after it."""
    counted: Counter[int] = Counter()
    for stretch in paper.stretches[:_HEAD]:
        for index, kind in enumerate(stretch.kinds):
            token = stretch.tokens[index]
            if kind in (YEAR, NAME) and _YEAR.search(stretch.text[token.start : token.end]):
                counted[_year(stretch, index)] += 1
    return frozenset(year for year, _ in counted.most_common(2))
