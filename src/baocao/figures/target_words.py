"""Targets as plans print them: "4% trở lên", "trên 67%", "16-32", "duy trì 3 xã", "giảm 4%", "đảm bảo"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from baocao.figures.intake_words import entry_meant, vocabulary
from baocao.model.target import TargetKind
from baocao.model.text import Text

ReadNumber = Callable[[str], Decimal | Text]

_UNCLEAR = Text(
    "“{seen}” không rõ là chỉ tiêu loại nào; viết được là: “100%”, “4% trở lên”, “trên 67%”, “không quá 2”, "
    "“16-32”, “duy trì 3 xã”, “giảm 4%”, “đảm bảo”.",
    "“{seen}” is no target that can be understood; it can be written “100%”, “4% trở lên”, “trên 67%”, "
    "“không quá 2”, “16-32”, “duy trì 3 xã”, “giảm 4%”, “đảm bảo”.",
)
_RISE = Text(
    "“{seen}” là mức tăng so với một kỳ khác, mà chỉ tiêu giao phải là mức cần đạt; hãy ghi mức đó, tính ra từ kỳ gốc "
    "(năm trước 400 ha, tăng 5% thì ghi “420 ha”), hoặc giao cho chỉ tiêu tốc độ tăng nếu danh mục có (ghi “5%”).",
    "“{seen}” is a rise over another period, and a target has to be the level that is asked for; write that level, "
    "reckoned from its base (400 ha last year and “tăng 5%” make “420 ha”), or set the target for the rate of growth "
    "where the catalogue has one (“5%”).",
)
_FALL_BETWEEN = Text(
    "“{seen}” là khoảng của một mức giảm; hãy ghi mức giảm ít nhất phải đạt (“giảm {least}”), hoặc mức còn lại "
    "(“không quá …”).",
    "“{seen}” is a range of a fall; write the least fall that is asked for (“giảm {least}”), or the level to come down "
    "to (“không quá …”).",
)
_BACKWARDS = Text(
    "khoảng “{seen}” có đầu dưới lớn hơn đầu trên; hãy viết lại khoảng.",
    "the range “{seen}” has its lower end above its upper end; write it again.",
)
_TWO_MEASURES = Text(
    "hai đầu của khoảng “{seen}” có đơn vị tính khác nhau; hãy viết cùng một đơn vị.",
    "the ends of the range “{seen}” have two units of measure; write them in one.",
)

_DIGITS = r"[0-9](?:[0-9., \u00a0]*[0-9])?"
_PRINTED = re.compile(
    rf"(?P<before>[^0-9]*?)(?P<low>[-\u2212]?{_DIGITS})(?P<middle>(?:[^0-9]|(?<=m)[23])*?)"
    rf"(?:(?P<to>-|–|÷|\bđến\b|\btới\b)\s*(?P<high>{_DIGITS})(?P<after>(?:[^0-9]|(?<=m)[23])*))?"
)
_Trait = tuple[TargetKind, bool]  # what is asked for, and whether the bound does not count itself
_COMPARED: dict[str, _Trait] = {
    "above": (TargetKind.AT_LEAST, True),
    "at_least": (TargetKind.AT_LEAST, False),
    "below": (TargetKind.AT_MOST, True),
    "at_most": (TargetKind.AT_MOST, False),
    "upwards": (TargetKind.AT_LEAST, False),
    "downwards": (TargetKind.AT_MOST, False),
}


@dataclass(frozen=True, slots=True)
class TargetWords:
    """What a printed target says: its kind, bounds, and the unit of measure as printed ("" when none is)."""

    kind: TargetKind
    low: Decimal | None = None
    high: Decimal | None = None
    is_strict: bool = False
    measure: str = ""
    is_rated_at_year_end: bool = False


@cache
def _before() -> tuple[tuple[str, str], ...]:
    """Words before a figure and what they mean, the longest first."""
    meanings = ("above", "at_least", "below", "at_most", "maintain", "reduce", "rise", "from", "neutral")
    words = ((" ".join(word.casefold().split()), entry) for entry in meanings for word in vocabulary("targets", entry))
    return tuple(sorted(words, key=lambda pair: -len(pair[0])))


def kind_meant(words: str) -> _Trait | None:
    """The kind of target that a word in a column of kinds means, and whether its bound does not count itself."""
    entry = entry_meant("target_kinds", words)
    if entry is None:
        return None
    return _COMPARED[entry] if entry in _COMPARED else (TargetKind(entry), False)


def read_target(text: str, read_number: ReadNumber) -> TargetWords | Text:
    """The target that a plan prints, or why it is not understood. ``read_number`` reads its figures."""
    printed = " ".join(text.casefold().split())
    stated = _without_year_end(printed)
    if stated != printed:
        read = read_target(stated, read_number)
        return replace(read, is_rated_at_year_end=True) if isinstance(read, TargetWords) else read
    if printed in vocabulary("targets", "assured"):
        return TargetWords(TargetKind.ASSURED)
    found = _PRINTED.fullmatch(printed)
    if found is None:
        return _UNCLEAR.fill(seen=text)
    meanings = _meanings(found["before"])
    if meanings is None:
        return _UNCLEAR.fill(seen=text)
    if "rise" in meanings:
        return _RISE.fill(seen=text)
    measure, last = _measure(found["after"] if found["high"] else found["middle"])
    parts = [part for part in (found["low"], found["high"]) if part]
    numbers = [read_number(part) for part in parts]
    for part, number in zip(parts, numbers, strict=True):
        if isinstance(number, Text):
            return _quoting(number, part, text)
    bounds = [number for number in numbers if isinstance(number, Decimal)]
    if len(bounds) == 2:
        first = found["middle"].strip()
        if first and first != measure:
            return _TWO_MEASURES.fill(seen=text)
        return _range(text, meanings | last, bounds, measure)
    return _single(text, meanings | last, bounds[0], measure)


def _quoting(refusal: Text, part: str, whole: str) -> Text:
    """Why a figure is refused, with all that stands in its cell: in "1.25O" it is the letter that has to be seen."""
    return Text(*(words.replace(f"“{part}”", f"“{whole}”", 1) for words in (refusal.vi, refusal.en)))


def _without_year_end(printed: str) -> str:
    """A target without the words that leave its rating to the year's end: "66% (cuối năm đánh giá)"."""
    bare = printed.rstrip(") ")
    word = next((word for word in vocabulary("targets", "year_end") if bare.endswith(word)), "")
    return bare[: -len(word)].rstrip(" (,;:-–") if word and bare != word else printed


def _meanings(before: str) -> frozenset[str] | None:
    """What the words before a figure mean; None when one of them is not known."""
    rest, meanings = before.strip(), set()
    while rest:
        known = next((pair for pair in _before() if rest.startswith(pair[0]) and _ends(rest, len(pair[0]))), None)
        if known is None:
            return None
        meanings.add(known[1])
        rest = rest[len(known[0]) :].strip()
    return frozenset(meanings - {"neutral"})


def _ends(words: str, at: int) -> bool:
    """Whether a word ends there: letters may not be cut in two."""
    return at >= len(words) or not (words[at - 1].isalpha() and words[at].isalpha())


def _measure(after: str) -> tuple[str, frozenset[str]]:
    """The unit of measure behind a figure, and what the words behind that mean."""
    words = after.strip()
    for entry in ("upwards", "downwards"):
        for word in vocabulary("targets", entry):
            if words.endswith(word):
                return words[: -len(word)].strip(), frozenset({entry})
    return words, frozenset()


def _range(text: str, meanings: frozenset[str], bounds: list[Decimal], measure: str) -> TargetWords | Text:
    if "reduce" in meanings:
        return _FALL_BETWEEN.fill(seen=text, least=f"{min(bounds).normalize():f}".replace(".", ",") + measure)
    if meanings - {"from"}:
        return _UNCLEAR.fill(seen=text)
    if bounds[0] > bounds[1]:
        return _BACKWARDS.fill(seen=text)
    return TargetWords(TargetKind.RANGE, bounds[0], bounds[1], False, measure)


def _single(text: str, meanings: frozenset[str], figure: Decimal, measure: str) -> TargetWords | Text:
    compared = [_COMPARED[meaning] for meaning in sorted(meanings) if meaning in _COMPARED]
    is_bare_from = "from" in meanings and not meanings & {"upwards", "downwards"}
    if len(compared) > 1 or is_bare_from or {"maintain", "reduce"} <= meanings:
        return _UNCLEAR.fill(seen=text)
    kind, is_strict = compared[0] if compared else (TargetKind.EXACTLY, False)
    if "reduce" in meanings:
        if kind is TargetKind.AT_MOST:  # "giảm không quá 2": neither a fall that is asked for nor a level
            return _UNCLEAR.fill(seen=text)
        kind = TargetKind.REDUCE_BY
    elif "maintain" in meanings and not compared:
        kind = TargetKind.MAINTAIN
    return TargetWords(kind, figure, None, is_strict, measure)
