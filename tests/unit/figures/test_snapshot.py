"""Snapshots: numbered, never changed, and whole or not there at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest

from baocao.figures import snapshot
from baocao.figures.engine import Engine
from baocao.figures.snapshot import Fact, NoSnapshot

FACTS = [Fact(unit, "i", "2024-M01", 1, "", "", Decimal(3)) for unit in ("a", "b")]


def test_without_a_snapshot_it_is_said_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoSnapshot) as refused:
        snapshot.current(tmp_path)
    assert str(tmp_path) in refused.value.text.vi


def test_the_newest_is_current_and_the_one_before_stays_for_its_readers(tmp_path: Path) -> None:
    built = [snapshot.build(tmp_path, FACTS, revision) for revision in (4, 5, 6)]
    assert snapshot.current(tmp_path) == built[-1]
    assert [each.folder.is_dir() for each in built] == [False, True, True]


def test_the_same_figures_make_the_same_bytes(tmp_path: Path) -> None:
    first, second = snapshot.build(tmp_path, FACTS, 1), snapshot.build(tmp_path, FACTS[::-1], 1)
    assert [Path(file).read_bytes() for file in first.facts] == [Path(file).read_bytes() for file in second.facts]


def test_a_broken_snapshot_is_named(tmp_path: Path) -> None:
    built = snapshot.build(tmp_path, FACTS, 1)
    (built.folder / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(NoSnapshot, match="000001"):
        snapshot.current(tmp_path)


def test_a_failed_build_leaves_the_old_one(tmp_path: Path) -> None:
    built = snapshot.build(tmp_path, FACTS, 1)
    with pytest.raises(ValueError, match="broken off"):
        snapshot.build(tmp_path, _broken_off(), 2)
    assert snapshot.current(tmp_path) == built
    assert not list(tmp_path.glob(".*-building"))


def _broken_off() -> object:
    yield FACTS[0]
    raise ValueError("broken off")


_BUILDER = """
import sys, time
from decimal import Decimal
from pathlib import Path
from baocao.figures import snapshot

def fill(folder):
    (folder / "facts-2024.parquet").write_bytes(b"half a file")
    print("building", flush=True)
    time.sleep(60)

snapshot.write(Path(sys.argv[1]), 2, fill)
"""


def test_a_killed_build_leaves_the_old_one_whole(tmp_path: Path) -> None:
    built = snapshot.build(tmp_path, FACTS, 1)
    builder = subprocess.Popen([sys.executable, "-c", _BUILDER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert builder.stdout is not None
    assert builder.stdout.readline() == "building\n"
    os.kill(builder.pid, signal.SIGKILL)
    builder.wait(10)
    builder.stdout.close()
    assert snapshot.current(tmp_path) == built
    later = snapshot.build(tmp_path, FACTS, 3)
    assert later.number > built.number
    assert snapshot.current(tmp_path).rows == 2


def test_readers_go_on_while_another_is_built(tmp_path: Path) -> None:
    engine = Engine(snapshot.build(tmp_path, FACTS, 1))
    start = time.monotonic()
    snapshot.build(tmp_path, [], 2)
    assert engine.codes.numbers("unit").keys() == {"", "a", "b"}
    assert time.monotonic() - start < 60
    assert snapshot.current(tmp_path).facts == ()
