"""Making a report and writing its draft anew: what is asked is proved here, the long work is done elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from baocao import project
from baocao.drafting import outline_reading
from baocao.drafting.outline import Outline, Purpose
from baocao.formats.docx_write_figures import suggestion_mark
from baocao.model.draft import Draft, Narrative, Paragraph
from baocao.model.office import Office
from baocao.model.period import Period
from baocao.model.text import Problem, Text
from baocao.reporting.letterhead import of_unit
from baocao_web.documents import draft_json, jobs, markup
from baocao_web.documents.models import Job, Part, Report
from baocao_web.figures.feeding_in import feed_in
from baocao_web.people.policies import demand
from baocao_web.people.recording import Done, append
from baocao_web.people.roles import Action
from baocao_web.places import office
from baocao_web.places.periods import period_asked

KEPT, DECLINED = "kept", "declined"
_DRAFT_FILE: Final = "draft.json"
_NO_UNIT = Text("không có đơn vị “{seen}”.", "there is no unit “{seen}”.")
_NO_OUTLINE = Text("không có đề cương “{seen}”.", "there is no outline “{seen}”.")
_NO_DRAFT = Text(
    "báo cáo này chưa soạn xong; hãy đợi, hoặc soạn lại.", "this report is not drafted yet; wait, or draft it again."
)
_NO_SUGGESTION = Text(
    "câu gợi ý này không còn trong báo cáo; hãy tải lại trang.",
    "this suggestion is not in the report any more; load the page again.",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which report somebody asks for, as typed."""

    unit: str
    outline: str
    period: str


def outlines() -> list[Outline]:
    """The outlines that reports are written by."""
    return [outline_reading.built_in(name) for name in outline_reading.names()]


def make(wanted: Wanted, user: Any) -> Report:
    """The report asked for, made where it is not there yet, its draft under way. Raises ``Problem``."""
    if not office.is_known(wanted.unit):
        raise Problem(_NO_UNIT.fill(seen=wanted.unit))
    demand(user, Action.DRAFT, wanted.unit)
    if wanted.outline not in outline_reading.names():
        raise Problem(_NO_OUTLINE.fill(seen=wanted.outline))
    period = period_asked(wanted.period)
    by = user.get_username()
    with transaction.atomic():
        report, is_new = Report.objects.get_or_create(
            unit=wanted.unit, outline=wanted.outline, period=period.code, defaults={"made_by": by}
        )
        if is_new:
            append(Done(report.stream, by, "draft", report.unit, {"outline": report.outline, "period": period.code}))
    if not report.drafted:
        draft_again(report, user)
    return report


def draft_again(report: Report, user: Any) -> Job:
    """Write the draft anew from the figures as they stand; what people wrote stays."""
    demand(user, Action.DRAFT, report.unit)
    while feed_in():
        pass
    asked = {
        "unit": report.unit,
        "outline": report.outline,
        "period": report.period,
        "on": office.today().isoformat(),
        "letterhead": letterhead(report.unit),
    }
    moment = sha256(f"{report.pk} {timezone.now().isoformat()}".encode()).hexdigest()
    under_way = Job.objects.filter(kind="draft", report=report, state__in=("waiting", "running")).last()
    return under_way or jobs.ask("draft", moment, user.get_username(), {}, report=report, asked=asked)


def letterhead(unit: str) -> dict[str, Any]:
    """In whose name a unit's reports are written, as the installation's folder says; what is left out follows from the
    unit's name.

    A unit may have a file of its own, or a table in the one that all share, as on the command line: ``[report]`` is the
    office's own and ``[report.CODE]`` another unit's. Raises ``Problem`` for a file that says something else.
    """
    folder = Path(settings.FOLDER) / "letterheads"
    own, shared = folder / f"{unit.partition('@')[0]}.toml", folder / project.NAME
    if own.is_file():
        found = project.read(own).reports.office
    elif shared.is_file():
        found = _in_shared(project.read(shared), unit)
    else:
        found = Office()
    told = {one.name: getattr(found, one.name) for one in fields(found)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in told.items() if value}


def _in_shared(whole: project.Project, unit: str) -> Office:
    """A unit's own letterhead in a file of many; the table without a name is nobody's where no office is told."""
    under = whole.figures.under or settings.OFFICE_UNIT
    if not office.is_known(under):
        whole = replace(whole, reports=project.Reports())
    return of_unit(whole, office.unit(unit), office.unit(under) if office.is_known(under) else None).office


def take_in(job: Job) -> None:
    """A draft that was written becomes the report's."""
    line = (jobs.folder_of(job) / _DRAFT_FILE).read_text(encoding="utf-8")
    told = jobs.outcome_of(job)
    assert job.report is not None
    settle_draft(job.report, line, told["revision"], job.by)


def settle_draft(report: Report, line: str, revision: int, by: str) -> None:
    """Put a draft in the place of the one before, within the caller's transaction."""
    report.drafted, report.digest = line, sha256(line.encode()).hexdigest()
    report.revision, report.drafted_at = revision, timezone.now()
    report.save(update_fields=["drafted", "digest", "revision", "drafted_at"])
    append(Done(report.stream, by, "draft", report.unit, {"revision": revision, "sha256": report.digest}))


def current_parts(report: Report) -> dict[str, Part]:
    """The last version of every part that people wrote and that came to stand."""
    return {one.key: one for one in report.parts.filter(is_beside=False).order_by("version")}


def as_it_stands(report: Report) -> Draft:
    """The draft with what people wrote and settled. Raises ``Problem`` where there is none yet."""
    if not report.drafted:
        raise Problem(_NO_DRAFT)
    draft = draft_json.kept(report.digest, report.drafted)
    written = {key: part.text for key, part in current_parts(report).items()}
    blocks = []
    for block in draft.blocks:
        if isinstance(block, Narrative) and block.key in written:
            block = replace(block, paragraphs=markup.paragraphs(written[block.key]))
        if isinstance(block, Paragraph) and block.is_suggested:
            verdict = report.settled.get(suggestion_mark(block.line))
            if verdict == DECLINED:
                continue
            block = replace(block, is_suggested=verdict != KEPT)
        blocks.append(block)
    return replace(draft, blocks=tuple(blocks))


def state_of(report: Report) -> str:
    """What changes whenever ``as_it_stands`` does."""
    parts = sorted((part.key, part.version) for part in current_parts(report).values())
    return sha256(repr((report.digest, parts, sorted(report.settled.items()))).encode()).hexdigest()


def unplaced_parts(report: Report, draft: Draft) -> list[Part]:
    """What people wrote that has no place in the draft as it is now: it is kept, and told of."""
    there = {block.key for block in draft.blocks if isinstance(block, Narrative)}
    return [part for key, part in current_parts(report).items() if key not in there]


def suggestions(draft: Draft) -> list[Paragraph]:
    """The sentences that are offered and not yet anybody's."""
    return [block for block in draft.blocks if isinstance(block, Paragraph) and block.is_suggested]


def settle_suggestions(report: Report, user: Any, marks: list[str], *, is_kept: bool) -> None:
    """Keep or take out sentences that are offered; "all" are those not looked at yet. Raises ``Problem``."""
    demand(user, Action.DRAFT, report.unit)
    with transaction.atomic():
        held = Report.objects.select_for_update().get(pk=report.pk)
        offered = {suggestion_mark(one.line) for one in suggestions(as_it_stands(held))}
        chosen = offered if marks == ["all"] else set(marks)
        if not chosen <= offered:
            raise Problem(_NO_SUGGESTION)
        held.settled |= dict.fromkeys(sorted(chosen), KEPT if is_kept else DECLINED)
        held.save(update_fields=["settled"])
        told = {"suggestions": sorted(chosen), "kept": is_kept}
        append(Done(held.stream, user.get_username(), "draft", held.unit, told))


def results_period(report: Report) -> Period:
    """The period whose results a report tells: a plan tells those of the year before its own."""
    period = Period.parse(report.period)
    is_plan = outline_reading.built_in(report.outline).purpose is Purpose.NEXT_YEAR
    return period.last_year if is_plan else period


def title_of(report: Report) -> Text:
    """What a report is called on pages."""
    return outline_reading.built_in(report.outline).name


def on_paper(draft: Draft, number: str, on: date | None) -> Draft:
    """The draft with the number and the day that it is issued with."""
    return replace(draft, head=replace(draft.head, number=number, on=on))
