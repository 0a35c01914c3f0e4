"""A printed report read back from the command line, and what of it the store takes. All of it is fictional."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from baocao.cli import main

DEMO = Path(__file__).resolve().parents[2] / "demo" / "so-lieu"
REPORT = """ỦY BAN NHÂN DÂN TỈNH SÔNG MẪU

Số: 12/BC-UBND
Sông Mẫu, ngày 20 tháng 6 năm 2024

BÁO CÁO
Tình hình kinh tế - xã hội 6 tháng đầu năm 2024

I. KẾT QUẢ
Tổng đàn trâu đạt 2.350 con, bằng 97,9% kế hoạch HĐND giao (2.400 con).

Xã Bến Thử có số hộ nghèo là 120 hộ.
"""


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BAOCAO_LANG", "FORCE_COLOR", "BAOCAO_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    Path("bao-cao.txt").write_text(REPORT, encoding="utf-8")


def _call(*words: str) -> int:
    return main([*words, "--units", str(DEMO / "don-vi.csv")])


def _rows(capsys: pytest.CaptureFixture[str]) -> list[tuple[object, ...]]:
    names = ("printed", "unit", "indicator", "period", "scenario", "authority", "value", "against")
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return [tuple(row[name] for name in names) for row in found]


def test_unit_and_period_are_found_in_the_head(capsys: pytest.CaptureFixture[str]) -> None:
    assert _call("read", "bao-cao.txt", "--authority", "HĐND", "--json") == 0
    target = "SM:dan_trau:2024-A1:target:HĐND"
    assert _rows(capsys) == [
        ("2.350", "SM", "dan_trau", "2024-S1", "actual", "", 2350, ""),
        ("97,9", "SM", "dan_trau", "2024-S1", "actual", "", 97.9, target),
        ("2.400", "SM", "dan_trau", "2024-A1", "target", "HĐND", 2400, ""),
        ("120", "SM01", "ho_ngheo", "2024-S1", "actual", "", 120, ""),
    ]


def test_counts_of_no_one_address_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    """How many indicators are met is no figure of the store: it is shown, and not loaded."""
    counted = "\nCó 14 chỉ tiêu đạt kế hoạch.\n"
    Path("bao-cao.txt").write_text(REPORT + counted, encoding="utf-8")
    assert _call("read", "bao-cao.txt", "--authority", "HĐND", "--json") == 0
    assert ("14", None, None, None, None, None, 14, None) in _rows(capsys)
    assert _call("read", "bao-cao.txt", "--authority", "HĐND", "--csv", "doc-lai.csv") == 0
    assert "số đếm" in capsys.readouterr().out
    assert len(Path("doc-lai.csv").read_text(encoding="utf-8-sig").splitlines()) == 3


def test_a_table_for_people_tells_scenarios_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert _call("read", "bao-cao.txt", "--authority", "HĐND") == 0
    vietnamese = capsys.readouterr().out
    assert "thực hiện" in vietnamese
    assert " actual " not in vietnamese
    assert _call("read", "bao-cao.txt", "--authority", "HĐND", "--lang", "en") == 0
    assert " actual " in capsys.readouterr().out


def test_what_is_read_can_be_loaded(capsys: pytest.CaptureFixture[str]) -> None:
    assert _call("read", "bao-cao.txt", "--authority", "HĐND", "--csv", "doc-lai.csv") == 0
    assert _call("load", "doc-lai.csv") == 0
    capsys.readouterr()
    assert _call("history", "--indicator", "dan_trau,ho_ngheo", "--json") == 0
    loaded = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {(row["unit"], row["indicator"], row["value"]) for row in loaded} == {
        ("SM", "dan_trau", 2350),
        ("SM01", "ho_ngheo", 120),
    }


def test_targets_go_into_a_file_of_their_own() -> None:
    assert _call("read", "bao-cao.txt", "--authority", "HĐND", "--targets", "--csv", "chi-tieu.csv") == 0
    lines = Path("chi-tieu.csv").read_text(encoding="utf-8-sig").split()
    assert lines == [
        "unit,indicator,period,scenario,authority,breakdown,value",
        "SM,dan_trau,2024-A1,target,HĐND,,2400",
    ]


def test_a_figure_printed_twice_with_two_values_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bao-cao.txt").write_text(REPORT + "\nTổng đàn trâu là 2.530 con.\n", encoding="utf-8")
    assert _call("read", "bao-cao.txt", "--authority", "HĐND", "--csv", "doc-lai.csv") == 1
    assert "2.350; 2.530" in capsys.readouterr().out
    assert "dan_trau" not in Path("doc-lai.csv").read_text(encoding="utf-8-sig")


def test_what_is_not_sure_is_told_with_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bao-cao.txt").write_text(REPORT + "\nTổng đàn trâu bị chết rét 12 con.\n", encoding="utf-8")
    assert _call("read", "bao-cao.txt", "--authority", "HĐND") == 1
    assert "1 số chưa rõ địa chỉ" in capsys.readouterr().out
    assert _call("read", "bao-cao.txt", "--authority", "HĐND", "--all") == 1
    assert "chết rét" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("Tổng đàn trâu đạt 2.350 con.", (), "--period"),
        ("Tổng đàn trâu đạt 2.350 con.", ("--period", "2024-S1"), "--unit"),
        ("Tổng đàn trâu đạt 2.350 con.", ("--period", "2024-S1", "--unit", "Xã Không Có"), "Xã Không Có"),
        ("Tổng đàn trâu đạt 2.350 con.", ("--period", "hôm qua", "--unit", "SM"), "hôm qua"),
    ],
)
def test_what_the_head_does_not_say_is_asked_for(
    text: str, words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("bao-cao.txt").write_text(text, encoding="utf-8")
    assert _call("read", "bao-cao.txt", *words) == 2
    assert said in capsys.readouterr().err


def test_a_file_that_is_none_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert _call("read", "khong-co.docx") == 3
    assert len(capsys.readouterr().err.splitlines()) == 1
