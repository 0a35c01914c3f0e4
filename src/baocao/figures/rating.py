"""How a result stands to its target: exceeded, met, not met, or not to be said yet.

Two conventions, both those of the printed annexes:

- The percentage of the plan is always result ÷ plan, also where less is better: a column headed "% so với
  kế hoạch" is a plain quotient that any reader works out again from the two cells beside it. So 87,5% of a
  ceiling is better than 100%, and the rating goes by the direction and never by the percentage alone. A ceiling that is
  kept is met and not exceeded.
- A reduction is told by its fall: asked to fall by 4, fallen by 5,01 makes 125,25%.

A result is rated by its exact value: 99,99996% is not met, though it is printed as 100%.

A total that units are missing from is not the result yet: there is no percentage of it, and no rating but one that
the missing units cannot change. Where they can only add to it, a floor reached and a ceiling broken are sure.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from baocao.figures.said import figure, quotient, with_figures
from baocao.model.bound import Asked, bound_of
from baocao.model.indicator import Aim
from baocao.model.target import Rating, Target, TargetKind
from baocao.model.text import Text

RATINGS = {
    Rating.EXCEEDED: Text("Vượt", "Exceeded"),
    Rating.MET: Text("Đạt", "Met"),
    Rating.NOT_MET: Text("Không đạt", "Not met"),
    Rating.PENDING: Text("Cuối năm đánh giá", "Rated at year's end"),
    Rating.INCOMPLETE: Text("Chưa đủ số liệu", "Not enough figures"),
    Rating.UNKNOWN: Text("Chưa có số liệu", "No figure"),
}
_COMPARED = Text("{result} so với {asked} được giao", "{result} against {asked} asked for")
_STRICT = Text(
    "{result} so với mức được giao là {way} {asked}; đúng bằng mức này thì chưa đạt",
    "{result} against {way} {asked} asked for; the bound itself does not meet it",
)
_WAYS = {True: Text("trên", "more than"), False: Text("dưới", "less than")}
_FELL = Text("giảm {fall} so với mức giảm {asked} được giao", "a fall of {fall} against a fall of {asked} asked for")
_NO_FIGURE = Text("chưa có số liệu kết quả", "there is no figure of the result")
_NO_BASE = Text(
    "chưa có số kỳ gốc để tính mức giảm; hãy nạp số liệu cùng kỳ", "the figure it fell from is not known; load it"
)
_SURE = Text(
    "{compared}, dù còn thiếu đơn vị: số còn thiếu chỉ làm tăng thêm",
    "{compared}, though units are missing: what is missing can only add to it",
)
_NOT_ENOUGH = Text(
    "chưa đủ số liệu để đánh giá, vì còn thiếu đơn vị trong tổng hoặc trong số kỳ gốc",
    "not enough figures to rate it by: units are missing from the total or from what it is counted from",
)
_DONE = Text("đã thực hiện", "done")
_NOT_DONE = Text("chưa thực hiện", "not done")
_NEITHER = Text(
    "chỉ tiêu đảm bảo ghi 1 (đã đảm bảo) hoặc 0 (chưa), không phải {seen}; hãy sửa số liệu",
    "an assured target is reported as 1 (done) or 0 (not done), not {seen}; correct the figure",
)


class Rated(NamedTuple):
    """A rating, the percentage of the plan (four decimals; None where none can be told), and what was compared."""

    rating: Rating
    percent: Decimal | None
    why: Text


class Stands(Enum):
    """What stands behind a result."""

    WHOLE = "whole"  # all units that are to report
    LEAST = "least"  # some are missing, and the whole is no less than what is there
    PART = "part"  # some are missing, and the whole may be anything


def rate(
    target: Target,
    result: Decimal | None,
    aim: Aim = Aim.HIGHER,
    *,
    is_final: bool = True,
    fell_from: Decimal | None = None,
    stands: Stands = Stands.WHOLE,
) -> Rated:
    """A result against its target, both in the indicator's unit.

    ``is_final``: whether the target's period is over. Before, a target that is rated at year's end is pending,
    and so is what is not reached yet; a floor that is reached already is said to be. For a target to reduce, the
    result is the fall itself where more is better ("tỷ lệ giảm nghèo"), else a level, which fell from ``fell_from``.
    """
    judged = judge(target, result, aim, fell_from)
    if stands is not Stands.WHOLE and judged.rating is not Rating.UNKNOWN:
        judged = _of_part(target, judged, result if stands is Stands.LEAST else None, aim)
    is_open = not is_final and (target.rated_at_year_end or not _is_reached(target, judged.rating, aim))
    if is_open and (target.rated_at_year_end or judged.rating not in (Rating.UNKNOWN, Rating.INCOMPLETE)):
        return judged._replace(rating=Rating.PENDING)
    return judged


def _of_part(target: Target, judged: Rated, least: Decimal | None, aim: Aim) -> Rated:
    """What can be said of a result that units are missing from; ``least`` is what the whole is no less than."""
    bound = None if target.kind is TargetKind.REDUCE_BY else bound_of(target, aim)
    sure = bound.rate_of_part(least) if bound is not None and least is not None else None
    if sure is None:
        return Rated(Rating.INCOMPLETE, None, _NOT_ENOUGH)
    return Rated(sure, None, with_figures(_SURE, compared=judged.why))


def _is_reached(target: Target, rating: Rating, aim: Aim) -> bool:
    """Whether a result will not fall back below its target before the year ends, as reports take it."""
    bound = bound_of(target, aim)
    is_ceiling = bound is not None and bound.is_upwards is False
    return rating in (Rating.MET, Rating.EXCEEDED) and not is_ceiling


def judge(target: Asked, result: Decimal | None, aim: Aim = Aim.HIGHER, fell_from: Decimal | None = None) -> Rated:
    """A result as that of the target's whole period; ``rate`` also knows of targets whose period goes on."""
    if result is None:
        return Rated(Rating.UNKNOWN, None, _NO_FIGURE)
    bound = bound_of(target, aim)
    if bound is None:
        return _assured(result)
    achieved, words = result, _COMPARED
    if target.kind is TargetKind.REDUCE_BY:
        words = _FELL
        if aim is not Aim.HIGHER:
            if fell_from is None:
                return Rated(Rating.UNKNOWN, None, _NO_BASE)
            achieved = fell_from - result
    elif bound.is_strict and bound.is_upwards is not None:
        words = _STRICT
    way = _WAYS[bound.is_upwards is not False]
    why = with_figures(words, result=figure(achieved), fall=figure(achieved), asked=_asked(target), way=way)
    return Rated(bound.rate(achieved), quotient(achieved, bound.at), why)


def _asked(target: Asked) -> Text:
    low = figure(target.low or Decimal(0))
    if target.high is None:
        return low
    high = figure(target.high)
    return Text(f"{low.vi}-{high.vi}", f"{low.en}-{high.en}")


def _assured(result: Decimal) -> Rated:
    if result not in (0, 1):
        return Rated(Rating.UNKNOWN, None, with_figures(_NEITHER, seen=figure(result)))
    return Rated(Rating.MET, None, _DONE) if result else Rated(Rating.NOT_MET, None, _NOT_DONE)


def compound(parts: Iterable[Rating]) -> Rating:
    """The rating of an indicator of several parts: one failed part fails it, and it is no better than any of them.

    It is exceeded only where all parts are; what is not known of a part is not known of the whole.
    """
    found = set(parts)
    for rating in (Rating.NOT_MET, Rating.UNKNOWN, Rating.INCOMPLETE, Rating.PENDING, Rating.MET):
        if rating in found:
            return rating
    return Rating.EXCEEDED if found else Rating.UNKNOWN
