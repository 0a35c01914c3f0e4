"""Whatever a report says, it is read and judged without a stumble, and every place lies inside its text."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from baocao import desk, formats, grammar, wire
from baocao.grammar.lexing import tokenize
from baocao.grammar.stretch import Stretch
from baocao.model import Document, Dossier, Span, Text
from baocao.rules import RULES
from tests.properties.fragments import anything, document_of, passages

MANY_DIGITS = "9" * 5000


def _assert_inside(document: Document, span: Span) -> None:
    assert 0 <= span.start <= span.end <= len(document.holder(span).text)
    low, high = document.source_range(span)
    assert 0 <= low <= high <= len(document.source)


def _judge(document: Document) -> None:
    """Read a document, judge it by every rule and write it all down."""
    claims, figures = grammar.read(document)
    for figure in figures:
        _assert_inside(document, figure.span)
    for claim in claims:
        for span in (claim.at, *claim.also, *(figure.span for figure in claim.operands)):
            _assert_inside(document, span)
        assert claim.stated is None or claim.stated.text
        json.loads(wire.claim_line(claim, document))
    dossier = Dossier((document,), (claims,), (figures,))
    for rule in RULES:
        for finding in rule.check(dossier) if not rule.across else ():
            for span in (finding.at, *finding.also, *finding.marked):
                _assert_inside(document, span)
            json.loads(wire.finding_line(finding, (document,)))


@given(st.lists(anything, min_size=1, max_size=4), st.one_of(st.just(""), passages))
@example(["Trồng 412 ha, đạt 0% kế hoạch (0 ha)."], "Gồm 0 ha")
@example(["Có 00/00 xã, đạt 0%; giảm từ 0 xuống còn 0 vụ, giảm 0%."], "")
@example(["((((5 xã ((", "))))", "(5 xã)) ((3 xã"], ")(")
@example(["Tháng " + MANY_DIGITS + " vụ, đạt " + MANY_DIGITS + "/" + MANY_DIGITS + " xã"], "")
def test_any_passages_are_read_and_judged(texts: list[str], note: str) -> None:
    _judge(document_of(texts, note))


def _read(path: Path) -> Document | Text:
    """The document, or the words with which it is refused."""
    try:
        return formats.read(path)
    except formats.Unreadable as refused:
        return refused.text


@given(st.text(max_size=200) | st.lists(anything, max_size=6).map("\n".join))
def test_any_file_of_text_is_read_or_refused_in_words(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "báo cáo.txt"
        path.write_bytes(text.encode("utf-8", "replace"))
        read = _read(path)
    if isinstance(read, Text):
        assert read.vi
        assert read.en
    else:
        _judge(read)


@given(anything)
def test_tokens_stand_in_order_inside_the_text(text: str) -> None:
    end = 0
    for token in tokenize(text):
        assert end <= token.start <= token.end <= len(text)
        end = token.end
        if token.figure is not None:
            assert text[token.figure.start].isdecimal()
            assert token.figure.end <= token.end


@given(anything)
def test_brackets_hold_what_stands_between_them(text: str) -> None:
    stretch = Stretch(text, 0)
    for index, parent in enumerate(stretch.parent):
        assert parent == -1 or parent < index < stretch.close[parent]
    assert stretch.sentence == sorted(stretch.sentence)
    assert stretch.clause == sorted(stretch.clause)


@pytest.mark.parametrize(
    "before", ["tháng", "năm", "ngày", "quý", "số", "lớp", "Quyết định số", "giai đoạn", "tăng", "từ", "tỷ lệ"]
)
@pytest.mark.parametrize(
    "after", [" xã (A, B)", "/2031", "/12/2031", "%", "/NQ-HĐND", ") mục", " tháng 99 năm 9999", "x5 = 7 đồng"]
)
def test_a_number_of_thousands_of_digits_breaks_nothing(before: str, after: str, tmp_path: Path) -> None:
    path = tmp_path / "dài.txt"
    path.write_text(f"{before} {MANY_DIGITS}{after}, trong đó {MANY_DIGITS} xã.\n", encoding="utf-8")
    reading = desk.read(path)
    assert reading.document.blocks
