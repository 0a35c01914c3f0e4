"""Headings print the labels of the draft: those that Word can count it counts, the others are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from baocao.formats import docx_write, read
from baocao.formats.docx_write_pages import INDENT
from baocao.model import Kind, Passage
from baocao.model.draft import Annex, Draft, Heading, Paragraph, Words
from tests.unit.formats.large_draft import DRAFTED, HEAD, RECIPIENTS, SIGNATURE
from tests.unit.formats.sound_word import W, faults, parts_of

from lxml import etree  # isort: skip

END = Paragraph((Words("Hết."),))


def written(labels: list[tuple[int, str]], annex: tuple[Heading, ...] = ()) -> bytes:
    headings = tuple(Heading(level, label, f"Mục {place}") for place, (level, label) in enumerate(labels))
    annexes = (Annex("Phụ lục I", "BIỂU", (*annex, END)),) if annex else ()
    return docx_write.written(Draft(HEAD, (*headings, END), SIGNATURE, RECIPIENTS, annexes), DRAFTED)


def printed(content: bytes, folder: Path) -> list[str]:
    path = folder / "a.docx"
    path.write_bytes(content)
    return [
        " ".join(block.text.split()).lower()
        for block in read(path).blocks
        if isinstance(block, Passage) and block.kind is Kind.HEADING and "mục" in block.text.lower()
    ]


def counted(content: bytes) -> list[bool]:
    """Whether Word counts each heading."""
    body = etree.fromstring(parts_of(content)["word/document.xml"])
    return [
        number.get(f"{W}val") != "0"
        for paragraph in body.iter(f"{W}p")
        if (number := paragraph.find(f"{W}pPr/{W}numPr/{W}numId")) is not None
    ]


CASES = {
    "the usual levels": [(1, "Phần I"), (2, "A."), (3, "I."), (4, "1."), (5, "a)"), (5, "b)"), (4, "2."), (3, "II."),
                         (4, "1."), (2, "B."), (3, "I."), (1, "Phần II"), (3, "I.")],
    "levels left out": [(3, "I."), (4, "1."), (3, "II."), (4, "1.")],
    "capitals": [(1, "PHẦN I"), (3, "I."), (1, "PHẦN II")],
    "numbers of two": [(4, "1."), (5, "1.1."), (5, "1.2."), (4, "2."), (5, "2.1.")],
}  # fmt: skip
TYPED = {
    "words that Word cannot count": [(1, "Phần thứ nhất"), (3, "I."), (4, "1."), (1, "Phần thứ hai"), (3, "I.")],
    "Vietnamese letters": [(5, "a)"), (5, "b)"), (5, "c)"), (5, "d)"), (5, "đ)"), (5, "e)"), (5, "g)"), (5, "h)")],
    "a gap": [(3, "I."), (3, "III."), (3, "II.")],
    "none at all": [(3, ""), (3, "I."), (3, ""), (3, "II.")],
    "a level too deep": [(4, "1."), (9, "a)")],
}


@pytest.mark.parametrize("labels", [*CASES.values(), *TYPED.values()], ids=[*CASES, *TYPED])
def test_labels_are_printed_as_drafted(labels: list[tuple[int, str]], tmp_path: Path) -> None:
    content = written(labels)
    wanted = [f"{label} mục {place}".strip().lower() for place, (_, label) in enumerate(labels)]
    assert printed(content, tmp_path) == wanted
    assert faults(content) == []


@pytest.mark.parametrize("labels", CASES.values(), ids=CASES)
def test_word_counts_what_it_can(labels: list[tuple[int, str]]) -> None:
    assert counted(written(labels)) == [True] * len(labels)


def test_only_letters_that_word_does_not_know_are_typed() -> None:
    assert counted(written(TYPED["Vietnamese letters"])) == [True] * 4 + [False, True, False, False]


def test_an_annex_counts_for_itself(tmp_path: Path) -> None:
    content = written([(3, "I."), (3, "II.")], (Heading(3, "I.", "Mục phụ lục"), Heading(3, "II.", "Mục phụ lục")))
    assert printed(content, tmp_path) == ["i. mục 0", "ii. mục 1", "i. mục phụ lục", "ii. mục phụ lục"]
    assert all(counted(content))


def test_a_typed_label_stands_in_as_far_as_a_counted_one() -> None:
    body = etree.fromstring(parts_of(written(TYPED["Vietnamese letters"]))["word/document.xml"])
    indents = [
        properties.find(f"{W}ind").get(f"{W}firstLine")
        for properties in body.iter(f"{W}pPr")
        if properties.find(f"{W}numPr/{W}numId[@{W}val='0']") is not None
    ]
    assert indents == [str(INDENT)] * 3
