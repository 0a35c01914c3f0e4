"""The annex as rows of words, ready to be printed or put into a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from baocao.figures.compare import Annex, Completeness, Row
from baocao.figures.rating import RATINGS
from baocao.figures.said import figure, rounded, with_figures
from baocao.model.indicator import UnitOfMeasure
from baocao.model.observation import NoValue
from baocao.model.target import Target, TargetKind
from baocao.model.text import Language, Text

_FIRST = (Text("TT", "No."), Text("Chỉ tiêu", "Indicator"), Text("ĐVT", "Unit of measure"))
_GIVEN = Text("{authority} giao", "Asked by {authority}")
_RESULT = Text("Kết quả thực hiện", "Result")
_SHARE = Text("% so với {authority} giao", "% of {authority}'s plan")
_LAST = (
    Text("Cùng kỳ năm trước", "Same period last year"),
    Text("% so với cùng kỳ", "% of the same period"),
    Text("Tăng, giảm so với cùng kỳ", "Change on the same period"),
)
_END = (Text("Đánh giá", "Rating"), Text("Ghi chú", "Note"))

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
_MISSING = Text("thiếu {count}/{expected} đơn vị", "{count} of {expected} units are missing")
_ESTIMATE = Text("số ước thực hiện", "an estimate")
_FAILED = Text("hợp phần không đạt: {which}", "parts not met: {which}")
_DIFFERS = Text("so với {authority} giao: {rating}", "against {authority}'s plan: {rating}")


class Printed(NamedTuple):
    """Heads, rows of the same width, and the sentence under the table."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    tally: str


def printed(
    annex: Annex, language: Language = "vi", places: int = 2, measures: Mapping[str, UnitOfMeasure] | None = None
) -> Printed:
    """The annex in one language; percentages with at most so many decimals, half away from zero.

    ``measures`` name the codes of units of measure; a code that is not among them is shown itself.
    """
    names = {code: measure.name.say(language) for code, measure in (measures or {}).items()}
    given = [_GIVEN.fill(authority=authority) for authority in annex.authorities]
    shares = [_SHARE.fill(authority=authority) for authority in annex.authorities]
    heads = (*_FIRST, *given, _RESULT, *shares, *_LAST, *_END)
    rows = (tuple(_cells(annex, row, language, places, names)) for row in annex.rows)
    return Printed(tuple(head.say(language) for head in heads), tuple(rows), annex.tally.text.say(language))


def _cells(annex: Annex, row: Row, language: Language, places: int, measures: Mapping[str, str]) -> Iterator[str]:
    plans = [row.against(authority) for authority in annex.authorities]
    yield from (row.number, row.indicator.name.say(language), measures.get(row.indicator.unit, row.indicator.unit))
    yield from (asked(plan.target).say(language) if plan else "" for plan in plans)
    yield _result(row).say(language)
    yield from (_percent(plan.rated.percent if plan else None, places).say(language) for plan in plans)
    last = row.same_period
    yield figure(last.earlier).say(language) if last else ""
    yield _percent(last.percent if last else None, places).say(language)
    yield figure(last.change).say(language) if last else ""
    yield RATINGS[row.rating].say(language) if row.rating else ""
    yield "; ".join(note.say(language) for note in notes(row))


def asked(target: Target) -> Text:
    """A target as plans print it: "trên 67", "16-32", "giảm 4", "đảm bảo"."""
    low, high = target.low or Decimal(0), target.high or Decimal(0)
    return with_figures(_KINDS[target.kind][target.is_strict], low=figure(low), high=figure(high))


def _result(row: Row) -> Text:
    if row.mark is not None:
        return _MARKS[row.mark]
    if row.result is None:
        return Text("", "")
    is_assured = any(plan.target.kind is TargetKind.ASSURED for plan in row.plans)
    return _DONE.get(row.result, figure(row.result)) if is_assured else figure(row.result)


def _percent(percent: Decimal | None, places: int) -> Text:
    return Text("", "") if percent is None else figure(rounded(Fraction(percent), places))


def notes(row: Row) -> Sequence[Text]:
    """What a reader must know of a row: an estimate, failed parts, another authority's verdict, missing units."""
    found = [_ESTIMATE] if row.is_estimate else []
    if row.failed:
        found.append(_FAILED.fill(which=", ".join(row.failed)))
    for plan in row.plans[1:]:
        if plan.rated.rating is not row.plans[0].rated.rating:
            rating = RATINGS[plan.rated.rating]
            found.append(
                with_figures(_DIFFERS, authority=plan.authority, rating=Text(rating.vi.lower(), rating.en.lower()))
            )
    if row.progress is not None:
        found.append(row.progress.text)
    if row.completeness is not None and row.completeness.reported < row.completeness.expected:
        found.append(_missing(row.completeness))
    return found


def _missing(completeness: Completeness) -> Text:
    count = completeness.expected - completeness.reported
    said = _MISSING.fill(count=count, expected=completeness.expected)
    named = f": {', '.join(completeness.missing)}" if completeness.missing else ""
    return Text(said.vi + named, said.en + named)
