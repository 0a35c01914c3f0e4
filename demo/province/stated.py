"""What the province alone states: indices that no sum of communes makes, and what was to be assured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from demo.province.series import YEARS, spans

if TYPE_CHECKING:
    from demo.province.draws import Chance

DONE = "hoàn thành"
_YEARLY = {"dti": ((5870, 6240, 6615), 1), "par_index": ((8412, 8608, 8735), 2)}  # in the least decimal
_MONTHLY = {"cpi": (10_330, 35), "chi_so_iip": (10_940, 260)}  # hundredths of a percent of the same period, and swing


def stated(chance: Chance) -> Iterator[tuple[str, str, str]]:
    """Indicator, period, value as written."""
    for code, (values, places) in _YEARLY.items():
        for year, value in zip(YEARS, values, strict=True):
            yield code, f"{year}-A1", written(value, places)
    for code, (middle, swing) in _MONTHLY.items():
        by_month = [middle + chance.about(swing, code, month) for month in range(12 * len(YEARS) + 1)]
        for span in spans("mq+"):
            months = by_month[span.first : span.last + 1]
            yield code, span.code, written(sum(months) // len(months), 2)
    for year in YEARS:
        yield "dien_tap", f"{year}-A1", DONE


def written(value: int, places: int) -> str:
    """A number as Vietnamese files have it, without dots between thousands."""
    if not places:
        return str(value)
    whole, rest = divmod(abs(value), 10**places)
    return f"{'-' if value < 0 else ''}{whole},{rest:0{places}}"
