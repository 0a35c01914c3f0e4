"""Figures set against those of earlier periods: the same of last year, the one before, the start of the year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from baocao.figures.questions import Against
from baocao.figures.said import joined, quotient, some, with_figures
from baocao.ledger.completeness import lacks_units
from baocao.ledger.gaps import Gaps
from baocao.ledger.grid import Column
from baocao.ledger.remarking import PARTIAL, gaps_told, named
from baocao.ledger.rolled import Place, Rolled
from baocao.model.indicator import Over
from baocao.model.period import Period
from baocao.model.text import Text

_HEADS = {
    Against.LAST_YEAR: Text("Cùng kỳ", "Same period"),
    Against.PREVIOUS: Text("Kỳ trước", "Previous"),
    Against.YEAR_START: Text("Đầu năm", "Start of year"),
}
_NO_START = Text(
    "không so với đầu năm được vì là số cộng dồn trong kỳ: {names}; chỉ số tại một thời điểm mới có số đầu năm.",
    "not set against the start of the year, being sums over a period: {names}; only stocks stand at a day.",
)
_EARLIER_AT = Text("{head} ({period}): {remark}", "{head} ({period}): {remark}")
_EARLIER_LESS = Text(
    "{head} ({period}) chỉ có số liệu của {count}/{expected} đơn vị, chưa đủ để so sánh.",
    "{head} ({period}): there are figures of {count} of {expected} units only, not enough to set it against.",
)
_PARTS_LESS = Text(
    "{head} ({period}) được tính từ số liệu còn thiếu đơn vị, chưa đủ để so sánh.",
    "{head} ({period}) is computed from totals that lack units, not enough to set it against.",
)
NOT_ENOUGH = Text("chưa đủ số liệu để so với kỳ khác.", "not enough figures to set it against another period.")
_NONE = Text(
    "không có số {head} ({period}) để so sánh: {names}.",
    "there is nothing to set against of {head} ({period}): {names}.",
)
_MORE = Text(" và {count} chỉ tiêu khác", " and {count} others")


class Before(NamedTuple):
    """An earlier figure, whether all units stand behind it, and what must be said of it."""

    value: Decimal | None
    is_whole: bool = True
    remark: Text | None = None


_Found = tuple[str, tuple[Before, ...]]  # an indicator, and its earlier figures


def columns(asked: Sequence[Against]) -> Iterator[Column]:
    """The earlier figure, the change and the percentage of each; their names say which where there are several."""
    for against in asked:
        head, suffix = _HEADS[against], "" if len(asked) == 1 else f"_{against.value}"
        change = Text("Tăng, giảm", "Change")
        if suffix:
            change = Text(f"{change.vi} so với {head.vi.lower()}", f"{change.en} on {head.en.lower()}")
        yield Column(f"earlier{suffix}", head)
        yield Column(f"change{suffix}", change)
        yield Column(f"percent{suffix}", Text(f"% so với {head.vi.lower()}", f"% of {head.en.lower()}"), places=2)


def compared(value: Decimal | None, before: Before, *, is_whole: bool) -> tuple[Decimal | None, Decimal | None]:
    """The change and the percentage; none where units are missing from one of the two figures."""
    if value is None or before.value is None or not (is_whole and before.is_whole):
        return None, None
    return value - before.value, quotient(value, before.value)


def no_start(rolled: Rolled, codes: Iterable[str], asked: Sequence[Against]) -> Iterator[Text]:
    """The indicators that cannot be set against the start of the year, told once."""
    if Against.YEAR_START in asked:
        names = [rolled.book.catalogue[code].name for code in dict.fromkeys(codes) if not is_stock(rolled, code)]
        if names:
            yield with_figures(_NO_START, names=some(names, _MORE))


def nothing(rolled: Rolled, period: Period, asked: Sequence[Against], found: Iterable[_Found]) -> Iterator[Text]:
    """The indicators of which there is no earlier figure at all, told once for each earlier period."""
    codes: dict[str, list[bool]] = {}
    for code, before in found:
        told = codes.setdefault(code, [False] * len(asked))
        codes[code] = [known or one.value is not None for known, one in zip(told, before, strict=True)]
    for place, against in enumerate(asked):
        lacking = [code for code, told in codes.items() if not told[place]]
        if against is Against.YEAR_START:
            lacking = [code for code in lacking if is_stock(rolled, code)]
        if lacking:
            names = some([rolled.book.catalogue[code].name for code in lacking], _MORE)
            yield with_figures(_NONE, head=_named(against), period=against.of(period).code, names=names)


def _named(against: Against) -> Text:
    head = _HEADS[against]
    return Text(head.vi.lower(), f"the {head.en.lower()}")


def is_stock(rolled: Rolled, code: str) -> bool:
    """Whether a figure stands at a day, as do those that it is computed from."""
    leaves = rolled.leaves(code)
    if leaves == (code,):
        return rolled.book.catalogue[code].over_time in (Over.LAST, Over.NONE)
    return all(is_stock(rolled, leaf) for leaf in leaves)


@dataclass(slots=True)
class Earlier:
    """What figures of one period are set against."""

    rolled: Rolled
    period: Period
    asked: Sequence[Against]
    _gaps: dict[tuple[Period, date], Gaps] = field(default_factory=dict, init=False)

    def of(self, place: Place) -> tuple[Before, ...]:
        """Each earlier figure, in the units of the same day, and a remark where less stands behind it."""
        return tuple(self._against(place, against) for against in self.asked)

    def _against(self, place: Place, against: Against) -> Before:
        rolled, period = self.rolled, self.period
        if against is Against.YEAR_START and not is_stock(rolled, place.indicator):
            return Before(None)
        before = against.of(period)
        day = before.end if rolled.view.as_was else rolled.view.day(period)
        value = rolled.value(place, before, day)
        sums = rolled.sums(before, day)
        if value is None:
            return Before(sums.stated.get(place))
        figure = sums.computed.get(place)
        remarks = []
        is_whole = not lacks_units(rolled, place, before, day)
        if not is_whole and figure is not None and figure.reporting < figure.expected:
            facts = {"count": figure.reporting, "expected": figure.expected}
            remarks.append(with_figures(_EARLIER_LESS, head=_named(against), period=before.code, **facts))
        if figure is not None and (gaps := self._lacking(before, day).of(place, figure)):
            remark = gaps_told(rolled.book, gaps, figure.reporting)
            remarks.append(with_figures(_EARLIER_AT, head=_named(against), period=before.code, remark=remark))
        if partial := rolled.partial(before, day).get(place.unit):
            remark = named(PARTIAL, rolled.book, partial)
            remarks.append(with_figures(_EARLIER_AT, head=_named(against), period=before.code, remark=remark))
        if not is_whole and (figure is None or figure.reporting >= figure.expected):
            remarks.append(with_figures(_PARTS_LESS, head=_named(against), period=before.code))
        return Before(value, is_whole, joined(remarks, " ") if remarks else None)

    def _lacking(self, before: Period, day: date) -> Gaps:
        return self._gaps.setdefault((before, day), Gaps(self.rolled, before, day))
