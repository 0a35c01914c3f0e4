"""Printed numbers: how labels are read, and where series break."""

from __future__ import annotations

import time

import pytest

from baocao.rules.numbering import Entry, Label, breaks, readings


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("IV.", Label("roman.", 4)),
        ("12.", Label("arabic0.", 12)),
        ("2.3.", Label("arabic1", 3, (2,))),
        ("1.2.3", Label("arabic2", 3, (1, 2))),
        ("đ)", Label("lower)", 5)),
        ("(7)", Label("arabic0()", 7)),
        ("B.", Label("upper.", 2)),
        ("Phần thứ hai", Label("part", 2)),
        ("PHẦN II", Label("part", 2)),
        ("Chương 3", Label("part", 3)),
    ],
)
def test_labels(label: str, expected: Label) -> None:
    assert readings(label)[0] == expected


@pytest.mark.parametrize("label", ["-", "+", "*", "", "IIII.", "TT", "Phụ lục"])
def test_bullets_and_words_are_no_numbers(label: str) -> None:
    assert readings(label) == []


def _broken(labels: str) -> list[tuple[str, str, str]]:
    entries = [Entry(label, place) for place, label in enumerate(labels.split())]
    return [(each.kind, each.before.label, each.entry.label) for each in breaks(entries)]


@pytest.mark.parametrize(
    "labels",
    [
        "I. 1. 2. 3. II. 1. 2. III.",
        "A. I. 1. 2. II. 1. B. I. II. C.",
        "1. a) b) c) d) đ) e) g) 2. a) b) 3.",
        "1. a) b) c) d) e) 2.",
        "1. 2. 1. 2. 3. 3. 4.",  # a list of three inside the second item
        "I. 1. 2. II. 3. 4. III. 5.",  # one count through all chapters
        "1. 1.1. 1.2. 2. 2.1. 2.2. 2.3. 3.",
        "1. (1) (2) (3) 2. (1) (2)",
        "H. I. K.",
        "IX. X. XI.",
        "5. 6. 7.",
        "1. 2021. 2.",
    ],
)
def test_series_without_gap(labels: str) -> None:
    assert _broken(labels) == []


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("I. II. IV.", ("skip", "II.", "IV.")),
        ("1. 2. 3. 5. 6.", ("skip", "3.", "5.")),
        ("1. 2. 3. 3. 4.", ("repeat", "3.", "3.")),
        ("a) b) d) e)", ("skip", "b)", "d)")),
        ("A. B. D.", ("skip", "B.", "D.")),
        ("1. 1.1. 1.2. 1.4. 2.", ("skip", "1.2.", "1.4.")),
        ("(1) (2) (4)", ("skip", "(2)", "(4)")),
    ],
)
def test_series_that_break(labels: str, expected: tuple[str, str, str]) -> None:
    assert _broken(labels) == [expected]


def test_chapters_in_capitals_keep_their_style() -> None:
    entries = [Entry("I.", 0, True), Entry("1.", 1), Entry("II.", 2, True), Entry("1.", 3), Entry("3.", 4, True)]
    (broken,) = breaks(entries)
    assert (broken.kind, broken.expected) == ("style", "III.")


def test_ten_thousand_labels_are_walked_at_once() -> None:
    entries = [Entry(f"{place % 7 + 1}.", place) for place in range(20_000)]
    start = time.perf_counter()
    assert list(breaks(entries)) == []
    assert time.perf_counter() - start < 2
