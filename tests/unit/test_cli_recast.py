"""Figures in the units of another day, added up in the units above: nothing is lost, nothing is made up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from baocao.cli import main

UNITS = """mã,tên,cấp,cấp trên,từ ngày,đến ngày
SM,Tỉnh Sông Mẫu,cấp tỉnh,VN,,
SM01,Xã Bến Thử,cấp xã,SM,,
SM02,Xã Đồi Thử,cấp xã,SM,,
SM03,Xã Mới Thử,cấp xã,SM,1/3/2025,
SM04,Xã Chợ Thử,cấp xã,SM,1/3/2025,
P1,Phòng Kinh tế,phòng ban,SM,,
T1,Thôn Một,thôn,SM02,,
"""
HEAD = "on,kind,source,target,share,decision\n"
SPLIT = HEAD + "1/3/2025,chia tách,SM01,SM03,30%,9/NQ\n1/3/2025,chia tách,SM01,SM04,70%,9/NQ\n"
FIGURES = """unit,indicator,period,value
SM01,ho_ngheo,2024,15
SM01,tong_so_ho,2024,100
SM02,ho_ngheo,2024,30
SM02,tong_so_ho,2024,200
"""


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BAOCAO_LANG", "FORCE_COLOR", "BAOCAO_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    Path("u.csv").write_text(UNITS, encoding="utf-8")
    Path("c.csv").write_text(SPLIT, encoding="utf-8")


def _call(*words: str, changes: str = "c.csv") -> int:
    return main([*words, "--units", "u.csv", "--changes", changes])


def _load(text: str) -> None:
    Path("a.csv").write_text(text, encoding="utf-8")
    assert _call("load", "a.csv") == 0


def _told(capsys: pytest.CaptureFixture[str], *names: str) -> list[tuple[object, ...]]:
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    return [tuple(row[name] for name in names) for row in rows]


ASKED = ("recast", "--period", "2024", "--json")


def test_a_split_by_shares_conserves_every_unit_and_recomputes_ratios(capsys: pytest.CaptureFixture[str]) -> None:
    _load(FIGURES)
    capsys.readouterr()
    assert _call(*ASKED, "--indicator", "ho_ngheo,ty_le_ho_ngheo", "--on", "1/3/2025") == 0
    assert _told(capsys, "unit", "indicator", "value", "how") == [
        ("SM02", "ho_ngheo", 30, "giữ nguyên"),
        ("SM03@2025-03-01", "ho_ngheo", 5, "cộng theo tỷ lệ"),
        ("SM04@2025-03-01", "ho_ngheo", 10, "cộng theo tỷ lệ"),
        ("SM02", "ty_le_ho_ngheo", 15, "tính lại"),
        ("SM03@2025-03-01", "ty_le_ho_ngheo", 16.666667, "tính lại"),
        ("SM04@2025-03-01", "ty_le_ho_ngheo", 14.285714, "tính lại"),
    ]


def test_totals_are_the_same_before_and_after_and_ratios_are_made_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    _load(FIGURES)
    capsys.readouterr()
    views = ("--as-was", "--on", "1/3/2025", "--level", "province")
    assert _call(*ASKED, "--indicator", "ho_ngheo,ty_le_ho_ngheo", *views) == 0
    assert _told(capsys, "view", "unit", "indicator", "value", "missing") == [
        ("như đã báo cáo", "SM", "ho_ngheo", 45, None),
        ("như đã báo cáo", "SM", "ty_le_ho_ngheo", 15, None),
        ("đơn vị ngày 01/03/2025", "SM", "ho_ngheo", 45, None),
        ("đơn vị ngày 01/03/2025", "SM", "ty_le_ho_ngheo", 15, None),
    ]


def test_a_total_names_the_units_that_told_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    _load("unit,indicator,period,value\nSM02,ho_ngheo,2024,30\nSM02,tong_so_ho,2024,200\nSM01,tong_so_ho,2024,100\n")
    capsys.readouterr()
    asked = (*ASKED, "--indicator", "ho_ngheo,ty_le_ho_ngheo", "--on", "1/3/2025", "--level", "province")
    assert _call(*asked) == 1
    poor, rate = _told(capsys, "value", "mark", "missing")
    assert poor[0] == 30
    assert poor[2] == "Xã Mới Thử (SM03@2025-03-01): chưa có số liệu; Xã Chợ Thử (SM04@2025-03-01): chưa có số liệu"
    assert rate[:2] == (None, "tử số, mẫu số không cùng đơn vị")


def test_taking_a_change_away_restores_the_exact_earlier_result(capsys: pytest.CaptureFixture[str]) -> None:
    Path("u0.csv").write_text("\n".join(UNITS.splitlines()[:4]) + "\n", encoding="utf-8")
    Path("a.csv").write_text(FIGURES, encoding="utf-8")
    earlier = ["--indicator", "ho_ngheo", "--on", "1/6/2025", "--units", "u0.csv"]
    assert main(["load", "a.csv", "--units", "u0.csv"]) == 0
    capsys.readouterr()
    assert main([*ASKED, *earlier]) == 0
    before = capsys.readouterr().out
    assert _call(*ASKED, "--indicator", "ho_ngheo", "--on", "1/6/2025") == 0
    assert capsys.readouterr().out != before
    assert main([*ASKED, *earlier]) == 0
    assert capsys.readouterr().out == before


@pytest.mark.parametrize("mark", ["chưa đánh giá", "không phát sinh", "không thu thập"])
def test_a_coded_mark_is_shown_as_such(mark: str, capsys: pytest.CaptureFixture[str]) -> None:
    _load(f"unit,indicator,period,value\nSM02,ho_ngheo,2024,{mark}\n")
    capsys.readouterr()
    assert _call(*ASKED, "--indicator", "ho_ngheo", "--on", "1/3/2025") == 0
    assert _told(capsys, "unit", "value", "mark") == [("SM02", None, mark)]


def test_villages_and_offices_have_figures_of_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    _load("unit,indicator,period,value\nThôn Một,ho_ngheo,2024,3\nP1,ho_ngheo,2024,4\n")
    capsys.readouterr()
    asked = (*ASKED, "--indicator", "ho_ngheo", "--on", "1/3/2025")
    assert _call(*asked) == 0
    assert _told(capsys, "unit", "value") == [("P1", 4), ("T1", 3)]
    assert _call(*asked, "--level", "commune", "--base", "village") == 0
    assert _told(capsys, "unit", "value") == [("SM02", 3)]


def test_what_cannot_be_asked_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    _load(FIGURES)
    capsys.readouterr()
    assert _call(*ASKED, "--indicator", "ho_ngheo", "--level", "district") == 2
    assert "không có tổng nào ở cấp này" in capsys.readouterr().err
    assert _call(*ASKED, "--indicator", "ct13_giam_ngheo") == 2
    assert "rollup --on" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("units", "changes", "told"),
    [
        (UNITS, SPLIT.replace("70%", "60%"), "c.csv, dòng 2: các tỷ lệ của SM01 cộng lại bằng 9/10"),
        (UNITS, SPLIT.replace("70%", "-7%"), "c.csv, dòng 3: “-7%” không phải là tỷ lệ"),
        (UNITS, SPLIT.replace("SM04", "SM99"), "c.csv, dòng 3: không có đơn vị nào có mã “SM99”"),
        (UNITS, SPLIT.replace("1/3/2025,chia tách,SM01,SM04", "31/2/2025,chia tách,SM01,SM04"), "dòng 3: “31/2/2025”"),
        (UNITS + "SM02,Xã Đồi Thử,cấp xã,SM,1/7/2024,\n", HEAD, "u.csv, dòng 9: SM02@2024-07-01 bắt đầu khi SM02"),
        (UNITS + "SM02,Xã Đồi Thử,cấp xã,SM,,\n", HEAD, "u.csv, dòng 9: SM02 đã có ở dòng khác"),
        (
            UNITS.replace("SM,Tỉnh Sông Mẫu,cấp tỉnh,VN", "SM,Tỉnh Sông Mẫu,cấp tỉnh,SM01"),
            HEAD,
            "trực thuộc chính mình",
        ),
        (UNITS.replace("cấp tỉnh,VN,,", "cấp tỉnh,VN,,30/6/2030"), HEAD, "cấp trên SM chỉ tồn tại"),
        (UNITS.replace("P1,Phòng", "P@1,Phòng"), HEAD, "mã “P@1” trống hoặc có dấu @"),
    ],
)
def test_broken_units_and_changes_are_refused_by_their_rows(
    units: str, changes: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _load(FIGURES)
    kept = Path("so-lieu.sqlite").read_bytes()
    Path("u.csv").write_text(units, encoding="utf-8")
    Path("c.csv").write_text(changes, encoding="utf-8")
    capsys.readouterr()
    assert _call(*ASKED, "--indicator", "ho_ngheo") == 3
    assert told in capsys.readouterr().err
    assert _call("load", "a.csv") == 3
    assert Path("so-lieu.sqlite").read_bytes() == kept
