"""This report beside the one of the year before: what that one printed, and what this one says of that time.

That of the year before is an edition of ours, a draft of ours, or a file that was made elsewhere and brought in: then
its figures are those that an address was found for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from baocao.model.draft import Draft, Number, Reckoning, Source
from baocao.model.observation import Address, Scenario
from baocao.model.period import Period
from baocao_web.documents import draft_json, drafting, jobs, proofing, writing_parts
from baocao_web.documents.models import Edition, Job, Report

KIND = "last_year"
SUFFIXES = (".docx", ".pdf")


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as a report printed it; ``place`` is its number in a draft of ours."""

    text: str
    value: Decimal
    place: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure in both reports. ``said_now`` is what this report says of the year before, where it does."""

    address: Address
    now: str
    said_now: str
    printed_then: str
    place: int
    words: str = ""

    @property
    def is_at_odds(self) -> bool:
        """Whether this report says of the year before otherwise than that year's report printed."""
        return bool(self.said_now and self.printed_then and self.said_now != self.printed_then)


@dataclass(frozen=True, slots=True)
class Beside:
    """A written part in both reports."""

    heading: str
    now: str
    then: str


def report_before(report: Report) -> Report | None:
    """The report of the same unit by the same outline, a year earlier."""
    period = Period.parse(report.period).last_year.code
    found: Report | None = Report.objects.filter(unit=report.unit, outline=report.outline, period=period).first()
    return found if found is not None and found.drafted else None


def edition_of(report: Report) -> Edition | None:
    """The last edition of a report, which is what was printed; none where it was never issued."""
    found: Edition | None = report.editions.order_by("-ordinal").first()
    return found


def draft_then(before: Report) -> Draft:
    """What the report of the year before said: as issued, else as it stands."""
    edition = edition_of(before)
    if edition is not None:
        return draft_json.kept(edition.sha256["drafted"], edition.drafted)
    return drafting.as_it_stands(before)


def bring_in(report: Report, file: UploadedFile | None, user: Any) -> Job:
    """Have the file of the year before's report read, which was made elsewhere. Raises ``Problem``."""
    upload = proofing.take_in(file, report.unit, user, report, SUFFIXES)
    name = f"given{PurePosixPath(upload.name.lower()).suffix}"
    asked = {
        "file": name,
        "unit": report.unit,
        "period": drafting.results_period(report).last_year.code,
        "units": settings.OFFICE_UNITS,
        "changes": settings.OFFICE_CHANGES,
        "catalogue": list(settings.OFFICE_CATALOGUE),
    }
    digest = sha256(repr((upload.sha256, report.pk, asked["period"])).encode()).hexdigest()
    files = {name: bytes(upload.content)}
    return jobs.ask(KIND, digest, user.get_username(), files, upload=upload, report=report, asked=asked)


def brought_in(report: Report) -> Job | None:
    """The reading of the file that was brought in last."""
    found: Job | None = Job.objects.filter(kind=KIND, report=report).select_related("upload").last()
    return found


def printed_in(job: Job) -> dict[Address, Printed]:
    """The results that a file prints as they are, by address, the first time each."""
    found: dict[Address, Printed] = {}
    for one in jobs.outcome_of(job)["links"]:
        source: Source = draft_json.read(one["link"])
        if _is_plain(source):
            value: Decimal = draft_json.read(one["value"])
            found.setdefault(source.addresses[0], Printed(one["text"], value, words=one["words"]))
    return found


def printed(draft: Draft) -> dict[Address, Printed]:
    """The results that a draft prints as they are, by address, the first time each."""
    found: dict[Address, Printed] = {}
    numbers: Sequence[Number] = list(draft.numbers)
    for place, number in enumerate(numbers):
        if _is_plain(number.source):
            found.setdefault(number.source.addresses[0], Printed(number.text, number.value, place))
    return found


def _is_plain(source: Source) -> bool:
    is_one = source.reckoning is Reckoning.VALUE and not source.argument and bool(source.addresses)
    return is_one and source.addresses[0].scenario is not Scenario.TARGET


def rows(here: Mapping[Address, Printed], there: Mapping[Address, Printed]) -> list[Row]:
    """Every figure of this report that either report tells for the year before; those at odds first."""
    return sorted(_rows(here, there), key=lambda row: (not row.is_at_odds, row.place))


def _rows(here: Mapping[Address, Printed], there: Mapping[Address, Printed]) -> Iterator[Row]:
    for address, now in here.items():
        last = replace(address, period=address.period.last_year)
        said, then = here.get(last), there.get(last)
        if said is None and then is None:
            continue
        printed_then = "" if then is None else then.text
        if said is not None and then is not None and said.value == then.value:
            printed_then = said.text  # one value in two forms of print is no contradiction
        words = "" if then is None else then.words
        yield Row(address, now.text, said.text if said else "", printed_then, now.place, words)


def parts(report: Report, before: Report) -> Sequence[Beside]:
    """The written parts of both reports, side by side."""
    then = {place.key: place.text for place in writing_parts.places(before)}
    return [Beside(one.heading, one.text, then[one.key]) for one in writing_parts.places(report) if one.key in then]
