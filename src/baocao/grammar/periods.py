"""Dates and periods stand in a report in a few dozen shapes, and much that looks like them is none.

"16/17 xã" is a count, "24/24 giờ" a way of speaking, "12/2021/QĐ-UBND" a number. A date is read
where its shape or the word before it leaves no other reading. Each claim says by its ``basis``
what was read: issued, day, month, quarter, months (6 tháng đầu năm), months_left (6 tháng cuối
năm), year, stage (giai đoạn 2021-2025), school_year, season; and by its ``cue`` what it is for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from baocao.grammar.calendar_words import patterns, words
from baocao.grammar.words import lowered
from baocao.model import DateClaim, Document, Frame, Passage, Span, Strength, frame_of
from baocao.reference import load

_HEAD: Final = 30  # blocks that can hold the letterhead and the title
_BEFORE: Final = 48  # characters before a date in which its cue stands
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
_STOPS: Final = (". ", "; ", "\n")
_LETTERHEAD: Final = 300  # characters; two columns of a letterhead joined make no longer passage


def dates(text: str, block: int, document: int, cell: int = -1, low: str = "") -> list[DateClaim]:
    """All dates and periods of one passage or cell, in order; ``low`` is its text in lower case, if at hand."""
    low = low or lowered(text)
    found = _found(low, text)
    if not found:
        return []
    read = _leftmost(found)
    _join(read, low)
    return [_claim(each, text, low, block, document, cell) for each in read]


def frame(document: Document) -> Frame:
    """The day of issue and the reporting period that the head of a document gives."""
    claims: list[DateClaim] = []
    for block, holder in enumerate(document.blocks[:_HEAD]):
        if isinstance(holder, Passage):
            claims += dates(holder.text, block, 0)
        else:
            for cell, printed in enumerate(holder.cells):
                claims += dates(printed.text, block, 0, cell)
    return frame_of(document, claims)


class _Reading:
    """What one stretch of text was read as, before it is known what it is for."""

    __slots__ = ("basis", "day", "end", "month", "months", "quarter", "start", "strength", "until", "year")

    def __init__(
        self,
        start: int,
        end: int,
        basis: str,
        *,
        day: int | None = None,
        month: int | None = None,
        year: int | None = None,
        quarter: int | None = None,
        months: int | None = None,
    ) -> None:
        self.start = start
        self.end = end
        self.basis = basis
        self.day = day
        self.month = month
        self.year = year
        self.quarter = quarter
        self.months = months
        self.strength = Strength.CERTAIN
        self.until: _Reading | None = None


def _found(low: str, text: str) -> list[_Reading]:
    known = words()
    found: list[_Reading] = []
    if "/" in low or "." in low or "-" in low:
        found += _numeric(low)
    if known["day"] in low:
        found += _worded_days(low, text)
    if known["month"] in low:
        found += _months(low)
    if "20" in low or "19" in low:
        found += _years(low)
    if _holds(low, known["quarters"]):
        found += _quarters(low)
    return found


def _holds(text: str, words: tuple[str, ...]) -> bool:
    for word in words:  # noqa: SIM110  # asked of every passage, and a generator costs more than the search
        if word in text:
            return True
    return False


def _leftmost(found: list[_Reading]) -> list[_Reading]:
    """Of readings that overlap the one that begins first, and of those the longest."""
    found.sort(key=lambda each: (each.start, -each.end))
    kept: list[_Reading] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


# dates in figures


def _numeric(text: str) -> Iterator[_Reading]:
    for match in patterns()["numeric"].finditer(text):
        printed, (start, end) = match[0], match.span()
        read = _figures(printed, text, start, end) if match[1] is None else _month_year(printed, text, start, end)
        if read is not None:
            yield read


def _month_year(printed: str, text: str, start: int, end: int) -> _Reading | None:
    """ "6/2021" behind a word that makes it a month."""
    separated = printed.partition("/")
    month, year = separated[0].strip(), separated[2].strip()
    if not year or int(month) > 12 or _is_part_of_number(text, start, end):
        return None
    if not patterns()["before_month"].search(text, max(0, start - 10), start):
        return None
    return _Reading(start, end, "month", month=int(month), year=int(year))


def _figures(printed: str, text: str, start: int, end: int) -> _Reading | None:
    """The date that "15/6/2021", "15.6.2021" or, behind "ngày", "15/6" is; None when it is something else."""
    separators = [c for c in printed if c in "/.-"]
    if separators[0] != separators[-1] or (len(separators) == 1 and separators[0] != "/"):
        return None
    named = words()["day"] in text[max(0, start - 40) : start] and bool(
        patterns()["after_day"].search(text, max(0, start - 40), start)
    )
    if len(separators) == 1 and not named and not _stands_as_day(printed, text, start, end):
        return None
    if _is_part_of_number(text, start, end):
        return None
    parts = [part.strip() for part in printed.split(separators[0])]
    day, month = int(parts[0]), int(parts[1])
    if len(parts) == 2:
        return _Reading(start, end, "day", day=day, month=month)
    year = int(parts[2])
    if len(parts[2]) == 4:
        if not named and not 1800 <= year < 2200:
            return None
    elif not named or separators[0] != "/":
        return None
    elif len(parts[2]) == 2:
        year += 2000
    read = _Reading(start, end, "day", day=day, month=month, year=year)
    if not named and (day > 31 or month > 12):
        read.strength = Strength.LIKELY
    return read


def _is_part_of_number(text: str, start: int, end: int) -> bool:
    """Whether the figures belong to a document's number ("số 12/15/2021", ".../2021/QĐ-UBND")."""
    mark, following = text[end : end + 1], text[end + 1 : end + 2]
    if (mark == "/" and following.isalnum()) or (mark == "." and following.isdecimal()):
        return True
    if mark == "-" and following.isalpha():
        return True
    before = text[max(0, start - 8) : start].rstrip(" :")
    return before.endswith(words()["number"]) and not before[:-2][-1:].isalpha()


def _stands_as_day(printed: str, text: str, start: int, end: int) -> bool:
    """Whether "31/5" without "ngày" can only be a day: behind a cue for a date and before no counted noun."""
    if text[end : end + 4].strip()[:1] not in ("", ",", ";", ":", ")"):
        return False
    day, month = (int(part) for part in printed.split("/"))
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return False
    written, low = patterns(), max(0, start - _BEFORE)
    return bool(written["until"].search(text, low, start) or written["since"].search(text, low, start))


# dates in words


def _worded_days(text: str, printed: str) -> Iterator[_Reading]:
    written = patterns()
    for match in written["worded"].finditer(text):
        first, last, month, year = (int(part) if part else None for part in match.groups())
        start, end = match.span()
        alone = last is None and year is not None and _is_letterhead(printed, start, end)
        read = _Reading(start, end, "issued" if alone else "day", day=first, month=month, year=year)
        if last is not None:
            read.until = _Reading(start, end, "day", day=last, month=month, year=year)
        yield read
    for match in written["blank"].finditer(text):
        start, end = match.span()
        basis = "issued" if _is_letterhead(printed, start, end) else "day"
        yield _Reading(start, end, basis, month=int(match[1]) if match[1] else None, year=int(match[2]))


def _is_letterhead(text: str, start: int, end: int) -> bool:
    """Whether a date is the letterhead's: behind a place and a comma, and the last of its lines or before a title."""
    if len(text) > _LETTERHEAD or not re.search(r"[^\W\d](?:[.)])?\s*,\s*[*_]*$", text[max(0, start - 8) : start]):
        return False
    rest = text[end:].strip(" .*_|\t\n")
    return not rest or rest.isupper() or any(phrase in text.lower() for phrase in words()["letterhead"])


def _months(text: str) -> Iterator[_Reading]:
    """ "tháng 6/2021", "6 tháng đầu năm 2021", "9 tháng năm 2021"."""
    written = patterns()
    for match in written["month"].finditer(text):
        which, number, year_text = match.groups()
        year = int(year_text) if year_text else None
        counted = written["counted"].search(text, max(0, match.start() - 8), match.start())
        if counted is not None:
            if (which or year) and number is None:
                count = int(counted[1]) if counted[1] else int(load("calendar")["months"][counted[2]])
                basis = "months_left" if which in words()["last"] else "months"
                yield _Reading(counted.start(), match.end(), basis, year=year, months=count)
        elif number is not None and (int(number) <= 12 or year is not None):
            yield _Reading(match.start(), match.end(), "month", month=int(number), year=year)


def _quarters(text: str) -> Iterator[_Reading]:
    written = patterns()
    for match in written["quarter"].finditer(text):
        printed, year = match[1], match[2]
        start, end = match.span()
        # "mỗi quý 2 lần": a digit is the quarter's number only before a year or at the end of a clause
        if printed.isdecimal() and not year and text[end : end + 3].strip()[:1] not in ("", ",", ";", ":", ".", ")"):
            continue
        quarter = int(printed) if printed.isdecimal() else _ROMAN[printed]
        read = _Reading(start, end, "quarter", quarter=quarter, year=int(year) if year else None)
        told = written["amount"].match(text, end) is not None and not _is_planned(text, start, end)
        read.strength = Strength.LIKELY if told else Strength.POSSIBLE
        yield read


def _years(text: str) -> Iterator[_Reading]:
    written = patterns()
    if "-" in text or "–" in text or "—" in text:
        for match in written["range"].finditer(text):
            yield _range(match, text)
    for match in written["year"].finditer(text):
        yield _Reading(match.start(1), match.end(), "year", year=int(match[1]))
    if _holds(text, words()["same_period"]):
        for match in written["bare_same"].finditer(text):
            yield _Reading(match.start(1), match.end(), "year", year=int(match[1]))


def _range(match: re.Match[str], text: str) -> _Reading:
    """ "giai đoạn 2021-2025", "năm học 2020 - 2021", "vụ đông xuân 2020-2021", "03 năm 2022-2024"."""
    written, start = patterns(), match.start()
    first, last = int(match[0][:4]), int(match[0][-4:])
    basis, begin, months = "years", start, None
    low = max(0, start - 30)
    before = text[low:start]
    for name in ("school_year", "season", "stage"):
        if not _holds(before, words()[name]):
            continue
        lead = written[name].search(text, low, start)
        if lead is not None and lead[0].strip(" (:"):
            basis, begin = name, lead.start()
            months = 12 * int(lead[1]) if name == "stage" and lead[1] else None
            break
    read = _Reading(begin, match.end(), basis, year=first, months=months)
    read.until = _Reading(begin, match.end(), "year", year=last)
    # several school years or seasons at once make a longer range
    several = basis in ("school_year", "season") and written["plural"].search(text, max(0, begin - 12), begin)
    if several or basis == "years":
        read.strength = Strength.POSSIBLE
    return read


# what a date is for


def _join(read: list[_Reading], text: str) -> None:
    """Tie each beginning of a range to its end."""
    joint = patterns()["joint"]
    for this, following in pairwise(read):
        apart = this.basis != following.basis or this.until is not None or not 0 < following.start - this.end < 40
        if not apart and joint.fullmatch(text, this.end, following.start):
            this.until = following


def _claim(read: _Reading, text: str, low: str, block: int, document: int, cell: int) -> DateClaim:
    start, end = read.start, read.end
    cue, strength = _cue(low, start, end)
    until = read.until
    return DateClaim(
        Span(block, start, end, cell, document),
        None,
        read.strength if strength is None else strength,
        read.basis,
        (),
        read.day,
        read.month,
        read.year,
        read.quarter,
        text[start:end],
        cue,
        read.months,
        None if until is None else _end(until, text, block, document, cell),
    )


def _end(read: _Reading, text: str, block: int, document: int, cell: int) -> DateClaim:
    """The end of a range, without what it is for."""
    span = Span(block, read.start, read.end, cell, document)
    printed = text[read.start : read.end]
    return DateClaim(
        span, None, read.strength, read.basis, (), read.day, read.month, read.year, read.quarter, printed, "until"
    )


def _cue(text: str, start: int, end: int) -> tuple[str, Strength | None]:
    """What the words before a date make of it; with a cut-off, how sure it is that a result is told up to it."""
    written, known, low = patterns(), words(), max(0, start - _BEFORE)
    before = text[low:start]
    if _holds(before, known["same_period"]) and written["same_period"].search(text, low, start):
        return "same_period", None
    if _holds(before, known["until"]):
        until = written["until"].search(text, low, start)
        if until is not None:
            if written["since"].search(text, low, until.start()):
                return "until", Strength.POSSIBLE
            strength = _result_strength(text, start, end, tallied=bool(until[1]))
            return ("until_end" if until[2] else "until"), strength
    if _holds(before, known["since"]) and written["since"].search(text, low, start):
        return "since", None
    wider = max(0, start - 120)
    if text.find(known["attached"], wider, start) >= 0 and written["attached"].search(text, wider, start):
        return "attached", None
    return "", None


def _result_strength(text: str, start: int, end: int, *, tallied: bool) -> Strength:
    """How sure it is that what is told up to a date is a result and no plan."""
    written = patterns()
    low, high = _sentence(text, start, end)
    if _is_planned(text, start, end):
        return Strength.POSSIBLE
    if tallied and written["told"].search(text, low, high):
        return Strength.CERTAIN
    return Strength.LIKELY if written["firm"].search(text, end, min(high, end + 60)) else Strength.POSSIBLE


def _is_planned(text: str, start: int, end: int) -> bool:
    """Whether the words around a date speak of a plan, an estimate or a deadline."""
    return patterns()["planned"].search(text, *_sentence(text, start, end)) is not None


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around a date, as far as it can matter."""
    low = max(start - 160, 0)
    low = max([low, *(text.rfind(mark, low, start) for mark in _STOPS)])
    ends = (text.find(mark, end, end + 120) for mark in _STOPS)
    return low, min([end + 120, len(text), *(place for place in ends if place >= 0)])
