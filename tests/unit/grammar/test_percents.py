"""A percentage knows what it is said of, against what, and whether it is a level or a change."""

from __future__ import annotations

import pytest

from baocao.grammar.percents import (
    FALL,
    LEVEL,
    OTHER,
    PLAN,
    RISE,
    SAME_PERIOD,
    WHOLE,
    Percent,
    authority_in,
    percents,
)
from baocao.grammar.stretch import Stretch


def _read(text: str) -> list[tuple[str, Percent]]:
    """Each percentage with the figure that it is said of, as printed ("" when there is none)."""
    stretch = Stretch(text, 0)
    found = []
    for percent in percents(stretch):
        token = stretch.tokens[percent.numerator] if percent.numerator >= 0 else None
        found.append((text[token.start : token.end] if token is not None else "", percent))
    return found


@pytest.mark.parametrize(
    ("text", "numerators"),
    [
        ("Gieo 412 ha lúa, đạt 96,9% kế hoạch.", ["412 ha"]),
        ("Gieo 412/430 ha, đạt 95,8% kế hoạch.", ["412/430 ha"]),
        ("Thu 62,35 tỷ đồng, đạt 102% dự toán tỉnh giao, 91,1% dự toán HĐND giao.", ["62,35 tỷ đồng"] * 2),
        ("Có 45 hộ (chiếm 4,5%) thoát nghèo.", ["45 hộ"]),
        ("Xảy ra 7 vụ (cùng kỳ 9 vụ), bằng 77,8% cùng kỳ.", ["7 vụ"]),
        ("Đàn bò 480 con, tăng 20 con, đạt 101% kế hoạch.", ["480 con"]),
        ("Lúa 412 ha, đạt 96,9% KH; ngô 120 ha, đạt 104,3% KH.", ["412 ha", "120 ha"]),
        ("Tỷ lệ che phủ rừng đạt 61,5%, bằng 100,3% kế hoạch.", ["", "61,5%"]),
        ("Công tác giải ngân đạt 45% kế hoạch.", [""]),
    ],
)
def test_a_percentage_is_said_of_the_nearest_figure_that_is_no_change(text: str, numerators: list[str]) -> None:
    assert [numerator for numerator, _ in _read(text)] == numerators


@pytest.mark.parametrize(
    ("text", "mode", "against"),
    [
        ("Gieo 412 ha, đạt 96,9% kế hoạch.", LEVEL, PLAN),
        ("Gieo 412 ha, đạt 96,9% KH.", LEVEL, PLAN),
        ("Thu 4,5 tỷ đồng, bằng 52% so với dự toán.", LEVEL, PLAN),
        ("Thu 4,5 tỷ đồng, bằng 120% cùng kỳ.", LEVEL, SAME_PERIOD),
        ("Thu 4,5 tỷ đồng, bằng 120% so với năm 2030.", LEVEL, SAME_PERIOD),
        ("Thu 4,5 tỷ đồng, tăng 12% so với cùng kỳ.", RISE, SAME_PERIOD),
        ("Thu 4,5 tỷ đồng, giảm 12% so với đầu năm.", FALL, SAME_PERIOD),
        ("So với cùng kỳ giảm 12%, còn 45 vụ.", FALL, SAME_PERIOD),
        ("Có 45 hộ, chiếm 4,5% tổng số hộ.", LEVEL, WHOLE),
        ("Có 45 hộ, giảm còn 4,5%.", LEVEL, WHOLE),
        ("Thu 4,5 tỷ đồng, bằng 12% so với huyện Đồng Mẫu.", LEVEL, OTHER),
    ],
)
def test_words_around_it_say_level_or_change_and_against_what(text: str, mode: str, against: str) -> None:
    ((_, percent),) = _read(text)
    assert (percent.mode, percent.against) == (mode, against)


@pytest.mark.parametrize(
    ("words", "authority"),
    [
        ("dự toán tỉnh giao", "province"),
        ("kế hoạch UBND thành phố giao", "province"),
        ("dự toán HĐND huyện giao", "council"),
        ("chỉ tiêu nghị quyết", "council"),
        ("kế hoạch huyện giao", "district"),
        ("kế hoạch xã", "commune"),
        ("kế hoạch năm", ""),
    ],
)
def test_the_authority_is_the_one_named_behind_it(words: str, authority: str) -> None:
    assert authority_in(words) == authority
    ((_, percent),) = _read(f"Thu 62,35 tỷ đồng, đạt 102% {words}.")
    assert percent.authority == authority


def test_two_authorities_in_one_sentence_have_a_percentage_each() -> None:
    read = _read("Thu 62,35 tỷ đồng, đạt 102% dự toán tỉnh giao, 91,1% dự toán HĐND giao, bằng 118% cùng kỳ.")
    assert [(percent.against, percent.authority) for _, percent in read] == [
        (PLAN, "province"),
        (PLAN, "council"),
        (SAME_PERIOD, ""),
    ]


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("Lúa 412 ha, đạt 95,8% kế hoạch (430 ha).", "430 ha"),
        ("Lúa 412 ha, bằng 95,8% so với cùng kỳ (430 ha).", "430 ha"),
        ("Chi 7,4 tỷ đồng, đạt 39,8% dự toán là 18,6 tỷ đồng.", "18,6 tỷ đồng"),
        ("Đạt 74,3% (18.642/25.090 hồ sơ).", "18.642/25.090 hồ sơ"),
        ("Lúa 412 ha, đạt 95,8% kế hoạch (tăng 5 ha).", ""),
        ("Lúa 412 ha, đạt 95,8% kế hoạch (cùng kỳ 407 ha).", ""),
        ("Lúa 412 ha, đạt 95,8% kế hoạch (xuân 200 ha, mùa 212 ha).", ""),
        ("Lúa 412 ha, đạt 95,8% kế hoạch, ngô 80 ha.", ""),
    ],
)
def test_the_base_that_its_own_wording_gives(text: str, base: str) -> None:
    stretch = Stretch(text, 0)
    (percent,) = percents(stretch)
    token = stretch.tokens[percent.base] if percent.base >= 0 else None
    assert (text[token.start : token.end] if token is not None else "") == base


@pytest.mark.parametrize(
    ("text", "is_share"),
    [
        ("Có 45 hộ, chiếm 4,5%.", True),
        ("Có 45 hộ, tỷ lệ 4,5%.", True),
        ("Có 45 hộ, bằng 4,5% tổng số hộ.", True),
        ("Có 45 hộ, đạt 4,5% kế hoạch.", False),
    ],
)
def test_shares_are_said_with_words_of_their_own(text: str, is_share: bool) -> None:
    ((_, percent),) = _read(text)
    assert percent.share is is_share


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Thu 61 tỷ đồng, chi thường xuyên đạt 93,4% dự toán.", True),
        ("Thu 61 tỷ đồng, đạt 93,4% dự toán.", False),
        ("Giải quyết 120 hồ sơ, tỷ lệ đúng hạn đạt 98,7%.", True),
        ("Giải quyết 120 hồ sơ, tỷ lệ đạt 98,7%.", False),
    ],
)
def test_a_piece_with_a_subject_of_its_own_is_noticed(text: str, own: bool) -> None:
    ((_, percent),) = _read(text)
    assert percent.own is own


def test_other_figures_that_it_may_be_said_of_are_kept() -> None:
    text = "Tiếp nhận 150 hồ sơ, giải quyết 120 hồ sơ, đạt 80%."
    stretch = Stretch(text, 0)
    (percent,) = percents(stretch)
    printed = [text[stretch.tokens[i].start : stretch.tokens[i].end] for i in (percent.numerator, *percent.others)]
    assert printed == ["120 hồ sơ", "150 hồ sơ"]
