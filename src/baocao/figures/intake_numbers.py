"""Numbers in files, read only where they can mean one thing.

"1.234" is a thousand and more in a Vietnamese file and a little over one in a file that a machine wrote;
"1,234" the other way round. Which of the two holds is seen from the other numbers of the same file;
where these do not tell, or tell both, such a number is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum

from baocao.model.text import Text


class Habit(Enum):
    """How a file writes numbers."""

    VIETNAMESE = "vi"  # 1.234,5
    MACHINE = "machine"  # 1234.5, 1,234.5
    UNKNOWN = "unknown"  # nothing in the file tells
    MIXED = "mixed"  # both


_AMBIGUOUS = Text(
    "{seen} có thể là {one} hoặc {two}: {why}. Hãy ghi theo một kiểu không lẫn được, "
    "hoặc chỉ rõ kiểu ghi số của tệp (--numbers vi nếu 1.234,5; --numbers machine nếu 1234.5).",
    "{seen} can be {one} or {two}: {why}. Write it so that it cannot be mistaken, "
    "or say how the file writes numbers (--numbers vi for 1.234,5; --numbers machine for 1234.5).",
)
_NO_SIGN = Text("trong tệp không có số nào khác cho biết dấu nào là dấu thập phân", "no other number in the file tells")
_BOTH_SIGNS = Text("tệp dùng lẫn lộn hai kiểu ghi số", "the file writes numbers in both ways")
_AGAINST = Text(
    "{seen} không đọc được theo kiểu ghi số của tệp này ({style}); hãy sửa lại ô này.",
    "{seen} does not fit how this file writes numbers ({style}); correct the cell.",
)
_BROKEN = Text(
    "{seen} viết sai dấu phân cách (mỗi nhóm phải có ba chữ số, chỉ một dấu thập phân); hãy sửa lại số.",
    "{seen} has its separators wrong (groups of three digits, one decimal sign); correct the number.",
)
_POWER = Text(
    "{seen} là số viết kiểu lũy thừa, có thể đã mất chữ số; hãy ghi đủ các chữ số.",
    "{seen} is written with a power of ten and may have lost digits; write all its digits.",
)
_NO_NUMBER = Text(
    "{seen} không phải là số; cần số hoặc ký hiệu: chưa có số liệu, không phát sinh, không thu thập, chưa đánh giá.",
    "{seen} is no number; expected is a number or a mark: not available, none occurred, not collected, not rated.",
)
_STYLES = {Habit.VIETNAMESE: "1.234,5", Habit.MACHINE: "1234.5"}

_BLANKS = re.compile(r"(?<=[0-9])[ \u00a0\u202f](?=[0-9]{3}(?![0-9]))")
_NUMBER = re.compile(r"[+\-\u2212]?(?P<digits>[0-9][0-9.,]*)")
_PLAIN = re.compile(r"[0-9]+")
_FORMS = {
    Habit.VIETNAMESE: re.compile(r"(?:[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]+)?"),
    Habit.MACHINE: re.compile(r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"),
}
# Commas and three places after a point: in Vietnamese reports a slip for 126.153.000 as often as English
_SLIP = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{3}")
_POWERS = re.compile(r"[+-]?[0-9.,]+e[+-]?[0-9]+", re.IGNORECASE)


def habit_of(texts: Iterable[str]) -> Habit:
    """How the numbers among these texts are written; numbers that can be read both ways tell nothing."""
    seen = {habit for text in texts if (habit := _told_by(text)) is not None}
    if len(seen) > 1:
        return Habit.MIXED
    return seen.pop() if seen else Habit.UNKNOWN


def _told_by(text: str) -> Habit | None:
    found = _NUMBER.fullmatch(_BLANKS.sub("", text.rstrip(" %")))
    if found is None or _SLIP.fullmatch(found["digits"]):
        return None
    fits = [habit for habit, form in _FORMS.items() if form.fullmatch(found["digits"])]
    return fits[0] if len(fits) == 1 else None


def read_number(text: str, habit: Habit = Habit.UNKNOWN) -> Decimal | Text:
    """The number, or why it is refused.

    >>> read_number("1.492,9"), read_number("87.5"), read_number("1.234", Habit.VIETNAMESE)
    (Decimal('1492.9'), Decimal('87.5'), Decimal('1234'))
    """
    joined = _BLANKS.sub("", text.strip())
    found = _NUMBER.fullmatch(joined)
    if found is None:
        refusal = _POWER if _POWERS.fullmatch(joined) else _NO_NUMBER
        return refusal.fill(seen=f"“{text}”")
    digits = found["digits"]
    sign = "-" if joined[0] in "-\u2212" else ""
    if _PLAIN.fullmatch(digits):
        return Decimal(sign + digits)
    fits = [other for other, form in _FORMS.items() if form.fullmatch(digits)]
    if not fits or (habit is not Habit.MACHINE and _SLIP.fullmatch(digits)):
        return _BROKEN.fill(seen=f"“{text}”")
    if habit in _FORMS and habit not in fits:
        return _AGAINST.fill(seen=f"“{text}”", style=_STYLES[habit])
    if habit not in _FORMS and len(fits) > 1:
        why = _BOTH_SIGNS if habit is Habit.MIXED else _NO_SIGN
        one, two = (_read(digits, other) for other in fits)
        words = {"seen": f"“{text}”", "one": f"{one:f}", "two": f"{two:f}"}
        return Text(_AMBIGUOUS.vi.format(**words, why=why.vi), _AMBIGUOUS.en.format(**words, why=why.en))
    return Decimal(sign + str(_read(digits, habit if habit in fits else fits[0])))


def _read(digits: str, habit: Habit) -> Decimal:
    if habit is Habit.VIETNAMESE:
        return Decimal(digits.replace(".", "").replace(",", "."))
    return Decimal(digits.replace(",", ""))
