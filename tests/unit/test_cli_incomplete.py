"""A total that lacks units is not rated, not a percentage of anything, and not counted: from end to end on a store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from baocao.cli import main

UNITS = (
    "mã;tên;cấp;cấp trên;từ ngày;đến ngày\nSM;Tỉnh Sông Mẫu;cấp tỉnh;VN;;\nSM01;Xã Bến Thử;cấp xã;SM;;\n"
    "SM02;Xã Đồi Thử;cấp xã;SM;;\nSM03;Xã Suối Thử;cấp xã;SM;;\n"
)
PLAN = (
    "Chỉ tiêu;HĐND giao\nlua_dien_tich;590\nngo_dien_tich;90\ntai_nan_vu;không quá 10\nty_le_ho_ngheo;dưới 5\n"
    "dan_bo;300\nviec_lam_moi;120\n"
)
HEAD = "Đơn vị;Chỉ tiêu;Kỳ;Loại số liệu;Phân tổ;Giá trị\n"
COUNCIL = "HĐND: 12/NQ-HĐND, 08/12/2024"


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Three communes of which the third tells of 2025 nothing but its jobs; of 2024 all told all but cattle."""
    for name in ("BAOCAO_LANG", "FORCE_COLOR", "BAOCAO_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    Path("don-vi.csv").write_text(UNITS, encoding="utf-8")
    told = {
        "lua_dien_tich": ("200", "200"),  # may still come to 590
        "ngo_dien_tich": ("60", "40"),  # is beyond 90 already
        "tai_nan_vu": ("6", "7"),  # is beyond 10 already
        "ho_ngheo": ("10", "20"),
        "tong_so_ho": ("500", "600"),
    }
    rows = [f"SM0{at};{code};2025;thực hiện;;{one}" for code, its in told.items() for at, one in enumerate(its, 1)]
    rows += [f"SM0{at};{code};2024;thực hiện;;50" for code in told for at in (1, 2, 3)]
    rows += [f"SM0{at};viec_lam_moi;{year};thực hiện;;50" for year in (2024, 2025) for at in (1, 2, 3)]
    rows += [f"SM0{at};dan_bo;2025;thực hiện;;100" for at in (1, 2, 3)]
    rows += [f"SM0{at};dan_bo;2024;thực hiện;;100" for at in (1, 2)]
    _load(HEAD + "\n".join(rows) + "\n", "so-lieu.csv")
    _load(PLAN, "ke-hoach.csv", "--unit", "SM", "--period", "2025", "--decision", COUNCIL)
    capsys.readouterr()


def _call(*words: str) -> int:
    return main([*words, "--units", "don-vi.csv"])


def _load(text: str, name: str, *words: str) -> None:
    Path(name).write_text(text, encoding="utf-8")
    assert _call("load", name, *words) in (0, 1)


def _compared(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, dict[str, object]]:
    assert _call("compare", "--unit", "SM", "--period", "2025", "--json", *words) == 1
    return {row["indicator"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}


def test_a_total_that_lacks_units_has_no_rating_no_percentage_and_no_move(capsys: pytest.CaptureFixture[str]) -> None:
    row = _compared(capsys)["lua_dien_tich"]
    assert (row["result"], row["rating"], row["percent HĐND"]) == (400, "Chưa đủ số liệu", None)
    assert (row["earlier"], row["change"], row["percent"]) == (150, None, None)
    assert row["note"] == "thiếu 1/3 đơn vị"


def test_what_the_missing_unit_cannot_change_is_rated_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    rows = _compared(capsys)
    assert [rows[code]["rating"] for code in ("ngo_dien_tich", "tai_nan_vu")] == ["Vượt", "Không đạt"]
    for code in ("ngo_dien_tich", "tai_nan_vu"):
        assert rows[code]["percent HĐND"] is None
        assert "thiếu 1/3 đơn vị, số còn thiếu chỉ làm tăng thêm" in str(rows[code]["note"])


def test_a_ratio_of_some_units_is_that_of_nobody_else(capsys: pytest.CaptureFixture[str]) -> None:
    row = _compared(capsys)["ty_le_ho_ngheo"]
    assert row["result"] == pytest.approx(2.7273, abs=0.0001)
    assert (row["rating"], row["percent HĐND"]) == ("Chưa đủ số liệu", None)


def test_a_whole_result_is_rated_and_not_set_against_a_base_that_lacks_units(
    capsys: pytest.CaptureFixture[str],
) -> None:
    row = _compared(capsys)["dan_bo"]
    assert (row["rating"], row["percent HĐND"]) == ("Đạt", 100)
    assert (row["earlier"], row["change"], row["percent"]) == (200, None, None)
    whole = _compared(capsys)["viec_lam_moi"]
    assert (whole["rating"], whole["percent HĐND"], whole["change"], whole["percent"]) == ("Vượt", 125, 0, 100)


def test_the_count_tells_what_lacks_figures_apart_from_what_failed(capsys: pytest.CaptureFixture[str]) -> None:
    assert _call("compare", "--unit", "SM", "--period", "2025") == 1
    out = " ".join(capsys.readouterr().out.split())
    assert "Trong 6 chỉ tiêu: 3 chỉ tiêu đạt và vượt kế hoạch (trong đó 2 chỉ tiêu vượt), 1 chỉ tiêu không đạt" in out
    assert "2 chỉ tiêu chưa đủ số liệu để đánh giá (chỉ tiêu số " in out
    assert "thiếu 1/3 đơn vị: Xã Suối Thử; chưa đủ số liệu để tính % kế hoạch và so với kỳ khác." in out
    assert "số cùng kỳ chỉ có của 2/3 đơn vị, chưa đủ để so sánh." in out
    assert _call("compare", "--unit", "SM", "--period", "2025", "--lang", "en") == 1
    out = " ".join(capsys.readouterr().out.split())
    assert "2 cannot be rated yet, as units are missing (no. " in out
    assert "not enough for a percentage of the plan or of another period" in out


def test_the_unit_s_own_statement_is_the_whole(capsys: pytest.CaptureFixture[str]) -> None:
    _load(HEAD + "SM;lua_dien_tich;2025;thực hiện;;580\nSM;dan_bo;2024;thực hiện;;250\n", "tinh.csv")
    capsys.readouterr()
    rows = _compared(capsys)
    assert (rows["lua_dien_tich"]["rating"], rows["lua_dien_tich"]["percent HĐND"]) == ("Không đạt", 98.3051)
    assert rows["dan_bo"]["percent"] == 120


def test_a_nought_that_is_told_is_no_gap(capsys: pytest.CaptureFixture[str]) -> None:
    _load(HEAD + "SM03;lua_dien_tich;2025;thực hiện;;-\n", "xa.csv")
    capsys.readouterr()
    row = _compared(capsys)["lua_dien_tich"]
    assert (row["rating"], row["percent HĐND"], row["change"]) == ("Không đạt", 67.7966, 250)


def test_a_roll_up_sets_no_total_that_lacks_units_against_another(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("rollup", "--period", "2025", "--unit", "SM", "--against", "last_year")
    for code in ("lua_dien_tich", "dan_bo", "viec_lam_moi"):
        asked += ("--indicator", code)
    assert _call(*asked, "--json") == 1
    rows = {row["indicator"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    told = {code: (row["value"], row["earlier"], row["change"], row["percent"]) for code, row in rows.items()}
    assert told["lua_dien_tich"] == (400, 150, None, None)
    assert told["dan_bo"] == (300, 200, None, None)
    assert told["viec_lam_moi"] == (150, 150, 0, 100)
    assert "chưa đủ số liệu để so với kỳ khác" in rows["lua_dien_tich"]["note"]
    assert "chỉ có số liệu của 2/3 đơn vị, chưa đủ để so sánh" in rows["dan_bo"]["note"]


def test_a_stock_is_held_against_the_year_s_start_with_all_that_came_since(capsys: pytest.CaptureFixture[str]) -> None:
    """95 of 100 poor households are left after one quarter, 90 after two: no quarter alone leads from 100 to 90."""
    left = {"2021-Q4": (100, 0), "2022-Q1": (95, 5), "2022-Q2": (90, 5)}
    rows = [
        f"SM01;{code};{period};thực hiện;;{value}"
        for period, (poor, risen) in left.items()
        for code, value in (
            ("ho_ngheo", poor), ("ho_thoat_ngheo", risen), ("ho_tai_ngheo", "-"), ("ho_ngheo_phat_sinh", "-"),
        )
    ]  # fmt: skip
    _load(HEAD + "\n".join(rows) + "\n", "ngheo.csv")
    for period, value, is_told in (("2022-Q2", 90, False), ("2022-S1", 90, False), ("2022-S1", 80, True)):
        _load(HEAD + f"SM01;ho_ngheo;2022-Q2;thực hiện;;{value}\n", f"{value}.csv")
        capsys.readouterr()
        _call("rollup", "--period", period, "--unit", "SM01", "--indicator", "ho_ngheo_phat_sinh")
        assert ("không khớp “Số hộ nghèo = đầu năm" in " ".join(capsys.readouterr().out.split())) is is_told
