"""A note's mark that a conversion has lowered to the line is told from a figure by the words around it."""

from __future__ import annotations

import re
from collections import Counter

from baocao.formats.layout_text import Cut

_SMALL_NUMBER = re.compile(r"[ \u00a0]\d{1,3}\b(?![.,/]\d)")
_WORD_BEFORE = re.compile(r"([^\W_]+)[)”\"»’]?\s*$")
_WORD_AFTER = re.compile(r"\s+([^\W\d_]+|\()")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_INSTRUMENT = re.compile(r"(?:[Nn]ghị|[Qq]uyết)\s+định$|[Tt]hông\s+tư$")
_IS_YEAR = re.compile(r"(?:19|20)\d\d")
_SQUARE = re.compile(r"(?<![^\W\d])[kcdhm]?m[23²³]$")

# words that a small number belongs to ("đợt 1", "lần thứ 4", "khóa 5", "đạt 7 tiêu chí")
_NUMBERED = frozenset(
    "đợt lần thứ khóa khoá số quý tháng ngày năm mục điều khoản lớp cấp nhóm đoạn loại hạng tổ thôn xóm khu phố phường "
    "quận bước kỳ vụ mũi đến từ là trên dưới hơn gần khoảng được đạt tăng giảm mức độ tuổi phần bảng biểu lục chí tiêu "
    "quyết luật án lộ đường tuyến tầng bậc và hoặc với có còn gồm chương hình phụ chốt cụm vùng trạm mốc tập "
    "chỉ bằng chiếm cho trong khối ban đội tiểu km lô thửa tờ dãy phòng ký tín trang tạm dự cột dòng hàng".split()
)
# words that go on with a sentence and cannot be counted
_GOING_ON = frozenset(
    "theo và của để nhằm trên tại với được đã cho trong do là có bằng so từ góp tiếp đảm bảo nên mà thì đồng ngay "
    "cùng bởi về vào ra khi sau trước nhưng song còn cũng như gồm thuộc hiện đang sẽ phù kịp đúng đáp đưa (".split()
)
POSSIBLE = 1  # after a figure or a name: only where the place of the note leaves no doubt
IN_SENTENCE = 2  # in the middle of a sentence, before a word that goes on
AT_END = 3  # at the end of a sentence or a clause, after a word
GLUED = 4  # glued to a word or a year
_OFTEN = 0.15  # the share of a word's places in which a small number follows


class Habits:
    """How often each word of a text stands before a small number: "mũi 1 ... mũi 2" are numbers and no marks."""

    def __init__(self, source: str) -> None:
        self._text = source.lower()
        self._followed: Counter[str] = Counter()
        for match in _SMALL_NUMBER.finditer(source):
            if word := _WORD_BEFORE.search(source, max(0, match.start() - 12), match.start()):
                self._followed[word[1].lower()] += 1
        self._numbered: dict[str, bool] = {}

    def is_numbered(self, word: str) -> bool:
        """Whether small numbers belong to a word, by the language or by this text's habit."""
        word = word.lower()
        if word in _NUMBERED:
            return True
        if word not in self._numbered:
            followed = self._followed[word]
            self._numbered[word] = followed > 2 and followed >= _OFTEN * self._text.count(word)
        return self._numbered[word]


def find_mark(
    source: str, number: int, start: int, end: int, habits: Habits, least: int, *, first: bool = False
) -> Cut | None:
    """The best place for a lowered mark between two places; of equals the last, or the first if so asked."""
    digits = str(number)
    best: Cut | None = None
    best_score = least - 1
    at = source.find(digits, start, end)
    while at >= 0:
        score = _score(source, at, digits, habits)
        if score > best_score or (score == best_score and best is not None and not first):
            space = source[at - 1 : at] in (" ", "\u00a0")
            best, best_score = Cut(at - space, at + len(digits), digits, at), score
        at = source.find(digits, at + 1, end)
    return best


def _score(source: str, at: int, digits: str, habits: Habits) -> int:
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
        return _spaced(before, after, habits)
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
        return 0 if before[-2:-1].isspace() else AT_END  # an opening quotation mark has a space before it
    return AT_END if last in ".;," and before[-2:-1].isalpha() and (not after or after[0].isspace()) else 0


def _spaced(before: str, after: str, habits: Habits) -> int:
    ends = after[:1] in ".;:!?…," or not after.strip()
    bare = before.rstrip()
    opens_line = "\n" in before[len(bare) :]
    if opens_line and after[:1] in ".)":
        return 0  # the label of a heading or of a list item
    if bare[-1:] in "%)" or _SQUARE.search(bare):
        return _before(after, AT_END if ends else 0)
    match = _WORD_BEFORE.search(bare)
    if match is None:
        return 0
    word = match[1]
    if not word.isalpha() and not _IS_YEAR.fullmatch(word):
        return POSSIBLE if opens_line else IN_SENTENCE  # two numbers in a row: one of them is none
    if _INSTRUMENT.search(bare) or (habits.is_numbered(word) and not word.isdigit()):
        return POSSIBLE if ends or (word.lower() not in _NUMBERED and _before(after, 0)) else 0
    if after[:1] in ",)" and word.istitle():
        return POSSIBLE
    return _before(after, AT_END if ends or after[:1] == ")" else 0)


def _before(after: str, score: int) -> int:
    """The score, or that of a mark in a sentence, when a word follows that goes on with it."""
    following = None if score else _WORD_AFTER.match(after)
    return IN_SENTENCE if following and following[1] in _GOING_ON else score
