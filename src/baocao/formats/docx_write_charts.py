"""A chart is Word's own: it can be changed in Word, with its figures in a workbook inside the file."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from baocao.formats.docx_write_lines import Writing
from baocao.formats.docx_write_measure import length, lines
from baocao.formats.docx_write_pages import DECLARATION, FONT, paragraph
from baocao.formats.docx_write_text import attribute, clean, escaped
from baocao.model.draft import Chart, ChartKind, Series

_EMU = 635  # a twip
_HEIGHT = 3100  # twips, 5.5 cm: a chart that does not fit on a page leaves so much of it empty, at most
_LINE = 300  # of a title or a legend that takes more than one
_TITLE_SIZE, _LEGEND_SIZE = 13, 11
_SQUARE = 400  # twips of a legend's square and the gaps beside it
_BAR_HEIGHT = 250  # a lying bar, with the gap to the next
_AROUND_BARS = 1400  # title and axis
_TALLEST = 11000
_NAMES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
COLOURS = ("1F4E79", "C55A11", "7F7F7F", "548235", "7030A0", "BF9000")  # apart in grey, too
_SHEET = "Bieu"
_AXES = '<c:axId val="111"/><c:axId val="112"/>'
_VIETNAMESE = "[$-42A]"  # dots between thousands, a comma before decimals
_TEN = 10
_FEW_STEPS = 4  # below, programs would put steps of a half on an axis of whole numbers
_FEW = 12  # points that can each carry its figure
_DIGIT = 100  # twips, of 10 points
_ACROSS = 7000  # twips of a standing page that columns have for themselves, without axis and gaps


def drawing(chart: Chart, writing: Writing, room: int) -> str:
    """The paragraph that shows a chart; a chart without figures prints nothing."""
    if not chart.categories or not chart.series:
        return ""
    writing.charts.append(chart)
    place = len(writing.charts)
    height = _height(chart, room)
    frame = (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{room * _EMU}" cy="{height * _EMU}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{place}" name="Biểu đồ {place}" descr="{attribute(_told(chart))}"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        f'r:id="rIdChart{place}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
    return paragraph(frame, "Picture")


def _height(chart: Chart, room: int) -> int:
    """Its height in twips: as much for the figures, however many lines its title and its legend take."""
    height = _HEIGHT + _LINE * (len(lines(_title(chart), _TITLE_SIZE, room * 9 // 10)) - 1 + _legend_lines(chart, room))
    if chart.kind is ChartKind.BAR:
        height = max(height, _AROUND_BARS + _BAR_HEIGHT * len(chart.categories))
    return min(height, _TALLEST)


def _legend_lines(chart: Chart, room: int) -> int:
    """Names that do not stand side by side stand one under the other; one line of them is no matter."""
    across = sum(length(series.name, _LEGEND_SIZE) + _SQUARE for series in chart.series)
    return len(chart.series) - 1 if across > room * 9 // 10 else 0


def _title(chart: Chart) -> str:
    return f"{chart.title} ({chart.unit})" if chart.unit else chart.title


def _told(chart: Chart) -> str:
    """What a chart shows, for those who do not see it."""
    series = "; ".join(series.name for series in chart.series)
    return f"{chart.title} ({chart.unit}): {series}" if chart.unit else f"{chart.title}: {series}"


def part(chart: Chart) -> str:
    """The chart itself."""
    draw = {ChartKind.COLUMN: _columns, ChartKind.BAR: _bars, ChartKind.LINE: _lines}[chart.kind]
    legend = '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>' if len(chart.series) > 1 else ""
    return (
        f'{DECLARATION}<c:chartSpace {_NAMES}><c:date1904 val="0"/><c:lang val="vi-VN"/><c:roundedCorners val="0"/>'
        f"<c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr {_letters(1300, bold=True)}</a:pPr>"
        f'<a:r><a:rPr lang="vi-VN" sz="1300" b="1"/><a:t>{escaped(_title(chart))}</a:t></a:r></a:p></c:rich></c:tx>'
        '<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>'
        f"<c:plotArea><c:layout/>{draw(chart)}{_axes(chart)}</c:plotArea>{legend}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>'
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr {_letters(1100)}</a:pPr><a:endParaRPr lang="vi-VN"/></a:p></c:txPr>'
        '<c:externalData r:id="rIdWorkbook"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _letters(size: int, *, bold: bool = False) -> str:
    return (
        f'sz="{size}" b="{int(bold)}"><a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
        f'<a:latin typeface="{FONT}"/><a:cs typeface="{FONT}"/></a:defRPr>'
    )


def _columns(chart: Chart, way: str = "col") -> str:
    return (
        f'<c:barChart><c:barDir val="{way}"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f"{_series(chart, _filled, '<c:invertIfNegative val=' + chr(34) + '0' + chr(34) + '/>')}"
        f'<c:gapWidth val="60"/>{_AXES}</c:barChart>'
    )


def _bars(chart: Chart) -> str:
    return _columns(chart, "bar")


def _lines(chart: Chart) -> str:
    return (
        '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
        f'{_series(chart, _drawn, "")}<c:marker val="1"/>{_AXES}</c:lineChart>'
    )


def _filled(colour: str) -> str:
    return f'<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></c:spPr>'


def _drawn(colour: str) -> str:
    fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    return (
        f'<c:spPr><a:ln w="28575" cap="rnd">{fill}<a:round/></a:ln></c:spPr><c:marker><c:symbol val="circle"/>'
        f'<c:size val="5"/><c:spPr>{fill}<a:ln>{fill}</a:ln></c:spPr></c:marker>'
    )


def _series(chart: Chart, looks: Callable[[str], str], after: str) -> str:
    return "".join(_one(chart, index, series, looks, after) for index, series in enumerate(chart.series))


def _one(chart: Chart, index: int, series: Series, looks: Callable[[str], str], after: str) -> str:
    letter = _letter(index + 1)
    last = len(chart.categories) + 1
    names = "".join(
        f'<c:pt idx="{place}"><c:v>{escaped(name)}</c:v></c:pt>' for place, name in enumerate(chart.categories)
    )
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{value:f}</c:v></c:pt>'
        for place, value in enumerate(_values(chart, series))
        if value is not None
    )
    count = f'<c:ptCount val="{len(chart.categories)}"/>'
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/><c:tx><c:strRef><c:f>{_SHEET}!${letter}$1</c:f>'
        f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{escaped(series.name)}</c:v></c:pt></c:strCache>'
        f"</c:strRef></c:tx>{looks(COLOURS[index % len(COLOURS)])}{after}{_figures(chart)}"
        f"<c:cat><c:strRef><c:f>{_SHEET}!$A$2:$A${last}</c:f><c:strCache>{count}{names}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{_SHEET}!${letter}$2:${letter}${last}</c:f><c:numCache>"
        f"<c:formatCode>{_format(chart)}</c:formatCode>{count}{points}</c:numCache></c:numRef></c:val>"
        f"{'<c:smooth val=' + chr(34) + '0' + chr(34) + '/>' if chart.kind is ChartKind.LINE else ''}</c:ser>"
    )


def shows_figures(chart: Chart) -> bool:
    """Few points carry their figures; many would stand one upon the other, or wide ones side by side."""
    points = len(chart.categories) * len(chart.series)
    return points <= _FEW and (chart.kind is not ChartKind.COLUMN or _widest(chart) * points <= _ACROSS)


def _widest(chart: Chart) -> int:
    """The room in twips that the widest figure above a column takes, with what keeps it from the next."""
    decimals = decimals_of(chart)
    found = [f"{value:,.{decimals}f}" for series in chart.series for value in series.values if value is not None]
    return (max(map(len, found), default=0) + 1) * _DIGIT


def _figures(chart: Chart) -> str:
    if not shows_figures(chart):
        return ""
    where = "t" if chart.kind is ChartKind.LINE else "outEnd"
    return (
        f'<c:dLbls><c:numFmt formatCode="{_format(chart)}" sourceLinked="0"/><c:spPr><a:noFill/>'
        f"<a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr {_letters(1000)}</a:pPr><a:endParaRPr lang="vi-VN"/></a:p>'
        f'</c:txPr><c:dLblPos val="{where}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )


def _axes(chart: Chart) -> str:
    is_lying = chart.kind is ChartKind.BAR
    scaling = '<c:scaling><c:orientation val="{}"/>{}</c:scaling>'
    grey = '<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="BFBFBF"/></a:solidFill></a:ln></c:spPr>'
    return (
        f'<c:catAx><c:axId val="111"/>{scaling.format("maxMin" if is_lying else "minMax", "")}<c:delete val="0"/>'
        f'<c:axPos val="{"l" if is_lying else "b"}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>{grey}'
        '<c:crossAx val="112"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
        f'<c:valAx><c:axId val="112"/>{scaling.format("minMax", _least(chart))}<c:delete val="0"/>'
        f'<c:axPos val="{"b" if is_lying else "l"}"/><c:majorGridlines>{grey}</c:majorGridlines>'
        f'<c:numFmt formatCode="{_axis_format(chart)}" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>{grey}<c:crossAx val="111"/>'
        f'<c:crosses val="{"max" if is_lying else "autoZero"}"/><c:crossBetween val="between"/>'
        f"{_steps(chart)}</c:valAx>"
    )


def _least(chart: Chart) -> str:
    """Bars start at nought, or their lengths would tell of a difference that is not there; lines may start higher."""
    is_below = any(value is not None and value < 0 for series in chart.series for value in series.values)
    return "" if chart.kind is ChartKind.LINE or is_below else '<c:min val="0"/>'


def _values(chart: Chart, series: Series) -> list[Decimal | None]:
    """One value a category, whatever the series holds."""
    missing = max(len(chart.categories) - len(series.values), 0)
    return [*series.values[: len(chart.categories)], *[None] * missing]


def decimals_of(chart: Chart) -> int:
    """As many decimals as the finest value has, two at most."""
    found = [value for series in chart.series for value in series.values if value]
    exponents = [value.normalize().as_tuple().exponent for value in found]
    decimals = max((-exponent for exponent in exponents if isinstance(exponent, int)), default=0)
    return max(min(decimals, 2), 0)


def _format(chart: Chart) -> str:
    decimals = decimals_of(chart)
    return _VIETNAMESE + "#,##0" + ("." + "0" * decimals if decimals else "")


def _axis_format(chart: Chart) -> str:
    """Steps of an axis are whole where the figures go beyond ten."""
    most = max((abs(value) for series in chart.series for value in series.values if value is not None), default=0)
    return _VIETNAMESE + "#,##0" if most >= _TEN else _format(chart)


def _steps(chart: Chart) -> str:
    """An axis of a few whole things goes by ones: steps of a half would be printed as 0, 1, 1, 2, 2."""
    values = [value for series in chart.series for value in series.values if value is not None]
    is_few = all(value == value.to_integral_value() and abs(value) <= _FEW_STEPS for value in values)
    return '<c:majorUnit val="1"/>' if is_few else ""


def _letter(column: int) -> str:
    """The letters of a workbook's column: 0 is A, 26 is AA."""
    first, last = divmod(column, 26)
    return (_letter(first - 1) if first else "") + chr(ord("A") + last)


def workbook(chart: Chart, drafted: datetime) -> bytes:
    """The figures of a chart as a workbook, which Word opens when they are to be changed."""
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(stream, options) as book:
        book.set_properties({"created": drafted.replace(tzinfo=None, microsecond=0)})
        sheet = book.add_worksheet(_SHEET)
        shown = book.add_format({"num_format": _format(chart)})
        sheet.set_column(0, 0, 32)
        for row, name in enumerate(chart.categories, 1):
            sheet.write_string(row, 0, clean(name))
        for column, series in enumerate(chart.series, 1):
            sheet.write_string(0, column, clean(series.name))
            for row, value in enumerate(_values(chart, series), 1):
                if value is not None:
                    sheet.write_number(row, column, value, shown)
    return stream.getvalue()
