"""A document is made ready once: passages with figures, notes by their labels, plans by their authorities."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from baocao.grammar.paper import content_words, likeness, plan_role
from baocao.grammar.stretch import Stretch
from tests.unit.grammar.small_texts import paper_of

REPORT = """\
BÁO CÁO
Tình hình xã Đồng Mẫu (xã hư cấu)

Tình hình chung ổn định, không có việc lớn.

Dự toán thu ngân sách tỉnh giao 61,74 tỷ đồng, HĐND huyện giao 67,74 tỷ đồng.

Thu ngân sách đạt 63,9 tỷ đồng¹; trồng 412 ha lúa².

¹ Thu nội địa 60 tỷ đồng, thu khác 3,9 tỷ đồng.
² Xuân 212 ha, mùa 200 ha.
"""


def test_only_passages_with_figures_and_notes_are_read(tmp_path: Path) -> None:
    paper = paper_of(REPORT, tmp_path)
    assert [stretch.text[:10] for stretch in paper.stretches] == [
        "Dự toán th",
        "Thu ngân s",
        "Thu nội đị",
        "Xuân 212 h",
    ]
    assert [stretch.note for stretch in paper.stretches] == ["", "", "1", "2"]
    assert set(paper.notes) == {"1", "2"}


def test_a_note_is_found_from_the_figure_before_its_mark(tmp_path: Path) -> None:
    paper = paper_of(REPORT, tmp_path)
    body = paper.stretches[1]
    revenue, rice = body.places
    assert [note.note for note in paper.note_of(body, revenue)] == ["1"]
    assert [note.note for note in paper.note_of(body, rice)] == ["2"]


def test_plans_are_known_with_their_authorities(tmp_path: Path) -> None:
    paper = paper_of(REPORT, tmp_path)
    assert [(planned.authority, planned.quantum.amount) for planned in paper.planned] == [
        ("province", Decimal("61740000000")),
        ("council", Decimal("67740000000")),
    ]


def test_figures_are_found_by_dimension_and_size(tmp_path: Path) -> None:
    paper = paper_of(REPORT, tmp_path)
    area = paper.stretches[1].quantum(paper.stretches[1].places[1]).dimension
    found = paper.between(area, Decimal(2_000_000), Decimal(2_200_000))
    assert [stretch.quantum(index).amount for stretch, index in found] == [Decimal(2_000_000), Decimal(2_120_000)]
    assert paper.between(area, Decimal(1), Decimal(2)) == []
    assert paper.between("no such dimension", Decimal(0), Decimal(10**12)) == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Kế hoạch 425 ha.", ""),
        ("Dự toán tỉnh giao 61,74 tỷ đồng.", "province"),
        ("Chỉ tiêu HĐND giao là 17 chỉ tiêu.", "council"),
        ("Trồng 425 ha theo kế hoạch huyện giao.", "district"),
        ("Vượt kế hoạch 12 ha.", None),
        ("Gieo được 412 ha.", None),
        ("So với kế hoạch đạt 96 ha.", None),
    ],
)
def test_a_plan_is_said_by_the_words_around_it(text: str, role: str | None) -> None:
    stretch = Stretch(text, 0)
    assert plan_role(stretch, stretch.places[0]) == role


def test_subjects_are_compared_by_the_words_that_carry_them() -> None:
    first = content_words("Tổng thu ngân sách nhà nước trên địa bàn huyện đạt")
    assert first == {"thu", "ngân", "sách", "nhà", "nước"}
    assert likeness(first, content_words("thu ngân sách")) == 1.0
    assert likeness(first, content_words("sản lượng lương thực")) == 0.0
    assert likeness(first, frozenset()) == 0.0
