"""A decision as offices write it: "12/NQ-HĐND, 20/12/2025", "Nghị quyết số 12/NQ-HĐND ngày 20 tháng 12 năm 2025"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from baocao.model.target import Decision
from baocao.model.text import Text
from baocao.reference import load

_UNREAD = Text(
    "“{seen}” chưa hiểu được là quyết định nào; cần số, ký hiệu và ngày ban hành của một văn bản, ví dụ "
    "“12/NQ-HĐND ngày 20/12/2025”; hãy sửa ô này.",
    "“{seen}” cannot be read as a decision; expected are the number and the day of one instrument, such as "
    "“12/NQ-HĐND ngày 20/12/2025”; correct the cell.",
)
_NO_SUCH_DAY = Text(
    "“{seen}” ghi một ngày không có trong lịch; hãy ghi ngày ban hành như 20/12/2025.",
    "“{seen}” gives a day that no calendar has; write the day of issue as 20/12/2025.",
)
_NOT_ITS_KIND = Text(
    "“{seen}” gọi văn bản là “{kind}” nhưng ký hiệu lại ghi “{code}”; hãy sửa tên loại hoặc ký hiệu.",
    "“{seen}” calls it “{kind}” and its symbol says “{code}”; correct the kind or the symbol.",
)
_DAY = r"(?P<day>\d{1,2}) ?[/.-] ?(?P<month>\d{1,2}) ?[/.-] ?(?P<year>\d{4})"
_ISO = r"(?P<year_2>\d{4})-(?P<month_2>\d\d)-(?P<day_2>\d\d)(?: 00:00(?::00)?)?"
# a number, maybe the year, the codes of the kind and of who issues: "12/2025/NQ-HĐND", "05-CT/HU"
_NUMBER = r"\d+[a-zđ]?(?:\s*[/–-]\s*(?:(?:19|20)\d\d(?=\s*/)|[^\W\d_][\w&]*(?:\.[\w&]+)*))*(?!\s*/)"
_CODE = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class WrittenDecision:
    """What a cell tells of a decision; ``issued_on`` is None where its day is not told."""

    number: str
    issued_on: date | None = None
    kind: str = ""
    issuer: str = ""

    def on(self, day: date) -> Decision:
        return Decision(self.number, day, self.kind, self.issuer)


@lru_cache(maxsize=4096)
def read_decision(seen: str) -> WrittenDecision | Text:
    """The decision that words name, or why none can be read from them."""
    found = _pattern().fullmatch(" ".join(seen.split()))
    if found is None:
        return _UNREAD.fill(seen=seen)
    number = re.sub(r"\s*([/–-])\s*", lambda sign: sign[1].replace("–", "-"), found["number"])
    called = (found["kind"] or "").lower()
    codes = _kinds().get(called, ())
    letters = _CODE.findall(number)
    if codes and letters and letters[0].upper() in _codes() and letters[0].upper() not in codes:
        return _NOT_ITS_KIND.fill(seen=seen, kind=found["kind"], code=letters[0])
    try:
        day = _day(found)
    except ValueError:
        return _NO_SUCH_DAY.fill(seen=seen)
    issuer = (found["issuer"] or found["issuer_2"] or found["issuer_3"] or "").strip(" ,;.()")
    return WrittenDecision(number, day, codes[0] if codes and not letters else "", issuer)


def _day(found: re.Match[str]) -> date | None:
    """The day that is told in one of three ways. Raises ``ValueError`` for one that is in no calendar."""
    for mark in ("", "_2", "_3"):
        day, month, year = (found[f"{part}{mark}"] for part in ("day", "month", "year"))
        if day:
            return date(int(year), int(month), int(day))
    return None


@cache
def _pattern() -> re.Pattern[str]:
    """One instrument: its kind, its number, its day, who issued it, what it is about; all but the number may lack."""
    words = {key: _any(listed) for key, listed in load("intake")["decisions"].items()}
    long_day = rf"(?P<day_3>\d{{1,2}}) {words['month']} (?P<month_3>\d{{1,2}}) {words['year']} (?P<year_3>\d{{4}})"
    day = rf"(?:{_DAY}|{_ISO}|{long_day})"
    by = rf"{words['issued']} (?P<{{}}>[^\d;]+?)"
    before = rf"(?:(?P<kind>{_any(_kinds())})(?: {by.format('issuer')})?[ ,]*)?(?:{words['number']}[ :.]*)?"
    dated = rf"(?:[ ,;.–-]*[ (,;.–-](?:{by.format('issuer_2')}[ ,]+)?(?:{words['dated']}[ :]*)?{day}\)?)?"
    behind = rf"(?:[ ,]+{by.format('issuer_3')})?(?:[ ,]+{words['about']} .*)?[ .,;]*"
    return re.compile(rf"[“\" (]*{before}(?P<number>{_NUMBER}){dated}{behind}[”\")]*", re.IGNORECASE)


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


@cache
def _kinds() -> dict[str, tuple[str, ...]]:
    """The words of each kind of instrument, in small letters, with the codes of its symbol."""
    listed = [(kind, (*kind.get("codes", ()), *kind.get("doubtful", ()))) for kind in load("instruments")["kind"]]
    return {word.lower(): codes for kind, codes in listed for word in (*kind["words"], *kind.get("short", ()))}


@cache
def _codes() -> frozenset[str]:
    return frozenset(code for codes in _kinds().values() for code in codes)
