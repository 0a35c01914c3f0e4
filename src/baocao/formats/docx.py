"""A Word file holds its report in parts of XML: the body, the notes, the styles and the list definitions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from baocao.formats import docx_marks, docx_tables, limits
from baocao.formats.docx_flow import Flow, Place
from baocao.formats.docx_lines import lines, stacked
from baocao.formats.docx_numbering import Numbering
from baocao.formats.docx_styles import Style, Styles, W, paragraph_style, value
from baocao.formats.docx_text import MC, Piece, Prose, Reference, chosen, sdt_content
from baocao.formats.errors import Unreadable
from baocao.formats.headings import caption_of, title_of
from baocao.formats.layout_labels import is_heading, label_of
from baocao.formats.package import Package
from baocao.model import Cell, Document, Kind, Text

if TYPE_CHECKING:
    from lxml.etree import _Element

SUFFIXES: tuple[str, ...] = (".docx", ".docm", ".dotx")

_NO_BODY = Text(
    "gói tệp không có phần thân văn bản Word (word/document.xml); hãy mở bằng Word rồi lưu lại.",
    "the package has no Word body (word/document.xml); open it in Word and save it again.",
)
_TOO_DEEP = Text(
    "bảng lồng trong bảng quá {limit} lớp; hãy bỏ bớt bảng lồng.",
    "tables lie within tables more than {limit} deep; take some of them apart.",
)
_PARAGRAPH = f"{W}p"
_TABLE = f"{W}tbl"
_LOOK = f"{W}pPr"
_CONTROL = f"{W}sdt"
_RUN_LOOK = f"{W}rPr"
_BLOCKS = (_PARAGRAPH, _TABLE)
_ALTERNATIVES = f"{MC}AlternateContent"
_NUMBER_ID = f"{W}numPr/{W}numId"
_WRAPPERS = frozenset(f"{W}{name}" for name in ("customXml", "ins", "moveTo", "smartTag"))
_NOTE_PARTS = (("footnote", "footnotes"), ("endnote", "endnotes"))


@dataclass
class Reading:
    """A Word file as read: its document, and what a writer of comments needs to find its way back."""

    body_name: str
    body: _Element
    flow: Flow
    notes: dict[str, int] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)
    boxes: dict[_Element, _Element] = field(default_factory=dict)  # text box content → the run that holds it


def read(path: Path, name: str) -> Document:
    """The document in a Word file. Raises ``Unreadable``."""
    with Package(path) as package:
        return document_of(open_body(package), name)


def document_of(reading: Reading, name: str) -> Document:
    """The document of a Word file as read."""
    blocks, typed = docx_marks.tie_typed_notes(reading.flow.blocks)
    notes = {**typed, **reading.notes}
    return Document(name, reading.flow.source, blocks, title_of(blocks), ".docx", notes)


def open_body(package: Package) -> Reading:
    """Read the body and the notes of a Word package."""
    body_name = next((target for _, kind, target in package.relations("") if kind == "officeDocument"), "")
    root = package.xml(body_name) if body_name else None
    if root is None:
        body_name = "word/document.xml"
        root = package.xml(body_name)
    body = None if root is None else root.find(f"{W}body")
    if root is None or body is None:
        raise Unreadable(_NO_BODY)
    parts = {kind: target for _, kind, target in package.relations(body_name)}
    styles = Styles(_part(package, parts, "styles"))
    formats = _note_formats(root, _part(package, parts, "settings"))
    reader = _Reader(styles, Numbering(_part(package, parts, "numbering")), Prose(styles, formats))
    reader.blocks(body, 0)
    reading = Reading(body_name, root, reader.flow, references=reader.prose.references, boxes=reader.boxes)
    for kind, part in _NOTE_PARTS:
        notes = _part(package, parts, part)
        if notes is not None:
            reader.notes(kind, notes, reading)
    return reading


def _part(package: Package, parts: dict[str, str], kind: str) -> _Element | None:
    return package.xml(parts[kind]) if kind in parts else None


def _note_formats(root: _Element, settings: _Element | None) -> dict[str, tuple[str, int]]:
    """By kind of note, its number format and first number; a section's own setting goes before the document's."""
    found = {"footnote": ("decimal", 1), "endnote": ("lowerRoman", 1)}
    section = next(root.iter(f"{W}sectPr"), None)
    for place in (settings, section):
        for kind in found if place is not None else ():
            properties = None if place is None else place.find(f"{W}{kind}Pr")
            if properties is not None:
                shown, first = value(properties, "numFmt"), value(properties, "numStart")
                usual = found[kind]
                found[kind] = (shown or usual[0], int(first) if first and first.isdigit() else usual[1])
    return found


class _Reader:
    """Walks a body in document order and lets the flow grow."""

    def __init__(self, styles: Styles, numbering: Numbering, prose: Prose) -> None:
        self.flow = Flow()
        self.prose = prose
        self.boxes: dict[_Element, _Element] = {}
        self._styles = styles
        self._numbering = numbering
        self._pending: list[Piece] = []  # a paragraph whose end was deleted goes on in the next one
        self._later: list[tuple[_Element, int]] = []  # tables within cells, printed after their table

    def blocks(self, parent: _Element, depth: int) -> None:
        if depth > limits.MAX_DEPTH:
            raise Unreadable(_TOO_DEEP.fill(limit=limits.MAX_DEPTH))
        for element in _block_elements(parent):
            if element.tag == _PARAGRAPH:
                self._paragraph(element)
            else:
                self._table(element, depth)
            self._after(depth)

    def notes(self, kind: str, root: _Element, reading: Reading) -> None:
        """The notes that the body refers to, in the order of their marks."""
        elements = {element.get(f"{W}id"): element for element in root.iterfind(f"{W}{kind}")}
        for reference in list(self.prose.references):
            element = elements.get(reference.id)
            if reference.kind == kind and element is not None:
                self._note(element, reference.label, reading.notes)

    def _note(self, element: _Element, label: str, notes: dict[str, int]) -> None:
        for child in _block_elements(element):
            if child.tag != _PARAGRAPH:
                self._table(child, 1)
                continue
            first = len(self.flow.blocks)
            pieces, _, _ = self._pieces(child)
            head = docx_marks.raised(label) if label not in notes else ""
            if head and pieces and not pieces[0].text[:1].isspace():
                head += " "
            self.flow.passage(pieces, Kind.NOTE, label, head)
            if len(self.flow.blocks) > first:
                notes.setdefault(label, first)

    def _after(self, depth: int) -> None:
        """What floats beside a block is printed after it: text boxes, then tables that lay within cells."""
        boxes, self.prose.boxes = self.prose.boxes, []
        later, self._later = self._later, []
        for box, run in boxes:
            self.boxes[box] = run
            self.blocks(box, depth + 1)
        for table, inner in later:
            if inner > limits.MAX_DEPTH:
                raise Unreadable(_TOO_DEEP.fill(limit=limits.MAX_DEPTH))
            self._table(table, inner)
            self._after(inner)

    def _pieces(self, paragraph: _Element) -> tuple[list[Piece], Style, str]:
        """A paragraph's pieces with its list number in front, its style and that number."""
        properties = paragraph.find(_LOOK)
        style_id = None if properties is None else value(properties, "pStyle")
        style = self._styles.style(style_id)
        direct = False
        if properties is not None:
            direct = properties.find(_NUMBER_ID) is not None
            style = paragraph_style(style, properties)
        pieces = self.prose.pieces(paragraph, style)
        label = ""
        if style.num_id is not None and not _is_end_deleted(properties):
            level = style.level if direct else self._numbering.level_of_style(style.num_id, style_id, style.level)
            label = self._numbering.label(style.num_id, level)
        if label and pieces:
            pieces.insert(0, Piece(f"{label} "))
        return pieces, style, label

    def _paragraph(self, paragraph: _Element) -> None:
        pieces, style, label = self._pieces(paragraph)
        if _is_end_deleted(paragraph.find(_LOOK)):
            self._pending.extend(pieces)
            return
        pieces, self._pending = self._pending + pieces, []
        if style.is_contents:
            return
        for line in lines(pieces):
            self._passage(line, style, label)
            label = ""

    def _passage(self, pieces: Sequence[Piece], style: Style, label: str) -> None:
        text = "".join(piece.text for piece in pieces if not piece.note).strip()
        label = label or label_of(text)
        bold = all(piece.bold for piece in pieces if piece.element is not None and piece.text.strip())
        heads = style.outline is not None or is_heading(text, label, bold=bold)
        self.flow.passage(pieces, Kind.HEADING if heads else Kind.PARAGRAPH, label)

    def _table(self, table: _Element, depth: int) -> None:
        places, rows, columns = docx_tables.grid(table)
        if len(places) == 1:  # a frame around text, not a table
            self.blocks(places[0].element, depth + 1)
            return
        cells: list[Cell] = []
        for index, place in enumerate(places):
            if index:
                self.flow.write("\n" if place.row != places[index - 1].row else "\t")
            pieces = stacked(list(self._cell_paragraphs(place.element, depth)))
            cell = self.flow.cell(pieces, Place(place.row, place.column, place.row_span, place.column_span))
            if cell.text or cell.marks:
                cells.append(cell)
        self.flow.write("\n")
        self.flow.table(cells, rows, columns, caption_of(self.flow.blocks))

    def _cell_paragraphs(self, cell: _Element, depth: int) -> Iterator[list[Piece]]:
        for element in _block_elements(cell):
            if element.tag == _PARAGRAPH:
                pieces, _, _ = self._pieces(element)
                yield pieces
            else:
                self._later.append((element, depth + 1))


def _block_elements(parent: _Element) -> Iterator[_Element]:
    """The paragraphs and tables directly in a container, through content controls and tracked insertions."""
    for child in parent:
        tag = child.tag
        if tag in _BLOCKS:
            yield child
        elif tag == _CONTROL:
            content = sdt_content(child)
            if content is not None:
                yield from _block_elements(content)
        elif tag in _WRAPPERS:
            yield from _block_elements(child)
        elif tag == _ALTERNATIVES:
            yield from _block_elements(chosen(child))


def _is_end_deleted(properties: _Element | None) -> bool:
    """Whether the end of a paragraph was deleted or moved away, so that it goes on in the next one."""
    mark = None if properties is None else properties.find(_RUN_LOOK)
    return mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None)
