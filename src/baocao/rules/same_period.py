"""The same period last year is last year's, and as long as the one that is reported."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from baocao.model import DateClaim, Dossier, Finding, Frame, Severity, Text, frame_of
from baocao.reference import load
from baocao.rules.rule import rule
from baocao.rules.sections import ahead

_SAME_YEAR = Text(
    "“Cùng kỳ {stated}” không thể là kỳ so sánh của số liệu năm {year}: cùng kỳ là năm {expected}; hãy kiểm tra năm.",
    "“Same period, {stated}” cannot be the base for results of {year}: that lies in {expected}; check the year.",
)
_EARLIER = Text(
    "“Cùng kỳ {stated}” không liền trước năm {year} đang báo cáo; nếu không cố ý thì cùng kỳ là năm {expected}.",
    "“Same period, {stated}” is not the year before {year}, which is reported; unless meant, it should be {expected}.",
)

_AROUND = 250  # characters in which a sentence names the years that it compares


@rule(
    Severity.ERROR,
    title=Text("Kỳ so sánh không phải là cùng kỳ năm trước", "A base that is not the same period last year"),
    says=Text(
        "“Cùng kỳ {stated}” khác kỳ đang báo cáo ({period}); có thể còn sót lại từ báo cáo trước, hãy kiểm tra.",
        "“Same period, {stated}” is another kind of period than the one reported ({period}); it may be left over.",
    ),
)
def same_period(dossier: Dossier) -> Iterator[Finding]:
    """A half-year is compared with the half-year before it, not with a quarter and not with itself."""
    for document, claims in zip(dossier.documents, dossier.claims, strict=True):
        bases = [claim for claim in claims if isinstance(claim, DateClaim) and claim.cue == "same_period"]
        if not bases:
            continue
        frame = frame_of(document, claims)
        if frame.year is None:
            continue
        beside = defaultdict(list)
        for claim in claims:
            if isinstance(claim, DateClaim):
                beside[claim.at.block, claim.at.cell].append(claim)
        coming = ahead(document)
        for base in bases:
            if base.at.block in coming:
                continue
            yield from _judge(dossier, frame, frame.year, base, beside[base.at.block, base.at.cell])


def _judge(dossier: Dossier, frame: Frame, year: int, base: DateClaim, beside: list[DateClaim]) -> Iterator[Finding]:
    others = [claim for claim in beside if claim is not base]
    whole = dossier.text(dossier.whole(base.at))
    around = whole[max(0, base.at.start - _AROUND) : base.at.start] + whole[base.at.end : base.at.end + _AROUND]
    stated = " ".join(base.text.split())
    stated = stated if base.basis != "year" else f"năm {base.year}"
    if _is_other_length(frame, base) and not any(_is_own(base, claim) for claim in others):
        wrong_year = base.year is not None and base.year != year - 1
        if not wrong_year and base.basis == "month":
            return  # prices and budgets are told by the month in every report
        period = _period(frame, year)
        severity = Severity.ERROR if wrong_year or base.basis == "quarter" else Severity.WARNING
        yield same_period.finding(
            base.at, severity=severity, marked=(base.at,), stated=stated, expected=str(year - 1), period=period
        )
    elif base.year is not None and base.year != year - 1 and not _is_meant(base.year, frame, around):
        late = base.year >= year
        yield same_period.finding(
            base.at,
            says=_SAME_YEAR if late else _EARLIER,
            severity=Severity.ERROR if late else Severity.WARNING,
            marked=(base.at,),
            stated=stated,
            expected=str(year - 1),
            year=year,
        )


def _is_other_length(frame: Frame, base: DateClaim) -> bool:
    """Whether the base names a quarter, a month or a number of months that the report is not about."""
    if frame.months is None or frame.month is None:
        return False
    if base.basis == "quarter":
        return (frame.months, frame.month) != (3, 3 * (base.quarter or 0))
    if base.basis == "month":
        return (frame.months, frame.month) != (1, base.month)
    return base.basis == "months" and frame.months != base.months


def _is_own(base: DateClaim, claim: DateClaim) -> bool:
    """Whether a passage tells a result for that quarter or month itself, so that the comparison is its own."""
    if claim.cue == "same_period":
        return False
    if base.basis == "quarter":
        return claim.quarter is not None
    if base.basis == "month":
        return claim.month == base.month
    return claim.basis == "months" and claim.months == base.months


def _is_meant(base: int, frame: Frame, around: str) -> bool:
    """Whether the words around compare other years on purpose."""
    if str(base + 1) in around:  # results of that year against the year before it
        return True
    # a plan of January tells results of the year that has just ended
    early = frame.year == frame.issued_year and (frame.issued_month or 12) <= 2
    if early and frame.year is not None and base == frame.year - 2:
        return True
    return base < (frame.year or base) and _chosen().search(around.lower()) is not None


@cache
def _chosen() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, load("calendar")["chosen_base"]["words"])))


def _period(frame: Frame, year: int) -> str:
    if frame.months == 12:
        return f"năm {year}"
    if frame.months == 1:
        return f"tháng {frame.month}/{year}"
    if frame.months == 3 and frame.month != 3:
        return f"quý {(frame.month or 0) // 3}/{year}"
    return f"{frame.months} tháng/{year}"
