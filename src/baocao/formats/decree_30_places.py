"""Where the parts of an official document stand in a Word file: found by their words, whoever wrote the file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from baocao.formats.docx_look import Looks, Printed
from baocao.formats.docx_sections import Section, outside, sections
from baocao.formats.docx_styles import W
from baocao.formats.layout_labels import DOCUMENT_KINDS
from baocao.formats.package import Package

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DAY = re.compile(r"ngày\s*(\d{0,2})\s*tháng\s*(\d{0,2})\s*năm\s*(\d{0,4})\s*$")
AUTHORITY = re.compile(r"(?:TM|KT|TL|TUQ|Q)\.\s", re.IGNORECASE)
ANNEX = re.compile(r"phụ lục(?:\s+([IVXLC]+|\d+))?$", re.IGNORECASE)
_HEAD = 40  # paragraphs among which the head stands


@dataclass
class Places:
    """The paragraphs of a Word file by what they are."""

    sections: tuple[Section, ...]
    notes: tuple[Printed, ...] = ()
    widths: dict[tuple[int, int, int], int] = field(default_factory=dict)  # of cells

    @cached_property
    def paragraphs(self) -> list[Printed]:
        return [paragraph for section in self.sections for paragraph in section.paragraphs]

    @cached_property
    def main(self) -> Sequence[Printed]:
        return self.sections[0].paragraphs if self.sections else ()

    @cached_property
    def nation(self) -> list[Printed]:
        return [line for line in self._head if line.text.upper() == NATION][:1]

    @cached_property
    def motto(self) -> list[Printed]:
        return [line for line in self._head if line.text.lower() == MOTTO.lower()][:1]

    @cached_property
    def issuers(self) -> list[Printed]:
        """The lines beside the nation's name: the governing body, where there is one, and the issuer last."""
        at = self.nation[0].cell if self.nation else None
        return [] if at is None else [
            line for line in self._head
            if line.cell is not None and line.cell[:2] == at[:2] and line.cell[2] < at[2] and line.text
            and not line.text.startswith("Số")
        ]  # fmt: skip

    @property
    def issuer(self) -> list[Printed]:
        return self.issuers[-1:]

    @property
    def governing(self) -> list[Printed]:
        return self.issuers[:-1]

    @cached_property
    def number(self) -> list[Printed]:
        return [line for line in self._head if line.text.startswith("Số:")][:1]

    @cached_property
    def day(self) -> list[Printed]:
        return [line for line in self._head if DAY.search(line.text)][:1]

    @cached_property
    def kind(self) -> list[Printed]:
        return [line for line in self._head if line.text.upper() in DOCUMENT_KINDS and line.cell is None][:1]

    @cached_property
    def about(self) -> list[Printed]:
        """The summary of a letter (công văn), which prints no kind: below its number, in the same cell."""
        at = self.number[0].cell if self.number and not self.kind else None
        return [] if at is None else [line for line in self._head if line.cell == at and line.text.startswith("V/v ")]

    @cached_property
    def summary(self) -> list[Printed]:
        """The lines below the kind, bold or in the middle, up to the rule."""
        found: list[Printed] = []
        for line in self._head[self._after(self.kind) :] if self.kind else ():
            is_bold = all(run.is_bold for run in line.letters)
            if not line.text or line.outline is not None or line.text.startswith("Kính gửi"):
                break
            if not is_bold and line.align != "center":
                break
            found.append(line)
        return found

    @cached_property
    def body(self) -> list[Printed]:
        """The paragraphs of the text: from the head to who signs; no headings, cells or centred lines."""
        start = self._after(self.summary or self.kind or self.about)
        return [line for line in self.main[start : self._end_at] if _is_prose(line)]

    @cached_property
    def headings(self) -> list[Printed]:
        return [line for line in self.main if line.outline is not None and line.cell is None and line.text]

    @cached_property
    def last(self) -> list[Printed]:
        """The last words before who signs."""
        return [line for line in self.main[: self._end_at] if line.text and line.cell is None][-1:]

    @cached_property
    def recipients(self) -> list[Printed]:
        """ "Nơi nhận:" and the lines below it."""
        at = next((line.cell for line in self.main if line.text.startswith("Nơi nhận")), None)
        return [line for line in self.main if line.cell == at and line.text] if at is not None else []

    @cached_property
    def signing(self) -> list[Printed]:
        """Who signs: beside the recipients, the authority, the post, and the name as the last line."""
        at = self.recipients[0].cell if self.recipients else None
        if at is None:
            return []
        return [
            line for line in self.main
            if line.cell is not None and line.cell[:2] == at[:2] and line.cell != at and line.text
        ]  # fmt: skip

    @cached_property
    def annexes(self) -> list[tuple[Section, list[Printed]]]:
        """Each section that begins with "Phụ lục", with its first lines outside tables."""
        found = []
        for section in self.sections:
            lines = [line for line in section.paragraphs if line.text]
            if lines and ANNEX.match(lines[0].text):
                found.append((section, [line for line in lines[:3] if line.cell is None]))
        return found

    def rule_below(self, line: Printed) -> Printed | None:
        """The rule under a line: the next paragraph, when it is nothing else."""
        at = self.paragraphs.index(line) + 1
        following = self.paragraphs[at] if at < len(self.paragraphs) else None
        return following if following is not None and following.has_rule else None

    def room(self, line: Printed) -> int:
        """How wide the place is that a paragraph stands in."""
        width = self.widths.get(line.cell, 0) if line.cell is not None else self.sections[0].width
        return width - line.indent("left") - line.indent("right")

    @cached_property
    def _head(self) -> Sequence[Printed]:
        return self.main[:_HEAD]

    def _after(self, lines: Sequence[Printed]) -> int:
        return list(self.main).index(lines[-1]) + 1 if lines else 0

    @cached_property
    def _end_at(self) -> int:
        ends = (index for index, line in enumerate(self.main) if line.text.startswith("Nơi nhận"))
        return next(ends, len(self.main))


def _is_prose(line: Printed) -> bool:
    return bool(line.text) and line.cell is None and line.outline is None and line.align not in ("center", "right")


def places(package: Package) -> Places:
    """The places of a Word file."""
    parts = {key: target for key, _, target in package.relations("word/document.xml")}
    kinds = {kind: target for _, kind, target in package.relations("word/document.xml")}
    looks = Looks(package.xml(kinds["styles"]) if "styles" in kinds else None)
    root = package.xml("word/document.xml")
    body = None if root is None else root.find(f"{W}body")
    notes = package.xml(kinds["footnotes"]) if "footnotes" in kinds else None
    found = Places((), tuple(outside(notes, looks)))
    if body is not None:
        found.sections = tuple(sections(body, looks, found.widths, package, parts))
    return found
