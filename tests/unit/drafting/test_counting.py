"""What a report counts is counted again by the question alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from baocao.drafting import counting
from baocao.drafting.facts import Judged
from baocao.model.period import Period
from baocao.model.target import Rating

YEAR = Period.part(2026)


class _Facts:
    """Three judged indicators of two authorities, and no unit below."""

    def judged(self, unit: str, year: int, on: date) -> list[Judged]:
        first = Judged("a", "HĐND", Rating.MET)
        return [first, replace(first, indicator="b", rating=Rating.NOT_MET), replace(first, authority="UBND tỉnh")]

    def below(self, unit: str, on: date) -> list[object]:
        return []


@pytest.mark.parametrize(
    ("question", "count"),
    [("ratings:HĐND", 2), ("ratings:HĐND,met,exceeded", 1), ("ratings:UBND tỉnh,not_met", 0), ("units", 0)],
)
def test_a_question_finds_so_many(question: str, count: int) -> None:
    assert counting.counted(_Facts(), "X", YEAR, question) == count  # type: ignore[arg-type]
    assert counting.can_be_counted(question)


@pytest.mark.parametrize("question", ["tasks", "tasks:done", "missing"])
def test_what_figures_do_not_answer_is_not_counted(question: str) -> None:
    assert counting.counted(_Facts(), "X", YEAR, question) is None  # type: ignore[arg-type]
    assert not counting.can_be_counted(question)
