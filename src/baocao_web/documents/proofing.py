"""Reports of anybody, brought in to be proof-read: taken in, read by a process aside, compared with the store."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from baocao.model.observation import Address
from baocao.model.text import Problem, Text
from baocao.reporting import looking_up
from baocao.reporting.answering import Answers
from baocao_web.documents import draft_json, jobs
from baocao_web.documents.models import Job, Report, Upload
from baocao_web.documents.states import State
from baocao_web.pages import number
from baocao_web.people.policies import demand
from baocao_web.people.recording import Done, append
from baocao_web.people.roles import Action
from baocao_web.places import office
from baocao_web.places.periods import period_asked

SUFFIXES: Final = (".docx", ".pdf", ".txt", ".xlsx")
MOST: Final = 20 * 1024 * 1024
_STEERING: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069/\\]")
_NONE = Text("hãy chọn tệp cần soát.", "choose the file that is to be read.")
_KIND = Text(
    "chỉ nhận tệp {suffixes}; tệp “{seen}” không phải.", "only {suffixes} files are taken; “{seen}” is none of these."
)
_SIZE = Text(
    "tệp nặng {seen} MB, giới hạn là {limit} MB; hãy tách tệp hoặc nén hình ảnh trong đó.",
    "the file has {seen} MB, the limit is {limit} MB; split it, or compress the pictures in it.",
)
_EMPTY = Text("tệp rỗng (0 byte); hãy lấy lại tệp.", "the file is empty (0 bytes); fetch it again.")


def take_in(
    given: UploadedFile | None,
    unit: str,
    user: Any,
    report: Report | None = None,
    suffixes: Sequence[str] = SUFFIXES,
) -> Upload:
    """Keep a file that somebody brought in, with ``report`` one that belongs to that. Raises ``Problem``."""
    demand(user, Action.DRAFT if report else Action.PROOF_READ, unit)
    if given is None:
        raise Problem(_NONE)
    name = named(given.name or "")
    if PurePosixPath(name.lower()).suffix not in suffixes:
        raise Problem(_KIND.fill(suffixes=", ".join(suffixes), seen=name))
    if (given.size or 0) > MOST:
        raise Problem(_SIZE.fill(seen=-(-(given.size or 0) // 1024**2), limit=MOST // 1024**2))
    content = given.read()
    if not content:
        raise Problem(_EMPTY)
    digest, by = sha256(content).hexdigest(), user.get_username()
    with transaction.atomic():
        made: Upload = Upload.objects.create(unit=unit, report=report, name=name, sha256=digest, content=content, by=by)
        append(Done(made.stream, by, "proof_read", unit, {"file": name, "sha256": digest}))
    return made


def named(seen: str) -> str:
    """A file's name without what steers, turns or leads elsewhere."""
    clean = _STEERING.sub("", unicodedata.normalize("NFC", seen)).strip()
    return clean if len(clean) <= 150 else clean[:100] + clean[-50:]


def file_of(upload: Upload) -> str:
    """The name that the file is read under: its kind, and nothing of the sender's."""
    return f"given{PurePosixPath(upload.name.lower()).suffix}"


def check_of(upload: Upload, by: str) -> Job:
    """The reading of a file, begun where it was not."""
    found = Job.objects.filter(kind="check", upload=upload).exclude(state=State.FAILED.value).last()
    return found or Job.objects.filter(kind="check", upload=upload).last() or check_again(upload, by)


def check_again(upload: Upload, by: str) -> Job:
    """Read a file once more."""
    name = file_of(upload)
    files = {name: bytes(upload.content)}
    return jobs.ask("check", upload.sha256, by, files, upload=upload, asked={"file": name})


def compare(upload: Upload, user: Any, unit: str, period: str) -> Job:
    """Have every figure of a file tied to its address, to be held against the store; by its own head where not told."""
    demand(user, Action.PROOF_READ, upload.unit)
    asked = {
        "file": file_of(upload),
        "unit": unit,
        "period": period_asked(period).code if period else "",
        "units": settings.OFFICE_UNITS,
        "changes": settings.OFFICE_CHANGES,
        "catalogue": list(settings.OFFICE_CATALOGUE),
    }
    digest = sha256(repr((upload.sha256, unit, period)).encode()).hexdigest()
    files = {asked["file"]: bytes(upload.content)}
    return jobs.ask("compare", digest, user.get_username(), files, upload=upload, asked=asked)


@dataclass(frozen=True, slots=True)
class Held:
    """A printed figure beside what the store has at its address; ``agrees`` is None where the store has nothing."""

    text: str
    words: str
    addresses: tuple[Address, ...]
    stored: str
    agrees: bool | None


def held_against_store(job: Job) -> list[Held]:
    """Every figure that was read, with what the store would print in its place; those at odds first."""
    told = jobs.outcome_of(job)
    unit = told["unit"]
    if not office.is_known(unit):
        return []
    links = [(one, draft_json.read(one["link"])) for one in told["links"]]
    with office.book() as book:
        period = draft_json.read(told["period"])
        look_up = looking_up.over(Answers.about(book, unit, period.end), unit, period)
        found = [_held(one, source, look_up(source)) for one, source in links]
    return sorted(found, key=lambda one: (one.agrees is not False, one.agrees is None))


def _held(one: dict[str, Any], source: Any, current: looking_up.Current | None) -> Held:
    if current is None:
        return Held(one["text"], one["words"], source.addresses, "", None)
    value = looking_up.told(source, current.value)
    printed, step = draft_json.read(one["value"]), draft_json.read(one["step"])
    shown = number(value.quantize(step) if step else value)
    return Held(one["text"], one["words"], source.addresses, shown, abs(value - abs(printed)) <= step)
