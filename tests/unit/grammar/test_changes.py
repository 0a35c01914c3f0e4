"""Rises, falls, remainders and spans of years are read with the figures of both times."""

from __future__ import annotations

from pathlib import Path

import pytest

from baocao import formats, grammar
from baocao.model import Agreement, Change, Direction, Strength


def read(text: str, folder: Path) -> list[Change]:
    path = folder / "bao-cao.txt"
    path.write_text(text + "\n", encoding="utf-8")
    claims, _ = grammar.read(formats.read(path))
    found = [claim for claim in claims if isinstance(claim, Change)]
    return sorted(found, key=lambda claim: claim.stated.span if claim.stated is not None else claim.at)


def only(text: str, folder: Path) -> Change:
    claims = read(text, folder)
    assert len(claims) == 1, [(claim.basis, claim.arithmetic) for claim in claims]
    return claims[0]


@pytest.mark.parametrize(
    ("text", "arithmetic"),
    [
        ("Xảy ra 36 vụ, giảm 12 vụ so với cùng kỳ (48 vụ).", "48 vụ - 36 vụ"),
        ("Xảy ra 36 vụ, giảm 12 vụ so với cùng kỳ năm trước là 48 vụ.", "48 vụ - 36 vụ"),
        ("Tỷ lệ hộ nghèo giảm từ 18,42% xuống còn 14,17%, giảm 4,25%.", "18,42% - 14,17%"),
        ("Sau sắp xếp giảm 02 xã, từ 21 còn 19 xã.", "21 - 19 xã"),
        ("So với đầu năm (412 hộ nghèo) giảm 94 hộ, cuối năm 318 hộ.", ""),
        ("Có 05 người chết, giảm 02 người so với cùng kỳ (05/07 người).", "07 người - 05"),
        ("Tăng 05 vụ so với cùng kỳ (17/12).", "17 - 12"),
        ("Đạt 64/50 triệu đồng, vượt 28% kế hoạch.", "(64 - 50 triệu đồng) / 50 triệu đồng"),
        ("Tiếp nhận 120 hồ sơ, đã giải quyết 100 hồ sơ, còn lại 20 hồ sơ.", "120 hồ sơ - 100 hồ sơ"),
        ("Thu về 39/40 phiếu, còn 01 phiếu.", "40 phiếu - 39"),
        ("So với biên chế được giao còn thiếu 06 người (57/63).", "63 - 57"),
    ],
)
def test_the_figures_of_both_times_are_found(text: str, arithmetic: str, tmp_path: Path) -> None:
    claim = only(text, tmp_path)
    if arithmetic:
        assert claim.agreement is Agreement.EXACT
        assert claim.arithmetic == arithmetic


def test_a_rate_beside_its_amount_needs_no_printed_base(tmp_path: Path) -> None:
    amount, rate = read("Gieo trồng 34.218 ha, giảm 312 ha (-0,90%) so với năm trước.", tmp_path)
    assert amount.agreement is Agreement.UNDECIDABLE
    assert rate.relative
    assert rate.direction is Direction.DOWN
    assert rate.agreement is Agreement.EXACT
    assert rate.before is not None
    assert rate.before.text == "34.530"


def test_a_printed_base_that_disagrees_is_certain(tmp_path: Path) -> None:
    claim = only("Tổng đàn bò 3.940 con, tăng 310 con so với cùng kỳ (3.730 con).", tmp_path)
    assert claim.agreement is Agreement.DISAGREE
    assert claim.strength is Strength.CERTAIN


def test_an_accidental_agreement_does_not_hide_a_printed_base(tmp_path: Path) -> None:
    text = "Chết 10 người, bị thương 11 người; tăng 03 người chết (10/7), tăng 02 người bị thương (11/8)."
    claims = read(text, tmp_path)
    assert [claim.agreement for claim in claims] == [Agreement.EXACT, Agreement.DISAGREE]


def test_another_place_is_no_earlier_time(tmp_path: Path) -> None:
    claim = only(
        "Đạt 9,23 tiêu chí/xã, tăng 3,19 tiêu chí so với năm 2011 (bình quân cả nước 8,36 tiêu chí).", tmp_path
    )
    assert claim.agreement is not Agreement.DISAGREE or claim.strength is Strength.POSSIBLE


def test_a_bound_is_never_a_certain_disagreement(tmp_path: Path) -> None:
    claims = read("Thu ngân sách 96 tỷ đồng, tăng trên 10% so với cùng kỳ (80 tỷ đồng).", tmp_path)
    assert all(claim.strength is Strength.POSSIBLE for claim in claims)


def test_last_year_may_stand_in_a_note(tmp_path: Path) -> None:
    text = (
        "Xảy ra 19 vụ, làm chết 11 người; so với năm 2018 giảm 03 vụ, giảm 05 người chết⁴.\n\n"
        "⁴ Năm 2018 xảy ra 22 vụ, 13 người chết.\n"
    )
    first, second = read(text, tmp_path)
    assert first.agreement is Agreement.EXACT
    assert second.agreement is Agreement.DISAGREE
    assert second.strength is Strength.LIKELY


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("Chào mừng 75 năm Quốc khánh (02/9/1945 - 02/9/2020).", Agreement.EXACT),
        ("Kế hoạch 05 năm (2021-2025).", Agreement.EXACT),
        ("Chào mừng 57 năm Quốc khánh (02/9/1945 - 02/9/2020).", Agreement.DISAGREE),
    ],
)
def test_spans_of_years_are_counted(text: str, grade: Agreement, tmp_path: Path) -> None:
    assert only(text, tmp_path).agreement is grade
