"""Nothing can have been counted up to a day that had not come when the report was issued."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from baocao.model import DateClaim, Dossier, Finding, Frame, Severity, Span, Strength, Text, frame_of
from baocao.model.frame import last_day
from baocao.rules.rule import rule
from baocao.rules.sections import ahead

_LATE = 11  # the month from which a year is told as over
_QUARTER = Text(
    "Kết quả của “{stated}” trong văn bản ban hành {issued}, trước khi quý đó bắt đầu; hãy kiểm tra quý và năm.",
    "A result of “{stated}” in a document issued {issued}, before that quarter began; check the quarter and the year.",
)


@rule(
    Severity.WARNING,
    title=Text("Kết quả tính đến một ngày chưa tới", "A result up to a day that has not come"),
    says=Text(
        "Kết quả tính đến “{stated}” nhưng văn bản ban hành {issued}; hãy kiểm tra mốc số liệu, hoặc ghi rõ là số ước.",
        "The result runs to “{stated}” but the document was issued {issued}; check it, or say that it is an estimate.",
    ),
)
def cutoff(dossier: Dossier) -> Iterator[Finding]:
    """A cut-off of results lies on or before the day of issue."""
    for document, claims in zip(dossier.documents, dossier.claims, strict=True):
        frame = frame_of(document, claims)
        issued = frame.latest
        late = [claim for claim in claims if isinstance(claim, DateClaim) and _is_late(claim, frame, issued)]
        if not late or issued is None:
            continue
        plans = ahead(document)
        for claim in late:
            if claim.at.block not in plans:
                says = _QUARTER if claim.basis == "quarter" and not claim.cue else None
                also: tuple[Span, ...] = (frame.issued_at,) if frame.issued_at is not None else ()
                shown = issued.strftime("%d/%m/%Y" if frame.issued_on else "%m/%Y" if frame.issued_month else "%Y")
                stated = " ".join(claim.text.split())
                expected = f"≤ {shown}"
                yield cutoff.finding(
                    claim.at, says=says, also=also, marked=(claim.at,), stated=stated, expected=expected, issued=shown
                )


def _is_late(claim: DateClaim, frame: Frame, issued: date | None) -> bool:
    if issued is None or claim.strength is Strength.POSSIBLE:
        return False
    if claim.cue not in ("until", "until_end") and not (claim.basis == "quarter" and not claim.cue):
        return False
    reached = _reached(claim, frame)
    return reached is not None and reached > issued


def _reached(claim: DateClaim, frame: Frame) -> date | None:
    """The earliest day that a cut-off can mean; without a year it is the year of the report."""
    year = claim.year or (frame.year if frame.year == frame.issued_year else None)
    if year is None or not 1900 <= year <= 2200:
        return None
    whole = claim.cue == "until_end"
    if claim.basis == "day":
        return claim.on or _on(year, claim.month, claim.day)
    if claim.basis == "month" and claim.month is not None and 1 <= claim.month <= 12:
        return last_day(year, claim.month) if whole else date(year, claim.month, 1)
    if claim.basis == "quarter" and claim.quarter is not None and 1 <= claim.quarter <= 4:
        return last_day(year, 3 * claim.quarter) if whole else date(year, 3 * claim.quarter - 2, 1)
    if claim.basis != "year" or not whole or claim.year is None:
        return None
    # reports of November and December speak of the whole year as done
    return date(year, 12, 31) if (frame.issued_month or 12) < _LATE or claim.year != frame.issued_year else None


def _on(year: int, month: int | None, day: int | None) -> date | None:
    try:
        return date(year, month or 0, day or 0)
    except ValueError:
        return None
