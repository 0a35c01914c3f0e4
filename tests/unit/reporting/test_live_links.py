"""A drafted report read back: numbers left as they were written keep the addresses that they were written with."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from baocao import formats
from baocao.formats import docx_write
from baocao.linking import Lexicon, Link, Setting, link
from baocao.model.draft import Draft, Form, Head, Number, Paragraph, Reckoning, Signature, Source, Words
from baocao.model.observation import Address
from baocao.model.period import Period
from baocao.reporting.live_links import live_file, with_live

HALF = Period.months(2026, 1, 6)
SOURCE = Source(Reckoning.VALUE, (Address("SM", "dan_trau", HALF),))


def _draft(words: str) -> Draft:
    number = Number.of(Decimal("2350.4"), Form(), SOURCE, 3, "Tổng đàn trâu")
    line = (Words(words), number, Words(" con."))
    head = Head("UBND TỈNH SÔNG MẪU", "BC-UBND", "Sông Mẫu", "BÁO CÁO", "Tình hình 6 tháng đầu năm 2026")
    return Draft(head, (Paragraph(line),), Signature(("CHỦ TỊCH",)), ("- Lưu: VT.",), unit="SM", period=HALF.code)


def _read(path: Path) -> list[Link]:
    document = formats.read(path)
    found = link(document, Lexicon((), ()), Setting("SM", HALF))
    live = live_file(path, document)
    assert live is not None
    return [one for one in with_live(document, found, live) if isinstance(one, Link)]


def test_words_that_nobody_understands_do_not_hide_a_live_number(tmp_path: Path) -> None:
    path = tmp_path / "bao-cao.docx"
    path.write_bytes(docx_write.written(_draft("Trên các sườn đồi có "), datetime(2026, 6, 20, tzinfo=UTC)))
    (figure,) = _read(path)
    assert (figure.text, figure.value, figure.source) == ("2.350", Decimal("2350.4"), SOURCE)
    assert figure.step == 1


def test_a_text_file_has_no_live_numbers(tmp_path: Path) -> None:
    path = tmp_path / "bao-cao.txt"
    path.write_text("Tổng đàn trâu đạt 2.350 con.", encoding="utf-8")
    assert live_file(path, formats.read(path)) is None
