"""Findings and claims as JSON lines: one object a line, offsets into the document's source.

Offsets count code points of ``Document.source`` (for a text file: of its NFC text). A statement that
a page's foot cuts in two begins at ``start`` and goes on in the first entries of ``also``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from baocao.model import Claim, Document, Finding, Share, Span

Documents = tuple[Document, ...]


def finding_line(finding: Finding, documents: Documents) -> str:
    """One finding as one line of JSON."""
    document = documents[finding.at.document]
    (start, end), *rest = _pieces(document, finding.at)
    here = [span for span in (*finding.also, *finding.marked) if span.document == finding.at.document]
    return _line(
        {
            "kind": finding.rule,
            "severity": finding.severity.value,
            "file": document.name,
            "start": start,
            "end": end,
            "also": _also(document, rest, here, (start, end)),
            "elsewhere": [
                {"file": documents[span.document].name, "start": piece[0], "end": piece[1]}
                for span in finding.also
                if span.document != finding.at.document
                for piece in _pieces(documents[span.document], span)
            ],
            "stated": finding.stated,
            "expected": finding.expected,
            "arithmetic": finding.arithmetic,
            "message": {"vi": finding.message.vi, "en": finding.message.en},
            "key": finding.key(documents),
            "text": document.text_of(finding.at),
        }
    )


def claim_line(claim: Claim, document: Document) -> str:
    """One claim as one line of JSON; ``stated`` is the printed figure without its scale word."""
    (start, end), *rest = _pieces(document, claim.at)
    spans = [*claim.also, *(figure.span for figure in claim.operands)]
    if claim.stated is not None:
        spans.insert(0, claim.stated.span)
    return _line(
        {
            "kind": claim.kind,
            "file": document.name,
            "start": start,
            "end": end,
            "also": _also(document, rest, spans, (start, end)),
            "stated": _stated(claim),
            "expected": claim.centre,
            "agreement": claim.agreement.value,
            "strength": claim.strength.value,
            "basis": claim.basis,
            "arithmetic": claim.arithmetic,
            "text": document.text_of(claim.at),
        }
    )


def _stated(claim: Claim) -> Decimal | None:
    if claim.stated is not None:
        return claim.stated.quantity.value
    return claim.whole if isinstance(claim, Share) else None


def _pieces(document: Document, span: Span) -> list[tuple[int, int]]:
    """Where a span stands in the source; an empty or rootless span is a point at its nearest place."""
    pieces = document.source_pieces(span)
    if pieces:
        return pieces
    place = document.holder(span).source_at(span.start)
    return [(place, place)]


def _also(
    document: Document, rest: list[tuple[int, int]], spans: Iterable[Span], own: tuple[int, int]
) -> list[tuple[int, int]]:
    """The further places of a statement, each once, in the order of the text."""
    places = {piece for span in spans for piece in _pieces(document, span)}
    return [*rest, *sorted(places.difference(rest, [own]))]


def _line(entries: dict[str, Any]) -> str:
    return "{" + ", ".join(f"{json.dumps(key)}: {_value(value)}" for key, value in entries.items()) + "}"


def _value(value: Any) -> str:
    """JSON for one value. A ``Decimal`` is written digit by digit: it never becomes a float on its way."""
    if isinstance(value, Decimal):
        return f"{value:f}" if value.is_finite() else "null"
    return json.dumps(value, ensure_ascii=False)
