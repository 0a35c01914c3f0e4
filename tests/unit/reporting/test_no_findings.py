"""What the fictional province's reports say, the product's own proof-reader has nothing to say against.

The small province from 7/2025 on, without breakdowns; ``make demo`` asks the same of the whole one.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from baocao.cli import main
from demo.province.__main__ import main as write_province

_GIVEN = (0, 1)  # drafted whole, or with a remark on what there are no figures of


@pytest.fixture(scope="module", name="province")
def loaded_province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The province's folder with its figures of the new communes loaded."""
    folder = tmp_path_factory.mktemp("minh-hoa")
    write_province([str(folder), "--small"])
    results = sorted((folder / "so-lieu").glob("*-tu-7-2025.csv"))
    files = [*(folder / "ke-hoach").glob("*.csv"), *results, folder / "so-lieu" / "tinh.csv"]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert main(["load", *map(str, files)]) == 0
    return folder


@pytest.mark.parametrize(
    ("outline", "unit", "period", "on"),
    [("bao-cao-nam", "MH", "2026", "06/01/2027"), ("bao-cao-6-thang", "MHX03", "2026-S1", "06/07/2026")],
)
def test_a_drafted_report_has_no_error_and_no_warning(
    province: Path,
    outline: str,
    unit: str,
    period: str,
    on: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(province)
    target = province / f"{outline}-{unit}.docx"
    drafted = main(
        [
            "draft",
            outline,
            "--unit",
            unit,
            "--period",
            period,
            "--on",
            on,
            "--tasks",
            "nhiem-vu.csv",
            "--out",
            target.name,
        ]
    )
    assert drafted in _GIVEN
    assert target.stat().st_size > 100_000
    capsys.readouterr()
    main(["check", target.name, "--json"])
    findings = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["message"]["vi"] for one in findings if one["severity"] != "note"] == []


def test_a_slip_in_such_a_sentence_is_told(
    province: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The proof-reader does read what drafts say: a figure that a hand altered is a finding."""
    monkeypatch.chdir(province)
    text = "Tổng đàn trâu là 14.910 con, vượt 0,3% so với kế hoạch HĐND giao (14.870 con).\n"
    for figure, count in (("0,3%", 0), ("3,0%", 1)):
        Path("doan.txt").write_text(text.replace("0,3%", figure), encoding="utf-8")
        main(["check", "doan.txt", "--json"])
        assert len(capsys.readouterr().out.splitlines()) == count
