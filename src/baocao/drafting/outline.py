"""An outline: a report's skeleton as a reviewed data file, read into its sections and what each of them says.

An outline names sections in the order of the page. Each section has a list of things to say; a thing to say is
one kind of statement ("figures", "crop", "flow" ...) with the indicators that it is of, where its sentence stands
(a paragraph of its own, a dash, the sentence before), what stands in a footnote to it, and when it is said at all.
Sections that several outlines share stand in files of their own and are included by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final

from baocao.model.draft import Manner
from baocao.model.observation import Breakdown, breakdown_of
from baocao.model.org_unit import Level
from baocao.model.text import Text


class Purpose(Enum):
    """What kind of report an outline is of, which decides the periods that its words speak of."""

    SIX_MONTHS = "six_months"
    YEAR = "year"
    NEXT_YEAR = "next_year"


class Given(Enum):
    """The year that targets are given for, on which a thing to say may hang."""

    YEAR = "year"  # whose results are told
    NEXT_YEAR = "next_year"


class Kind(Enum):
    """What a section may say. The value is the key that an outline writes it under."""

    TEXT = "text"  # words that stand in every report of this kind, with slots
    NARRATIVE = "narrative"  # what people write; kept under its key from report to report
    FIGURES = "figures"  # indicators against plan and the same period
    LEVELS = "plain"  # indicators without comparison
    MOVED = "moved"  # how much indicators rose or fell
    CROP = "crop"  # area, yield, output of one crop
    PARTS = "parts"  # a total and the indicators that it is made of
    BREAKDOWN = "breakdown"  # a total and its members in one dimension (``by``)
    STRUCTURE = "structure"  # shares of a hundred
    SHARE = "share"  # one indicator as a share of another
    DISBURSEMENT = "disbursement"  # spent against plan, by source (``by``)
    FLOW = "flow"  # received, resolved, pending (and early, on time, late) of ``noun``
    UNITS = "units"  # the units where an indicator is more than nought, with their count
    LEADING = "leading"  # the units with the most and the least
    HEADLINES = "headlines"  # a numbered list of the headline indicators
    RATINGS = "ratings"  # the count sentence of the annex
    TASKS = "tasks"  # the count sentence of the key tasks
    MISSING = "missing"  # the units that have not reported
    PROJECTION = "projection"  # what the year may come to
    RESULTS = "results"  # suggested: what went well
    LIMITS = "limits"  # suggested: what did not
    OBJECTIVES = "objectives"  # next year's targets beside this year's results
    OTHER_OBJECTIVES = "other_objectives"  # those of a group of sectors that nothing else tells
    REST = "rest"  # all other indicators of a sector, grouped, most of them in footnotes
    TABLE = "table"  # a table of the annexes, by name
    CHART = "chart"  # indicators by month or by unit


# What words may be filled with. A paragraph with a slot that nothing is known for is left out.
SLOTS: Final = {
    "unit": Text("tên đơn vị: tỉnh A, phường B", "the unit's name: tỉnh A, phường B"),
    "level": Text("cấp của đơn vị: tỉnh, huyện, xã, phường", "what kind of unit it is: tỉnh, huyện, xã, phường"),
    "below": Text("đơn vị cấp dưới: xã, phường; thôn, tổ dân phố", "the units below: xã, phường; thôn, tổ dân phố"),
    "places": Text("nơi cùng thực hiện: địa phương; của xã là thôn, tổ dân phố", "the places that share the work"),
    "party": Text("cấp ủy: Tỉnh ủy, Huyện ủy, Đảng ủy", "the party committee: Tỉnh ủy, Huyện ủy, Đảng ủy"),
    "issuer": Text("cơ quan ban hành: Ủy ban nhân dân tỉnh A", "who issues: Ủy ban nhân dân tỉnh A"),
    "council": Text("Hội đồng nhân dân tỉnh A", "the council: Hội đồng nhân dân tỉnh A"),
    "period": Text("kỳ báo cáo: 6 tháng đầu năm 2026, năm 2026", "the period: 6 tháng đầu năm 2026, năm 2026"),
    "same_period": Text("cùng kỳ năm 2025", "the same period of last year: cùng kỳ năm 2025"),
    "rest_of_year": Text("phần còn lại của năm: 6 tháng cuối năm 2026", "the rest: 6 tháng cuối năm 2026"),
    "told": Text(
        "thời gian báo cáo ghi ở tên báo cáo: năm 2026, 9 tháng đầu năm 2026",
        "the time told, as the title has it: năm 2026, 9 tháng đầu năm 2026",
    ),
    "told_part": Text(
        "như trên, không kèm năm khi năm đứng sau trong cùng tên: 6 tháng đầu năm",
        "the same, without its year where that follows in the title: 6 tháng đầu năm",
    ),
    "ahead": Text(
        "thời gian tới: sau báo cáo năm là năm 2027, sau 9 tháng là 3 tháng cuối năm 2026",
        "the time to come: behind a year năm 2027, behind nine months 3 tháng cuối năm 2026",
    ),
    "year_ahead": Text("năm của thời gian tới", "the year of the time to come"),
    "cutoff": Text("ngày chốt số liệu: 14/12/2026", "the day up to which figures count: 14/12/2026"),
    "until": Text(
        "số liệu đến ngày nào: đến ngày 31/12/2026; soạn trước ngày ấy thì là ước đến ngày 31/12/2026",
        "up to which day figures count, as an estimate where it is written before: ước đến ngày 31/12/2026",
    ),
    "year": Text("năm báo cáo", "the year"),
    "last_year": Text("năm trước", "the year before"),
    "next_year": Text("năm sau", "the year after"),
    "term": Text("giai đoạn 5 năm: 2026 - 2030", "the five years of planning: 2026 - 2030"),
    "decisions": Text(
        "các văn bản giao chỉ tiêu của năm; trong kế hoạch là của năm kế hoạch",
        "the instruments that set the year's targets; in a plan those of the year planned",
    ),
    "year_decisions": Text(
        "các văn bản giao chỉ tiêu của năm báo cáo", "the instruments that set the targets of the year told"
    ),
}

# What is known for some units and periods only; no heading may hang on it.
UNCERTAIN_SLOTS: Final = frozenset({"council", "decisions", "year_decisions", "rest_of_year"})

WITH_WORDS: Final = frozenset({Kind.TEXT, Kind.NARRATIVE, Kind.TABLE, Kind.REST, Kind.OTHER_OBJECTIVES})
ALONE: Final = frozenset({Kind.RATINGS, Kind.TASKS, Kind.MISSING, Kind.RESULTS, Kind.LIMITS, Kind.HEADLINES})

# What tells figures in words; the others rank, draw or weigh what is told elsewhere.
TELLING: Final = frozenset(
    {
        Kind.FIGURES,
        Kind.LEVELS,
        Kind.MOVED,
        Kind.CROP,
        Kind.PARTS,
        Kind.BREAKDOWN,
        Kind.STRUCTURE,
        Kind.SHARE,
        Kind.DISBURSEMENT,
        Kind.FLOW,
    }
)


@dataclass(frozen=True, slots=True, order=True)
class Series:
    """An indicator, or one member of its breakdown: "lua_dien_tich" or "lua_dien_tich[mua_vu=mua]"."""

    indicator: str
    breakdown: Breakdown = ()

    @classmethod
    def parse(cls, written: str) -> Series:
        """Raises ``ValueError`` with what cannot be read."""
        code, bracket, rest = written.partition("[")
        if bracket and not rest.endswith("]"):
            raise ValueError(written)
        return cls(code.strip(), breakdown_of(rest[:-1]) if bracket else ())

    @property
    def written(self) -> str:
        """As an outline writes it."""
        members = "; ".join(f"{dimension}={member}" for dimension, member in self.breakdown)
        return f"{self.indicator}[{members}]" if members else self.indicator


@dataclass(frozen=True, slots=True)
class Say:
    """One thing to say. ``of`` are its series in the order that the kind asks for; ``words`` its text or key.

    ``manner`` None goes on in the paragraph before. ``notes`` are told in a footnote each.
    """

    kind: Kind
    of: tuple[Series, ...] = ()
    words: str = ""
    lead: str = ""
    manner: Manner | None = Manner.BODY
    notes: tuple[Say, ...] = ()
    levels: frozenset[Level] = frozenset()
    by: str = ""
    noun: str = ""
    doing: str = ""
    name: str = ""  # of a crop, a structure, a chart, what money was spent for
    without: tuple[Series, ...] = ()  # what the rest of a sector passes over
    default: tuple[str, ...] = ()  # what a narrative says until people have written it, a paragraph each
    asks: str = ""  # what only people can write in a narrative, which has no default then
    when: Series | None = None  # said only where this is more than nought
    unless: Series | None = None  # said only where this is nought, or nothing occurred
    asked: Given | None = None  # said only where targets of that year are given
    unasked: Given | None = None  # said only where none are


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what is said under it. ``levels`` empty: for units of every level."""

    key: str
    title: str
    depth: int
    says: tuple[Say, ...] = ()
    levels: frozenset[Level] = frozenset()
    is_kept: bool = True  # with nothing to say the heading stands all the same, for what people write
    titles: tuple[tuple[Level, str], ...] = ()  # where units of a level call it otherwise
    file: str = field(default="", compare=False)

    def title_at(self, level: Level) -> str:
        """What units of a level call it."""
        return dict(self.titles).get(level, self.title)


@dataclass(frozen=True, slots=True)
class AnnexOf:
    """An annex of an outline: its title and the names of its tables."""

    title: str
    tables: tuple[str, ...]
    is_landscape: bool = True
    levels: frozenset[Level] = frozenset()


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole outline, its inclusions put in their places. ``summary`` and all words may have slots."""

    code: str
    name: Text
    purpose: Purpose
    kind: str
    symbol: str
    summary: str
    sections: tuple[Section, ...]
    annexes: tuple[AnnexOf, ...] = ()
    recipients: tuple[str, ...] = ()
    levels: frozenset[Level] = frozenset()
    opening: tuple[Say, ...] = ()
    file: str = field(default="", compare=False)

    def for_level(self, level: Level) -> Outline:
        """The outline of a unit of one level: what is meant for others is left out."""
        kept = (one for one in self.sections if not one.levels or level in one.levels)
        return replace(
            self,
            sections=tuple(replace(one, title=one.title_at(level), says=tuple(_for(one.says, level))) for one in kept),
            annexes=tuple(one for one in self.annexes if not one.levels or level in one.levels),
            opening=tuple(_for(self.opening, level)),
        )

    @property
    def says(self) -> Iterator[Say]:
        """Everything that is said anywhere, notes included, in the order of the page."""
        for say in (*self.opening, *(say for section in self.sections for say in section.says)):
            yield from _with_notes(say)


def _for(says: tuple[Say, ...], level: Level) -> Iterator[Say]:
    for say in says:
        if not say.levels or level in say.levels:
            yield replace(say, notes=tuple(_for(say.notes, level)))


def _with_notes(say: Say) -> Iterator[Say]:
    yield say
    for note in say.notes:
        yield from _with_notes(note)
