"""A file is loaded whole, or its good figures when they are asked for; and once, however often it is given."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from baocao.figures import store, store_targets
from baocao.figures.intake import Defaults, take_in
from baocao.figures.loading import NothingLoaded, load
from baocao.formats import rows
from tests.unit.figures.databases import KINDS, YEAR, opened
from tests.unit.figures.small_catalogue import AT, DIGEST, names, taken

GOOD = "unit,indicator,period,value\n00097,thu,2024,5\n00098,thu,2024,-\n"
BAD = GOOD + "00101,thu,2025,7\n99999,thu,2024,5\n"
PLAN = (
    "unit,indicator,period,scenario,authority,value,decision,decided on\n"
    "01,thu,2024,giao,HĐND,từ 5 trở lên,1/NQ,10/12/2023\n01,thu,2024,ước,,7,,\n"
)


@pytest.fixture(params=KINDS)
def figures(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    with opened(request.param, tmp_path) as connection:
        yield connection


def test_a_file_is_loaded_once_however_often_it_is_given(figures: Any) -> None:
    assert load(figures, taken(GOOD), "biểu.csv")[:2] == (2, 0)
    assert load(figures, taken(GOOD), "biểu.csv")[:2] == (0, 2)
    assert [(noted.file, noted.sha256, noted.rows, noted.new) for noted in store.loads(figures)] == [
        ("biểu.csv", DIGEST, 2, 2),
        ("biểu.csv", DIGEST, 2, 0),
    ]
    assert store.loads(figures)[0].recorded_at == AT


def test_one_rejection_leaves_the_store_as_it_was(figures: Any) -> None:
    with pytest.raises(NothingLoaded) as refusal:
        load(figures, taken(BAD), "biểu.csv")
    assert [one.place.vi for one in refusal.value.rejections] == ["A5"]
    assert "1" in refusal.value.text.vi
    assert (store.last_revision(figures), store.loads(figures)) == (0, ())


def test_the_good_figures_are_loaded_when_they_are_asked_for(figures: Any) -> None:
    loaded = load(figures, taken(BAD), "biểu.csv", partial=True)
    assert (loaded.new, len(loaded.rejections)) == (3, 1)
    assert len(list(store.current(figures))) == 3


def test_figures_and_targets_of_one_file_go_in_together(figures: Any) -> None:
    assert load(figures, taken(PLAN), "kế hoạch.csv").new == 2
    assert len(list(store_targets.targets(figures))) == 1
    assert [one.scenario for one in store.current(figures)] == ["estimate"]


def test_a_file_without_figures_is_refused(figures: Any) -> None:
    with pytest.raises(NothingLoaded):
        load(figures, taken("unit,indicator,period,value\n"), "trống.csv", partial=True)


def test_what_the_store_refuses_at_the_end_takes_everything_with_it(figures: Any) -> None:
    with pytest.raises(UnicodeEncodeError):
        load(figures, taken(PLAN), "tên\ud800.csv")  # no database keeps half a letter
    assert store.last_revision(figures) == 0
    assert list(store_targets.targets(figures)) == []


def test_a_workbook_is_loaded_from_end_to_end(figures: Any, tmp_path: Path) -> None:
    path = tmp_path / "biểu.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Biểu 01")
    sheet.merge_range("A1:D1", "KẾT QUẢ THỰC HIỆN NĂM 2024")
    sheet.write_row("A3", ["TT", "Đơn vị", "Thu ngân sách (tỷ đồng)", "Tỷ lệ hộ nghèo"])
    sheet.write_row("A4", ["A", "B", 1, 2])
    percent = book.add_format({"num_format": "0.0%"})
    for row, (unit, revenue, rate) in enumerate([("Xã Tân Lập", 1.25, 0.04567), ("xã Tân Lạp", "-", 0.05)], 4):
        sheet.write_row(row, 0, [row - 3, unit, revenue])
        sheet.write_number(row, 3, rate, percent)
    book.close()
    read = rows.read(path)
    intake = take_in(read.sheets, read.sha256, names(), Defaults(period=YEAR), AT, "an")
    assert load(figures, intake, path.name).new == 4
    assert [(one.unit, one.indicator, one.value, one.mark) for one in store.current(figures)] == [
        ("00102", "thu", Decimal(1250), None),
        ("00102", "ty_le", Decimal("4.567"), None),
        ("00103", "thu", None, "none_occurred"),
        ("00103", "ty_le", Decimal(5), None),
    ]
    (first, *_) = store.current(figures)
    assert first.origin == f"{read.sha256}#Biểu 01!C5"


_LOADER = """
import sys
from pathlib import Path
sys.path[:0] = {path}
from baocao.figures import store
from baocao.figures.loading import load
from tests.unit.figures.small_catalogue import taken
figures = store.open_file(Path(sys.argv[1]))
rows = "".join(f"00097,thu,{{year}}-M{{month:02}},5\\n" for year in range(1000, 3000) for month in range(1, 13))
load(figures, taken("unit,indicator,period,value\\n" + rows), "many.csv")
print("recorded", flush=True)
sys.stdin.readline()
figures.commit()
"""


def test_a_load_that_is_killed_before_its_commit_leaves_nothing(tmp_path: Path) -> None:
    file = tmp_path / "figures.db"
    loader = subprocess.Popen(
        [sys.executable, "-c", _LOADER.format(path=json.dumps(sys.path)), str(file)],
        stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True, cwd=Path(__file__).resolve().parents[3],
    )  # fmt: skip
    assert loader.stdout is not None
    assert loader.stdout.readline() == "recorded\n"
    loader.kill()
    loader.communicate()
    figures = store.open_file(file)
    assert figures.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert (store.last_revision(figures), store.loads(figures), list(store.current(figures))) == (0, (), [])
    assert load(figures, taken(GOOD), "biểu.csv").new == 2
    figures.close()
