"""Reports in work, and the editions that were issued of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from ninja import Path, Router, Schema

from baocao_web.api.fields import PAGE, Cursor, Id, Limit, Words, page
from baocao_web.api.office_calls import demand_anything
from baocao_web.documents import drafting, issuing
from baocao_web.documents.edition_views import edition_file
from baocao_web.documents.models import Edition, Job, Report
from baocao_web.documents.permits import READERS, edition_for, may_read, report_for, units_of
from baocao_web.documents.states import State
from baocao_web.people.policies import may
from baocao_web.people.roles import Action

router = Router(tags=["Báo cáo · Reports"])

_HEAVY = ("drafted", "docx", "annexes", "figures")


class EditionFile(Enum):
    """The files of an edition."""

    WORD = "report.docx"
    ANNEXES = "annexes.xlsx"
    FIGURES = "figures.json"
    TABLE = "figures.csv"


class Progress(Enum):
    """How a piece of long work stands."""

    WAITING = State.WAITING.value
    RUNNING = State.RUNNING.value
    DONE = State.DONE.value
    FAILED = State.FAILED.value


class EditionOut(Schema):
    """A report as it was issued; ``sha256`` are the digests of its parts."""

    id: int
    report: int
    unit: str
    outline: str
    period: str
    title: Words
    ordinal: int
    number: str
    issued_on: date
    issued_by: str
    revision: int
    sha256: dict[str, str]
    published_at: datetime | None


class EditionPage(Schema):
    items: list[EditionOut]
    next: str | None


class ReportLine(Schema):
    """A report in work. ``revision`` is that of the ledger when it was drafted, nought where it never was."""

    id: int
    unit: str
    outline: str
    title: Words
    period: str
    made_by: str
    made_at: datetime
    drafted_at: datetime | None
    revision: int


class ReportOut(ReportLine):
    """A report in work, how its drafting stands, and what was issued of it."""

    drafting: Progress | None
    digest: str
    editions: list[EditionOut]


class ReportPage(Schema):
    items: list[ReportLine]
    next: str | None


@router.get(
    "/reports", response=ReportPage, url_name="api_reports", operation_id="reports", summary="Báo cáo đang soạn"
)
def reports(request: HttpRequest, limit: Limit = PAGE, cursor: Cursor = "") -> ReportPage:
    """The reports that the caller drafts, issues or proof-reads, by number."""
    if not units_of(request.user, READERS):
        raise PermissionDenied

    def found(behind: Any) -> Iterator[Report]:
        for report in Report.objects.filter(pk__gt=int(behind or 0)).defer("drafted").order_by("pk"):
            if may_read(request.user, report.unit):
                yield report

    items, rest = page(request, found, lambda report: report.pk, limit, cursor)
    return ReportPage(items=[ReportLine(**report_line(report)) for report in items], next=rest)


@router.get(
    "/reports/{int:report}", response=ReportOut, url_name="api_report", operation_id="report", summary="Một báo cáo"
)
def report(request: HttpRequest, report: Id) -> ReportOut:
    """One report in work: how its drafting stands and what was issued of it."""
    found = report_for(request.user, report)
    job = Job.objects.filter(kind="draft", report=found).last()
    editions = found.editions.defer(*_HEAVY).order_by("ordinal")
    return ReportOut(
        **report_line(found),
        drafting=Progress(job.state) if job else None,
        digest=found.digest,
        editions=[edition_out(one, found) for one in editions],
    )


@router.get(
    "/editions", response=EditionPage, url_name="api_editions", operation_id="editions", summary="Báo cáo đã ban hành"
)
def editions(request: HttpRequest, limit: Limit = PAGE, cursor: Cursor = "") -> EditionPage:
    """The issued reports of the units that the caller may see, by number."""
    demand_anything(request)

    def found(behind: Any) -> Iterator[Edition]:
        listed = Edition.objects.filter(pk__gt=int(behind or 0)).select_related("report")
        for edition in listed.defer(*_HEAVY, "report__drafted").order_by("pk"):
            if may(request.user, Action.SEE, edition.report.unit):
                yield edition

    items, rest = page(request, found, lambda edition: edition.pk, limit, cursor)
    return EditionPage(items=[edition_out(one, one.report) for one in items], next=rest)


@router.get(
    "/editions/{int:edition}/files/{name}",
    url_name="api_edition_file",
    operation_id="edition_file",
    summary="Tải tệp của báo cáo đã ban hành",
)
def file(
    request: HttpRequest,
    edition: Id,
    name: Annotated[EditionFile, Path(description="Tệp · Which file")],
) -> HttpResponse:
    """A file of an edition, to the byte as it was issued; refused where it does not match the record any more."""
    issuing.whole(edition_for(request.user, edition))
    return edition_file(request, edition, name.value)


def report_line(report: Report) -> dict[str, Any]:
    same = ("unit", "outline", "period", "made_by", "made_at", "drafted_at", "revision")
    title = Words.of(drafting.title_of(report))
    return {"id": report.pk, "title": title, **{name: getattr(report, name) for name in same}}


def edition_out(edition: Edition, report: Report) -> EditionOut:
    same = ("ordinal", "number", "issued_on", "issued_by", "revision", "sha256", "published_at")
    return EditionOut(
        id=edition.pk,
        report=report.pk,
        unit=report.unit,
        outline=report.outline,
        period=report.period,
        title=Words.of(drafting.title_of(report)),
        **{name: getattr(edition, name) for name in same},
    )
