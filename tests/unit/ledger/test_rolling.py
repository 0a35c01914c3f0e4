"""What a roll-up says of its figures: the units of which day, what is missing, what was made of what, what fails."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from baocao.figures.intake_keys import Defaults
from baocao.figures.questions import Against
from baocao.ledger import book, taking
from baocao.ledger.book import Book
from baocao.ledger.grid import Grid
from baocao.ledger.rolled import View
from baocao.ledger.rolling import Asked, roll_up
from baocao.ledger.sources import Sources
from baocao.model.org_unit import Level
from baocao.model.period import Period
from baocao.model.text import Text
from baocao.showing import grid_files

UNITS = """mã,tên,cấp,cấp trên,từ ngày,đến ngày
SM,Tỉnh Sông Mẫu,cấp tỉnh,VN,,
TN,Tỉnh Thử Nghiệm,cấp tỉnh,VN,,
A,Xã Bến Thử,cấp xã,SM,,2025-06-30
B,Xã Đồi Thử,cấp xã,SM,,
C,Xã Bãi Thử,cấp xã,SM,,2025-06-30
D,Xã Núi Thử,cấp xã,SM,,2025-06-30
A1,Xã Bến Đông,cấp xã,SM,2025-07-01,
A2,Xã Bến Tây,cấp xã,TN,2025-07-01,
C1,Xã Bãi Trên,cấp xã,SM,2025-07-01,
C2,Xã Bãi Dưới,cấp xã,SM,2025-07-01,
D1,Xã Núi Mới,cấp xã,SM,2025-07-01,
"""
CHANGES = """ngày,loại,đơn vị cũ,đơn vị mới,tỷ lệ,quyết định
2025-07-01,chia tách,A,A1,2/3,QĐ giả định 1
2025-07-01,chia tách,A,A2,1/3,QĐ giả định 1
2025-07-01,chia tách,C,C1,,QĐ giả định 2
2025-07-01,chia tách,C,C2,,QĐ giả định 2
2025-07-01,đổi tên,D,D1,,QĐ giả định 3
"""
AFTER = View(date(2025, 7, 1))
YEAR = Period.part(2024)
Open = Callable[..., Book]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """A store of these figures, one a line: unit, indicator, period, value, and a breakdown where there is one."""
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    (tmp_path / "changes.csv").write_text(CHANGES, encoding="utf-8")
    held = []

    def made(*lines: str, name: str = "kho") -> Book:
        given = Sources(tmp_path / "units.csv", tmp_path / "changes.csv")
        context = book.opened(tmp_path / f"{name}.sqlite", given, is_new_allowed=True)
        held.append(context)
        found = context.__enter__()
        file = tmp_path / f"{name}.csv"
        rows = (line if line.count(";") > 3 else line + ";" for line in lines)
        file.write_text("unit;indicator;period;value;breakdown\n" + "\n".join(rows) + "\n", encoding="utf-8")
        (taken,) = taking.take(found, [file], taking.Asked(Defaults(), by="an"))
        assert taken.new == len(lines)
        return found

    yield made
    for context in held:
        context.__exit__(None, None, None)


def told(grid: Grid) -> list[dict[str, object]]:
    names = [column.name for column in grid.columns]
    return [dict(zip(names, row, strict=True)) for row in grid.rows]


def values(grid: Grid, breakdown: str = "") -> dict[object, object]:
    return {row["unit"]: row["value"] for row in told(grid) if row["breakdown"] == breakdown}


def remarks(grid: Grid) -> list[str]:
    return [remark.vi for remark in grid.remarks]


def communes(*indicators: str, period: Period = YEAR, view: View = AFTER) -> Asked:
    return Asked((period,), indicators, ("SM", "TN"), Level.COMMUNE, view)


RICE = ("A;lua_dien_tich;2024;100", "B;lua_dien_tich;2024;50", "C;lua_dien_tich;2024;40", "D;lua_dien_tich;2024;7")


def test_what_a_decision_divides_is_shared_to_the_last_unit_and_what_none_divides_is_marked(opened: Open) -> None:
    made = opened(*RICE)
    grid = roll_up(made, communes("lua_dien_tich"))
    found = {str(key).partition("@")[0]: value for key, value in values(grid).items()}
    assert found == {"A1": 67, "A2": 33, "B": 50, "C1": None, "C2": None, "D1": 7}
    assert sum("chưa có quyết định nêu tỷ lệ chia: Xã Bãi Thử" in remark for remark in remarks(grid)) == 2
    assert sum("gồm phần chia theo tỷ lệ của Xã Bến Thử" in remark for remark in remarks(grid)) == 2


def test_the_provinces_hold_their_shares_and_what_lies_in_them_undivided(opened: Open) -> None:
    grid = roll_up(opened(*RICE), Asked((YEAR,), ("lua_dien_tich",), ("SM", "TN"), view=AFTER))
    assert values(grid) == {"SM": 164, "TN": 33}
    assert [(row["reporting"], row["expected"]) for row in told(grid)] == [(4, 4), (1, 1)]


def test_a_ratio_is_recomputed_from_shared_parts_and_a_told_one_is_never_shared(opened: Open) -> None:
    made = opened("A;ho_ngheo;2024;61", "A;tong_so_ho;2024;1000")
    grid = roll_up(made, communes("ty_le_ho_ngheo"))
    assert list(values(grid).values()) == [Decimal("6.1469"), Decimal("6.006")]  # 41 of 667, 20 of 333
    whole = roll_up(made, Asked((YEAR,), ("ho_ngheo",), view=View(as_was=True)))
    assert values(whole)["A"] == 61


def test_shares_of_months_make_the_year(opened: Open) -> None:
    made = opened(*(f"A;lua_dien_tich;2024-M{month:02d};1,2" for month in range(1, 13)))
    assert list(values(roll_up(made, communes("lua_dien_tich"))).values()) == [Decimal("9.6"), Decimal("4.8")]


def test_missing_periods_are_named_with_the_units_that_lack_them(opened: Open) -> None:
    made = opened(
        *(f"A;lua_dien_tich;2024-M{month:02d};1" for month in range(1, 13)),
        *(f"B;lua_dien_tich;2024-M{month:02d};1" for month in (1, 2, 3, 5)),
        "C;lua_dien_tich;2024-01-01/P9M;9",
        "D;lua_dien_tich;2024;7",
    )
    grid = roll_up(made, Asked((YEAR,), ("lua_dien_tich",), ("SM",)))
    (row,) = told(grid)
    assert (row["value"], row["reporting"], row["expected"]) == (32, 4, 4)
    assert row["missing_periods"] == ("2024-M04", "2024-06-01/P7M", "2024-Q4")
    (remark,) = remarks(grid)
    assert "2024-M04, 2024-06-01/P7M của Xã Đồi Thử; chưa có số liệu kỳ 2024-Q4 của Xã Bãi Thử." in remark
    assert not grid.is_clean


def test_a_stock_lacks_only_the_end_of_its_period(opened: Open) -> None:
    made = opened("A;dan_so;2024-M12;10", "B;dan_so;2024-M01;5", "B;dan_so;2024-M09;6")
    (row,) = told(roll_up(made, Asked((YEAR,), ("dan_so",), ("SM",))))
    assert (row["value"], row["missing_periods"]) == (16, ("2024-Q4",))


def test_an_earlier_period_that_is_not_whole_is_told(opened: Open) -> None:
    made = opened("A;lua_dien_tich;2024;12", "A;lua_dien_tich;2023-S1;5")
    grid = roll_up(made, Asked((YEAR,), ("lua_dien_tich",), ("A",), against=(Against.LAST_YEAR,)))
    assert told(grid)[0]["percent"] == 240
    assert remarks(grid) == [
        "Xã Bến Thử, Diện tích gieo cấy lúa, 2024-A1: cùng kỳ (2023-A1): chưa có số liệu kỳ 2023-S2."
    ]


def test_several_earlier_periods_stand_side_by_side(opened: Open) -> None:
    made = opened("A;dan_so;2023;100", "A;dan_so;2024-Q1;110", "A;dan_so;2024-Q2;121", "A;lua_dien_tich;2024-Q2;3")
    asked = (Against.PREVIOUS, Against.YEAR_START, Against.LAST_YEAR)
    grid = roll_up(made, Asked((Period.part(2024, "Q", 2),), (), ("A",), against=asked))
    row = next(row for row in told(grid) if row["indicator"] == "dan_so")
    assert (row["percent_previous"], row["percent_year_start"], row["earlier_last_year"]) == (110, 121, None)
    rice = next(row for row in told(grid) if row["indicator"] == "lua_dien_tich")
    assert rice["earlier_year_start"] is None
    assert sum("không so với đầu năm được" in remark for remark in remarks(grid)) == 1


def test_a_formula_looks_at_the_same_period_of_last_year(opened: Open) -> None:
    figures = (("A", 2023, 100), ("A", 2024, 110), ("B", 2023, 100), ("B", 2024, 130))
    made = opened(*(f"{unit};gtsx_so_sanh;{year};{value}" for unit, year, value in figures))
    grid = roll_up(made, Asked((YEAR,), ("ct01_tang_truong",), ("SM", "A")))
    assert list(values(grid).values()) == [20, 10]


def test_members_make_the_whole_where_it_was_not_told(opened: Open) -> None:
    made = opened(
        "A;dan_so;2024;10;gioi_tinh=nam",
        "A;dan_so;2024;11;gioi_tinh=nu",
        "B;dan_so;2024;30",
        "C;dan_so;2024;5;gioi_tinh=nu",
    )
    grid = roll_up(made, Asked((YEAR,), ("dan_so",), ("SM", "A", "B", "C")))
    assert values(grid) == {"SM": 56, "A": 21, "B": 30, "C": 5}
    assert "Xã Bến Thử, Dân số cuối kỳ, 2024-A1: cộng từ phân tổ Giới tính: Nam + Nữ." in remarks(grid)
    assert any(one.startswith("Xã Bãi Thử") and "chưa đủ nhóm, thiếu Nam" in one for one in remarks(grid))


def test_that_nothing_occurred_makes_a_breakdown_whole(opened: Open) -> None:
    made = opened("A;dan_so;2024;không phát sinh;gioi_tinh=nam", "A;dan_so;2024;11;gioi_tinh=nu")
    grid = roll_up(made, Asked((YEAR,), ("dan_so",), ("A",)))
    assert (values(grid)["A"], grid.is_clean) == (11, True)


def test_two_breakdowns_together_count_once(opened: Open) -> None:
    cells = (("1", "lua", "mua"), ("2", "lua", "xuan"), ("4", "ngo", "mua"))
    made = opened(
        *(
            f'A;cay_hang_nam_dien_tich;2024;{value};"cay_hang_nam={crop};mua_vu={season}"'
            for value, crop, season in cells
        )
    )
    grid = roll_up(made, Asked((YEAR,), ("cay_hang_nam_dien_tich",), ("A",)))
    assert values(grid)["A"] == 7
    assert values(grid, "cay_hang_nam=lua")["A"] == 3
    assert values(grid, "mua_vu=mua")["A"] == 5


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("A;khach_du_lich;2024;50", "A;khach_quoc_te;2024;5", "A;khach_noi_dia;2024;40"), "50 so với 45"),
        (("A;dan_so;2024;9", "A;dan_so;2024;4;gioi_tinh=nam", "A;dan_so;2024;6;gioi_tinh=nu"), "các nhóm cộng lại 10"),
        (("A;ho_ngheo;2024;3", "A;tong_so_ho;2024;2"), "150 nằm ngoài khoảng hợp lý (từ 0 đến 100)"),
    ],
)
def test_what_does_not_hold_is_told_of_the_unit_and_above_it(opened: Open, lines: Sequence[str], words: str) -> None:
    grid = roll_up(opened(*lines, "B;dan_trau;2024;1"), Asked((YEAR,), (), ("SM", "A")))
    assert any(remark.startswith("Xã Bến Thử") and words in remark for remark in remarks(grid))
    above = [
        one for one in remarks(grid) if one.startswith("Tỉnh Sông Mẫu") and "1 đơn vị có số liệu không khớp" in one
    ]
    assert any(one.endswith("Xã Bến Thử.") for one in above)
    assert not grid.is_clean


def test_figures_of_other_units_are_not_held_against_each_other(opened: Open) -> None:
    made = opened("A;khach_du_lich;2024;50", "B;khach_quoc_te;2024;5", "B;khach_noi_dia;2024;40")
    found = remarks(roll_up(made, Asked((YEAR,), (), ("SM",))))
    assert found
    assert not any("không khớp" in remark for remark in found)


def test_an_identity_is_held_against_what_was_not_asked_for(opened: Open) -> None:
    made = opened("A;khach_du_lich;2024;50", "A;khach_quoc_te;2024;5", "A;khach_noi_dia;2024;40")
    grid = roll_up(made, Asked((YEAR,), ("khach_du_lich",), ("A",)))
    assert len(grid.rows) == 1
    assert "50 so với 45" in remarks(grid)[0]


def test_told_percentages_are_never_averaged(opened: Open) -> None:
    made = opened("A;ty_le_ho_ngheo;2024;10", "B;ty_le_ho_ngheo;2024;20")
    grid = roll_up(made, Asked((YEAR,), ("ty_le_ho_ngheo",), ("SM",)))
    assert values(grid) == {"SM": None}
    assert "không lấy trung bình tỷ lệ của các đơn vị" in remarks(grid)[0]


def test_a_percentage_told_by_quarters_is_no_percentage_of_the_year(opened: Open) -> None:
    made = opened(*(f"A;ty_le_ho_ngheo;2024-Q{quarter};10" for quarter in (1, 2, 3, 4)))
    grid = roll_up(made, Asked((YEAR, Period.part(2024, "Q", 1)), ("ty_le_ho_ngheo",), ("A",)))
    assert [row["value"] for row in told(grid)] == [None, 10]
    assert "không lấy trung bình qua các kỳ" in remarks(grid)[0]


def test_the_same_figures_give_the_same_bytes_in_any_order(opened: Open) -> None:
    lines = [
        *RICE,
        "A;dan_so;2024;10;gioi_tinh=nam",
        "B;dan_so;2024-M03;11",
        "C;ho_ngheo;2024;3",
        "C;tong_so_ho;2024;9",
    ]
    asked = Asked((YEAR,), view=AFTER, against=(Against.LAST_YEAR,))
    found = set()
    for turn in range(3):
        random.Random(turn).shuffle(lines)
        made = opened(*lines, name=f"kho-{turn}")
        for grid in (roll_up(made, asked), roll_up(made, asked)):
            lines_told = "\n".join(grid_files.json_lines(grid, "vi"))
            found.add((lines_told, grid_files.csv_bytes(grid, "vi"), grid_files.xlsx_bytes(grid, "vi"), grid.remarks))
    assert len(found) == 1


def test_remarks_have_both_languages(opened: Open) -> None:
    made = opened("A;dan_so;2024-M03;11;gioi_tinh=nam", "A;ho_ngheo;2024;3", "A;tong_so_ho;2024;2")
    grid = roll_up(made, Asked((YEAR,), (), ("SM", "A")))
    assert len(grid.remarks) > 3
    assert all(isinstance(remark, Text) and remark.vi != remark.en and "{" not in remark.en for remark in grid.remarks)


def test_what_there_is_nothing_to_set_against_is_told(opened: Open) -> None:
    made = opened("A;lua_dien_tich;2024;7", "A;lua_dien_tich;2023;6", "A;tai_nan_vu;2024;1")
    asked = Asked((YEAR,), ("lua_dien_tich", "tai_nan_vu"), ("A",), against=(Against.LAST_YEAR,))
    assert remarks(roll_up(made, asked)) == ["không có số cùng kỳ (2023-A1) để so sánh: Số vụ tai nạn giao thông."]
