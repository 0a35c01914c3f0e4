"""Work on a report: drafted, its parts written, suggestions settled, findings answered; issued and published."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from http import HTTPStatus
from typing import Annotated

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Path, Schema
from pydantic import Field

from baocao_web.api.fields import LARGEST, Day, Given, Id, Words, unit_of
from baocao_web.api.once import Key, once
from baocao_web.api.problems import Kind, Refused
from baocao_web.api.proof_calls import FindingOut, finding_out
from baocao_web.api.report_calls import EditionOut, Progress, ReportLine, edition_out, report_line, router
from baocao_web.documents import checking, drafting, issuing, verdicts, writing_parts
from baocao_web.documents.models import Report
from baocao_web.documents.permits import edition_for, report_for, upload_for
from baocao_web.people.policies import demand
from baocao_web.people.roles import Action

_REASON = 2_000
Part = Annotated[str, Path(max_length=100, description="Phần viết · Which part")]
FindingKey = Annotated[str, Path(pattern=r"^[0-9a-f]{12}$", description="“key” của phát hiện · A finding's key")]


class ReportIn(Given):
    """Which report is wanted."""

    unit: str = Field(max_length=40)
    outline: str = Field(max_length=60, examples=["bao-cao-nam"])
    period: str = Field(max_length=40, examples=["2026"])


class PartOut(Schema):
    """A part that people write: its heading, what stands there now, who holds it at this moment."""

    key: str
    heading: str
    text: str
    version: int
    asks: str
    held_by: str | None
    held_until: datetime | None


class PartsOut(Schema):
    """The parts in the order of the report."""

    items: list[PartOut]


class PartIn(Given):
    """What is to stand in a part, over the version that the caller knows."""

    version: int = Field(ge=0, le=LARGEST)
    text: str = Field(max_length=writing_parts.LONGEST)


class WrittenOut(Schema):
    """The version; ``is_beside``: another saved or held the part, so that this text is kept beside."""

    version: int
    is_beside: bool


class HeldOut(Schema):
    """Who holds a part, and until when."""

    by: str
    until: datetime
    is_mine: bool


class SuggestionsIn(Given):
    """Suggested sentences by their marks, and whether they are kept; “all” are those not looked at yet."""

    marks: list[Annotated[str, Field(max_length=80)]] = Field(min_length=1, max_length=1_000)
    keep: bool


class CheckedOut(Schema):
    """How the proof-reading of a report as it stands is going; ``state`` binds issuing to what was looked at."""

    progress: Progress
    state: str
    fault: Words | None
    findings: list[FindingOut]


class What(Enum):
    """What is said of a finding."""

    ACCEPT = "accept"
    REOPEN = "reopen"
    COMMENT = "comment"


class SaidIn(Given):
    """What is said of a finding; accepting and commenting need words."""

    what: Annotated[What, Field(strict=False)]
    words: str = Field("", max_length=verdicts.LONGEST)


class SaidOut(Schema):
    """Whether the finding is accepted now."""

    key: str
    is_accepted: bool


class IssueIn(Given):
    """The number and the day that a report is issued with; ``state`` as ``GET …/findings`` told it."""

    number: str = Field(min_length=1, max_length=20)
    on: Day
    state: str = Field(max_length=64)


class WithdrawIn(Given):
    """Why an edition is taken off the open page."""

    reason: str = Field(min_length=1, max_length=_REASON)


@router.post(
    "/reports", response={202: ReportLine}, url_name="api_reports", operation_id="make_report", summary="Soạn báo cáo"
)
def make(request: HttpRequest, given: ReportIn, key: Key) -> HttpResponse:
    """Have a report drafted; ask for it by its number until its ``drafting`` is “done” or “failed”."""
    unit_of(given.unit, "/unit", "body")
    demand(request.user, Action.DRAFT, given.unit)
    wanted = drafting.Wanted(given.unit, given.outline, given.period)
    return once(request, key, lambda _: _line(drafting.make(wanted, request.user)), HTTPStatus.ACCEPTED)


@router.post(
    "/reports/{int:report}/draft",
    response={202: ReportLine},
    url_name="api_report_draft",
    operation_id="draft_again",
    summary="Soạn lại báo cáo",
)
def draft_again(request: HttpRequest, report: Id, key: Key) -> HttpResponse:
    """Write the draft anew from the figures as they stand; what people wrote stays."""
    found = _drafted_by(request, report)

    def work(_name: str) -> ReportLine:
        drafting.draft_again(found, request.user)
        return _line(found)

    return once(request, key, work, HTTPStatus.ACCEPTED)


@router.get(
    "/reports/{int:report}/parts",
    response=PartsOut,
    url_name="api_parts",
    operation_id="report_parts",
    summary="Các phần viết của báo cáo",
)
def parts(request: HttpRequest, report: Id) -> PartsOut:
    """The parts that people write, with who holds each; none while the report is not drafted yet."""
    found = report_for(request.user, report)
    return PartsOut(items=[_part(found, one) for one in writing_parts.places(found)] if found.drafted else [])


def _part(report: Report, place: writing_parts.Place) -> PartOut:
    same = ("key", "heading", "text", "version", "asks")
    held = writing_parts.held(report, place.key)
    own = {name: getattr(place, name) for name in same}
    return PartOut(**own, held_by=held.by if held else None, held_until=held.until if held else None)


@router.put(
    "/reports/{int:report}/parts/{part}",
    response=WrittenOut,
    url_name="api_part",
    operation_id="write_part",
    summary="Ghi một phần viết",
)
def write(request: HttpRequest, report: Id, part: Part, given: PartIn, key: Key) -> HttpResponse:
    """Write a part over a version; where another saved since or holds it, the text is kept beside."""
    found = _with_part(request, report, part)

    def work(_name: str) -> WrittenOut:
        saved = writing_parts.save(found, part, request.user, given.text, given.version)
        return WrittenOut(version=saved.version, is_beside=saved.is_beside)

    return once(request, key, work)


@router.post(
    "/reports/{int:report}/parts/{part}/hold",
    response=HeldOut,
    url_name="api_part_hold",
    operation_id="hold_part",
    summary="Giữ một phần để viết",
)
def hold(request: HttpRequest, report: Id, part: Part, key: Key) -> HttpResponse:
    """Hold a part for some minutes; where another does, he goes on, and is told."""
    found = _with_part(request, report, part)

    def work(_name: str) -> HeldOut:
        held = writing_parts.hold(found, part, request.user)
        return HeldOut(by=held.by, until=held.until, is_mine=held.is_of(request.user))

    return once(request, key, work)


@router.post(
    "/reports/{int:report}/suggestions",
    response=ReportLine,
    url_name="api_suggestions",
    operation_id="settle_suggestions",
    summary="Giữ hoặc bỏ câu gợi ý",
)
def settle(request: HttpRequest, report: Id, given: SuggestionsIn, key: Key) -> HttpResponse:
    """Keep or take out sentences that are offered."""
    found = _drafted_by(request, report)

    def work(_name: str) -> ReportLine:
        drafting.settle_suggestions(found, request.user, given.marks, is_kept=given.keep)
        return _line(found)

    return once(request, key, work)


@router.get(
    "/reports/{int:report}/findings",
    response=CheckedOut,
    url_name="api_report_findings",
    operation_id="report_findings",
    summary="Phát hiện trong báo cáo đang soạn",
)
def findings(request: HttpRequest, report: Id) -> CheckedOut:
    """What the proof-reader tells of the report as it stands; waiting while it is not drafted yet."""
    found = report_for(request.user, report)
    if not found.drafted:
        return CheckedOut(progress=Progress.WAITING, state="", fault=None, findings=[])
    checked = checking.of_report(found, request.user.get_username())
    accepted = verdicts.accepted(report=found)
    return CheckedOut(
        progress=Progress(checked.state.value),
        state=drafting.state_of(found),
        fault=Words.of(checked.fault) if checked.fault else None,
        findings=[finding_out(one, one["key"] in accepted) for one in checked.findings],
    )


@router.post(
    "/reports/{int:report}/findings/{finding}",
    response=SaidOut,
    url_name="api_report_finding",
    operation_id="answer_report_finding",
    summary="Trả lời một phát hiện trong báo cáo",
)
def answer(request: HttpRequest, report: Id, finding: FindingKey, given: SaidIn, key: Key) -> HttpResponse:
    """Accept a finding of a report in work with a reason, open it again, or comment on it."""
    found = report_for(request.user, report)
    demand(request.user, Action.PROOF_READ, found.unit)

    def work(_name: str) -> SaidOut:
        verdicts.say(verdicts.Asked(finding, given.what.value, given.words.strip()), request.user, report=found)
        return SaidOut(key=finding, is_accepted=finding in verdicts.accepted(report=found))

    return once(request, key, work)


@router.post(
    "/proofs/{int:proof}/findings/{finding}",
    response=SaidOut,
    url_name="api_proof_finding",
    operation_id="answer_proof_finding",
    summary="Trả lời một phát hiện trong tệp",
)
def answer_proof(request: HttpRequest, proof: Id, finding: FindingKey, given: SaidIn, key: Key) -> HttpResponse:
    """Accept a finding of a file with a reason, open it again, or comment on it."""
    found = upload_for(request.user, proof)

    def work(_name: str) -> SaidOut:
        verdicts.say(verdicts.Asked(finding, given.what.value, given.words.strip()), request.user, upload=found)
        return SaidOut(key=finding, is_accepted=finding in verdicts.accepted(upload=found))

    return once(request, key, work)


@router.post(
    "/reports/{int:report}/issue",
    response=EditionOut,
    url_name="api_issue",
    operation_id="issue",
    summary="Ban hành báo cáo",
)
def issue(request: HttpRequest, report: Id, given: IssueIn, key: Key) -> HttpResponse:
    """Issue a report as it stood when it was looked at; refused while anything in it waits for somebody."""
    found = report_for(request.user, report)
    demand(request.user, Action.ISSUE, found.unit)
    if not found.drafted:
        raise Refused(Kind.CONFLICT)

    def work(_name: str) -> EditionOut:
        return edition_out(issuing.issue(found, request.user, given.number.strip(), given.on, given.state), found)

    return once(request, key, work)


@router.post(
    "/editions/{int:edition}/publish",
    response=EditionOut,
    url_name="api_publish",
    operation_id="publish",
    summary="Công khai báo cáo",
)
def publish(request: HttpRequest, edition: Id, key: Key) -> HttpResponse:
    """Put an issued report on the open page, with the data behind every figure."""

    def work(_name: str) -> EditionOut:
        issuing.publish(edition_for(request.user, edition), request.user)
        return _edition(request, edition)

    return once(request, key, work)


@router.post(
    "/editions/{int:edition}/withdraw",
    response=EditionOut,
    url_name="api_withdraw",
    operation_id="withdraw",
    summary="Gỡ báo cáo khỏi trang công khai",
)
def withdraw(request: HttpRequest, edition: Id, given: WithdrawIn, key: Key) -> HttpResponse:
    """Take an issued report off the open page, with a reason."""

    def work(_name: str) -> EditionOut:
        issuing.withdraw(edition_for(request.user, edition), request.user, given.reason)
        return _edition(request, edition)

    return once(request, key, work)


def _edition(request: HttpRequest, edition: int) -> EditionOut:
    found = edition_for(request.user, edition)
    return edition_out(found, found.report)


def _line(report: Report) -> ReportLine:
    return ReportLine(**report_line(report))


def _drafted_by(request: HttpRequest, report: int) -> Report:
    """A report that the caller drafts. Raises ``Http404``, ``PermissionDenied``."""
    found = report_for(request.user, report)
    demand(request.user, Action.DRAFT, found.unit)
    return found


def _with_part(request: HttpRequest, report: int, part: str) -> Report:
    """A report that the caller drafts and that has such a part."""
    found = _drafted_by(request, report)
    if not found.drafted or writing_parts.place_of(found, part) is None:
        raise Http404
    return found
