"""The lexer tells quantities from the numbers that only name something."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest

from baocao.grammar.lexing import FRACTION, NAME, QUANTITY, YEAR, Quantum, tokenize
from baocao.model import Comparator


def _kinds(text: str) -> str:
    return "".join(token.kind for token in tokenize(text) if token.kind in (QUANTITY, FRACTION, YEAR, NAME))


def _figures(text: str) -> list[Quantum]:
    return [token.figure for token in tokenize(text) if token.figure is not None]


def _printed(text: str) -> list[str]:
    return [text[token.start : token.end] for token in tokenize(text) if token.figure is not None]


NAMED = [
    "ngày 14/6/2031",
    "ngày 05-6-2031",
    "tính đến 6/2031",
    "trước ngày 30/9",
    "hết 31/10",
    "Nghị quyết số 31/2030/NQ-HĐND",
    "Kế hoạch số 12/KH-UBND",
    "Chỉ thị 05-CT/TW",
    "lớp 10",
    "tổ 4",
    "quốc lộ 6",
    "tiêu chí số 17",
    "thôn 3",
    "giai đoạn 1",
    "lúc 7h30",
    "lúc 8 giờ 15 phút",
    "quý 3",
    "vùng A1",
    "COVID-19",
    "tháng 6",
]


@pytest.mark.parametrize("text", NAMED)
def test_a_number_that_names_something_is_no_quantity(text: str) -> None:
    assert _kinds(f"Kiểm tra {text}, kết quả tốt.") == NAME


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("năm 2031", "Y"),
        ("năm học 2030 - 2031", "YY"),
        ("các năm 2029, 2030 và 2031", "YYY"),
        ("giai đoạn 2026-2030", "YY"),
        ("thu 2.031 triệu đồng", "Q"),
        ("trồng 2031 ha", "Q"),
        ("có 03 thôn", "Q"),
        ("thành lập 4 tổ hợp tác", "Q"),
        ("có 16/17 xã", "F"),
        ("trực 24/24 giờ", "F"),
        ("đạt 9/10 tiêu chí", "F"),
        ("ra lớp 645/648 cháu", "F"),
        ("tháng 99999 vụ", "Q"),
    ],
)
def test_years_and_counts_are_told_apart(text: str, kinds: str) -> None:
    assert _kinds(f"Xã {text}.") == kinds


@pytest.mark.parametrize(
    ("text", "first", "second", "unit"),
    [
        ("412/430 ha", "4120000", "4300000", "ha"),
        ("7,5 ha/8,0 ha", "75000", "80000", "ha"),
        ("1.016 hộ nghèo/1.041 hộ", "1016", "1041", "hộ nghèo"),
        ("48,6 triệu đồng/KH 47 triệu đồng", "48600000", "47000000", "đồng"),
        ("46 / 50 km", "46000", "50000", "km"),
        ("3,2/4 tỷ đồng", "3200000000", "4000000000", "đồng"),
    ],
)
def test_a_pair_lends_its_unit_to_both_figures(text: str, first: str, second: str, unit: str) -> None:
    (figure,) = _figures(f"Xã Đồng Mẫu thực hiện {text}, đạt khá.")
    assert figure.of is not None
    assert (figure.amount, figure.of.amount, figure.unit) == (Decimal(first), Decimal(second), unit)
    assert figure.dimension == figure.of.dimension or figure.dimension.startswith(figure.of.dimension)


def test_figures_of_different_units_are_no_pair() -> None:
    assert [figure.of for figure in _figures("Đã trồng 12 ha/35 hộ.")] == [None, None]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("108,2 - 110%", "108.2", "110", "%"),
        ("10-14 ha", "10", "14", "ha"),
        ("16–32 tiêu chí", "16", "32", "tiêu chí"),
        ("01-02 vụ", "1", "2", "vụ"),
    ],
)
def test_a_range_has_an_upper_end(text: str, low: str, high: str, unit: str) -> None:
    (figure,) = _figures(f"Phấn đấu đạt {text} trong kỳ.")
    assert (figure.value, figure.upper, figure.unit) == (Decimal(low), Decimal(high), unit)


def test_a_falling_pair_of_numbers_is_no_range() -> None:
    assert [figure.upper for figure in _figures("Gồm 14 - 10 ha.")] == [None, None]


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("trên 4,5 tỷ đồng", Comparator.AT_LEAST),
        ("hơn 200 hộ", Comparator.AT_LEAST),
        ("không dưới 3 ha", Comparator.AT_LEAST),
        ("80% trở lên", Comparator.AT_LEAST),
        ("khoảng 20 hộ", Comparator.ABOUT),
        ("gần 300 con", Comparator.ABOUT),
        ("dưới 4%", Comparator.AT_MOST),
        ("không quá 3 ha", Comparator.AT_MOST),
        ("5 ha trở xuống", Comparator.AT_MOST),
        ("thấp hơn 1,7%", Comparator.EXACTLY),
        ("20 hộ", Comparator.EXACTLY),
    ],
)
def test_words_around_a_figure_loosen_it(text: str, comparator: Comparator) -> None:
    (figure,) = _figures(f"Kết quả: {text}.")
    assert figure.comparator is comparator


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("19,523km", "19523", "km"),
        ("0,5ha", "5000", "ha"),
        ("45kg", "45", "kg"),
        ("12,5%", "12.5", "%"),
        ("12tr đồng", "12000000", "đồng"),
        ("350 tr.đ", "350000000", "đ"),
        ("1,2 nghìn tỷ đồng", "1200000000000", "đồng"),
        ("1.638,520 triệu đồng", "1638520000", "đồng"),
        ("1.000 nghìn lượt khách", "1000000", "lượt khách"),
        ("61,5 tạ/ha", "61.5", "tạ/ha"),
        ("3 tạ", "300", "tạ"),
        ("4,2 tỷ", "4200000000", "đồng"),
    ],
)
def test_scale_words_and_units_make_the_amount_glued_or_not(text: str, amount: str, unit: str) -> None:
    (figure,) = _figures(f"Kết quả {text}.")
    assert (figure.amount, figure.unit) == (Decimal(amount), unit)
    assert _printed(f"Kết quả {text}.") == [text]


def test_an_unknown_counted_noun_is_its_own_unit() -> None:
    (figure,) = _figures("Có 35 bồn hoa.")
    assert (figure.unit, figure.quantity) == ("bồn", None)


@pytest.mark.parametrize(
    ("text", "stops"),
    [
        ("Có 5 hộ. Còn 3 hộ.", 2),
        ("Trụ sở Tp. Mẫu Sơn có 3 tầng.", 1),
        ("Gồm 5 hộ, 3 thôn...", 0),
        ("Gồm trâu, bò... Toàn xã có 5 trại.", 2),
        ("Chi 350 tr.đ.", 1),
    ],
)
def test_full_stops_that_end_no_sentence_are_left_out(text: str, stops: int) -> None:
    assert sum(token.kind == "." for token in tokenize(text)) == stops


def test_tokens_stand_in_order_and_never_overlap() -> None:
    text = "Ngày 14/6/2031, thu 4,5 tỷ đồng (đạt 96,9% KH), giảm 2-3 vụ so với cùng kỳ; 16/17 xã..."
    tokens = tokenize(text)
    for earlier, later in pairwise(tokens):
        assert earlier.start <= earlier.end <= later.start


def test_letters_whose_lower_case_is_longer_shift_nothing() -> None:
    text = "İİİ thu 45 ha."
    assert _printed(text) == ["45 ha"]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("nhiều nhất: Xã Phố Hình 782 con", ["782 con"]),
        ("Đường tỉnh 78%; Đường huyện, xã 77,82%", ["78%", "77,82%"]),
        ("Quốc Lộ 4 dài 12 km; xem Hình 782", ["12 km"]),
    ],
)
def test_the_last_word_of_a_name_makes_no_number_a_name(text: str, printed: list[str]) -> None:
    assert _printed(text) == printed
