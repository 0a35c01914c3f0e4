"""A large store answers from its snapshot as a small one does from its cells."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from baocao.figures import snapshot, store
from baocao.figures.intake_keys import Defaults
from baocao.ledger import book, rolled_engine, rolling, taking
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
    monkeypatch.setattr(rolled_engine, "SMALL", 5)
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
    monkeypatch.setattr(rolled_engine, "SMALL", 5)
    root = tmp_path / "kho.sqlite.snapshot"
    snapshot.build(root, [snapshot.Fact("SM01", "lua_dien_tich", "2024-A1", 1, "", "", Decimal(1))], 99)
    assert _rice(opened) == Decimal("599.8")


def test_a_store_made_again_does_not_answer_from_the_snapshot_of_the_one_before(
    opened: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rolled_engine, "SMALL", 5)
    assert _rice(opened) == Decimal("599.8")
    path, place = tmp_path / "lai" / "kho.sqlite", tmp_path / "lai" / "kho.sqlite.snapshot"
    corrected = tmp_path / "ket-qua.csv"
    text = (DEMO / "ket-qua.csv").read_text(encoding="utf-8")
    corrected.write_text(text.replace("412,5", "512,5"), encoding="utf-8")
    with book.opened(path, Sources(DEMO / "don-vi.csv"), is_new_allowed=True) as made:
        shutil.copytree(tmp_path / "kho.sqlite.snapshot", place)
        taking.take(made, [corrected], taking.Asked(Defaults(), by="an"))
        assert store.last_revision(made.connection) == snapshot.current(place).revision
        assert _rice(made) == Decimal("699.8")


OWN = """
sector = "chu_yeu"
department = "tai_chinh"
source = "thử"

[lua_tang]
vi = "Diện tích lúa tăng thêm"
en = "Rice area gained"
unit = "ha"
formula = "lua_dien_tich - cùng kỳ(lua_dien_tich)"

[lua_tang_hai_nam]
vi = "Diện tích lúa tăng thêm, nếu năm sau cũng vậy"
en = "Rice area gained, if next year goes alike"
unit = "ha"
formula = "lua_tang * 2"
"""


def test_a_formula_may_be_made_of_formulas(tmp_path: Path) -> None:
    own = tmp_path / "rieng.toml"
    own.write_text(OWN, encoding="utf-8")
    sources = Sources(DEMO / "don-vi.csv", catalogue=(own,))
    with book.opened(tmp_path / "kho.sqlite", sources, is_new_allowed=True) as made:
        taking.take(made, [DEMO / "ket-qua.csv"], taking.Asked(Defaults(), by="an"))
        asked = rolling.Asked((YEAR,), ("lua_tang_hai_nam",), ("SM",))
        (row,) = rolling.roll_up(made, asked).rows
        names = [column.name for column in rolling.roll_up(made, asked).columns]
        told = dict(zip(names, row, strict=False))
        assert (told["value"], told["reporting"], told["expected"]) == (Decimal("8.6"), 2, 2)
        assert Rolled(made, View()).leaves("lua_tang_hai_nam") == ("lua_dien_tich",)


def test_the_same_question_gives_the_same_figures_for_chosen_indicators(opened: Book) -> None:
    everything = Rolled(opened, View())
    chosen = Rolled(opened, View(), indicators=("ty_le_ho_ngheo",))
    place = Place("SM", "ty_le_ho_ngheo")
    assert everything.figure(place, YEAR) == chosen.figure(place, YEAR)
    assert chosen.codes == ("ty_le_ho_ngheo", "ho_ngheo", "tong_so_ho")


@pytest.fixture
def monthly(opened: Book, tmp_path: Path) -> Book:
    """A store with months, and a quarter whose months one unit did not tell apart."""
    lines = [f"SM01;lua_dien_tich;2025-M{month:02d};{month}0" for month in range(1, 7)]
    lines += ["SM02;lua_dien_tich;2025-Q1;45", "SM02;lua_dien_tich;2025-M04;7", "SM02;lua_san_luong;2025-M04;35"]
    lines += ["SM01;lua_san_luong;2025-M04;200", "SM;dan_lon;2025-M02;9"]
    path = tmp_path / "thang.csv"
    path.write_text("\n".join(["unit;indicator;period;value", *lines, ""]), encoding="utf-8")
    (taken,) = taking.take(opened, [path], taking.Asked(Defaults(), by="an"))
    assert taken.new == len(lines)
    return opened


def test_months_asked_at_once_have_the_figures_of_months_asked_one_by_one(monthly: Book) -> None:
    year = Period.part(2025)
    periods = (*year.split(1), *year.split(3))
    at_once, one_by_one = (Rolled(monthly, View(year.end)).of("SM") for _ in range(2))
    at_once.look_ahead(periods, year.end)
    for period in periods:
        assert at_once.sums(period) == one_by_one.sums(period)
    assert at_once.sums(periods[3]).computed[RICE].value == 47
    assert at_once.sums(periods[1]).stated[Place("SM", "dan_lon")] == 9


def test_sums_of_chosen_units_are_of_all_in_the_periods_that_are_named(opened: Book) -> None:
    every = Rolled(opened, View())
    own, wide = every.of("SM"), every.of("SM", but_in=(YEAR,))
    assert {place.unit for place in own.sums(YEAR).computed} == {"SM"}
    assert wide.sums(YEAR) == every.sums(YEAR)
    assert wide.sums(YEAR.last_year) == own.sums(YEAR.last_year)


def test_what_units_told_is_found_by_its_place(opened: Book) -> None:
    told = Rolled(opened, View()).reporting(YEAR)
    there = RICE._replace(unit="SM02")
    assert there in told
    assert (told[there].days, told[there].is_added) == (YEAR.days, False)
    assert sum(told[place].amount for place in told if place.indicator == RICE.indicator) == Decimal("599.8")
    for place in (RICE, there._replace(breakdown="mua_vu=mua"), Place("SM02", "khong_co"), "SM02"):
        assert place not in told
    assert len(told) == len(list(told))


def test_figures_of_chosen_indicators_are_those_of_all(opened: Book) -> None:
    every = Rolled(opened, View())
    few = every.about(("lua_dien_tich",))
    assert {place.indicator for place in few.sums(YEAR).computed} == {"lua_dien_tich"}
    assert few.value(RICE, YEAR) == every.value(RICE, YEAR)
