"""New ones alone do not say what was to be dealt with; new ones and a stock that is told do."""

from __future__ import annotations

from pathlib import Path

import pytest

from baocao.model import Agreement, Change, Total
from tests.unit.grammar.small_texts import claims_of


def wrong(text: str, folder: Path) -> list[str]:
    """What is called wrong in a text, as printed."""
    claims = [*claims_of(text, folder, Change), *claims_of(text, folder, Total)]
    return [one.stated.text for one in claims if one.stated is not None and one.agreement is Agreement.DISAGREE]


@pytest.mark.parametrize("new", ["Tiếp nhận mới", "Trong kỳ, bộ phận một cửa tiếp nhận", "Tiếp nhận trong kỳ"])
@pytest.mark.parametrize(
    "rest", ["; còn lại {} hồ sơ.", ", đang giải quyết {} hồ sơ.", ", còn {} hồ sơ đang giải quyết."]
)
def test_more_than_new_ones_may_be_left(new: str, rest: str, tmp_path: Path) -> None:
    text = f"{new} 640 hồ sơ; đã giải quyết 628 hồ sơ" + rest
    assert wrong(text.format(31), tmp_path) == []
    assert wrong(text.format("05"), tmp_path)  # a stock makes more, never fewer


def test_all_that_was_to_be_dealt_with_is_no_new_ones(tmp_path: Path) -> None:
    for whole in ("Tiếp nhận", "Tổng số hồ sơ tiếp nhận trong kỳ là", "Trong kỳ phải giải quyết"):
        assert wrong(f"{whole} 640 hồ sơ; đã giải quyết 628 hồ sơ; còn lại 31 hồ sơ.", tmp_path) == ["31 hồ sơ"]


@pytest.mark.parametrize(
    "came",
    [
        "Kỳ trước chuyển sang 19 hồ sơ, tiếp nhận mới 640 hồ sơ",
        "Tiếp nhận mới 640 hồ sơ, kỳ trước chuyển sang 19 hồ sơ",
        "Tồn kỳ trước 19 hồ sơ; tiếp nhận trong kỳ 640 hồ sơ",
    ],
)
def test_a_stock_that_is_told_decides(came: str, tmp_path: Path) -> None:
    assert wrong(f"{came}, đã giải quyết 628 hồ sơ, còn lại 31 hồ sơ.", tmp_path) == []
    assert wrong(f"{came}, đã giải quyết 628 hồ sơ, còn lại 41 hồ sơ.", tmp_path) == ["41 hồ sơ"]
