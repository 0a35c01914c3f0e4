"""The engine laid over a store: a small store as it is, a large one as a snapshot with what came since."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from baocao.figures import feeding, store
from baocao.figures.engine import Engine
from baocao.ledger.book import Book
from baocao.model.observation import Scenario

SMALL: Final = 200_000  # revisions up to which all are laid over an empty snapshot; above, a snapshot is kept


def engine_over(
    book: Book, last: int, codes: tuple[str, ...], scenario: Scenario, kind: type[Engine] = Engine
) -> Engine:
    """A small store is laid over an empty snapshot; a large one has its snapshot in a folder beside the file."""
    if last <= SMALL:
        engine = kind(None)
        engine.lay_over(feeding.facts(store.current(book.connection, indicators=codes or None, scenarios=[scenario])))
        return engine
    built = feeding.kept(book.connection, snapshots_of(book), SMALL)
    engine = kind(built)
    engine.lay_over(feeding.since(book.connection, built))
    return engine


def snapshots_of(book: Book) -> Path:
    """The folder beside a book's file where its snapshots are."""
    return book.path.with_name(book.path.name + ".snapshot")


def is_prepared(book: Book) -> bool:
    """Whether an engine can be laid over the store without building a snapshot first, which may take minutes."""
    last = store.last_revision(book.connection)
    return last <= SMALL or feeding.near(book.connection, snapshots_of(book), SMALL) is not None


def prepare(book: Book, behind: int | None = None) -> bool:
    """Build a snapshot of a store that is large, or soon will be, unless one is near; whether one was built.

    ``behind`` is how many revisions a near one may lack: far fewer than a question takes in by itself.
    """
    if store.last_revision(book.connection) <= SMALL // 2:
        return False
    near = SMALL // 10 if behind is None else behind
    if feeding.near(book.connection, snapshots_of(book), near) is not None:
        return False
    feeding.build(book.connection, snapshots_of(book))
    return True
