"""A short fictional report, read by the real readers, with remarks made on it by hand."""

from __future__ import annotations

from pathlib import Path

from baocao import formats
from baocao.model import Cell, Document, Finding, Passage, Run, Severity, Span, Table, Text

# Every place, person and figure here is invented.
REPORT = """\
BÁO CÁO
Tình hình kinh tế - xã hội 6 tháng đầu năm 2031 của xã Đồng Mẫu (xã hư cấu)

I. LĨNH VỰC KINH TẾ
1. Sản xuất nông nghiệp
- Gieo trồng được 412/430 ha lúa, đạt 99,1% kế hoạch¹; năng suất 61,5 tạ/ha.
- Tổng đàn vật nuôi 1.250 con, trong đó: trâu 210 con, bò 480 con, lợn 570 con.
¹ Gồm 210 ha lúa xuân và 120 ha lúa mùa.
2. Thu ngân sách
- Thu ngân sách đạt 4,52 tỷ đồng, tăng 12% so với cùng kỳ.
II. LĨNH VỰC VĂN HÓA - XÃ HỘI
1. Giáo dục
- Có 04 trường học <script>alert(1)</script> & 62 lớp.
"""

TITLES = {
    "ratio": Text("Tỷ lệ phần trăm", "Ratio"),
    "total": Text("Tổng và các phần", "Total and parts"),
    "value": Text("Một số liệu nêu hai lần", "One figure stated twice"),
}


def document(folder: Path) -> Document:
    """The report as the text reader reads it."""
    path = folder / "báo cáo mẫu.txt"
    path.write_text(REPORT, encoding="utf-8")
    return formats.read(path)


def place_of(document: Document, words: str, number: int = 0) -> Span:
    """The first span at which words stand."""
    for index, block in enumerate(document.blocks):
        if isinstance(block, Passage) and words in block.text:
            start = block.text.index(words)
            return Span(index, start, start + len(words), document=number)
    raise LookupError(words)


def findings(document: Document, number: int = 0) -> tuple[Finding, ...]:
    """An error, a warning and a note."""

    def at(words: str) -> Span:
        return place_of(document, words, number)

    return (
        Finding(
            "ratio",
            Severity.ERROR,
            at("412/430 ha lúa, đạt 99,1% kế hoạch"),
            Text("Ghi 99,1% nhưng 412/430 là 95,8%.", "It says 99,1% but 412/430 is 95,8%."),
            also=(at("210 ha lúa xuân"),),
            marked=(at("412/430"), at("99,1%")),
            stated="99,1%",
            expected="95,8%",
            arithmetic="412 / 430",
        ),
        Finding(
            "total",
            Severity.WARNING,
            at("Tổng đàn vật nuôi 1.250 con, trong đó: trâu 210 con, bò 480 con, lợn 570 con"),
            Text("Các phần cộng lại khác tổng <b>đậm</b>.", "The parts make another total <b>bold</b>."),
            marked=(at("1.250 con"), at("210 con"), at("480 con"), at("570 con")),
            stated="1.250",
            expected="1.260",
            arithmetic="210 + 480 + 570",
        ),
        Finding("value", Severity.NOTE, at("62 lớp"), Text("Nên xem lại.", "Worth a look.")),
    )


def with_table() -> Document:
    """A document of one table, with a merged head and an empty cell."""
    words = ["Chỉ tiêu", "Kế hoạch", "Thực hiện", "Diện tích lúa", "430", "412", "Sản lượng", "2.120"]
    places = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (2, 0), (2, 2)]
    source = "\t".join(words)
    cells, offset = [], 0
    for word, (row, column) in zip(words, places, strict=True):
        cells.append(Cell(word, (Run(0, offset, len(word)),), row, column))
        offset += len(word) + 1
    return Document("biểu.xlsx", source, (Table(tuple(cells), 3, 3, "Biểu 01"),), suffix=".xlsx")
