"""What was read in a report: each claim with its figures, for those who want to know why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from baocao.model import Agreement, Claim, Comparator, Document, Figure, Language, Text
from baocao.showing import claim_words
from baocao.showing.place import Piece
from baocao.showing.terminal import Line
from baocao.showing.words import said

_AGREEMENT = {
    Agreement.EXACT: Text("khớp", "exact"),
    Agreement.TRUNCATED: Text("khớp khi cắt bớt số lẻ", "truncated"),
    Agreement.WITHIN_ROUNDING: Text("khớp trong phạm vi làm tròn", "within rounding"),
    Agreement.DISAGREE: Text("không khớp", "disagree"),
    Agreement.UNDECIDABLE: Text("không đủ dữ kiện", "undecidable"),
}
_STYLE = {Agreement.DISAGREE: "error", Agreement.UNDECIDABLE: "dim"}
_STATED = Text("con số nêu", "stated")
_FROM = Text("tính từ", "computed from")
_BETWEEN = Text("từ {low} đến {high}", "between {low} and {high}")
_EXPECTED = Text("giá trị suy ra: {centre}", "expected: {centre}")
_READ = Text("cách đọc: {basis}, độ chắc chắn: {strength}", "read as: {basis}, strength: {strength}")
_SAID_OF = Text("nói về “{subject}”", "said of “{subject}”")
_COUNTS = Text("đếm “{noun}”", "counts “{noun}”")
_COUNTED = Text("{n} nhận định đã đọc, {decided} kiểm được", "{n} claims read, {decided} can be checked")


def lines(document: Document, claims: Iterable[Claim], lang: Language, *, explain: bool) -> Iterator[Line]:
    """One line a claim, with its words below; with ``explain`` the derivation of its figures too."""
    claims = tuple(claims)
    decided = sum(claim.agreement is not Agreement.UNDECIDABLE for claim in claims)
    counted = _COUNTED.say(lang, n=len(claims), decided=decided)
    yield Line((Piece(document.name, "file"), Piece("  " + counted, "dim")))
    for claim in claims:
        agreement = claim.agreement
        start, end = document.source_range(claim.at)
        head = [
            Piece(f"{start}-{end}  ", "dim"),
            Piece(claim_words.kind(claim, lang), "rule"),
            Piece("  " + said(_AGREEMENT[agreement], lang), _STYLE.get(agreement, "arithmetic")),
        ]
        if claim.arithmetic:
            head.append(Piece(f"  {claim.stated.text if claim.stated else ''} ~ {claim.arithmetic}"))
        yield Line(tuple(head), 2)
        yield Line((Piece("“" + " ".join(document.text_of(claim.at).split()) + "”"),), 4)
        if explain:
            yield from _derivation(claim, lang)


def _derivation(claim: Claim, lang: Language) -> Iterator[Line]:
    read = _READ.say(lang, basis=claim_words.basis(claim, lang), strength=claim_words.strength(claim, lang))
    yield Line((Piece(read, "dim"),), 4)
    if claim.stated is not None:
        yield Line((Piece(f"{said(_STATED, lang)}: {_figure(claim.stated, lang)}"),), 4)
    for figure in claim.operands:
        yield Line((Piece(f"{said(_FROM, lang)}: {_figure(figure, lang)}"),), 4)
    centre, expected = claim.centre, claim.expected
    if centre is not None:
        shown = _EXPECTED.say(lang, centre=_digits(centre))
        if expected is not None and expected.low != expected.high:
            shown += ", " + _BETWEEN.say(lang, low=_digits(expected.low), high=_digits(expected.high))
        yield Line((Piece(shown, "arithmetic"),), 4)


def _figure(figure: Figure, lang: Language) -> str:
    quantity = figure.quantity
    parts = [f"“{figure.text}”", f"= {_digits(quantity.amount)} {claim_words.unit_of_amount(quantity.unit)}".rstrip()]
    if quantity.comparator is not Comparator.EXACTLY:
        parts.append(f"({claim_words.comparator(quantity.comparator, lang)})")
    low, high = quantity.interval
    if low != high:
        parts.append(_BETWEEN.say(lang, low=_digits(low), high=_digits(high)))
    if figure.noun:
        parts.append(_COUNTS.say(lang, noun=figure.noun))
    if figure.subject:
        parts.append(_SAID_OF.say(lang, subject=figure.subject))
    return ", ".join(parts)


def _digits(value: Decimal) -> str:
    """A value in Vietnamese digits, at most six decimals ("1.234,5")."""
    rounded = round(value, 6)
    text = f"{rounded:,f}"
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", ".") + ("," + decimals if decimals else "")
