"""``baocao outline`` lists, shows and proves outlines; a fault is exit 1, a wrong call 2, an unreadable file 3."""

from __future__ import annotations

from pathlib import Path

import pytest

from baocao.cli import main

BROKEN = """
[outline]
code = "thu"
vi = "Đề cương thử"
en = "A trial outline"
purpose = "year"
kind = "BÁO CÁO"
symbol = "BC-UBND"
summary = "Kết quả năm {year}"

[[section]]
key = "thu"
depth = 1
title = "THỬ"
say = [{ figures = ["dan_trou"] }]
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_outlines_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outline"]) == 0
    vietnamese = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in vietnamese] == ["bao-cao-6-thang", "bao-cao-nam", "ke-hoach-nam"]
    assert main(["outline", "--lang", "en"]) == 0
    assert "Next year's socio-economic plan" in capsys.readouterr().out


def test_the_sections_of_one_are_shown_with_their_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outline", "bao-cao-nam"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Phần I KẾT QUẢ THỰC HIỆN NHIỆM VỤ {told} [phan_mot]"
    assert "    I. LĨNH VỰC KINH TẾ [kinh_te]" in lines
    assert "        a) Trồng trọt, bảo vệ thực vật [trong_trot]" in lines


def test_the_built_in_outlines_are_proved_when_none_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outline", "check"]) == 0
    assert capsys.readouterr().out.count("không có lỗi") == 3
    assert main(["outline", "check", "bao-cao-nam", "--lang", "en"]) == 0
    assert "no fault" in capsys.readouterr().out


def test_faults_are_told_and_the_others_are_proved_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thu.toml").write_text(BROKEN, encoding="utf-8")
    (tmp_path / "hong.toml").write_text("[outline", encoding="utf-8")
    assert main(["outline", "check", "hong.toml", "thu.toml", "bao-cao-nam"]) == 1
    told = capsys.readouterr()
    assert "hong.toml: không phải TOML đúng" in told.out
    assert "thu.toml: phần “thu”, say 1: không có chỉ tiêu “dan_trou”" in told.out
    assert "bao-cao-nam: " in told.out
    assert "thu.toml: " in told.err


def test_an_outline_in_a_file_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thu.toml").write_text(BROKEN, encoding="utf-8-sig")
    assert main(["outline", "thu.toml"]) == 0
    assert capsys.readouterr().out == "Phần I THỬ [thu]\n"


def test_own_indicators_are_known_to_the_proof(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thu.toml").write_text(BROKEN, encoding="utf-8")
    own = 'sector = "chan_nuoi"\n[dan_trou]\nvi = "Đàn trou"\nen = "Trou"\nunit = "con"\n'
    (tmp_path / "rieng.toml").write_text(own, encoding="utf-8")
    assert main(["outline", "check", "thu.toml", "--catalogue", "rieng.toml"]) == 0
    assert "không có chỉ tiêu" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["bao-cao-thang"], 2, "bao-cao-6-thang, bao-cao-nam, ke-hoach-nam"),
        (["check", "bao-cao-thang"], 2, "bao-cao-6-thang, bao-cao-nam, ke-hoach-nam"),
        (["bao-cao-nam", "ke-hoach-nam"], 2, "outline check"),
        (["khong-co.toml"], 3, "không mở được"),
        (["check", "khong-co.toml"], 3, "không mở được"),
        (["la-ma.toml"], 3, "UTF-8"),
        (["hong.toml"], 1, "TOML"),
    ],
)
def test_what_cannot_be_done_is_told(
    words: list[str], code: int, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "la-ma.toml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "hong.toml").write_text("[outline", encoding="utf-8")
    assert main(["outline", *words]) == code
    assert told in capsys.readouterr().err


def test_untold_sectors_are_advice_that_draft_passes_over_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thu.toml").write_text(BROKEN.replace("dan_trou", "lua_dien_tich"), encoding="utf-8")
    assert main(["outline", "check", "thu.toml"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert len(told) == 2
    assert told[0].startswith("nên xem lại: thu.toml: ")
    assert " lĩnh vực chưa được nêu hết: " in told[0]
    assert " và " in told[0]
    assert told[1].endswith("không có lỗi, 1 điều nên xem lại.")
    assert main(["outline", "check", "thu.toml", "--lang", "en"]) == 0
    assert "advice: thu.toml: " in capsys.readouterr().out


def test_a_slip_of_the_pen_is_told_by_its_place_in_our_own_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "hong.toml").write_text("khong phai", encoding="utf-8")
    assert main(["outline", "check", "hong.toml"]) == 1
    assert "sai cú pháp ở dòng 1, cột 7" in capsys.readouterr().out
    (tmp_path / "sai.toml").write_text(BROKEN.replace('"year"', '"thang"'), encoding="utf-8")
    assert main(["outline", "check", "sai.toml"]) == 1
    assert "ghi “thang”, cần một trong: six_months, year, next_year; hãy sửa lại." in capsys.readouterr().out
