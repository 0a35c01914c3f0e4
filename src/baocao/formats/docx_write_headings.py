"""Word counts headings by itself: the lists that make it print the labels of a draft, and the labels it cannot make.

Officials count points with Vietnamese letters (a, b, c, d, đ, e, g), which Word does not know: such a label is typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from baocao.formats.docx_numbering import numeral
from baocao.formats.docx_write_pages import DECLARATION, INDENT, NAMES, paragraph
from baocao.formats.docx_write_text import attribute, runs
from baocao.model.draft import Heading

LEVELS = 5
DASHES, PLUSES, FIRST_LIST = 1, 2, 3  # the numbers of the lists
_PLACE = re.compile(r"%([1-5])")
_SHAPES: tuple[tuple[tuple[str, str], ...], ...] = (
    (("upperRoman", "Phần %1"), ("upperRoman", "PHẦN %1"), ("upperRoman", "Phần %1."), ("upperRoman", "PHẦN %1.")),
    (("upperLetter", "%2."), ("upperRoman", "%2."), ("upperLetter", "%2")),
    (("upperRoman", "%3."), ("decimal", "%3."), ("upperRoman", "%3")),
    (("decimal", "%4."), ("decimal", "%3.%4."), ("decimal", "%4")),
    (("lowerLetter", "%5)"), ("decimal", "%4.%5."), ("decimal", "%3.%4.%5."), ("decimal", "%5.")),
)
_TYPED = ("none", "")  # Word counts the level, and prints nothing
_SIGNS = ((DASHES, "-"), (PLUSES, "+"))


@dataclass
class Headings:
    """The headings of the report, or of one annex: a list of their own, that counts as Word will."""

    number: int = FIRST_LIST
    shapes: list[tuple[str, str]] = field(default_factory=list)
    _counters: list[int] = field(default_factory=lambda: [0] * LEVELS)

    @classmethod
    def of(cls, headings: Iterable[Heading], number: int) -> Headings:
        """The list for these headings: each level is shaped as its first label is."""
        found = cls(number)
        chosen: list[tuple[str, str] | None] = [None] * LEVELS
        counters = [0] * LEVELS
        for heading in headings:
            level = level_of(heading)
            if heading.label and chosen[level] is None:
                trial = _counted(counters, level)
                chosen[level] = next(
                    (shape for shape in _SHAPES[level] if _printed(shape, level, trial, chosen) == heading.label),
                    _TYPED,
                )
            if heading.label:
                counters = _counted(counters, level)
        found.shapes = [shape or _SHAPES[level][0] for level, shape in enumerate(chosen)]
        return found

    def heading(self, heading: Heading) -> str:
        """The paragraph of the next heading."""
        level = level_of(heading)
        trial = _counted(self._counters, level)
        shown = _printed(self.shapes[level], level, trial, self.shapes)
        is_counted = bool(heading.label) and (shown == heading.label or self.shapes[level] == _TYPED)
        typed = "" if shown == heading.label or not heading.label else heading.label
        if is_counted:
            self._counters = trial
        number = (
            f'<w:numPr><w:ilvl w:val="{level if is_counted else 0}"/>'
            f'<w:numId w:val="{self.number if is_counted else 0}"/></w:numPr>'
        )
        if not is_counted and level:  # the list's indent goes with the list
            number += f'<w:ind w:left="0" w:firstLine="{INDENT}"/>'
        return paragraph(runs(_text(heading, level, typed, is_labelled=is_counted)), f"Heading{level + 1}", number)

    def definition(self) -> str:
        """The list as Word keeps it. Headings that people add by their style go into the report's own list."""
        is_main = self.number == FIRST_LIST
        return _abstract(self.number, "".join(_level(*one, is_main=is_main) for one in enumerate(self.shapes)))


def level_of(heading: Heading) -> int:
    """The level of a heading from nought on."""
    return min(max(heading.level, 1), LEVELS) - 1


def _counted(counters: list[int], level: int) -> list[int]:
    return [*counters[:level], counters[level] + 1, *[0] * (LEVELS - level - 1)]


def _printed(
    shape: tuple[str, str],
    level: int,
    counters: list[int],
    shapes: list[tuple[str, str] | None] | list[tuple[str, str]],
) -> str:
    """What Word prints for a level; a level above that never came counts as its first."""

    def counter(place: re.Match[str]) -> str:
        index = int(place[1]) - 1
        other = shape if index == level else (shapes[index] or _SHAPES[index][0])
        return numeral(max(counters[index], 1), other[0])

    return _PLACE.sub(counter, shape[1])


def _text(heading: Heading, level: int, typed: str, *, is_labelled: bool) -> str:
    """A part's name stands on a line of its own, below "Phần I", in capitals (Decree 30/2020, annex I)."""
    if level == 0:
        parts = [typed, heading.text.upper()]
        own_line = "\n" if is_labelled and not typed and heading.text else ""
        return own_line + "\n".join(part for part in parts if part)
    return f"{typed} {heading.text}".strip()


def _level(level: int, shape: tuple[str, str], *, is_main: bool) -> str:
    follows = "nothing" if level == 0 or shape == _TYPED else "space"
    style = f'<w:pStyle w:val="Heading{level + 1}"/>' if is_main else ""
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{shape[0]}"/>{style}'
        f'<w:suff w:val="{follows}"/><w:lvlText w:val="{attribute(shape[1])}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="0" w:firstLine="{0 if level == 0 else INDENT}"/></w:pPr></w:lvl>'
    )


def _abstract(number: int, levels: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="{0x3A0F0000 + number:08X}"/>'
        f'<w:multiLevelType w:val="multilevel"/><w:tmpl w:val="{0x5B0F0000 + number:08X}"/>{levels}</w:abstractNum>'
    )


def numbering(lists: list[Headings]) -> str:
    """The part of Word's lists: dashes, pluses, and the headings of the report and of each annex."""
    signs = "".join(
        _abstract(
            number,
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:suff w:val="space"/>'
            f'<w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="0" w:firstLine="{INDENT}"/></w:pPr></w:lvl>',
        )
        for number, sign in _SIGNS
    )
    definitions = signs + "".join(headings.definition() for headings in lists)
    numbers = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        for number in [*(number for number, _ in _SIGNS), *(headings.number for headings in lists)]
    )
    return f"{DECLARATION}<w:numbering {NAMES}>{definitions}{numbers}</w:numbering>"
