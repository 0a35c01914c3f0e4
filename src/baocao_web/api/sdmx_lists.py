"""The code lists (SDMX): units, indicators, breakdowns, authorities, periods, and what figures may be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations, product
from typing import Final, NamedTuple

from baocao.figures import store_targets
from baocao.model.observation import NoValue, Scenario
from baocao.model.period import Period
from baocao.model.target import TargetKind
from baocao.model.text import Text
from baocao.reference import indicators as reference
from baocao.reference.indicators import Dimension
from baocao_web.api.figure_rows import Units
from baocao_web.api.sdmx_names import NONE, NORMAL, TOTAL, authority_code, breakdown_code, status_code
from baocao_web.figures import live
from baocao_web.figures.feeding_in import raw
from baocao_web.places import office

NAMES: Final[Mapping[str, Text]] = {
    "CL_UNIT": Text("Đơn vị hành chính", "Administrative units"),
    "CL_INDICATOR": Text("Chỉ tiêu", "Indicators"),
    "CL_BREAKDOWN": Text("Phân tổ", "Breakdowns"),
    "CL_SCENARIO": Text("Loại số liệu", "Scenarios"),
    "CL_AUTHORITY": Text("Cấp giao chỉ tiêu", "Authorities"),
    "CL_UNIT_VIEW": Text("Cách nhìn đơn vị", "Views of units"),
    "CL_OBS_STATUS": Text("Tình trạng số liệu", "Status of figures"),
    "CL_UNIT_MEASURE": Text("Đơn vị tính", "Units of measure"),
    "CL_TARGET_KIND": Text("Cách hiểu chỉ tiêu giao", "How targets are meant"),
    "CL_PERIOD": Text("Kỳ có số liệu", "Periods with figures"),
}
_SCENARIOS: Final[Mapping[Scenario, Text]] = {
    Scenario.TARGET: Text("Chỉ tiêu giao", "Target"),
    Scenario.ACTUAL: Text("Thực hiện", "Actual"),
    Scenario.ESTIMATE: Text("Ước thực hiện", "Estimate"),
    Scenario.BASELINE: Text("Kỳ gốc", "Baseline"),
}
_VIEWS: Final[Mapping[Units, Text]] = {
    Units.AS_WAS: Text("Đơn vị như khi báo cáo", "Units as they were"),
    Units.TODAY: Text("Theo đơn vị hôm nay", "In the units of today"),
    Units.RECAST: Text("Quy đổi về đơn vị hôm nay", "Re-cast to the units of today"),
}
_STATUSES: Final[Mapping[NoValue, Text]] = {
    NoValue.NOT_RATED: Text("Chưa đánh giá", "Not rated"),
    NoValue.NONE_OCCURRED: Text("Không phát sinh", "None occurred"),
    NoValue.NOT_COLLECTED: Text("Không thu thập", "Not collected"),
    NoValue.NOT_AVAILABLE: Text("Chưa có số liệu", "Not available"),
    NoValue.NOT_RECAST: Text("Không quy đổi được", "Not re-cast"),
}
_KINDS: Final[Mapping[TargetKind, Text]] = {
    TargetKind.EXACTLY: Text("Bằng", "Exactly"),
    TargetKind.AT_LEAST: Text("Từ … trở lên", "At least"),
    TargetKind.AT_MOST: Text("Không quá", "At most"),
    TargetKind.RANGE: Text("Trong khoảng", "Range"),
    TargetKind.MAINTAIN: Text("Duy trì", "Maintain"),
    TargetKind.REDUCE_BY: Text("Giảm", "Reduce by"),
    TargetKind.ASSURED: Text("Đảm bảo", "Assured"),
}


class Code(NamedTuple):
    """One member of a code list."""

    id: str
    name: Text
    parent: str | None = None


def codes_of(name: str) -> list[Code]:
    """One code list. Raises ``KeyError``."""
    return list(_LISTS[name]())


def _units() -> Iterator[Code]:
    known = office.geography()
    for unit in known.units:
        yield Code(unit.key, Text(unit.name, unit.name), unit.parent if unit.parent and unit.parent in known else None)


def _indicators() -> Iterator[Code]:
    listed = {one.code: one.name for one in reversed(office.catalogue().indicators)}  # the first of a code holds
    yield from (Code(code, listed[code]) for code in sorted(listed))


def _breakdowns() -> Iterator[Code]:
    """Every breakdown that the catalogue knows: members of one dimension, and of several at once."""
    yield Code(TOTAL, Text("Tổng số", "Total"))
    known = reference.dimensions()
    found: dict[str, Text] = {}
    for chosen in sorted({tuple(sorted(one.breakdowns)) for one in office.catalogue().indicators if one.breakdowns}):
        dimensions = [known[code] for code in chosen if code in known]
        for count in range(1, len(dimensions) + 1):
            for some in combinations(dimensions, count):
                found |= dict(_members(some))
    yield from (Code(breakdown_code(line), name) for line, name in sorted(found.items()))


def _members(dimensions: tuple[Dimension, ...]) -> Iterator[tuple[str, Text]]:
    for members in product(*(one.members for one in dimensions)):
        pairs = list(zip(dimensions, members, strict=True))
        line = ";".join(f"{dimension.code}={member.code}" for dimension, member in pairs)
        yield line, Text("; ".join(member.name.vi for _, member in pairs), "; ".join(one.name.en for _, one in pairs))


def _authorities() -> Iterator[Code]:
    yield Code(NONE, Text("Không có", "Not applicable"))
    for words in sorted({one.address.authority for one in store_targets.targets(raw())}):
        yield Code(authority_code(words), Text(words, words))


def _statuses() -> Iterator[Code]:
    yield Code(NORMAL, Text("Bình thường", "Normal value"))
    yield from (Code(status_code(one), name) for one, name in _STATUSES.items())


def _measures() -> Iterator[Code]:
    yield Code(NONE, Text("Không có đơn vị tính", "No unit of measure"))
    yield from (Code(one.code, one.name) for one in office.catalogue().measures)


def _periods() -> Iterator[Code]:
    with live.reading() as known:
        told = sorted(known.told)
    yield from (Code(code, period_name(one)) for one in told if _is_code(code := one.code))


def _is_code(code: str) -> bool:
    return "/" not in code  # a range of days is no identifier; it stands in messages as it is


def period_name(period: Period) -> Text:
    """A period by its days, which every reader understands."""
    return Text(f"{period.start:%d/%m/%Y} – {period.end:%d/%m/%Y}", f"{period.start} – {period.end}")


_LISTS: Final[Mapping[str, Callable[[], Iterable[Code]]]] = {
    "CL_UNIT": _units,
    "CL_INDICATOR": _indicators,
    "CL_BREAKDOWN": _breakdowns,
    "CL_SCENARIO": lambda: (Code(one.value.upper(), name) for one, name in _SCENARIOS.items()),
    "CL_AUTHORITY": _authorities,
    "CL_UNIT_VIEW": lambda: (Code(one.value.upper(), name) for one, name in _VIEWS.items()),
    "CL_OBS_STATUS": _statuses,
    "CL_UNIT_MEASURE": _measures,
    "CL_TARGET_KIND": lambda: (Code(one.value.upper(), name) for one, name in _KINDS.items()),
    "CL_PERIOD": _periods,
}
