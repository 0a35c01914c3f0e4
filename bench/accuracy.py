"""How much is read, how much is found, and how seldom a right figure is called wrong."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from baocao import desk, wire, workers
from bench import reports, scoring
from bench.figures import Measured
from bench.reports import Sample
from bench.scoring import Record, Share, Truth

TOGETHER = {"errors_found": 0.90, "error_precision": 0.97, "warning_precision": 0.85}
EACH = {"silent_on_clean": 0.99, "claims_read": 0.93, "verdicts_right": 0.97}
PLANTED = 0.93
SLACK = 0.05  # what reports that nobody has seen may fall below the others
SEEDS = (1, 2, 3)
ACROSS = 3  # of the four contradictions between the two real reports of one district


def findings_and_claims(report: Path) -> tuple[list[Record], list[Record]]:
    """What the command line would print for one report, as objects."""
    reading = desk.read(report)
    found = desk.judge(reading, 0, desk.rules())
    documents = (reading.document,)
    return (
        [json.loads(wire.finding_line(finding, documents)) for finding in found],
        [json.loads(wire.claim_line(claim, reading.document)) for claim in reading.claims],
    )


def scores(samples: Sequence[Sample]) -> dict[str, dict[str, Share]]:
    """The six figures of each report, by its name."""
    return {
        sample.name: scoring.score(Truth.read(sample.truth, sample.report), *findings_and_claims(sample.report))
        for sample in samples
    }


def measured(samples: Sequence[Sample], label: str, slack: float = 0.0) -> Iterator[Measured]:
    """The accuracy figures of one set of reports beside their bounds."""
    by_report = scores(samples)
    for name, bound in TOGETHER.items():
        share = sum((figures[name] for figures in by_report.values()), Share(0, 0))
        yield _measured(f"{label} {name}", share, bound - slack)
    for name, bound in EACH.items():
        for report, figures in by_report.items():
            yield _measured(f"{report} {name}", figures[name], bound - slack)


def _measured(name: str, share: Share, bound: float) -> Measured:
    return Measured(name, share.value, round(bound, 3), beside=f"{share.hits}/{share.of}")


def planted(samples: Sequence[Sample], tool: Path, seeds: Sequence[int], slack: float = 0.0) -> Iterator[Measured]:
    """The share of planted errors that is found, over the seeds of the dice."""
    for sample in samples:
        share = sum((_planted(sample, tool, seed) for seed in seeds), Share(0, 0))
        yield _measured(f"{sample.name} planted_found", share, PLANTED - slack)


def _planted(sample: Sample, tool: Path, seed: int) -> Share:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(tool), str(sample.truth), str(sample.report), folder, "--seed", str(seed)]
        subprocess.run(command, check=True, capture_output=True)
        plants = scoring.lines(Path(folder, "planted.jsonl"))
        tasks = [(Path(folder, plant["file"]), plant["start"], plant["end"]) for plant in plants]
        hits = 0
        for _, outcome in workers.spread(_is_found, tasks, workers.cores()):
            if isinstance(outcome, Exception):
                raise outcome
            hits += outcome
    return Share(hits, len(plants))


def _is_found(task: tuple[Path, int, int]) -> bool:
    report, start, end = task
    reading = desk.read(report)
    documents = (reading.document,)
    for finding in desk.judge(reading, 0, desk.rules()):
        line = json.loads(wire.finding_line(finding, documents))
        if line["severity"] != "note" and line["start"] < end and start < line["end"]:
            return True
    return False


def across(samples: Sequence[Sample]) -> Iterator[Measured]:
    """The contradictions between two reports of one district that are found, and the errors that are none."""
    by_name = {sample.name: sample for sample in samples}
    if not {"000", "001"} <= by_name.keys():
        return
    first, second = by_name["000"], by_name["001"]
    records = [record for record in scoring.lines(second.truth) if record["kind"] == "cross_document"]
    wrong = [record for record in records if record["verdict"] == "wrong"]
    result = desk.check([first.report, second.report], jobs=1)
    between = {rule.id for rule in desk.rules() if rule.across}
    found = [
        json.loads(wire.finding_line(finding, result.documents))
        for report in result.reports
        for finding in report.findings
        if finding.rule in between
    ]
    spans = _places_in_both(records, first, second)
    loud = [line for line in found if line["severity"] != "note"]
    hits = sum(any(_touches(line, spans[record["id"]]) for line in loud) for record in wrong)
    doubtful = [spans[record["id"]] for record in records if record["verdict"] in ("wrong", "suspect")]
    false = [
        line for line in loud if line["severity"] == "error" and not any(_touches(line, where) for where in doubtful)
    ]
    yield Measured("between 000 and 001 found", hits, ACROSS, beside=f"of {len(wrong)}")
    yield Measured("between 000 and 001 false errors", len(false), 0, at_least=False)


Places = dict[str, list[tuple[int, int]]]  # by file


def _places_in_both(records: Sequence[Record], first: Sample, second: Sample) -> dict[str, Places]:
    texts = {str(sample.report): sample.report.read_text(encoding="utf-8") for sample in (first, second)}
    spans: dict[str, Places] = {}
    for record in records:
        by_file: Places = defaultdict(list)
        for file, text in texts.items():
            for quote in (record["quote"], *record.get("also", [])):
                by_file[file] += scoring.places(text, quote)
        spans[record["id"]] = by_file
    return spans


def _touches(line: Record, where: Places) -> bool:
    """Whether a finding between documents lies on a record, at its own place or at the other."""
    return any(scoring.touches(place, where.get(place["file"], [])) for place in (line, *line["elsewhere"]))


def everything() -> Iterator[Measured | str]:
    """All accuracy figures; a line of words for what could not be measured."""
    yield from measured(reports.own(), "fictional reports", SLACK)
    real, tool = reports.real(), reports.planting_tool()
    if not real:
        yield "the real reports are not at hand (BAOCAO_SHARED): their figures were not measured"
        return
    yield from measured(real, "real reports")
    yield from across(real)
    if tool is not None:
        yield from planted(real, tool, SEEDS)
        yield from planted(reports.own(), tool, SEEDS[:1], SLACK)
