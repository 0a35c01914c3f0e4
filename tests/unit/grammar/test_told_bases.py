"""Bases that the words tell: the one figure that fits, and silence where two do."""

from __future__ import annotations

import pytest

from baocao.grammar.percents import percents
from baocao.grammar.ranks import ranks
from baocao.grammar.stretch import Stretch
from baocao.grammar.told_bases import told
from baocao.model import Agreement, Direction


@pytest.mark.parametrize(
    ("text", "arithmetic"),
    [
        ("Có 46/62 xã đạt chuẩn; 17 xã kiểu mẫu, chiếm 46,9% số xã đạt chuẩn.", "17 xã / 46"),
        ("Nhận 5.214 hồ sơ (trực tuyến 4.102 hồ sơ), tỷ lệ hồ sơ trực tuyến đạt 87,6%.", "4.102 hồ sơ / 5.214 hồ sơ"),
        ("Tỷ lệ kê khai đạt 81,4% với 7.412 hộ kê khai/8.104 hộ.", "7.412 hộ / 8.104 hộ"),
    ],
)
def test_one_figure_fits_the_words(text: str, arithmetic: str) -> None:
    stretch = Stretch(text, 0)
    claim = told(stretch, percents(stretch)[-1], [])
    assert claim is not None
    assert claim.arithmetic == arithmetic
    assert claim.agreement is Agreement.DISAGREE


@pytest.mark.parametrize(
    "text",
    [
        "Có 46 xã đạt chuẩn miền núi, 51 xã đạt chuẩn ven biển; 17 xã kiểu mẫu, chiếm 46,9% số xã đạt chuẩn.",
        "Trường có 214 giáo viên, trong đó nữ 163 giáo viên; tỷ lệ đảng viên 38,4%.",
        "Nhận 5.214 hồ sơ, tỷ lệ hồ sơ đúng hạn trên 98%.",
    ],
)
def test_two_figures_or_none_tell_nothing(text: str) -> None:
    stretch = Stretch(text, 0)
    assert told(stretch, percents(stretch)[-1], []) is None


def test_a_rank_that_rises_falls_as_a_number() -> None:
    (claim,) = ranks(Stretch("Chỉ số xếp thứ 18/63, tăng 9 bậc so với năm trước (27/63).", 0))
    assert claim.direction is Direction.DOWN
    assert claim.agreement is Agreement.EXACT
    assert not list(ranks(Stretch("Chỉ số xếp thứ 27/63, tăng 9 bậc so với năm trước (18/63).", 0)))
