"""Figures by unit, indicator, period, scenario and authority, and the structures by which other systems read them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from baocao.ledger.following import NotPrepared
from baocao.model.observation import NoValue, Scenario, breakdown_of, written
from baocao.model.target import TargetKind
from baocao.model.text import Problem, Text
from baocao.showing.grid_files import harmless
from baocao_web.api import exact_json, sdmx_data, sdmx_structures
from baocao_web.api.fields import PAGE, Cursor, Limit, figure, page, period_of, shown, unit_of
from baocao_web.api.figure_rows import Asked, Row, Units, rows
from baocao_web.api.freshness import ledger_tag, refuse_known, tag_of
from baocao_web.api.office_calls import demand_anything
from baocao_web.api.problems import Fault, Kind, Refused
from baocao_web.api.sdmx_lists import NAMES
from baocao_web.api.sdmx_names import meta
from baocao_web.figures import asked as figure_pages
from baocao_web.people.policies import demand, units_for
from baocao_web.people.roles import Action
from baocao_web.places import office

router = Router(tags=["Số liệu · Figures"])

MOST_NAMED: Final = 500  # units, indicators or periods of one question
_NO_INDICATOR = Text("không có chỉ tiêu mã “{seen}”.", "no indicator has the code “{seen}”.")
_NO_BREAKDOWN = Text(
    "“{seen}” không phải phân tổ; hãy ghi như “gioi_tinh=nu”, nhiều chiều cách nhau bằng dấu “;”.",
    "“{seen}” is no breakdown; write it as “gioi_tinh=nu”, several with “;” between them.",
)


_NO_AUTHORITY = Text(
    "chỉ chỉ tiêu giao mới có cấp giao; hãy bỏ đi, hoặc hỏi scenario=target.",
    "only targets have an authority; leave it out, or ask for scenario=target.",
)


class Format(Enum):
    """How figures are told."""

    JSON = "json"
    CSV = "csv"
    SDMX_CSV = "sdmx-csv"
    SDMX_JSON = "sdmx-json"


class List(Enum):
    """The code lists."""

    UNIT = "CL_UNIT"
    INDICATOR = "CL_INDICATOR"
    BREAKDOWN = "CL_BREAKDOWN"
    SCENARIO = "CL_SCENARIO"
    AUTHORITY = "CL_AUTHORITY"
    UNIT_VIEW = "CL_UNIT_VIEW"
    OBS_STATUS = "CL_OBS_STATUS"
    UNIT_MEASURE = "CL_UNIT_MEASURE"
    TARGET_KIND = "CL_TARGET_KIND"
    PERIOD = "CL_PERIOD"


class FigureOut(Schema):
    """One figure at its address. ``value`` is an exact decimal in a string; without one ``mark`` says why.

    Of ``expected`` units below ``reporting`` stand behind a computed figure; ``is_stated``: the unit told it itself.
    """

    unit: str
    indicator: str
    period: str
    scenario: Scenario
    authority: str
    breakdown: str
    view: Units
    value: str | None
    mark: NoValue | None
    reporting: int | None
    expected: int | None
    is_stated: bool
    kind: TargetKind | None
    upper: str | None


class FigurePage(Schema):
    """Figures by indicator, unit, breakdown, authority and period; ``revision`` is the ledger's last one."""

    items: list[FigureOut]
    next: str | None


_CONTENT: Final = {
    "application/json": Format.JSON,
    "text/csv": Format.CSV,
    sdmx_data.CSV.partition(";")[0]: Format.SDMX_CSV,
    sdmx_data.JSON.partition(";")[0]: Format.SDMX_JSON,
}


class FiguresAsked(Schema):
    """What figures are asked for."""

    indicator: list[str] = Field(description="Mã chỉ tiêu · Codes of indicators", min_length=1, max_length=MOST_NAMED)
    period: list[str] = Field(description="2026, 2026-Q3, 2026-M10 …", min_length=1, max_length=MOST_NAMED)
    unit: list[str] = Field(
        [], description="Không ghi: đơn vị của mã truy cập · Those of the token where none", max_length=MOST_NAMED
    )
    children: bool = Field(False, description="Kèm đơn vị ngay dưới · With the units right below")
    scenario: Scenario = Scenario.ACTUAL
    authority: list[str] = Field([], description="Của chỉ tiêu giao · Of targets alone", max_length=MOST_NAMED)
    breakdown: list[str] = Field(
        [], description="gioi_tinh=nu …; không ghi: số chung · Totals where none", max_length=MOST_NAMED
    )
    view: Units = Units.AS_WAS
    format: Format | None = Field(None, description="Không ghi: theo Accept · As Accept says where none")


@router.get(
    "/figures",
    response=FigurePage,
    url_name="api_figures",
    operation_id="figures",
    summary="Số liệu theo đơn vị, chỉ tiêu, kỳ",
)
def figures(
    request: HttpRequest,
    asked: Annotated[FiguresAsked, Query()],
    limit: Limit = PAGE,
    cursor: Cursor = "",
) -> HttpResponse:
    """Figures in one of the three views of units: page by page as JSON, whole as CSV, SDMX-CSV 2.0 or SDMX-JSON 2.0."""
    question = _question(request, asked)
    if question.scenario is Scenario.TARGET:  # no revision of the ledger tells of a decision
        told = _rows(question)
        tag = tag_of(request.get_full_path(), request.headers.get("Accept", ""), told)
        refuse_known(request, tag)
    else:
        tag = ledger_tag(request)
        refuse_known(request, tag)
        told = _rows(question)
    how = asked.format or _accepted(request)
    if how is not Format.JSON:
        return _message(told, how, tag)

    def found(behind: Any) -> Iterator[Row]:
        after = None if behind is None else tuple(behind)
        return (row for row in told if after is None or row.key > after)

    items, rest = page(request, found, lambda row: row.key, limit, cursor)
    made = FigurePage(items=[_out(row) for row in items], next=rest)
    return HttpResponse(made.model_dump_json(), content_type="application/json", headers={"ETag": tag})


def _rows(question: Asked) -> list[Row]:
    try:
        return rows(question)
    except NotPrepared:
        raise
    except Problem as problem:
        raise Refused(Kind.INVALID, problem.text) from problem


def _message(told: list[Row], how: Format, tag: str) -> HttpResponse:
    """All figures in one message of a kind that other systems read."""
    if how is Format.CSV:
        made, kind = "\ufeff" + _csv(told), "text/csv; charset=utf-8"
    elif how is Format.SDMX_CSV:
        made, kind = sdmx_data.as_csv(told), sdmx_data.CSV
    else:
        made, kind = sdmx_data.as_json(told), sdmx_data.JSON
    return HttpResponse(made.encode(), content_type=kind, headers={"ETag": tag})


def _csv(told: Iterable[Row]) -> str:
    """A line a figure, headed by the names of its fields; no word of it can begin a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(FigureOut.model_fields)
    for row in told:
        writer.writerow(_cell(name, cell) for name, cell in _out(row).model_dump(mode="json").items())
    return out.getvalue()


def _cell(name: str, cell: str | int | bool | None) -> str:
    if cell is None:
        return ""
    return str(cell) if name in ("value", "upper") else harmless(str(cell))


def _out(row: Row) -> FigureOut:
    target = row.target
    return FigureOut(
        unit=row.unit,
        indicator=row.indicator,
        period=row.period.code,
        scenario=row.scenario,
        authority=row.authority,
        breakdown=row.breakdown,
        view=row.view,
        value=figure(row.value),
        mark=row.mark,
        reporting=row.reporting,
        expected=row.expected,
        is_stated=row.is_stated,
        kind=target.kind if target else None,
        upper=figure(target.high) if target else None,
    )


def _question(request: HttpRequest, asked: FiguresAsked) -> Asked:
    """What is asked for, each thing once; units that the caller may not see are refused."""
    demand_anything(request)
    mine = (key for key in units_for(request.user, Action.SEE) if office.is_known(key))
    keys = [unit_of(key) for key in asked.unit] or list(mine)
    for key in keys:
        demand(request.user, Action.SEE, key)
    found = {key: office.unit(key) for key in keys}
    periods = tuple(dict.fromkeys(period_of(seen) for seen in asked.period))
    if asked.children:
        last = max(period.end for period in periods)
        found |= {one.key: one for key in keys for one in figure_pages.below(office.unit(key), last)}
    for code in asked.indicator:
        if code not in office.catalogue():
            raise Refused(Kind.INVALID, None, [Fault("indicator", _NO_INDICATOR.fill(seen=shown(code)), "query")])
    if asked.authority and asked.scenario is not Scenario.TARGET:
        raise Refused(Kind.INVALID, None, [Fault("authority", _NO_AUTHORITY, "query")])
    codes, breakdowns = tuple(dict.fromkeys(asked.indicator)), _breakdowns(asked.breakdown) or ("",)
    return Asked(tuple(found.values()), codes, periods, asked.scenario, asked.view, tuple(asked.authority), breakdowns)


def _breakdowns(seen: list[str]) -> tuple[str, ...]:
    found = []
    for line in seen:
        try:
            found.append(written(breakdown_of(line)))
        except ValueError as problem:
            shown = line[:60].replace("{", "(").replace("}", ")")
            raise Refused(
                Kind.INVALID, None, [Fault("breakdown", _NO_BREAKDOWN.fill(seen=shown), "query")]
            ) from problem
    return tuple(dict.fromkeys(found))


def _accepted(request: HttpRequest) -> Format:
    """The first kind that the caller accepts by name; JSON where he names none that we tell."""
    named = (one.partition(";")[0].strip().lower() for one in request.headers.get("Accept", "").split(","))
    return next((_CONTENT[one] for one in named if one in _CONTENT), Format.JSON)


@router.get(
    "/structures", url_name="api_structures", operation_id="structures", summary="Cấu trúc dữ liệu và danh mục (SDMX)"
)
def structures(request: HttpRequest) -> HttpResponse:
    """The definition of our figures with all code lists, as an SDMX-JSON 2.0 structure message."""
    return _structures(request, list(NAMES), with_definition=True)


@router.get("/structures/{name}", url_name="api_structure", operation_id="structure", summary="Một danh mục (SDMX)")
def structure(request: HttpRequest, name: List) -> HttpResponse:
    """One code list as an SDMX-JSON 2.0 structure message."""
    return _structures(request, [name.value], with_definition=False)


def _structures(request: HttpRequest, names: list[str], *, with_definition: bool) -> HttpResponse:
    demand_anything(request)
    told = sdmx_structures.structures(names, with_definition=with_definition)
    tag = tag_of(exact_json.written(told))
    refuse_known(request, tag)
    made = exact_json.written({"meta": meta("structure"), "data": told})
    return HttpResponse(made.encode(), content_type=sdmx_structures.STRUCTURES, headers={"ETag": tag})
