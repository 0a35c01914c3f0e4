"""Progress within a year: the share of the plan reached, beside the share of the time gone and of earlier years."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from baocao.figures.said import figure, rounded, with_figures
from baocao.model.period import Period
from baocao.model.text import Text

_REACHED = Text(
    "đạt {reached}% kế hoạch khi đã qua {elapsed}% thời gian",
    "{reached}% of the plan is reached with {elapsed}% of the time gone",
)
_EARLIER = Text("; cùng thời điểm các năm trước: {years}", "; at the same point of earlier years: {years}")


@dataclass(frozen=True, slots=True)
class Progress:
    """Shares of one: of the plan reached, of the days gone, and what each earlier year had reached by this day.

    Earlier years are told one by one, the latest first, and never averaged.
    """

    reached: Fraction
    elapsed: Fraction
    earlier: tuple[tuple[int, Fraction], ...] = ()

    @property
    def is_behind(self) -> bool:
        """Whether less is reached than in any earlier year by this day, or, with none known, than time has gone."""
        return self.reached < min((share for _, share in self.earlier), default=self.elapsed)

    @property
    def text(self) -> Text:
        said = with_figures(_REACHED, reached=_percent(self.reached), elapsed=_percent(self.elapsed))
        if not self.earlier:
            return said
        shares = [(year, _percent(share)) for year, share in self.earlier]
        vi, en = ("; ".join(f"{year} {getattr(share, one)}%" for year, share in shares) for one in ("vi", "en"))
        more = with_figures(_EARLIER, years=Text(vi, en))
        return Text(said.vi + more.vi, said.en + more.en)


def elapsed(whole: Period, on: date) -> Fraction:
    """The share of a period's days that have gone when a day ends: 0 before it, 1 from its last day on."""
    gone = (on - whole.start).days + 1
    return Fraction(min(max(gone, 0), whole.days), whole.days)


def progress(
    result: Decimal,
    asked: Decimal,
    whole: Period,
    on: date,
    earlier: Iterable[tuple[int, Decimal, Decimal]] = (),
) -> Progress | None:
    """Where a cumulative result stands on a day; None where nothing is asked for.

    ``earlier`` holds for each earlier year its number, the result to the same cut-off day and that of the whole year.
    """
    if not asked:
        return None
    shares = ((year, Fraction(part) / Fraction(full)) for year, part, full in earlier if full)
    return Progress(Fraction(result) / Fraction(asked), elapsed(whole, on), tuple(sorted(shares, reverse=True)))


def _percent(share: Fraction) -> Text:
    return figure(rounded(share * 100, 1))
