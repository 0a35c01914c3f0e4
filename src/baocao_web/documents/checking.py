"""The proof-reader over a report in work: asked for whenever the report has changed, told when it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from baocao.model.text import Text
from baocao_web.documents import draft_json, drafting, jobs
from baocao_web.documents.models import Job, Report
from baocao_web.documents.states import State


@dataclass(frozen=True, slots=True)
class Checked:
    """How the check of a report as it stands is going; ``findings`` are told when it is done."""

    state: State
    findings: tuple[dict[str, Any], ...] = ()
    fault: Text | None = None


def of_report(report: Report, by: str) -> Checked:
    """The check of the report as it stands now, begun where it was not."""
    digest = drafting.state_of(report)
    job: Job | None = Job.objects.filter(kind="check_draft", digest=digest, report=report).last()
    if job is None:
        line = draft_json.written(drafting.as_it_stands(report)).encode()
        job = jobs.ask("check_draft", digest, by, {"draft.json": line}, report=report)
    state = jobs.look(job)
    if state is State.FAILED:
        return Checked(state, fault=jobs.fault_of(job))
    told = jobs.outcome_of(job) if state is State.DONE else {"findings": ()}
    return Checked(state, tuple(told["findings"]))
