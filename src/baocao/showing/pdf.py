"""Findings as native notes in a copy of the PDF that they were made on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from baocao.formats import pdf_notes
from baocao.model import Document, Finding, Language, Text
from baocao.showing.marking import quote
from baocao.showing.word import AUTHOR, comment
from baocao.showing.words import shortened


def annotate(
    source: Path,
    target: Path,
    findings: Iterable[Finding],
    documents: tuple[Document, ...],
    titles: dict[str, Text],
    lang: Language,
) -> int:
    """Write a copy of ``source`` with one note a finding, on the words that it is about where these are found again.

    How many stand there; the others stand at the head of the first page. Raises ``OSError``.
    """
    remarks, text = [], ""
    for finding in findings:
        document = documents[finding.at.document]
        pieces = document.source_pieces(finding.at)
        if pieces:
            text = document.source
            start, end = pieces[0]
            words = (f"“{shortened(quote(document, finding.at))}”", *comment(finding, documents, titles, lang))
            remarks.append(pdf_notes.Remark(start, end, words))
    return pdf_notes.annotate(source, target, text, remarks, AUTHOR)
