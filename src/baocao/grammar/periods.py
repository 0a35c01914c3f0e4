"""Dates and periods stand in a report in a few dozen shapes, and much that looks like them is none.

"16/17 xã" is a count, "24/24 giờ" a way of speaking, "12/2021/QĐ-UBND" a number. A date is read
where its shape or the word before it leaves no other reading. Each claim says by its ``basis``
what was read: issued, day, month, quarter, months (6 tháng đầu năm), months_left (6 tháng cuối
năm), year, stage (giai đoạn 2021-2025), school_year, season; and by its ``cue`` what it is for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any, Final

from baocao.model import DateClaim, Document, Frame, Passage, Span, Strength, frame_of
from baocao.reference import load

_HEAD: Final = 30  # blocks that can hold the letterhead and the title
_BEFORE: Final = 48  # characters before a date in which its cue stands
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
_STOPS: Final = (". ", "; ", "\n")
_LETTERHEAD: Final = 300  # characters; two columns of a letterhead joined make no longer passage


def dates(text: str, block: int, document: int, cell: int = -1) -> list[DateClaim]:
    """All dates and periods of one passage or cell, in the order of the text."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter whose lower case is longer would shift every place
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    words = _words()
    found: list[DateClaim] = []
    at = Span(block, 0, 0, cell, document)
    if "/" in lowered or "." in lowered or "-" in lowered:
        found += _numeric(lowered, at)
    if words["day"] in lowered:
        found += _worded_days(lowered, text, at)
    if words["month"] in lowered:
        found += _months(lowered, at)
    if words["year"] in lowered or "20" in lowered or "19" in lowered:
        found += _years(lowered, at)
    if any(word in lowered for word in words["quarters"]):
        found += _quarters(lowered, at)
    if not found:
        return found
    return _joined(_leftmost(found), text, lowered)


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


@cache
def _words() -> dict[str, Any]:
    words = load("calendar")["words"]
    return {
        "day": words["day"][0],
        "month": words["month"][0],
        "year": words["year"][0],
        "quarters": tuple(words["quarter"]),
        "last": frozenset(words["last"]),
        "letterhead": tuple(load("calendar")["letterhead"]["words"]),
    }


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    calendar = load("calendar")
    words, spans, cues = calendar["words"], calendar["spans"], calendar["cues"]
    day, month, year = (words[name][0] for name in ("day", "month", "year"))
    end = rf"(?:{_any(words['first'])}|{_any(words['last'])})"
    number = r"(?<!\d)(\d{1,2})"
    filler = rf"(?:\s+(?:{_any(cues['filler'])}))*"
    until = rf"(?:({_any(cues['tallied'])})(?:\s+[^\W\d]+){{0,2}}?\s+)?(?:{_any(cues['until'])})"
    written = {
        "numeric": r"\d(?<![\d.,/-]\d)\d?\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?\d{2,4})?(?!\d)",
        "month_year": r"\d(?<![\d.,/-]\d)\d?\s?/\s?(?:19|20)\d\d(?![\d/]|-\S)",
        "worded": rf"{day}\s+(\d{{1,2}})(?:\s*(?:-|–|,|và|đến|đến\s+{day})\s*(\d{{1,2}}))*"
        rf"\s+{month}\s+(\d{{1,2}})(?!\d)"
        rf"(?:\s*(?:,?\s*{year}|/|-)\s*(\d{{4}})(?!\d))?",
        "blank": rf"{day}[\s.…_]*(?:{month}|/)[\s.…_]*(\d{{0,2}})[\s.…_]*(?:{year}|/)\s*(\d{{4}})(?!\d)",
        "month": rf"{month}(?:\s+({end}))?(?:\s+của)?(?:\s+(\d{{1,2}})(?![\d,.]*\d|\s?%))?"
        rf"(?:\s*(?:[/.-]|{year})?\s*((?:19|20)\d\d)(?!\d))?",
        "counted": rf"(?:{number}|(?<!\w)({_any(list(calendar['months']))}))\s+$",
        "year": rf"{year}\s+((?:19|20)\d\d)(?!\d)",
        "range": r"(?:19|20)\d\d\s?[-–—]\s?(?:19|20)\d\d(?![\d/])",
        "school_year": rf"(?:{_any(spans['school_year'])})\s*[:(]?\s*$",
        "season": rf"(?:{_any(spans['season'])})(?:\s+{year})?\s*[:(]?\s*$",
        "stage": rf"(?:{number}\s+{year}\s*\(?\s*)?(?:{_any(spans['stage'])})?\s*[:(]?\s*$",
        "plural": rf"(?:(?<!\w)(?:{_any(spans['plural'])})|\d)\s*$",
        "quarter": rf"(?:{_any(words['quarter'])})\s+(iv|i{{1,3}}|vi?|[1-9])(?!\w)"
        rf"(?:\s*(?:[/,-]|{year})?\s*((?:19|20)\d\d)(?!\d))?",
        "bare_same": rf"(?:{_any(cues['same_period'])})\s+((?:19|20)\d\d)(?!\d)",
        "before_month": rf"(?:(?<!\w)(?:{_any(calendar['before_month']['words'])})|[(–-])\s*$",
        "after_day": rf"(?<!\w){day}\s*(?:[\d/]+\s*(?:,|và|đến|-)\s*)*$",
        "same_period": rf"(?<!\w)(?:{_any(cues['same_period'])}){filler}\s*$",
        "until": rf"(?<!\w){until}((?:\s+(?:{_any(cues['whole'])}))?){filler}\s*[:(]?\s*$",
        "since": rf"(?<!\w)(?:{_any(cues['since'])}){filler}\s*$",
        "attached": rf"(?<!\w)(?:{_any(cues['attached'])})\s[^.;]*$",
        "joint": rf"\s*(?:-|–|{_any(cues['until'])})(?:\s+(?:{_any(cues['whole'])}))?{filler}\s*",
        "planned": rf"(?<!\w)(?:{_any(calendar['planned']['words'])})(?!\w)",
        "told": rf"(?<!\w)(?:{_any(calendar['told']['words'])})(?!\w)",
        "firm": rf"(?<!\w)(?:{_any(calendar['told']['firm'])})(?!\w)",
        "amount": rf"\s*(?:(?:{_any(calendar['told']['given'])})\s+)+(?:[^\W\d]+\s+)?\d",
    }
    return {name: re.compile(pattern) for name, pattern in written.items()}


def _leftmost(found: list[DateClaim]) -> list[DateClaim]:
    """Of readings that overlap the one that begins first, and of those the longest."""
    found.sort(key=lambda claim: (claim.at.start, -claim.at.end))
    kept: list[DateClaim] = []
    for claim in found:
        if not kept or claim.at.start >= kept[-1].at.end:
            kept.append(claim)
    return kept


# dates in figures


def _numeric(text: str, at: Span) -> Iterator[DateClaim]:
    patterns = _patterns()
    for match in patterns["numeric"].finditer(text):
        claim = _figures(match[0], text, match.start(), match.end(), at)
        if claim is not None:
            yield claim
    if "/" not in text:
        return
    for match in patterns["month_year"].finditer(text):
        start, end = match.span()
        month, year = (int(part) for part in match[0].split("/"))
        if month <= 12 and patterns["before_month"].search(text, max(0, start - 10), start):
            yield DateClaim(at._replace(start=start, end=end), None, basis="month", month=month, year=year)


def _figures(printed: str, text: str, start: int, end: int, at: Span) -> DateClaim | None:
    """The date that "15/6/2021", "15.6.2021" or, behind "ngày", "15/6" is; None when it is something else."""
    separators = [c for c in printed if c in "/.-"]
    parts = [int(part) for part in re.split(r"\s?[/.-]\s?", printed)]
    if separators[0] != separators[-1] or _is_part_of_number(text, start, end):
        return None
    named = bool(_patterns()["after_day"].search(text, max(0, start - 40), start))
    digits = len(printed) - len(printed.rstrip("0123456789"))
    span = at._replace(start=start, end=end)
    if len(parts) == 2:
        if separators[0] != "/" or not (named or _stands_as_day(parts, text, start, end)):
            return None
        return DateClaim(span, None, basis="day", day=parts[0], month=parts[1])
    if digits == 4 and not 1800 <= parts[2] < 2200 and not named:
        return None
    if digits == 2 and (separators[0] != "/" or not named):
        return None
    if digits == 3 and not named:
        return None
    year = 2000 + parts[2] if digits == 2 else parts[2]
    sure = named or (parts[0] <= 31 and parts[1] <= 12)
    strength = Strength.CERTAIN if sure else Strength.LIKELY
    return DateClaim(span, None, strength, "day", day=parts[0], month=parts[1], year=year)


def _is_part_of_number(text: str, start: int, end: int) -> bool:
    """Whether the figures belong to a document's number ("số 12/15/2021", ".../2021/QĐ-UBND")."""
    if re.match(r"[/.-]\s?\w", text[end : end + 3]):
        return True
    return bool(re.search(r"(?<!\w)số\s*:?\s*$", text[max(0, start - 6) : start]))


def _stands_as_day(parts: list[int], text: str, start: int, end: int) -> bool:
    """Whether "31/5" without "ngày" can only be a day: behind a cue for a date and before no counted noun."""
    if not (1 <= parts[0] <= 31 and 1 <= parts[1] <= 12):
        return False
    patterns, low = _patterns(), max(0, start - _BEFORE)
    if not (patterns["until"].search(text, low, start) or patterns["since"].search(text, low, start)):
        return False
    return bool(re.match(r"\s*(?:[,;:)]|$)", text[end : end + 4]))


# dates in words


def _worded_days(text: str, printed: str, at: Span) -> Iterator[DateClaim]:
    patterns = _patterns()
    for match in patterns["worded"].finditer(text):
        first, last, month, year = (int(part) if part else None for part in match.groups())
        span = at._replace(start=match.start(), end=match.end())
        until = DateClaim(span, None, basis="day", day=last, month=month, year=year) if last is not None else None
        basis = "issued" if until is None and year is not None and _is_letterhead(printed, *match.span()) else "day"
        yield DateClaim(span, None, basis=basis, day=first, month=month, year=year, until=until)
    for match in patterns["blank"].finditer(text):
        month = int(match[1]) if match[1] else None
        basis = "issued" if _is_letterhead(printed, *match.span()) else "day"
        span = at._replace(start=match.start(), end=match.end())
        yield DateClaim(span, None, basis=basis, month=month, year=int(match[2]))


def _is_letterhead(text: str, start: int, end: int) -> bool:
    """Whether a date is the letterhead's: behind a place and a comma, and the last of its lines or before a title."""
    if len(text) > _LETTERHEAD or not re.search(r"[^\W\d](?:[.)])?\s*,\s*[*_]*$", text[max(0, start - 8) : start]):
        return False
    rest = text[end:].strip(" .*_\t\n")
    return not rest or rest.isupper() or any(words in text.lower() for words in _words()["letterhead"])


def _months(text: str, at: Span) -> Iterator[DateClaim]:
    """ "tháng 6/2021", "6 tháng đầu năm 2021", "9 tháng năm 2021"."""
    patterns = _patterns()
    for match in patterns["month"].finditer(text):
        which, number, year_text = match.groups()
        year = int(year_text) if year_text else None
        counted = patterns["counted"].search(text, max(0, match.start() - 8), match.start())
        if counted is not None:
            if (which or year) and number is None:
                yield _counted_months(text, counted, match, which or "", year, at)
        elif number is not None and (int(number) <= 12 or year is not None):
            span = at._replace(start=match.start(), end=match.end())
            yield DateClaim(span, None, basis="month", month=int(number), year=year)


def _counted_months(
    text: str, counted: re.Match[str], match: re.Match[str], which: str, year: int | None, at: Span
) -> DateClaim:
    count = int(counted[1]) if counted[1] else int(load("calendar")["months"][counted[2]])
    basis = "months_left" if which in _words()["last"] else "months"
    end = match.end()
    return DateClaim(at._replace(start=counted.start(), end=end), None, basis=basis, year=year, months=count)


def _quarters(text: str, at: Span) -> Iterator[DateClaim]:
    for match in _patterns()["quarter"].finditer(text):
        printed, year = match[1], match[2]
        # "mỗi quý 2 lần": a digit is the quarter's number only before a year or at the end of a clause
        if printed.isdecimal() and not year and not re.match(r"\s*(?:[,;:.)]|$)", text[match.end() : match.end() + 3]):
            continue
        quarter = int(printed) if printed.isdecimal() else _ROMAN[printed]
        given = _patterns()["amount"].match(text, match.end())
        told = given is not None and not _is_planned(text, match.start(), match.end())
        yield DateClaim(
            at._replace(start=match.start(), end=match.end()),
            None,
            Strength.LIKELY if told else Strength.POSSIBLE,
            "quarter",
            quarter=quarter,
            year=int(year) if year else None,
        )


def _years(text: str, at: Span) -> Iterator[DateClaim]:
    patterns = _patterns()
    for match in patterns["range"].finditer(text):
        yield _range(match, text, at)
    for name in ("year", "bare_same"):
        for match in patterns[name].finditer(text):
            yield DateClaim(at._replace(start=match.start(1), end=match.end()), None, basis="year", year=int(match[1]))


def _range(match: re.Match[str], text: str, at: Span) -> DateClaim:
    """ "giai đoạn 2021-2025", "năm học 2020 - 2021", "vụ đông xuân 2020-2021", "03 năm 2022-2024"."""
    patterns, start = _patterns(), match.start()
    first, last = (int(year) for year in re.split(r"\s?[-–—]\s?", match[0]))
    low = max(0, start - _BEFORE)
    basis, lead, months = "years", None, None
    for name in ("school_year", "season", "stage"):
        lead = patterns[name].search(text, low, start)
        if lead is not None and lead.end() > lead.start():
            basis = name if lead[0].strip() else "years"
            break
    if basis == "stage" and lead is not None and lead[1]:
        months = 12 * int(lead[1])
    begin = lead.start() if lead is not None and basis != "years" else start
    # several school years or seasons at once make a longer range
    several = basis in ("school_year", "season") and patterns["plural"].search(text, max(0, begin - 12), begin)
    strength = Strength.POSSIBLE if several or basis == "years" else Strength.CERTAIN
    span = at._replace(start=begin, end=match.end())
    end = DateClaim(span, None, basis="year", year=last)
    return DateClaim(span, None, strength, basis, year=first, months=months, until=end)


# what a date is for


def _joined(found: list[DateClaim], text: str, lowered: str) -> list[DateClaim]:
    """The claims with their printed text and cue, and each beginning of a range tied to its end."""
    told: list[DateClaim] = []
    for claim in found:
        start, end = claim.at.start, claim.at.end
        cue, strength = _cue(lowered, start, end)
        if cue not in ("until", "until_end"):
            strength = claim.strength
        told.append(replace(claim, text=text[start:end], cue=cue, strength=strength))
    joint = _patterns()["joint"]
    for index in range(len(told) - 1):
        this, following = told[index], told[index + 1]
        gap = following.at.start - this.at.end
        apart = this.basis != following.basis or this.until is not None or not 0 < gap < 40
        if not apart and joint.fullmatch(lowered, this.at.end, following.at.start):
            told[index] = replace(this, until=following)
    return told


def _cue(text: str, start: int, end: int) -> tuple[str, Strength]:
    patterns, low = _patterns(), max(0, start - _BEFORE)
    if patterns["same_period"].search(text, low, start):
        return "same_period", Strength.CERTAIN
    until = patterns["until"].search(text, low, start)
    if until is not None:
        if patterns["since"].search(text, low, until.start()):
            return "until", Strength.POSSIBLE
        return ("until_end" if until[2] else "until"), _result_strength(text, start, end, tallied=bool(until[1]))
    if patterns["since"].search(text, low, start):
        return "since", Strength.CERTAIN
    if patterns["attached"].search(text, max(0, start - 120), start):
        return "attached", Strength.CERTAIN
    return "", Strength.CERTAIN


def _result_strength(text: str, start: int, end: int, *, tallied: bool) -> Strength:
    """How sure it is that what is told up to a date is a result and no plan."""
    patterns = _patterns()
    low, high = _sentence(text, start, end)
    if _is_planned(text, start, end):
        return Strength.POSSIBLE
    if tallied and patterns["told"].search(text, low, high):
        return Strength.CERTAIN
    return Strength.LIKELY if patterns["firm"].search(text, end, min(high, end + 60)) else Strength.POSSIBLE


def _is_planned(text: str, start: int, end: int) -> bool:
    """Whether the words around a date speak of a plan, an estimate or a deadline."""
    return _patterns()["planned"].search(text, *_sentence(text, start, end)) is not None


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around a date, as far as it can matter."""
    low = max(start - 160, 0)
    low = max([low, *(text.rfind(mark, low, start) for mark in _STOPS)])
    ends = (text.find(mark, end, end + 120) for mark in _STOPS)
    return low, min([end + 120, len(text), *(place for place in ends if place >= 0)])
