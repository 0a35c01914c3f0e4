"""Word counts list numbers itself and stores none of them: here they are counted again, as printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from baocao.formats.docx_styles import VAL, W, is_on, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_BULLETS = {"\uf02d": "-", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0a7": "▪", "\uf0e0": "→", "\uf076": "❖"}
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered. ``pattern`` has %1 ... %9 for the counters of the levels."""

    start: int = 1
    format: str = "decimal"
    pattern: str = ""
    restarts_after: int | None = None  # the level (from 1) that restarts it; None: any higher one; 0: none
    is_legal: bool = False
    custom: str = ""


class _List:
    """One counted list: Word shares the counters among all numberings of one abstract definition."""

    def __init__(self, levels: list[Level]) -> None:
        self.levels = levels
        self.counters: list[int | None] = [None] * _LEVELS


class Numbering:
    """The lists of a document, counting as the paragraphs come by in their order."""

    def __init__(self, root: _Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._levels: dict[str, list[Level]] = {}
        self._abstract: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._styles: dict[tuple[str, str], int] = {}
        if root is None:
            return
        definitions = {element.get(f"{W}abstractNumId", ""): element for element in root.iterfind(f"{W}abstractNum")}
        numbers = {element.get(f"{W}numId", ""): element for element in root.iterfind(f"{W}num")}
        by_style = {value(element, "styleLink"): key for key, element in definitions.items()}
        for num_id, number in numbers.items():
            key = value(number, "abstractNumId") or ""
            linked = value(definitions[key], "numStyleLink") if key in definitions else None
            key = by_style.get(linked, key) if linked else key
            if key in definitions:
                self._add(num_id, number, key, definitions[key])

    def _add(self, num_id: str, number: _Element, key: str, definition: _Element) -> None:
        if key not in self._lists:
            self._lists[key] = _List(_levels_of(definition))
        levels = list(self._lists[key].levels)
        restarts: dict[int, int] = {}
        for override in number.iterfind(f"{W}lvlOverride"):
            level = _whole(override.get(f"{W}ilvl"), 0)
            if not 0 <= level < _LEVELS:
                continue
            own = override.find(f"{W}lvl")
            if own is not None:
                levels[level] = _level(own)
            start = value(override, "startOverride")
            if start is not None:
                restarts[level] = _whole(start, 1)
                levels[level] = replace(levels[level], start=restarts[level])
        self._abstract[num_id] = key
        self._levels[num_id] = levels
        self._restarts[num_id] = restarts
        for element in definition.iterfind(f"{W}lvl"):
            style_id = value(element, "pStyle")
            if style_id:
                self._styles[num_id, style_id] = _whole(element.get(f"{W}ilvl"), 0)

    def level_of_style(self, num_id: str, style_id: str | None, level: int) -> int:
        """The level that a list ties to a paragraph style; ``level`` when it ties none."""
        return level if style_id is None else self._styles.get((num_id, style_id), level)

    def label(self, num_id: str | None, level: int) -> str:
        """The printed number of the next paragraph of a list ("II.", "a)", "-"); "" when it is not numbered."""
        if num_id is None or num_id not in self._levels or not 0 <= level < _LEVELS:
            return ""
        self._count(num_id, level)
        shown = self._levels[num_id]
        this = shown[level]
        if this.format == "none":
            return _PLACE.sub("", this.pattern).strip()
        if this.format == "bullet":
            return _bullet(this.pattern)
        counters = self._lists[self._abstract[num_id]].counters

        def printed(place: re.Match[str]) -> str:
            index = int(place[1]) - 1
            number = counters[index]
            number = shown[index].start if number is None else number
            if this.is_legal and index != level:
                return str(number)
            return numeral(number, shown[index].format, shown[index].custom)

        return _PLACE.sub(printed, this.pattern).strip()

    def _count(self, num_id: str, level: int) -> None:
        counters = self._lists[self._abstract[num_id]].counters
        restart = self._restarts[num_id].pop(level, None)
        counter = counters[level]
        if restart is not None:
            counters[level] = restart
        else:
            counters[level] = self._levels[num_id][level].start if counter is None else counter + 1
        for lower in range(level + 1, _LEVELS):
            after = self._levels[num_id][lower].restarts_after
            if after is None or 0 < level + 1 <= after:
                counters[lower] = None


def _levels_of(definition: _Element) -> list[Level]:
    levels = [Level() for _ in range(_LEVELS)]
    for element in definition.iterfind(f"{W}lvl"):
        index = _whole(element.get(f"{W}ilvl"), 0)
        if 0 <= index < _LEVELS:
            levels[index] = _level(element)
    return levels


def _level(element: _Element) -> Level:
    format_element = element.find(f"{W}numFmt")
    if format_element is None:  # newer formats stand in an alternative for newer programs
        format_element = next(element.iter(f"{W}numFmt"), None)
    restart = value(element, "lvlRestart")
    legal = element.find(f"{W}isLgl")
    return Level(
        start=_whole(value(element, "start"), 0),
        format="decimal" if format_element is None else format_element.get(VAL, "decimal"),
        pattern=value(element, "lvlText") or "",
        restarts_after=None if restart is None else _whole(restart, 0),
        is_legal=legal is not None and is_on(legal.get(VAL)),
        custom="" if format_element is None else format_element.get(f"{W}format", ""),
    )


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.lstrip("-").isdigit() and len(text) < 10 else otherwise


def _bullet(pattern: str) -> str:
    """Symbol fonts keep their signs in the private area; what is not known there prints as a dot."""
    sign = pattern.strip()
    if sign in _BULLETS:
        return _BULLETS[sign]
    return "•" if any("\ue000" <= letter <= "\uf8ff" for letter in sign) else sign


def numeral(number: int, format_name: str, custom: str = "") -> str:
    """A counter as printed in one of Word's number formats; unknown formats print decimal figures."""
    if format_name in ("upperRoman", "lowerRoman"):
        return roman(number) if format_name == "upperRoman" else roman(number).lower()
    if format_name in ("upperLetter", "lowerLetter"):
        return _letter(number) if format_name == "upperLetter" else _letter(number).lower()
    if format_name == "decimalZero":
        return f"{number:02d}"
    if format_name == "custom" and custom:
        first = custom.split(",")[0].strip()
        return f"{number:0{len(first)}d}" if first.isdigit() else str(number)
    return "" if format_name == "none" else str(number)


def roman(number: int) -> str:
    if not 0 < number < 5000:
        return str(number)
    shown = ""
    for worth, letters in _ROMAN:
        count, number = divmod(number, worth)
        shown += letters * count
    return shown


def _letter(number: int) -> str:
    """a ... z, then aa, bb, cc as Word goes on."""
    if not 0 < number <= 26 * 30:
        return str(number)
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
