"""A large store answers from its snapshot as a small one does from its cells."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from baocao.figures import snapshot, store
from baocao.figures.intake_keys import Defaults
from baocao.ledger import book, rolled, taking
from baocao.ledger.book import Book
from baocao.ledger.rolled import Place, Rolled, View
from baocao.ledger.sources import Sources
from baocao.model.period import Period

DEMO = Path(__file__).resolve().parents[3] / "demo" / "so-lieu"
YEAR = Period.part(2024)
RICE = Place("SM", "lua_dien_tich")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Book]:
    with book.opened(tmp_path / "kho.sqlite", Sources(DEMO / "don-vi.csv"), is_new_allowed=True) as made:
        (taken,) = taking.take(made, [DEMO / "ket-qua.csv"], taking.Asked(Defaults(), by="an"))
        assert taken.new == 9
        yield made


def _record(made: Book, folder: Path, value: str) -> None:
    path = folder / f"{value}.csv"
    path.write_text(f"unit;indicator;period;value\nSM02;lua_dien_tich;2024;{value}\n", encoding="utf-8")
    (taken,) = taking.take(made, [path], taking.Asked(Defaults(), by="an"))
    assert taken.new == 1


def _rice(made: Book) -> Decimal:
    figure = Rolled(made, View()).figure(RICE, YEAR)
    assert figure is not None
    assert (figure.reporting, figure.expected) == (2, 2)
    return figure.value


def test_a_large_store_is_answered_from_its_snapshot_and_what_came_since(
    opened: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _rice(opened) == Decimal("599.8")
    root = tmp_path / "kho.sqlite.snapshot"
    assert not root.exists()
    monkeypatch.setattr(rolled, "SMALL", 5)
    assert _rice(opened) == Decimal("599.8")
    assert snapshot.current(root).revision == store.last_revision(opened.connection) == 9
    _record(opened, tmp_path, "200,5")
    assert _rice(opened) == 613
    assert snapshot.current(root).revision == 9  # what came since is laid over it
    for value in ("201", "202", "203", "204", "205"):
        _record(opened, tmp_path, value)
    assert _rice(opened) == Decimal("617.5")
    assert snapshot.current(root).revision == 15  # too much has come since: built again


def test_a_snapshot_of_another_store_is_not_taken(
    opened: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rolled, "SMALL", 5)
    root = tmp_path / "kho.sqlite.snapshot"
    snapshot.build(root, [snapshot.Fact("SM01", "lua_dien_tich", "2024-A1", 1, "", "", Decimal(1))], 99)
    assert _rice(opened) == Decimal("599.8")


def test_the_same_question_gives_the_same_figures_for_chosen_indicators(opened: Book) -> None:
    everything = Rolled(opened, View())
    chosen = Rolled(opened, View(), indicators=("ty_le_ho_ngheo",))
    place = Place("SM", "ty_le_ho_ngheo")
    assert everything.figure(place, YEAR) == chosen.figure(place, YEAR)
    assert chosen.codes == ("ty_le_ho_ngheo", "ho_ngheo", "tong_so_ho")
