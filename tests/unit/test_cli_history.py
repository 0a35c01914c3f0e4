"""Who told which figure, when, and in which cell: nothing that was ever loaded is lost from sight."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from baocao.cli import main

DEMO = Path(__file__).resolve().parents[2] / "demo" / "so-lieu"
HEAD = "unit,indicator,period,value,scenario\n"


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BAOCAO_LANG", "FORCE_COLOR", "BAOCAO_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def _call(*words: str) -> int:
    return main([*words, "--units", str(DEMO / "don-vi.csv")])


def _load(name: str, rows: str, by: str) -> None:
    Path(name).write_text(HEAD + rows, encoding="utf-8")
    assert _call("load", name, "--by", by) == 0


def _rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> None:
    _load("thang-1.csv", "SM01,ho_ngheo,2024,5,actual\nSM02,ho_ngheo,2024,chưa đánh giá,actual\n", "Trần Mẫu")
    _load("thang-2.csv", "SM01,ho_ngheo,2024,6,actual\nSM01,ho_ngheo,2024,7,estimate\n", "Lê Thử")
    capsys.readouterr()


@pytest.mark.usefixtures("told")
def test_every_revision_is_told_with_its_cell_and_who_loaded_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert _call("history", "--indicator", "ho_ngheo", "--json") == 0
    names = ("unit", "scenario", "value", "mark", "state", "recorded_by", "file", "place")
    assert [tuple(row[name] for name in names) for row in _rows(capsys)] == [
        ("SM01", "thực hiện", 5, None, "đã thay", "Trần Mẫu", "thang-1.csv", "D2"),
        ("SM01", "thực hiện", 6, None, "hiện hành", "Lê Thử", "thang-2.csv", "D2"),
        ("SM01", "ước", 7, None, "hiện hành", "Lê Thử", "thang-2.csv", "D3"),
        ("SM02", "thực hiện", None, "chưa đánh giá", "hiện hành", "Trần Mẫu", "thang-1.csv", "D3"),
    ]


@pytest.mark.usefixtures("told")
def test_a_history_is_narrowed_to_what_was_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["history", "--unit", "Xã Bến Thử", "--period", "2024", "--scenario", "actual", "--json"]
    assert _call(*asked) == 0
    assert [row["value"] for row in _rows(capsys)] == [5, 6]
    assert _call(*asked, "--current", "--csv", "a.csv") == 0
    assert [row["value"] for row in _rows(capsys)] == [6]
    assert "thang-2.csv" in Path("a.csv").read_text(encoding="utf-8-sig")
    assert _call("history", "--unit", "SM02", "--period", "2023") == 2
    assert "chưa từng nhận số liệu nào như vậy" in capsys.readouterr().err
    assert _call("history", "--period", "2024") == 2
    assert "--loads" in capsys.readouterr().err


@pytest.mark.usefixtures("told")
def test_the_loads_are_told_and_each_attempt_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert _call("load", "thang-1.csv", "--by", "Phạm Mẫu") == 0
    capsys.readouterr()
    assert _call("history", "--loads", "--json", "--lang", "en") == 0
    found = [(row["file"], row["recorded_by"], row["figures"], row["new"]) for row in _rows(capsys)]
    assert found == [
        ("thang-1.csv", "Trần Mẫu", 2, 2),
        ("thang-2.csv", "Lê Thử", 2, 2),
        ("thang-1.csv", "Phạm Mẫu", 2, 0),
    ]


def test_whoever_looks_for_targets_in_the_history_is_told_where_they_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("plan.csv").write_text("Chỉ tiêu;HĐND giao\nho_ngheo;50\n", encoding="utf-8")
    decision = "HĐND: 12/NQ-HĐND, 08/12/2023"
    assert _call("load", "plan.csv", "--unit", "SM", "--period", "2024", "--decision", decision) == 0
    capsys.readouterr()
    assert _call("history", "--indicator", "ho_ngheo", "--scenario", "target") == 2
    assert "baocao compare" in capsys.readouterr().err
