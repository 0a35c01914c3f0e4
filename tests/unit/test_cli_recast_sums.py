"""What made a sum in a divided unit makes one in each of its heirs, whichever figure is asked for and however."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from baocao.cli import main

UNITS = """mã,tên,cấp,cấp trên,từ ngày,đến ngày
SM,Tỉnh Sông Mẫu,cấp tỉnh,VN,,
SM01,Xã Bến Thử,cấp xã,SM,,
SM03,Xã Mới Thử,cấp xã,SM,1/3/2025,
SM04,Xã Chợ Thử,cấp xã,SM,1/3/2025,
"""
SPLIT = """on,kind,source,target,share,decision
1/3/2025,chia tách,SM01,SM03,40%,9/NQ
1/3/2025,chia tách,SM01,SM04,60%,9/NQ
"""
PARTS = ("chi_dau_tu", "chi_thuong_xuyen", "chi_du_phong", "chi_khac")
TOLD = (1.2, 3.4, 0.1, 0.9)


@pytest.fixture(autouse=True)
def loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BAOCAO_LANG", "FORCE_COLOR", "BAOCAO_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    Path("u.csv").write_text(UNITS, encoding="utf-8")
    Path("c.csv").write_text(SPLIT, encoding="utf-8")
    rows = [("chi_ngan_sach", sum(map(Decimal, map(str, TOLD)))), *zip(PARTS, TOLD, strict=True)]
    lines = [f"SM01,{code},2024-M{month:02d},{amount}" for month in range(1, 13) for code, amount in rows]
    Path("a.csv").write_text("unit,indicator,period,value\n" + "\n".join(lines) + "\n", encoding="utf-8")
    assert _call("load", "a.csv") == 0


def _call(*words: str) -> int:
    return main([*words, "--units", "u.csv", "--changes", "c.csv"])


def _asked(capsys: pytest.CaptureFixture[str], verb: str, *words: str) -> dict[tuple[str, str], Decimal]:
    capsys.readouterr()
    assert _call(verb, *words, "--on", "1/3/2025", "--json") in (0, 1)
    rows = [json.loads(line, parse_float=Decimal) for line in capsys.readouterr().out.splitlines() if line[:1] == "{"]
    return {(row["unit"][:4], row["indicator"]): Decimal(row["value"]) for row in rows if row.get("value") is not None}


def test_totals_are_made_of_their_parts_in_both_heirs(capsys: pytest.CaptureFixture[str]) -> None:
    every = ",".join(("chi_ngan_sach", *PARTS))
    found = _asked(capsys, "recast", "--period", "2024-M05", "--indicator", every)
    for heir in ("SM03", "SM04"):
        assert found[heir, "chi_ngan_sach"] == sum(found[heir, code] for code in PARTS)
    assert found["SM03", "chi_ngan_sach"] + found["SM04", "chi_ngan_sach"] == Decimal("5.6")


def test_a_figure_is_the_same_whether_it_is_asked_for_alone_or_in_a_sum(capsys: pytest.CaptureFixture[str]) -> None:
    every = ",".join(("chi_ngan_sach", *PARTS))
    both = _asked(capsys, "recast", "--period", "2024-M05", "--indicator", every)
    for code in ("chi_ngan_sach", *PARTS):
        alone = _asked(capsys, "recast", "--period", "2024-M05", "--indicator", code)
        assert alone == {place: value for place, value in both.items() if place[1] == code}


def test_a_roll_up_in_the_units_of_a_day_has_the_figures_of_the_re_cast(capsys: pytest.CaptureFixture[str]) -> None:
    codes = ("chi_ngan_sach", *PARTS)
    for period in ("2024-M05", "2024"):
        found = {
            (unit, code): value
            for unit in ("SM03", "SM04")
            for (_, code), value in _asked(
                capsys, "rollup", "--unit", f"{unit}@2025-03-01", "--period", period, "--indicator", ",".join(codes)
            ).items()
        }
        for heir in ("SM03", "SM04"):
            assert found[heir, "chi_ngan_sach"] == sum(found[heir, code] for code in PARTS)
        if period == "2024-M05":
            assert found == _asked(capsys, "recast", "--period", period, "--indicator", ",".join(codes))
    assert found["SM03", "chi_ngan_sach"] == Decimal("26.9")  # of 67,2 a year: 26,88; not twelve times 2,2 or 2,3
