"""The text of a report, block by block: the main part, and each annex in a section of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from baocao.formats import docx_write_charts, docx_write_head, docx_write_tables
from baocao.formats.docx_prompts import ASKED, ASKED_ANY, NARRATIVE
from baocao.formats.docx_write_headings import FIRST_LIST, Headings
from baocao.formats.docx_write_lines import LONGEST_NAME, Writing, control
from baocao.formats.docx_write_pages import LYING, STANDING, Page, paragraph
from baocao.formats.docx_write_text import runs
from baocao.model.draft import (
    Annex,
    Block,
    Chart,
    Draft,
    Grid,
    Head,
    Heading,
    Line,
    Manner,
    Narrative,
    Number,
    Paragraph,
    Words,
)

END = "./."
_LETTER = "công văn"  # the one kind that a document does not print
_STYLES = {
    Manner.BODY: "BodyText", Manner.DASH: "Dash", Manner.PLUS: "Plus",
    Manner.CENTRED: "Centred", Manner.CAPTION: "Caption", Manner.UNIT: "UnitLine",
}  # fmt: skip
_SIGNS = {Manner.DASH: "-–—", Manner.PLUS: "+"}
_NARRATIVE, _SUGGESTED = "Nội dung do cơ quan viết", "Gợi ý, cần người soạn xem lại"
_ROUND = str.maketrans("[]", "()")
_WAITING = '<w:shd w:val="clear" w:color="auto" w:fill="FFF6DD"/>'  # of its words, not of the paragraph that stays


@dataclass
class Body:
    """Writes blocks one after another, on pages of one kind, under headings that count together."""

    writing: Writing
    headings: Headings
    page: Page = STANDING
    section: str = ""
    last: Paragraph | None = None
    _suggested: dict[str, int] = field(default_factory=dict)

    def blocks(self, blocks: Iterable[Block]) -> str:
        """The blocks; a table and what follows it are held apart, and a last table ends its section."""
        shown = []
        is_after_table = False
        for block in blocks:
            if is_after_table:
                shown.append(paragraph("", "AfterTable"))
            shown.append(self._block(block))
            is_after_table = isinstance(block, Grid) and bool(shown[-1])
        return "".join(shown)

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph():
                return self._paragraph(block)
            case Heading():
                self.section = block.key or self.section
                return self.headings.heading(block)
            case Narrative():
                return self._narrative(block)
            case Grid():
                return docx_write_tables.table(block, self.writing, self.page.width)
            case Chart():
                return docx_write_charts.drawing(block, self.writing, self.page.width)

    def _paragraph(self, block: Paragraph) -> str:
        keeps = "<w:keepNext/>" if block is self.last else ""  # the last words stay on the page of who signs
        shown = paragraph(self.writing.line(unsigned(block)), _STYLES[block.manner], keeps + _suggestion(block))
        if not block.is_suggested:
            return shown
        place = self._suggested[self.section] = self._suggested.get(self.section, 0) + 1
        key = f"{self.section}.{place}" if self.section else str(place)
        return control(tag("suggested", key), _SUGGESTED, self.writing.control(), shown)

    def _narrative(self, block: Narrative) -> str:
        number = self.writing.control()
        plain = [replace(part, is_suggested=False) if part.is_suggested else part for part in block.paragraphs]
        inside = "".join(self._paragraph(part) for part in plain) or paragraph(
            runs(prompt(block), _WAITING), "BodyText"
        )
        shown = control(tag(NARRATIVE, block.key), _NARRATIVE, number, inside)
        return shown if plain else shown.replace("</w:sdtPr>", "<w:showingPlcHdr/></w:sdtPr>", 1)


def prompt(block: Narrative) -> str:
    """What stands where people have still to write: "[Cần viết: nguyên nhân khách quan ...]"."""
    asks = block.asks.translate(_ROUND).strip()
    return ASKED.format(asks=asks) if asks else ASKED_ANY


def tag(kind: str, key: str) -> str:
    """A content control's tag; Word takes 64 letters, so a longer key ends in its own digest."""
    whole = f"{kind}:{key}"
    if len(whole) <= LONGEST_NAME:
        return whole
    digest = hashlib.sha256(key.encode(errors="replace")).hexdigest()
    return f"{whole[: LONGEST_NAME - 9]}~{digest[:8]}"


def _suggestion(block: Paragraph) -> str:
    return '<w:shd w:val="clear" w:color="auto" w:fill="FFF6DD"/>' if block.is_suggested else ""


def unsigned(block: Paragraph) -> Line:
    """Word prints the sign of a list by itself, so one that the words begin with is left out."""
    signs = _SIGNS.get(block.manner, "")
    first = block.line[0] if block.line else None
    if not signs or not isinstance(first, Words):
        return block.line
    text = first.text.lstrip()
    if text[:1] and text[0] in signs and text[1:2].isspace():
        return (replace(first, text=text[1:].lstrip()), *block.line[1:])
    return block.line


def main_part(draft: Draft, writing: Writing) -> tuple[str, Headings]:
    """The report from its head to who signs."""
    headings = Headings.of(_headings(draft.blocks), FIRST_LIST)
    blocks = ended(draft.blocks)
    last = blocks[-1].paragraphs[-1] if isinstance(blocks[-1], Narrative) else blocks[-1]
    body = Body(writing, headings, last=last if isinstance(last, Paragraph) else None)
    shown = docx_write_head.head(draft.head) + body.blocks(blocks)
    return shown + docx_write_head.end(draft.signature, draft.recipients), headings


def annex(given: Annex, head: Head, writing: Writing, number: int) -> tuple[str, Headings]:
    """An annex under its label, its title in capitals, and the words that tie it to its report."""
    headings = Headings.of(_headings(given.blocks), FIRST_LIST + number)
    body = Body(writing, headings, page_of(given))
    shown = paragraph(runs(given.label), "AnnexLabel") + paragraph(runs(given.title.upper()), "AnnexTitle")
    shown += paragraph(runs(attached(head)), "AnnexTie")
    return shown + body.blocks(given.blocks), headings


def page_of(given: Annex) -> Page:
    return LYING if given.is_landscape else STANDING


def attached(head: Head) -> str:
    """What ties an annex to its report: "(Kèm theo Báo cáo số 05/BC-UBND ngày 05 tháng 6 năm 2025 của ...)".

    The issuer is named where its name is not given in capitals, which cannot be turned back.
    """
    issuer = "" if head.issuer.isupper() else f" của {head.issuer}"
    number = docx_write_head.numbered(head).removeprefix("Số: ")
    return f"(Kèm theo {(head.kind or _LETTER).capitalize()} số {number} {docx_write_head.dated(head.on)}{issuer})"


def _headings(blocks: Iterable[Block]) -> list[Heading]:
    return [block for block in blocks if isinstance(block, Heading)]


def ended(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with "./." behind the last words, as the decree ends a text."""
    last = blocks[-1] if blocks else None
    if isinstance(last, Paragraph) and last.line and not last.is_suggested:
        return (*blocks[:-1], replace(last, line=_line_ended(last.line)))
    if isinstance(last, Narrative) and last.paragraphs and last.paragraphs[-1].line:
        words = last.paragraphs[-1]
        closed = replace(words, line=_line_ended(words.line), is_suggested=False)
        return (*blocks[:-1], replace(last, paragraphs=(*last.paragraphs[:-1], closed)))
    return (*blocks, Paragraph((Words(END),)))


def _line_ended(line: Line) -> Line:
    last = line[-1]
    if isinstance(last, Words):
        text = last.text.rstrip()
        if text.endswith(END):
            return line
        return (*line[:-1], replace(last, text=text.rstrip(".").rstrip() + END))
    return (*line, Words(END)) if isinstance(last, Number) else (*line[:-1], *_before_note(line))


def _before_note(line: Line) -> Line:
    """A note's mark at the very end stands before the "./."."""
    return (line[-1], Words(END))
