"""Indicators of the catalogue as tables: the sectors, those that have some words, one in full."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.figures.catalogue import Catalogue, folded
from baocao.ledger.grid import Cell, Column, Grid
from baocao.model.indicator import Aim, Indicator, Over
from baocao.model.text import Text
from baocao.reference import indicators as reference

_SECTORS = Text("Danh mục chỉ tiêu theo lĩnh vực", "The catalogue by sectors")
_FOUND = Text("Chỉ tiêu", "Indicators")
_SECTOR = Column("sector", Text("Lĩnh vực", "Sector"))
_CODE = Column("indicator", Text("Mã", "Code"))
_NAME = Column("indicator_name", Text("Tên", "Name"))
_MEASURE = Column("measure", Text("ĐVT", "Measure"))
_OVER = {
    Over.SUM: Text("cộng", "sum"),
    Over.MEAN: Text("bình quân", "mean"),
    Over.LAST: Text("số cuối kỳ", "last"),
    Over.RECOMPUTE: Text("tính lại", "recomputed"),
    Over.NONE: Text("không tổng hợp", "not rolled up"),
}
_AIMS = {
    Aim.HIGHER: Text("càng cao càng tốt", "higher is better"),
    Aim.LOWER: Text("càng thấp càng tốt", "lower is better"),
    Aim.NONE: Text("không", "neither"),
}


def by_sector(listed: Catalogue) -> Grid:
    """How many indicators each sector has."""
    rows = [(code, name, len(listed.of_sector(code))) for code, name in reference.sectors().items()]
    columns = (
        Column("sector", Text("Mã", "Code")),
        Column("sector_name", Text("Lĩnh vực", "Sector")),
        Column("indicators", Text("Số chỉ tiêu", "Indicators")),
    )
    return Grid(_SECTORS, columns, tuple(row for row in rows if row[2]))


def found(listed: Catalogue, words: str) -> Grid:
    """The indicators whose code, names or sector have all the words, tone marks and case aside."""
    wanted = folded(words.replace("_", " ")).split()
    rows: list[tuple[Cell, ...]] = []
    for one in listed.indicators:
        sector = reference.sectors().get(one.sector, Text(one.sector, one.sector))
        text = folded(" ".join((one.code.replace("_", " "), one.name.vi, one.name.en, sector.vi, one.sector)))
        if all(f" {word}" in f" {text}" for word in wanted):
            rows.append((one.code, one.name, _measure(listed, one), sector))
    return Grid(_FOUND, (_CODE, _NAME, _MEASURE, _SECTOR), tuple(rows))


def full(listed: Catalogue, one: Indicator) -> Grid:
    """Everything about one indicator, a row each."""
    columns = (
        Column("field", Text("Mục", "Field"), is_shown=False),
        Column("head", Text("Mục", "Field")),
        Column("content", Text("Nội dung", "Content")),
    )
    rows = tuple(
        (field, head, content) for field, head, content in _fields(listed, one) if content not in (None, "", ())
    )
    return Grid(one.name, columns, rows)


def _measure(listed: Catalogue, one: Indicator) -> Text:
    """The unit of measure; its code where the lists do not have it."""
    return listed.units[one.code].name if one.code in listed.units else Text(one.unit, one.unit)


def _fields(listed: Catalogue, one: Indicator) -> Iterator[tuple[str, Text, Cell]]:
    low, high = (f"{end:f}" if end is not None else "…" for end in one.plausible)
    departments = reference.departments()
    office = departments[one.department].province if one.department in departments else one.department
    yield "code", Text("Mã", "Code"), one.code
    yield "vi", Text("Tên tiếng Việt", "Vietnamese name"), one.name.vi
    yield "en", Text("Tên tiếng Anh", "English name"), one.name.en
    yield "measure", Text("Đơn vị tính", "Unit of measure"), _measure(listed, one)
    yield "sector", Text("Lĩnh vực", "Sector"), reference.sectors().get(one.sector, Text(one.sector, one.sector))
    yield "aim", Text("Chiều", "Direction"), _AIMS[one.aim]
    yield "over_place", Text("Theo đơn vị", "Over places"), _OVER[one.over_place]
    yield "over_time", Text("Theo thời gian", "Over time"), _OVER[one.over_time]
    yield "numerator", Text("Tử số", "Numerator"), one.numerator
    yield "denominator", Text("Mẫu số", "Denominator"), one.denominator
    yield "per", Text("Tính trên", "Per"), one.per if one.numerator else None
    yield "formula", Text("Công thức", "Formula"), one.formula
    yield "parts", Text("Gồm", "Parts"), one.parts
    yield "breakdowns", Text("Phân tổ", "Breakdowns"), one.breakdowns
    yield "identities", Text("Phải thỏa mãn", "Identities"), one.identities
    yield "plausible", Text("Khoảng hợp lý", "Plausible range"), f"{low} - {high}"
    yield "department", Text("Cơ quan chịu trách nhiệm", "Department"), office
    yield "source", Text("Căn cứ", "Source"), one.source
