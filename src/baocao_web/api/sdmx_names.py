"""The names by which other systems know our figures (SDMX 3.0): components, code lists and their codes.

An address is a key: unit, indicator, breakdown, scenario, authority and view are its dimensions, the period is its
time. Codes are made of ours and can be turned back; what an SDMX identifier cannot hold is written otherwise.
"""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final, NamedTuple

from baocao.model.observation import NoValue, breakdown_of
from baocao.model.text import Text
from baocao_web.api.figure_rows import Row
from baocao_web.places import office
from baocao_web.places.vietnamese import folded

AGENCY: Final = "BAOCAO"
VERSION: Final = "1.0.0"
_SCHEMAS: Final = "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master"
DATAFLOW, STRUCTURE, CONCEPTS = "DF_FIGURES", "DSD_FIGURES", "CS_FIGURES"
TOTAL, NONE, NORMAL = "_T", "_Z", "A"
TIME: Final = "TIME_PERIOD"
MEASURE: Final = "OBS_VALUE"
_APART, _IS = "$", "-"


class Component(NamedTuple):
    """A dimension or an attribute: its name, its words, the code list of its values (none: they are free)."""

    id: str
    name: Text
    codes: str = ""


DIMENSIONS: Final = (
    Component("REF_AREA", Text("Đơn vị", "Unit"), "CL_UNIT"),
    Component("INDICATOR", Text("Chỉ tiêu", "Indicator"), "CL_INDICATOR"),
    Component("BREAKDOWN", Text("Phân tổ", "Breakdown"), "CL_BREAKDOWN"),
    Component("SCENARIO", Text("Loại số liệu", "Scenario"), "CL_SCENARIO"),
    Component("AUTHORITY", Text("Cấp giao", "Authority"), "CL_AUTHORITY"),
    Component("UNIT_VIEW", Text("Cách nhìn đơn vị", "View of units"), "CL_UNIT_VIEW"),
)
ATTRIBUTES: Final = (
    Component("OBS_STATUS", Text("Tình trạng số liệu", "Status"), "CL_OBS_STATUS"),
    Component("UNIT_MEASURE", Text("Đơn vị tính", "Unit of measure"), "CL_UNIT_MEASURE"),
    Component("REPORTING", Text("Số đơn vị đã báo cáo", "Units that reported")),
    Component("EXPECTED", Text("Số đơn vị phải báo cáo", "Units expected to report")),
    Component("TARGET_KIND", Text("Cách hiểu chỉ tiêu giao", "How a target is meant"), "CL_TARGET_KIND"),
    Component("UPPER_VALUE", Text("Cận trên", "Upper bound")),
    Component("DECISION", Text("Văn bản giao", "Decision")),
)
TIME_NAME: Final = Text("Kỳ", "Period")
MEASURE_NAME: Final = Text("Giá trị", "Value")
FIGURES_NAME: Final = Text("Số liệu kinh tế - xã hội", "Social and economic figures")


def breakdown_code(line: str) -> str:
    """A breakdown as a code; the total for none.

    >>> breakdown_code("crop=rice;season=mua"), breakdown_code("")
    ('crop-rice$season-mua', '_T')
    """
    return _APART.join(f"{name}{_IS}{member}" for name, member in breakdown_of(line)) or TOTAL


def authority_code(words: str) -> str:
    """Who sets a target as a code: the words without their marks, and what tells them from others alike.

    >>> authority_code("HĐND tỉnh")[:9], authority_code("")
    ('HDND_TINH', '_Z')
    """
    if not words:
        return NONE
    bare = "".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in folded(words)).upper()
    return f"{bare[:40]}_{sha256(words.encode()).hexdigest()[:6]}"


def key_of(row: Row) -> tuple[str, ...]:
    """The codes of a row's dimensions, in their order."""
    return (
        row.unit,
        row.indicator,
        breakdown_code(row.breakdown),
        row.scenario.value.upper(),
        authority_code(row.authority),
        row.view.value.upper(),
    )


def status_code(mark: NoValue | None) -> str:
    return NORMAL if mark is None else mark.value.upper()


def measure_code(indicator: str) -> str:
    listed = office.catalogue()
    return listed.units[indicator].code if indicator in listed.units else NONE


def urn(kind: str, name: str) -> str:
    """The name of one of our artefacts among those of the world."""
    return f"urn:sdmx:org.sdmx.infomodel.{kind}={AGENCY}:{name}({VERSION})"


def named(name: str, words: Text) -> dict[str, Any]:
    """An identifier with its words in both languages."""
    return {"id": name, **words_of(words)}


def words_of(words: Text) -> dict[str, Any]:
    """Words in both languages, Vietnamese first."""
    return {"name": words.vi, "names": {"vi": words.vi, "en": words.en}}


def meta(kind: str) -> dict[str, Any]:
    """What stands above a message: of which kind it is, when it was made, in which languages."""
    return {
        "schema": f"{_SCHEMAS}/{kind}-message/tools/schemas/2.0.0/sdmx-json-{kind}-schema.json",
        "id": f"{AGENCY}-{kind}",
        "test": False,
        "prepared": datetime.now(UTC).isoformat(timespec="seconds"),
        "contentLanguages": ["vi", "en"],
        "sender": {"id": AGENCY},
    }
