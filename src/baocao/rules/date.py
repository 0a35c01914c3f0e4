"""A date must stand on the calendar."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator

from baocao.model import DateClaim, Dossier, Finding, Severity, Strength, Text
from baocao.rules.rule import rule

_MONTH = Text(
    "“{stated}”: không có tháng {month}, một năm chỉ có 12 tháng; hãy đối chiếu với văn bản gốc.",
    "“{stated}”: there is no month {month}, a year has 12; check the original.",
)
_DAY = Text(
    "“{stated}”: không có ngày {day}, tháng {month} có {days} ngày; hãy đối chiếu với văn bản gốc.",
    "“{stated}”: there is no day {day}, month {month} has {days}; check the original.",
)
_LEAP = Text(
    "“{stated}”: tháng 2 năm {year} chỉ có 28 ngày; hãy đối chiếu với văn bản gốc.",
    "“{stated}”: February {year} has 28 days only; check the original.",
)
_YEAR = Text(
    "“{stated}”: năm phải có bốn chữ số, ở đây là {year}; hãy ghi lại cho đủ.",
    "“{stated}”: a year has four digits, here it is {year}; write it in full.",
)
_QUARTER = Text(
    "“{stated}”: một năm chỉ có bốn quý; hãy kiểm tra lại.",
    "“{stated}”: a year has four quarters; check it.",
)


@rule(
    Severity.ERROR,
    title=Text("Ngày, tháng không có trên lịch", "A date that is not on the calendar"),
    says=Text("“{stated}” không có trên lịch.", "“{stated}” is not on the calendar."),
)
def date(dossier: Dossier) -> Iterator[Finding]:
    """No month has a 32nd day, no year a 13th month, and November ends on the 30th."""
    for claims in dossier.claims:
        for claim in claims:
            if not isinstance(claim, DateClaim):
                continue
            # both ends of "ngày 04 - 07 tháng 7" are one reading; ends printed apart are readings of their own
            ends = (claim, claim.until) if claim.until is not None and claim.until.at == claim.at else (claim,)
            for end in ends:
                fault = _fault(end)
                if fault is not None:
                    yield _told(claim, end, *fault)
                    break


def _told(claim: DateClaim, end: DateClaim, says: Text, expected: str) -> Finding:
    return date.finding(
        claim.at,
        says=says,
        severity=Severity.WARNING if claim.strength is Strength.LIKELY else None,
        marked=(claim.at,),
        stated=" ".join(claim.text.split()),
        expected=expected,
        day=end.day,
        month=end.month,
        year=end.year,
        days=expected.rpartition("-")[2],
    )


def _fault(claim: DateClaim) -> tuple[Text, str] | None:
    """What is wrong with a date, and what would be right; None when nothing is."""
    if claim.basis == "quarter":
        wrong = claim.quarter is not None and not 1 <= claim.quarter <= 4
        return (_QUARTER, "I-IV") if wrong else None
    if claim.month is None:
        return None
    if not 1 <= claim.month <= 12:
        return _MONTH, "1-12"
    if claim.year is not None and claim.year < 1000:
        return _YEAR, ""
    if claim.day is None:
        return None
    days = monthrange(claim.year or 2000, claim.month)[1]  # without a year 29 February may be right
    if 1 <= claim.day <= days:
        return None
    return (_LEAP if (claim.day, claim.month) == (29, 2) else _DAY), f"1-{days}"
