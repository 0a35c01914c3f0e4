"""Whatever words a draft holds, its Word file and its page stay well-formed and print all of them."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from decimal import Decimal
from html.parser import HTMLParser

from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from baocao.formats import docx_write, docx_write_tables, html_write
from baocao.formats.docx_write_text import clean
from baocao.model.draft import Column, Draft, Grid, GridCell, Heading, Narrative, Note, Paragraph, Words
from tests.unit.formats.large_draft import DRAFTED, HEAD, RECIPIENTS, SIGNATURE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SIGNS = {f"{W}br": "\n", f"{W}tab": "\t"}
words = st.text(st.characters(), max_size=60) | st.text("<>&\"'\x00\x0b\u202e\u202c\u2067אب]]>", max_size=20)


def shown(root: etree._Element) -> str:
    return "".join(SIGNS.get(str(part.tag), part.text or "") for part in root.iter(f"{W}t", *SIGNS))


KEPT_OFF = "\xa0"


def draft_of(text: str) -> Draft:
    line = (Words(text), Note(((Words(text),),)))
    cell = GridCell((Words(text),))
    blocks = (
        Heading(3, text, text, text),
        Paragraph(line),
        Narrative(text, (Paragraph((Words(text),)),)),
        Grid((Column(Decimal(1)),), ((cell,),), ((cell,),), text),
    )
    return Draft(HEAD, blocks, SIGNATURE, RECIPIENTS)


@given(words)
@example("m")
@example("\r\n\u2028\x85")
@example("\ud800\udfff\ufdd0")
def test_all_words_are_printed_and_every_part_is_well_formed(text: str) -> None:
    content = docx_write.written(draft_of(text), DRAFTED)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        roots = {
            name: etree.fromstring(package.read(name))
            for name in package.namelist()
            if name.endswith((".xml", ".rels"))
        }
    body = roots["word/document.xml"]
    # a unit before a note's mark is kept off it by a no-break space, so that "m" and note 3 are no m³
    paragraphs = [shown(paragraph).rstrip(KEPT_OFF) for paragraph in body.iter(f"{W}p")]
    assert paragraphs.count(clean(text).rstrip(KEPT_OFF)) >= 4  # the paragraph, the narrative, two cells
    notes = [shown(note) for note in roots["word/footnotes.xml"].iterfind(f"{W}footnote")]
    assert f" {clean(text)}" in notes


@given(words)
def test_a_page_holds_the_words_and_nothing_of_them_is_markup(text: str) -> None:
    class Reading(HTMLParser):
        tags = 0
        text = ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.tags += tag != "br"

        def handle_data(self, data: str) -> None:
            self.text += data

    plain, given_ = Reading(), Reading()
    plain.feed(html_write.written(draft_of("x")))
    given_.feed(html_write.written(draft_of(text)))
    assert given_.tags - plain.tags in (0, -1)  # an empty label has no element
    assert clean(text).replace("\n", "") in given_.text.replace("\n", "")


@given(words)
def test_cleaning_once_is_enough(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert unicodedata.normalize("NFC", clean(text)) == clean(unicodedata.normalize("NFC", clean(text)))


@given(st.lists(st.decimals(-5, 500, places=2), min_size=1, max_size=20), st.integers(5000, 15000))
def test_columns_always_add_up(shares: list[Decimal], room: int) -> None:
    found = docx_write_tables.widths([Column(share) for share in shares], room)
    assert sum(found) == room
    assert min(found) >= 200
