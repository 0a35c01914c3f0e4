"""``baocao draft``: a report written from the figures: the Word file, and beside it PDF, page and workbook."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from baocao import project
from baocao.cli.figures import STORE, book_of, day_of, guarded, read_by
from baocao.cli.outline import NotRead, named
from baocao.cli.talk import FOUND, UNREADABLE, USAGE, WrongCall, admit_names, tell
from baocao.cli.written import admit_files, put
from baocao.model import Language, Text

if TYPE_CHECKING:
    from baocao.drafting.outline import Outline
    from baocao.drafting.outline_faults import Fault
    from baocao.model.draft import Draft
    from baocao.model.period import Period
    from baocao.reporting.writing import Office

_SUFFIX = Text(
    "{option} {file}: tên cần có đuôi {suffix}; hãy thêm đuôi đó.",
    "{option} {file}: the name must end with {suffix}; add that.",
)
_TOO_EARLY = Text(
    "--on {seen}: ngày soạn trước ngày đầu của kỳ báo cáo ({first}); hãy kiểm tra lại ngày và kỳ.",
    "--on {seen}: the day is before the first one of the period ({first}); check the day and the period.",
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
    office, file = _office()
    _admit(call, file)
    from baocao.drafting.outline_reading import BadOutline
    from baocao.formats.errors import Unreadable
    from baocao.reporting.tasks import BadTasks
    from baocao.reporting.writing import Unsound

    try:
        draft = _drafted(call, office, file)
    except (BadOutline, BadTasks, Unreadable, NotRead) as problem:
        tell(problem.text, lang)
        return UNREADABLE
    except Unsound as problem:
        _tell_faults(problem.faults, call.outline, lang)
        return UNREADABLE
    code = _write(call, draft, lang)
    for remark in draft.remarks:
        tell(remark, lang)
    return code or (FOUND if draft.remarks else 0)


def _tell_faults(faults: Sequence[Fault], name: str, lang: Language) -> None:
    """What is wrong with the outline, one line each, and that nothing was written."""
    from baocao.drafting.outline_faults import UNSOUND

    for fault in faults:
        tell(Text(fault.say("vi"), fault.say("en")), lang)
    tell(UNSOUND.fill(file=name, count=len(faults)), lang)


def _admit(call: Namespace, tasks: Path | None) -> None:
    """Refuse names that cannot be written to, before any work is done. Raises ``WrongCall``."""
    targets = [call.out, call.pdf, call.html, call.annexes]
    admit_names([name for name in (*targets, call.tasks, call.last) if name is not None])
    for option, key, suffix in _KINDS:
        name = getattr(call, key)
        if name is not None and Path(name).suffix.lower() != suffix:
            raise WrongCall(_SUFFIX.fill(option=option, file=name, suffix=suffix))
    admit_files(targets, [*read_by(call), str(tasks) if tasks else None], is_forced=call.force)
    if call.annexes:
        import xlsxwriter  # noqa: F401  # a missing library is told before the work, not after it


def _drafted(call: Namespace, office: Office, file: Path | None) -> Draft:
    from baocao.ledger.book import period_of
    from baocao.model.period import CutOff
    from baocao.reporting import tasks
    from baocao.reporting.writing import Asked, drafted

    outline = named(call.outline)
    period = period_of(call.period, CutOff.CALENDAR)
    listed = Path(call.tasks) if call.tasks else file
    with book_of(call) as book:
        asked = Asked(
            outline=outline,
            unit=book.unit(call.unit, period.end),
            period=period,
            on=_day(call, outline, period),
            number=call.number,
            tasks=tasks.read(listed) if listed else (),
            last=Path(call.last) if call.last else None,
        )
        return drafted(book, asked, office)


def _day(call: Namespace, outline: Outline, period: Period) -> date:
    """The day it is written; nothing is told of a period before it has begun. Raises ``WrongCall``."""
    from baocao.drafting.outline import Purpose

    on = day_of("--on", call.on)
    first = period.last_year.start if outline.purpose is Purpose.NEXT_YEAR else period.start
    if on is not None and on < first:
        raise WrongCall(_TOO_EARLY.fill(seen=call.on, first=f"{first:%d/%m/%Y}"))
    return on or date.today()


def _office() -> tuple[Office, Path | None]:
    """In whose name reports are written, as the project file says, and its file of key tasks."""
    from baocao.reporting.writing import Office

    found = project.find(Path.cwd() / STORE)
    ours = project.read(found).reports if found else project.Reports()
    office = Office(
        issuer=ours.issuer,
        governing=ours.governing,
        council=ours.council,
        place=ours.place,
        signature=ours.signature,
        signer=ours.signer,
        recipients=ours.recipients,
        addressed_to=ours.addressed_to,
    )
    return office, ours.tasks


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
