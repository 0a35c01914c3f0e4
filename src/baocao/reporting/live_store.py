"""The store that a report's numbers are looked up in again: for its own unit, as things stood when its period ended."""

from __future__ import annotations

from baocao.drafting import outline_reading
from baocao.drafting.outline import Purpose
from baocao.formats.docx_live import LiveFile
from baocao.ledger.book import Book, CannotAsk
from baocao.model.geography import NotOnTheMap
from baocao.model.period import NotAPeriod, Period
from baocao.model.text import Text
from baocao.reporting import looking_up
from baocao.reporting.answering import Answers
from baocao.reporting.looking_up import Lookup

_NO_HEAD = Text(
    "tệp không cho biết báo cáo của đơn vị nào, kỳ nào (unit=“{unit}”, period=“{period}”); hãy lấy lại bản trước.",
    "the file does not say whose report it is and for when (unit=“{unit}”, period=“{period}”); take an earlier copy.",
)
_NO_UNIT = Text(
    "báo cáo là của đơn vị có mã “{unit}”, danh mục đang dùng không có đơn vị này; hãy gọi trong thư mục có "
    "baocao.toml của đơn vị đó, hoặc thêm --units.",
    "the report is of the unit with the code “{unit}”, which the list in use does not have; call it in the folder "
    "with that unit's baocao.toml, or add --units.",
)


def lookup_in(book: Book, live: LiveFile) -> Lookup | None:
    """How the numbers of a file are looked up in a book; None for a file whose part is lost.

    Raises ``CannotAsk``.
    """
    if live.part is None:
        return None
    unit, code = live.part.unit, live.part.period
    try:
        period = Period.parse(code)
    except NotAPeriod as problem:
        raise CannotAsk(_NO_HEAD.fill(unit=unit, period=code)) from problem
    try:
        book.geography.by_key(unit)
    except NotOnTheMap as problem:
        raise CannotAsk(_NO_UNIT.fill(unit=unit)) from problem
    results = _results(live.part.outline, period)
    return looking_up.over(Answers.about(book, unit, results.end, told_on=live.part.drafted), unit, results)


def _results(outline: str, period: Period) -> Period:
    """The period whose results the report tells: a plan for next year tells those of the year before."""
    try:
        purpose = outline_reading.built_in(outline).purpose
    except KeyError:
        return period
    return period.last_year if purpose is Purpose.NEXT_YEAR else period
