"""Files go into the store: all of them whole, or nothing; or the good figures, where these are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from baocao.figures import loading, store, store_targets
from baocao.figures.intake import Intake, Rejection, take_in
from baocao.figures.intake_keys import Defaults
from baocao.figures.intake_names import Names
from baocao.figures.intake_targets import Plans
from baocao.formats import rows
from baocao.formats.errors import Unreadable
from baocao.ledger.book import Book, CannotAsk
from baocao.ledger.doubting import doubts
from baocao.model.sheet import Sheet
from baocao.model.text import Text

_NO_SHEET = Text(
    "tệp không có trang tính “{seen}”; các trang: {known}.",
    "the file has no sheet “{seen}”; its sheets: {known}.",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """How files are to be taken in. ``under`` is the key of the unit in which names of units are looked for."""

    defaults: Defaults
    under: str | None = None
    sheets: tuple[str, ...] = ()
    by: str = ""
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file: how many figures are new, were known; or why nothing was taken.

    ``unread`` says that the file could not be read, ``refused`` that none of its figures may be loaded.
    """

    path: Path
    new: int = 0
    known: int = 0
    blanks: int = 0
    rejections: tuple[Rejection, ...] = ()
    unread: Text | None = None
    refused: Text | None = None
    totals: int = 0
    notes: tuple[Text, ...] = ()  # what is to be looked at, though it was loaded


@dataclass(slots=True)
class _Work:
    """One file on its way; ``intake`` is there when the file could be read."""

    path: Path
    intake: Intake | None = None
    hidden: tuple[Text, ...] = ()
    taken: Taken | None = None


def take(book: Book, paths: Sequence[Path], asked: Asked) -> tuple[Taken, ...]:
    """Take the files in, in the order given; later files correct earlier ones.

    Without ``is_partial`` one rejected cell or unreadable file leaves the store as it was. Raises
    ``store.Refused``, ``store.StoreUnusable`` and ``CannotAsk``, with the store as it was.
    """
    names = book.names_under(asked.under)
    # plans of a file count for the files after it
    plans = Plans(partial(store_targets.kept_of, book.connection), store_targets.assured(book.connection))
    works = [_read(path, names, asked, plans) for path in paths]
    is_whole = all(work.intake is not None and not work.intake.rejections for work in works)
    if not (is_whole or asked.is_partial):
        return tuple(work.taken or _refused(work) for work in works)
    with store.committing(book.connection):
        found = tuple(work.taken or _loaded(book, work, asked) for work in works)
        if not asked.is_partial and any(taken.refused for taken in found):
            book.connection.rollback()
            found = tuple(Taken(one.path, rejections=one.rejections, refused=one.refused) for one in found)
    return found


def _read(path: Path, names: Names, asked: Asked, plans: Plans) -> _Work:
    try:
        read = rows.read(path)
    except Unreadable as problem:
        return _Work(path, taken=Taken(path, unread=problem.text))
    sheets = _chosen(read.sheets, asked.sheets)
    taken = take_in(sheets, read.sha256, names, asked.defaults, datetime.now(UTC), asked.by, plans)
    return _Work(path, taken, hidden=read.hidden)


def _chosen(sheets: Iterable[Sheet], wanted: tuple[str, ...]) -> list[Sheet]:
    known = {sheet.name: sheet for sheet in sheets}
    for name in wanted:
        if name not in known:
            raise CannotAsk(_NO_SHEET.fill(seen=name, known=", ".join(known) or "-"))
    return [known[name] for name in wanted] if wanted else list(known.values())


def _loaded(book: Book, work: _Work, asked: Asked) -> Taken:
    assert work.intake is not None  # a file without one has its outcome already
    try:
        done = loading.load(book.connection, work.intake, _named(work.path), partial=asked.is_partial)
    except loading.NothingLoaded as problem:
        return Taken(work.path, rejections=problem.rejections, refused=problem.text)
    notes = (*work.hidden, *doubts(book, work.intake.observations))
    return Taken(work.path, done.new, done.known, done.blanks, done.rejections, totals=done.totals, notes=notes)


def _named(path: Path) -> str:
    """A file's name as the ledger of loads keeps it; bytes that are no text, as older systems wrote, by their codes."""
    return path.name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _refused(work: _Work) -> Taken:
    """A file of a call that is refused as a whole: with its rejections, or good but not loaded."""
    rejections = work.intake.rejections if work.intake else ()
    return Taken(work.path, rejections=rejections)
