"""A printed report read back into figures: for people to look over, and for the ledger to load.

The report's own unit and period are told by the caller, or found in its head: the issuer's name, the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from baocao import desk
from baocao.figures.intake_names import Names
from baocao.grammar.words import lowered
from baocao.ledger import sources
from baocao.ledger.book import CannotAsk, period_of
from baocao.ledger.grid import Cell, Column, Grid
from baocao.ledger.sources import Sources
from baocao.ledger.tracing import SCENARIOS
from baocao.linking import Lexicon, Link, Reading, Setting, Unlinked, counts_known, link
from baocao.model.claim import Claim, DateClaim
from baocao.model.document import Block, Document, Passage
from baocao.model.draft import UPPER, Reckoning, Source
from baocao.model.frame import HEAD, frame_of
from baocao.model.geography import Geography
from baocao.model.observation import Address, Scenario, written
from baocao.model.org_unit import OrgUnit
from baocao.model.period import CutOff, NotAPeriod, Period
from baocao.model.target import TargetKind
from baocao.model.text import Text
from baocao.reference import indicators as reference
from baocao.reference import load
from baocao.reference.sector_tables import words
from baocao.reporting.live_links import live_file, with_live

_NO_UNIT = Text(
    "không rõ báo cáo là của đơn vị nào; hãy thêm --unit với mã hoặc tên đơn vị.",
    "it is not clear whose report this is; add --unit with the unit's code or name.",
)
_NO_PERIOD = Text(
    "không rõ báo cáo là của kỳ nào; hãy thêm --period, ví dụ --period 2026-S1.",
    "it is not clear which period the report is of; add --period, such as --period 2026-S1.",
)
_TITLE = Text("Số liệu đọc được", "Figures read")
_NOT_LINKED = Text(
    "{count} số chưa rõ địa chỉ nên không ghi; thêm --all để xem từng số và lý do.",
    "{count} figures without a sure address are not told; --all shows each with the reason.",
)
_AT_ODDS = Text(
    "{address}: in nhiều giá trị khác nhau ({values}) nên không ghi vào tệp.",
    "{address}: printed with different values ({values}), and so not written.",
)
_RECKONED = {
    Reckoning.VALUE: Text("giá trị", "value"),
    Reckoning.PERCENT: Text("tỷ lệ % so với", "per cent of"),
    Reckoning.CHANGE: Text("chênh lệch so với", "change since"),
    Reckoning.PERCENT_CHANGE: Text("tăng, giảm % so với", "per cent change since"),
    Reckoning.SUM: Text("tổng", "sum"),
    Reckoning.PROJECTION: Text("dự báo cả năm", "projection"),
    Reckoning.COUNT: Text("số đếm", "count"),
}
_UPPER = Text("cận trên", "upper bound")
_ISSUER = re.compile(r"(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd|hội đồng nhân dân|hđnd)\s+([^\n]+)")
_TITLED, _LINE = 3, 250  # blocks of a title, letters of one line of it
_WORDED = frozenset({TargetKind.AT_LEAST, TargetKind.AT_MOST, TargetKind.MAINTAIN, TargetKind.REDUCE_BY})
_RESULTS = (Scenario.ACTUAL, Scenario.ESTIMATE)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which report, and what is known of it beforehand; empty where its head shall say."""

    path: Path
    unit: str = ""
    period: str = ""
    authorities: tuple[str, ...] = ()
    cut_off: CutOff = CutOff.CALENDAR


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A report with every figure in it, and what they were read in."""

    document: Document
    readings: tuple[Reading, ...]
    setting: Setting

    @property
    def links(self) -> Iterator[Link]:
        return (one for one in self.readings if isinstance(one, Link))

    @property
    def unlinked(self) -> tuple[Unlinked, ...]:
        return tuple(one for one in self.readings if isinstance(one, Unlinked))


def read_back(asked: Asked, given: Sources) -> ReadBack:
    """Every figure of a report. Raises ``CannotAsk``, ``BadSources``, ``formats.Unreadable``."""
    units, listed = sources.geography(given), sources.catalogue(given)
    reading = desk.read(asked.path)
    live = live_file(asked.path, reading.document)
    if live is not None and live.part is not None and not asked.unit:
        asked = replace(asked, unit=live.part.unit)
    planned = planned_year(reading.document, reading.claims)
    period = _period(asked, reading, planned)
    unit = _unit(asked, reading.document, Names(units.units, (), ()), period.end)
    planned = planned if planned is not None and planned.start > period.end else None
    setting = Setting(unit.key, period, asked.authorities, asked.cut_off, planned=planned)
    lexicon = Lexicon(
        listed.indicators,
        listed.measures,
        reference.dimensions().values(),
        _near(units, unit, period.end),
        asked.authorities,
        reference.sectors(),
        counts_known(asked.authorities),
    )
    found: Iterable[Reading] = link(reading.document, lexicon, setting)
    if live is not None:
        found = with_live(reading.document, found, live)
    return ReadBack(reading.document, tuple(found), setting)


def _near(units: Geography, unit: OrgUnit, day: date) -> Iterator[OrgUnit]:
    """The unit itself and those right below it: a report speaks of no others without saying where they are."""
    yield unit
    yield from units.children(unit.key, day)


def planned_year(document: Document, claims: Iterable[Claim]) -> Period | None:
    """The year that a plan is for, by the title in its head; None of any other report."""
    kind = next((at for at, block in enumerate(document.blocks[:HEAD]) if _is_kind_of_plan(block)), None)
    if kind is None:
        return None
    title = range(kind, kind + _TITLED)
    years = [one.year for one in claims if isinstance(one, DateClaim) and one.basis == "year" and one.at.block in title]
    return next((Period.part(year) for year in years if year is not None), None)


def _is_kind_of_plan(block: Block) -> bool:
    words = lowered(block.text).strip() if isinstance(block, Passage) else ""
    return len(words) < _LINE and words.startswith(tuple(load("linking")["planned"]["words"]))


def _period(asked: Asked, reading: desk.Reading, planned: Period | None) -> Period:
    """The period whose results are told: of a plan that is named by its year, the year before it."""
    if asked.period:
        told = period_of(asked.period, asked.cut_off)
        return told if planned is None or told.year < planned.year else told.last_year
    if planned is not None:
        return planned.last_year
    frame = frame_of(reading.document, reading.claims)
    if frame.year is None or frame.month is None or frame.months is None:
        raise CannotAsk(_NO_PERIOD)
    try:
        return Period.months(frame.year, frame.month - frame.months + 1, frame.months, asked.cut_off)
    except NotAPeriod as problem:
        raise CannotAsk(_NO_PERIOD) from problem


def _unit(asked: Asked, document: Document, names: Names, day: date) -> OrgUnit:
    if asked.unit:
        found = names.unit(asked.unit, day)
        if isinstance(found, Text):
            raise CannotAsk(found)
        return found
    for block in document.blocks[:HEAD]:
        for named in _ISSUER.findall(lowered(block.text)) if isinstance(block, Passage) else ():
            found = names.unit(named.strip(" .,:"), day)
            if not isinstance(found, Text):
                return found
    raise CannotAsk(_NO_UNIT)


# what is shown


def grid_of(read: ReadBack, *, is_all: bool = False, is_coded: bool = True) -> Grid:
    """All linked figures in the order of the text; with ``is_all`` the others too, with the reason.

    Scenarios are told by their codes, for programs, or without ``is_coded`` in words, for people.
    """
    columns = (
        Column("printed", Text("Số in", "Printed")),
        Column("reckoning", Text("Là", "Is")),
        Column("unit", Text("Đơn vị", "Unit")),
        Column("indicator", Text("Chỉ tiêu", "Indicator")),
        Column("period", Text("Kỳ", "Period")),
        Column("scenario", Text("Loại số liệu", "Scenario")),
        Column("authority", Text("Cấp giao", "Authority")),
        Column("breakdown", Text("Phân tổ", "Breakdown")),
        Column("value", Text("Giá trị", "Value")),
        Column("against", Text("So với", "Against")),
        Column("reason", Text("Vì sao chưa rõ", "Why it is not sure")),
        Column("candidates", Text("Có thể là", "May be")),
    )
    shown = (one for one in read.readings if is_all or isinstance(one, Link))
    rows = tuple(_row(each, is_coded) for one in shown for each in _by_address(one))
    unlinked = read.unlinked
    remarks = () if is_all or not unlinked else (_NOT_LINKED.fill(count=len(unlinked)),)
    return Grid(_TITLE, columns, rows, remarks, not unlinked)


def _by_address(one: Reading) -> Iterator[Reading]:
    """A figure that is of several addresses alike ("cùng giao") as one of each; any other as it is."""
    if isinstance(one, Unlinked) or one.source.reckoning is not Reckoning.VALUE or not one.source.addresses:
        yield one
        return
    for address in one.source.addresses:
        yield replace(one, source=replace(one.source, addresses=(address,)))


def _row(one: Reading, is_coded: bool) -> tuple[Cell, ...]:
    if isinstance(one, Unlinked):
        return (one.text, *[None] * 9, one.why, one.candidates)
    if not one.source.addresses:  # a count of ratings or tasks is asked of no one address
        return (one.text, _reckoned(one.source), *[None] * 6, one.value, *[None] * 3)
    address, *others = one.source.addresses
    against = "; ".join(map(str, others))
    where: list[Cell] = list(_of(address))
    if not is_coded:
        where[_SCENARIO] = SCENARIOS[address.scenario]
    return (one.text, _reckoned(one.source), *where, one.value, against, None, None)


def _reckoned(source: Source) -> Text:
    return _UPPER if source.argument == UPPER else _RECKONED[source.reckoning]


_SCENARIO = 3  # its place in an address


def _of(address: Address) -> tuple[str, ...]:
    scenario = address.scenario.value
    where = (address.unit, address.indicator, address.period.code)
    return (*where, scenario, address.authority, written(address.breakdown))


def loadable(read: ReadBack, *, are_targets: bool = False) -> Grid:
    """What ``baocao load`` takes: each figure once, told as finely as it is printed anywhere; none that is at odds.

    Results and estimates, or with ``are_targets`` what authorities ask for, which is loaded with its decision.
    """
    wanted = (Scenario.TARGET,) if are_targets else _RESULTS
    links = (each for one in read.links for each in _by_address(one) if isinstance(each, Link))
    values = [one for one in links if one.source.reckoning is Reckoning.VALUE and one.source.addresses]
    upper = {one.source.addresses[0]: one.value for one in values if one.source.argument == UPPER}
    kept: dict[Address, list[Link]] = {}
    for one in values:
        if one.source.addresses[0].scenario in wanted and one.source.argument != UPPER:
            kept.setdefault(one.source.addresses[0], []).append(one)
    remarks = [
        _AT_ODDS.fill(address=str(address), values="; ".join(dict.fromkeys(one.text for one in printed)))
        for address, printed in kept.items()
        if not _agree(printed)
    ]
    names = ("unit", "indicator", "period", "scenario", "authority", "breakdown", "value")
    rows: list[tuple[Cell, ...]] = [
        (*_of(address), _asked(min(printed, key=lambda one: one.step), upper.get(address)))
        for address, printed in kept.items()
        if _agree(printed)
    ]
    columns = tuple(Column(name, Text(name, name)) for name in names)
    return Grid(_TITLE, columns, tuple(rows), tuple(remarks), not remarks)


def _asked(printed: Link, upper: Decimal | None) -> Cell:
    """A figure, or a target as plans print it: "36-38", "từ 4 trở lên", "duy trì 3"."""
    meant = printed.meant
    if upper is None and (meant is None or meant.kind not in _WORDED):
        return printed.value
    low = f"{printed.value:f}".replace(".", ",")
    if upper is not None:
        return f"{low}-{upper:f}".replace(".", ",")
    said = words()["asked"]
    kind = meant.kind.value + ("_strict" if meant.is_strict else "") if meant is not None else ""
    before, behind = said[kind]
    return f"{before}{low}{behind}"


def _agree(printed: Sequence[Link]) -> bool:
    """Whether several printings of one figure can be of one value."""
    low = max(one.value - one.step for one in printed)
    return low <= min(one.value + one.step for one in printed)


def with_remarks(grid: Grid, remarks: Iterable[Text]) -> Grid:
    """A grid with more that must be known of it."""
    return replace(grid, remarks=(*grid.remarks, *remarks))
