"""A chart of a Word file is drawn as Word draws it, in lines and letters that keep their sharpness at any size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from baocao.formats.chart_letters import broken, fitting, wide
from baocao.formats.chart_scales import Scale, scale_of
from baocao.formats.docx_write_charts import COLOURS, decimals_of, shows_figures
from baocao.formats.docx_write_pages import FONT
from baocao.formats.docx_write_text import escaped
from baocao.model.draft import Chart, ChartKind, Form

_TITLE, _NAMES, _FIGURES = 13, 11, 10  # points, as in the Word file
_LINE = Decimal("1.15")  # of a letter's size
_MARGIN, _GAP = 9, 5
_SQUARE = 6  # beside a name of the legend
_BETWEEN = Decimal("0.6")  # groups of bars, of a bar's breadth
_GREY = "#BFBFBF"
_STEP = 15  # points between lines of the axis at least
_MIDDLE = Decimal("0.33")  # from the foot of a letter to its middle, of its size


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the bars stand, in points from the upper left; which way, and by what scale."""

    left: Decimal
    top: Decimal
    right: Decimal
    bottom: Decimal
    is_lying: bool
    scale: Scale

    def along(self, value: Decimal) -> Decimal:
        """Where a value is on its axis."""
        share = self.scale.share(value)
        if self.is_lying:
            return self.left + share * (self.right - self.left)
        return self.bottom - share * (self.bottom - self.top)

    def slot(self, chart: Chart) -> Decimal:
        """The room of one category."""
        room = self.bottom - self.top if self.is_lying else self.right - self.left
        return room / len(chart.categories)

    def begin(self) -> Decimal:
        return self.top if self.is_lying else self.left


def picture(chart: Chart, width: Decimal, height: Decimal) -> str:
    """The chart as SVG of so many points."""
    titles = broken(chart.title, _TITLE, width - 4 * _MARGIN)
    top = _MARGIN + len(titles) * _TITLE * _LINE
    legend, foot = _legend(chart, width, height)
    frame = _frame(chart, top + _GAP, width - _MARGIN, foot - _NAMES * _LINE - _GAP)
    middle = width / 2
    lines = (
        _text(line, middle, _MARGIN + (number * _LINE + Decimal("0.8")) * _TITLE, _TITLE, "middle", is_bold=True)
        for number, line in enumerate(titles)
    )
    draw = _lines if chart.kind is ChartKind.LINE else _bars
    inside = "".join((*lines, *_grid(frame), *_categories(chart, frame), *draw(chart, frame), *legend))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_at(width)}pt" height="{_at(height)}pt" '
        f'viewBox="0 0 {_at(width)} {_at(height)}" font-family="{FONT}">'
        f'<rect width="{_at(width)}" height="{_at(height)}" fill="#FFFFFF"/>{inside}</svg>'
    )


def _frame(chart: Chart, top: Decimal, right: Decimal, bottom: Decimal) -> Frame:
    """What titles, names and the figures of the axis leave for the bars."""
    figures = [_printed(chart, value) for series in chart.series for value in series.values if value is not None]
    widest = max((wide(one, _FIGURES) for one in figures), default=Decimal(0)) if shows_figures(chart) else Decimal(0)
    if chart.kind is ChartKind.BAR:
        names = max(wide(name, _NAMES) for name in chart.categories)
        left = _MARGIN + min(names, right / 2) + _GAP
        room = right - left
        apart = max(wide(one, _NAMES) for one in (*figures, "0")) + 2 * _MARGIN
        return Frame(left, top, right - _GAP, bottom, True, scale_of(chart, int(room / apart), widest / room))
    room = bottom - top
    head = _FIGURES * _LINE / room if widest else Decimal(0)
    scale = scale_of(chart, int(room / _STEP), head)
    left = _MARGIN + max(wide(scale.printed(tick), _NAMES) for tick in scale.ticks()) + _GAP
    return Frame(left, top, right, bottom, False, scale)


def _grid(frame: Frame) -> Iterator[str]:
    """The axis of values: a line across and a figure at every step; and the line that bars stand on."""
    for tick in frame.scale.ticks():
        at, printed = frame.along(tick), frame.scale.printed(tick)
        yield _across(frame, at)
        if frame.is_lying:
            yield _text(printed, at, frame.bottom + _NAMES * _LINE, _NAMES, "middle")
        else:
            yield _text(printed, frame.left - _GAP, at + _MIDDLE * _NAMES, _NAMES, "end")
    yield _across(frame, frame.along(frame.scale.base))
    corner = (frame.left, frame.bottom)
    yield _line(*corner, frame.right, frame.bottom) if frame.is_lying else _line(frame.left, frame.top, *corner)


def _across(frame: Frame, at: Decimal) -> str:
    if frame.is_lying:
        return _line(at, frame.top, at, frame.bottom)
    return _line(frame.left, at, frame.right, at)


def _categories(chart: Chart, frame: Frame) -> Iterator[str]:
    slot = frame.slot(chart)
    for place, name in enumerate(chart.categories):
        middle = frame.begin() + slot * place + slot / 2
        if frame.is_lying:
            size = min(fitting(name, _NAMES, frame.left - _MARGIN), slot / _LINE)
            yield _text(name, frame.left - _GAP, middle + _MIDDLE * size, size, "end")
        else:
            yield _text(name, middle, frame.bottom + _NAMES * _LINE, fitting(name, _NAMES, slot), "middle")


def _bars(chart: Chart, frame: Frame) -> Iterator[str]:
    slot, base = frame.slot(chart), frame.along(frame.scale.base)
    thick = slot / (len(chart.series) + _BETWEEN)
    told = []
    for index, series in enumerate(chart.series):
        for place, value in enumerate(series.values):
            if value is None:
                continue
            start = frame.begin() + slot * place + thick * (index + _BETWEEN / 2)
            end = frame.along(value)
            low, long = min(base, end), abs(end - base)
            box = (low, start, long, thick) if frame.is_lying else (start, low, thick, long)
            yield _box(*box, COLOURS[index % len(COLOURS)])
            room = slot if len(chart.series) == 1 else thick
            told.append(_figure(chart, frame, value, start + thick / 2, room))
    if shows_figures(chart):
        yield from told


def _figure(chart: Chart, frame: Frame, value: Decimal, middle: Decimal, room: Decimal) -> str:
    """A value at the outer end of its bar."""
    printed, end = _printed(chart, value), frame.along(value)
    if frame.is_lying:
        size = min(Decimal(_FIGURES), room / _LINE)
        return _text(printed, end + (3 if value >= 0 else -3), middle + _MIDDLE * size, size, "start", value < 0)
    return _text(
        printed, middle, end + (-3 if value >= 0 else _FIGURES), fitting(printed, _FIGURES, room - 2), "middle"
    )


def _lines(chart: Chart, frame: Frame) -> Iterator[str]:
    slot = frame.slot(chart)
    for index, series in enumerate(chart.series):
        colour = COLOURS[index % len(COLOURS)]
        last: tuple[Decimal, Decimal] | None = None
        for place, value in enumerate(series.values):
            here = None if value is None else (frame.left + slot * place + slot / 2, frame.along(value))
            if here and last:
                yield _line(*last, *here, colour, "2.25")
            if here and value is not None:
                yield f'<circle cx="{_at(here[0])}" cy="{_at(here[1])}" r="2.5" fill="#{colour}"/>'
                if shows_figures(chart):
                    yield _figure(chart, frame, value, here[0], slot)
            last = here


def _legend(chart: Chart, width: Decimal, height: Decimal) -> tuple[list[str], Decimal]:
    """What the colours mean, in one row or below one another, and where that begins. One series needs none."""
    if len(chart.series) == 1:
        return [], height - _GAP
    names = [wide(series.name, _NAMES) + _SQUARE + 2 * _GAP for series in chart.series]
    high, is_row = _NAMES * _LINE, sum(names) < width - 2 * _MARGIN
    shown, x = [], (width - (sum(names) if is_row else max(names))) / 2
    top = height - _GAP - (high if is_row else high * len(names))
    for index, series in enumerate(chart.series):
        y = top if is_row else top + index * high
        foot = y + Decimal("0.8") * _NAMES
        shown.append(_box(x, foot - _SQUARE, Decimal(_SQUARE), Decimal(_SQUARE), COLOURS[index % len(COLOURS)]))
        shown.append(_text(series.name, x + _SQUARE + 3, foot, fitting(series.name, _NAMES, width - x), "start"))
        x += names[index] if is_row else 0
    return shown, top - _GAP


def _printed(chart: Chart, value: Decimal) -> str:
    return Form(decimals_of(chart)).printed(value)


def _text(
    words: str,
    x: Decimal,
    y: Decimal,
    size: Decimal | int,
    anchor: str,
    is_left: bool = False,
    *,
    is_bold: bool = False,
) -> str:
    weight = ' font-weight="bold"' if is_bold else ""
    where = "end" if is_left else anchor
    return (
        f'<text x="{_at(x)}" y="{_at(y)}" font-size="{_at(size)}" text-anchor="{where}"{weight}>{escaped(words)}</text>'
    )


def _line(x1: Decimal, y1: Decimal, x2: Decimal, y2: Decimal, colour: str = _GREY[1:], breadth: str = "0.5") -> str:
    ends = f'x1="{_at(x1)}" y1="{_at(y1)}" x2="{_at(x2)}" y2="{_at(y2)}"'
    return f'<line {ends} stroke="#{colour}" stroke-width="{breadth}"/>'


def _box(x: Decimal, y: Decimal, width: Decimal, height: Decimal, colour: str) -> str:
    return f'<rect x="{_at(x)}" y="{_at(y)}" width="{_at(width)}" height="{_at(height)}" fill="#{colour}"/>'


def _at(place: Decimal | int) -> str:
    return f"{place:.2f}"
