"""Bars of a Word chart start at nought, and figures above them do not run into one another."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from baocao.formats import docx_write_charts
from baocao.formats.docx_write_charts import part, shows_figures
from baocao.formats.docx_write_lines import Writing
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


def _height(title: str, *names: str) -> int:
    """Twips of a chart of a few columns, of which so many lie in the figures as in any other's."""
    found = Chart(ChartKind.COLUMN, title, "", ("T1",), tuple(Series(name, (Decimal(1),)) for name in names))
    written = docx_write_charts.drawing(found, Writing(), 9071)
    (height,) = re.findall(r'<wp:extent cx="\d+" cy="(\d+)"', written)
    return int(height) // 635


def test_a_chart_grows_with_the_lines_of_its_title_and_its_legend() -> None:
    low = _height("Số vụ", "Số vụ")
    assert low < 9 * 567  # 9 cm: behind a page's last words less than that stays empty
    assert _height("Số vụ", "Số vụ", "Số người") == low
    assert _height("Số vụ phạm tội xảy ra và số vụ đã điều tra, khám phá theo tháng của năm (vụ)", "Số vụ") > low
    names = [f"Số trường hợp đăng ký {kind} trong kỳ" for kind in ("khai sinh", "khai tử", "kết hôn")]
    assert _height("Số vụ", *names) == low + 2 * 300
