"""The words of the calendar as patterns: what dates and periods are built of, and what stands before them."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from baocao.reference import load


@cache
def words() -> dict[str, Any]:
    """The words by what they do: those that are looked for before any pattern is tried."""
    basic = load("calendar")["words"]
    return {
        "day": basic["day"][0],
        "month": basic["month"][0],
        "year": basic["year"][0],
        "quarters": tuple(basic["quarter"]),
        "last": frozenset(basic["last"]),
        "number": tuple(basic["number"]),
        "same_period": tuple(load("calendar")["cues"]["same_period"]),
        "until": tuple(load("calendar")["cues"]["until"]),
        "since": tuple(load("calendar")["cues"]["since"]),
        "attached": load("calendar")["cues"]["attached"][0],
        **{name: tuple(listed) for name, listed in load("calendar")["spans"].items()},
        "letterhead": tuple(load("calendar")["letterhead"]["words"]),
    }


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The patterns by name, compiled when the first text is read; all are for text in lower case."""
    calendar = load("calendar")
    basic, spans, cues = calendar["words"], calendar["spans"], calendar["cues"]
    day, month, year = (basic[name][0] for name in ("day", "month", "year"))
    end = rf"(?:{_any(basic['first'])}|{_any(basic['last'])})"
    gap = r"[\s.…_]{0,40}"  # what is left blank to be filled in by hand
    number = r"(?<!\d)(\d{1,2})"
    filler = rf"(?:\s+(?:{_any(cues['filler'])}))*"
    until = rf"(?:({_any(cues['tallied'])})(?:\s+[^\W\d]+){{0,2}}?\s+)?(?:{_any(cues['until'])})"
    written = {
        "numeric": r"\d(?<![\d.,/]\d)\d?(?:\s?/\s?(?:\d{1,2}(?:\s?/\s?\d{2,4})?|((?:19|20)\d\d))"
        r"|([.-])\d{1,2}\2\d{4})(?!\d)",
        "worded": rf"{day}\s+(\d{{1,2}})(?:\s*(?:-|–|,|và|đến|đến\s+{day})\s*(\d{{1,2}}))*"
        rf"\s+{month}\s+(\d{{1,2}})(?!\d)"
        rf"(?:\s*(?:,?\s*{year}|/|-)\s*(\d{{4}})(?!\d))?",
        "blank": rf"{day}{gap}(?:{month}|/){gap}(\d{{0,2}}){gap}(?:{year}|/)\s?(\d{{4}})(?!\d)",
        "month": rf"{month}(?:\s+({end}))?(?:\s+của)?(?:\s+(\d{{1,2}})(?![\d,.]*\d|\s?%))?"
        rf"(?:\s*(?:[/.-]|{year})?\s*((?:19|20)\d\d)(?!\d))?",
        "counted": rf"(?:{number}|(?<!\w)({_any(list(calendar['months']))}))\s+$",
        "year": rf"{year}\s+((?:19|20)\d\d)(?!\d)",
        "range": r"(?:19|20)\d\d\s?[-–—]\s?(?:19|20)\d\d(?![\d/])",
        "school_year": rf"(?:{_any(spans['school_year'])})\s*[:(]?\s*$",
        "season": rf"(?:{_any(spans['season'])})(?:\s+{year})?\s*[:(]?\s*$",
        "stage": rf"(?:{number}\s+{year}\s*\(?\s*)?(?:{_any(spans['stage'])})?\s*[:(]?\s*$",
        "plural": rf"(?:(?<!\w)(?:{_any(spans['plural'])})|\d)\s*$",
        "quarter": rf"(?:{_any(basic['quarter'])})\s+(iv|i{{1,3}}|vi?|[1-9])(?!\w)"
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
