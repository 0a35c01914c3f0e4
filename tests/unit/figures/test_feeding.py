"""A snapshot is taken for a store only where it was built of that very store, and lies little behind it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from baocao.figures import feeding, snapshot, store
from baocao.figures.snapshot import Fact, Snapshot
from baocao.model.observation import NoValue
from tests.unit.figures.databases import KINDS, observed, opened


def _kept(connection: Any, root: Path, *values: str, at: int = 0) -> Snapshot:
    """The snapshot of a store that is told figures of units, one after another."""
    told = [observed(value, unit=f"u{value}", at=at + n) for n, value in enumerate(values)]
    with store.committing(connection):
        store.record(connection, told)
    return feeding.kept(connection, root, behind=2)


@pytest.mark.parametrize("kind", KINDS)
def test_a_snapshot_is_kept_until_too_much_has_come_since(kind: str, tmp_path: Path) -> None:
    root = tmp_path / "snapshots"
    with opened(kind, tmp_path) as figures:
        first = _kept(figures, root, "1", "2")
        assert (first.number, first.revision, first.rows) == (1, 2, 2)
        assert _kept(figures, root, "3", "4") == first
        later = _kept(figures, root, "5")
        assert (later.number, later.rows) == (2, 5)
        assert store.stamp_of(figures, 99) == ""


def test_a_store_made_again_in_the_same_file_does_not_answer_from_the_old_snapshot(tmp_path: Path) -> None:
    root = tmp_path / "snapshots"
    with opened("sqlite", tmp_path) as figures:
        old = _kept(figures, root, "1", "2")
    with opened("sqlite", tmp_path) as figures:
        new = _kept(figures, root, "7", "2", at=60)  # the last revision is the same figure of the same cell
        assert store.last_revision(figures) == old.revision
        assert (new.number, new.rows, new.stamp == old.stamp) == (2, 2, False)
        snapshot.build(root, [], 99)  # of a store that had come further
        assert feeding.kept(figures, root, behind=2).rows == 2


@pytest.mark.parametrize("kind", KINDS)
def test_a_snapshot_holds_what_is_current_and_what_its_words_are(kind: str, tmp_path: Path) -> None:
    """Quotes, commas and letters beyond ASCII in a key; a mark is no figure, and that nothing occurred is nought."""
    odd = 'Sở "A", đồng\'s'
    told = [
        observed("1.250000", unit=odd),
        observed("7", unit="u1"),
        observed("8", unit="u1", at=9),
        observed("-0.000001", unit="u2"),
        observed(None, unit="u3", mark=NoValue.NONE_OCCURRED),
        observed(None, unit="u4", mark=NoValue.NOT_AVAILABLE),
        observed("999999999999.999999", unit="NULL"),
    ]
    with opened(kind, tmp_path) as figures:
        with store.committing(figures):
            store.record(figures, told)
        built = feeding.build(figures, tmp_path / "snapshots")
        there = {fact.unit: fact for fact in feeding.facts(store.current(figures))}
    assert built.rows == len(there) == 6
    with duckdb.connect() as engine:
        rows = engine.execute(_AS_TEXT.format(keys=built.folder), [list(built.facts)]).fetchall()
    found = {row[0]: Fact(*row) for row in rows}
    assert found == there
    assert found["u3"].amount == 0
    assert found["u4"].amount is None


_AS_TEXT = """
    SELECT u.code, i.code, p.code, f.scenario, a.code, b.code, f.amount FROM read_parquet($1) AS f
    JOIN '{keys}/unit.parquet' AS u ON u.id = f.unit JOIN '{keys}/indicator.parquet' AS i ON i.id = f.indicator
    JOIN '{keys}/period.parquet' AS p ON p.id = f.period JOIN '{keys}/authority.parquet' AS a ON a.id = f.authority
    JOIN '{keys}/breakdown.parquet' AS b ON b.id = f.breakdown
"""


def test_a_snapshot_that_is_not_near_is_not_taken_and_not_built(tmp_path: Path) -> None:
    root = tmp_path / "snapshots"
    with opened("sqlite", tmp_path) as figures:
        assert feeding.near(figures, root, behind=2) is None
        first = _kept(figures, root, "1", "2")
        assert feeding.near(figures, root, behind=0) == first
        with store.committing(figures):
            store.record(figures, [observed("3", unit="u3", at=5)])
        assert feeding.near(figures, root, behind=0) is None
        assert feeding.near(figures, root, behind=1) == first
    assert sorted(path.name for path in root.iterdir()) == ["000001", "CURRENT"]
