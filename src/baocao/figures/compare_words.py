"""What stands in the cells of an annex besides figures: targets as plans print them, results in words, notes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from baocao.figures.compare import AgainstPlan, Row
from baocao.figures.rating import RATINGS
from baocao.figures.said import figure, with_figures
from baocao.model.observation import NoValue
from baocao.model.target import Rating, Target, TargetKind
from baocao.model.text import Text

_MARKS = {
    NoValue.NOT_RATED: Text("chưa đánh giá", "not rated"),
    NoValue.NONE_OCCURRED: Text("không phát sinh", "none occurred"),
    NoValue.NOT_COLLECTED: Text("không thu thập", "not collected"),
    NoValue.NOT_AVAILABLE: Text("chưa có số liệu", "not available"),
    NoValue.NOT_RECAST: Text("không quy đổi được", "cannot be re-cast"),
}
_KINDS = {
    TargetKind.AT_LEAST: (Text("từ {low} trở lên", "at least {low}"), Text("trên {low}", "more than {low}")),
    TargetKind.AT_MOST: (Text("không quá {low}", "at most {low}"), Text("dưới {low}", "less than {low}")),
    TargetKind.MAINTAIN: (Text("duy trì {low}", "maintain {low}"),) * 2,
    TargetKind.REDUCE_BY: (Text("giảm {low}", "reduce by {low}"), Text("giảm trên {low}", "reduce by more than {low}")),
    TargetKind.RANGE: (Text("{low}-{high}", "{low}-{high}"),) * 2,
    TargetKind.EXACTLY: (Text("{low}", "{low}"),) * 2,
    TargetKind.ASSURED: (Text("đảm bảo", "assured"),) * 2,
}
_DONE = {Decimal(1): Text("đảm bảo", "assured"), Decimal(0): Text("chưa đảm bảo", "not assured")}
_NOT_RATED = Text("Chưa đánh giá được", "Cannot be rated")
_ESTIMATE = Text("số ước thực hiện", "an estimate")
_FAILED = Text("hợp phần không đạt: {which}", "parts not met: {which}")
_RATED_BY = Text("đánh giá theo {authority} giao", "rated by {authority}'s plan")
_DIFFERS = Text("so với {authority} giao: {rating}", "against {authority}'s plan: {rating}")
_BEHIND = Text("chậm tiến độ", "behind")
_MISSING = Text("thiếu {count}/{expected} đơn vị", "{count} of {expected} units are missing")
_SURE = Text(
    "{missing}, số còn thiếu chỉ làm tăng thêm nên đánh giá này đã chắc chắn",
    "{missing}; what is missing can only add, so the rating is sure",
)
_BASE = Text("số kỳ gốc còn thiếu đơn vị", "units are missing from what it is counted from")
_SETTLED = frozenset({Rating.EXCEEDED, Rating.MET, Rating.NOT_MET})


def asked(target: Target) -> Text:
    """A target as plans print it: "trên 67", "16-32", "giảm 4", "đảm bảo"."""
    low, high = target.low or Decimal(0), target.high or Decimal(0)
    return with_figures(_KINDS[target.kind][target.is_strict], low=figure(low), high=figure(high))


def result(row: Row) -> Decimal | Text | None:
    """A result: its figure, the words for what is assured or not, or the mark in the figure's place."""
    if row.result is None:
        return _MARKS[row.mark] if row.mark is not None else None
    return _DONE.get(row.result, row.result) if row.is_assured else row.result


def rating(row: Row) -> Text | None:
    """How a row is rated; None where nothing is asked for."""
    if row.rating is None:
        return None
    is_told = row.rating is Rating.UNKNOWN and row.result is not None
    return _NOT_RATED if is_told else RATINGS[row.rating]


def notes(row: Row, leading: str) -> Text | None:
    """What a reader must know of a row: an estimate, failed parts, other authorities' verdicts, missing units.

    ``leading`` is the authority by whose plan the annex rates; rows without a target of its are rated by another's.
    """
    found = list(_notes(row, leading))
    return Text("; ".join(one.vi for one in found), "; ".join(one.en for one in found)) if found else None


def _notes(row: Row, leading: str) -> Iterator[Text]:
    if row.is_estimate:
        yield _ESTIMATE
    if row.failed:
        yield _FAILED.fill(which=", ".join(row.failed))
    if row.plans:
        first, *others = row.plans
        if first.authority != leading:
            yield _RATED_BY.fill(authority=first.authority)
        if first.rated.rating is Rating.UNKNOWN and row.result is not None:
            yield first.rated.why
        yield from (_differing(other) for other in others if other.rated.rating is not first.rated.rating)
    if row.progress is not None and row.progress.is_behind:
        yield _BEHIND
    if row.completeness is not None and row.completeness.is_short:
        count = row.completeness.expected - row.completeness.reported
        missing = _MISSING.fill(count=count, expected=row.completeness.expected)
        is_sure = bool(row.plans) and row.plans[0].rated.rating in _SETTLED
        yield with_figures(_SURE, missing=missing) if is_sure else missing
    elif row.plans and row.plans[0].rated.rating is Rating.INCOMPLETE:
        yield _BASE


def _differing(plan: AgainstPlan) -> Text:
    rating = RATINGS[plan.rated.rating]
    rating = Text(rating.vi.lower(), rating.en.lower())
    return with_figures(_DIFFERS, authority=plan.authority, rating=rating)
