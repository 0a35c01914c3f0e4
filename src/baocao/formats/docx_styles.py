"""What Word's styles say of a paragraph: a heading, numbered, hidden, bold, or a line of a contents list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
_OFF = frozenset({"0", "false", "off", "none"})
_BODY_LEVEL = 9  # Word's outline level of body text
_DEEPEST = 40  # styles based on styles; a longer chain is a loop


@dataclass(frozen=True, slots=True)
class Style:
    """One style with all that it inherits. ``outline`` is 0 for the highest heading, None for body text."""

    outline: int | None = None
    num_id: str | None = None
    level: int = 0
    hidden: bool = False
    bold: bool = False
    raised: bool = False
    is_contents: bool = False


PLAIN = Style()


class Styles:
    """The styles of one document by their ids; an unknown id is the default paragraph style."""

    def __init__(self, root: _Element | None) -> None:
        self._elements: dict[str, _Element] = {}
        self._known: dict[str, Style] = {}
        self.default = PLAIN
        if root is None:
            return
        default = ""
        for element in root.iterfind(f"{W}style"):
            style_id = element.get(f"{W}styleId", "")
            self._elements[style_id] = element
            if element.get(f"{W}type") == "paragraph" and is_on(element.get(f"{W}default"), absent=False):
                default = style_id
        self.default = self.style(default)

    def style(self, style_id: str | None) -> Style:
        """A style by its id, inheritance followed."""
        if style_id is None:
            return self.default
        known = self._known.get(style_id)
        if known is None:
            known = self._known[style_id] = self._resolved(style_id)
        return known

    def _resolved(self, style_id: str) -> Style:
        chain: list[_Element] = []
        while (element := self._elements.get(style_id)) is not None and len(chain) < _DEEPEST:
            chain.append(element)
            style_id = value(element, "basedOn") or ""
        style = PLAIN
        for element in reversed(chain):
            style = _changed(style, element)
        return style


def _changed(style: Style, element: _Element) -> Style:
    name = (value(element, "name") or "").lower()
    if name.startswith("heading ") and name[8:].strip().isdigit():
        style = replace(style, outline=int(name[8:]) - 1)
    elif name == "title":
        style = replace(style, outline=0)
    elif name.startswith("toc ") and name[4:].strip().isdigit():
        style = replace(style, is_contents=True, outline=None)
    properties = element.find(f"{W}pPr")
    if properties is not None:
        style = paragraph_style(style, properties)
    run = element.find(f"{W}rPr")
    if run is not None:
        style = replace(
            style,
            hidden=toggled(run, "vanish", style.hidden),
            bold=toggled(run, "b", style.bold),
            raised=value(run, "vertAlign") == "superscript" or style.raised,
        )
    return style


def paragraph_style(style: Style, properties: _Element) -> Style:
    """A style as changed by the properties of one paragraph."""
    outline = value(properties, "outlineLvl")
    if outline is not None and outline.isdigit():
        style = replace(style, outline=None if int(outline) >= _BODY_LEVEL else int(outline))
    numbering = properties.find(f"{W}numPr")
    if numbering is not None:
        num_id = value(numbering, "numId") or style.num_id
        level = value(numbering, "ilvl")
        style = replace(style, num_id=num_id, level=int(level) if level and level.isdigit() else style.level)
    return style


def value(parent: _Element, name: str) -> str | None:
    """The ``w:val`` of a child element, None when there is no such child."""
    child = parent.find(W + name)
    return None if child is None else child.get(VAL, "")


def toggled(properties: _Element, name: str, inherited: bool) -> bool:
    """Whether an on-off property is on."""
    child = properties.find(W + name)
    return inherited if child is None else is_on(child.get(VAL))


def is_on(text: str | None, *, absent: bool = True) -> bool:
    return absent if text is None else text not in _OFF
