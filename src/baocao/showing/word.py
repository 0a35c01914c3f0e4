"""Findings as native comments in a copy of the Word file that they were made on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from baocao.formats import docx_comments
from baocao.model import Document, Finding, Language, Text
from baocao.showing.marking import quote
from baocao.showing.words import SEVERITY, arithmetic, said, shortened, title_of

AUTHOR = "baocao"

_SEE = Text("Xem thêm: “{words}”", "See also: “{words}”")
_SEE_FILE = Text("Xem thêm {file}: “{words}”", "See also {file}: “{words}”")


def annotate(
    source: Path,
    target: Path,
    findings: Iterable[Finding],
    documents: tuple[Document, ...],
    titles: dict[str, Text],
    lang: Language,
    *,
    replace: bool = False,
) -> bool:
    """Write a copy of ``source`` with one comment a finding, on the very words that it is about.

    True when the copy has notes and comments both, which LibreOffice confuses.

    A target that is there already is kept, unless ``replace``. Raises ``OSError`` when it cannot be written.
    """
    remarks = []
    for finding in findings:
        document = documents[finding.at.document]
        pieces = document.source_pieces(finding.at)
        if pieces:
            # a statement that goes on over a page's foot is commented at its first part
            start, end = pieces[0]
            remarks.append(docx_comments.Remark(start, end, comment(finding, documents, titles, lang)))
    return docx_comments.annotate(source, target, remarks, AUTHOR, lang=lang, replace=replace)


def comment(
    finding: Finding, documents: tuple[Document, ...], titles: dict[str, Text], lang: Language
) -> tuple[str, ...]:
    """The paragraphs of one comment."""
    title = title_of(finding.rule, titles, lang)
    lines = [f"{said(SEVERITY[finding.severity], lang)}: {title}", shortened(said(finding.message, lang))]
    done = arithmetic(finding, lang)
    if done:
        lines.append(shortened(done))
    for span in dict.fromkeys(span for span in finding.also if span.block != finding.at.block):
        document = documents[span.document]
        words = shortened(quote(document, span))
        here = span.document == finding.at.document
        lines.append(_SEE.say(lang, words=words) if here else _SEE_FILE.say(lang, file=document.name, words=words))
    lines.append(f"#{finding.key(documents)}")
    return tuple(lines)
