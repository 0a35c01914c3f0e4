"""The head of an official document and its end: who issues, the motto, number, date and kind; who signs, who gets it.

Decree 30/2020, annex I, part II. Rules are borders of narrow paragraphs, as long as the decree asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from baocao.formats import docx_write_measure
from baocao.formats.docx_write_pages import STANDING, bare_table, paragraph
from baocao.formats.docx_write_text import runs
from baocao.model.draft import Head, Signature

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_LEFT = 3800  # twips of the page's width for who issues; the motto's side needs the rest
_SIDES = (_LEFT, STANDING.width - _LEFT)
_ENDS = (4300, STANDING.width - 4300)
_PART = 0.4  # a rule of a third to a half of its line
_ISSUER_SIZE, _MOTTO_SIZE, _SUMMARY_SIZE = 12, 13, 14
_FIRST = '<w:spacing w:before="120"/>'  # as far from the text as who gets the report
_ABOUT_SIZE = 12
_ABOUT = '<w:sz w:val="24"/><w:szCs w:val="24"/>'  # a letter has its summary below its number, in 12 points
_APART = '<w:spacing w:before="360" w:after="240"/>'  # a letter begins with those it is addressed to
_OPEN = "      "  # room to write a number or a day by hand


def head(given: Head) -> str:
    """The head block, from the name of the issuer to its addressees. What has no kind is a letter (công văn)."""
    issuer = given.issuer.upper()
    left = _balanced(given.governing.upper(), "Governing", _ISSUER_SIZE, _SIDES[0]) if given.governing.strip() else ""
    left += _balanced(issuer, "Issuer", _ISSUER_SIZE, _SIDES[0]) + _rule(issuer, _ISSUER_SIZE, _SIDES[0], _PART)
    right = paragraph(runs(NATION), "Nation") + paragraph(runs(MOTTO), "Motto")
    right += _rule(MOTTO, _MOTTO_SIZE, _SIDES[1], 1)
    is_letter = not given.kind.strip()
    number = paragraph(runs(numbered(given)), "Number")
    number += _about(f"V/v {given.summary}") if is_letter else ""
    day = paragraph(runs(f"{given.place}, {dated(given.on)}"), "PlaceAndDate")
    shown = bare_table(_SIDES, ((left, right), (number, day)))
    if is_letter:
        return shown + _addressed(given.addressed_to, _APART)
    shown += paragraph(runs(given.kind.upper()), "Kind")
    shown += _balanced(given.summary, "Summary", _SUMMARY_SIZE, STANDING.width)
    shown += _rule(given.summary, _SUMMARY_SIZE, STANDING.width, _PART, "SummaryRule")
    return shown + _addressed(given.addressed_to)


def numbered(given: Head) -> str:
    """ "Số: 05/BC-UBND"; numbers below ten with a nought, room left where there is none yet."""
    number = given.number.strip()
    number = number.zfill(2) if number.isdigit() else number
    return f"Số: {number or _OPEN}/{given.symbol}"


def dated(on: date | None) -> str:
    """The day as the decree writes it: days below ten, January and February with a nought."""
    if on is None:
        return f"ngày {_OPEN} tháng {_OPEN} năm {_OPEN}"
    month = f"{on.month:02d}" if on.month < 3 else str(on.month)
    return f"ngày {on.day:02d} tháng {month} năm {on.year}"


def _rule(line: str, size: int, room: int, part: float, style: str = "Rule") -> str:
    """A rule below the longest line of a text, in the middle: ``part`` of its length."""
    longest = max(docx_write_measure.lines(line, size, docx_write_measure.balanced(line, size, room)))
    return paragraph("", style, _between(room, round(longest * part)))


def _balanced(text: str, style: str, size: int, room: int) -> str:
    """A text in the middle, its lines about as long as each other."""
    return paragraph(runs(text), style, _between(room, docx_write_measure.balanced(text, size, room)))


def _about(text: str) -> str:
    """The summary of a letter below its number, its lines about as long as each other."""
    width = docx_write_measure.balanced(text, _ABOUT_SIZE, _SIDES[0])
    return paragraph(runs(text, _ABOUT), "Number", _between(_SIDES[0], width))


def _between(room: int, width: int) -> str:
    aside = max((room - width) // 2, 0)
    return f'<w:ind w:left="{aside}" w:right="{aside}" w:firstLine="0"/>'


def _addressed(superiors: tuple[str, ...], apart: str = "") -> str:
    if not superiors:
        return ""
    if len(superiors) == 1:
        return paragraph(runs(f"Kính gửi: {_bare(superiors[0])}"), "AddressedTo", apart)
    listed = "".join(paragraph(runs(f"- {line}"), "AddressedList") for line in stopped(superiors))
    return paragraph(runs("Kính gửi:"), "AddressedTo", apart) + listed


def end(signature: Signature, recipients: tuple[str, ...]) -> str:
    """Who gets the report, on the left; who signs it, on the right."""
    left = paragraph(runs("Nơi nhận:"), "RecipientsHead") if recipients else paragraph("", "Recipient")
    left += "".join(paragraph(runs(f"- {line}"), "Recipient") for line in stopped(recipients))
    right = "".join(
        paragraph(runs(line.upper()), "Signature", "" if index else _FIRST)
        for index, line in enumerate(signature.lines)
    )
    right += paragraph("", "SignatureRoom") * 4 + paragraph(runs(signature.name), "SignerName")
    return bare_table(_ENDS, ((left, right),))


def _bare(line: str) -> str:
    return line.strip().removeprefix("-").strip().rstrip(".;,").strip()


def stopped(lines: Sequence[str]) -> list[str]:
    """The lines of a list of names: a semicolon after each, a full stop at the end."""
    shown = [_bare(line) for line in lines]
    return [f"{line}{'.' if index == len(shown) - 1 else ';'}" for index, line in enumerate(shown)]
