"""An annex names the report that it belongs to by the report's own number and date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from baocao.model import (
    Citation,
    Claim,
    DateClaim,
    Document,
    Dossier,
    Finding,
    Frame,
    Passage,
    Severity,
    Text,
    frame_of,
)
from baocao.reference import load
from baocao.rules.rule import rule

_HEAD = 30  # blocks of the letterhead and the title
_LINE = 200  # letters; the country and its motto in one cell are fewer
_NUMBER = Text(
    "Phụ lục ghi kèm theo văn bản số {stated}, còn số ở đầu văn bản là {expected}; hãy thống nhất.",
    "The annex belongs to number {stated}, but the number at the head is {expected}; make them one.",
)


@rule(
    Severity.ERROR,
    title=Text("Phụ lục ghi sai số, ngày của văn bản chính", "An annex with another date or number than its report"),
    says=Text(
        "Phụ lục ghi kèm theo văn bản đề “{stated}”, còn đầu văn bản đề {expected}; hãy thống nhất.",
        "The annex belongs to a paper dated “{stated}”, but the head has {expected}; make them one.",
    ),
)
def attachment(dossier: Dossier) -> Iterator[Finding]:
    """The annex of a report of 2023 is not attached to a report of 2022."""
    for document, claims in zip(dossier.documents, dossier.claims, strict=True):
        attached = [claim for claim in claims if isinstance(claim, DateClaim) and claim.cue == "attached"]
        if not attached:
            continue
        frame, own = frame_of(document, claims), _own_kind(document)
        if frame.issued_at is None or not own:
            continue
        head, end = _head_number(claims), _next_document(document, frame.issued_at.block)
        for claim in attached:
            cited = _cited_before(claim, claims)
            if claim.at == frame.issued_at or claim.at.block >= end or cited is None or cited.instrument != own:
                continue
            if head is not None and cited.symbol and head.symbol != cited.symbol:
                continue  # a paper of another office
            expected = _other_date(claim, frame)
            if expected:
                yield attachment.finding(
                    claim.at,
                    also=(frame.issued_at,),
                    marked=(claim.at,),
                    stated=" ".join(claim.text.split()),
                    expected=expected,
                )
            else:
                yield from _number(cited, head)


def _head_number(claims: tuple[Claim, ...]) -> Citation | None:
    """The document's own number: the first that is cited in its head, without the name of a kind."""
    first = next((claim for claim in claims if isinstance(claim, Citation) and claim.at.block < _HEAD), None)
    return first if first is not None and not first.instrument and first.number else None


def _number(cited: Citation, head: Citation | None) -> Iterator[Finding]:
    if head is not None and cited.number and head.symbol == cited.symbol and head.number != cited.number:
        yield attachment.finding(
            cited.at,
            says=_NUMBER,
            also=(head.at,),
            stated=f"{cited.number}/{cited.symbol}",
            expected=f"{head.number}/{head.symbol}",
        )


def _other_date(claim: DateClaim, frame: Frame) -> str:
    """The date at the head where it differs from the annex's, as far as both are printed; else ""."""
    if claim.year is not None and frame.issued_year is not None and claim.year != frame.issued_year:
        return str(frame.issued_year)
    if claim.month is not None and frame.issued_month is not None and claim.month != frame.issued_month:
        return f"{frame.issued_month}/{frame.issued_year}"
    if claim.on is not None and frame.issued_on is not None and claim.on != frame.issued_on:
        return frame.issued_on.strftime("%d/%m/%Y")
    return ""


def _cited_before(claim: DateClaim, claims: tuple[Claim, ...]) -> Citation | None:
    """The instrument whose date a claim is: the last one cited before it in its passage, or around it."""
    same = [
        each
        for each in claims
        if isinstance(each, Citation) and (each.at.block, each.at.cell) == (claim.at.block, claim.at.cell)
    ]
    before = [each for each in same if each.at.start < claim.at.start]
    return before[-1] if before and claim.at.start - before[-1].at.end < 20 else None


def _own_kind(document: Document) -> str:
    """The kind of the document itself: the head's line that is nothing but the name of a kind, in capitals."""
    for block in document.blocks[:_HEAD]:
        if isinstance(block, Passage) and block.text.isupper():
            for word, name in _names().items():
                if re.match(rf"\W*{word}(?:\W|$)", block.text.lower()):
                    return name
    return ""


def _next_document(document: Document, issued: int) -> int:
    """The block where another document begins in the same file: several papers are often kept as one."""
    kind_seen = False
    for index, block in enumerate(document.blocks):
        lines = [block.text] if isinstance(block, Passage) else [cell.text for cell in block.cells]
        if any(_is_kind(line) for line in lines):
            if kind_seen:
                return index
            kind_seen = True
        elif kind_seen and index > issued and any(_is_letterhead(line) for line in lines):
            return index
    return len(document.blocks)


def _is_kind(line: str) -> bool:
    """Whether a line is the name of a kind in capitals and nothing else."""
    return len(line) < _LINE and line.isupper() and line.strip(" .*\n").lower() in _names()


def _is_letterhead(line: str) -> bool:
    return len(line) < _LINE and any(words in line.lower() for words in load("calendar")["letterhead"]["words"])


@cache
def _names() -> dict[str, str]:
    return {word: kind["name"] for kind in load("instruments")["kind"] for word in kind["words"]}
