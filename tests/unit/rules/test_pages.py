"""Every rule's page is its test suite: what is marked must be reported, everything else must stay silent."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pytest

from baocao import formats, grammar
from baocao.model import Document, Dossier, Finding, Span
from baocao.rules import RULES, Rule

_FENCE = re.compile(r"^```bao-cao\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_DIVIDER = re.compile(r"^=== (\S+)\n", re.MULTILINE)
_MARKED = re.compile(r"⟦(.*?)⟧", re.DOTALL)


@dataclass(frozen=True)
class Sheet:
    """One document of an example: its text without the brackets, and where they stood."""

    name: str
    text: str
    marked: tuple[tuple[int, int], ...]


def examples(page: str) -> list[list[Sheet]]:
    """The examples of a page, each a list of documents."""
    found = []
    for fence in _FENCE.finditer(page):
        pieces = _DIVIDER.split(fence[1])
        named = list(zip(pieces[1::2], pieces[2::2], strict=True)) or [("bao-cao.txt", fence[1])]
        found.append([_sheet(name, text) for name, text in named])
    return found


def _sheet(name: str, text: str) -> Sheet:
    text = unicodedata.normalize("NFC", text)
    marked: list[tuple[int, int]] = []
    for count, match in enumerate(_MARKED.finditer(text)):
        start = match.start() - 2 * count
        marked.append((start, start + len(match[1])))
    return Sheet(name, _MARKED.sub(r"\1", text), tuple(marked))


def told(rule: Rule, sheets: list[Sheet], folder: Path) -> tuple[Dossier, list[Finding]]:
    """What a rule tells of the documents of one example, read from real files."""
    documents: list[Document] = []
    for sheet in sheets:
        path = folder / sheet.name
        path.write_text(sheet.text, encoding="utf-8")
        documents.append(formats.read(path))
    read = [grammar.read(document, index) for index, document in enumerate(documents)]
    dossier = Dossier(tuple(documents), tuple(claims for claims, _ in read), tuple(figures for _, figures in read))
    return dossier, list(rule.check(dossier))


def touches(dossier: Dossier, spans: list[Span], index: int, low: int, high: int) -> bool:
    return any(
        start < high and low < end
        for span in spans
        if span.document == index
        for start, end in dossier.documents[index].source_pieces(span)
    )


CASES = [
    pytest.param(rule, number, id=f"{rule.id}-{number + 1}")
    for rule in RULES
    if rule.page.is_file()
    for number in range(len(examples(rule.page.read_text(encoding="utf-8"))))
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_page_has_examples_that_speak_and_examples_that_are_silent(rule: Rule) -> None:
    page = rule.page.read_text(encoding="utf-8")
    assert len(examples(page)) >= 3
    assert any(sheet.marked for sheets in examples(page) for sheet in sheets)
    assert "## Ví dụ" in page


@pytest.mark.parametrize(("rule", "number"), CASES)
def test_the_rule_tells_what_its_page_marks_and_nothing_else(rule: Rule, number: int, tmp_path: Path) -> None:
    sheets = examples(rule.page.read_text(encoding="utf-8"))[number]
    dossier, findings = told(rule, sheets, tmp_path)
    for index, sheet in enumerate(sheets):
        for low, high in sheet.marked:
            spans = [span for finding in findings for span in (finding.at, *finding.also)]
            assert touches(dossier, spans, index, low, high), f"{rule.id} is silent on: {sheet.text[low:high]}"
    for finding in findings:
        assert finding.rule == rule.id
        assert finding.message.vi != finding.message.en
        index = finding.at.document
        marked = any(touches(dossier, [finding.at], index, low, high) for low, high in sheets[index].marked)
        assert marked, f"{rule.id} speaks of: {dossier.text(finding.at)} ({finding.message.en})"
