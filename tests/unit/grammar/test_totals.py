"""Totals find their parts in brackets, lists, rows and notes; lists that may leave some out stay silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from baocao.model import Agreement, Strength, Total
from tests.unit.grammar.small_texts import claims_of


def told(text: str, folder: Path) -> list[tuple[str, str, Agreement]]:
    """The total, its parts and the grade, for each total of a text."""
    return [
        (claim.stated.text, claim.arithmetic, claim.agreement)
        for claim in claims_of(text, folder, Total)
        if claim.stated is not None
    ]


HERD = "210 con + 480 con + 560 con"
AGREEING = [
    ("Tổng đàn 1.250 con (trâu 210 con, bò 480 con, lợn 560 con).", "1.250 con", HERD),
    ("Tổng đàn 1.250 con, trong đó: trâu 210 con, bò 480 con, lợn 560 con.", "1.250 con", HERD),
    ("Tổng đàn 1.250 con, gồm: trâu 210 con, bò 480 con, lợn 560 con.", "1.250 con", HERD),
    ("Tổng đàn 1.250 con¹.\n\n¹ Trâu 210 con, bò 480 con, lợn 560 con.", "1.250 con", HERD),
    ("Tiếp nhận 137 đơn, đã giải quyết 131 đơn, đang giải quyết 06 đơn.", "137 đơn", "131 đơn + 06 đơn"),
    ("Xảy ra 12 vụ cháy, 15 vụ tai nạn, 9 vụ trộm, tổng cộng 36 vụ.", "36 vụ", "12 vụ + 15 vụ + 9 vụ"),
    ("Trong 17 chỉ tiêu, có 14 chỉ tiêu đạt, 3 chỉ tiêu không đạt.", "17 chỉ tiêu", "14 chỉ tiêu + 3 chỉ tiêu"),
    (
        "Có 03/19 xã đạt 19 tiêu chí, 10/19 xã đạt 15 tiêu chí, 06/19 xã đạt 12 tiêu chí.",
        "19 xã",
        "03 + 10 + 06",
    ),
    ("Tổng diện tích 10.600 ha: đợt 1 (3.200 ha), đợt 2 (7.400 ha).", "10.600 ha", "3.200 ha + 7.400 ha"),
    (
        "Tổng vốn 10,55 tỷ đồng (tỉnh 5,25 tỷ đồng, huyện 3.100 triệu đồng, xã 2,2 tỷ đồng).",
        "10,55 tỷ đồng",
        "5,25 tỷ đồng + 3.100 triệu đồng + 2,2 tỷ đồng",
    ),
    (
        "Tổng thu 12 tỷ đồng, gồm: thuế 7 tỷ đồng, phí 2 tỷ đồng, thu khác 3 tỷ đồng.",
        "12 tỷ đồng",
        "7 tỷ đồng + 2 tỷ đồng + 3 tỷ đồng",
    ),
    (
        "Có 54 ha (Khe Lạnh 20 ha, Bản Sim 14 ha, cộng 34 ha; Nà Hoa 20 ha).",
        "54 ha",
        "20 ha + 14 ha + 20 ha",
    ),
]


@pytest.mark.parametrize(("text", "total", "parts"), AGREEING)
def test_the_parts_make_the_total_wherever_they_stand(text: str, total: str, parts: str, tmp_path: Path) -> None:
    assert (total, parts, Agreement.EXACT) in told(text, tmp_path)


WRONG = [
    ("Tổng đàn 1.250 con (trâu 210 con, bò 480 con, lợn 570 con).", "1.250 con", Strength.CERTAIN),
    ("Tổng đàn 1.250 con, gồm: trâu 210 con, bò 480 con, lợn 590 con.", "1.250 con", Strength.CERTAIN),
    ("Tổng đàn 1.250 con¹.\n\n¹ Gồm: trâu 210 con, bò 480 con, lợn 590 con.", "1.250 con", Strength.CERTAIN),
    ("Tổng số 100 vụ, trong đó khởi tố 40 vụ; xử lý hành chính 70 vụ.", "100 vụ", Strength.LIKELY),
    ("Xảy ra 12 vụ cháy, 15 vụ tai nạn, 9 vụ trộm, tổng cộng 46 vụ.", "46 vụ", Strength.LIKELY),
    ("Tiếp nhận 137 đơn, đã giải quyết 131 đơn, đang giải quyết 16 đơn.", "137 đơn", Strength.LIKELY),
    (
        "Trong 17 chỉ tiêu, có 10 chỉ tiêu đạt, 3 chỉ tiêu vượt, 5 chỉ tiêu không đạt.",
        "17 chỉ tiêu",
        Strength.LIKELY,
    ),
]


@pytest.mark.parametrize(("text", "total", "strength"), WRONG)
def test_a_total_off_its_parts_is_told_as_surely_as_it_reads(
    text: str, total: str, strength: Strength, tmp_path: Path
) -> None:
    wrong = [claim for claim in claims_of(text, tmp_path, Total) if claim.agreement is Agreement.DISAGREE]
    assert [(claim.stated.text if claim.stated else "", claim.strength) for claim in wrong] == [(total, strength)]


@pytest.mark.parametrize(
    "text",
    [
        "Tổng đàn 1.250 con (trâu 210 con, bò 480 con...).",
        "Tổng đàn 1.250 con (trâu 210 con, bò 480 con, v.v.).",
        "Tổng đàn 1.250 con, trong đó: trâu 210 con, bò 480 con.",
        "Tổng đàn 1.250 con, chủ yếu là trâu 210 con, bò 480 con.",
        "Tổng thu 12 tỷ đồng, gồm: thuế 7 tỷ đồng, phí 2 tỷ đồng, còn lại là thu khác.",
        "Trồng 45 ha (lúa tăng 5 ha, ngô giảm 3 ha).",
        "Có 120 hộ (90% hộ nghèo, 8% hộ cận nghèo).",
        "Tổng kinh phí 3.000.000 đồng (10 hộ x 300.000 đồng).",
        "Bò 480 con, dê 150 con, gia cầm 5.600 con, thủy sản 12 tấn.",
        "Năng suất 61,5 tạ/ha (xuân 63 tạ/ha, mùa 60 tạ/ha).",
    ],
)
def test_lists_that_may_leave_some_out_stay_silent(text: str, tmp_path: Path) -> None:
    assert told(text, tmp_path) == []


@pytest.mark.parametrize(("cases", "grade"), [("4 vụ", Agreement.EXACT), ("5 vụ", Agreement.DISAGREE)])
def test_heads_side_by_side_are_made_of_the_places_of_each_item(cases: str, grade: Agreement, tmp_path: Path) -> None:
    text = f"Phát hiện 10 vụ, 14 đối tượng: trộm 6 vụ, 9 đối tượng; đánh bạc {cases}, 5 đối tượng."
    assert told(text, tmp_path) == [
        ("10 vụ", f"6 vụ + {cases}", grade),
        ("14 đối tượng", "9 đối tượng + 5 đối tượng", Agreement.EXACT),
    ]


def test_a_subtotal_inside_a_list_is_not_counted_twice(tmp_path: Path) -> None:
    text = "Trồng 54 ha (đợt một 34 ha, đợt hai 20 ha, nâng lên 54 ha)."
    assert ("54 ha", "34 ha + 20 ha", Agreement.EXACT) in told(text, tmp_path)


def test_measured_parts_may_be_off_by_their_rounding_and_counts_may_not(tmp_path: Path) -> None:
    money = "Tổng vốn {} tỷ đồng (tỉnh 5,25 tỷ đồng, huyện 3,13 tỷ đồng, xã 2,21 tỷ đồng)."
    grades = [told(money.format(stated), tmp_path)[0][2] for stated in ("10,59", "10,6", "10,5", "10,60", "11,59")]
    assert grades == [
        Agreement.EXACT,
        Agreement.EXACT,
        Agreement.TRUNCATED,
        Agreement.WITHIN_ROUNDING,
        Agreement.DISAGREE,
    ]
    heads = "Có {} hộ kinh doanh (ăn uống 74 hộ, tạp hóa 39 hộ, sửa chữa 15 hộ)."
    assert [told(heads.format(stated), tmp_path)[0][2] for stated in ("128", "129")] == [
        Agreement.EXACT,
        Agreement.DISAGREE,
    ]


def test_a_note_under_a_total_is_named_as_the_further_place(tmp_path: Path) -> None:
    text = "Tổng đàn 1.250 con¹.\n\n¹ Gồm: trâu 210 con, bò 480 con, lợn 590 con."
    (claim,) = claims_of(text, tmp_path, Total)
    assert [span.block for span in claim.also] != [claim.at.block]
    assert claim.also
