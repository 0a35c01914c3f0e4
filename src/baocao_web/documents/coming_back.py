"""A Word copy of a report that comes back from other hands: what differs, and taking over what people wrote there."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Any

from django.db import transaction
from markupsafe import Markup, escape

from baocao.model.text import Problem, Text
from baocao.reporting.differing import Kind
from baocao.reporting.live_grids import KINDS
from baocao_web.documents import draft_json, drafting, jobs, markup, writing_parts
from baocao_web.documents.models import Job, Report, Upload
from baocao_web.people.policies import demand
from baocao_web.people.roles import Action

_NOT_DONE = Text("tệp này chưa đọc xong.", "this file is not read yet.")
_NOTHING = Text("hãy chọn phần muốn lấy.", "choose the parts that are to be taken.")


@dataclass(frozen=True, slots=True)
class Changed:
    """A part that people wrote in the file otherwise than it stands in the report."""

    key: str
    heading: str
    ours: str
    theirs: str
    version: int

    @property
    def marked(self) -> Markup:
        """Both texts in one, what went and what came marked."""
        return marked(self.ours, self.theirs)


def read(upload: Upload, user: Any) -> Job:
    """Have a Word copy that came back read, beside the report as it stands."""
    report = upload.report
    assert report is not None
    demand(user, Action.DRAFT, report.unit)
    line = draft_json.written(drafting.as_it_stands(report)).encode()
    digest = sha256(f"{upload.sha256} {drafting.state_of(report)}".encode()).hexdigest()
    files = {"given.docx": bytes(upload.content), "draft.json": line}
    asked = {"file": "given.docx"}
    return jobs.ask("came_back", digest, user.get_username(), files, upload=upload, report=report, asked=asked)


def changed_parts(report: Report, told: dict[str, Any]) -> list[Changed]:
    """The written parts that differ now, in the order of the report; one that was left as drafted does not."""
    parts: dict[str, str] = told["parts"]
    return [
        Changed(place.key, place.heading, place.text, parts[place.key], place.version)
        for place in writing_parts.places(report)
        if place.key in parts and _bare(parts[place.key]) not in ("", _bare(place.text))
    ]


def _bare(text: str) -> str:
    return " ".join(markup.clean(text).removesuffix("/.").split())


def kinds_of(told: dict[str, Any]) -> list[tuple[Text, dict[str, Any]]]:
    """The numbers that differ, each with what is the matter in words."""
    return [(KINDS[Kind(one["kind"])], one) for one in told["numbers"]]


def take(report: Report, job: Job, keys: list[str], user: Any) -> int:
    """Take over what was written in some parts, each as a version of its own; how many. Raises ``Problem``."""
    demand(user, Action.DRAFT, report.unit)
    told = jobs.outcome_of(job)
    if told is None:
        raise Problem(_NOT_DONE)
    chosen = [one for one in changed_parts(report, told) if one.key in keys]
    if not chosen:
        raise Problem(_NOTHING)
    with transaction.atomic():
        saved = [writing_parts.save(report, one.key, user, _own_end(one.theirs), one.version) for one in chosen]
    return sum(not one.is_beside for one in saved)


def _own_end(text: str) -> str:
    """Without the mark that ends a whole report."""
    return text.removesuffix("/.")


def marked(before: str, now: str) -> Markup:
    """Two texts in one, word by word."""
    old, new = before.split(" "), now.split(" ")
    found = []
    for kind, low, high, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(escape(" ".join(old[low:high])))
            continue
        if high > low:
            found.append(Markup("<del>{}</del>").format(" ".join(old[low:high])))
        if last > first:
            found.append(Markup("<ins>{}</ins>").format(" ".join(new[first:last])))
    return Markup(" ").join(found)
