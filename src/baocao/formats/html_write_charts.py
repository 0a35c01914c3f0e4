"""A chart on the screen: lines drawn by the page itself, and its figures in words for those who do not see it."""

from __future__ import annotations

from decimal import Decimal
from html import escape

from baocao.formats.docx_write_text import clean
from baocao.model.draft import Chart, ChartKind, Form

_WIDTH, _LABELS, _ROOM = 720, 190, 440  # the names of bars on the left, the bars, their figures on the right
_BAR, _GAP = 16, 12
_ROW, _LETTER = 20, 6.5  # of the legend: how high a row is, how wide a letter about
_HEIGHT, _LEFT, _FOOT = 260, 70, 50
_COLOURS = ("#1f4e79", "#b5480c", "#5f5f5f", "#44702a", "#7030a0", "#7f6000")
_CHART = "Biểu đồ {n}"  # landmarks need names that differ
_NONE = "không có số liệu"


def figure(chart: Chart, place: int) -> str:
    """The chart with its title; a chart without figures is nothing."""
    found = [value for series in chart.series for value in series.values if value is not None]
    if not chart.categories or not found:
        return ""
    most, least = max(*found, Decimal(0)), min(*found, Decimal(0))
    span = (most - least) or Decimal(1)
    drawn = _lines(chart, least, span) if chart.kind is ChartKind.LINE else _bars(chart, least, span)
    title = _shown(f"{chart.title} ({chart.unit})" if chart.unit else chart.title)
    return (
        f'<figure aria-labelledby="chart-{place}"><figcaption id="chart-{place}">{title}</figcaption>'
        f'<div class="wide" role="region" tabindex="0" aria-label="{_CHART.format(n=place)}">{drawn}</div></figure>'
    )


def _shown(text: str) -> str:
    return escape(clean(text))


def printed(value: Decimal | None) -> str:
    """A figure of a chart as it is read: at most two decimals, without noughts at their end."""
    if value is None:
        return _NONE
    exponent = value.as_tuple().exponent
    return Form(min(max(-exponent, 0), 2) if isinstance(exponent, int) else 0, is_trimmed=True).printed(value)


def _picture(inside: str, height: int, chart: Chart) -> str:
    told = "; ".join(
        f"{series.name}: "
        + ", ".join(f"{name} {printed(value)}" for name, value in zip(chart.categories, series.values, strict=False))
        for series in chart.series
    )
    legend, below = _legend(chart)
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height + below}" role="img" aria-label="{_shown(told)}" font-size="13">'
        f'{legend}<g transform="translate(0 {below})">{inside}</g></svg>'
    )


def _legend(chart: Chart) -> tuple[str, int]:
    """What the colours mean, in as many rows as the names take, and how far they push the chart down.

    One series alone is named by the title.
    """
    if len(chart.series) == 1:
        return "", -_ROW
    shown = []
    x, y = _LEFT, 4
    for index, series in enumerate(chart.series):
        width = 18 + round(_LETTER * len(series.name))
        if x > _LEFT and x + width > _WIDTH:
            x, y = _LEFT, y + _ROW
        shown.append(f'<rect x="{x}" y="{y}" width="12" height="12" fill="{_colour(index)}"/>')
        shown.append(f'<text x="{x + 18}" y="{y + 11}">{_shown(series.name)}</text>')
        x += width + _GAP
    return "".join(shown), y - 4


def _colour(index: int) -> str:
    return _COLOURS[index % len(_COLOURS)]


def _bars(chart: Chart, least: Decimal, span: Decimal) -> str:
    shown = []
    y = 32
    zero = _LABELS + round(-least / span * _ROOM)
    for at, name in enumerate(chart.categories):
        middle = y + len(chart.series) * _BAR // 2 + 4
        shown.append(f'<text x="{_LABELS - 8}" y="{middle}" text-anchor="end">{_shown(name)}</text>')
        for index, series in enumerate(chart.series):
            value = series.values[at] if at < len(series.values) else None
            length = round(abs(value or Decimal(0)) / span * _ROOM)
            x = zero - length if value is not None and value < 0 else zero
            shown.append(f'<rect x="{x}" y="{y}" width="{length}" height="{_BAR - 3}" fill="{_colour(index)}"/>')
            shown.append(f'<text x="{x + length + 5}" y="{y + _BAR - 5}">{printed(value)}</text>')
            y += _BAR
        y += _GAP
    return _picture("".join(shown), y + 4, chart)


def _lines(chart: Chart, least: Decimal, span: Decimal) -> str:
    step = Decimal(_WIDTH - _LEFT - 40) / max(len(chart.categories) - 1, 1)
    base, tall = _HEIGHT - _FOOT, _HEIGHT - _FOOT - 40
    shown = [f'<line x1="{_LEFT}" y1="{base}" x2="{_WIDTH - 20}" y2="{base}" stroke="#767676"/>']
    for at, name in enumerate(chart.categories):
        x = _LEFT + round(at * step)
        shown.append(f'<text x="{x}" y="{base + 18}" text-anchor="middle" font-size="10">{_shown(name)}</text>')
    for value in (least, least + span):
        y = base - round((value - least) / span * tall)
        shown.append(f'<text x="{_LEFT - 8}" y="{y + 4}" text-anchor="end">{printed(value)}</text>')
    for index, series in enumerate(chart.series):
        points = [
            (_LEFT + round(at * step), base - round((value - least) / span * tall))
            for at, value in enumerate(series.values[: len(chart.categories)])
            if value is not None
        ]
        line = " ".join(f"{x},{y}" for x, y in points)
        shown.append(f'<polyline points="{line}" fill="none" stroke="{_colour(index)}" stroke-width="2"/>')
        shown.extend(f'<circle cx="{x}" cy="{y}" r="3" fill="{_colour(index)}"/>' for x, y in points)
    return _picture("".join(shown), _HEIGHT, chart)
