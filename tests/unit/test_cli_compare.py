"""``baocao compare`` from end to end on an invented province of two communes: words, progress, several authorities."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from baocao.cli import main

DEMO = Path(__file__).resolve().parents[2] / "demo" / "so-lieu"
COUNCIL, PROVINCE = "HĐND: 12/NQ-HĐND, 08/12/2023", "Ban chỉ đạo: 3/QĐ-BCĐ, 05/01/2024"
PLAN = (
    "Chỉ tiêu;HĐND giao;Ban chỉ đạo giao\n"
    "lua_dien_tich;590;600\nty_le_ho_ngheo;dưới 5;\nty_le_giao_quan;đảm bảo;\nviec_lam_moi;;40\n"
    "thu_noi_dia;67760;61760\n"
)


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an empty folder, in plain Vietnamese."""
    for name in ("BAOCAO_LANG", "FORCE_COLOR", "BAOCAO_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def _call(*words: str) -> int:
    return main([*words, "--units", str(DEMO / "don-vi.csv")])


def _load(text: str, *words: str, name: str = "a.csv") -> int:
    Path(name).write_text(text, encoding="utf-8")
    return _call("load", name, *words)


@pytest.fixture
def plan(capsys: pytest.CaptureFixture[str]) -> None:
    decisions = ("--decision", COUNCIL, "--decision", PROVINCE)
    assert _load(PLAN, "--unit", "SM", "--period", "2024", *decisions) == 0
    capsys.readouterr()


def _results(period: str, **told: str) -> None:
    lines = "".join(f"SM;{code};{value}\n" for code, value in told.items())
    assert _load("Đơn vị;Chỉ tiêu;Kết quả\n" + lines, "--period", period, name=f"{period}.csv") == 0


def _rows(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, object]]:
    return {row["indicator"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}


@pytest.mark.usefixtures("plan")
def test_what_is_assured_is_loaded_and_printed_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    _results("2024", ty_le_giao_quan="Đảm bảo", lua_dien_tich="595")
    capsys.readouterr()
    assert _call("compare", "--unit", "SM", "--period", "2024", "--json") == 1
    rows = _rows(capsys)
    assert rows["lua_dien_tich"]["rating Ban chỉ đạo"] == "Không đạt"
    assert (rows["ty_le_giao_quan"]["result"], rows["ty_le_giao_quan"]["rating"]) == ("đảm bảo", "Đạt")
    assert _load("Đơn vị;Chỉ tiêu;Kết quả\nSM;lua_dien_tich;Đảm bảo\n", "--period", "2024") == 1
    assert "C2 “Đảm bảo”" in capsys.readouterr().out


@pytest.mark.usefixtures("plan")
def test_the_councils_plan_rates_and_the_others_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    _results("2024", lua_dien_tich="595", viec_lam_moi="50", ty_le_giao_quan="đạt", ty_le_ho_ngheo="4")
    _results("2024-S1", thu_noi_dia="65050")
    capsys.readouterr()
    assert _call("compare", "--unit", "SM", "--period", "2024", "--indicator", "lua_dien_tich,viec_lam_moi") == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Đánh giá (HĐND)" in said
    assert "so với Ban chỉ đạo giao: không đạt" in said
    assert "đánh giá theo Ban chỉ đạo giao" in said
    assert "Đánh giá theo chỉ tiêu HĐND giao" in said
    assert "Theo chỉ tiêu Ban chỉ đạo giao – Trong 2 chỉ tiêu: 1 chỉ tiêu vượt kế hoạch" in said


@pytest.mark.usefixtures("plan")
def test_within_the_year_progress_is_told_beside_several_earlier_figures(capsys: pytest.CaptureFixture[str]) -> None:
    _results("2024-S1", thu_noi_dia="27104", ty_le_ho_ngheo="4,8")
    _results("2023-S1", thu_noi_dia="30000")
    _results("2023-S2", thu_noi_dia="20000")
    _results("2023", thu_noi_dia="50000", ty_le_ho_ngheo="6")
    capsys.readouterr()
    every = ("--against", "last_year", "--against", "previous", "--against", "year_start")
    _call("compare", "--unit", "SM", "--period", "2024-S1", *every, "--json")
    told = capsys.readouterr()
    rows = {row["indicator"]: row for row in map(json.loads, told.out.splitlines())}
    revenue, poor = rows["thu_noi_dia"], rows["ty_le_ho_ngheo"]
    assert (revenue["earlier"], revenue["percent"]) == (30000, 90.3467)
    assert (revenue["previous"], revenue["previous_change"], revenue["year_start"]) == (20000, 7104, None)
    assert (poor["year_start"], poor["year_start_change"], poor["year_start_percent"]) == (6, -1.2, 80)
    assert (revenue["rating"], revenue["note"]) == ("Cuối năm đánh giá", "chậm tiến độ")
    assert (revenue["elapsed"], revenue["point_last_year"]) == (49.7268, 60)
    assert "đạt 40% kế hoạch khi đã qua 49,7% thời gian; cùng thời điểm các năm trước: 2023 60%" in told.err


@pytest.mark.usefixtures("plan")
def test_a_level_falls_from_the_figure_that_the_units_below_made_last_year(capsys: pytest.CaptureFixture[str]) -> None:
    decision = ("--decision", "HĐND: 12/NQ-HĐND, 08/12/2023")
    assert _load("Chỉ tiêu;HĐND giao\nho_ngheo;giảm 10\n", "--unit", "SM", "--period", "2024", *decision) == 0
    poor = "".join(f"SM0{at};ho_ngheo;{year};{count}\n" for at, year, count in
                   ((1, 2023, 40), (2, 2023, 30), (1, 2024, 33), (2, 2024, 25)))  # fmt: skip
    assert _load("Đơn vị;Chỉ tiêu;Kỳ;Kết quả\n" + poor) == 0
    capsys.readouterr()
    assert _call("compare", "--unit", "SM", "--period", "2024", "--indicator", "ho_ngheo", "--json") == 0
    row = _rows(capsys)["ho_ngheo"]
    assert (row["result"], row["percent HĐND"], row["rating"]) == (58, 120, "Vượt")


def test_a_plan_of_the_same_day_that_says_otherwise_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    given = ("--unit", "SM", "--period", "2024", "--decision", COUNCIL)
    assert _load("Chỉ tiêu;HĐND giao\nlua_dien_tich;590\n", *given) == 0
    assert _load("Chỉ tiêu;HĐND giao\nlua_dien_tich;595\n", *given, name="b.csv") == 1
    assert "b.csv: B2 “595”: HĐND đã giao chỉ tiêu này khác đi" in capsys.readouterr().out
    later = ("--unit", "SM", "--period", "2024", "--decision", "HĐND: 20/NQ-HĐND, 15/07/2024")
    assert _load("Chỉ tiêu;HĐND giao\nlua_dien_tich;580\n", *later, "--from", "1/1/2024", name="c.csv") == 0
    capsys.readouterr()
    _call("compare", "--unit", "SM", "--period", "2024", "--json")
    assert _rows(capsys)["lua_dien_tich"]["target HĐND"] == 580
    _call("compare", "--unit", "SM", "--period", "2024", "--on", "30/6/2024", "--json")
    assert _rows(capsys)["lua_dien_tich"]["target HĐND"] == 590


@pytest.mark.usefixtures("plan")
def test_an_authority_is_known_by_its_name_in_any_letters(capsys: pytest.CaptureFixture[str]) -> None:
    _results("2024", lua_dien_tich="595")
    capsys.readouterr()
    asked = ("compare", "--unit", "SM", "--period", "2024", "--indicator", "lua_dien_tich")
    assert _call(*asked, "--authority", "ban chi dao") == 1
    assert "Không đạt" in capsys.readouterr().out
    assert _call(*asked, "--authority", "Bộ Thử") == 2
    assert "các cấp đã giao: HĐND, Ban chỉ đạo" in capsys.readouterr().err
    assert _call(*asked, "--on", "1/1/2020") == 2
    assert "ngày 01/01/2020 Tỉnh Sông Mẫu chưa được giao chỉ tiêu nào" in capsys.readouterr().err


def test_earlier_units_that_no_decision_divides_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    units = "SM03,Xã Mới Một,cấp xã,SM,01/07/2024,\nSM04,Xã Mới Hai,cấp xã,SM,01/07/2024,\n"
    old = (DEMO / "don-vi.csv").read_text(encoding="utf-8").replace("SM,,\nSM02", "SM,,30/06/2024\nSM02", 1)
    Path("units.csv").write_text(old + units, encoding="utf-8")
    split = "on,kind,source,target,share,decision\n1/7/2024,split,SM01,SM03,,9/NQ\n1/7/2024,split,SM01,SM04,,9/NQ\n"
    Path("changes.csv").write_text(split, encoding="utf-8")
    own = ("--units", "units.csv", "--changes", "changes.csv")
    Path("a.csv").write_text(
        "Đơn vị;Chỉ tiêu;Kỳ;Giá trị\nSM01;lua_dien_tich;2023;100\nSM02;lua_dien_tich;2023;50\n"
        "SM03;lua_dien_tich;2024;60\nSM04;lua_dien_tich;2024;45\nSM02;lua_dien_tich;2024;51\n",
        encoding="utf-8",
    )
    Path("b.csv").write_text("Đơn vị;HĐND giao\nSM;150\nSM03;60\n", encoding="utf-8")
    assert main(["load", "a.csv", *own]) == 0
    whole = ("--indicator", "lua_dien_tich", "--period", "2024", "--decision", COUNCIL)
    assert main(["load", "b.csv", *whole, *own]) == 0
    capsys.readouterr()
    assert main(["compare", "--unit", "SM", "--period", "2024", *own]) == 0
    assert "đơn vị cũ" not in capsys.readouterr().out
    assert main(["compare", "--unit", "SM03", "--period", "2024", *own]) == 1
    assert "phần của 1 đơn vị cũ chưa có quyết định nêu tỷ lệ chia" in " ".join(capsys.readouterr().out.split())


@pytest.mark.usefixtures("plan")
def test_a_units_own_months_make_its_half_year(capsys: pytest.CaptureFixture[str]) -> None:
    for month in range(1, 7):
        _results(f"2024-M0{month}", thu_noi_dia="5000")
    capsys.readouterr()
    _call("compare", "--unit", "SM", "--period", "2024-S1", "--indicator", "thu_noi_dia", "--json")
    assert _rows(capsys)["thu_noi_dia"]["result"] == 30000


@pytest.mark.usefixtures("plan")
def test_days_that_no_figure_covers_are_told_of_the_result_and_of_the_earlier_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for period, value in (("2023-S1", 30), ("2024-S1", 40), ("2024-Q3", 20)):
        lines = f"Đơn vị;Chỉ tiêu;Kết quả\nSM01;thu_noi_dia;{value}\nSM02;thu_noi_dia;{value}\n"
        assert _load(lines, "--period", period, name=f"{period}.csv") == 0
    capsys.readouterr()
    asked = ("compare", "--unit", "SM", "--indicator", "thu_noi_dia")
    assert _call(*asked, "--period", "2024-01-01/P9M") == 1
    out = capsys.readouterr().out
    assert "120" in out
    assert "số cùng kỳ: chưa có số liệu kỳ 2023-Q3." in out
    assert _call(*asked, "--period", "2024") == 1
    assert "Thu nội địa: chưa có số liệu kỳ 2024-Q4." in capsys.readouterr().out
    assert _call(*asked, "--period", "2024-S1", "--json") == 0
    assert _rows(capsys)["thu_noi_dia"]["point_last_year"] is None  # half a year is no share of a year


def test_of_nine_months_the_six_that_were_told_count_and_not_the_two_told_apart(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for period, value in (("2024-M01", 1), ("2024-M02", 2), ("2024-S1", 9)):
        lines = f"Đơn vị;Chỉ tiêu;Kết quả\nSM01;thu_noi_dia;{value}\n"
        assert _load(lines, "--period", period, name=f"{period}.csv") == 0
    capsys.readouterr()
    assert _call("rollup", "--period", "2024-01-01/P9M", "--unit", "SM01", "--json") == 1
    row = _rows(capsys)["thu_noi_dia"]
    assert (row["value"], row["missing_periods"]) == (9, ["2024-Q3"])


@pytest.mark.usefixtures("plan")
def test_what_misses_its_target_by_a_hair_is_not_shown_as_a_hundred(capsys: pytest.CaptureFixture[str]) -> None:
    _results("2024", lua_dien_tich="589,98")
    capsys.readouterr()
    _call("compare", "--unit", "SM", "--period", "2024", "--indicator", "lua_dien_tich")
    assert "99,9966" in capsys.readouterr().out
    _results("2024", lua_dien_tich="590")
    capsys.readouterr()
    _call("compare", "--unit", "SM", "--period", "2024", "--indicator", "lua_dien_tich")
    assert " 100 " in capsys.readouterr().out
