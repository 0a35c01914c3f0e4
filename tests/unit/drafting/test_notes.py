"""Footnotes that part a total: of which one they speak is clear, whatever was told before them."""

from __future__ import annotations

from datetime import date

from baocao.drafting.composing import compose
from baocao.drafting.outline_reading import outline_in
from baocao.drafting.setting import Setting
from baocao.model.draft import Note, Paragraph, text_of
from tests.unit.drafting.small_facts import HALF, PROVINCE, SmallFacts

OUTLINE = """\
[outline]
code = "thu"
vi = "Thử"
en = "A trial"
purpose = "six_months"
kind = "BÁO CÁO"
symbol = "BC-UBND"
summary = "Kết quả 6 tháng đầu năm {year} của {unit}"
recipients = ["Lưu: VT."]
[[section]]
key = "a"
depth = 1
title = "MỤC A"
say = [SAID]
"""
SETTING = Setting(PROVINCE, HALF, date(2026, 6, 30), "Ủy ban nhân dân tỉnh Sông Mây", "Sông Mây")
FILES = {
    "hs_tiep_nhan": "9", "hs_giai_quyet": "5", "hs_dang_giai_quyet": "4", "hs_dang_trong_han": "3",
    "hs_dang_qua_han": "1", "hs_ky_truoc_chuyen": "2", "hs_tiep_nhan_moi": "7",
}  # fmt: skip
CAME = '{ parts = ["hs_tiep_nhan", "hs_ky_truoc_chuyen", "hs_tiep_nhan_moi"] }'
LEFT = '{ parts = ["hs_dang_giai_quyet", "hs_dang_trong_han", "hs_dang_qua_han"] }'


def _note(said: str) -> str:
    """The one footnote of what is said."""
    facts = SmallFacts()
    for code, value in FILES.items():
        facts.tell(code, value)
    draft = compose(outline_in(OUTLINE.replace("SAID", said), "thu.toml", {}), SETTING, facts)
    (note,) = (
        piece
        for block in draft.blocks
        if isinstance(block, Paragraph)
        for piece in block.line
        if isinstance(piece, Note)
    )
    return " ".join(text_of(line) for line in note.lines)


def test_parts_told_behind_those_of_another_total_name_theirs() -> None:
    flow = '{ flow = ["hs_tiep_nhan", "hs_giai_quyet", "hs_dang_giai_quyet"], noun = "hồ sơ", notes = ['
    said = _note(f"{flow}{CAME}, {LEFT}] }}")
    assert said.startswith("Trong đó: số hồ sơ từ kỳ trước chuyển sang 02 hồ sơ; ")
    assert "Trong số hồ sơ đang giải quyết: số hồ sơ đang giải quyết, trong hạn 03 hồ sơ; " in said


def test_parts_told_first_need_no_name() -> None:
    said = _note(f'{{ plain = ["hs_dang_giai_quyet"], notes = [{LEFT}] }}')
    assert said.startswith("Trong đó: số hồ sơ đang giải quyết, trong hạn 03 hồ sơ; ")
