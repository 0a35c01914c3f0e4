"""Figures as SDMX messages: SDMX-CSV 2.0 and the data message of SDMX-JSON 2.0."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence, Set
from decimal import Decimal
from typing import Any, Final

from baocao.model.period import Period
from baocao.model.text import Text
from baocao.showing.grid_files import harmless, plain
from baocao_web.api import exact_json
from baocao_web.api.figure_rows import Row
from baocao_web.api.sdmx_lists import Code, codes_of, period_name
from baocao_web.api.sdmx_names import (
    AGENCY,
    ATTRIBUTES,
    DATAFLOW,
    DIMENSIONS,
    FIGURES_NAME,
    MEASURE,
    MEASURE_NAME,
    STRUCTURE,
    TIME,
    TIME_NAME,
    VERSION,
    Component,
    key_of,
    measure_code,
    meta,
    named,
    status_code,
    urn,
    words_of,
)

CSV: Final = "application/vnd.sdmx.data+csv;version=2.0.0"
JSON: Final = "application/vnd.sdmx.data+json;version=2.0.0"
_INFORMATION: Final = "I"  # the message tells, and asks nobody to change anything


def as_csv(rows: Iterable[Row]) -> str:
    """A line a figure, by identifiers; a figure has a decimal point and all its digits."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    heads = (*(one.id for one in DIMENSIONS), TIME, MEASURE, *(one.id for one in ATTRIBUTES))
    writer.writerow(("STRUCTURE", "STRUCTURE_ID", "ACTION", *heads))
    flow = f"{AGENCY}:{DATAFLOW}({VERSION})"
    for row in rows:
        value = "" if row.value is None else plain(row.value)
        attributes = ("" if one is None else _cell(one) for one in _attributes(row))
        writer.writerow(("dataflow", flow, _INFORMATION, *key_of(row), row.period.code, value, *attributes))
    return out.getvalue()


def _cell(value: str | int | Decimal) -> str:
    return plain(value) if isinstance(value, Decimal) else harmless(value) if isinstance(value, str) else str(value)


def _attributes(row: Row) -> tuple[str | int | Decimal | None, ...]:
    """The values of a row's attributes, in their order."""
    target = row.target
    return (
        status_code(row.mark),
        measure_code(row.indicator),
        row.reporting,
        row.expected,
        target.kind.value.upper() if target else None,
        target.high if target else None,
        f"{target.decision.number} {target.decision.issued_on.isoformat()}".strip() if target else None,
    )


def as_json(rows: Sequence[Row]) -> str:
    """The data message: series by their dimensions, observations by their periods, figures with all their digits."""
    periods = sorted({row.period for row in rows})
    keys, attributes = [key_of(row) for row in rows], [_attributes(row) for row in rows]
    members = [_codes(one, {key[at] for key in keys}) for at, one in enumerate(DIMENSIONS)]
    values = [_codes(one, {each[at] for each in attributes}) for at, one in enumerate(ATTRIBUTES)]
    places = [_places(its) for its in members]
    told, when = [_places(its) for its in values], {period: str(at) for at, period in enumerate(periods)}
    series: dict[str, dict[str, Any]] = {}
    for row, key, each in zip(rows, keys, attributes, strict=True):
        name = ":".join(str(place[code]) for place, code in zip(places, key, strict=True))
        one = series.setdefault(name, {"observations": {}})
        one["observations"][when[row.period]] = _observation(row.value, each, told)
    structure = {
        "links": [{"urn": urn("datastructure.DataStructure", STRUCTURE), "rel": "datastructure"}],
        **words_of(FIGURES_NAME),
        "dimensions": _dimensions(members, periods) if rows else {"series": [], "observation": []},
        "measures": {"observation": [named(MEASURE, MEASURE_NAME)]},
        "attributes": {"observation": [_attribute(one, its) for one, its in zip(ATTRIBUTES, values, strict=True)]},
        "dataSets": [0],
    }
    links = [{"urn": urn("datastructure.Dataflow", DATAFLOW), "rel": "dataflow"}]
    dataset = {"structure": 0, "links": links, "action": "Information", "series": series}
    return exact_json.written({"meta": meta("data"), "data": {"structures": [structure], "dataSets": [dataset]}})


def _codes(one: Component, used: Set[object]) -> list[Code]:
    """The codes that are used of a component, in the order of its list; none where its values are free."""
    return [code for code in codes_of(one.codes) if code.id in used] if one.codes else []


def _places(codes: Sequence[Code]) -> dict[str, int]:
    return {code.id: at for at, code in enumerate(codes)}


def _dimensions(members: Sequence[Sequence[Code]], periods: Sequence[Period]) -> dict[str, Any]:
    series = [
        {**named(one.id, one.name), "keyPosition": at, "values": [named(code.id, code.name) for code in its]}
        for at, (one, its) in enumerate(zip(DIMENSIONS, members, strict=True))
    ]
    moments = [_moment(period.code, period_name(period)) for period in periods]
    time = {**named(TIME, TIME_NAME), "keyPosition": len(DIMENSIONS), "roles": [TIME], "values": moments}
    return {"series": series, "observation": [time]}


def _attribute(one: Component, codes: Sequence[Code]) -> dict[str, Any]:
    values = {"values": [named(code.id, code.name) for code in codes]} if codes else {}
    return {**named(one.id, one.name), "relationship": {"observation": {}}, **values}


def _observation(
    value: Decimal | None, attributes: Sequence[str | int | Decimal | None], told: Sequence[Mapping[str, int]]
) -> list[object]:
    """The figure, then its attributes: by their places in the lists, or as they are; none at the end says nothing."""
    found: list[object] = [value]
    for places, each in zip(told, attributes, strict=True):
        found.append(places[str(each)] if each is not None and places else each)
    while len(found) > 1 and found[-1] is None:
        found.pop()
    return found


def _moment(code: str, words: Text) -> dict[str, Any]:
    """A period as a value; a range of days has no identifier."""
    return {"value": code} if "/" in code else named(code, words)
