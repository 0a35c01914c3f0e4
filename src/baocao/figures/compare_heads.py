"""Which column of a printed annex holds what, as its headings and the words of its cells say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from baocao.figures.intake_words import mark_meant, toned
from baocao.model.document import Table
from baocao.model.observation import NoValue
from baocao.model.target import Rating
from baocao.reference import load

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ORDINAL = re.compile(r"\(?[0-9]{1,3}[a-zđ]?[.)]?|[0-9]{1,3}(?:\.[0-9]{1,2})+\.?|[IVX]{1,5}[.)]?|[A-ZĐ][.)]?")
_FIGURED = re.compile(r"[0-9][0-9.,]*%?")
_NUMBERED = re.compile(r"\(?(?:[0-9]{1,2}|[A-Z])\)?(?:\s*=.*)?")
_OPENING = re.compile(r"\b(?:tháng|quý)\s+đầu\s+năm\b")
_WITHIN = re.compile(r"\b(?!1[2-9])1?[0-9]\s?(?:tháng|t)\b|\b(?:quý|tháng)\b(?!\s+12)")
_UNIT = toned("đơn vị")  # of measure, where it stands behind the indicator's name
_MOST_HEADS = 4  # rows
_LEAST_NUMBERED = 4  # cells of a row that numbers the columns: "1 2 3 4=3/2"
_RATED = {"missed": Rating.NOT_MET, "exceeded": Rating.EXCEEDED, "met": Rating.MET}


class Columns(NamedTuple):
    """Places of columns, -1 for none. ``shares`` pairs a column of percentages with the plan's, -1 when unclear."""

    heads: tuple[str, ...]
    first_row: int
    number: int
    name: int
    measure: int
    plans: tuple[int, ...]
    result: int
    shares: tuple[tuple[int, int], ...]
    last: int
    last_share: int
    rating: int


@cache
def _words(entry: str, table: str = "columns") -> tuple[str, ...]:
    return tuple(" ".join(toned(word).split()) for word in load("tables")[table][entry])


def says(text: str, entry: str, table: str = "columns") -> bool:
    """Whether a text has one of the words of an entry of reference/tables.toml."""
    seen = f" {toned(text.replace('%', ' % '))} "
    return any(f" {word} " in seen for word in _words(entry, table) if word)


def is_within_year(head: str) -> bool:
    """Whether the heading of the results says that the year goes on: "Ước TH 6 tháng", "9T/2024", "quý I"."""
    return bool(_WITHIN.search(unicodedata.normalize("NFC", head.casefold())))


def _is_of_last(head: str) -> bool:
    """Whether a heading is of an earlier period; "6 tháng đầu năm" is not the beginning of the year."""
    return says(_OPENING.sub(" ", unicodedata.normalize("NFC", head.casefold())), "last")


def is_total(name: str) -> bool:
    """Whether a row is a table's total, and no indicator."""
    return toned(name) in _words("total", "rows")


def rating_said(text: str) -> Rating | None:
    """The rating that a cell states: "Vượt KH", "Không đạt", "Cuối năm đánh giá"; None when it states none."""
    if mark_meant(text) is NoValue.NOT_RATED:
        return Rating.PENDING
    seen = toned(text)
    for entry, rating in _RATED.items():
        for word in sorted(_words(entry, "ratings"), key=len, reverse=True):
            if seen == word or (seen.startswith(f"{word} ") and seen[len(word) + 1 :] in _words("around", "ratings")):
                return rating
    return None


def grid_of(table: Table) -> list[list[str]]:
    """The cells' words; a merged cell stands at its first place alone."""
    places = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        if cell.row < table.rows and cell.column < table.columns:
            places[cell.row][cell.column] = " ".join(cell.text.split())
    return places


def columns_of(table: Table) -> Columns | None:
    """The columns of an annex of plans and results; None for a table that is none."""
    grid = grid_of(table)
    first = _first_row(grid)
    if first == 0:
        return None
    heads = _heads(table, first)
    body = grid[first:]
    number, rating = _number(heads, body), _rating(body)
    measure = _headed(heads, "unit")
    taken = {number, rating, measure, _headed(heads, "note")}
    name = next((at for at in range(number + 1, len(heads)) if at not in taken), -1)
    if measure < 0:
        measure = next((at for at in range(name + 1, len(heads)) if toned(heads[at]) == _UNIT), -1)
    figures = [at for at in range(name + 1, len(heads)) if at not in {*taken, measure} and heads[at]]
    if number >= 0 and body and _NUMBERED.fullmatch(grid[first][0]) and _is_numbering(grid[first]):
        first += 1
    return _with_figures(heads, (first, number, name, measure, rating), figures)


def _with_figures(heads: Sequence[str], told: tuple[int, int, int, int, int], figures: Sequence[int]) -> Columns | None:
    first, number, name, measure, rating = told
    shares = [at for at in figures if says(heads[at], "percent")]
    plain = [at for at in figures if at not in shares and _may_be(heads[at])]
    plans = [at for at in plain if _is_plan(heads[at])]
    results = [at for at in plain if at not in plans]
    last = [at for at in results if _is_of_last(heads[at])]
    results = [at for at in results if at not in last and says(heads[at], "actual")]
    result = _latest(heads, results)
    if result < 0 or name < 0:
        return None
    year = _year(heads[result])
    if year:
        plans = [at for at in plans if _year(heads[at]) in ("", year)]
    before = str(int(year) - 1) if year else "-"
    last += [at for at in results if at != result and _year(heads[at]) == before]
    of_last = [at for at in shares if (_is_of_last(heads[at]) or before in heads[at]) and _may_be(heads[at])]
    of_plan = [at for at in shares if at not in of_last and not says(heads[at], "share") and _may_be(heads[at])]
    if not plans or not (of_plan or rating >= 0):
        return None
    return Columns(
        tuple(heads),
        first,
        number,
        name,
        measure,
        tuple(plans),
        result,
        tuple((at, _plan_of(heads, at, of_plan, plans)) for at in of_plan),
        last[0] if len(last) == 1 else -1,
        of_last[0] if len(of_last) == 1 else -1,
        rating,
    )


def _first_row(grid: Sequence[Sequence[str]]) -> int:
    """The first row under the headings: one that begins with an ordinal, or that holds figures; 0 when none does."""
    for place, row in enumerate(grid[: _MOST_HEADS + 1]):
        if place and (_is_ordinal(row[0]) or any(_FIGURED.fullmatch(cell) for cell in row[1:])):
            return place
    return 0


def _is_ordinal(text: str) -> bool:
    return bool(_ORDINAL.fullmatch(text))


def _is_numbering(row: Sequence[str]) -> bool:
    """Whether a row numbers the columns: "A B 1 2 3=2/1"."""
    filled = [cell for cell in row if cell]
    return len(filled) >= _LEAST_NUMBERED and all(_NUMBERED.fullmatch(cell) for cell in filled)


def _heads(table: Table, first: int) -> list[str]:
    """The words above each column; those of a group stand above all of its columns."""
    rows = [[" ".join(cell.text.split()) if cell else "" for cell in row] for row in table.grid()[:first]]
    for place, row in enumerate(rows[:-1]):
        below = rows[place + 1]
        for at in range(1, len(row)):
            if not row[at] and below[at] and below[at - 1]:
                row[at] = row[at - 1]
    return [" ".join(dict.fromkeys(row[at] for row in rows if row[at])) for at in range(table.columns)]


def _number(heads: Sequence[str], body: Sequence[Sequence[str]]) -> int:
    if toned(heads[0]) in _words("number"):
        return 0
    filled = [row[0] for row in body if row[0]]
    return 0 if filled and all(map(_is_ordinal, filled)) else -1


def _headed(heads: Sequence[str], entry: str) -> int:
    return next((at for at, head in enumerate(heads) if toned(head) in _words(entry)), -1)


def _rating(body: Sequence[Sequence[str]]) -> int:
    """The column whose cells are ratings."""
    for at in range(len(body[0]) - 1 if body else -1, 0, -1):
        filled = [row[at] for row in body if row[at]]
        if len(filled) > 1 and 2 * sum(rating_said(cell) is not None for cell in filled) > len(filled):
            return at
    return -1


def _is_plan(head: str) -> bool:
    """Whether a heading is of a plan; "kết quả thực hiện kế hoạch" is of a result."""
    if not says(head, "plan"):
        return False
    seen = f" {toned(head)} "
    plans = [seen.find(f" {word} ") for word in _words("plan") if f" {word} " in seen]
    actual = [seen.find(f" {word} ") for word in _words("actual") if f" {word} " in seen]
    return not actual or min(plans) < min(actual)


def _may_be(head: str) -> bool:
    """Whether a heading is of a level: neither of a change nor of what remains."""
    return not says(head, "change") and not says(head, "remains")


def _year(head: str) -> str:
    found = _YEAR.findall(head)
    return found[-1] if found else ""


def _latest(heads: Sequence[str], results: Sequence[int]) -> int:
    """Of several columns of results that of the latest year, the last of them; -1 when there is none."""
    return max(results, key=lambda at: (_year(heads[at]), at), default=-1)


def _plan_of(heads: Sequence[str], share: int, shares: Sequence[int], plans: Sequence[int]) -> int:
    """The plan that a column of percentages is of: by the authority's words, else by order; -1 when unclear."""
    wanted = _own(heads[share])
    if len(plans) == 1:
        is_of_it = not wanted or says(heads[share], "plan") or wanted & _own(heads[plans[0]])
        return plans[0] if is_of_it else -1
    scores = {at: (len(wanted & _own(heads[at])), -len(_own(heads[at]) - wanted)) for at in plans}
    best = max(scores.values())
    fitting = [at for at in plans if scores[at] == best]
    if best[0] and len(fitting) == 1:
        return fitting[0]
    return plans[shares.index(share)] if len(shares) == len(plans) else -1


def _own(head: str) -> frozenset[str]:
    """The words of a heading that tell it apart from others: whose plan it is."""
    common = {
        part for entry in ("plan", "percent", "actual", "last") for word in _words(entry) for part in word.split()
    }
    return frozenset(word for word in toned(head.replace("%", " ")).split() if word not in common and word[0].isalpha())
