"""Printed numbers run without gap and without twin among the headings that stand side by side.

The labels of a document ("Phần I", "A.", "II.", "3.", "2.1.", "a)", "(4)") form series inside
series. A label goes on the innermost open series that it can go on; a "1" opens a new one. What
neither goes on nor opens is a break.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from baocao.reference import load

_NUMBER: Final = re.compile(r"(\(?)(?:(\d{1,3}(?:\.\d{1,3})*)|([IVX]{1,7})|([ivx]{1,5})|([A-ZĐ])|([a-zđ]))([.):/]*)")
_ROMAN: Final = {"I": 1, "V": 5, "X": 10}
_FAR: Final = 3  # how many may be missing at once before the label is taken for something else
_DEEP: Final = 16  # open series; older ones of a long flat document are let go


@dataclass(frozen=True, slots=True)
class Label:
    """One reading of a printed label: "2.3." is number 3 of the series under 2; style tells "1." from "(1)"."""

    style: str
    value: int
    parents: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A labelled thing: ``place`` says where it is, ``is_caps`` that it is set in capitals."""

    label: str
    place: int
    is_caps: bool = False
    is_heading: bool = False


@dataclass(slots=True)
class Series:
    """Entries that count on one another."""

    style: str
    parents: tuple[int, ...]
    values: list[int] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Break:
    """Where a series does not go on as it should. ``kind``: skip, repeat, or style (III. and then 4.)."""

    kind: str
    entry: Entry
    before: Entry
    expected: str
    series: Series
    position: int  # of the entry in its series

    @property
    def run_before(self) -> int:
        """How many neighbours up to the break count on without gap."""
        values = self.series.values[: self.position]
        return _run(values[::-1], -1)

    @property
    def run_after(self) -> int:
        """How many neighbours from the break on count on without gap."""
        return _run(self.series.values[self.position :], 1)


def _run(values: list[int], step: int) -> int:
    length = 1 if values else 0
    while length < len(values) and values[length] == values[length - 1] + step:
        length += 1
    return length


def readings(label: str) -> list[Label]:
    """What a printed label can be, the likeliest first; nothing for bullets."""
    match = _NUMBER.fullmatch(label.strip().strip("*_ "))
    if match is None:
        part = _part(label)
        return [part] if part is not None else []
    opening, arabic, roman, small, upper, lower, closing = match.groups()
    form = opening + closing[:1]
    if arabic:
        *parents, value = (int(number) for number in arabic.split("."))
        return [Label(f"arabic{len(parents)}{'' if parents else form}", value, tuple(parents))]
    found: list[Label] = []
    for letters, style in ((roman, "roman"), (small, "small roman")):
        if letters and (value := _roman(letters.upper())):
            found.append(Label(style + form, value))
    single = upper or lower or ((roman or small) if len(roman or small) == 1 else "")
    if single and (rank := _rank(single.lower())) is not None:
        found.append(Label(("upper" if single.isupper() else "lower") + form, rank))
    return found


def printed(value: int, like: str, entry: Entry) -> str:
    """A number of a series as it would be printed there."""
    if like.startswith("roman"):
        return _as_roman(value) + "."
    if like.startswith("small roman"):
        return _as_roman(value).lower() + entry.label[-1:]
    if like.startswith(("upper", "lower")):
        letters = load("outline")["letters"]
        letter = letters[value - 1] if value <= len(letters) else "?"
        return re.sub(r"[^\W\d_]", letter.upper() if like.startswith("upper") else letter, entry.label, count=1)
    if like == "part":
        return str(value)
    return re.sub(r"\d+(?=\D*$)", str(value), entry.label.strip())


def is_part(label: str) -> bool:
    """Whether a label opens a part or a chapter of the whole text ("Phần thứ hai", "Chương II")."""
    return any(reading.style == "part" for reading in readings(label))


def breaks(entries: Iterable[Entry]) -> Iterator[Break]:
    """All breaks in the series that the labels form, told when the whole text is walked."""
    stack: list[Series] = []
    found: list[Break] = []
    for entry in entries:
        choices = readings(entry.label)
        if not choices:
            continue
        broken = _changed(stack, entry, choices) or _placed(stack, entry, choices)
        if broken is not None:
            found.append(broken)
        del stack[:-_DEEP]
    yield from found


def _placed(stack: list[Series], entry: Entry, choices: list[Label]) -> Break | None:
    """Put an entry into the series that it goes on; the break when it goes on none."""
    for depth in range(len(stack) - 1, -1, -1):
        series = stack[depth]
        for label in choices:
            if _same(series, label) and _follows(series, label.value):
                del stack[depth + 1 :]
                _append(series, entry, label.value)
                return None
    label = choices[0]
    if label.style == "part":
        outer = [series for series in stack if series.style == "part"][:1]
        stack[:] = outer
    depth = next((depth for depth in range(len(stack) - 1, -1, -1) if _same(stack[depth], label)), -1)
    if depth < 0 or any(choice.value == 1 for choice in choices):
        first = next((choice for choice in choices if choice.value == 1), label)
        stack.append(Series(first.style, first.parents, [first.value], [entry]))
        return None
    series = stack[depth]
    missing = label.value - series.values[-1] - 1
    if missing > _FAR or missing < -1:
        stack.append(Series(label.style, label.parents, [label.value], [entry]))
        return None
    del stack[depth + 1 :]
    before = series.entries[-1]
    expected = printed(series.values[-1] + 1, label.style, entry)
    _append(series, entry, label.value)
    return Break("skip" if missing > 0 else "repeat", entry, before, expected, series, len(series.values) - 1)


def _changed(stack: list[Series], entry: Entry, choices: list[Label]) -> Break | None:
    """A chapter in capitals numbered in another style than its siblings in capitals: "4." behind "III."."""
    label = choices[0]
    if not entry.is_caps or not label.style.startswith("arabic") or label.parents:
        return None
    inner = next((series for series in reversed(stack) if _same(series, label)), None)
    if inner is not None and any(each.is_caps for each in inner.entries):
        return None
    for depth in range(len(stack) - 1, -1, -1):
        series = stack[depth]
        chapters = series.style.startswith(("roman", "upper")) and len(series.values) >= 2
        if chapters and all(each.is_caps for each in series.entries) and label.value == series.values[-1] + 1:
            del stack[depth + 1 :]
            before = series.entries[-1]
            _append(series, entry, label.value)
            expected = printed(label.value, series.style, before)
            return Break("style", entry, before, expected, series, len(series.values) - 1)
    return None


def _same(series: Series, label: Label) -> bool:
    return series.style == label.style and series.parents == label.parents


def _append(series: Series, entry: Entry, value: int) -> None:
    series.values.append(value)
    series.entries.append(entry)


def _follows(series: Series, value: int) -> bool:
    last = series.values[-1]
    if value == last + 1:
        return True
    if value != last + 2 or not series.style.startswith(("upper", "lower")):
        return False
    return _words()["letters"][last] in _words()["optional"]  # lists go from d) to e) as often as over đ)


@cache
def _words() -> dict[str, Any]:
    return load("outline")


def _part(label: str) -> Label | None:
    words = label.lower().replace("*", " ").split()
    if len(words) < 2 or words[0] not in _words()["parts"]:
        return None
    named = words[2] if words[1] == "thứ" and len(words) > 2 else words[1]
    number = named.strip(".:)")
    if number in _words()["ordinals"]:
        return Label("part", _words()["ordinals"][number])
    if number.isdecimal():
        return Label("part", int(number))
    value = _roman(number.upper()) or _rank(number)
    return Label("part", value) if value else None


def _roman(letters: str) -> int:
    """The value of a Roman numeral up to XXXIX; 0 when it is none."""
    if not letters or set(letters) - set(_ROMAN):
        return 0
    total = 0
    for this, following in zip(letters, [*letters[1:], ""], strict=True):
        value = _ROMAN[this]
        total += -value if following and _ROMAN[following] > value else value
    return total if _as_roman(total) == letters else 0


def _as_roman(value: int) -> str:
    units = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return "X" * (value // 10) + units[value % 10]


def _rank(letter: str) -> int | None:
    """The place of a letter in Vietnamese lists (a, b, c, d, đ, e, g, h ...)."""
    place = _words()["letters"].find(letter)
    return place + 1 if place >= 0 and len(letter) == 1 else None
