"""Fragments of report language, put together without sense: what no reader may stumble over."""

from __future__ import annotations

from hypothesis import strategies as st

from baocao.model import Document, Kind, Mark, Passage, Run

_NUMBERS = (
    "0 7 07 45 100 412/430 1.250 1.583,7 97,1 87.5 3.52.168 218,407.000 1,234,567 2031 10-14 108,2-110 1,2,3".split()
)
_DATES = "14/6/2031 31/11/2031 30/9 6/2031 2030-2031 12/KH-UBND 31/2030/NQ-HĐND 05-CT/TW 7h30 24/24".split()
_UNITS = [
    " ha",
    "%",
    " tỷ đồng",
    " triệu đồng",
    " hộ",
    " vụ",
    " con",
    " tạ/ha",
    " tấn",
    "kg",
    " xã",
    " lần",
    " đồng/kg",
]
_CUES = [
    "đạt", "bằng", "tăng", "giảm", "giảm còn", "từ", "lên", "đến", "còn lại", "trong đó", "gồm", "cụ thể", "so với",
    "cùng kỳ", "kế hoạch", "dự toán tỉnh giao", "HĐND giao", "chiếm", "tỷ lệ", "tổng", "tổng cộng", "tổng số", "và",
    "gấp", "trong", "trên", "khoảng", "không quá", "trở lên", "là", "ước", "năm", "tháng", "quý", "ngày",
    "Quyết định số", "Nghị quyết số", "lớp", "mỗi", "bình quân", "năng suất", "sản lượng", "diện tích", "khác",
]  # fmt: skip
_WORDS = ["Đồng Mẫu", "Khe Lạnh", "lúa", "bò", "hộ nghèo", "thôn Nà Hoa", "thu ngân sách", "Hai", "ba huyện", "İ", "ﬁ"]
_MARKS = [", ", "; ", ". ", ": ", " (", ") ", "...", " - ", "/", "=", "“", "”", "+ ", "a) ", "\t", "\u00a0"]

figures = st.builds(lambda number, unit: number + unit, st.sampled_from(_NUMBERS), st.sampled_from([*_UNITS, ""]))
pieces = st.one_of(
    figures,
    figures,
    st.sampled_from(_CUES).map(" {} ".format),
    st.sampled_from(_MARKS),
    st.sampled_from(_DATES + _WORDS).map(" {}".format),
)
passages = st.lists(pieces, max_size=30).map("".join)
anything = st.one_of(passages, st.text(max_size=80))


def document_of(texts: list[str], note: str = "") -> Document:
    """A document of these passages; the first has a mark at its end, of a note when there is one."""
    source = "\n".join([*texts, note])
    blocks: list[Passage] = []
    offset = 0
    for text in texts:
        marks = (Mark(len(text), "1", -1),) if note and not blocks else ()
        blocks.append(Passage(text, (Run(0, offset, len(text)),), marks=marks))
        offset += len(text) + 1
    if note:
        blocks.append(Passage(note, (Run(0, offset, len(note)),), Kind.NOTE, "1"))
    return Document("không tên.txt", source, tuple(blocks), notes={"1": len(texts)} if note else {})
