"""A note's mark that a conversion has lowered to the line is told from a figure by the words around it."""

from __future__ import annotations

import re
from collections import Counter

from baocao.formats.layout_text import Cut

_SMALL_NUMBER = re.compile(r"[ \u00a0]\d{1,3}\b(?![.,/]\d)")
_WORD_BEFORE = re.compile(r"([^\W_]+)[)”\"»’]?\s*$")
_WORD_AFTER = re.compile(r"\s+([^\W\d_]+|\()")
_YEAR = re.compile(r"(?:19|20)\d\d$")

# words that a small number belongs to ("đợt 1", "lần thứ 4", "khóa 5", "đạt 7 tiêu chí")
_NUMBERED = frozenset(
    "đợt lần thứ khóa khoá số quý tháng ngày năm mục điều khoản lớp cấp nhóm đoạn loại hạng tổ thôn xóm khu phố phường "
    "quận bước kỳ vụ mũi đến từ là trên dưới hơn gần khoảng được đạt tăng giảm mức độ tuổi phần bảng biểu lục chí tiêu "
    "quyết định tư luật án lộ đường tuyến tầng bậc và hoặc với có còn gồm chương hình phụ chốt cụm vùng trạm mốc tập "
    "chỉ bằng chiếm cho trong khối ban đội tiểu km lô thửa tờ dãy nhà phòng ký tín trang tạm dự cột dòng hàng".split()
)
# words that go on with a sentence and cannot be counted
_GOING_ON = frozenset(
    "theo và của để nhằm trên tại với được đã cho trong do là có bằng so từ góp tiếp đảm bảo nên mà thì đồng ngay "
    "cùng bởi về vào ra khi sau trước nhưng song còn cũng như gồm thuộc hiện đang sẽ phù kịp đúng đáp đưa (".split()
)
IN_SENTENCE = 2  # in the middle of a sentence, before a word that goes on
AT_END = 3  # at the end of a sentence or a clause, after a word
GLUED = 4  # glued to a word or a year


def words_before_numbers(source: str) -> Counter[str]:
    """How often each word stands before a small number: "mũi 1 ... mũi 2" are numbers and no marks."""
    counted: Counter[str] = Counter()
    for match in _SMALL_NUMBER.finditer(source):
        if word := _WORD_BEFORE.search(source, max(0, match.start() - 12), match.start()):
            counted[word[1].lower()] += 1
    return counted


def find_mark(
    source: str, number: int, start: int, end: int, numbered: Counter[str], least: int, *, first: bool = False
) -> Cut | None:
    """The best place for a lowered mark between two places; of equals the last, or the first if so asked."""
    digits = str(number)
    best: Cut | None = None
    best_score = least - 1
    at = source.find(digits, start, end)
    while at >= 0:
        score = _score(source, at, digits, numbered)
        if score > best_score or (score == best_score and best is not None and not first):
            space = source[at - 1 : at] in (" ", "\u00a0")
            best, best_score = Cut(at - space, at + len(digits), digits, at), score
        at = source.find(digits, at + 1, end)
    return best


def _score(source: str, at: int, digits: str, numbered: Counter[str]) -> int:
    """How much a number looks like a lowered mark: 0 is not at all."""
    if at == 0:
        return 0
    end = at + len(digits)
    after = source[end : end + 24]
    if after[:1].isdigit() or after[:1] in "%/-°" or (after[:1] in ".," and after[1:2].isdigit()):
        return 0
    if after[:1].isalpha():
        return 0
    before = source[max(0, at - 24) : at]
    if before[-1].isspace():
        return _spaced(before, after, numbered)
    return _glued(before, after, digits)


def _glued(before: str, after: str, digits: str) -> int:
    last = before[-1]
    if last.isdigit():
        return GLUED if _YEAR.search(before) and not before[-5:-4].isdigit() and before[-5:-4] not in ".," else 0
    if last.isalpha():
        word = _WORD_BEFORE.search(before)
        if word is None or last.isupper() or not word[1].isalpha():
            return 0
        is_square = word[1] in ("m", "km", "cm", "dm", "hm", "dam", "mm") and digits in ("2", "3")
        return 0 if is_square or len(word[1]) < 2 else GLUED
    if last in ')”"»’':
        return AT_END
    return AT_END if last in ".;," and before[-2:-1].isalpha() and (not after or after[0].isspace()) else 0


def _spaced(before: str, after: str, numbered: Counter[str]) -> int:
    match = _WORD_BEFORE.search(before)
    if match is None or (before[-1] == "\n" and after[:1] in ".)"):
        return 0
    word = match[1]
    is_year = len(word) == 4 and _YEAR.match(word) is not None
    if not is_year and (not word.isalpha() or word.lower() in _NUMBERED or numbered[word.lower()] > 2):
        return 0
    if after[:1] in ".;:!?…" or not after.strip():
        return AT_END
    if after[:1] in ",)":
        return AT_END if is_year or word[0].islower() else 0
    following = _WORD_AFTER.match(after)
    return IN_SENTENCE if following and following[1] in _GOING_ON else 0
