"""Citations: number, year, symbol, date and issuer of each shape, and what is no citation."""

from __future__ import annotations

import time
from datetime import date

import pytest

from baocao.grammar.citations import citations
from baocao.model import Strength

SHAPES = [
    ("Nghị quyết số 31/2020/NQ-HĐND ngày 18/12/2020 của HĐND tỉnh", "Nghị quyết", "31", 2020, "NQ-HĐND", "HĐND tỉnh"),
    ("Nghị quyết số 31/2020/NQ-HĐND, ngày 18 tháng 12 năm 2020", "Nghị quyết", "31", 2020, "NQ-HĐND", ""),
    (
        "Quyết định số 934/QĐ-TTg của 18/12/2020 của Thủ tướng Chính phủ",
        "Quyết định",
        "934",
        None,
        "QĐ-TTg",
        "Thủ tướng Chính phủ",
    ),
    ("Nghị quyết số 05/NQ-HĐND của HĐND huyện ngày 18/12/2020", "Nghị quyết", "5", None, "NQ-HĐND", "HĐND huyện"),
    ("Chương trình số 05-CTr/HU ngày 18/12/2020 của Huyện ủy", "Chương trình", "5", None, "CTr-HU", "Huyện ủy"),
    ("Nghị quyết của Hội đồng nhân dân tỉnh số 12/NQ-HĐND ngày 18/12/2020", "Nghị quyết", "12", None, "NQ-HĐND", ""),
]

PLAIN = [
    ("Luật số 45/2019/QH14", "Luật", "45", 2019, "QH14"),
    ("Nghị quyết số 1211/2016/UBTVQH13", "Nghị quyết", "1211", 2016, "UBTVQH13"),
    ("Thông tư liên tịch số 03/2016/TTLT-BTP-BNV", "Thông tư", "3", 2016, "TTLT-BTP-BNV"),
    ("Thông tư liên tịch số: 18/2010/TTLT/BTC-BNN", "Thông tư", "18", 2010, "TTLT-BTC-BNN"),
    ("QĐ 12/2018/QĐ- TTg", "Quyết định", "12", 2018, "QĐ-TTg"),
    ("Nghị quyết số 30c/NQ-CP", "Nghị quyết", "30c", None, "NQ-CP"),
    ("Công văn số 2345/UBND-TH", "Công văn", "2345", None, "UBND-TH"),
    ("Thông tư số 22/2020/TT-BGD&ĐT", "Thông tư", "22", 2020, "TT-BGD&ĐT"),
    ("Quyết định số 15/QÐ-UBND", "Quyết định", "15", None, "QĐ-UBND"),
    ("văn bản số 123/UBND-KT", "", "123", None, "UBND-KT"),
    ("Kế hoạch thực hiện Nghị quyết số 12/KH-UBND", "Kế hoạch", "12", None, "KH-UBND"),
]

NONE = [
    "đạt 13/15 xã, 104% KH/năm, 412/430 ha, 24/24 giờ, 7/13 xã - TT",
    "tiêu chuẩn TCVN 5574:2018, biển số 12-H1, tỷ lệ 1/500, km2/người",
    "Nghị định 68 của Chính phủ, Đề án 06, Luật Đất đai năm 2013",
]


@pytest.mark.parametrize(("text", "kind", "number", "year", "symbol", "issuer"), SHAPES)
def test_dated_citations(text: str, kind: str, number: str, year: int | None, symbol: str, issuer: str) -> None:
    (read,) = citations(f"Thực hiện {text} về giao chỉ tiêu.", 2, 1)
    assert (read.instrument, read.number, read.year, read.symbol, read.issuer) == (kind, number, year, symbol, issuer)
    assert read.dated == date(2020, 12, 18)
    assert (read.at.block, read.at.document) == (2, 1)
    assert f"Thực hiện {text}"[read.at.start : read.at.end] == text


@pytest.mark.parametrize(("text", "kind", "number", "year", "symbol"), PLAIN)
def test_undated_citations(text: str, kind: str, number: str, year: int | None, symbol: str) -> None:
    (read,) = citations(f"Theo {text}; các xã đã triển khai.", 0, 0)
    assert (read.instrument, read.number, read.year, read.symbol) == (kind, number, year, symbol)
    assert read.dated is None


@pytest.mark.parametrize("text", NONE)
def test_what_looks_like_a_citation_and_is_none(text: str) -> None:
    assert citations(text, 0, 0) == []


def test_the_issuer_of_a_nested_citation_is_not_sure() -> None:
    (read,) = citations("Kế hoạch thực hiện Chương trình số 05-CTr/TU của Huyện ủy", 0, 0)
    assert read.instrument == "Chương trình"
    assert read.strength is Strength.LIKELY


def test_two_bodies_side_by_side_are_no_issuer() -> None:
    (read,) = citations("Nghị quyết số 12/NQ-HĐND của HĐND, UBND huyện", 0, 0)
    assert read.issuer == ""


def test_a_number_that_is_still_open() -> None:
    (read,) = citations("(Kèm theo Báo cáo số      /BC-UBND ngày   /   /2022)", 0, 0)
    assert (read.instrument, read.number, read.symbol, read.basis) == ("Báo cáo", "", "BC-UBND", "blank")


def test_an_impossible_date_is_no_date_but_has_its_place() -> None:
    text = "Kế hoạch số 52/KH-UBND ngày 31/4/2024 của UBND huyện"
    (read,) = citations(text, 0, 0)
    assert read.dated is None
    assert read.date_span is not None
    assert text[read.date_span.start : read.date_span.end] == "31/4/2024"


@pytest.mark.parametrize("text", ["số" + " " * 40_000 + "/", "12/QĐ-" * 7_000, "Nghị quyết " * 4_000, "1/" * 20_000])
def test_hostile_texts_take_no_longer_than_others(text: str) -> None:
    start = time.perf_counter()
    citations(text, 0, 0)
    assert time.perf_counter() - start < 2
