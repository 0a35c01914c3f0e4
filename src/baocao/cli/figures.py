"""What the commands about figures share: where the store and its sources are, how a table is put out, how calls end."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from baocao import project
from baocao.cli.talk import FOUND, UNREADABLE, USAGE, WrongCall, admit_names, tell
from baocao.cli.written import admit_files, admit_suffix, put
from baocao.model import Language, Text
from baocao.undisturbed import undisturbed

if TYPE_CHECKING:
    from baocao.ledger.book import Book
    from baocao.ledger.grid import Grid
    from baocao.ledger.sources import Sources

STORE = "so-lieu.sqlite"
_EXTRA = frozenset({"duckdb", "ibis", "lark", "xlsxwriter", "sqlglot", "pyarrow"})

_NEEDS = Text(
    "lệnh này cần thêm thư viện “{name}”; hãy cài bằng: pip install 'baocao[figures]'",
    "this command needs the library “{name}”; install it with: pip install 'baocao[figures]'",
)
_NOT_A_DAY = Text(
    "{option} {seen}: không phải là ngày; hãy ghi như 1/7/2025 hoặc 2025-07-01.",
    "{option} {seen}: no day; write it as 1/7/2025 or 2025-07-01.",
)


def guarded(work: Callable[[Namespace, Language], int], call: Namespace, asked: Language | None) -> int:
    """Run a command; what it cannot do is told in words and becomes its exit code."""
    lang: Language = asked or "vi"
    try:
        settings = _project()
        lang = asked or settings.language or "vi"
        _fill(call, settings)
        with undisturbed():
            return work(call, lang)
    except (WrongCall, project.BadProject) as problem:
        tell(problem.text, lang)
        return USAGE
    except ModuleNotFoundError as problem:
        name = (problem.name or "").partition(".")[0]
        if name not in _EXTRA:
            raise
        tell(_NEEDS.fill(name=name), lang)
        return USAGE
    except Exception as problem:
        code = _told(problem, lang)
        if code is None:
            raise
        return code


def _told(problem: Exception, lang: Language) -> int | None:
    """The exit code of a refusal that carries its own words; None for any other failure."""
    from baocao.figures.recast import CannotRecast
    from baocao.figures.store import Refused, StoreUnusable
    from baocao.figures.targets import TargetConflict
    from baocao.figures.trees import NeedsRecast
    from baocao.ledger.book import CannotAsk
    from baocao.ledger.sources import BadSources
    from baocao.model.geography import NotOnTheMap

    if isinstance(problem, BadSources):
        for text in problem.texts:
            tell(text, lang)
        return UNREADABLE
    if isinstance(problem, StoreUnusable):
        tell(problem.text, lang)
        return UNREADABLE
    if isinstance(problem, CannotAsk | NotOnTheMap | NeedsRecast):
        tell(problem.text, lang)
        return USAGE
    if isinstance(problem, Refused | TargetConflict | CannotRecast):
        tell(problem.text, lang)
        return FOUND
    return None


def _project() -> project.Project:
    """The project file of the folder that one stands in, or of one above it."""
    file = project.find(Path.cwd() / STORE)
    return project.read(file) if file else project.Project()


def _fill(call: Namespace, settings: project.Project) -> None:
    """What the call does not say is taken from the project file."""
    ours = settings.figures
    for name, value in (("store", ours.store), ("units", ours.units), ("changes", ours.changes)):
        if hasattr(call, name) and getattr(call, name) is None and value is not None:
            setattr(call, name, str(value))
    if hasattr(call, "catalogue_files") and not call.catalogue_files:
        call.catalogue_files = [str(path) for path in ours.catalogue]
    if hasattr(call, "under") and call.under is None:
        call.under = ours.under or None


def sources_of(call: Namespace) -> Sources:
    from baocao.ledger.sources import Sources

    units, changes = (Path(name) if name else None for name in (call.units, call.changes))
    return Sources(units, changes, tuple(map(Path, call.catalogue_files)))


@contextmanager
def book_of(call: Namespace, *, is_new_allowed: bool = False) -> Iterator[Book]:
    """The store that the call means, opened with its sources."""
    from baocao.ledger.book import opened

    with opened(Path(call.store or STORE), sources_of(call), is_new_allowed=is_new_allowed) as book:
        yield book


def day_of(option: str, seen: str | None) -> date | None:
    """A day as written on the command line. Raises ``WrongCall``."""
    if seen is None:
        return None
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(seen, pattern).date()
        except ValueError:
            continue
    raise WrongCall(_NOT_A_DAY.fill(option=option, seen=seen))


def key_day(seen: str, day: date) -> date:
    """A key with its day ("00097@2025-07-01") means that unit, whenever the period is. Raises ``WrongCall``."""
    _, sign, begun = seen.partition("@")
    return (day_of("--unit", begun) or day) if sign else day


def read_by(call: Namespace) -> list[str | None]:
    """The files that a call reads: the store with its sources, and what it is asked to read; None stands for none."""
    own = (getattr(call, name, None) for name in ("file", "printed", "tasks", "last"))
    return [call.store or STORE, call.units, call.changes, *call.catalogue_files, *getattr(call, "files", ()), *own]


def admit(call: Namespace) -> None:
    """Refuse outputs that may not be written, before any work is done. Raises ``WrongCall``."""
    admit_names([name for name in (call.csv, call.xlsx) if name is not None])
    admit_files((call.csv, call.xlsx), read_by(call), is_forced=call.force)
    admit_suffix("--xlsx", call.xlsx, ".xlsx")
    if call.xlsx:
        import xlsxwriter  # noqa: F401  # a missing library is told before the work, not after it


def put_out(grid: Grid, call: Namespace, lang: Language) -> None:
    """The table on stdout, for the eye or as JSON lines, and in the files asked for."""
    from baocao.showing import grid_files

    if call.json:
        for line in grid_files.json_lines(grid, lang):
            print(line)
        for remark in grid.remarks:
            tell(remark, lang)
    else:
        from baocao.showing import grid as grid_lines
        from baocao.showing import terminal

        for line in grid_lines.table(grid, lang):
            print(line)
        terminal.show(grid_lines.remarks(grid, lang), sys.stdout)
    sys.stdout.flush()
    write_files(grid, call, lang)


def write_files(grid: Grid, call: Namespace, lang: Language) -> None:
    """The table in the files asked for."""
    from baocao.showing import grid_files

    makers = ((call.csv, grid_files.csv_bytes), (call.xlsx, grid_files.xlsx_bytes))
    for name, make in makers:
        if name:
            put(name, make(grid, lang), lang)


def words_of(listed: Sequence[str] | None) -> list[str]:
    """What was given with an option that may be repeated or hold several, parted by commas."""
    return [word.strip() for given in listed or () for word in given.split(",") if word.strip()]
