"""``baocao refresh``: a report's numbers brought up to date as tracked changes; people's words stay as they are."""

from __future__ import annotations

import os
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from baocao.cli.figures import admit, book_of, guarded, put_out, read_by
from baocao.cli.outputs import write
from baocao.cli.talk import FOUND, UNREADABLE, admit_names, tell
from baocao.cli.written import WRITTEN, admit_files, admit_suffix
from baocao.formats.errors import Unreadable
from baocao.model import Language


def run(call: Namespace, asked: Language | None) -> int:
    """Write the file and print what changed; 1 when numbers were left or words no longer fit, 3 when unreadable."""
    return guarded(_run, call, asked)


def _run(call: Namespace, lang: Language) -> int:
    admit_names([call.file, *([call.out] if call.out is not None else [])])
    admit(call)
    source = Path(call.file)
    target = _target(source, call)
    from baocao.formats import docx_live, docx_live_changes
    from baocao.reporting import live_grids, live_store
    from baocao.reporting.refreshing import CannotRefresh, refresh

    try:
        live = docx_live.read(source, call.file)
        if live.part is None:
            raise Unreadable(live.faults[0])
        with book_of(call) as book:
            lookup = live_store.lookup_in(book, live)
            assert lookup is not None  # a file with its part has one
            made = refresh(source, live, lookup, datetime.now(UTC).replace(microsecond=0), is_all=call.all)
        if made.parts:
            _put(target, docx_live_changes.rewritten(source, made.parts))
        elif target != source:
            _put(target, source.read_bytes())
    except (Unreadable, CannotRefresh) as problem:
        tell(problem.text, lang, source)
        return UNREADABLE
    grid = live_grids.of_refreshed(live, made)
    put_out(grid, call, lang)
    if made.parts or target != source:
        tell(WRITTEN.fill(file=target), lang)
    return 0 if grid.is_clean else FOUND


def _target(source: Path, call: Namespace) -> Path:
    """Where the file goes: its own place, or another that holds nothing of anybody's."""
    if call.out is None or Path(call.out).resolve() == source.resolve():
        return source
    admit_suffix("--out", call.out, source.suffix.lower())
    admit_files((call.csv, call.xlsx, call.out), read_by(call), is_forced=call.force)
    return Path(call.out)


def _put(target: Path, content: bytes) -> None:
    """Write the file where it really is, with the rights that it had."""
    real = target.resolve()
    mode = real.stat().st_mode if real.exists() else None
    write(real, content)
    if mode is not None:
        os.chmod(real, mode & 0o7777)
