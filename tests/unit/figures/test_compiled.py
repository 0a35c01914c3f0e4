"""Compiled SQL is kept between processes, and never trusted further than it can be."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from baocao.figures import asking, compiled
from baocao.figures.asking import Shape
from baocao.figures.expressions import Adds


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "baocao" / "sql"


def never() -> list[str]:
    raise AssertionError("compiled once more")


def test_what_was_compiled_is_not_compiled_again(folder: Path) -> None:
    assert compiled.statements("a", lambda: ["SELECT 'Đồng'", "SELECT 2"]) == ("SELECT 'Đồng'", "SELECT 2")
    assert compiled.statements("a", never) == ("SELECT 'Đồng'", "SELECT 2")
    assert compiled.statements("b", lambda: ["SELECT 3"]) == ("SELECT 3",)
    assert [name for name in os.listdir(folder) if name.startswith(".")] == []


@pytest.mark.parametrize("held", [b"", b"{", b"[]", b'{"asked": "b", "statements": ["x"]}', b'{"asked": "a"}', b"\xff"])
def test_a_spoilt_file_is_made_anew(folder: Path, held: bytes) -> None:
    compiled.statements("a", lambda: ["SELECT 1"])
    (path,) = folder.iterdir()
    path.write_bytes(held)
    assert compiled.statements("a", lambda: ["SELECT 1"]) == ("SELECT 1",)
    assert compiled.statements("a", never) == ("SELECT 1",)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="this system does not tell who may write a file")
@pytest.mark.parametrize("is_folder", [False, True])
def test_what_others_could_have_written_is_not_run(folder: Path, is_folder: bool) -> None:
    compiled.statements("a", lambda: ["SELECT 1"])
    (path,) = folder.iterdir()
    (folder if is_folder else path).chmod(0o777)
    assert compiled.statements("a", lambda: ["SELECT 2"]) == ("SELECT 2",)


def test_where_nothing_can_be_kept_it_is_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert compiled.statements("a", lambda: ["SELECT 1"]) == ("SELECT 1",)


def test_a_shape_is_told_the_same_whatever_the_order_of_its_sets() -> None:
    sets = [frozenset(order) for order in (tuple(Adds), tuple(Adds)[::-1])]
    one, other = (Shape(its, its, True, False, False, True, False, 1) for its in sets)
    assert one.told == other.told
    assert one.told != one._replace(dimensions=2).told
    assert asking.stages(one, "duckdb") == asking.stages(other, "duckdb")
