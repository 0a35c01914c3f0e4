"""What a Word paragraph prints: accepted text, field results, symbols and note marks, each tied to its XML element."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from baocao.formats.docx_numbering import numeral
from baocao.formats.docx_prompts import shows_prompt
from baocao.formats.docx_styles import VAL, Style, Styles, W, is_on

if TYPE_CHECKING:
    from lxml.etree import _Element

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
TEXT = f"{W}t"
RAISED = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
_RUN = f"{W}r"
_RUN_LOOK = f"{W}rPr"
_CONTROL = f"{W}sdt"
_FIELD = f"{W}fldChar"
_FIELD_STEP = f"{W}fldCharType"
_SYMBOL = f"{W}sym"
_RUBY = f"{W}ruby"
_RUN_STYLE = f"{W}rStyle"
_HIDDEN = f"{W}vanish"
_BOLD = f"{W}b"
_RAISED = f"{W}vertAlign"
_ALTERNATIVES = f"{MC}AlternateContent"
_FORMULAS = (f"{M}oMath", f"{M}oMathPara")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CONTAINERS = frozenset(
    f"{W}{name}" for name in ("hyperlink", "ins", "moveTo", "smartTag", "customXml", "fldSimple", "dir", "bdo")
)
_PRINTED = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_PICTURES = frozenset((f"{W}drawing", f"{W}pict", f"{W}object"))
_SYMBOLS = {  # signs of the Symbol and Wingdings fonts that reports use
    0xB3: "≥", 0xA3: "≤", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB0: "°", 0xB9: "≠", 0xBB: "≈", 0xB7: "•",
    0xE0: "→", 0xE8: "→", 0xAE: "→", 0xFC: "✓", 0xFE: "☑", 0xA8: "□", 0xD8: "➢", 0xA7: "▪", 0x2D: "-",
}  # fmt: skip


class Piece(NamedTuple):
    """A stretch printed by one element: ``element`` is the ``w:t`` that it was copied from, or what prints it whole.

    ``note`` is the label of the note that this piece is the mark of. ``positions`` leads each character back to
    the element's own text where the two differ (letters written as base and accents).
    """

    text: str
    element: _Element | None = None
    bold: bool = False
    note: str = ""
    positions: tuple[int, ...] | None = None


class Reference(NamedTuple):
    """A note's mark in the body: which note of which kind, its printed label, and the element that stands for it."""

    kind: str
    id: str
    label: str
    element: _Element


class _Look(NamedTuple):
    hidden: bool
    bold: bool
    raised: bool


class Prose:
    """Reads paragraphs in document order; it remembers open fields, counted notes and the text boxes met."""

    def __init__(self, styles: Styles, note_formats: dict[str, tuple[str, int]]) -> None:
        self.references: list[Reference] = []
        self.boxes: list[tuple[_Element, _Element]] = []  # the content of a text box, the run that holds it
        self._styles = styles
        self._formats = note_formats
        self._counts = {kind: start - 1 for kind, (_, start) in note_formats.items()}
        self._fields: list[bool] = []  # open fields, outermost first: True when their result is being read
        self._custom: Reference | None = None  # a note whose mark is the text that follows

    def pieces(self, paragraph: _Element, style: Style) -> list[Piece]:
        """All that a paragraph prints, in order."""
        found: list[Piece] = []
        self._inline(paragraph, style, found)
        if not all(self._fields):  # a field code that never ended must not swallow the rest of the report
            self._fields = [shows for shows in self._fields if shows]
        self._custom = None
        return found

    def _inline(self, parent: _Element, style: Style, found: list[Piece]) -> None:
        for child in parent:
            tag = child.tag
            if tag == _RUN:
                self._run(child, style, found)
            elif tag in _CONTAINERS:
                self._inline(child, style, found)
            elif tag == _CONTROL:
                content = sdt_content(child)
                if content is not None:
                    self._inline(content, style, found)
            elif tag in _FORMULAS:
                found.append(Piece(formula(child), child))
            elif tag == _ALTERNATIVES:
                self._inline(chosen(child), style, found)

    def _run(self, run: _Element, style: Style, found: list[Piece]) -> None:
        look = self._look(run, style)
        for child in run:
            if child.tag == _FIELD:
                self._field(child.get(_FIELD_STEP, ""))
            elif not look.hidden and all(self._fields):
                self._child(run, child, look, found)
            if child.tag == _RUBY:
                for base in child.iterfind(f"{W}rubyBase/{W}r"):
                    self._run(base, style, found)

    def _child(self, run: _Element, child: _Element, look: _Look, found: list[Piece]) -> None:
        tag = child.tag
        if tag == TEXT:
            self._text(child, look, found)
        elif tag in _PRINTED:
            found.append(Piece(_PRINTED[tag], child, look.bold))
        elif tag in _NOTES:
            self._note(child, _NOTES[tag], found)
        elif tag == _SYMBOL:
            found.append(Piece(_symbol(child), child, look.bold))
        elif tag in _PICTURES or tag == _ALTERNATIVES:
            self.boxes.extend((box, run) for box in _boxes(child))

    def _look(self, run: _Element, style: Style) -> _Look:
        hidden, bold, raised = style.hidden, style.bold, False
        properties = run.find(_RUN_LOOK)
        if properties is None:
            return _Look(hidden, bold, raised)
        for child in properties:
            tag = child.tag
            if tag == _RUN_STYLE:
                own = self._styles.style(child.get(VAL))
                hidden, bold, raised = hidden or own.hidden, bold or own.bold, own.raised
            elif tag == _HIDDEN:
                hidden = is_on(child.get(VAL))
            elif tag == _BOLD:
                bold = is_on(child.get(VAL))
            elif tag == _RAISED:
                raised = child.get(VAL) == "superscript"
        return _Look(hidden, bold, raised)

    def _field(self, step: str) -> None:
        if step == "begin":
            self._fields.append(False)
        elif self._fields and step == "separate":
            self._fields[-1] = True
        elif self._fields and step == "end":
            self._fields.pop()

    def _text(self, element: _Element, look: _Look, found: list[Piece]) -> None:
        text = printed(element)
        if not text:
            return
        if self._custom is not None:
            self._tie_custom(text, element, found)
            return
        if look.raised and text.strip(" ()").isdigit():
            text = text.translate(RAISED)
        found.append(Piece(text, element, look.bold))

    def _tie_custom(self, text: str, element: _Element, found: list[Piece]) -> None:
        assert self._custom is not None
        label = text.strip(" ()[]")
        self.references.append(self._custom._replace(label=label))
        found.append(Piece(text.translate(RAISED), element, note=label))
        self._custom = None

    def _note(self, element: _Element, kind: str, found: list[Piece]) -> None:
        note_id = element.get(f"{W}id", "")
        if element.get(f"{W}customMarkFollows") is not None and is_on(element.get(f"{W}customMarkFollows")):
            self._custom = Reference(kind, note_id, "", element)
            return
        self._counts[kind] += 1
        label = numeral(self._counts[kind], self._formats[kind][0])
        self.references.append(Reference(kind, note_id, label, element))
        found.append(Piece(label.translate(RAISED), element, note=label))


def printed(element: _Element) -> str:
    """The text of a ``w:t`` as Word takes it: white space at its ends counts only when it says so."""
    text = element.text or ""
    if element.get(_SPACE) != "preserve":
        text = text.strip(" \t\r\n")
    return text.replace("\n", " ") if "\n" in text else text


def sdt_content(control: _Element) -> _Element | None:
    """What a content control holds; None when that is only its prompt to click and type."""
    if shows_prompt(control):
        return None
    properties = control.find(f"{W}sdtPr")
    if properties is not None:
        gallery = properties.find(f"{W}docPartObj/{W}docPartGallery")
        if gallery is not None and gallery.get(VAL) == "Table of Contents":
            return None
    return control.find(f"{W}sdtContent")


def chosen(alternatives: _Element) -> _Element:
    """The one branch of an alternative that is printed: the newer choice, else the fallback."""
    choice = alternatives.find(f"{MC}Choice")
    fallback = alternatives.find(f"{MC}Fallback")
    for branch in (choice, fallback):
        if branch is not None and len(branch):
            return branch
    return alternatives


def formula(element: _Element) -> str:
    """A formula on one line, a fraction with a slash."""
    if element.tag == f"{M}t":
        return element.text or ""
    if element.tag == f"{M}f":
        numerator, denominator = element.find(f"{M}num"), element.find(f"{M}den")
        if numerator is not None and denominator is not None:
            return f"{formula(numerator)}/{formula(denominator)}"
    return "".join(formula(child) for child in element)


def _boxes(element: _Element) -> Iterator[_Element]:
    """The outermost text boxes in a picture, each once though it may be stored for old and new programs."""
    if element.tag == f"{MC}AlternateContent":
        choice = element.find(f"{MC}Choice")
        found = [] if choice is None else list(_boxes_below(choice))
        fallback = element.find(f"{MC}Fallback")
        yield from found or ([] if fallback is None else _boxes_below(fallback))
    else:
        yield from _boxes_below(element)


def _boxes_below(element: _Element) -> Iterator[_Element]:
    for child in element:
        if child.tag == f"{W}txbxContent":
            yield child
        else:
            yield from _boxes(child)


def _symbol(element: _Element) -> str:
    code = element.get(f"{W}char", "")
    try:
        number = int(code, 16)
    except ValueError:
        return "□"
    if 0xF000 <= number <= 0xF0FF:
        return _SYMBOLS.get(number - 0xF000, "□")
    return chr(number) if 0x20 <= number < 0xD800 else "□"
