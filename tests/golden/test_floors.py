"""Whole reports with their truth tables: no figure falls below the floor that it has reached."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

from baocao import desk, wire
from bench import accuracy, reports, scoring
from bench.reports import Sample
from bench.scoring import Share

FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text(encoding="utf-8"))
SETS = {"fictional": reports.own(), "real": reports.real()}
ABSENT = "the real reports are not at hand (they are no part of this repository; BAOCAO_SHARED says where they are)"
real_only = pytest.mark.skipif(not SETS["real"], reason=ABSENT)


@cache
def _scores(name: str) -> dict[str, dict[str, Share]]:
    return accuracy.scores(SETS[name])


@pytest.mark.parametrize("name", ["fictional", pytest.param("real", marks=real_only)])
@pytest.mark.parametrize("figure", list(FLOORS["real"]["together"]))
def test_all_reports_together(name: str, figure: str) -> None:
    share = sum((figures[figure] for figures in _scores(name).values()), Share(0, 0))
    assert share.value >= FLOORS[name]["together"][figure], f"{figure}: {share}"


@pytest.mark.parametrize("name", ["fictional", pytest.param("real", marks=real_only)])
@pytest.mark.parametrize("figure", list(FLOORS["real"]["each"]))
def test_each_report(name: str, figure: str) -> None:
    low = {
        report: str(figures[figure])
        for report, figures in _scores(name).items()
        if figures[figure].value < FLOORS[name]["each"][figure]
    }
    assert not low


@real_only
def test_contradictions_between_two_reports() -> None:
    found, false = accuracy.across(SETS["real"])
    assert found.value >= FLOORS["across"]["found"]
    assert false.value <= FLOORS["across"]["false_errors"]


@pytest.mark.skipif(not (reports.SHARED / "benchmark" / "score.py").is_file(), reason=ABSENT)
@pytest.mark.parametrize("sample", [*SETS["real"], *SETS["fictional"]], ids=lambda sample: sample.name)
def test_we_count_as_the_benchmark_counts(sample: Sample, tmp_path: Path) -> None:
    reading = desk.read(sample.report)
    documents = (reading.document,)
    findings = [wire.finding_line(finding, documents) for finding in desk.judge(reading, 0, desk.rules())]
    claims = [wire.claim_line(claim, reading.document) for claim in reading.claims]
    files = [tmp_path / "findings.jsonl", tmp_path / "claims.jsonl"]
    for file, lines in zip(files, (findings, claims), strict=True):
        file.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    command = [sys.executable, reports.SHARED / "benchmark" / "score.py", sample.truth, *files, sample.report]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    theirs = {words[0]: words[1] for words in map(str.split, printed.splitlines())}
    truth = scoring.Truth.read(sample.truth, sample.report)
    ours = scoring.score(truth, *(scoring.lines(file) for file in files))
    assert {name: f"{share.hits}/{share.of}" for name, share in ours.items()} == theirs
