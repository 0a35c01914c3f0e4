"""Totals behind their parts, pairs of one whole and points of growth."""

from __future__ import annotations

import pytest

from baocao.grammar.closing_totals import closing_totals
from baocao.grammar.contributions import contributions
from baocao.grammar.pairs_of_one import pairs_of_one
from baocao.grammar.stretch import Stretch
from baocao.model import Agreement, Strength


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Vụ chiêm: sản lượng 420,5 tấn. Vụ mùa: sản lượng 310,2 tấn. Tổng sản lượng: 760,7 tấn.", "760,7 tấn"),
        ("Vụ chiêm: 812 ha. Vụ mùa: 640 ha. Diện tích hai vụ cộng lại 1.252 ha.", "1.252 ha"),
        ("Cấp 31 ha quế và 22 ha hồi, nâng diện tích trồng được 35 ha.", "35 ha"),
    ],
)
def test_a_total_behind_its_parts(text: str, stated: str) -> None:
    (claim,) = closing_totals(Stretch(text, 0), set())
    assert claim.stated is not None
    assert claim.stated.text == stated
    assert (claim.agreement, claim.strength) == (Agreement.DISAGREE, Strength.LIKELY)


@pytest.mark.parametrize(
    "text",
    [
        "Xã A tặng 18 xe, tổng số tiền 32 triệu đồng; xã B tặng 46 xe, tổng số tiền 83,5 triệu đồng.",
        "Vụ chiêm: sản lượng 420 tấn; vụ mùa: sản lượng 310 tấn, riêng nếp sản lượng 80 tấn. Tổng sản lượng 730 tấn.",
        "In tờ rơi, kinh phí 12 triệu đồng; mở lớp, kinh phí 9 triệu đồng; tổng kinh phí năm 2024 là 180 triệu đồng.",
        "Trồng 12 ha chè và 8 ha quế, nâng tổng diện tích lên 640 ha.",
    ],
)
def test_sums_of_their_own_are_no_totals(text: str) -> None:
    assert not closing_totals(Stretch(text, 0), set())


@pytest.mark.parametrize(
    ("text", "whole", "agreement"),
    [
        ("4/17 xã từ 15 tiêu chí; 8/17 xã từ 10 tiêu chí; 5/17 xã dưới 10 tiêu chí.", "17 xã", Agreement.EXACT),
        ("4/19 xã từ 15 tiêu chí; 8/17 xã từ 10 tiêu chí; 5/17 xã dưới 10 tiêu chí.", "19 xã", Agreement.DISAGREE),
        ("4/17 xã từ 15 tiêu chí; 6/17 xã từ 10 tiêu chí; 5/17 xã dưới 10 tiêu chí.", "17 xã", Agreement.DISAGREE),
        ("41/72 đơn vị gửi đúng hạn, 17 đơn vị gửi trễ, 06 đơn vị không gửi.", "72 đơn vị", Agreement.DISAGREE),
    ],
)
def test_pairs_of_one_whole(text: str, whole: str, agreement: Agreement) -> None:
    (claim,) = pairs_of_one(Stretch(text, 0))
    assert claim.stated is not None
    assert claim.stated.text == whole
    assert claim.agreement is agreement


@pytest.mark.parametrize(
    "text",
    [
        "12/20 xã có trạm bơm, 15/20 xã có chợ, 18/20 xã không có nhà máy nước.",
        "18/20 xã đạt chuẩn, 5 xã đạt chuẩn nâng cao, 2 xã chưa đạt chuẩn.",
    ],
)
def test_pairs_that_overlap_are_left_alone(text: str) -> None:
    assert not pairs_of_one(Stretch(text, 0))


_POINTS = (
    "Mức tăng {} của toàn tỉnh: nông nghiệp đóng góp 0,7 điểm phần trăm, công nghiệp đóng góp 3,1 điểm phần trăm, "
    "dịch vụ đóng góp 1,8 điểm phần trăm{}."
)


@pytest.mark.parametrize(
    ("rate", "more", "agreement", "strength"),
    [
        ("5,8%", " và thuế sản phẩm đóng góp 0,2 điểm phần trăm", Agreement.EXACT, Strength.LIKELY),
        ("8,5%", " và thuế sản phẩm đóng góp 0,2 điểm phần trăm", Agreement.DISAGREE, Strength.LIKELY),
        ("8,5%", "", Agreement.DISAGREE, Strength.POSSIBLE),
    ],
)
def test_points_of_growth(rate: str, more: str, agreement: Agreement, strength: Strength) -> None:
    (claim,) = contributions(Stretch(_POINTS.format(rate, more), 0))
    assert (claim.agreement, claim.strength) == (agreement, strength)


def test_points_that_take_away_leave_it_open() -> None:
    text = _POINTS.format("5,8%", ", thuế sản phẩm làm giảm 0,2 điểm phần trăm do đóng góp thấp")
    assert not contributions(Stretch(text, 0))
