"""What was worked out is kept between processes, and never trusted further than it can be."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from baocao.figures import asking
from baocao.figures.asking import Shape
from baocao.figures.expressions import Adds
from baocao.figures.remembered import MOST, remembered

SQL = ["SELECT 'Đồng'", "SELECT 2"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "baocao" / "sql"


def never() -> list[str]:
    raise AssertionError("worked out once more")


def asked(what: str, make: Any, made_by: tuple[str, ...] = ("asking",)) -> Any:
    return remembered("sql", what, made_by, make)


def test_what_was_worked_out_is_not_worked_out_again(folder: Path) -> None:
    assert asked("a", lambda: SQL) == SQL
    assert asked("a", never) == SQL
    assert asked("b", lambda: ["SELECT 3"]) == ["SELECT 3"]
    assert asked("a", lambda: ["SELECT 4"], ("asking", "engine")) == ["SELECT 4"], "made by others"
    assert [name for name in os.listdir(folder) if name.startswith(".")] == []


@pytest.mark.parametrize("held", [b"", b"{", b"[]", b'{"digest": "b", "made": ["x"]}', b'{"digest": "a"}', b"\xff"])
def test_a_spoilt_file_is_made_anew(folder: Path, held: bytes) -> None:
    asked("a", lambda: SQL)
    (path,) = folder.iterdir()
    path.write_bytes(held)
    assert asked("a", lambda: SQL) == SQL
    assert asked("a", never) == SQL


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="this system does not tell who may write a file")
@pytest.mark.parametrize("is_folder", [False, True])
def test_what_others_could_have_written_is_not_used(folder: Path, is_folder: bool) -> None:
    asked("a", lambda: SQL)
    (path,) = folder.iterdir()
    (folder if is_folder else path).chmod(0o777)
    assert asked("a", lambda: ["SELECT 2"]) == ["SELECT 2"]


def test_where_nothing_can_be_kept_it_is_worked_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert asked("a", lambda: SQL) == SQL


def test_the_folder_does_not_grow_for_ever(folder: Path) -> None:
    for number in range(MOST + 3):
        asked(str(number), lambda: SQL)
        for path in folder.iterdir():
            os.utime(path, (number, number)) if path.stat().st_mtime > 1e9 else None
    assert len(list(folder.iterdir())) == MOST
    assert asked(str(MOST + 2), never) == SQL


def test_a_shape_is_told_the_same_whatever_the_order_of_its_sets() -> None:
    sets = [frozenset(order) for order in (tuple(Adds), tuple(Adds)[::-1])]
    one, other = (Shape(its, its, True, False, False, True, False, 1) for its in sets)
    assert one.told == other.told
    assert one.told != one._replace(dimensions=2).told
    assert asking.stages(one, "duckdb") == asking.stages(other, "duckdb")
