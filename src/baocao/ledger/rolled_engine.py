"""The engine laid over a store: a small store as it is, a large one as a snapshot with what came since."""

from __future__ import annotations

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
    root = book.path.with_name(book.path.name + ".snapshot")
    built = feeding.kept(book.connection, root, SMALL)
    engine = kind(built)
    engine.lay_over(feeding.since(book.connection, built))
    return engine
