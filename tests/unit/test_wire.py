"""JSON lines: offsets that lead back to the words, numbers that were never floats."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from baocao import wire
from baocao.model import (
    Cell,
    Citation,
    Document,
    Figure,
    Finding,
    Passage,
    Quantity,
    Ratio,
    Run,
    Severity,
    Share,
    Span,
    Table,
    Text,
)
from tests.unit import sample_report as sample


def test_a_finding_leads_back_to_its_words(tmp_path: Path) -> None:
    document = sample.document(tmp_path)
    finding = sample.findings(document)[0]
    line = json.loads(wire.finding_line(finding, (document,)))
    assert document.source[line["start"] : line["end"]] == line["text"] == "412/430 ha lúa, đạt 99,1% kế hoạch"
    assert [document.source[start:end] for start, end in line["also"]] == ["412/430", "99,1%", "210 ha lúa xuân"]
    assert line["kind"] == "ratio"
    assert line["severity"] == "error"
    assert line["message"] == {"vi": finding.message.vi, "en": finding.message.en}
    assert line["key"] == finding.key((document,))


def test_a_statement_cut_in_two_by_a_page_goes_on_in_also() -> None:
    source = "tổng số 12 hộ, \n\n   7 một chú thích dài ở chân trang\n\ntrong đó 5 hộ nghèo"
    second = source.index("trong đó")
    text = source[:15] + source[second:]
    block = Passage(text, (Run(0, 0, 15), Run(15, second, len(source) - second)))
    document = Document("a.txt", source, (block,))
    line = json.loads(
        wire.finding_line(Finding("total", Severity.ERROR, Span(0, 0, len(text)), Text("a", "b")), (document,))
    )
    assert (line["start"], line["end"]) == (0, 15)
    assert line["also"] == [[second, len(source)]]


def test_a_place_in_another_document_names_its_file(tmp_path: Path) -> None:
    here, there = sample.document(tmp_path), sample.with_table()
    at, other = sample.place_of(here, "4,52 tỷ đồng"), Span(0, 0, 3, cell=4, document=1)
    line = json.loads(
        wire.finding_line(Finding("across", Severity.WARNING, at, Text("a", "b"), also=(other,)), (here, there))
    )
    (elsewhere,) = line["elsewhere"]
    assert elsewhere["file"] == "biểu.xlsx"
    assert there.source[elsewhere["start"] : elsewhere["end"]] == "430"


def _figure(text: str, value: str, span: Span) -> Figure:
    decimals = len(value.partition(".")[2])
    return Figure(Quantity(Decimal(value), decimals), span, text)


def test_a_claim_gives_its_figure_as_printed_and_its_verdict() -> None:
    text = "đạt 95,81% (412/430)"
    document = Document("a.txt", text, (Passage(text, (Run(0, 0, len(text)),)),))
    claim = Ratio(
        Span(0, 0, len(text)),
        _figure("95,81%", "95.81", Span(0, 4, 10)),
        part=_figure("412", "412", Span(0, 12, 15)),
        whole=_figure("430", "430", Span(0, 16, 19)),
    )
    line = wire.claim_line(claim, document)
    assert '"stated": 95.81,' in line
    assert json.loads(line)["agreement"] == "exact"
    assert json.loads(line)["also"] == [[4, 10], [12, 15], [16, 19]]


def test_shares_without_a_stated_total_must_make_a_hundred() -> None:
    text = "60% và 40%"
    document = Document("a.txt", text, (Passage(text, (Run(0, 0, len(text)),)),))
    parts = (_figure("60%", "60", Span(0, 0, 3)), _figure("40%", "40", Span(0, 7, 10)))
    line = json.loads(wire.claim_line(Share(Span(0, 0, 10), None, parts=parts), document))
    assert (line["kind"], line["stated"], line["agreement"]) == ("percent_sum", 100, "exact")


def test_what_states_no_figure_says_null() -> None:
    cell = Cell("NQ số 5", (), 0, 0)
    document = Document("a.xlsx", "", (Table((cell,), 1, 1),))
    line = json.loads(wire.claim_line(Citation(Span(0, 0, 7, cell=0), None), document))
    assert line["stated"] is None
    assert (line["start"], line["end"]) == (0, 0)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6), st.text())
def test_every_line_is_one_line_of_json_with_the_digits_kept(value: Decimal, words: str) -> None:
    document = Document(words, words, (Passage(words, (Run(0, 0, len(words)),)),))
    span = Span(0, 0, len(words))
    line = wire.claim_line(Ratio(span, Figure(Quantity(value, 6), span, words)), document)
    assert len(line.split("\n")) == 1
    assert json.loads(line, parse_float=Decimal, parse_int=Decimal)["stated"] == value
