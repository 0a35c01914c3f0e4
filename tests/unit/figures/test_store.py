"""The store keeps every revision, tells the latest, and loses nothing, on both databases."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from baocao.figures import store
from baocao.figures.store_schema import VERSION
from baocao.model.observation import Address, NoValue, Observation, Origin, OriginKind, Scenario
from baocao.model.period import Period
from tests.unit.figures.databases import KINDS, START, YEAR, observed, opened


@pytest.fixture(params=KINDS)
def figures(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    with opened(request.param, tmp_path) as connection:
        yield connection


def _values(found: Any) -> list[Decimal | None]:
    return [revision.value for revision in found]


def test_what_is_recorded_can_be_read_back_equal(figures: Any) -> None:
    members = (("mùa", "đông xuân"), ("cây", "lúa"))
    address = Address(
        "00097@2025-07-01", "x", Period.parse("2020-12-15/P6M"), Scenario.ESTIMATE, "", tuple(sorted(members))
    )
    given = [
        observed("-999999999999.999999"),
        observed(None, "00098", mark=NoValue.NOT_RATED),
        Observation(
            address, Decimal("0.000001"), Origin(OriginKind.SENTENCE, "báo cáo, dòng 3"), START, "Nguyễn Văn Ân"
        ),
    ]
    assert store.record(figures, given)[:2] == (3, 0)
    assert [store.find(figures, one.address).observation for one in given] == given
    assert store.find(figures, Address("1", "x", YEAR)) is None


def test_the_latest_revision_is_current_and_the_older_ones_stay(figures: Any) -> None:
    store.record(figures, [observed("2", at=20, origin="b"), observed("1", at=10, origin="a")])
    store.record(figures, [observed("3", at=15, origin="c")])
    address = observed().address
    assert _values(store.current(figures)) == [Decimal(2)]
    assert _values(store.history(figures, address)) == [1, 3, 2]
    store.record(figures, [observed("9", "00098")])
    assert _values(store.revisions_of(figures, [address.unit], [address.indicator], [YEAR])) == [1, 3, 2]
    assert _values(store.revisions_of(figures)) == [1, 3, 2, 9]
    assert _values(store.revisions_of(figures, scenarios=[Scenario.ESTIMATE])) == []
    assert _values(store.as_of(figures, START + timedelta(seconds=16), [address.unit])) == [3]
    assert _values(store.as_of(figures, START + timedelta(seconds=16), [address.unit], up_to=2)) == [1]
    assert _values(store.as_of(figures, START, [address.unit])) == []


def test_what_one_unit_tells_now_is_found_by_what_it_ever_told(figures: Any) -> None:
    """The latest of every address of the unit alone, whatever its period, scenario or breakdown, in their order."""
    season = (("mua_vu", "mua"),)

    def told(value: str | None, at: int, **other: Any) -> Observation:
        place = {"unit": "00097", "indicator": "x", "period": YEAR} | other
        origin = Origin(OriginKind.FORM_CELL, f"f#{at}")
        mark = NoValue.NOT_AVAILABLE if value is None else None
        figure = None if value is None else Decimal(value)
        return Observation(Address(**place), figure, origin, START + timedelta(seconds=at), "an", mark)

    given = [
        told("1", 1),
        told("2", 9),
        told("3", 5),  # came later, of an earlier moment
        told("4", 2, period=YEAR.last_year),
        told(None, 8, period=YEAR.last_year),
        told("5", 1, scenario=Scenario.ESTIMATE),
        told("6", 1, breakdown=season),
        told("7", 1, indicator="y"),
        told("8", 9, indicator="z"),
        told("9", 9, unit="00098"),
    ]
    store.record(figures, given)
    for wanted in (["x"], ["x", "y"], ["y"], ["w"], []):
        found = list(store.told_by(figures, "00097", wanted))
        assert found == list(store.current(figures, ["00097"], wanted)), wanted
    assert _values(store.told_by(figures, "00097", ["x"])) == [None, 2, 6, 5]
    assert _values(store.told_by(figures, "00099", ["x"])) == []
    store.record(figures, [told("10", 20)])
    assert _values(store.told_by(figures, "00097", ["x"])) == [None, 10, 6, 5]
    assert store.rebuild_cells(figures) == 7
    assert _values(store.told_by(figures, "00097", ["x"])) == [None, 10, 6, 5]


def test_a_file_loaded_again_tomorrow_is_known(figures: Any) -> None:
    assert store.record(figures, [observed("1.50")]).new == 1
    assert store.record(figures, [observed("1.5", at=86_400)])[:2] == (0, 1)
    assert len(store.history(figures, observed().address)) == 1


def test_a_form_may_go_back_to_an_earlier_figure(figures: Any) -> None:
    for at, value in enumerate("565"):
        store.record(figures, [observed(value, at=at, kind=OriginKind.FORM_CELL)])
    assert _values(store.current(figures)) == [5]
    assert store.record(figures, [observed("5", at=2, kind=OriginKind.FORM_CELL)]).new == 0
    assert len(store.history(figures, observed().address)) == 3


def test_since_gives_what_a_snapshot_does_not_hold(figures: Any) -> None:
    assert store.last_revision(figures) == 0
    first = store.record(figures, [observed(unit="1"), observed(unit="2")]).last
    assert store.last_revision(figures) == first
    last = store.record(
        figures, [observed(unit="1"), observed("7", unit="1", at=1, origin="b"), observed(unit="3")]
    ).last
    delta = list(store.since(figures, first))
    assert sorted((revision.unit, str(revision.value)) for revision in delta) == [("1", "7"), ("3", "1.5")]
    assert delta[-1].id == last == store.last_revision(figures)
    assert list(store.since(figures, last)) == []
    assert store.told_since(figures, first) == {YEAR: frozenset({"1", "3"})}
    assert store.told_since(figures, last) == {}


def test_filters_take_any_number_of_names(figures: Any) -> None:
    store.record(figures, [observed(unit=unit) for unit in "321"])
    many = [f"x{number}" for number in range(40_000)]
    assert [found.unit for found in store.current(figures, units=[*many, "3", "1"])] == ["1", "3"]
    assert list(store.current(figures, units=[])) == []
    assert (
        len(list(store.current(figures, indicators=["dien_tich_lua"], periods=[YEAR], scenarios=[Scenario.ACTUAL])))
        == 3
    )
    assert not list(store.current(figures, periods=[YEAR.last_year]))
    assert [found.unit for found in store.as_of(figures, START, units=["2"])] == ["2"]


def test_cells_can_be_made_again(figures: Any) -> None:
    store.record(figures, [observed(str(at), unit, at, f"{at}") for at in range(5) for unit in "ab"])
    before = list(store.current(figures))
    figures.cursor().execute("DELETE FROM cell")
    assert list(store.current(figures)) == []
    assert store.rebuild_cells(figures) == 2
    assert list(store.current(figures)) == before


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        ("1e12", "10^12"),
        ("-1e12", "10^12"),
        ("1e30", "10^12"),
        ("0.0000001", "decimals"),
        ("NaN", "finite"),
        ("-Infinity", "finite"),
        ("1e-5000", "decimals"),
    ],
)
def test_what_cannot_be_kept_exactly_is_refused_and_nothing_with_it(figures: Any, value: str, seen: str) -> None:
    with pytest.raises(store.Refused, match=r".*") as refusal:
        store.record(figures, [*(observed(unit=str(unit)) for unit in range(6_000)), observed(value)])
    assert seen in refusal.value.text.en
    assert "00097:dien_tich_lua:2024" in refusal.value.text.vi
    assert store.last_revision(figures) == 0
    assert store.record(figures, [observed()]).new == 1  # the caller's transaction goes on


def test_the_largest_figures_are_kept(figures: Any) -> None:
    store.record(figures, [observed("999999999999.999999"), observed("-0.0", unit="2"), observed("1E+3", unit="3")])
    assert _values(store.current(figures)) == [Decimal("999999999999.999999"), 0, 1000]


@pytest.mark.parametrize("odd", [observed(unit="0\x0097"), observed(unit="\ud800"), observed(origin="a\nb")])
def test_letters_that_no_database_keeps_are_refused(figures: Any, odd: Observation) -> None:
    with pytest.raises(store.Refused):
        store.record(figures, [odd])


def test_a_breakdown_that_cannot_be_read_back_is_refused(figures: Any) -> None:
    address = Address("1", "x", YEAR, breakdown=(("crop", "rice=wet"),))
    store.record(figures, [Observation(address, Decimal(1), Origin(OriginKind.COMPUTED, "r"), START, "an")])
    assert store.find(figures, address) is not None
    bad = Address("1", "x", YEAR, breakdown=(("crop", "rice;wet"),))
    with pytest.raises(store.Refused):
        store.record(figures, [Observation(bad, Decimal(1), Origin(OriginKind.COMPUTED, "r"), START, "an")])


@pytest.mark.parametrize("table", ["revision", "load"])
@pytest.mark.parametrize("act", ["UPDATE {} SET recorded_by = 'x'", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_a_ledger(figures: Any, table: str, act: str) -> None:
    store.record(figures, [observed()])
    store.note_load(figures, "biểu.xlsx", "ab", 1, 1, START, "an")
    figures.commit()
    with pytest.raises(Exception, match="append-only"):
        figures.cursor().execute(act.format(table))
    figures.rollback()
    assert store.last_revision(figures) == 1
    assert store.loads(figures) == ((1, "biểu.xlsx", "ab", 1, 1, START, "an"),)


def test_replacing_is_no_way_around(tmp_path: Path) -> None:
    with opened("sqlite", tmp_path) as figures:
        store.record(figures, [observed()])
        number, *row, identity = figures.execute("SELECT * FROM revision").fetchone()
        row[7] = "2"
        replace = f"REPLACE INTO revision VALUES ({', '.join('?' * (len(row) + 2))})"
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            figures.execute(replace, [number, *row, b"another"])
        figures.execute(replace, [None, *row, identity])
        assert _values(store.history(figures, observed().address)) == [Decimal("1.5")]


def test_truncating_is_no_way_around(tmp_path: Path) -> None:
    with opened("postgresql", tmp_path) as figures, pytest.raises(Exception, match="append-only"):
        figures.execute("TRUNCATE revision")


def test_the_caller_decides_on_the_commit(figures: Any) -> None:
    store.record(figures, [observed()])
    figures.rollback()
    assert store.last_revision(figures) == 0
    with store.committing(figures):
        store.record(figures, [observed()])
    figures.rollback()
    assert store.last_revision(figures) > 0
    with pytest.raises(store.Refused):
        _record_apart(figures, "2.5", "NaN")
    assert len(list(store.current(figures))) == 1


def _record_apart(figures: Any, *values: str) -> None:
    with store.committing(figures):
        for unit, value in enumerate(values):
            store.record(figures, [observed(value, unit=str(unit))])


def test_a_connection_that_commits_by_itself_is_refused(figures: Any) -> None:
    if isinstance(figures, sqlite3.Connection):
        figures.isolation_level = None
    else:
        figures.autocommit = True
    with pytest.raises(store.StoreUnusable, match="transaction"):
        store.record(figures, [observed()])
    figures.cursor().execute("BEGIN")
    assert store.record(figures, [observed()]).new == 1
    figures.cursor().execute("COMMIT")


def test_the_rows_that_a_caller_has_chosen_do_not_matter(figures: Any) -> None:
    if isinstance(figures, sqlite3.Connection):
        figures.row_factory = lambda cursor, row: {"only": row}
    else:
        from psycopg.rows import dict_row

        figures.row_factory = dict_row
    store.record(figures, [observed()])
    assert _values(store.current(figures)) == [Decimal("1.5")]


def test_a_store_may_be_prepared_again_and_a_newer_one_is_refused(figures: Any) -> None:
    store.record(figures, [observed()])
    store.prepare(figures)
    assert store.last_revision(figures) == 1
    figures.cursor().execute(f"UPDATE figures_version SET version = {VERSION + 1}")
    with pytest.raises(store.StoreUnusable) as refusal:
        store.prepare(figures)
    assert str(VERSION + 1) in refusal.value.text.vi


def test_other_drivers_are_refused() -> None:
    with pytest.raises(store.StoreUnusable, match=r"io\.StringIO"):
        store.last_revision(__import__("io").StringIO())


def test_writers_come_one_after_another_so_that_no_revision_is_seen_late(tmp_path: Path) -> None:
    """A second writer waits: otherwise its higher numbers could be seen before the lower ones of the first."""
    import psycopg

    with opened("postgresql", tmp_path) as first:
        schema = first.execute("SHOW search_path").fetchone()[0]
        lasts: list[int] = []

        def write() -> None:
            with psycopg.connect(first.info.dsn, options=f"-c search_path={schema}") as second:
                lasts.append(store.record(second, [observed(unit="2")]).last)

        store.record(first, [observed(unit="1")])
        writer = threading.Thread(target=write)
        writer.start()
        time.sleep(0.3)
        has_waited = not lasts
        first.commit()
        writer.join(10)
        assert has_waited
        assert [revision.unit for revision in store.since(first, lasts[0] - 1)] == ["2"]


_WRITER = """
import sys
from pathlib import Path
sys.path[:0] = {path}
from baocao.figures import store
from tests.unit.figures.databases import observed
figures = store.open_file(Path(sys.argv[1]))
for number in range(30):
    with store.committing(figures):
        store.current(figures)
        store.record(figures, [observed(str(number), unit=sys.argv[2], at=number, origin=str(number))])
figures.close()
"""


def test_several_programs_may_write_to_one_file(tmp_path: Path) -> None:
    file = tmp_path / "figures.db"
    code = _WRITER.format(path=json.dumps(sys.path))
    root = Path(__file__).resolve().parents[3]
    writers = [subprocess.Popen([sys.executable, "-c", code, str(file), unit], cwd=root) for unit in "abc"]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    figures = store.open_file(file)
    assert store.last_revision(figures) == 90
    assert [(one.unit, one.value) for one in store.current(figures)] == [("a", 29), ("b", 29), ("c", 29)]
    figures.close()


_LOADER = """
import sys
from pathlib import Path
sys.path[:0] = {path}
from baocao.figures import store
from tests.unit.figures.databases import observed
figures = store.open_file(Path(sys.argv[1]))
def endless():
    for unit in range(10**9):
        if unit == 60_000:
            print("half-way", flush=True)
        yield observed(unit=str(unit), at=1, origin=f"second#{{unit}}")
store.record(figures, endless())
"""


def test_a_load_that_is_killed_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "figures.db"
    figures = store.open_file(file)
    with store.committing(figures):
        store.record(figures, [observed(unit=str(unit)) for unit in range(100)])
    figures.close()
    loader = subprocess.Popen(
        [sys.executable, "-c", _LOADER.format(path=json.dumps(sys.path)), str(file)],
        stdout=subprocess.PIPE, text=True, cwd=Path(__file__).resolve().parents[3],
    )  # fmt: skip
    assert loader.stdout is not None
    assert loader.stdout.readline() == "half-way\n"
    loader.kill()
    loader.wait()
    loader.stdout.close()
    figures = store.open_file(file)
    assert figures.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert store.last_revision(figures) == 100
    assert {revision.recorded_at for revision in store.current(figures)} == {datetime(2025, 1, 1, tzinfo=UTC)}
    assert store.record(figures, [observed(unit="new")]).new == 1
    figures.close()


def test_a_file_that_is_no_store_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text("Báo cáo " * 500, encoding="utf-8")
    for path in (file, tmp_path / "none" / "figures.db", tmp_path):
        with pytest.raises(store.StoreUnusable) as refusal:
            store.open_file(path)
        assert str(path) in refusal.value.text.vi
    assert file.read_text(encoding="utf-8").startswith("Báo cáo")


def test_the_first_error_is_told_when_the_connection_is_lost(tmp_path: Path) -> None:
    def cut() -> Iterator[Observation]:
        yield observed()
        figures.close()
        yield observed(unit="2")

    with opened("sqlite", tmp_path) as figures, pytest.raises(sqlite3.ProgrammingError, match="closed"):
        store.record(figures, cut())
