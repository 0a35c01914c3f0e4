"""A range of dates or years begins before it ends, and lasts as long as its words say."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.model import DateClaim, Dossier, Finding, Severity, Span, Strength, Text
from baocao.rules.rule import Rule, rule

_COUNT = Text(
    "“{stated}”: từ {first} đến {last} là {expected} năm chứ không phải {count} năm; hãy kiểm tra số năm và hai mốc.",
    "“{stated}”: from {first} to {last} there are {expected} years, not {count}; check the number and both ends.",
)
_SCHOOL = Text(
    "“{stated}”: một năm học hay một vụ nối hai năm liền nhau, ở đây là {first} và {last}; hãy kiểm tra lại.",
    "“{stated}”: a school year or a season joins two neighbouring years, here {first} and {last}; check them.",
)

_YEARLY = frozenset({"school_year", "season"})
_LOOSE = frozenset({"years"})  # "2021-2020" behind no word for a period may compare, and run backward on purpose


@rule(
    Severity.ERROR,
    title=Text("Khoảng thời gian ngược hoặc không khớp số năm", "A period that runs backward or is of another length"),
    says=Text(
        "“{stated}”: mốc cuối {last} đứng trước mốc đầu {first}; hãy kiểm tra hai mốc.",
        "“{stated}”: the end {last} lies before the beginning {first}; check both.",
    ),
)
def date_range(dossier: Dossier) -> Iterator[Finding]:
    """Time runs forward, and three years are three."""
    for claims in dossier.claims:
        for claim in claims:
            if isinstance(claim, DateClaim) and claim.until is not None:
                yield from _judge(date_range, dossier, claim, claim.until)


def _judge(self: Rule, dossier: Dossier, claim: DateClaim, until: DateClaim) -> Iterator[Finding]:
    span = Span(claim.at.block, claim.at.start, until.at.end, claim.at.cell, claim.at.document)
    stated = " ".join(dossier.text(span).split())
    first, last = _place(claim), _place(until)
    if first is None or last is None or len(first) != len(last):
        return
    if claim.basis in _LOOSE or (claim.basis in _YEARLY and claim.strength is Strength.POSSIBLE and last > first):
        return
    says, severity, expected, count = None, None, "", 0
    if last > first:
        length = last[0] - first[0]
        if claim.basis in _YEARLY and length > 1:
            says, severity, expected = _SCHOOL, Severity.WARNING, str(first[0] + 1)
        elif claim.months is not None and claim.basis == "stage" and claim.months // 12 not in (length, length + 1):
            says, expected, count = _COUNT, str(length + 1), claim.months // 12  # terms count from congress to congress
        else:
            return
    elif last == first:
        return
    yield self.finding(
        span,
        says=says,
        severity=severity,
        marked=(claim.at, until.at),
        stated=stated,
        expected=expected,
        first=_shown(first),
        last=_shown(last),
        count=count,
    )


def _place(claim: DateClaim) -> tuple[int, ...] | None:
    """Year, month and day as far as the shape of the date has them; None when they are not all printed."""
    if claim.year is None:
        return None
    if claim.basis == "day":
        on = claim.on
        return (on.year, on.month, on.day) if on is not None else None
    if claim.basis == "month":
        return (claim.year, claim.month) if claim.month is not None else None
    if claim.basis == "quarter":
        return (claim.year, claim.quarter) if claim.quarter is not None else None
    return (claim.year,)


def _shown(place: tuple[int, ...]) -> str:
    return "/".join(str(part) for part in reversed(place))
