"""Counts, rates and totals are put together, and rations that two lists imply."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from baocao import formats, grammar
from baocao.model import Agreement, Product, Strength


def read(text: str, folder: Path) -> list[Product]:
    path = folder / "bao-cao.txt"
    path.write_text(text + "\n", encoding="utf-8")
    claims, _ = grammar.read(formats.read(path))
    return [claim for claim in claims if isinstance(claim, Product)]


@pytest.mark.parametrize(
    ("text", "arithmetic"),
    [
        ("Lúa: 1.250 ha, năng suất 62,4 tạ/ha, sản lượng 7.800 tấn.", "1.250 ha × 62,4 tạ/ha / 10"),
        ("Mía: 1.206 ha, năng suất 62,4 tấn/ha, sản lượng 75.254,4 tấn.", "1.206 ha × 62,4 tấn/ha"),
        ("Ngô 724 ha (năng suất 45 tạ/ha, sản lượng 3.258 tấn).", "724 ha × 45 tạ/ha / 10"),
        (
            "Tặng 45 suất quà, mỗi suất trị giá 500.000 đồng, tổng trị giá 22,5 triệu đồng.",
            "45 suất quà × 500.000 đồng",
        ),
        ("Cấp 9.450 kg gạo cho 630 khẩu (15kg/khẩu).", "630 khẩu × 15kg/khẩu"),
        ("Hỗ trợ 146 con bò giống cho 73 hộ (02 con/hộ).", "73 hộ × 02 con/hộ"),
        ("Mở 41 lớp, 1.148 học viên, bình quân 28 học viên/lớp.", "41 lớp × 28 học viên/lớp"),
        ("Nạo vét 58,3 km, khối lượng 291.500 m3 (5.000 m3/km).", "58,3 km × 5.000 m3/km"),
    ],
)
def test_a_rate_finds_its_count_and_its_total(text: str, arithmetic: str, tmp_path: Path) -> None:
    (claim,) = read(text, tmp_path)
    assert claim.agreement is Agreement.EXACT
    assert claim.arithmetic == arithmetic


def test_a_ration_for_months_is_folded(tmp_path: Path) -> None:
    (claim,) = read("Cấp 190.620 kg gạo cho 1.412 em (15 kg/em/tháng x 9 tháng).", tmp_path)
    assert claim.agreement is Agreement.EXACT
    assert claim.right is not None
    assert claim.right.quantity.value == Decimal(135)


def test_a_row_of_crops_is_certain(tmp_path: Path) -> None:
    (claim,) = read("Lạc: diện tích 126 ha, năng suất 23,4 tạ/ha, sản lượng 394,8 tấn.", tmp_path)
    assert (claim.agreement, claim.strength) == (Agreement.DISAGREE, Strength.CERTAIN)


def test_two_lists_tell_the_ration_of_a_third(tmp_path: Path) -> None:
    claims = read("Đợt 1: 2.140 khẩu, 32.100 kg; đợt 2: 1.860 khẩu, 27.900 kg; đợt 3: 1.524 khẩu, 28.260 kg.", tmp_path)
    assert [claim.agreement for claim in claims] == [Agreement.EXACT, Agreement.EXACT, Agreement.DISAGREE]
    assert claims[2].strength is Strength.LIKELY
    assert claims[2].right is not None
    assert claims[2].right.text == "15 kg/khẩu"


@pytest.mark.parametrize(
    "text",
    [
        "Thu nhập bình quân 42 triệu đồng/người/năm, dân số 21.300 người, thu ngân sách 9 tỷ đồng.",
        "Hỗ trợ từ 30 đến 50 triệu đồng/hộ; có 12 hộ được hỗ trợ 400 triệu đồng.",
        "Năng suất lúa 58 tạ/ha, sản lượng cả năm 12.460 tấn.",
    ],
)
def test_figures_that_only_stand_together_are_left_alone(text: str, tmp_path: Path) -> None:
    assert not [claim for claim in read(text, tmp_path) if claim.strength is not Strength.POSSIBLE]
