"""A target that a report has no place for is told, so that none is lost unseen; one that it tells is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from baocao.cli import main

OUTLINE = """\
[outline]
code = "thu"
vi = "Báo cáo thử"
en = "A small report"
purpose = "year"
kind = "BÁO CÁO"
symbol = "BC-UBND"
summary = "Kết quả năm {year}"

[[section]]
key = "ket_qua"
depth = 1
title = "KẾT QUẢ"
say = [{ figures = ["lua_dien_tich"] }]
"""
UNITS = "mã;tên;cấp;cấp trên;từ ngày;đến ngày\nSM;Tỉnh Sông Mẫu;cấp tỉnh;VN;;\nSM01;Xã Bến Thử;cấp xã;SM;;\n"
FIGURES = "Đơn vị;Chỉ tiêu;Kỳ;Giá trị\nSM01;lua_dien_tich;2025;400\nSM01;lua_dien_tich;2024;380\n"


@pytest.mark.parametrize(
    ("plan", "told"), [("lua_dien_tich;420\n", []), ("lua_dien_tich;420\nho_ngheo;85\n", ["Số hộ nghèo"])]
)
def test_targets_without_a_place_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], plan: str, told: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BAOCAO_LANG", raising=False)
    files = {"baocao.toml": '[figures]\nunits = "don-vi.csv"\n', "don-vi.csv": UNITS, "so-lieu.csv": FIGURES}
    files |= {"giao.csv": f"Chỉ tiêu;HĐND xã giao\n{plan}", "thu.toml": OUTLINE}
    for name, text in files.items():
        Path(name).write_text(text, encoding="utf-8")
    assert main(["load", "so-lieu.csv"]) in (0, 1)
    decided = ("--decision", "HĐND xã: 12/NQ-HĐND, 08/12/2024")
    assert main(["load", "giao.csv", "--unit", "SM01", "--period", "2025", *decided]) == 0
    capsys.readouterr()
    code = main(["draft", "thu.toml", "--unit", "SM01", "--period", "2025", "--on", "31/12/2025", "--out", "bc.docx"])
    remarks = [line for line in capsys.readouterr().err.splitlines() if "giao năm 2025" in line]
    assert (code, len(remarks)) == (int(bool(told)), len(told))
    assert all(name in line and "lúa" not in line for name, line in zip(told, remarks, strict=True))


def test_a_target_decided_when_its_year_has_begun_is_known_to_the_plan_s_own_diff(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    files = {"baocao.toml": '[figures]\nunits = "don-vi.csv"\n', "don-vi.csv": UNITS, "so-lieu.csv": FIGURES}
    for name, text in (files | {"giao.csv": "Chỉ tiêu;UBND tỉnh giao\ndan_bo;200\n"}).items():
        Path(name).write_text(text, encoding="utf-8")
    assert main(["load", "so-lieu.csv"]) in (0, 1)
    decided = ("--decision", "UBND tỉnh: 5/QĐ-UBND, 05/01/2026")
    assert main(["load", "giao.csv", "--unit", "SM01", "--period", "2026", *decided]) == 0
    call = ["draft", "ke-hoach-nam", "--unit", "SM01", "--period", "2026", "--on", "10/01/2026", "--out", "kh.docx"]
    assert main(call) in (0, 1)
    capsys.readouterr()
    assert main(["diff", "kh.docx"]) == 0, capsys.readouterr().out
