"""Where a finding stands is said with all the headings above it."""

from __future__ import annotations

from pathlib import Path

from baocao import formats
from baocao.model import Passage, Span
from baocao.showing.place import Places

REPORT = """BÁO CÁO
Tình hình kinh tế - xã hội năm 2025

PHẦN I. KẾT QUẢ THỰC HIỆN

B. KẾT QUẢ TRÊN CÁC LĨNH VỰC

I. LĨNH VỰC KINH TẾ

2. Nông, lâm nghiệp

a) Trồng trọt

Sản lượng lương thực có hạt đạt 14.750 tấn.

c) Chăn nuôi

Tổng đàn trâu 3.180 con.

C. TỒN TẠI, HẠN CHẾ

Tiến độ giải ngân chậm, mới đạt 61,5%.
"""


def _place(words: str, folder: Path) -> str:
    path = folder / "bao-cao.txt"
    path.write_text(REPORT, encoding="utf-8")
    document = formats.read(path)
    block = next(i for i, b in enumerate(document.blocks) if isinstance(b, Passage) and words in b.text)
    return Places(document).of(Span(block, 0, 1), "vi")


def test_a_small_letter_stands_below_a_number_and_a_great_one_above_it(tmp_path: Path) -> None:
    steps = _place("3.180 con", tmp_path).split(" › ")
    assert [step.split(" ")[0].rstrip(".") for step in steps] == ["PHẦN", "B", "I", "2", "c)"]


def test_a_great_letter_ends_all_below_the_part(tmp_path: Path) -> None:
    steps = _place("61,5%", tmp_path).split(" › ")
    assert [step.split(" ")[0].rstrip(".") for step in steps] == ["PHẦN", "C"]
