"""``baocao draft``: a report written from the figures: the Word file, and beside it PDF, page and workbook."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from baocao import project
from baocao.cli.figures import STORE, book_of, day_of, guarded
from baocao.cli.outline import NotRead, named
from baocao.cli.outputs import write
from baocao.cli.talk import FOUND, UNREADABLE, WrongCall, admit_names, tell
from baocao.model import Language, Text

if TYPE_CHECKING:
    from baocao.drafting.outline_faults import Fault
    from baocao.model.draft import Draft
    from baocao.reporting.writing import Office

_EXISTS = Text(
    "{file} đã có sẵn; hãy chọn tên khác, hoặc thêm --force để ghi đè.",
    "{file} exists already; choose another name, or add --force to replace it.",
)
_SAME = Text(
    "{file} được nêu cho hai việc; hãy đặt mỗi tệp một tên.", "{file} is named for two things; give each its own name."
)
_SUFFIX = Text(
    "{option} {file}: tên cần có đuôi {suffix}; hãy thêm đuôi đó.",
    "{option} {file}: the name must end with {suffix}; add that.",
)
_WRITTEN = Text("Đã ghi: {file}", "Written: {file}")
_KINDS = (
    ("--out", "out", ".docx"),
    ("--pdf", "pdf", ".pdf"),
    ("--html", "html", ".html"),
    ("--annexes", "annexes", ".xlsx"),
)


def run(call: Namespace, asked: Language | None) -> int:
    """Write the files; 1 when figures are missing that the outline asks for, 3 when a file cannot be read."""
    return guarded(_run, call, asked)


def _run(call: Namespace, lang: Language) -> int:
    _admit(call)
    from baocao.drafting.outline_reading import BadOutline
    from baocao.formats.errors import Unreadable
    from baocao.reporting.tasks import BadTasks
    from baocao.reporting.writing import Unsound

    try:
        draft = _drafted(call)
        _write(call, draft, lang)
    except (BadOutline, BadTasks, Unreadable, NotRead) as problem:
        tell(problem.text, lang)
        return UNREADABLE
    except Unsound as problem:
        _tell_faults(problem.faults, call.outline, lang)
        return UNREADABLE
    for remark in draft.remarks:
        tell(remark, lang)
    return FOUND if draft.remarks else 0


def _tell_faults(faults: Sequence[Fault], name: str, lang: Language) -> None:
    """What is wrong with the outline, one line each, and that nothing was written."""
    from baocao.drafting.outline_faults import UNSOUND

    for fault in faults:
        tell(Text(fault.say("vi"), fault.say("en")), lang)
    tell(UNSOUND.fill(file=name, count=len(faults)), lang)


def _admit(call: Namespace) -> None:
    """Refuse names that cannot be written to, before any work is done. Raises ``WrongCall``."""
    named = [name for name in (call.out, call.pdf, call.html, call.annexes, call.tasks, call.last) if name is not None]
    admit_names(named)
    taken = {
        Path(name).resolve() for name in (call.store or STORE, call.units, call.changes, call.tasks, call.last) if name
    }
    for option, key, suffix in _KINDS:
        name = getattr(call, key)
        if name is None:
            continue
        target = Path(name)
        if target.suffix.lower() != suffix:
            raise WrongCall(_SUFFIX.fill(option=option, file=name, suffix=suffix))
        if target.resolve() in taken:
            raise WrongCall(_SAME.fill(file=name))
        if os.path.lexists(target) and (target.is_dir() or not call.force):
            raise WrongCall(_EXISTS.fill(file=name))
        taken.add(target.resolve())


def _drafted(call: Namespace) -> Draft:
    from baocao.ledger.book import period_of
    from baocao.model.period import CutOff
    from baocao.reporting import tasks
    from baocao.reporting.writing import Asked, drafted

    outline = named(call.outline)
    period = period_of(call.period, CutOff.CALENDAR)
    office, file = _office()
    listed = Path(call.tasks) if call.tasks else file
    with book_of(call) as book:
        asked = Asked(
            outline=outline,
            unit=book.unit(call.unit, period.end),
            period=period,
            on=day_of("--on", call.on) or date.today(),
            number=call.number,
            tasks=tasks.read(listed) if listed else (),
            last=Path(call.last) if call.last else None,
        )
        return drafted(book, asked, office)


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


def _write(call: Namespace, draft: Draft, lang: Language) -> None:
    """All files of one draft. The PDF is made of the very Word file, so that both look the same."""
    from baocao.formats import docx_write, html_write, pdf_write, xlsx_write

    written = draft.head.on or date.today()
    docx = docx_write.written(draft, datetime.combine(written, time(), UTC))
    made = [(call.out, docx)]
    if call.pdf:
        made.append((call.pdf, pdf_write.converted(docx)))
    if call.html:
        made.append((call.html, html_write.written(draft).encode()))
    if call.annexes:
        made.append((call.annexes, xlsx_write.workbook(draft)))
    for name, content in made:
        write(Path(name), content)
        tell(_WRITTEN.fill(file=name), lang)
