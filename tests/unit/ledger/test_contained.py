"""A year in which units gave way to others is told once, whoever told which part of it, in every view."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from baocao.figures.intake_keys import Defaults
from baocao.ledger import book, taking
from baocao.ledger.book import Book
from baocao.ledger.grid import Grid
from baocao.ledger.rolled import View
from baocao.ledger.rolling import Asked, roll_up
from baocao.ledger.sources import Sources
from baocao.model.period import Period

UNITS = """mã,tên,cấp,cấp trên,từ ngày,đến ngày
SM,Tỉnh Sông Mẫu,cấp tỉnh,VN,,
A,Xã Bến Thử,cấp xã,SM,,2025-06-30
B,Xã Đồi Thử,cấp xã,SM,,2025-06-30
C,Xã Bãi Thử,cấp xã,SM,,2025-06-30
X,Xã Bến Đồi,cấp xã,SM,2025-07-01,
Y,Xã Bãi Mới,cấp xã,SM,2025-07-01,
"""
MERGED = """ngày,loại,đơn vị cũ,đơn vị mới,tỷ lệ,quyết định
2025-07-01,nhập,A,X,,NQ giả định
2025-07-01,nhập,B,X,,NQ giả định
"""
SHARED = MERGED + "2025-07-01,nhập,C,X,1/4,NQ giả định\n2025-07-01,nhập,C,Y,3/4,NQ giả định\n"
UNSHARED = MERGED + "2025-07-01,nhập,C,X,,NQ giả định\n2025-07-01,nhập,C,Y,,NQ giả định\n"
YEAR = Period.part(2025)
BEFORE = ("A;tai_nan_vu;2025-S1;4;", "B;tai_nan_vu;2025-S1;8;", "C;tai_nan_vu;2025-S1;20;")
Open = Callable[..., Book]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    held = []

    def made(changes: str, *lines: str) -> Book:
        (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
        (tmp_path / "changes.csv").write_text(changes, encoding="utf-8")
        given = Sources(tmp_path / "units.csv", tmp_path / "changes.csv")
        context = book.opened(tmp_path / "kho.sqlite", given, is_new_allowed=True)
        held.append(context)
        found = context.__enter__()
        file = tmp_path / "kho.csv"
        file.write_text("unit;indicator;period;value;breakdown\n" + "\n".join(lines) + "\n", encoding="utf-8")
        (taken,) = taking.take(found, [file], taking.Asked(Defaults(), by="an"))
        assert taken.new == len(lines)
        return found

    yield made
    for context in held:
        context.__exit__(None, None, None)


def rows(grid: Grid) -> dict[str, tuple[object, object, object]]:
    names = [column.name for column in grid.columns]
    told = [dict(zip(names, row, strict=True)) for row in grid.rows]
    return {str(row["unit"]).partition("@")[0]: (row["value"], row["reporting"], row["expected"]) for row in told}


def asked(*units: str, view: View | None = None) -> Asked:
    return Asked((YEAR,), ("tai_nan_vu",), units, view=view or View())


def said(grid: Grid) -> str:
    return "\n".join(remark.vi for remark in grid.remarks)


EVERY_VIEW = [View(), View(as_was=True), View(date(2025, 7, 1)), View(date(2025, 1, 1))]


@pytest.mark.parametrize("view", EVERY_VIEW)
def test_halves_told_by_the_units_before_and_after_make_the_year_in_every_view(opened: Open, view: View) -> None:
    after = ("X@2025-07-01;tai_nan_vu;2025-S2;10;", "Y@2025-07-01;tai_nan_vu;2025-S2;30;")
    made = opened(SHARED, *BEFORE, *after)
    assert rows(roll_up(made, asked("SM", view=view))) == {"SM": (72, 5, 5)}


@pytest.mark.parametrize("view", EVERY_VIEW)
def test_a_year_told_by_the_new_units_holds_what_the_earlier_ones_told_of_it(opened: Open, view: View) -> None:
    after = ("X@2025-07-01;tai_nan_vu;2025;27;", "Y@2025-07-01;tai_nan_vu;2025;45;")
    grid = roll_up(opened(SHARED, *BEFORE, *after), asked("SM", view=view))
    assert rows(grid) == {"SM": (72, 2, 2)}
    assert "không cộng số của 3 đơn vị cũ" in said(grid)
    assert "hãy nạp lại với kỳ bắt đầu từ ngày đó" in said(grid)
    assert grid.is_clean


def test_a_part_by_a_decision_is_left_out_only_where_its_heir_tells_of_the_year(opened: Open) -> None:
    after = ("X@2025-07-01;tai_nan_vu;2025;27;", "Y@2025-07-01;tai_nan_vu;2025-S2;30;")
    grid = roll_up(opened(SHARED, *BEFORE, *after), asked("X@2025-07-01", "Y@2025-07-01"))
    assert rows(grid) == {"X": (27, 1, 1), "Y": (45, 2, 2)}


def test_where_nobody_knows_the_part_it_is_marked_and_never_counted_twice(opened: Open) -> None:
    after = ("X@2025-07-01;tai_nan_vu;2025;27;", "Y@2025-07-01;tai_nan_vu;2025-S2;30;")
    grid = roll_up(opened(UNSHARED, *BEFORE, *after), asked("SM"))
    assert rows(grid) == {"SM": (57, 2, 2)}
    assert "chưa gồm phần của 1 đơn vị cũ chưa có quyết định nêu tỷ lệ chia: Xã Bãi Thử" in said(grid)
    assert not grid.is_clean


def test_ratios_and_stocks_of_the_year_are_those_of_the_units_at_its_end(opened: Open) -> None:
    lines = ("A;tong_so_ho;2025-S1;100;", "B;tong_so_ho;2025-S1;100;", "X@2025-07-01;tong_so_ho;2025;230;")
    grid = roll_up(opened(MERGED, *lines), Asked((YEAR,), ("tong_so_ho",), ("SM",), view=View(as_was=True)))
    assert rows(grid)["SM"][0] == Decimal(230)


def test_as_it_was_a_new_unit_that_tells_of_its_own_days_lacks_those_before_it(opened: Open) -> None:
    made = opened(MERGED, *BEFORE, "X@2025-07-01;tai_nan_vu;2025-S2;10;")
    was = roll_up(made, asked("X@2025-07-01", view=View(as_was=True)))
    assert rows(was) == {"X": (10, 1, 1)}
    assert "chưa có số liệu kỳ 2025-S1" in said(was)
    now = roll_up(made, asked("X@2025-07-01"))
    assert rows(now) == {"X": (22, 3, 3)}
    assert "chưa có số liệu" not in said(now)
