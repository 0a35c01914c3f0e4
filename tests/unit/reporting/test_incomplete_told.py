"""A report of a store that lacks a commune: ratings, projections and sentences, from the ledger to the draft."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from baocao import desk
from baocao.drafting import outline_reading
from baocao.figures.intake_keys import Defaults
from baocao.formats import docx_write
from baocao.ledger import book, taking
from baocao.ledger.book import Book
from baocao.ledger.sources import Sources
from baocao.model.draft import Draft, Grid, Paragraph, text_of
from baocao.model.observation import Address
from baocao.model.period import Period
from baocao.model.projection import NotProjected, Projection, Refusal
from baocao.model.target import Decision, Rating
from baocao.reporting.answering import Answers
from baocao.reporting.writing import Asked, Office, drafted

UNITS = (
    "mã;tên;cấp;cấp trên;từ ngày;đến ngày\nSM;Tỉnh Sông Mẫu;cấp tỉnh;VN;;\nSM01;Xã Bến Thử;cấp xã;SM;;\n"
    "SM02;Xã Đồi Thử;cấp xã;SM;;\nSM03;Xã Suối Thử;cấp xã;SM;;\n"
)
HEAD = "Đơn vị;Chỉ tiêu;Kỳ;Loại số liệu;Phân tổ;Giá trị\n"
YEAR, HALF = Period.part(2025), Period.part(2025, "S", 1)
TOLD = {"lua_dien_tich": 200, "ngo_dien_tich": 60, "trung_san_luong": 50, "sua_san_luong": 80}
PLAN = "Chỉ tiêu;HĐND tỉnh giao\nlua_dien_tich;590\nngo_dien_tich;90\ntrung_san_luong;120\nsua_san_luong;400\n"
"""Rice may still come to its plan; maize has come to it without the third commune; milk failed, and all told."""


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Book]:
    """Three communes in half-years; the third tells nothing of crops this year."""
    units = tmp_path / "don-vi.csv"
    units.write_text(UNITS, encoding="utf-8")
    rows = [
        f"SM0{at};{code};{year}-S{half};thực hiện;;{value // 2}"
        for year in (2023, 2024, 2025)
        for half in (1, 2)
        for at in (1, 2, 3)
        for code, value in TOLD.items()
        if not (year == 2025 and at == 3 and code.endswith("dien_tich"))
    ]
    with book.opened(tmp_path / "kho.sqlite", Sources(units), is_new_allowed=True) as made:
        _take(made, tmp_path / "so-lieu.csv", HEAD + "\n".join(rows) + "\n", Defaults())
        decision = Decision("1/NQ-HĐND", date(2024, 12, 8), "NQ", "HĐND tỉnh")
        asked = Defaults(unit="SM", period=YEAR, decision=decision, holds_from=date(2025, 1, 1))
        _take(made, tmp_path / "ke-hoach.csv", PLAN, asked)
        yield made


def _take(made: Book, path: Path, text: str, defaults: Defaults) -> None:
    path.write_text(text, encoding="utf-8")
    (taken,) = taking.take(made, [path], taking.Asked(defaults, by="an"))
    assert taken.new == text.count("\n") - 1


def _ratings(opened: Book) -> dict[str, Rating]:
    answers = Answers.about(opened, "SM", YEAR.end)
    return {one.indicator: one.rating for one in answers.judged("SM", 2025, YEAR.end)}


def test_ratings_that_a_report_counts_wait_for_the_missing(opened: Book) -> None:
    found = _ratings(opened)
    assert found == {
        "lua_dien_tich": Rating.INCOMPLETE,
        "ngo_dien_tich": Rating.EXCEEDED,
        "trung_san_luong": Rating.EXCEEDED,
        "sua_san_luong": Rating.NOT_MET,
    }


def test_a_year_is_projected_from_what_all_told(opened: Book) -> None:
    answers = Answers.about(opened, "SM", HALF.end)
    rice = answers.projection(Address("SM", "lua_dien_tich", HALF))
    assert isinstance(rice, NotProjected)
    assert rice.refusal is Refusal.INCOMPLETE
    assert "còn thiếu đơn vị" in rice.why.vi
    eggs = answers.projection(Address("SM", "trung_san_luong", HALF))
    assert isinstance(eggs, Projection)
    assert eggs.estimate == 150


def test_what_the_province_estimates_of_itself_stands_before_a_sum_that_lacks_units(
    opened: Book, tmp_path: Path
) -> None:
    rows = "SM;lua_dien_tich;2025;ước;;600\nSM;trung_san_luong;2024;ước;;999\n"
    _take(opened, tmp_path / "uoc.csv", HEAD + rows, Defaults())
    answers = Answers.about(opened, "SM", YEAR.end)
    rice = answers.fact(Address("SM", "lua_dien_tich", YEAR))
    assert (rice.value, rice.is_estimate, rice.is_incomplete) == (600, True, False)
    assert _ratings(opened)["lua_dien_tich"] is Rating.EXCEEDED
    eggs = answers.fact(Address("SM", "trung_san_luong", YEAR.last_year))
    assert (eggs.value, eggs.is_estimate) == (150, False)  # all told


def _drafted(opened: Book) -> Draft:
    outline = outline_reading.built_in("bao-cao-nam")
    return drafted(opened, Asked(outline, opened.unit("SM", YEAR.end), YEAR, YEAR.end), Office())


def _paragraphs(draft: Draft) -> list[str]:
    found: list[str] = []
    for block in draft.blocks:
        found += [text_of(one.line) for one in getattr(block, "paragraphs", ())]
        if isinstance(block, Paragraph):
            found.append(text_of(block.line))
    return found


def test_the_year_report_counts_it_apart_and_says_who_is_missing(opened: Book) -> None:
    told = _paragraphs(_drafted(opened))
    assert any("01 chỉ tiêu không đạt kế hoạch" in one and "gieo cấy lúa" not in one for one in told)
    assert any("01 chỉ tiêu chưa đủ số liệu để đánh giá (diện tích gieo cấy lúa)" in one for one in told)
    assert any("chưa bao gồm 01/03 đơn vị: xã Suối Thử" in one for one in told)
    rice = [one for one in told if "iện tích gieo cấy lúa" in one and "400 ha" in one]
    assert rice
    assert all("67,8%" not in one and "66,7%" not in one for one in rice)
    assert any("chưa đủ số liệu để so sánh" in one for one in rice)


def test_its_annex_says_so_and_the_proof_reader_has_nothing_against_the_report(opened: Book, tmp_path: Path) -> None:
    draft = _drafted(opened)
    blocks = (*draft.blocks, *(block for annex in draft.annexes for block in annex.blocks))
    grids = (block for block in blocks if isinstance(block, Grid))
    rows = [[text_of(cell.line) for cell in row] for grid in grids for row in grid.rows]
    (rice,) = (row for row in rows if "Diện tích gieo cấy lúa" in row and "Chưa đủ số liệu" in row)
    assert rice[-1] == "thiếu 1/3 đơn vị"
    path = tmp_path / "bao-cao.docx"
    path.write_bytes(docx_write.written(draft, datetime(2025, 12, 31, tzinfo=UTC)))
    assert [str(one) for one in desk.check([path]).reports[0].findings] == []
