"""A passage knows its sentences, clauses and brackets, and which figures are changes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from baocao.grammar.lexing import Token
from baocao.grammar.stretch import Stretch
from baocao.model import Interval


def _at(stretch: Stretch, printed: str) -> int:
    """The index of the token that begins with some words."""
    start = stretch.text.index(printed)
    return next(index for index, token in enumerate(stretch.tokens) if token.start <= start < token.end)


def _holder(stretch: Stretch, printed: str) -> str:
    """What stands before the bracket that a figure stands in."""
    parent = stretch.parent[_at(stretch, printed)]
    return "" if parent < 0 else stretch.text[: stretch.tokens[parent].start].split()[-1]


def test_brackets_nest() -> None:
    stretch = Stretch("Có 12 ha (lúa 8 ha (xuân 5 ha), ngô 4 ha), thêm 3 vườn.", 0)
    assert [_holder(stretch, words) for words in ("12 ha", "8 ha", "5 ha", "4 ha", "3 vườn")] == [
        "",
        "ha",
        "ha",
        "ha",
        "",
    ]
    outer, inner = stretch.parent[_at(stretch, "8 ha")], stretch.parent[_at(stretch, "5 ha")]
    assert stretch.parent[inner] == outer
    assert stretch.parent[_at(stretch, "4 ha")] == outer


def test_a_bracket_that_is_never_closed_ends_with_its_sentence() -> None:
    stretch = Stretch("Có 12 ha (lúa 8 ha, ngô 4 ha. Toàn xã có 3 vườn.", 0)
    assert stretch.parent[_at(stretch, "4 ha")] == _at(stretch, "(")
    assert stretch.parent[_at(stretch, "3 vườn")] == -1
    assert stretch.sentence[_at(stretch, "3 vườn")] == 1


def test_two_brackets_that_are_never_closed_both_end_with_their_sentence() -> None:
    stretch = Stretch("Có 12 ha (lúa 8 ha (xuân 5 ha. Toàn xã có 3 vườn. Nuôi 9 con.", 0)
    assert stretch.parent[_at(stretch, "5 ha")] != -1
    assert [stretch.parent[_at(stretch, words)] for words in ("3 vườn", "9 con")] == [-1, -1]
    assert [stretch.sentence[_at(stretch, words)] for words in ("3 vườn", "9 con")] == [1, 2]


def test_a_bracket_that_is_never_opened_is_left_alone() -> None:
    stretch = Stretch("a) Có 12 ha) lúa, 3 vườn.", 0)
    assert set(stretch.parent) == {-1}
    assert stretch.close == {}


def test_an_open_bracket_at_the_very_end_ends_with_the_text() -> None:
    stretch = Stretch("Có 3 xã (Nà Hoa (1 thôn), Bản Sim 2 thôn", 0)
    assert stretch.close[_at(stretch, "(")] == len(stretch.kinds)
    assert stretch.parent[_at(stretch, "2 thôn")] == _at(stretch, "(")


def test_sentences_clauses_and_initials() -> None:
    stretch = Stretch("Trồng 12 ha; nuôi 30 con. Xây 2 cầu tại Tp. Mẫu Sơn, 1 đường.", 0)
    found = {words: _at(stretch, words) for words in ("12 ha", "30 con", "2 cầu", "1 đường")}
    assert [stretch.sentence[index] for index in found.values()] == [0, 0, 1, 1]
    assert [stretch.clause[index] for index in found.values()] == [0, 1, 2, 2]
    low, high = stretch.sentence_range(found["2 cầu"])
    assert [stretch.text[stretch.quantum(i).start :][:5] for i in stretch.figures_between(low, high)] == [
        "2 cầu",
        "1 đườ",
    ]


def test_a_stop_in_brackets_ends_no_sentence() -> None:
    stretch = Stretch("Có 12 hộ (6 hộ mới. Còn lại 6 hộ cũ) thoát nghèo, đạt 3 chỉ tiêu.", 0)
    assert set(stretch.sentence) == {0}


@pytest.mark.parametrize(
    ("text", "figure", "is_change"),
    [
        ("Diện tích 412 ha, tăng 12 ha.", "12 ha.", True),
        ("Xảy ra 7 vụ, giảm 2 vụ so với cùng kỳ.", "2 vụ", True),
        ("Xảy ra 7 vụ (cùng kỳ 9 vụ).", "9 vụ", True),
        ("Xảy ra 7 vụ (cùng kỳ 9 vụ).", "7 vụ", False),
        ("Thu nâng lên 45 tỷ đồng.", "45 tỷ", False),
        ("Số hộ nghèo giảm còn 21 hộ.", "21 hộ", False),
        ("Thu vượt 4 tỷ đồng.", "4 tỷ", False),
        ("Thu đạt 45 tỷ đồng.", "45 tỷ", False),
        ("Đàn bò tăng trưởng khá, đạt 450 con.", "450 con", False),
        ("Cùng kỳ năm trước các xã trong vùng đã trồng 45 ha.", "45 ha", False),
    ],
)
def test_the_amount_of_a_rise_or_a_fall_is_a_change(text: str, figure: str, is_change: bool) -> None:
    stretch = Stretch(text, 0)
    assert stretch.is_change(_at(stretch, figure)) is is_change


def test_words_before_and_after_end_at_marks_and_figures() -> None:
    stretch = Stretch("Toàn xã, diện tích lúa xuân 412 ha gieo thẳng, ngô 30 ha.", 0)
    rice, maize = _at(stretch, "412 ha"), _at(stretch, "30 ha")
    assert stretch.words_before(rice) == "diện tích lúa xuân"
    assert stretch.words_after(rice) == "gieo thẳng"
    assert stretch.words_before(maize) == "ngô"
    assert stretch.words_after(maize) == ""


def test_figures_point_into_the_text_and_are_made_once() -> None:
    stretch = Stretch("Gieo được 412/430  ha\tlúa.", 4, document=2)
    (index,) = stretch.places
    quantum = stretch.quantum(index)
    assert quantum.of is not None
    part, whole = stretch.figure(quantum), stretch.figure(quantum.of)
    assert stretch.figure(quantum) is part
    assert (whole.text, whole.span.block, whole.span.document, whole.span.cell) == ("430 ha", 4, 2, -1)
    assert stretch.text[whole.span.start : whole.span.end] == "430  ha"
    assert stretch.text[part.span.start : part.span.end] == "412"


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("7 vụ", ("7", "7")),
        ("45 ha", ("445000", "460000")),
        ("4,5 tỷ đồng", ("4450000000", "4600000000")),
        ("95,8%", ("95.75", "95.9")),
        ("khoảng 20 hộ", ("19.5", "21")),
    ],
)
def test_measured_figures_are_intervals_and_counts_are_themselves(text: str, interval: tuple[str, str]) -> None:
    stretch = Stretch(f"Kết quả {text}.", 0)
    (index,) = stretch.places
    low, high = (Decimal(end) for end in interval)
    assert stretch.figure(stretch.quantum(index)).quantity.interval == Interval(low, high)


def test_a_text_without_figures_has_no_places() -> None:
    stretch = Stretch("Tình hình ổn định; không có gì mới (như kỳ trước).", 0)
    assert stretch.places == []
    assert all(isinstance(token, Token) and token.figure is None for token in stretch.tokens)
