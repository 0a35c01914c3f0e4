"""Planted mistakes: one of each kind, told as they were made, seen by the proof-reader, none in what was left alone."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from baocao import desk
from baocao.formats import docx_write
from baocao.model.draft import (
    Annex,
    Block,
    Column,
    Draft,
    Form,
    Grid,
    GridCell,
    Head,
    Line,
    Note,
    Number,
    Paragraph,
    Reckoning,
    Signature,
    Source,
    Words,
)
from baocao.model.observation import Address
from baocao.model.period import Period
from demo import where
from demo.mistakes import KINDS, transposed
from demo.plant_mistakes import planted

YEAR = Period.part(2026)


def _value(code: str, value: str, decimals: int = 0, year: Period = YEAR) -> Number:
    return Number.of(Decimal(value), Form(decimals), Source(Reckoning.VALUE, (Address("MH", code, year),)))


def _made(kind: Reckoning, first: Number, second: Number, decimals: int = 0) -> Number:
    left, right = first.value, second.value
    value = {Reckoning.PERCENT: left / right * 100, Reckoning.CHANGE: left - right}[kind]
    return Number.of(value, Form(decimals), Source(kind, (*first.source.addresses, *second.source.addresses)))


def _count(value: int) -> Number:
    return Number.of(Decimal(value), Form(digits=2), Source(Reckoning.COUNT))


def _line(*pieces: Words | Number | Note | str) -> Line:
    return tuple(Words(piece) if isinstance(piece, str) else piece for piece in pieces)


def _lines() -> list[Line]:
    """A line for each kind that stands in the text."""
    last = YEAR.last_year
    rice, rice_then = _value("lua", "89797.5", 1), _value("lua", "88559.6", 1, last)
    goods, goods_then = _value("hang", "3434.6", 1), _value("hang", "3197.2", 1, last)
    sold, asked = _value("ban_le", "14451.6", 1), _value("ban_le_kh", "14110.0", 1)
    seen, seen_then = _value("kiem_tra", "546"), _value("kiem_tra", "534", 0, last)
    parts = _value("rung_td", "138593.4", 1), _value("rung_tr", "74331.1", 1)
    area, dug, got = _value("sn_dt", "3722.4", 1), _value("sn_ns", "144.01", 2), _value("sn_sl", "53606.3", 1)
    shares = _value("nn", "25.66", 2), _value("cn", "36.82", 2), _value("dv", "37.52", 2)
    note = Note((_line("Ngân sách xã ", _value("ns_xa", "1950604"), " triệu đồng."),))
    percent = _made(Reckoning.PERCENT, rice, rice_then, 1)
    return [
        _line("Các chỉ tiêu được giao tại Nghị quyết số 56/NQ-HĐND ngày 12/12/2025 của HĐND."),
        _line("Số liệu được tổng hợp đến ngày 31/12/2026."),
        _line("Sản lượng lúa đạt ", rice, " tấn, bằng ", percent, "% so với năm 2025 (", rice_then, " tấn)."),
        _line("Khối lượng hàng hóa vận chuyển là ", goods, " nghìn tấn, bằng ",
              _made(Reckoning.PERCENT, goods, goods_then, 1), "% so với năm 2025 (", goods_then, " nghìn tấn)."),
        _line("Số vụ kiểm tra thị trường tăng từ ", seen_then, " vụ lên ", seen, " vụ, tăng ",
              _made(Reckoning.CHANGE, seen, seen_then), " vụ so với năm 2025."),
        _line("Diện tích rừng hiện có: ", _value("rung", "212924.5", 1), " ha (Diện tích rừng tự nhiên ", parts[0],
              " ha, Diện tích rừng trồng ", parts[1], " ha)."),
        _line("Cây sắn: diện tích ", area, " ha, năng suất ", dug, " tạ/ha, sản lượng đạt ", got, " tấn."),
        _line("Có ", _count(4), "/", _count(10), " xã, phường có lồng bè, gồm: Xã Khe Giấy Mới, Xã Đèo Tranh, "
              "Xã Bản Màu và Xã Hạ Họa."),
        _line("Cơ cấu kinh tế: Tỷ trọng nông nghiệp chiếm ", shares[0], "%; Tỷ trọng công nghiệp chiếm ", shares[1],
              "%; Tỷ trọng dịch vụ chiếm ", shares[2], "%."),
        _line("Tổng mức bán lẻ đạt ", sold, " tỷ đồng, đạt ", _made(Reckoning.PERCENT, sold, asked, 1),
              "% kế hoạch HĐND giao (", asked, " tỷ đồng)."),
        _line("Chi đầu tư phát triển được bố trí theo kế hoạch", note, "."),
    ]  # fmt: skip


def _annex() -> Annex:
    plan, result = _value("lop_kh", "1280"), _value("lop", "1306")
    cells = ("1", "Số lớp học", plan, result, _made(Reckoning.PERCENT, result, plan, 1))
    head = tuple(GridCell(_line(text)) for text in ("TT", "Chỉ tiêu", "Kế hoạch", "Kết quả", "% so với kế hoạch"))
    grid = Grid((Column(Decimal(1)),) * 5, (head,), (tuple(GridCell(_line(one)) for one in cells),))
    return Annex("Phụ lục I", "Các chỉ tiêu", (grid,))


@pytest.fixture(scope="module")
def draft() -> Draft:
    head = Head("Ủy ban nhân dân tỉnh Minh Họa", "BC-UBND", "Minh Họa", "BÁO CÁO", "Kết quả năm 2026 (hư cấu)")
    blocks: tuple[Block, ...] = tuple(Paragraph(line) for line in _lines())
    return Draft(head, blocks, Signature(("CHỦ TỊCH",)), ("Lưu: VT.",), (_annex(),))


def _findings(draft: Draft, folder: Path) -> list[where.Told]:
    path = folder / "bao-cao.docx"
    path.write_bytes(docx_write.written(draft, datetime(2026, 12, 31, tzinfo=UTC)))
    result = desk.check([path])
    return [where.told_of(finding, result.documents[0]) for finding in result.reports[0].findings]


@pytest.mark.parametrize("seed", range(5))
def test_one_of_each_kind_is_planted_and_the_proof_reader_sees_all(draft: Draft, seed: int, tmp_path: Path) -> None:
    assert _findings(draft, tmp_path) == []
    altered, told = planted(draft, seed)
    assert [one.kind for one in told] == [kind.name for kind in KINDS]
    found = _findings(altered, tmp_path)
    assert [one for one in told if not where.is_found(one, found)] == []


def test_the_same_seed_plants_the_same_and_another_one_elsewhere(draft: Draft) -> None:
    assert planted(draft, 3) == planted(draft, 3)
    assert len({tuple(one.printed for one in planted(draft, seed)[1]) for seed in range(6)}) > 1


def test_only_what_is_printed_is_altered(draft: Draft) -> None:
    altered, told = planted(draft, 1)
    before, after = list(draft.numbers), list(altered.numbers)
    assert [(one.value, one.form, one.source) for one in before] == [(one.value, one.form, one.source) for one in after]
    texts = [(old.text, new.text) for old, new in zip(before, after, strict=True) if old.text != new.text]
    assert sorted(texts) == sorted(
        (one.meant, one.printed) for one in told if one.printed[0].isdigit() and "/" not in one.printed
    )
    assert (altered.head, altered.signature, altered.recipients) == (draft.head, draft.signature, draft.recipients)


def test_each_mistake_has_a_line_of_its_own(draft: Draft) -> None:
    _, told = planted(draft, 4)
    assert len({one.line for one in told}) == len(told)


def test_where_a_kind_has_no_place_it_is_left_out(draft: Draft) -> None:
    bare = Draft(draft.head, (Paragraph(_line("Tình hình ổn định.")),), draft.signature, ())
    assert planted(bare, 1) == (bare, [])


@pytest.mark.parametrize("text", ["107,2", "1.154.880", "45,0", "98,8"])
def test_exchanged_digits_move_a_number_beyond_rounding(text: str) -> None:
    for seed in range(20):
        slipped = transposed(text, Random(seed))
        assert slipped is not None
        assert sorted(slipped) == sorted(text)
        assert slipped[0] != "0"
        old, new = (Decimal(one.replace(".", "").replace(",", ".")) for one in (text, slipped))
        assert abs(new - old) * 100 > old


@pytest.mark.parametrize("text", ["7", "111", "100,01", "40"])
def test_a_number_that_cannot_slip_is_left(text: str) -> None:
    assert transposed(text, Random(1)) is None


def test_what_no_finding_speaks_of_is_missed(draft: Draft) -> None:
    _, told = planted(draft, 2)
    others = [where.Told("Ghi 31.606,3 tấn, 1.15.48801", "Một đoạn khác"), where.Told("", "")]
    assert not any(where.is_found(one, others) for one in told)
    assert "SÓT / missed" in where.table_of([(told[0], False)])
