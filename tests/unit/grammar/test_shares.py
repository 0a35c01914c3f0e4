"""Lists of shares are known by their labels, by the word that announces them, or by making 100."""

from __future__ import annotations

from pathlib import Path

import pytest

from baocao import formats, grammar
from baocao.model import Agreement, Claim, Ratio, Share, Strength


def read(text: str, folder: Path) -> tuple[Claim, ...]:
    path = folder / "bao-cao.txt"
    path.write_text(text + "\n", encoding="utf-8")
    claims, _ = grammar.read(formats.read(path))
    return claims


def shares(text: str, folder: Path) -> list[Share]:
    return [claim for claim in read(text, folder) if isinstance(claim, Share)]


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("Học lực: giỏi 9,6%, khá 48,3%, trung bình 38,7%, yếu 3,4%.", Agreement.EXACT),
        ("Học lực: giỏi 9,6%, khá 48,3%, trung bình 38,7%, yếu 3,5%.", Agreement.WITHIN_ROUNDING),
        ("Học lực: giỏi 9,6%, khá 48,3%, trung bình 48,7%, yếu 3,4%.", Agreement.DISAGREE),
        ("Hạnh kiểm tốt 84%; khá 13,7; trung bình 2,3%.", Agreement.EXACT),
        ("Giỏi 20 người (20,0%), khá 70 người (70,0%), đạt yêu cầu 10 người (10,0%).", Agreement.EXACT),
        ("Cơ cấu tương ứng là 34,8%; 29,7% và 35,5%.", Agreement.EXACT),
        ("Ba nguồn lần lượt chiếm 13,6%; 36,7% và 47,9% tổng số.", Agreement.DISAGREE),
    ],
)
def test_one_list_is_one_claim(text: str, grade: Agreement, tmp_path: Path) -> None:
    (claim,) = shares(text, tmp_path)
    assert claim.agreement is grade


def test_two_ratings_in_a_row_are_two_lists(tmp_path: Path) -> None:
    text = "Học lực giỏi 10%, khá 50%, trung bình 40%; hạnh kiểm tốt 90,5%, khá 8,2%, trung bình 3,3%."
    first, second = shares(text, tmp_path)
    assert first.agreement is Agreement.EXACT
    assert second.agreement is Agreement.DISAGREE
    assert second.strength is Strength.CERTAIN


@pytest.mark.parametrize(
    "text",
    [
        "Giỏi 7,4%; khá 41,3%; trung bình 47,6%; yếu 2,1%; 14 học sinh không xếp loại.",
        "Tỷ lệ khá, giỏi 71%; tỷ lệ tốt nghiệp đạt 99,2%.",
        "Nông nghiệp tăng 3,1%, công nghiệp tăng 9,2%, dịch vụ tăng 8,7%.",
        "Hỗ trợ 70% giá giống, 50% phân bón, 100% cho hộ nghèo.",
        "Lao động nông nghiệp qua đào tạo 20%, công nghiệp 50%, dịch vụ 60%.",
    ],
)
def test_lists_with_a_rest_and_lists_of_other_things_are_left_alone(text: str, tmp_path: Path) -> None:
    assert not shares(text, tmp_path)


def test_parts_of_a_share_make_it(tmp_path: Path) -> None:
    text = "Có 60 em đạt giải, chiếm 40,0%, trong đó: Nhì 12 em (8,0%), Ba 18 em (12,0%), Khuyến khích 30 em (20,0%)."
    (claim,) = shares(text, tmp_path)
    assert claim.stated is not None
    assert claim.stated.text == "40,0%"
    assert claim.agreement is Agreement.EXACT


def test_the_share_that_implies_another_whole_is_told(tmp_path: Path) -> None:
    text = "Nhất 12 em (chiếm 8,0%), Nhì 18 em (chiếm 12,0%), Ba 24 em (chiếm 16,0%), Khuyến khích 30 em (chiếm 10,0%)."
    odd = [
        claim for claim in read(text, tmp_path) if isinstance(claim, Ratio) and claim.basis == "the whole of the others"
    ]
    assert [claim.stated.text for claim in odd if claim.stated is not None] == ["10,0%"]
    assert odd[0].strength is Strength.LIKELY
