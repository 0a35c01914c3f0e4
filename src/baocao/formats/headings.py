"""What a document and its tables call themselves, in the lines printed above them."""

from __future__ import annotations

from collections.abc import Sequence

from baocao.formats.layout_labels import in_capitals
from baocao.model import Block, Kind, Passage

_DOCUMENT_KINDS = (
    "BÁO CÁO", "KẾ HOẠCH", "TỜ TRÌNH", "NGHỊ QUYẾT", "QUYẾT ĐỊNH", "THÔNG BÁO",
    "CHƯƠNG TRÌNH", "ĐỀ ÁN", "PHƯƠNG ÁN", "DỰ THẢO", "CHỈ THỊ",
)  # fmt: skip
_HEAD_BLOCKS = 40
_ABOVE_TABLE = 4


def title_of(blocks: Sequence[Block]) -> str:
    """The document's kind, printed alone in capitals near its head, with the summary under it."""
    passages = [block.text for block in blocks[:_HEAD_BLOCKS] if isinstance(block, Passage)]
    for index, text in enumerate(passages):
        if text in _DOCUMENT_KINDS:
            return " ".join(passages[index : index + 2])
        if in_capitals(text) and text.startswith(tuple(f"{kind} " for kind in _DOCUMENT_KINDS)):
            return text
    return ""


def caption_of(above: Sequence[Block]) -> str:
    """The heading right above a table; "(Kèm theo ...)" and a line naming the unit may stand between."""
    for block in reversed(above[-_ABOVE_TABLE:]):
        if not isinstance(block, Passage) or block.kind is Kind.NOTE:
            return ""
        if block.kind is Kind.HEADING:
            return block.text
        if not block.text.startswith("(") and not block.text.lower().startswith(("đơn vị tính", "đvt")):
            return ""
    return ""
