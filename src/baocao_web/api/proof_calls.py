"""Files brought in to be proof-read, and what was found in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from baocao.model.text import Problem
from baocao_web.api.fields import PAGE, Cursor, Id, Limit, Words, page, unit_of
from baocao_web.api.once import Key, once
from baocao_web.api.problems import Fault, Kind, Refused
from baocao_web.api.report_calls import Progress
from baocao_web.documents import jobs, proofing, verdicts
from baocao_web.documents.models import Upload
from baocao_web.documents.permits import units_of, upload_for
from baocao_web.documents.states import State
from baocao_web.people.policies import demand, may
from baocao_web.people.roles import Action

router = Router(tags=["Soát báo cáo · Proof-reading"])


class ProofLine(Schema):
    """One file that was brought in."""

    id: int
    unit: str
    name: str
    sha256: str
    by: str
    at: datetime


class ProofPage(Schema):
    items: list[ProofLine]
    next: str | None


class FindingOut(Schema):
    """One finding; ``key`` stays the same when the file is read again, also where other passages changed."""

    key: str
    rule: str
    severity: str
    title: Words
    message: Words
    arithmetic: Words
    where: Words
    passage: str
    is_accepted: bool


class ProofOut(ProofLine):
    """How the reading stands; ``findings`` are there when it is done, ``fault`` says why it failed."""

    state: Progress
    fault: Words | None
    findings: list[FindingOut]


@router.get("/proofs", response=ProofPage, url_name="api_proofs", operation_id="proofs", summary="Các tệp đã gửi soát")
def proofs(request: HttpRequest, limit: Limit = PAGE, cursor: Cursor = "") -> ProofPage:
    """The files of the units that the caller proof-reads for, by number."""
    if not units_of(request.user, (Action.PROOF_READ,)):
        raise PermissionDenied

    def found(behind: Any) -> Iterator[Upload]:
        for upload in Upload.objects.filter(report=None, pk__gt=int(behind or 0)).defer("content").order_by("pk"):
            if may(request.user, Action.PROOF_READ, upload.unit):
                yield upload

    items, rest = page(request, found, lambda upload: upload.pk, limit, cursor)
    return ProofPage(items=[ProofLine(**_line(upload)) for upload in items], next=rest)


@router.post(
    "/proofs",
    response={202: ProofLine},
    url_name="api_proofs",
    operation_id="proof_read",
    summary="Gửi một tệp để soát",
)
def proof_read(
    request: HttpRequest,
    key: Key,
    unit: Annotated[str, Form(max_length=40)],
    file: Annotated[UploadedFile, File(description=".docx, .pdf, .txt, .xlsx; ≤ 20 MB")],
) -> HttpResponse:
    """Bring in a file of a unit to be proof-read; ask for it by its number until its state is “done” or “failed”."""
    unit_of(unit, "unit", "body")
    demand(request.user, Action.PROOF_READ, unit)
    by = request.user.get_username()

    def work(_name: str) -> ProofLine:
        try:
            made = proofing.take_in(file, unit, request.user)
        except Problem as problem:
            raise Refused(Kind.INVALID, None, [Fault("file", problem.text)]) from problem
        transaction.on_commit(lambda: proofing.check_of(made, by))
        return ProofLine(**_line(made))

    return once(request, key, work, HTTPStatus.ACCEPTED)


@router.get(
    "/proofs/{int:proof}", response=ProofOut, url_name="api_proof", operation_id="proof", summary="Phát hiện trong tệp"
)
def proof(request: HttpRequest, proof: Id) -> ProofOut:
    """How the reading of a file stands, and its findings."""
    upload = upload_for(request.user, proof)
    job = proofing.check_of(upload, request.user.get_username())
    state = jobs.look(job)
    told = jobs.outcome_of(job)["findings"] if state is State.DONE else ()
    accepted = verdicts.accepted(upload=upload)
    fault = Words.of(jobs.fault_of(job)) if state is State.FAILED else None
    return ProofOut(
        **_line(upload),
        state=Progress(state.value),
        fault=fault,
        findings=[finding_out(one, one["key"] in accepted) for one in told],
    )


def _line(upload: Upload) -> dict[str, Any]:
    same = ("unit", "name", "sha256", "by", "at")
    return {"id": upload.pk, **{name: getattr(upload, name) for name in same}}


def finding_out(one: dict[str, Any], is_accepted: bool) -> FindingOut:
    return FindingOut(
        key=one["key"],
        rule=one["rule"],
        severity=one["severity"],
        title=one["title"],
        message=one["message"],
        arithmetic=one["sum"],
        where=one["where"],
        passage="".join(text for text, _ in one["pieces"]),
        is_accepted=is_accepted,
    )
