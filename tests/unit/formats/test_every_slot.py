"""Whatever stands in any slot of a draft, no attribute and no text of any file that is written carries what steers."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from lxml import etree

from baocao.formats import docx_write, html_write, xlsx_write
from baocao.model import draft as nouns
from baocao.model.draft import Draft, Narrative, Paragraph, Words
from tests.unit.formats.large_draft import DRAFTED, large_draft
from tests.unit.formats.sound_word import faults, parts_of
from tests.unit.formats.test_docx_write import HOSTILE
from tests.unit.formats.test_html_write import Reading

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
EVERY = (
    "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xFDD0, 0xFFFF))) + "chữ",
    '" onload="x" w:val="',
    "\ud800" * 70,  # longer than a tag may be
    *HOSTILE,
)


def _everywhere(noun: Any, text: str) -> Any:
    """The same noun with a text in the place of every word that it holds, addresses and keys among them.

    The text of a number is that of its form and a formula is made of cells: nobody types either.
    """
    if isinstance(noun, str):
        return text
    if isinstance(noun, tuple):
        return tuple(_everywhere(one, text) for one in noun)
    if is_dataclass(noun) and not isinstance(noun, type) and type(noun).__name__ != "Period":
        own = {one.name: getattr(noun, one.name) for one in fields(noun)}
        made = (nouns.Number, "text"), (nouns.GridCell, "formula")
        kept = {name for kind, name in made if isinstance(noun, kind)}
        return replace(noun, **{name: _everywhere(value, text) for name, value in own.items() if name not in kept})
    return noun


def _whole() -> Draft:
    """A report with every kind of block, a suggestion, a part that waits for words, and suggestions taken out."""
    made = large_draft(sections=3, annexes=1, rows=3, paragraphs=3)
    suggested = next(block for block in made.blocks if isinstance(block, Paragraph) and list(nouns.numbers_of(block)))
    more = (
        replace(suggested, is_suggested=True),
        Narrative("cho_viet", (), "nguyên nhân"),
        Narrative("da_viet", (Paragraph((Words("Do hạn hán."),)),)),
    )
    return replace(made, blocks=(*made.blocks[:4], *more, *made.blocks[4:]), declined=("dau_vet",))


WHOLE = _whole()


def _shapes(parts: dict[str, bytes]) -> dict[str, tuple[str, ...]]:
    """The attributes that each part's elements have: a text must not add or end one."""
    names = (name for name in parts if name.endswith((".xml", ".rels")) and name != "word/document.xml")
    return {name: tuple(sorted({str(key) for one in etree.fromstring(parts[name]).iter() for key in one.attrib}))
            for name in names}  # fmt: skip


@pytest.mark.parametrize("text", EVERY)
def test_no_slot_of_a_word_file_lets_through_what_steers(text: str) -> None:
    content = docx_write.written(_everywhere(WHOLE, text), DRAFTED)
    assert faults(content) == []
    parts = parts_of(content)
    told = 0
    for name, inside in parts.items():
        if name.endswith((".xml", ".rels")):
            for element in etree.fromstring(inside).iter(etree.Element):
                for value in (*element.attrib.values(), element.text or ""):
                    told += 1
                    assert not STEERING.search(value), (name, element.tag, value)
    assert told > 1000
    assert _shapes(parts) == _shapes(parts_of(docx_write.written(WHOLE, DRAFTED)))


def _written_in(page: str) -> set[tuple[str, str]]:
    """Which attributes which elements of a page have."""
    reading = Reading(page)
    return {(element, name) for element, own in reading.elements for name in own}


@pytest.mark.parametrize("text", EVERY)
def test_no_slot_of_a_page_or_a_workbook_lets_through_what_steers(text: str) -> None:
    draft = _everywhere(WHOLE, text)
    page = html_write.written(draft)
    assert not STEERING.search(page)
    assert _written_in(page) == _written_in(html_write.written(WHOLE))
    with zipfile.ZipFile(io.BytesIO(xlsx_write.workbook(draft))) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))
