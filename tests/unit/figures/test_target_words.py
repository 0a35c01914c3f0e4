"""Targets as plans print them are read for what they ask; what is not clear is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from baocao.figures.intake_numbers import Habit, read_number
from baocao.figures.target_words import TargetWords, read_target
from baocao.model.target import TargetKind as Kind
from baocao.model.text import Text


def _read(text: str) -> TargetWords | Text:
    return read_target(text, lambda number: read_number(number, Habit.VIETNAMESE))


@pytest.mark.parametrize(
    ("printed", "kind", "low", "high", "is_strict", "measure"),
    [
        ("100%", Kind.EXACTLY, "100", None, False, "%"),
        ("1.234,5 tỷ đồng", Kind.EXACTLY, "1234.5", None, False, "tỷ đồng"),
        ("15.000 m2", Kind.EXACTLY, "15000", None, False, "m2"),
        ("Đảm bảo 100%", Kind.EXACTLY, "100", None, False, "%"),
        ("-2", Kind.EXACTLY, "-2", None, False, ""),
        ("4% trở lên", Kind.AT_LEAST, "4", None, False, "%"),
        ("Từ 4% trở lên", Kind.AT_LEAST, "4", None, False, "%"),
        ("trên 67%", Kind.AT_LEAST, "67", None, True, "%"),
        ("đạt trên 67%", Kind.AT_LEAST, "67", None, True, "%"),
        ("≥ 95", Kind.AT_LEAST, "95", None, False, ""),
        (">95%", Kind.AT_LEAST, "95", None, True, "%"),
        ("không dưới 90%", Kind.AT_LEAST, "90", None, False, "%"),
        ("duy trì trên 95%", Kind.AT_LEAST, "95", None, True, "%"),
        ("dưới 4%", Kind.AT_MOST, "4", None, True, "%"),
        ("không quá 2", Kind.AT_MOST, "2", None, False, ""),
        ("2 vụ trở xuống", Kind.AT_MOST, "2", None, False, "vụ"),
        ("<= 0,5‰", Kind.AT_MOST, "0.5", None, False, "‰"),
        ("16-32", Kind.RANGE, "16", "32", False, ""),
        ("từ 16 đến 32 tiêu chí", Kind.RANGE, "16", "32", False, "tiêu chí"),
        ("108,2 - 110%", Kind.RANGE, "108.2", "110", False, "%"),
        ("3 tỷ – 4 tỷ", Kind.RANGE, "3", "4", False, "tỷ"),
        ("duy trì 3 xã", Kind.MAINTAIN, "3", None, False, "xã"),
        ("giữ vững 3 xã", Kind.MAINTAIN, "3", None, False, "xã"),
        ("giảm 4%", Kind.REDUCE_BY, "4", None, False, "%"),
        ("Giảm từ 1,5% trở lên", Kind.REDUCE_BY, "1.5", None, False, "%"),
        ("giảm còn 5%", Kind.EXACTLY, "5", None, False, "%"),
        ("giảm xuống còn dưới 5%", Kind.AT_MOST, "5", None, True, "%"),
        ("3 ÷ 5 vụ", Kind.RANGE, "3", "5", False, "vụ"),
        ("lớn hơn hoặc bằng 5", Kind.AT_LEAST, "5", None, False, ""),
        ("nhỏ hơn 5", Kind.AT_MOST, "5", None, True, ""),
        ("giảm trên 4%", Kind.REDUCE_BY, "4", None, True, "%"),
    ],
)
def test_a_printed_target_is_read(
    printed: str, kind: Kind, low: str, high: str | None, is_strict: bool, measure: str
) -> None:
    upper = None if high is None else Decimal(high)
    assert _read(printed) == TargetWords(kind, Decimal(low), upper, is_strict, measure)


@pytest.mark.parametrize("printed", ["đảm bảo", "Bảo đảm", "hoàn thành", "Đạt", "Giữ vững"])
def test_an_assured_target_has_no_figure(printed: str) -> None:
    assert _read(printed) == TargetWords(Kind.ASSURED)


@pytest.mark.parametrize(
    "printed",
    ["", "tăng 5%", "khoảng 5", "từ 4%", "giảm không quá 2", "32-16", "trên 10 trở xuống", "Trênh 5", "3 triệu - 4 tỷ",
     "duy trì giảm 3", "trên 3-5", "4.40.049", "3 xã và 4 phường", "năm"],
)  # fmt: skip
def test_what_is_not_clear_is_refused(printed: str) -> None:
    assert isinstance(_read(printed), Text)


@pytest.mark.parametrize(
    ("printed", "what_to_write"),
    [
        ("tăng 5%", "tăng 5% thì ghi “420 ha”"),
        ("tăng thêm 3 xã", "hãy ghi mức đó"),
        ("tăng từ 5% trở lên", "chỉ tiêu tốc độ tăng"),
        ("tăng 5-7%", "hãy ghi mức đó"),
        ("giảm 1-2%", "“giảm 1%”"),
        ("giảm 1,5 - 2", "“giảm 1,5”"),
    ],
)
def test_a_target_that_hangs_on_another_period_is_refused_with_what_to_write(printed: str, what_to_write: str) -> None:
    refused = _read(printed)
    assert isinstance(refused, Text)
    assert what_to_write in refused.vi
    assert printed in refused.en


def test_a_number_that_its_reader_refuses_is_refused() -> None:
    refused = read_target("trên 1.234", read_number)
    assert isinstance(refused, Text)
    assert "1.234" in refused.en
