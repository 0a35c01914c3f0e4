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
        for claim in attached:
            cited = _cited_before(claim, claims)
            if (
                frame.issued_at is None
                or claim.at == frame.issued_at
                or not own
                or cited is None
                or cited.instrument != own
            ):
                continue
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
                yield from _number(cited, claims)


def _number(cited: Citation, claims: tuple[Claim, ...]) -> Iterator[Finding]:
    head = next((claim for claim in claims if isinstance(claim, Citation) and claim.at.block < _HEAD), None)
    if head is None or head.instrument or not head.number or not cited.number or head.symbol != cited.symbol:
        return
    if head.number != cited.number:
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


@cache
def _names() -> dict[str, str]:
    return {word: kind["name"] for kind in load("instruments")["kind"] for word in kind["words"]}
