"""A small office that has told enough of itself for a report to be drafted, and ways to have one at once."""

from __future__ import annotations

import json
import time
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction

from baocao.figures import store
from baocao.model.observation import Address, Observation, Origin, OriginKind
from baocao.model.period import Period
from baocao_web.documents import draft_json, drafting, drafting_room, jobs, writing_parts
from baocao_web.documents.models import Job, Report
from baocao_web.documents.states import State
from baocao_web.figures.feeding_in import raw
from baocao_web.people.models import User
from tests.web.offices import HERE

YEAR, OUTLINE = "2026-A1", "bao-cao-nam"
_TOLD = {
    "lua_dien_tich": (1234, 1200),
    "lua_san_luong": (7280, 6960),
    "ho_ngheo": (41, 57),
    "dan_so": (8123, 8050),
    "giao_duc_hoc_sinh": (1520, 1498),
}


def told(figures: dict[str, tuple[int, int]] | None = None, unit: str = HERE) -> None:
    """What the unit told of this year and of the one before."""
    given = []
    for code, (now, before) in (figures or _TOLD).items():
        for year, value in ((2026, now), (2025, before)):
            origin = Origin(OriginKind.FORM_CELL, f"B01.1/1/{code}:actual#1")
            address = Address(unit, code, Period.part(year))
            given.append(Observation(address, Decimal(value), origin, datetime.now(UTC), "lan"))
    with transaction.atomic():
        store.record(raw(), given)


def drafted(unit: str = HERE, period: str = YEAR) -> Report:
    """A report with its draft, made in this process."""
    report = Report.objects.create(unit=unit, outline=OUTLINE, period=period, made_by="tuan")
    line = _line(unit, period)
    with transaction.atomic():
        drafting.settle_draft(report, line, draft_json.read(line).revision, "tuan")
    return report


@lru_cache(maxsize=8)
def _line(unit: str, period: str) -> str:
    """The draft of what ``told`` tells: the same in every database."""
    wanted = Report(unit=unit, outline=OUTLINE, period=period)
    with TemporaryDirectory() as folder:
        drafting_room.draft(Path(folder), asked(wanted))
        return (Path(folder) / "draft.json").read_text(encoding="utf-8")


def asked(report: Report) -> dict[str, Any]:
    day = date(2026, 12, 20).isoformat()
    told = {"unit": report.unit, "outline": report.outline, "period": report.period, "on": day}
    return {"kind": "draft", **told, "letterhead": {"signature": ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]}}


def written(report: Report) -> None:
    """What only people can write is written, as its own version of each part."""
    user = User.objects.get(username="tuan")
    for place in writing_parts.places(report):
        if not place.text:
            writing_parts.save(report, place.key, user, "Không có.", place.version)


def checked(report: Report, findings: list[dict[str, Any]]) -> Job:
    """As if the proof-reader had told these findings on the report as it stands."""
    digest = drafting.state_of(report)
    outcome = json.dumps({"findings": findings})
    made: Job = Job.objects.create(
        kind="check_draft", digest=digest, report=report, by="tuan", state=State.DONE.value, outcome=outcome
    )
    return made


def waited(job: Job, seconds: float = 120) -> State:
    """How work ends."""
    until = time.monotonic() + seconds
    while not (state := jobs.look(job)).is_over and time.monotonic() < until:
        time.sleep(0.1)
    return state
