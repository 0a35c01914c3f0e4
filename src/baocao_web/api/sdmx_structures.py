"""The structures of our figures as an SDMX-JSON 2.0 message: their definition, and the code lists behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from baocao.model.text import Text
from baocao_web.api.sdmx_lists import NAMES, Code, codes_of
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
    named,
    urn,
)

STRUCTURES: Final = "application/vnd.sdmx.structure+json;version=2.0.0"


def structures(lists: Sequence[str], *, with_definition: bool = True) -> dict[str, Any]:
    """What the message holds: code lists, and the definition of our figures that is made of them."""
    data: dict[str, Any] = {}
    if with_definition:
        data["dataflows"] = [
            {**_artefact(DATAFLOW, FIGURES_NAME), "structure": urn("datastructure.DataStructure", STRUCTURE)}
        ]
        data["dataStructures"] = [_definition()]
        data["conceptSchemes"] = [_concepts()]
    data["codelists"] = [
        {**_artefact(name, NAMES[name]), "codes": [_code(code) for code in codes]}
        for name in lists
        if (codes := codes_of(name))
    ]
    return data


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
    return {**_artefact(CONCEPTS, FIGURES_NAME), "concepts": [named(name, text) for name, text in words]}


def _concept(name: str) -> dict[str, Any]:
    return {"conceptIdentity": f"{urn('conceptscheme.Concept', CONCEPTS)}.{name}"}


def _coded(one: Component) -> dict[str, Any]:
    return {"localRepresentation": {"enumeration": urn("codelist.Codelist", one.codes)}}


def _free(kind: str) -> dict[str, Any]:
    return {"localRepresentation": {"format": {"dataType": kind}}}


def _artefact(name: str, words: Text) -> dict[str, Any]:
    return {**named(name, words), "agencyID": AGENCY, "version": VERSION}


def _code(code: Code) -> dict[str, Any]:
    return {**named(code.id, code.name), **({"parent": code.parent} if code.parent else {})}
