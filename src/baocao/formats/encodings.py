"""Text files of Vietnamese offices come in UTF-8, UTF-16, or in an 8-bit encoding of the years before Unicode."""

from __future__ import annotations

import codecs
import re
import unicodedata

from baocao.formats.errors import Unreadable
from baocao.model import Text

_BINARY = Text(
    "nội dung là dữ liệu nhị phân, không phải văn bản; hãy đưa tệp Word, PDF, Excel hoặc .txt của báo cáo.",
    "the content is binary, not text; give the report's Word, PDF, Excel or .txt file.",
)
_CUT_OFF = Text(
    "văn bản {encoding} bị cắt cụt hoặc bị hỏng ở byte {place}; hãy lưu lại tệp ở bảng mã UTF-8.",
    "the {encoding} text is cut off or damaged at byte {place}; save the file again as UTF-8.",
)
_UNKNOWN = Text(
    "không nhận ra bảng mã: không phải UTF-8, UTF-16, TCVN3 (ABC), VNI hay Windows-1258; "
    "hãy mở tệp bằng chương trình đã soạn ra nó rồi lưu lại ở bảng mã UTF-8.",
    "the encoding is not known: not UTF-8, UTF-16, TCVN3 (ABC), VNI or Windows-1258; "
    "open the file in the program that wrote it and save it as UTF-8.",
)
_VIQR = Text(
    "văn bản gõ kiểu VIQR (dấu viết bằng ^ ( + ' ` ? ~ .) không được hỗ trợ; hãy chuyển sang UTF-8, ví dụ bằng UniKey.",
    "the text is written in VIQR (accents as ^ ( + ' ` ? ~ .), which is not read; convert it to UTF-8 first.",
)
_NO_TEXT = Text(
    "tệp không có chữ nào, chỉ có khoảng trắng; hãy kiểm tra lại nội dung đã lưu.",
    "the file has no words, only white space; check what was saved.",
)


def decode(content: bytes) -> str:
    """The text of a file: NFC, without a byte order mark, lines ended by a line feed alone.

    Raises ``Unreadable`` for what is no text, and for encodings that are not known.
    """
    text = _normal(_decoded(content))
    if not text.strip():
        raise Unreadable(_NO_TEXT)
    return text


def _normal(text: str) -> str:
    if text.startswith("\ufeff"):
        text = text[1:]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    # line by line, since one decomposed letter makes the whole string it stands in slow to compose
    return "\n".join([unicodedata.normalize("NFC", line) for line in text.split("\n")])


_WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b"))


def _decoded(content: bytes) -> str:
    for mark, encoding in _WIDE_MARKS:
        if content.startswith(mark):
            return _wide(content, encoding)
    if 0 in content[:8192]:
        return _wide(content, _unmarked_wide(content[:8192]))
    controls = len(content) - len(content.translate(None, _CONTROLS))
    if controls * 50 > len(content):
        raise Unreadable(_BINARY)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        if not _is_damaged_utf8(content, error):
            return _eight_bit(content)
        return content.decode("utf-8", errors="replace").rstrip("\ufffd")
    return _repaired(text)


def _wide(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.upper()[:6]
        raise Unreadable(_CUT_OFF.fill(encoding=name, place=error.start)) from error


def _unmarked_wide(head: bytes) -> str:
    """UTF-16 without its mark: the zero bytes of its plain letters all stand on one side."""
    evens, odds = head[::2].count(0), head[1::2].count(0)
    if max(evens, odds) * 5 < len(head) // 2 or min(evens, odds) * 10 > max(evens, odds):
        raise Unreadable(_BINARY)
    return "utf-16-le" if odds > evens else "utf-16-be"


_UTF8_LETTER = re.compile(rb"[\xc3-\xc6\xe1][\x80-\xbf]")


def _is_damaged_utf8(content: bytes, error: UnicodeDecodeError) -> bool:
    """Whether a text is UTF-8 all the same: cut off in its last letter, or spoilt in a few places only."""
    if error.start >= len(content) - 4 and error.start > 0:
        return True
    sound = len(_UTF8_LETTER.findall(content))
    spoilt = content.decode("utf-8", errors="replace").count("\ufffd")
    return sound > 50 * spoilt


# words that make up a fifth of any Vietnamese report, and hardly any of another text
_COMMON = frozenset(
    "và của các được trong năm cho đã với thực hiện công tác kế hoạch huyện tỉnh xã đạt số tổ chức về để là theo trên "
    "địa bàn có phát triển kinh tế xã hội nhân dân ủy ban nhiệm vụ tháng đến từ người không những này quản lý".split()
)
_ACCENTED = frozenset(word for word in _COMMON if not word.isascii())
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 60_000


def _vietnamese_share(text: str) -> float:
    """Which share of a text's words are the accented ones of ``_COMMON``."""
    words = _WORD.findall(unicodedata.normalize("NFC", text[:_SAMPLE]).lower())
    return sum(map(_ACCENTED.__contains__, words)) / len(words) if words else 0.0


_ENOUGH = 0.04


def _eight_bit(content: bytes) -> str:
    """The 8-bit encoding in which a text has the most Vietnamese words; none of them raises ``Unreadable``."""
    from baocao.formats.encodings_legacy import from_tcvn3, from_vni

    candidates = (
        from_tcvn3(content.decode("latin-1")),
        from_vni(content.decode("cp1252", errors="replace")),
        content.decode("cp1258", errors="replace"),
    )
    best = max(candidates, key=_vietnamese_share)
    if _vietnamese_share(best) < _ENOUGH:
        raise Unreadable(_UNKNOWN)
    return best


_BELOW_LETTERS = bytes(range(0xA1))
_VIQR_LETTER = re.compile(r"[aeoAEO]\^|[uoUO]\+|[aA]\(|\bdd|\bDD|\bDd")


def _repaired(text: str) -> str:
    """Text that is UTF-8 in name only: the bytes of an older encoding, turned into UTF-8 one by one."""
    head = text[:_SAMPLE]
    if head.isascii():
        if len(_VIQR_LETTER.findall(head)) * 12 > len(_WORD.findall(head)) > 20:
            raise Unreadable(_VIQR)
        return text
    western = len(head.encode("latin-1", errors="ignore").translate(None, _BELOW_LETTERS))
    if western * 12 < len(head) or _vietnamese_share(head) >= _ENOUGH / 2:
        return text
    try:
        return _eight_bit(text.encode("latin-1", errors="strict"))
    except (UnicodeEncodeError, Unreadable):
        return text
