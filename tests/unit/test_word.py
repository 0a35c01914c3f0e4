"""Findings as Word comments, on the sample report that this repository carries."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from baocao import formats
from baocao.cli import main
from baocao.model import Document, Finding, Passage, Severity, Span, Text, in_its_unit
from baocao.showing import word

DEMO = Path(__file__).resolve().parents[2] / "demo" / "bao-cao-mau.docx"
TITLES = {"ratio": Text("Tỷ lệ phần trăm", "Ratio")}


@pytest.fixture(scope="module")
def document() -> Document:
    return formats.read(DEMO)


def _findings(document: Document) -> list[Finding]:
    """A remark on every fifth passage, each naming another place."""
    passages = [number for number, block in enumerate(document.blocks) if isinstance(block, Passage) and block.text]
    return [
        Finding(
            "ratio",
            Severity.ERROR,
            Span(number, 0, 8),
            Text("Ghi <99,1%>.", "Says <99,1%>."),
            also=(Span(passages[0], 0, 5),),
            stated="99,1%",
            expected="95,8%",
            arithmetic="412 / 430",
        )
        for number in passages[1::5]
    ]


def test_each_finding_is_a_comment_with_its_arithmetic_and_key(tmp_path: Path, document: Document) -> None:
    findings, target = _findings(document), tmp_path / "chép.docx"
    assert word.annotate(DEMO, target, findings, (document,), TITLES, "vi"), "the report has notes"
    comments = list(docx.Document(str(target)).comments)
    assert len(comments) == len(findings)
    for comment, finding in zip(comments, findings, strict=True):
        assert comment.author == "baocao"
        for line in word.comment(finding, (document,), TITLES, "vi"):
            assert line in comment.text
        assert "412 / 430 = 95,8% (báo cáo ghi 99,1%)" in comment.text
        assert f"#{finding.key((document,))}" in comment.text


def test_what_is_printed_stays_as_it_was(tmp_path: Path, document: Document) -> None:
    target = tmp_path / "chép.docx"
    word.annotate(DEMO, target, _findings(document), (document,), TITLES, "en")
    assert formats.read(target).source == document.source


def test_a_copy_without_remarks_may_be_replaced_too(tmp_path: Path) -> None:
    """Nothing was found: the copy is the report itself, and it is known as ours by that."""
    target = tmp_path / "chép.docx"
    call = ["check", str(DEMO), "--severity", "error", "--rules", "cutoff", "--docx", str(target)]
    assert main(call) == 0
    assert main(call) == 2
    assert main([*call, "--force"]) == 0
    with zipfile.ZipFile(target, "a") as package:
        package.writestr("word/của-tôi.xml", "<a/>")
    assert main([*call, "--force"]) == 2


@pytest.mark.parametrize(
    ("expected", "stated", "shown"),
    [
        ("3,80", "4,2%", "3,80%"),
        ("12,5", "13 tỷ đồng", "12,5 tỷ đồng"),
        ("1-30", "31/4/2024", "1-30"),
        ("6", "05", "6"),
        ("QĐ", "Nghị quyết số 12", "QĐ"),
    ],
)
def test_a_computed_number_is_told_in_the_unit_of_the_printed_one(expected: str, stated: str, shown: str) -> None:
    assert in_its_unit(expected, stated) == shown
