"""An office in which something of every kind has been done: each page has something to show, and its address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from fido2.cose import ES256
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    RegistrationResponse,
)

from baocao.figures import store
from baocao.model.observation import Address, Observation, Origin, OriginKind
from baocao.model.period import Period
from baocao_web.api import tokens
from baocao_web.collecting.models import Round
from baocao_web.documents import drafting
from baocao_web.documents.models import Edition, Job, Report, Upload
from baocao_web.figures.feeding_in import raw
from baocao_web.people.models import Grant, User
from baocao_web.people.roles import Role
from baocao_web.places import office
from baocao_web.plans.assigning import Asked, assign
from baocao_web.plans.models import Annex, Draft
from baocao_web.tasks.models import Task
from demo import office_tasks
from demo.province import places, tasks
from demo.province.writing import table
from tests.web import reports
from tests.web.browsing import PASSWORD
from tests.web.offices import HERE, PROVINCE, THERE, Office, person, post, signed_in
from tests.web.test_documents import FINDING
from tests.web.test_documents_beside import _word
from tests.web.test_documents_proofs import WRONG
from tests.web.test_plans_annex import FORM, workbook
from tests.web.test_workbooks import AREA, OUTPUT, POOR, download, packed, put, upload

VILLAGES = {"MHT91": "Thôn Nhất", "MHT92": "Thôn Nhị"}
DECIDED = "12/NQ-HĐND ngày 20/12/2025"


def with_villages(folder: Path) -> None:
    """The map on which the first commune has villages; until ``office.forget`` is told of another."""
    rows = [(code, name, "village", HERE, "2025-07-01", "") for code, name in VILLAGES.items()]
    table(folder / "units.csv", [*places.unit_rows(), *rows])
    settings.OFFICE_UNITS = str(folder / "units.csv")
    office.forget()


@dataclass(frozen=True, slots=True)
class Worked:
    """The addresses' numbers, by what they are of."""

    office: Office
    numbers: dict[str, Any]

    def path(self, shape: str) -> str:
        return shape.format(**self.numbers)


def worked(made: Office, folder: Path) -> Worked:
    """Work of every room, done through the same pages and actions as people's."""
    _people()
    _figures()
    numbers = {"here": HERE, "there": THERE, "account": User.objects.get(username="lan").pk, "form": made.form.pk}
    numbers |= _forms(made) | _plans() | _tasks(folder) | _reports() | _proof()
    return Worked(made, numbers)


def _people() -> None:
    """Besides the office's people a compiler of the commune, and one who signs in by two steps."""
    for name, role, unit in (
        ("van", Role.COMPILER, HERE),
        ("binh", Role.APPROVER, THERE),
        ("yen", Role.REPORTER, HERE),
    ):
        user = User.objects.create_user(name, PASSWORD, full_name=f"Trần Hư {name.title()}")
        Grant.objects.create(user=user, role=role.value, unit=unit)
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=_key())
    compiler = User.objects.get(username="tuan")
    tokens.make(compiler, compiler, tokens.Wanted("Kho dữ liệu tỉnh", PROVINCE, ["compiler"], 90, may_write=True))


def _key() -> dict[str, Any]:
    """A security key as it is kept once a device has told of it."""
    public = ES256.from_ctap1(b"\x04" + bytes(range(64)))
    told = AttestedCredentialData.create(Aaguid(bytes(16)), b"khoa-chinh", public)
    proof = AuthenticatorData.create(bytes(32), AuthenticatorData.FLAG.AT, 0, told)
    attested = AttestationObject.create("none", proof, {})
    client = CollectedClientData.create(CollectedClientData.TYPE.CREATE, bytes(32), "http://localhost")
    response = AuthenticatorAttestationResponse(client_data=client, attestation_object=attested)
    return {"name": "Khóa chính", "credential": dict(RegistrationResponse(raw_id=b"khoa-chinh", response=response))}


def proven(name: str) -> Client:
    """A browser in which somebody has signed in just now by a password: pages of his account ask for no other proof."""
    client = signed_in(name)
    if User.objects.get(username=name).has_usable_password():
        client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


def _figures() -> None:
    reports.told()
    at, origin = datetime(2026, 10, 2, tzinfo=UTC), Origin(OriginKind.FILE_CELL, "0f#B7")
    months = [*Period.part(2025).split(1), *Period.part(2026).split(1)[:10]]
    given = [
        Observation(Address(unit, code, month), Decimal(value), origin, at, "lan")
        for unit in (HERE, THERE)
        for code, value in (("lua_dien_tich", 10), ("lua_san_luong", 52), ("ho_ngheo", 7))
        for month in months
        if month.start >= date(2025, 7, 1)
    ]
    with transaction.atomic():
        store.record(raw(), given)


def _forms(made: Office) -> dict[str, Any]:
    """One entry returned with remarks, one waiting with an uploaded workbook, and the round of the villages."""
    entry, other = made.entry(), made.entry(THERE)
    post(signed_in("lan"), f"/forms/{entry.pk}/save", base=0, cells={AREA: "10", OUTPUT: "600"})
    post(signed_in("lan"), f"/forms/{entry.pk}/submit", version=1)
    post(signed_in("hoa"), f"/forms/{entry.pk}/return", version=1, reason="Xem lại sản lượng", cells=[OUTPUT])
    post(signed_in("tuan"), f"/forms/{entry.pk}/remarks", cell=OUTPUT, text="Gấp mười năm trước")
    signed_in("van").post(f"/forms/{entry.pk}/below", {"act": "open"})
    minh = signed_in("minh")
    post(minh, f"/forms/{other.pk}/save", base=0, cells={AREA: "5"})
    book = put(download(minh, other), lua_dien_tich__actual=12345, lua_san_luong__actual="khoảng 3")
    post(signed_in("binh"), f"/forms/{other.pk}/save", base=1, cells={AREA: "55"})
    upload(minh, other, packed(put(book, ho_ngheo__actual=-4)))
    below = Round.objects.get(owner=HERE)
    return {
        "entry": entry.pk,
        "other": other.pk,
        "round": made.round.pk,
        "below": below.pk,
        "cell": OUTPUT,
        "poor": POOR,
    }


def _plans() -> dict[str, Any]:
    lines = {"lua_dien_tich": "1.000", "ho_ngheo": "không quá 300", "lua_nang_suat": "48,5-52", "dien_tap": "đảm bảo"}
    assign(Asked(PROVINCE, 2026, "HĐND tỉnh", DECIDED, lines=lines), person("tuan"))
    assign(
        Asked(PROVINCE, 2026, "UBND tỉnh", "9/QĐ-UBND ngày 25/12/2025", lines={"lua_dien_tich": "1.100"}),
        person("tuan"),
    )
    assign(Asked(HERE, 2026, "UBND tỉnh", "10/QĐ-UBND ngày 25/12/2025", lines={"lua_dien_tich": "400"}), person("tuan"))
    client, asked = signed_in("tuan"), f"?unit={PROVINCE}&year="
    typed = {"authority": "HĐND tỉnh", "decision": "13/NQ-HĐND ngày 10/7/2026"}
    book = SimpleUploadedFile("Phụ lục giao chỉ tiêu điều chỉnh.xlsx", workbook(FORM))
    client.post(f"/plans/annex{asked}2026", {**typed, "file": book})
    client.post(f"/plans/drafts{asked}2027", {"title": "Phương án 1", "authority": "HĐND tỉnh"})
    return {"annex": Annex.objects.get().pk, "plan_draft": Draft.objects.get().pk}


def _tasks(folder: Path) -> dict[str, Any]:
    table(folder / "nhiem-vu.csv", tasks.rows())
    people = office_tasks.People("tuan", {HERE: "lan", THERE: "minh"}, {HERE: "hoa", THERE: "binh"})
    office_tasks.load(folder / "nhiem-vu.csv", people)
    claimed = Task.objects.get(title__startswith="Số hóa")
    periodic = Task.objects.exclude(every="").get()
    return {"task": claimed.pk, "periodic": periodic.pk}


def _reports() -> dict[str, Any]:
    """A report that was issued and published and has a finding since, last year's beside it, and one that came back."""
    report: Report = reports.drafted()
    reports.drafted(period="2025-A1")
    copy = _word(report, ("1.234", "1.243"))
    signed_in("tuan").post(f"/documents/{report.pk}/returned/", {"file": SimpleUploadedFile("ban-sua.docx", copy)})
    came_back = Job.objects.get(kind="came_back")
    reports.waited(came_back)
    reports.written(report)
    signed_in("tuan").post(f"/documents/{report.pk}/settle", {"keep": "all"})
    report.refresh_from_db()
    reports.checked(report, [])
    given = {"number": "05", "on": "05/11/2026", "state": drafting.state_of(report)}
    signed_in("son").post(f"/documents/{report.pk}/issue", given)
    edition = Edition.objects.get()
    signed_in("son").post(f"/documents/editions/{edition.pk}/publish")
    reports.checked(report, [FINDING])
    return {"report": report.pk, "edition": edition.pk, "came_back": came_back.pk}


def _proof() -> dict[str, Any]:
    """A file of somebody else's with what was found in it."""
    given = {"file": SimpleUploadedFile("Báo cáo của phường.txt", WRONG.encode()), "unit": PROVINCE}
    signed_in("ngoc").post("/documents/proofs/", given)
    brought = Upload.objects.latest("pk")
    reports.waited(Job.objects.get(kind="check", upload=brought))
    answer = signed_in("tuan").post(f"/documents/{Report.objects.order_by('pk')[0].pk}/pdf")
    number = re.search(r"/jobs/(\d+)/", answer.headers["Location"])
    assert number is not None
    reports.waited(Job.objects.get(pk=int(number[1])))
    return {"proof": brought.pk, "job": int(number[1])}
