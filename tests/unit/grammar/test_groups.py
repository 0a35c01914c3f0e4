"""Lists are found with the figures that stand over them, and know whether they leave anything out."""

from __future__ import annotations

from pathlib import Path

import pytest

from baocao.grammar.groups import Group, groups, residue
from tests.unit.grammar.small_texts import paper_of


def found(text: str, folder: Path) -> list[Group]:
    paper = paper_of(text, folder)
    return [group for stretch in paper.stretches for group in groups(paper, stretch)]


def heads(group: Group) -> list[str]:
    text = group.owner.text
    return [text[group.owner.tokens[head].start : group.owner.tokens[head].end] for head in group.heads]


@pytest.mark.parametrize(
    ("text", "opener", "over", "items"),
    [
        ("Có 12 hộ (6 hộ mới, 6 hộ cũ).", "(", ["12 hộ"], "6 hộ mới, 6 hộ cũ"),
        ("Có 12 hộ (trong đó 6 hộ mới).", "trong đó", ["12 hộ"], "6 hộ mới"),
        ("Có 12 hộ, gồm 6 hộ mới và 6 hộ cũ.", "gồm", ["12 hộ"], "6 hộ mới và 6 hộ cũ"),
        ("Có 12 hộ: 6 hộ mới, 6 hộ cũ.", ":", ["12 hộ"], "6 hộ mới, 6 hộ cũ"),
        ("Trong 12 hộ, có 6 hộ mới, 6 hộ cũ.", "trong", ["12 hộ"], ", có 6 hộ mới, 6 hộ cũ"),
        ("Phát hiện 10 vụ, 14 đối tượng: trộm 6 vụ.", ":", ["14 đối tượng", "10 vụ"], "trộm 6 vụ"),
    ],
)
def test_openers_lists_and_heads(text: str, opener: str, over: list[str], items: str, tmp_path: Path) -> None:
    group = next(group for group in found(text, tmp_path) if group.opener == opener)
    assert heads(group) == over
    assert group.text.strip() == items


def test_a_list_of_the_next_sentence_is_under_the_figures_before_it(tmp_path: Path) -> None:
    (group,) = found("Tổng đàn 1.250 con. Trong đó: trâu 690 con, bò 560 con.", tmp_path)
    assert heads(group) == ["1.250 con"]
    assert group.opener == "trong đó"


def test_a_note_hangs_on_the_figure_before_its_mark(tmp_path: Path) -> None:
    text = "Có 12 hộ thoát nghèo¹, 3 hộ tái nghèo.\n\n¹ Khe Lạnh 5 hộ, Bản Sim 7 hộ."
    hung = [group for group in found(text, tmp_path) if group.opener.startswith("note")]
    assert hung
    for group in hung:
        assert heads(group) == ["12 hộ"]
        assert group.stretch.note == "1"
        assert group.owner.text.startswith("Có 12 hộ")


def test_a_note_that_goes_on_counting_divides_nothing(tmp_path: Path) -> None:
    text = "Có 12 hộ thoát nghèo¹.\n\n¹ Ngoài ra 5 hộ cận nghèo, 7 hộ khó khăn."
    assert [group for group in found(text, tmp_path) if group.opener.startswith("note")] == []


def test_percentages_and_changes_are_no_heads(tmp_path: Path) -> None:
    (group,) = found("Có 12 hộ, chiếm 4%, giảm 3 hộ (6 hộ mới, 6 hộ cũ).", tmp_path)
    assert heads(group) == ["12 hộ"]


@pytest.mark.parametrize(
    ("items", "open_ended"),
    [
        ("6 hộ mới, 6 hộ cũ", False),
        ("6 hộ mới, 6 hộ cũ...", True),
        ("6 hộ mới, 5 hộ cũ, v.v.", True),
        ("chủ yếu là 6 hộ mới", True),
        ("điển hình là 6 hộ mới", True),
    ],
)
def test_a_list_says_whether_it_is_open_ended(items: str, open_ended: bool, tmp_path: Path) -> None:
    (group,) = [group for group in found(f"Có 12 hộ ({items}).", tmp_path) if group.opener == "("]
    assert group.open_ended is open_ended


@pytest.mark.parametrize(
    ("text", "exhaustive"),
    [
        ("Có 12 hộ (6 hộ mới, 6 hộ cũ).", True),
        ("Có 12 hộ (trong đó 6 hộ mới, 6 hộ cũ).", False),
        ("Có 12 hộ, gồm 6 hộ mới, 6 hộ cũ.", True),
        ("Có 12 hộ, trong đó 6 hộ mới, 6 hộ cũ.", False),
    ],
)
def test_brackets_and_words_of_division_leave_nothing_out(text: str, exhaustive: bool, tmp_path: Path) -> None:
    (group,) = found(text, tmp_path)
    assert group.exhaustive is exhaustive


@pytest.mark.parametrize(
    ("items", "rest"),
    [
        ("6 hộ mới, 6 hộ cũ", None),
        ("6 hộ mới, 4 hộ cũ, còn lại ở xã bạn", True),
        ("6 hộ mới, 4 hộ cũ, 2 hộ khác", False),
    ],
)
def test_a_rest_is_counted_or_not(items: str, rest: bool | None, tmp_path: Path) -> None:
    (group,) = found(f"Có 12 hộ ({items}).", tmp_path)
    parts = list(group.stretch.figures_between(group.low, group.high, group.parent))
    assert residue(group, parts) is rest
