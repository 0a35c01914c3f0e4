"""A snapshot is taken for a store only where it was built of that very store, and lies little behind it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from baocao.figures import feeding, snapshot, store
from baocao.figures.snapshot import Snapshot
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
