"""Clauses with their figures taken out, by which one figure is known again where it is said a second time.

"Năm 2022, toàn huyện trồng mới 412 ha rừng" and "Năm 2022, toàn huyện trồng mới được 421 ha rừng" are one clause.
Years and days stay in it, so that clauses of two years are two clauses.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from baocao.model import Document, Kind, Passage, Span
from baocao.reference import load

FIGURE: Final = "#"
_LEAD = 200  # characters of a clause before its figure
_LONG = 3  # characters of a figure that is no small count
_FAR = 4  # passages between a summary and what it sums up; nearer, two items of one list are told alike
_SIZE = Decimal("1.25")  # two readings of one thing are of one size
_TAIL = 50  # characters behind it
_CLOSE = 6  # words before a figure that tell a movement
_WORDS = 4  # syllables that a clause must have to be known again
_END = re.compile(r"[;…]|\.(?=\s+[^\W\d_a-zà-ỹ]|\s*$)|\n")
_NUMBER = re.compile(r"(?<![\w/.,-])\d+(?:[.,]\d+)*(?:\s?/\s?\d+(?:[.,]\d+)*)*")
_PLAIN = re.compile(r"\d{1,3}(?:\.\d{3})*(?:,\d+)?|\d+(?:,\d+)?")
_NAMED = re.compile(
    r"(?:ngày|tháng|năm|quý|số|kỳ|khóa|khoá|điều|khoản|điểm|lớp|cấp|loại|hạng|mức độ|bước|đợt|lần|từ|đến|thứ)\s*$"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_UNTIL = re.compile(
    r"(?:tính )?(?:đến|tới|hết)(?: hết)?(?: thời điểm)?(?: ngày)? "
    r"(?<!\d)(\d{1,2})/(\d{1,2})(?:/((?:19|20)\d\d))?(?![\d/])"
)
_PART = re.compile(
    r"(?:quý (?P<quarter>iv|iii|ii|i|[1-4])|(?P<months>\d{1,2}) tháng(?: đầu)?|tháng (?P<month>\d{1,2}))"
    r"(?: năm)?[ /]*$"
)
_QUARTERS: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_OF_YEAR = re.compile(r"(?:^|/\s?)(?:19|20)\d\d$")
_UNIT_STARTS = "hkmt"  # "12ha", "5kg", "8m²", "3tỷ"; any other letter behind a number makes it a name
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[\w/]+|[#%]")
_SYLLABLE = re.compile(r"[^\W\d_]+")
_BEHIND = re.compile(r"[^,.;:()\d…]*")


class Telling(NamedTuple):
    """One figure and the clause that it stands in, without its figures and fillers."""

    clause: str
    value: Decimal
    decimals: int
    printed: str
    span: Span
    lead: str  # the words before the figure as printed, in lower case
    is_part: bool = False  # told in a list of parts: "trong đó: A 5 hồ sơ; B 7 hồ sơ"


def tellings(document: Document, place: int, digits: int = 1) -> Iterator[Telling]:
    """The figures of so many digits whose clauses can be known again, in the order of the text."""
    for number, block in enumerate(document.blocks):
        if isinstance(block, Passage) and block.kind is not Kind.HEADING and _DIGIT.search(block.text):
            yield from _of(block.text, Span(number, 0, 0, document=place), digits)


def _of(text: str, at: Span, digits: int) -> Iterator[Telling]:
    lowered = text.lower()
    if len(lowered) != len(text):
        return
    start = sentence = 0
    for end in (*(match.end() for match in _END.finditer(text)), len(text)):
        head = "" if start == sentence else _head(lowered, sentence, start)
        for telling in _in_clause(lowered, start, end, at, digits):
            if head and _measured_only(telling.clause):
                telling = telling._replace(clause=f"{head} {telling.clause}")
            is_part = any_of("parts").search(lowered, sentence, telling.span.start) is not None
            yield telling._replace(is_part=is_part)
        start = end
        sentence = sentence if text[end - 1 : end] in ";…" else end


def _head(lowered: str, sentence: int, end: int) -> str:
    """What a sentence is of, before its colon: "Cây mía: diện tích gieo trồng ...; diện tích thu hoạch ..."."""
    head, colon, _ = lowered[sentence:end].partition(":")
    return _reduced(head) if colon and len(head) <= _LEAD and _DIGIT.search(head) is None else ""


def _measured_only(clause: str) -> bool:
    """Whether the words before a clause's figure say only what is measured, and not of which thing."""
    return set(_SYLLABLE.findall(clause.split(FIGURE)[0])) <= _measured()


@cache
def _measured() -> frozenset[str]:
    return frozenset(" ".join(load("clauses")["measured"]).split())


def _in_clause(lowered: str, start: int, end: int, at: Span, digits: int) -> Iterator[Telling]:
    """The figures of one clause; each is known by what stands before it, back to the clause's beginning."""
    masked = ""
    done = start
    for match in _NUMBER.finditer(lowered, start, end):
        masked += lowered[done : match.start()]
        done = match.end()
        if _is_name(lowered, match):
            masked += match[0]
            continue
        masked = masked[-_LEAD:]
        if len(match[0]) >= digits and (telling := _telling(lowered, masked, match, end, at)) is not None:
            yield telling
        masked += FIGURE


def _telling(lowered: str, masked: str, match: re.Match[str], end: int, at: Span) -> Telling | None:
    value = _read(match[0])
    behind = _BEHIND.match(lowered, match.end(), min(end, match.end() + _TAIL))
    if value is None or behind is None:
        return None
    clause = _reduced(f"{masked}{FIGURE} {behind[0]}")
    if clause.count(" ") < _WORDS or syllables(clause) < _WORDS or any_of("leaning").match(clause):
        return None
    span = at._replace(start=match.start(), end=match.end())
    printed = " ".join(f"{match[0]}{behind[0]}".split()[:2])
    return Telling(clause, *value, printed, span, lowered[max(0, match.start() - _LEAD) : match.start()])


def _is_name(lowered: str, match: re.Match[str]) -> bool:
    """Whether a number is a date, a year, or the number of something."""
    after = lowered[match.end() : match.end() + 2]
    is_glued = after[:1].isalpha() and after[:1] not in _UNIT_STARTS
    if after[:1] == "/" or is_glued or (after[:1] == "-" and after[1:].isalpha()):
        return True
    before = lowered[max(0, match.start() - 14) : match.start()]
    if "," not in match[0] and _NAMED.search(before) is not None:
        return True
    return _OF_YEAR.search(match[0]) is not None


def _read(printed: str) -> tuple[Decimal, int] | None:
    """The value and the decimals of a number in Vietnamese style; None for pairs and malformed numbers."""
    if _PLAIN.fullmatch(printed) is None:
        return None
    whole, _, rest = printed.replace(".", "").partition(",")
    return Decimal(f"{whole}.{rest or 0}"), len(rest)


def _reduced(clause: str) -> str:
    fillers = _fillers()
    return " ".join([word for word in _WORD.findall(clause) if word not in fillers])


@cache
def _fillers() -> frozenset[str]:
    return frozenset(load("clauses")["fillers"])


@cache
def any_of(name: str) -> re.Pattern[str]:
    """A search for any of the words of a list."""
    words = sorted(load("clauses")[name], key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")


def by_clause(document: Document, place: int) -> dict[str, Telling]:
    """The first telling of each clause that a document always tells with one value."""
    found: dict[str, Telling] = {}
    apart: set[str] = set()
    for telling in tellings(document, place):
        if found.setdefault(telling.clause, telling).value != telling.value:
            apart.add(telling.clause)
    return {clause: telling for clause, telling in found.items() if clause not in apart}


def syllables(clause: str) -> int:
    """How many words say what a figure is of; the words of its period count."""
    return len(_SYLLABLE.findall(clause))


def are_apart(first: Telling, second: Telling) -> bool:
    """Whether no rounding makes two figures one."""
    ulp = Decimal(1).scaleb(-min(first.decimals, second.decimals))
    return abs(first.value - second.value) > (ulp if first.decimals != second.decimals else 0)


def are_near(first: Telling, second: Telling, times: Decimal) -> bool:
    """Whether two figures are of one size."""
    low, high = sorted((first.value, second.value))
    return high <= low * times


def is_open(telling: Telling) -> bool:
    """Whether a figure is an estimate or a plan, or tells a movement, so that it may be another rightly."""
    lead = " ".join(telling.clause.split(FIGURE)[-2].split()[-_CLOSE:])
    if any_of("moves").search(lead) is not None or any_of("plans").search(telling.clause) is not None:
        return True
    return any_of("estimates").search(telling.lead) is not None


def ends(clause: str) -> tuple[int, int] | None:
    """The year and month in which the latest period that a clause names is over; None where it names none."""
    if any_of("instruments").search(clause) is not None:
        return None
    found = [_month_of(clause, year) for year in _YEAR.finditer(clause) if not _is_of_prices(clause, year)]
    return max(found, default=None)


def _is_of_prices(clause: str, year: re.Match[str]) -> bool:
    """ "giá so sánh năm 2010": the year of the prices, and no period."""
    words = clause[: year.start()].rstrip().removesuffix("năm").rstrip()
    return words.endswith(tuple(load("clauses")["prices"]))


def _month_of(clause: str, year: re.Match[str]) -> tuple[int, int]:
    before = clause[max(0, year.start() - 28) : year.start()]
    match = _PART.search(before)
    if match is None:
        return int(year[0]), 12
    if match["quarter"]:
        return int(year[0]), 3 * _QUARTERS[match["quarter"]]
    return int(year[0]), min(12, int(match["months"] or match["month"]))


def day_of(clause: str) -> tuple[int, int, int] | None:
    """The one cut-off day, by year, month and day, that a clause's figure is counted up to."""
    days = [(int(match[3]), int(match[2]), int(match[1])) for match in _UNTIL.finditer(clause) if match[3]]
    return days[0] if len(days) == 1 and any_of("instruments").search(clause) is None else None


def undated(clause: str) -> str:
    """A clause without its cut-off day."""
    return _UNTIL.sub("@", clause)


def told_twice(document: Document, place: int) -> Iterator[tuple[Telling, Telling]]:
    """Figures of one document that stand in one clause, far apart, with two values of one size."""
    found: dict[str, list[Telling]] = defaultdict(list)
    for telling in tellings(document, place, _LONG):
        if syllables(telling.clause) > _WORDS and not telling.is_part:
            found[telling.clause].append(telling)
    for pair in found.values():
        if len(pair) != 2:  # what stands in three places is a form of words
            continue
        first, second = pair
        far = second.span.block - first.span.block >= _FAR
        is_one = far and are_apart(first, second) and are_near(first, second, _SIZE)
        if is_one and not is_open(first) and not is_open(second):
            yield first, second
