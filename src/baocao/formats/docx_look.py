"""How a Word paragraph looks in the end: its own properties over those of its style and of the document.

Lengths are twips (1/20 point), letters half points, as Word keeps them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from baocao.formats.docx_styles import VAL, W, is_on, value
from baocao.formats.docx_text import TEXT

if TYPE_CHECKING:
    from lxml.etree import _Element

Properties = dict[str, dict[str, str]]  # an element's name → its attributes, names without namespace
_DEEPEST = 40  # styles upon styles; a longer chain is a loop
_HIDDEN = frozenset({f"{W}del", f"{W}moveFrom"})


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of one run."""

    text: str
    properties: Properties

    @property
    def size(self) -> float:
        """In points."""
        return _whole(self.properties.get("sz", {}).get("val"), 20) / 2

    @property
    def is_bold(self) -> bool:
        return self._is("b")

    @property
    def is_italic(self) -> bool:
        return self._is("i")

    @property
    def in_capitals(self) -> bool:
        return self._is("caps") or self.text.upper() == self.text

    @property
    def font(self) -> str:
        return self.properties.get("rFonts", {}).get("ascii", "")

    @property
    def colour(self) -> str:
        return self.properties.get("color", {}).get("val", "auto")

    def _is(self, name: str) -> bool:
        found = self.properties.get(name)
        return found is not None and is_on(found.get("val"))


@dataclass(frozen=True, slots=True)
class Printed:
    """One paragraph with its look. ``cell`` is (table, row, column) for one in a table."""

    element: _Element
    properties: Properties
    letters: tuple[Letters, ...]
    cell: tuple[int, int, int] | None = None
    label: str = ""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.letters).strip()

    @property
    def align(self) -> str:
        found = self.properties.get("jc", {}).get("val", "left")
        return {"start": "left", "end": "right"}.get(found, found)

    @property
    def outline(self) -> int | None:
        level = _whole(self.properties.get("outlineLvl", {}).get("val"), 9)
        return None if level > 8 else level

    def spacing(self, name: str) -> int:
        return _whole(self.properties.get("spacing", {}).get(name), 240 if name == "line" else 0)

    def indent(self, name: str) -> int:
        return _whole(self.properties.get("ind", {}).get(name), 0)

    @property
    def has_rule(self) -> bool:
        """Whether nothing but a rule stands here: a border at the foot of an empty paragraph."""
        return not self.text and self.element.find(f"{W}pPr") is not None and "pBdr" in self.properties


@dataclass
class Looks:
    """The styles of a document, resolved when they are asked for."""

    root: _Element | None
    _styles: dict[str, _Element] = field(default_factory=dict)
    _default: str = ""
    _known: dict[str, tuple[Properties, Properties]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for style in () if self.root is None else self.root.iterfind(f"{W}style"):
            key = style.get(f"{W}styleId", "")
            self._styles[key] = style
            if style.get(f"{W}type") == "paragraph" and is_on(style.get(f"{W}default"), absent=False):
                self._default = key

    def printed(self, paragraph: _Element, cell: tuple[int, int, int] | None = None) -> Printed:
        """A paragraph as it looks."""
        own = paragraph.find(f"{W}pPr")
        style = None if own is None else value(own, "pStyle")
        place, letters = self._style(style or self._default)
        merged = _merged(place, own)
        runs = []
        for run in runs_of(paragraph):
            text = "".join(part.text or "" for part in run.iter(TEXT))
            if text:
                runs.append(Letters(text, self._run(letters, run)))
        return Printed(paragraph, merged, tuple(runs), cell)

    def _run(self, letters: Properties, run: _Element) -> Properties:
        own = run.find(f"{W}rPr")
        style = None if own is None else value(own, "rStyle")
        if style in self._styles:
            letters = _merged(letters, self._styles[style].find(f"{W}rPr"))
        return _merged(letters, own)

    def _style(self, key: str) -> tuple[Properties, Properties]:
        if key not in self._known:
            self._known[key] = self._resolved(key)
        return self._known[key]

    def _resolved(self, key: str) -> tuple[Properties, Properties]:
        chain: list[_Element] = []
        while (style := self._styles.get(key)) is not None and len(chain) < _DEEPEST:
            chain.append(style)
            key = value(style, "basedOn") or ""
        place: Properties = {}
        letters: Properties = {}
        if self.root is not None:
            place = _merged(place, self.root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr"))
            letters = _merged(letters, self.root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for style in reversed(chain):
            place = _merged(place, style.find(f"{W}pPr"))
            letters = _merged(letters, style.find(f"{W}rPr"))
        return place, letters


def runs_of(parent: _Element) -> Iterator[_Element]:
    """The runs of a paragraph that are printed: through links, content controls and insertions, not deleted ones."""
    for child in parent:
        if child.tag == f"{W}r":
            yield child
        elif child.tag not in _HIDDEN and isinstance(child.tag, str):
            yield from runs_of(child)


def _merged(below: Properties, own: _Element | None) -> Properties:
    """Properties with those of an element laid over; an element's attributes are laid over one by one."""
    if own is None:
        return below
    merged = dict(below)
    for child in own:
        name = child.tag.rsplit("}", 1)[-1]
        attributes = {str(key).rsplit("}", 1)[-1]: str(found) for key, found in child.attrib.items()}
        if name == "ind" and "hanging" in attributes:
            attributes.setdefault("firstLine", "0")
        merged[name] = {**merged.get(name, {}), **attributes} if VAL not in child.attrib else attributes
    return merged


def _whole(text: str | None, otherwise: int) -> int:
    try:
        return round(float(text)) if text is not None else otherwise
    except ValueError:
        return otherwise
