"""Percentages find their part and their base, wherever the base stands, and are as sure as the wording."""

from __future__ import annotations

from pathlib import Path

import pytest

from baocao.model import Agreement, Ratio, Strength
from tests.unit.grammar.small_texts import claims_of


def told(text: str, folder: Path) -> list[tuple[str, str, Agreement]]:
    """The percentage, its arithmetic and its grade, for each ratio of a text that can be decided."""
    return [
        (claim.stated.text, claim.arithmetic, claim.agreement)
        for claim in claims_of(text, folder, Ratio)
        if claim.stated is not None and claim.agreement is not Agreement.UNDECIDABLE
    ]


# a name, the sentence with a slot for the percentage, the right one, a wrong one, the arithmetic, how sure it reads
SHAPES = [
    ("pair", "Gieo trồng 412/430 ha lúa, đạt {} kế hoạch.", "95,8%", "99,1%", "412 / 430 ha", Strength.CERTAIN),
    (
        "pair with nouns",
        "Có 45 hộ nghèo/1.000 hộ, chiếm {}.",
        "4,5%",
        "5,4%",
        "45 hộ nghèo / 1.000 hộ",
        Strength.CERTAIN,
    ),
    (
        "plan in brackets",
        "Lúa mùa 412 ha, đạt {} kế hoạch (425 ha).",
        "96,9%",
        "69,9%",
        "412 ha / 425 ha",
        Strength.CERTAIN,
    ),
    (
        "pair in brackets",
        "Tỷ lệ đúng hạn đạt {} (18.642/25.090 hồ sơ).",
        "74,3%",
        "84,3%",
        "18.642 / 25.090 hồ sơ",
        Strength.CERTAIN,
    ),
    (
        "last year in brackets",
        "Thu 4,5 tỷ đồng, bằng {} cùng kỳ (3,75 tỷ đồng).",
        "120%",
        "130%",
        "4,5 tỷ đồng / 3,75 tỷ đồng",
        Strength.CERTAIN,
    ),
    (
        "plan in the sentence",
        "Kế hoạch giao trồng 425 ha ngô, kết quả trồng 412 ha, đạt {} kế hoạch.",
        "96,9%",
        "86,9%",
        "412 ha / 425 ha",
        Strength.LIKELY,
    ),
    (
        "fund in the sentence",
        "Tổng kế hoạch vốn 24,6 tỷ đồng, giải ngân 11,07 tỷ đồng, đạt {}.",
        "45%",
        "54%",
        "11,07 tỷ đồng / 24,6 tỷ đồng",
        Strength.LIKELY,
    ),
    (
        "whole in the sentence",
        "Toàn xã có 1.250 hộ, trong đó có 937 hộ dùng nước sạch, chiếm {}.",
        "74,96%",
        "47,96%",
        "937 hộ / 1.250 hộ",
        Strength.LIKELY,
    ),
    (
        "bases of a note added up",
        "Trồng rừng 27 ha¹, đạt {} kế hoạch.\n\n¹ Khe Lạnh 12/20 ha, Bản Sim 15/25 ha.",
        "60%",
        "80%",
        "27 ha / (20 + 25)",
        Strength.LIKELY,
    ),
    (
        "multiple",
        "Diện tích 2.150 ha, gấp {} cùng kỳ (1.250 ha).",
        "1,72 lần",
        "2,72 lần",
        "2.150 ha / 1.250 ha",
        Strength.LIKELY,
    ),
]
NAMES = [name for name, *_ in SHAPES]


@pytest.mark.parametrize(
    ("sentence", "right", "wrong", "arithmetic", "strength"), [shape[1:] for shape in SHAPES], ids=NAMES
)
def test_the_right_percentage_agrees_and_a_wrong_one_is_told(
    sentence: str, right: str, wrong: str, arithmetic: str, strength: Strength, tmp_path: Path
) -> None:
    assert told(sentence.format(right), tmp_path) == [(right, arithmetic, Agreement.EXACT)]
    assert told(sentence.format(wrong), tmp_path) == [(wrong, arithmetic, Agreement.DISAGREE)]
    (claim,) = claims_of(sentence.format(wrong), tmp_path, Ratio)
    assert claim.strength is strength


def test_council_and_province_are_weighed_each_against_its_own_plan(tmp_path: Path) -> None:
    text = (
        "Thu ngân sách 63,9 tỷ đồng, đạt 103,5% dự toán tỉnh giao (61,74 tỷ đồng), "
        "đạt {} dự toán HĐND giao (67,74 tỷ đồng)."
    )
    province = ("103,5%", "63,9 tỷ đồng / 61,74 tỷ đồng", Agreement.EXACT)
    for stated, grade in (("94,3%", Agreement.EXACT), ("49,3%", Agreement.DISAGREE)):
        assert told(text.format(stated), tmp_path) == [province, (stated, "63,9 tỷ đồng / 67,74 tỷ đồng", grade)]


def test_plans_stated_elsewhere_are_found_by_subject_and_authority(tmp_path: Path) -> None:
    text = (
        "Dự toán thu ngân sách tỉnh giao 61,74 tỷ đồng, HĐND huyện giao 67,74 tỷ đồng.\n\n"
        "Thu ngân sách đạt 63,9 tỷ đồng, bằng 103,5% dự toán tỉnh giao, 94,3% dự toán HĐND giao."
    )
    claims = claims_of(text, tmp_path, Ratio)
    assert [(claim.authority, claim.arithmetic, claim.agreement) for claim in claims] == [
        ("province", "63,9 tỷ đồng / 61,74 tỷ đồng", Agreement.EXACT),
        ("council", "63,9 tỷ đồng / 67,74 tỷ đồng", Agreement.EXACT),
    ]
    assert all(claim.also for claim in claims)


def test_a_part_is_found_before_the_whole_that_it_is_out_of(tmp_path: Path) -> None:
    text = "Có 586 thí sinh đỗ trên tổng số 594 thí sinh dự thi, đạt 98,65%."
    assert told(text, tmp_path) == [("98,65%", "586 thí sinh / 594 thí sinh", Agreement.EXACT)]


def test_each_pair_keeps_its_own_percentage(tmp_path: Path) -> None:
    text = "Lúa 412/430 ha, đạt 95,8% KH; ngô 118/120 ha, đạt 98,3% KH; lạc 31/62 ha, đạt 48,0% KH."
    assert told(text, tmp_path) == [
        ("95,8%", "412 / 430 ha", Agreement.EXACT),
        ("98,3%", "118 / 120 ha", Agreement.EXACT),
        ("48,0%", "31 / 62 ha", Agreement.DISAGREE),
    ]


@pytest.mark.parametrize(
    ("stated", "grade"),
    [
        ("39,8%", Agreement.EXACT),
        ("39,84%", Agreement.EXACT),
        ("39,83%", Agreement.TRUNCATED),
        ("39,9%", Agreement.WITHIN_ROUNDING),
        ("39,7%", Agreement.DISAGREE),
        ("40%", Agreement.EXACT),
        ("39%", Agreement.TRUNCATED),
        ("38,9%", Agreement.DISAGREE),
        ("93,9%", Agreement.DISAGREE),
    ],
)
def test_percentages_are_graded(stated: str, grade: Agreement, tmp_path: Path) -> None:
    text = f"Giải ngân 741,1 triệu đồng, bằng {stated} dự toán (1.860,3 triệu đồng)."
    assert told(text, tmp_path) == [(stated, "741,1 triệu đồng / 1.860,3 triệu đồng", grade)]


@pytest.mark.parametrize(
    "text",
    [
        "Lúa 412 ha, đạt 96,9% kế hoạch.",
        "Lúa 412 ha, tăng 3% so với cùng kỳ.",
        "Tỷ lệ che phủ rừng đạt 61,5%.",
        "Phấn đấu thu đạt 105% dự toán trở lên.",
        "Thu 4,5 tỷ đồng, bằng 120% cùng kỳ.",
        "Có 120 hộ (90% hộ nghèo, 10% hộ cận nghèo).",
    ],
)
def test_without_a_printed_base_nothing_can_be_decided(text: str, tmp_path: Path) -> None:
    assert told(text, tmp_path) == []


def test_a_rate_that_is_asked_for_is_reckoned_of_nothing_near_by(tmp_path: Path) -> None:
    """Last year's rate and the other authority's make it by chance only: 65,39 / 77,42 is 84,4..%."""
    asked = "Tỷ lệ dân số luyện tập thể thao: UBND tỉnh giao từ 65,39% trở lên, HĐND tỉnh giao từ 84,4% trở lên; "
    assert told(asked + "thực hiện năm 2025 là 77,42%.", tmp_path) == []
    assert told("Gieo trồng 412 ha, đạt 95,8% kế hoạch tỉnh giao 430 ha.", tmp_path) != []
