"""What a report is about in time: the day it was issued and the period that it reports on."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from baocao.model.claim import Claim, DateClaim
from baocao.model.document import Document, Span

ISSUED = "issued"  # basis of the date behind the place name in the head: "Mẫu Sơn, ngày 05 tháng 7 năm 2024"
HEAD = 30  # blocks; letterhead, number, date and title stand well within them
_FAR = 10  # blocks between the letterhead and the last line of the title, or its repetition in the first heading
_TITLE = 500  # characters; a longer passage is body text
_LINE = 250  # characters; the same where no letterhead tells where the body begins


@dataclass(frozen=True, slots=True)
class Frame:
    """The day of issue and the reporting period, as far as the head says them.

    ``year`` is the year that results are told for; ``month`` is the last month of the period and
    ``months`` its length (6 and 6 for the first half, 9 and 3 for the third quarter, 12 and 12 for
    a year). A plan for next year tells results of the year in which it was issued.
    """

    year: int | None = None
    month: int | None = None
    months: int | None = None
    issued_year: int | None = None
    issued_month: int | None = None
    issued_on: date | None = None
    issued_at: Span | None = None

    @property
    def latest(self) -> date | None:
        """The last day on which the report can have been issued."""
        if self.issued_on is not None or self.issued_year is None:
            return self.issued_on
        return last_day(self.issued_year, self.issued_month or 12)


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def frame_of(document: Document, claims: Iterable[Claim]) -> Frame:
    """The frame of a document, from the dates and periods read in its head (``claims`` in the order of the text)."""
    head = [claim for claim in claims if isinstance(claim, DateClaim) and claim.at.block < HEAD]
    issued = next((claim for claim in head if claim.basis == ISSUED), None)
    after = issued.at.block if issued is not None else -1
    titles = [
        claim for claim in head if after < claim.at.block <= after + _FAR and _is_title(document, claim, bool(issued))
    ]
    period = next((claim for claim in titles if claim.basis in _PERIODS), None)
    year = next((claim.year for claim in titles[:6] if claim.year is not None and claim.basis in _PERIODS), None)
    if issued is None:
        return Frame(year, *_extent(period))
    month = issued.month if issued.month is not None and 1 <= issued.month <= 12 else None
    if year is not None and issued.year is not None and year > issued.year:
        year, period = issued.year, None
    return Frame(year, *_extent(period), issued.year, month, issued.on, issued.at)


def _is_title(document: Document, claim: DateClaim, has_letterhead: bool) -> bool:
    """Whether a period stands in the title: a short passage, and where no letterhead stands above it no sentence."""
    if claim.cue or claim.at.cell >= 0:
        return False
    text = document.holder(claim.at).text.rstrip()
    return len(text) < (_TITLE if has_letterhead else _LINE) and not text.endswith((".", ";", ":", ","))


_PERIODS = frozenset({"months", "months_left", "quarter", "month", "year"})


def _extent(period: DateClaim | None) -> tuple[int | None, int | None]:
    """The last month of the reporting period, and its length in months."""
    if period is None:
        return None, None
    if period.basis == "months":
        return period.months, period.months
    if period.basis == "quarter" and period.quarter is not None and 1 <= period.quarter <= 4:
        return 3 * period.quarter, 3
    if period.basis == "month" and period.month is not None and 1 <= period.month <= 12:
        return period.month, 1
    return (12, 12) if period.basis == "year" else (None, None)
