"""``baocao draft``: a report written from the figures: the Word file, and beside it PDF, page and workbook."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from baocao import project
from baocao.cli.figures import STORE, book_of, day_of, guarded, read_by
from baocao.cli.outline import NotOpened, named
from baocao.cli.talk import FOUND, UNREADABLE, USAGE, WrongCall, admit_names, tell
from baocao.cli.written import admit_files, admit_suffix, put
from baocao.model import Language, Text
from baocao.model.listed import Listed

if TYPE_CHECKING:
    from baocao.drafting.outline import Outline
    from baocao.drafting.outline_faults import Fault
    from baocao.model.draft import Draft
    from baocao.model.period import Period

_TOO_EARLY = Text(
    "--on {seen}: ngày soạn trước ngày đầu của kỳ báo cáo ({first}); hãy kiểm tra lại ngày và kỳ.",
    "--on {seen}: the day is before the first one of the period ({first}); check the day and the period.",
)
_UNWRITTEN = Text(
    "còn {count} phần phải do người viết, đánh dấu “[Cần viết: …]” trong báo cáo: {names}.",
    "{count} parts are still to be written by people, marked “[Cần viết: …]” in the report: {names}.",
)
_PLANNED = Text(
    "là kế hoạch năm {year}, trên kết quả năm {results} (--period của kế hoạch là năm được lập kế hoạch).",
    "this is the plan of {year}, on the results of {results} (--period of a plan is the year that is planned).",
)
_KINDS = (
    ("--out", "out", ".docx"),
    ("--pdf", "pdf", ".pdf"),
    ("--html", "html", ".html"),
    ("--annexes", "annexes", ".xlsx"),
)


def run(call: Namespace, asked: Language | None) -> int:
    """Write the files; 1 when something is to be looked at, 2 or 3 when a file cannot be written, read or made."""
    return guarded(_run, call, asked)


def _run(call: Namespace, lang: Language) -> int:
    folder = _folder()
    _admit(call, folder)
    from baocao.drafting.outline_reading import BadOutline
    from baocao.formats.errors import Unreadable
    from baocao.reporting.tasks import BadTasks
    from baocao.reporting.writing import Unsound

    try:
        draft = _drafted(call, folder)
    except (BadOutline, BadTasks, Unreadable, NotOpened) as problem:
        tell(problem.text, lang)
        return UNREADABLE
    except Unsound as problem:
        _tell_faults(problem.faults, call.outline, lang)
        return UNREADABLE
    code = _write(call, draft, lang)
    _tell_year_planned(call, draft, lang)
    if waiting := draft.unwritten:
        tell(_UNWRITTEN.fill(count=len(waiting), names="; ".join(waiting)), lang)
    for remark in draft.remarks:
        _tell_remark(remark, lang, is_whole=call.all)
    return code or (FOUND if draft.remarks else 0)


def _tell_year_planned(call: Namespace, draft: Draft, lang: Language) -> None:
    """Of which year a plan is, which is not the one whose results it tells."""
    from baocao.drafting.outline import Purpose
    from baocao.model.period import Period

    if named(call.outline).purpose is Purpose.NEXT_YEAR:
        year = Period.parse(draft.period).year
        tell(_PLANNED.fill(year=year, results=year - 1), lang)


def _tell_remark(remark: Text, lang: Language, *, is_whole: bool) -> None:
    """One remark; of many names a line for each sector."""
    tell(remark, lang)
    if isinstance(remark, Listed):
        for line in remark.lines(is_whole=is_whole):
            tell(Text(f"  - {line.vi}", f"  - {line.en}"), lang)


def _tell_faults(faults: Sequence[Fault], name: str, lang: Language) -> None:
    """What is wrong with the outline, one line each, and that nothing was written."""
    from baocao.drafting.outline_faults import UNSOUND

    for fault in faults:
        tell(Text(fault.say("vi"), fault.say("en")), lang)
    tell(UNSOUND.fill(file=name, count=len(faults)), lang)


def _admit(call: Namespace, folder: project.Project) -> None:
    """Refuse names that cannot be written to, before any work is done. Raises ``WrongCall``."""
    targets = [call.out, call.pdf, call.html, call.annexes]
    admit_names([name for name in (*targets, call.tasks, call.last) if name is not None])
    for option, key, suffix in _KINDS:
        admit_suffix(option, getattr(call, key), suffix)
    listed = [one.tasks for one in (folder.reports, *folder.reports_of.values())]
    admit_files(targets, [*read_by(call), *(str(tasks) for tasks in listed if tasks)], is_forced=call.force)
    if call.annexes:
        import xlsxwriter  # noqa: F401  # a missing library is told before the work, not after it


def _drafted(call: Namespace, folder: project.Project) -> Draft:
    from baocao.ledger.book import period_of
    from baocao.model.period import CutOff
    from baocao.reporting import letterhead, tasks
    from baocao.reporting.writing import Asked, drafted

    outline = named(call.outline)
    period = period_of(call.period, CutOff.CALENDAR)
    with book_of(call) as book:
        unit = book.unit(call.unit, period.end)
        under = folder.figures.under
        ours = letterhead.of_unit(folder, unit, book.unit(under, period.end) if under else None)
        listed = Path(call.tasks) if call.tasks else ours.tasks
        asked = Asked(
            outline=outline,
            unit=unit,
            period=period,
            on=_day(call, outline, period),
            number=call.number,
            tasks=tasks.read(listed) if listed else (),
            last=Path(call.last) if call.last else None,
        )
        draft = drafted(book, asked, ours.office)
        return replace(draft, remarks=(*ours.remarks, *draft.remarks))


def _day(call: Namespace, outline: Outline, period: Period) -> date:
    """The day it is written; nothing is told of a period before it has begun. Raises ``WrongCall``."""
    from baocao.drafting.outline import Purpose

    on = day_of("--on", call.on)
    first = period.last_year.start if outline.purpose is Purpose.NEXT_YEAR else period.start
    if on is not None and on < first:
        raise WrongCall(_TOO_EARLY.fill(seen=call.on, first=f"{first:%d/%m/%Y}"))
    return on or date.today()


def _folder() -> project.Project:
    """The project file that says in whose names reports are written."""
    found = project.find(Path.cwd() / STORE)
    return project.read(found) if found else project.Project()


def _write(call: Namespace, draft: Draft, lang: Language) -> int:
    """All files of one draft; one that cannot be made or written keeps none of the others back.

    The PDF is made of the very Word file, so that both look the same.
    """
    from baocao.formats import docx_write, html_write, pdf_write, xlsx_write
    from baocao.formats.errors import Unreadable

    written = draft.head.on or date.today()
    docx = docx_write.written(draft, datetime.combine(written, time(), UTC))
    makers: tuple[tuple[str | None, Callable[[], bytes]], ...] = (
        (call.out, lambda: docx),
        (call.html, lambda: html_write.written(draft).encode()),
        (call.annexes, lambda: xlsx_write.workbook(draft)),
        (call.pdf, lambda: pdf_write.converted(docx)),
    )
    code = 0
    for name, make in makers:
        if name is None:
            continue
        try:
            put(name, make(), lang)
        except Unreadable as problem:
            tell(problem.text, lang, Path(name))
            code = UNREADABLE
        except WrongCall as problem:
            tell(problem.text, lang)
            code = code or USAGE
    return code
