"""A line of a draft becomes runs; every figure in it a content control, bound to its place in the custom XML part."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from baocao.formats.docx_write_figures import STORE, bound_path
from baocao.formats.docx_write_pages import paragraph
from baocao.formats.docx_write_text import attribute, runs
from baocao.model.draft import Chart, Line, Note, Number, Words

LONGEST_NAME = 64  # Word refuses longer names and tags of content controls
_MAPPED = 'w:prefixMappings="xmlns:f=&apos;urn:baocao:figures:1&apos;"'
_MARK = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{id}"/></w:r>'
_OWN_MARK = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
_LENGTH = re.compile(r"(?<![^\W\d_])(?:[kcdhm]|da)?m[²³]?$")
_GAP = runs("\N{NO-BREAK SPACE}", '<w:vertAlign w:val="superscript"/>')  # "km" and note 3 would be read as "km³"
FIRST_NOTE = 1  # notes -1 and 0 are the separators


@dataclass
class Writing:
    """What grows while a draft is written: its notes and figures in the order of the page, its charts, the ids used."""

    notes: list[str] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    _controls: int = 0

    def control(self) -> int:
        """An id that no other content control has."""
        self._controls += 1
        return self._controls

    def line(self, line: Line, *, bold: bool = False) -> str:
        """The runs of a line."""
        shown: list[str] = []
        before = ""
        for piece in line:
            if isinstance(piece, Note):
                shown.append(_GAP if _LENGTH.search(before) else "")
            else:
                before = piece.text
            shown.append(self._piece(piece, bold, in_note=False))
        return "".join(shown)

    def _piece(self, piece: Words | Number | Note, bold: bool, *, in_note: bool) -> str:
        match piece:
            case Words(text=text):
                return runs(text, look(bold=bold or piece.is_bold, italic=piece.is_italic))
            case Number():
                return self._number(piece, look(bold=bold))
            case Note(lines=lines):
                return self._aside(lines, bold) if in_note else self._note(lines)

    def _number(self, number: Number, shown: str) -> str:
        self.numbers.append(number)
        place = len(self.numbers)
        properties = f"<w:rPr>{shown}</w:rPr>" if shown else ""
        name = f'<w:alias w:val="{attribute(number.name, LONGEST_NAME)}"/>' if number.name else ""
        return (
            f'<w:sdt><w:sdtPr>{properties}{name}<w:tag w:val="n{place}"/><w:id w:val="{self.control()}"/>'
            f'<w:dataBinding {_MAPPED} w:xpath="{bound_path(place)}" w:storeItemID="{STORE}"/>'
            f"<w:text/></w:sdtPr><w:sdtContent>{runs(number.text, shown)}</w:sdtContent></w:sdt>"
        )

    def _note(self, lines: Iterable[Line]) -> str:
        shown = []
        place = len(self.notes)
        self.notes.append("")  # its number is taken before its lines are written
        for index, line in enumerate(lines):
            inside = "".join(self._piece(piece, bold=False, in_note=True) for piece in line)
            head = "" if index else f"{_OWN_MARK}{runs(' ')}"
            shown.append(paragraph(head + inside, "FootnoteText"))
        if not shown:
            shown.append(paragraph(_OWN_MARK, "FootnoteText"))
        self.notes[place] = "".join(shown)
        return _MARK.format(id=place + FIRST_NOTE)

    def _aside(self, lines: Iterable[Line], bold: bool) -> str:
        """Word knows no note within a note: it is told in brackets."""
        told = [self._inside(line, bold) for line in lines]
        return runs(" (", look(bold=bold)) + runs("; ", look(bold=bold)).join(told) + runs(")", look(bold=bold))

    def _inside(self, line: Line, bold: bool) -> str:
        return "".join(self._piece(piece, bold, in_note=True) for piece in line)


@lru_cache(maxsize=32)
def look(*, bold: bool = False, italic: bool = False, size: int = 0) -> str:
    """The inside of a run's properties, in the schema's order; ``size`` in points, 0 as the style says."""
    return (
        ("<w:b/><w:bCs/>" if bold else "")
        + ("<w:i/><w:iCs/>" if italic else "")
        + (f'<w:sz w:val="{2 * size}"/><w:szCs w:val="{2 * size}"/>' if size else "")
    )


def control(tag: str, name: str, number: int, inside: str) -> str:
    """A content control around paragraphs that people own."""
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{attribute(name, LONGEST_NAME)}"/><w:tag w:val="{attribute(tag)}"/>'
        f'<w:id w:val="{number}"/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>'
    )
