"""What a year may come to (ước thực hiện cả năm), with its interval and the earlier years that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from baocao.model.period import Period
from baocao.model.text import Text


class Way(Enum):
    """How a year is projected from what there is by a day."""

    SHARE = "share"  # what adds up over the year: by the share of the year that earlier years had reached
    MOVEMENT = "movement"  # a stock: the last level and how it moved from this day to the year's end
    PARTS = "parts"  # a rate: from its projected parts


@dataclass(frozen=True, slots=True)
class Projection:
    """What the year ``whole`` may come to, seen when the day ``on`` ends; all in the indicator's unit.

    ``low`` and ``high`` are None where one earlier year alone is known: one year shows no spread. ``basis`` tells by
    earlier year, the latest first, the percentage of the year that was reached by then (for a stock or a rate the
    movement from then to the year's end).
    """

    whole: Period
    on: date
    way: Way
    now: Decimal
    estimate: Decimal
    low: Decimal | None
    high: Decimal | None
    basis: tuple[tuple[int, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """How far the same projecting went wrong in earlier years: the mean error in per cent of what they came to."""

    years: tuple[int, ...]
    error: Decimal


class Refusal(Enum):
    """Why a year is not projected."""

    OF_PARTS = "of_parts"
    BARE_RATE = "bare_rate"
    YEAR_OVER = "year_over"
    NO_RESULT = "no_result"
    INCOMPLETE = "incomplete"
    NO_HISTORY = "no_history"
    TOO_EARLY = "too_early"
    TOO_FEW = "too_few"
    PART_UNKNOWN = "part_unknown"


REFUSED = {
    Refusal.OF_PARTS: Text(
        "chỉ tiêu gồm nhiều hợp phần, chỉ ước được từng hợp phần", "it is made of parts; project each of them"
    ),
    Refusal.BARE_RATE: Text(
        "tỷ lệ không có tử số, mẫu số trong danh mục nên không ước được; hãy khai báo hai thành phần",
        "a rate without numerator and denominator in the catalogue cannot be projected; name both there",
    ),
    Refusal.YEAR_OVER: Text("năm đã kết thúc, hãy dùng số thực hiện", "the year is over; use its result"),
    Refusal.NO_RESULT: Text(
        "chưa có số thực hiện từ đầu năm; hãy nạp số lũy kế", "there is no result since the start of the year; load it"
    ),
    Refusal.INCOMPLETE: Text(
        "số thực hiện từ đầu năm còn thiếu đơn vị, chưa đủ để ước; hãy bổ sung số liệu của các đơn vị đó",
        "units are missing from the result since the start of the year, not enough to project from; load their figures",
    ),
    Refusal.NO_HISTORY: Text(
        "chưa có năm trước nào có đủ số cùng thời điểm và số cả năm; hãy nạp số liệu các năm trước",
        "no earlier year has both its figure by this day and that of the whole year; load earlier years",
    ),
    Refusal.TOO_EARLY: Text(
        "đến thời điểm này các năm trước mới đạt dưới {least}% cả năm, quá ít để ước",
        "by this day earlier years had reached less than {least}% of the year, too little to go by",
    ),
    Refusal.TOO_FEW: Text(
        "đến thời điểm này năm nay hoặc năm trước mới đếm được dưới {few}, quá ít để ước theo tỷ lệ",
        "by this day fewer than {few} were counted this year or in an earlier one, too few to go by shares",
    ),
    Refusal.PART_UNKNOWN: Text(
        "không ước được các thành phần của tỷ lệ; hãy nạp đủ số liệu của chúng",
        "the parts of the rate cannot be projected; load their figures",
    ),
}


@dataclass(frozen=True, slots=True)
class NotProjected:
    """Why there is no projection, in a code and in words."""

    refusal: Refusal
    why: Text
