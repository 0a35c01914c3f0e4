"""The desk: several documents, each judged at its own place, and what a failing program does to the others."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from baocao import desk, workers
from baocao.model import Dossier, Figure, Finding, Quantity, Ratio, Severity, Span, Text
from baocao.rules.rule import rule
from tests.unit import sample_report as sample

SAYS = Text("thấy {stated}", "saw {stated}")


@rule(Severity.WARNING, title=Text("Từ đầu", "First word"), says=SAYS)
def first_word(dossier: Dossier) -> Iterator[Finding]:
    """Reports the first word of every block of every document that has any."""
    for number, document in enumerate(dossier.documents):
        for index, _ in enumerate(document.blocks):
            span = Span(index, 0, 3, document=number)
            yield first_word.finding(span, stated=dossier.text(span))


@rule(Severity.ERROR, title=Text("Hai tài liệu", "Two documents"), says=SAYS, across=True)
def both(dossier: Dossier) -> Iterator[Finding]:
    """Reports the last document against the first."""
    last = len(dossier.documents) - 1
    yield both.finding(Span(0, 0, 3, document=last), also=(Span(0, 0, 3, document=0),), stated="a")


def _reading(tmp_path: Path) -> desk.Reading:
    return desk.Reading(sample.document(tmp_path), (), ())


@pytest.mark.parametrize("place", [0, 1, 7])
def test_a_document_is_judged_at_its_own_place(tmp_path: Path, place: int) -> None:
    reading = _reading(tmp_path)
    findings = desk.judge(reading, place, [first_word, both])
    assert len(findings) == len(reading.document.blocks)
    assert {finding.at.document for finding in findings} == {place}


def test_a_finding_between_documents_is_told_at_a_report_that_was_asked_for(tmp_path: Path) -> None:
    readings = [_reading(tmp_path), _reading(tmp_path)]
    (finding,) = desk.judge_across(readings, [first_word, both])
    assert finding.at.document == 1
    turned = desk.turned(finding, 1)
    assert turned is not None
    assert turned.at.document == 0
    assert turned.also == (finding.at,)
    assert desk.turned(finding, 2) is finding
    assert desk.turned(finding, 0) is None


def test_context_documents_are_not_reported_on(tmp_path: Path) -> None:
    report, context = tmp_path / "a.txt", tmp_path / "b.txt"
    for path in (report, context):
        path.write_text("Gieo trồng 412/430 ha, đạt 99,1% kế hoạch.\n", encoding="utf-8")
    result = desk.check([report], context=[context])
    assert [each.path for each in result.reports] == [report]
    assert len(result.documents) == 2


def test_an_unreadable_context_is_told_too(tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    report.write_text("Không có số liệu.\n", encoding="utf-8")
    result = desk.check([report], context=[tmp_path / "không có.txt"])
    assert [unread.path.name for unread in result.unread] == ["không có.txt"]


def _half(number: int) -> float:
    if number == 3:
        raise ValueError("three")
    return number / 2


def test_a_task_that_fails_leaves_the_others_alone() -> None:
    outcomes = list(workers.spread(_half, [1, 2, 3, 4], 2))
    assert [task for task, _ in outcomes] == [1, 2, 3, 4]
    assert [outcome for _, outcome in outcomes if not isinstance(outcome, Exception)] == [0.5, 1.0, 2.0]
    assert isinstance(outcomes[2][1], ValueError)


def test_nouns_arrive_as_they_left() -> None:
    span = Span(1, 2, 5)
    stated, part = (Figure(Quantity(Decimal("95.8"), 1, "%"), span, text) for text in ("95,8%", "412"))
    claim = Ratio(span, stated, part=part, whole=part, against="plan")
    workers.pack_lightly(Quantity, Figure, Ratio)
    assert pickle.loads(pickle.dumps(claim)) == claim


def _leave(number: int) -> int:
    import os

    if number == 1:
        os._exit(9)  # as when the system kills it
    return number


def test_a_worker_that_is_killed_takes_only_its_own_task_along() -> None:
    outcomes = dict(workers.spread(_leave, [0, 1, 2, 3], 2))
    assert isinstance(outcomes[1], MemoryError)
    assert {number: outcome for number, outcome in outcomes.items() if number != 1} == {0: 0, 2: 2, 3: 3}
