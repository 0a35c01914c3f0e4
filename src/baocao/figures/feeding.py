"""What the engine is fed with from the store: all current figures, or those that changed since a snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from baocao.figures import snapshot, store, store_lines
from baocao.figures.asking import SCENARIOS
from baocao.figures.snapshot import Fact, Snapshot
from baocao.figures.store_rows import Revision
from baocao.model.observation import NoValue

_SCENARIO: Final = {scenario.value: place for place, scenario in enumerate(SCENARIOS)}


def facts(revisions: Iterable[Revision]) -> Iterator[Fact]:
    """Revisions as the engine counts them: "không phát sinh" is a zero, every other mark is no figure."""
    for revision in revisions:
        amount = revision.value
        if amount is None and revision.mark == NoValue.NONE_OCCURRED.value:
            amount = Decimal(0)
        yield Fact(
            revision.unit,
            revision.indicator,
            revision.period_code,
            _SCENARIO[revision.scenario],
            revision.authority,
            revision.breakdown,
            amount,
        )


def since(connection: Any, built: Snapshot) -> Iterator[Fact]:
    """The figures that became current since a snapshot was built."""
    return facts(store.changed_since(connection, built.revision))


def build(connection: Any, root: Path) -> Snapshot:
    """A new snapshot of the store, which must not be written to by the same transaction meanwhile."""
    import duckdb

    def fill(folder: Path) -> None:
        lines = folder / "current.csv"
        store_lines.write_current(connection, lines)
        with duckdb.connect() as engine:
            engine.execute(_TAKE, [str(lines)])
            lines.unlink()
            snapshot.write_facts(engine, folder)

    last = store.last_revision(connection)
    return snapshot.write(root, last, fill, store.stamp_of(connection, last))


_LINES: Final = ", ".join(f"'{name}': 'VARCHAR'" for name in store_lines.COLUMNS)
_NUMBERED: Final = " ".join(f"WHEN '{value}' THEN {place}" for value, place in _SCENARIO.items())
_TAKE: Final = f"""
    CREATE TABLE incoming AS
    SELECT unit, indicator, period, (CASE scenario {_NUMBERED} END)::TINYINT AS scenario,
           coalesce(authority, '') AS authority, coalesce(breakdown, '') AS breakdown,
           CASE WHEN mark = '{NoValue.NONE_OCCURRED.value}' THEN 0 ELSE value::DECIMAL(18, 6) END AS amount
    FROM read_csv($1, header = false, auto_detect = false, delim = ',', quote = '"', escape = '"',
                  columns = {{{_LINES}}})
"""


def kept(connection: Any, root: Path, behind: int) -> Snapshot:
    """The snapshot of this very store, built anew where it lies further behind than so many revisions."""
    return near(connection, root, behind) or build(connection, root)


def near(connection: Any, root: Path, behind: int) -> Snapshot | None:
    """The snapshot of this very store; None where there is none, or where it lies further behind.

    A store that was made again in the same file counts its revisions from one, as did the store before it.
    """
    try:
        built = snapshot.current(root)
    except snapshot.NoSnapshot:
        return None
    is_near = 0 <= store.last_revision(connection) - built.revision <= behind
    return built if is_near and built.stamp == store.stamp_of(connection, built.revision) else None
