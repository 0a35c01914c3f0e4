"""The printed number or sign that a heading, a list item or a note begins with."""

from __future__ import annotations

import re

_PART = (
    r"(?:phần|chương|mục|phụ\s+lục|PHẦN|CHƯƠNG|MỤC|PHỤ\s+LỤC|Phần|Chương|Mục|Phụ\s+lục|Điều|ĐIỀU)\s+"
    r"(?:(?:thứ|Thứ|THỨ)\s+[^\W\d]+(?:\s+(?:một|hai|ba|tư|năm|MỘT|HAI|BA|TƯ|NĂM)\b)?|[IVXLC]+\b|\d{1,3}\b|[A-ZĐ]\b)[.:]?"
)
_GLUED_WORD = r"[^\W\d_a-zà-ỹđ]"  # a label may stand right before a capital ("1.Sản xuất")
_NUMBER = (
    r"\d{1,2}(?:\.\d{1,2}){1,3}[.)/]?(?=\s+[^\W\d])"
    rf"|\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}[.)/](?![\d.])(?=\s|$|{_GLUED_WORD})"
)
_LETTER = (
    r"[a-zđ]\)(?!\))|[a-hđ][./](?=\s)|[A-HĐ][.)/](?=\s|$)"
    rf"|[IVX]{{1,6}}[.)/](?=\s|$|{_GLUED_WORD})|[IVX]{{1,6}}\s[-–](?=\s)"
)
_BRACKET = r"\((?:\d{1,3}|[a-zđ]|[ivx]{1,5}|[IVX]{1,5})\)(?=\s)"
_SIGN = r"[-–—+](?=\s|[^\W\d_])|[•●▪◦○■□►➢✓·]|\*(?=\s)"
_LABEL = re.compile(f"(?:{_PART})(?=\\W|$)|{_NUMBER}|{_LETTER}|{_BRACKET}|{_SIGN}")
_EMPHASIS_BEFORE = re.compile(r"#{1,6}\s+|\*{1,2}(?=\*?\s?\S)|__?(?=\S)")
_FIRST = frozenset("PCMĐpcm0123456789abcdefghijklmnopqrstuvwxyzđABCDEFGHĐIVX(-–—+•●▪◦○■□►➢✓·*#_\\")
DOCUMENT_KINDS = frozenset(
    "BÁO CÁO|KẾ HOẠCH|TỜ TRÌNH|NGHỊ QUYẾT|QUYẾT ĐỊNH|THÔNG BÁO|CHƯƠNG TRÌNH|ĐỀ ÁN|PHƯƠNG ÁN|DỰ THẢO|CHỈ THỊ".split("|")
)
PART_WORDS = ("phần", "chương", "mục", "phụ", "điều")


def unmarked(text: str) -> str:
    """The text without Markdown's signs before its first word, and without their backslashes."""
    if text[0] not in "#*_" and "\\" not in text[:10]:
        return text
    head = text.lstrip("#").lstrip() if text[0] == "#" else text
    stars = len(head) - len(head.lstrip("*"))
    if stars in (2, 4) or (stars == 1 and not head.startswith("* ")):
        head = head[stars:]
    elif stars == 3:
        head = head[2:] if head[3:4] == " " else head[3:]
    elif head.startswith("_"):
        head = head.lstrip("_")
    return head.replace("\\", "", 2) if "\\" in head[:10] else head


def label_of(text: str) -> str:
    """The label as printed ("II.", "2.1.", "a)", "(3)", "-"), or an empty string.

    >>> label_of("2.1. Lĩnh vực kinh tế"), label_of("1.583,7 ha"), label_of("- Lúa: 30 ha")
    ('2.1.', '', '-')
    """
    if not text or text[0] not in _FIRST:
        return ""
    head = unmarked(text)
    match = _LABEL.match(head)
    return match[0].strip() if match else ""


def is_part(label: str) -> bool:
    """Whether a label is that of a part, a chapter or an annex ("Phần thứ nhất")."""
    return label[:1] in "PCMĐpcm" and label.lower().startswith(PART_WORDS)


def is_sign(label: str) -> bool:
    """Whether a label is a dash, a plus or a bullet, which does not count."""
    return len(label) == 1 and not label.isalnum()


def number_in(label: str) -> int:
    """The last number of an Arabic label ("2.1." is 1), or 0."""
    digits = re.findall(r"\d+", label)
    return int(digits[-1]) if digits else 0


def in_capitals(text: str) -> bool:
    """Whether all of a line's letters are capitals, and there is more than one word's worth of them."""
    return text.isupper() and sum(map(str.isalpha, text)) >= 4


_LONGEST_HEADING = 160
_FIGURE_AFTER_COLON = re.compile(r":\s*\S")
_SENTENCE_INSIDE = re.compile(r"[.!?]\s+\S|;.*;|;.*\d")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*\s?(?:%|ha\b|tấn|tỷ|triệu|con\b|hộ\b|người)")


def is_heading(text: str, label: str, *, bold: bool) -> bool:
    """Whether a whole fragment is a heading: its label, its capitals, its shortness, its type."""
    if len(text) > 2 * _LONGEST_HEADING:
        return False
    if in_capitals(text):
        return not is_sign(label) or bold
    if is_part(label):
        return len(text) <= _LONGEST_HEADING
    if len(text) > _LONGEST_HEADING or text.endswith((";", ",", "./.")):
        return False
    words = text[len(label) :].strip()
    if not words or _FIGURE_AFTER_COLON.search(words) or _SENTENCE_INSIDE.search(words) or _FIGURE.search(words):
        return False
    if bold:
        return True
    if not label or is_sign(label) or not words[0].isupper():
        return False
    return label[0] != "(" and not (label[0].islower() and text.endswith("."))
