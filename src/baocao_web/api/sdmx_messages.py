"""Figures and structures as SDMX messages: SDMX-CSV 2.0, SDMX-JSON 2.0 for data and for structures."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

from baocao.model.text import Text
from baocao.showing.grid_files import plain
from baocao_web.api import exact_json
from baocao_web.api.figure_rows import Row
from baocao_web.api.sdmx_lists import NAMES, Code, codes_of, period_name
from baocao_web.api.sdmx_names import (
    AGENCY,
    ATTRIBUTES,
    CONCEPTS,
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
    status_code,
)
from baocao_web.figures.pivoting import harmless

CSV: Final = "application/vnd.sdmx.data+csv;version=2.0.0"
JSON: Final = "application/vnd.sdmx.data+json;version=2.0.0"
STRUCTURES: Final = "application/vnd.sdmx.structure+json;version=2.0.0"
_SCHEMAS: Final = "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master"
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
    keys = [key_of(row) for row in rows]
    members = [_listed(keys, place, one) for place, one in enumerate(DIMENSIONS)]
    places = [{code.id: at for at, code in enumerate(its)} for its in members]
    coded = [_used(rows, place, one) for place, one in enumerate(ATTRIBUTES)]
    told = [{code.id: at for at, code in enumerate(its)} for its in coded]
    series: dict[str, dict[str, Any]] = {}
    when = {period: str(at) for at, period in enumerate(periods)}
    for row, key in zip(rows, keys, strict=True):
        name = ":".join(str(places[place][code]) for place, code in enumerate(key))
        one = series.setdefault(name, {"observations": {}})
        one["observations"][when[row.period]] = _observation(row, told)
    dimensions = {
        "series": [
            {**_named(one.id, one.name), "keyPosition": at, "values": [_value(code) for code in its]}
            for at, (one, its) in enumerate(zip(DIMENSIONS, members, strict=True))
        ],
        "observation": [
            {
                **_named(TIME, TIME_NAME),
                "keyPosition": len(DIMENSIONS),
                "roles": [TIME],
                "values": [_moment(period.code, period_name(period)) for period in periods],
            }
        ],
    }
    attributes = [
        {
            **_named(one.id, one.name),
            "relationship": {"observation": {}},
            **({"values": [_value(code) for code in its]} if its else {}),
        }
        for one, its in zip(ATTRIBUTES, coded, strict=True)
    ]
    structure = {
        "links": [{"urn": _urn("datastructure.DataStructure", STRUCTURE), "rel": "datastructure"}],
        **_named_only(FIGURES_NAME),
        "dimensions": dimensions if rows else {"series": [], "observation": []},
        "measures": {"observation": [_named(MEASURE, MEASURE_NAME)]},
        "attributes": {"observation": attributes},
        "dataSets": [0],
    }
    links = [{"urn": _urn("datastructure.Dataflow", DATAFLOW), "rel": "dataflow"}]
    dataset = {"structure": 0, "links": links, "action": "Information", "series": series}
    return exact_json.written({"meta": _meta("data"), "data": {"structures": [structure], "dataSets": [dataset]}})


def _listed(keys: Sequence[tuple[str, ...]], place: int, one: Component) -> list[Code]:
    used = {key[place] for key in keys}
    return [code for code in codes_of(one.codes) if code.id in used]


def _used(rows: Sequence[Row], place: int, one: Component) -> list[Code]:
    """The codes that the rows use of an attribute; none where its values are free."""
    if not one.codes:
        return []
    used = {_attributes(row)[place] for row in rows}
    return [code for code in codes_of(one.codes) if code.id in used]


def _observation(row: Row, told: Sequence[Mapping[str, int]]) -> list[object]:
    """The figure, then its attributes: by their places in the lists, or as they are; none at the end says nothing."""
    found: list[object] = [row.value]
    for places, value in zip(told, _attributes(row), strict=True):
        found.append(places[str(value)] if value is not None and places else value)
    while len(found) > 1 and found[-1] is None:
        found.pop()
    return found


def structures(lists: Sequence[str], *, with_definition: bool = True) -> str:
    """The structure message: code lists, and the definition of our figures that is made of them."""
    data: dict[str, Any] = {}
    if with_definition:
        data["dataflows"] = [
            {**_artefact(DATAFLOW, FIGURES_NAME), "structure": _urn("datastructure.DataStructure", STRUCTURE)}
        ]
        data["dataStructures"] = [_definition()]
        data["conceptSchemes"] = [_concepts()]
    data["codelists"] = [
        {**_artefact(name, NAMES[name]), "codes": [_code(code) for code in codes]}
        for name in lists
        if (codes := codes_of(name))
    ]
    return exact_json.written({"meta": _meta("structure"), "data": data})


def _definition() -> dict[str, Any]:
    dimensions = [
        {"id": one.id, "position": at, **_concept(one.id), **_coded(one)} for at, one in enumerate(DIMENSIONS)
    ]
    time = {"id": TIME, **_concept(TIME), "localRepresentation": {"format": {"dataType": "ObservationalTimePeriod"}}}
    measure = {"id": MEASURE, **_concept(MEASURE), "usage": "optional", **_free("Decimal")}
    attributes = [
        {
            "id": one.id,
            **_concept(one.id),
            "usage": "optional",
            "attributeRelationship": {"observation": {}},
            **(_coded(one) if one.codes else _free(_FREE[one.id])),
        }
        for one in ATTRIBUTES
    ]
    components = {
        "dimensionList": {"id": "DimensionDescriptor", "dimensions": dimensions, "timeDimension": time},
        "measureList": {"id": "MeasureDescriptor", "measures": [measure]},
        "attributeList": {"id": "AttributeDescriptor", "attributes": attributes},
    }
    return {**_artefact(STRUCTURE, FIGURES_NAME), "dataStructureComponents": components}


_FREE: Final = {"REPORTING": "Integer", "EXPECTED": "Integer", "UPPER_VALUE": "Decimal", "DECISION": "String"}


def _concepts() -> dict[str, Any]:
    words = [(one.id, one.name) for one in (*DIMENSIONS, *ATTRIBUTES)]
    words += [(TIME, TIME_NAME), (MEASURE, MEASURE_NAME)]
    return {**_artefact(CONCEPTS, FIGURES_NAME), "concepts": [_named(name, text) for name, text in words]}


def _concept(name: str) -> dict[str, Any]:
    return {"conceptIdentity": f"{_urn('conceptscheme.Concept', CONCEPTS)}.{name}"}


def _coded(one: Component) -> dict[str, Any]:
    return {"localRepresentation": {"enumeration": _urn("codelist.Codelist", one.codes)}}


def _free(kind: str) -> dict[str, Any]:
    return {"localRepresentation": {"format": {"dataType": kind}}}


def _artefact(name: str, words: Text) -> dict[str, Any]:
    return {**_named(name, words), "agencyID": AGENCY, "version": VERSION}


def _urn(kind: str, name: str) -> str:
    return f"urn:sdmx:org.sdmx.infomodel.{kind}={AGENCY}:{name}({VERSION})"


def _named(name: str, words: Text) -> dict[str, Any]:
    return {"id": name, **_named_only(words)}


def _named_only(words: Text) -> dict[str, Any]:
    return {"name": words.vi, "names": {"vi": words.vi, "en": words.en}}


def _value(code: Code) -> dict[str, Any]:
    return _named(code.id, code.name)


def _moment(code: str, words: Text) -> dict[str, Any]:
    """A period as a value; a range of days has no identifier."""
    return {"value": code} if "/" in code else _named(code, words)


def _code(code: Code) -> dict[str, Any]:
    return {**_value(code), **({"parent": code.parent} if code.parent else {})}


def _meta(kind: str) -> dict[str, Any]:
    return {
        "schema": f"{_SCHEMAS}/{kind}-message/tools/schemas/2.0.0/sdmx-json-{kind}-schema.json",
        "id": f"{AGENCY}-{kind}",
        "test": False,
        "prepared": datetime.now(UTC).isoformat(timespec="seconds"),
        "contentLanguages": ["vi", "en"],
        "sender": {"id": AGENCY},
    }
