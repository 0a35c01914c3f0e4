"""What a figure is said of: its subject's words, its part in the sentence, the years and days that it names."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from baocao.grammar.lexing import Quantum
from baocao.grammar.paper import content_words
from baocao.grammar.stretch import Stretch
from baocao.grammar.vocabulary import comparators
from baocao.reference import load

LEVEL, PLAN, CHANGE, EARLIER = "actual", "target", "change", "baseline"
_WEAK = frozenset(
    "chỉ mới còn hiện nhất chung nói riêng cũng đều vẫn lại như sau nhìn nhưng do lũy kế luỹ kỳ kì nay hết cuối".split()
)
_BRACKETED = re.compile(r"\([^()]*\)")
_SYLLABLE = re.compile(r"[^\W\d_]+")
_MARKS = ";.…"
WIDTH = 180  # characters of a subject
_LEAD = 80  # characters before a colon that may open a list of parts
_SERIES = re.compile(r"[,;]*Q(?:[,;]+Q)+[,;]*")  # nothing but figures in brackets
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY = re.compile(r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d(?!\d)")
_MONTHS = re.compile(r"(?<!\d)(?:(\d{1,2}) tháng|quý (\w+)|tháng (\d{1,2}))(?!\d)")


class Said(NamedTuple):
    """The words around a figure, reduced to what they speak of."""

    words: frozenset[str]
    names: frozenset[str]
    role: str
    years: frozenset[str]
    days: frozenset[str]
    months: frozenset[str]
    parts: tuple[int, int, int, int] | None = None  # the list of parts that the figure stands in, by its place
    is_adrift: bool = False  # that list opens a sentence, so that its whole stands elsewhere

    @property
    def period(self) -> str:
        """The days, else the months and years, that the words name."""
        return " ".join(sorted(self.days) or [*sorted(self.months), *sorted(self.years)])


def said_of(stretch: Stretch, index: int) -> Said:
    """What the figure at a token is said of; the words before it count, back to its clause's beginning."""
    quantum = stretch.quantum(index)
    start = _start(stretch, index)
    before = stretch.text[start : quantum.start]
    after = stretch.words_after(index, 30)
    lowered = before.lower()
    subject = _BRACKETED.sub(" ", before)
    names = _names(subject)
    for name in names:
        subject = subject.replace(name, " ")
    words = content_words(subject) - _WEAK
    if words and words <= _measured():
        words |= _head(stretch, index)
    return Said(
        words | (content_words(quantum.unit) - _WEAK),
        frozenset(name.lower() for name in names),
        _role(stretch, index, after.lower()),
        frozenset(_YEAR.findall(_at_prices_of().sub(" ", lowered))),
        frozenset(_DAY.findall(lowered)),
        frozenset(match[0] for match in _MONTHS.finditer(lowered)),
        (parts := parts_of(stretch, index)),
        parts is not None and is_adrift(stretch, parts[-1]),
    )


@cache
def _measured() -> frozenset[str]:
    return content_words(" ".join(load("clauses")["measured"]))


@cache
def _at_prices_of() -> re.Pattern[str]:
    """ "theo giá so sánh năm 2010": the year of the prices is none of the figure's."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(load('clauses')['prices'])})\s+(?:năm\s+)?(?:19|20)\d\d(?!\d)")


@cache
def _opens_parts() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(load('clauses')['parts'])})(?:\s[^:;.()\d]*)?$")


def _head(stretch: Stretch, index: int) -> frozenset[str]:
    """The words before the colon in front of a sentence's first figure: what its figures are measured of."""
    low, _ = stretch.sentence_range(index)
    start = stretch.tokens[low - 1].end if low else 0
    head = ""
    for token in stretch.tokens[low : index + 1]:
        if token.figure is not None:
            break
        if token.kind == ":":
            head = stretch.text[start : token.start]
            start = token.end
    return content_words(head) - _WEAK


def parts_of(stretch: Stretch, index: int) -> tuple[int, int, int, int] | None:
    """The list that a figure is a part of: behind "trong đó:", or alone with others in brackets."""
    parent = stretch.parent[index]
    for place in range(index - 1, parent, -1):
        token = stretch.tokens[place]
        if stretch.parent[place] != parent:
            continue
        if token.kind == ".":
            break
        lead = stretch.lowered[max(0, token.start - _LEAD) : token.start].rstrip()
        if token.kind == "t" or (token.kind == ":" and _opens_parts().search(lead)):
            return stretch.document, stretch.block, stretch.cell, place
    if parent >= 0 and _SERIES.fullmatch(stretch.kinds, parent + 1, stretch.close[parent]):
        return stretch.document, stretch.block, stretch.cell, parent
    return None


def is_adrift(stretch: Stretch, opener: int) -> bool:
    """Whether nothing but words stands before what opens a list in its sentence: "Chia theo mùa vụ: xuân 12 ha"."""
    low, _ = stretch.sentence_range(opener)
    return not any(stretch.figures_between(low, opener))


def _names(text: str) -> list[str]:
    """The proper names in some words: two capitalised syllables or more, not at the beginning."""
    names: list[str] = []
    first = last = -1
    for match in _SYLLABLE.finditer(text):
        if match[0][0].isupper() and text[: match.start()].strip() and (len(match[0]) == 1 or not match[0].isupper()):
            joined = last >= 0 and text[last : match.start()] == " "
            if joined and names and names[-1] == text[first:last]:
                names[-1] = text[first : match.end()]
            elif joined:
                names.append(text[first : match.end()])
            else:
                first = match.start()
            last = match.end()
        else:
            first = last = -1
    return names


def _start(stretch: Stretch, index: int) -> int:
    """Where the words begin that say what a figure is of: behind the clause before it, or behind its bracket."""
    end = stretch.tokens[index].start
    parent = stretch.parent[index]
    for position in range(index - 1, -1, -1):
        token = stretch.tokens[position]
        if end - token.end > WIDTH:
            break
        if position == parent:
            return token.end
        if stretch.parent[position] != parent:
            continue
        if token.kind in _MARKS:
            return token.end
        if (token.figure is not None or token.kind == ":") and _has_subject(stretch, position, end):
            return token.end
    return max(0, end - WIDTH)


def _has_subject(stretch: Stretch, position: int, end: int) -> bool:
    """Whether the words since an earlier figure or a colon name a subject themselves."""
    figure = stretch.tokens[position].figure
    last = stretch.tokens[position].end if figure is None else figure.end
    if figure is not None and figure.of is not None:
        last = figure.of.end
    return len(content_words(stretch.text[last:end]) - _bounds()) >= 2


@cache
def _bounds() -> frozenset[str]:
    """The words that make a bound of a figure: "từ 54% trở lên, UBND tỉnh giao từ 53%" names nothing anew."""
    return content_words(" ".join(phrase for phrases in comparators() for phrase in phrases))


def _role(stretch: Stretch, index: int, after: str) -> str:
    low = index
    while low > 0 and stretch.kinds[low - 1] not in "QF;.():…":
        low -= 1
    cues = stretch.kinds[low:index]
    tail = cues.rpartition(",")[2]
    if "g" in tail or "h" in tail:
        return CHANGE
    if "y" in tail or "s" in tail:
        return EARLIER
    if "k" in tail or "giao" in after[:16]:
        return PLAN
    lead = stretch.text[max(0, stretch.tokens[index].start - 60) : stretch.tokens[index].start].lower()
    return PLAN if "phấn đấu" in lead or "mục tiêu" in lead else LEVEL


def shared(first: Said, second: Said) -> tuple[int, float, float]:
    """The number of words in common, and their share in the shorter and in the longer subject."""
    common = len(first.words & second.words)
    if not common:
        return 0, 0.0, 0.0
    sizes = sorted((len(first.words), len(second.words)))
    return common, common / sizes[0], common / sizes[1]


def may_be_one(first: Said, second: Said) -> bool:
    """Whether nothing in the words tells two figures apart in time or in role."""
    if first.role != second.role or first.role in (CHANGE, EARLIER):
        return False
    if first.parts != second.parts and (first.is_adrift or second.is_adrift or (first.parts and second.parts)):
        return False  # parts of two wholes
    for name in ("names", "years", "days", "months"):
        one, other = getattr(first, name), getattr(second, name)
        if one and other and not one & other:
            return False
    return True


def digits_of(quantum: Quantum) -> str:
    """The digits of an amount without the zeros at either end, so that "268,0" and "268" are alike."""
    return f"{quantum.amount:f}".replace(".", "").strip("0") or "0"


def is_swap(first: str, second: str) -> bool:
    """Whether two rows of digits differ by two digits that changed places."""
    apart = [place for place, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
    if len(apart) != 2:
        return False
    one, other = apart
    return first[one] == second[other] and first[other] == second[one]
