"""Bars of a Word chart start at nought, and figures above them do not run into one another."""

from __future__ import annotations

from decimal import Decimal

import pytest

from baocao.formats.docx_write_charts import part, shows_figures
from baocao.model.draft import Chart, ChartKind, Series

QUARTERS = ("Quý I", "Quý II", "Quý III", "Quý IV")
NOUGHT = '<c:min val="0"/>'


def _chart(kind: ChartKind, *values: str, count: int = 1) -> Chart:
    series = tuple(Series(f"Mục {at}", tuple(map(Decimal, values))) for at in range(count))
    return Chart(kind, "Thử", "tấn", QUARTERS, series)


@pytest.mark.parametrize(("kind", "first", "is_at_nought"), [
    (ChartKind.COLUMN, "98", True), (ChartKind.BAR, "98", True), (ChartKind.COLUMN, "-3", False),
    (ChartKind.LINE, "98", False),
])  # fmt: skip
def test_bars_start_at_nought(kind: ChartKind, first: str, is_at_nought: bool) -> None:
    assert (NOUGHT in part(_chart(kind, first, "99", "99.5", "100"))) is is_at_nought


def test_wide_figures_side_by_side_are_left_out() -> None:
    narrow, wide = ("12", "13", "14", "15"), ("15197", "12601", "14212", "15002")
    assert shows_figures(_chart(ChartKind.COLUMN, *narrow, count=3))
    assert shows_figures(_chart(ChartKind.COLUMN, *wide, count=2))
    assert not shows_figures(_chart(ChartKind.COLUMN, *wide, count=3))
    assert shows_figures(_chart(ChartKind.BAR, *wide, count=3))
