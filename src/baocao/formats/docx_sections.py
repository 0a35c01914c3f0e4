"""The sections of a Word file: each with its paper, its paragraphs in order, and what is printed above and below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from baocao.formats.docx_look import Looks, Printed
from baocao.formats.docx_styles import W, value
from baocao.formats.docx_text import chosen, sdt_content
from baocao.formats.package import Package

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class Section:
    """One section: the element of its properties, its paragraphs, and the headers that it prints."""

    properties: _Element
    paragraphs: tuple[Printed, ...]
    header: tuple[Printed, ...]
    first_header: tuple[Printed, ...]
    footer: tuple[Printed, ...]

    def size(self, name: str) -> int:
        return _number(self.properties, "pgSz", name)

    def margin(self, name: str) -> int:
        return _number(self.properties, "pgMar", name)

    @property
    def width(self) -> int:
        """Between the margins."""
        return self.size("w") - self.margin("left") - self.margin("right")


def sections(
    body: _Element, looks: Looks, widths: dict[tuple[int, int, int], int], package: Package, parts: dict[str, str]
) -> Iterator[Section]:
    gathered: list[Printed] = []
    shown: dict[tuple[str, str], tuple[Printed, ...]] = {}  # what a section does not name, it has from the one before
    for line in _Walk(looks, widths).lines(body, None):
        gathered.append(line)
        properties = line.element.find(f"{W}pPr/{W}sectPr")
        if properties is not None and line.cell is None:
            yield _section(properties, gathered, looks, package, parts, shown)
            gathered = []
    properties = body.find(f"{W}sectPr")
    if properties is not None:
        yield _section(properties, gathered, looks, package, parts, shown)


def _section(
    properties: _Element,
    gathered: list[Printed],
    looks: Looks,
    package: Package,
    parts: dict[str, str],
    shown: dict[tuple[str, str], tuple[Printed, ...]],
) -> Section:
    for kind in ("header", "footer"):
        for reference in properties.iterfind(f"{W}{kind}Reference"):
            key = next((found for name, found in reference.attrib.items() if str(name).endswith("}id")), "")
            part = package.xml(parts.get(str(key), ""))
            shown[kind, reference.get(f"{W}type", "default")] = tuple(outside(part, looks))
    empty: tuple[Printed, ...] = ()
    return Section(
        properties, tuple(gathered), shown.get(("header", "default"), empty), shown.get(("header", "first"), empty),
        shown.get(("footer", "default"), empty),
    )  # fmt: skip


def outside(root: _Element | None, looks: Looks) -> Iterator[Printed]:
    """The paragraphs of a part beside the body."""
    for paragraph in () if root is None else root.iter(f"{W}p"):
        yield looks.printed(paragraph)


@dataclass
class _Walk:
    """Walks a body in document order and counts its tables."""

    looks: Looks
    widths: dict[tuple[int, int, int], int]
    tables: int = 0

    def lines(self, parent: _Element, cell: tuple[int, int, int] | None) -> Iterator[Printed]:
        for child in parent:
            if child.tag == f"{W}p":
                yield self.looks.printed(child, cell)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag == f"{W}sdt":
                content = sdt_content(child)
                if content is not None:
                    yield from self.lines(content, cell)
            elif str(child.tag).endswith("}AlternateContent"):
                yield from self.lines(chosen(child), cell)

    def _table(self, table: _Element) -> Iterator[Printed]:
        number, self.tables = self.tables, self.tables + 1
        for row, element in enumerate(table.iterfind(f"{W}tr")):
            for column, cell in enumerate(element.iterfind(f"{W}tc")):
                properties = cell.find(f"{W}tcPr")
                width = None if properties is None else properties.find(f"{W}tcW")
                self.widths[number, row, column] = int(width.get(f"{W}w", "0")) if width is not None else 0
                yield from self.lines(cell, (number, row, column))


def _number(properties: _Element, element: str, name: str) -> int:
    found = properties.find(f"{W}{element}")
    text = "" if found is None else found.get(f"{W}{name}", "")
    return int(text) if text.lstrip("-").isdigit() else 0


def is_on_first_page(section: Section) -> bool:
    """Whether a page number would be printed on a section's first page."""
    if section.properties.find(f"{W}titlePg") is None:
        return any(has_page_number(line) for line in section.header)
    return any(has_page_number(line) for line in section.first_header)


def has_page_number(line: Printed) -> bool:
    """Whether a field of a paragraph prints the page's number."""
    codes = [code.text or "" for code in line.element.iter(f"{W}instrText")]
    codes += [code.get(f"{W}instr", "") for code in line.element.iter(f"{W}fldSimple")]
    return any(code.split()[:1] == ["PAGE"] for code in codes)


def starts_at(section: Section) -> str:
    """The number that a section's pages begin with, "" where they go on counting."""
    found = section.properties.find(f"{W}pgNumType")
    return "" if found is None else found.get(f"{W}start", "")


def begins_new_page(section: Section) -> bool:
    return value(section.properties, "type") in (None, "nextPage", "oddPage", "evenPage")
