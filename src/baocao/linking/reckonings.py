"""How a printed figure follows from the figures at its addresses: itself, a percentage, a rise or a fall.

Where the words leave two readings open there is none: a ``Text`` says why.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum

from baocao.linking.items import Printed
from baocao.linking.lexicon import Lexicon
from baocao.linking.links import Setting
from baocao.linking.subjects import Subject
from baocao.model.draft import ERROR, Reckoning, Source
from baocao.model.observation import Address, Scenario
from baocao.model.period import Period
from baocao.model.text import Text
from baocao.reference import load

PERCENT = "phan_tram"

NO_SUBJECT = Text("chưa rõ là số của chỉ tiêu nào", "not clear which indicator it is of")
SEVERAL = Text("có thể là của nhiều chỉ tiêu", "may be of several indicators")
OTHER_UNIT = Text("đơn vị tính không phải của chỉ tiêu", "the unit of measure is not the indicator's")
NO_UNIT = Text("không in đơn vị tính", "no unit of measure is printed")
NO_BASE = Text("chưa rõ so với gì", "not clear what it is set against")
NO_AUTHORITY = Text("chưa rõ kế hoạch do cấp nào giao", "not clear whose plan it is")
NO_TIME = Text("chưa rõ là số của kỳ nào", "not clear which period it is of")
NO_PLACE = Text("chưa rõ là số của đơn vị nào", "not clear which unit it is of")
COMPOUND = Text("chỉ tiêu tổng hợp không có số liệu của riêng nó", "a compound indicator has no figures of its own")
ODD = Text("là khoảng, số ước chừng hoặc số in chưa đúng", "a range, a rough number or a misprint")
LEVEL_OR_CHANGE = Text(
    "chưa rõ là tăng giảm theo % hay theo điểm %", "per cent or percentage points: the words do not say"
)


class Against(Enum):
    """What a figure is set against, or of what it is itself."""

    PLAN = "plan"
    SAME = "same"
    TIME = "time"  # a period that is named
    PREVIOUS = "previous"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Base:
    """What a figure is set against, with the authority of a plan ("" for one not named) or the period.

    ``others`` ask for the very same: "HĐND và UBND tỉnh cùng giao 95%".
    """

    against: Against
    authority: str = ""
    period: Period | None = None
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A figure with all that its words say of it. ``own`` is what it is itself of, ``base`` what it is set against."""

    printed: Printed
    subject: Subject
    own: Base | None = None
    base: Base | None = None
    is_change: bool = False
    is_share: bool = False
    whole: Subject | None = None
    is_estimated: bool = False
    projected: str = ""  # what of a projection it is: estimate, low, high


@dataclass(frozen=True, slots=True)
class Found:
    """The source of a figure and its value in the unit of that source."""

    source: Source
    value: Decimal
    step: Decimal


class Reckoner:
    """Gives figures their sources, in one setting."""

    def __init__(self, lexicon: Lexicon, setting: Setting) -> None:
        self.lexicon, self.setting = lexicon, setting

    def narrowed(self, subject: Subject, printed: Printed, sector: str) -> Subject:
        """Of several indicators that one of the figure's own unit, and of the section's sector."""
        if len(subject.codes) < 2:
            return subject
        told = self.lexicon.measures.get(printed.measure)
        codes = [code for code in subject.codes if told is not None and self._dimension(code) == told.dimension]
        of_sector = [code for code in codes if self.lexicon.indicators[code].sector == sector]
        left = of_sector if sector and len(of_sector) == 1 else codes
        return replace(subject, codes=tuple(left or subject.codes))

    def found(self, said: Said) -> Found | Text:
        """The source of a figure, or why none is sure."""
        flaw = self._flaw(said)
        if flaw is not None:
            return flaw
        is_percent = said.printed.measure == PERCENT
        is_ratio = self.lexicon.indicators[said.subject.code].unit == PERCENT
        if said.projected:
            address = replace(self._result(said.subject), scenario=Scenario.ACTUAL)
            if said.projected == ERROR:
                return _plain(said.printed, Source(Reckoning.PROJECTION, (address,), ERROR)) if is_percent else NO_BASE
            return self._turned(said, Source(Reckoning.PROJECTION, (address,), said.projected))
        if said.is_change:
            return self._change(said, is_percent=is_percent, is_ratio=is_ratio)
        if is_percent and said.is_share and said.whole is not None and not is_ratio:
            return self._percent(said, self._actual(said.whole))
        if is_percent and (said.base is not None or not is_ratio):
            return self._percent_of(said)
        if said.base is not None:
            return NO_BASE
        own = self._at(said.subject, said.own)
        return self._value(said, own) if isinstance(own, Address) else own

    def _flaw(self, said: Said) -> Text | None:
        subject = said.subject
        if (said.printed.is_odd and (said.printed.upper is None or not self.is_asked(said))) or (
            said.printed.is_about and not (said.is_estimated or said.projected)
        ):
            return ODD
        if said.printed.is_bound and not self.is_asked(said):
            return ODD
        if not subject.codes:
            return NO_SUBJECT
        if not subject.code:
            return SEVERAL
        if self._dimension(subject.code) == "none":
            return COMPOUND
        if self._lacks_authority(said):
            return NO_AUTHORITY
        if subject.is_time_unsure:
            return NO_TIME
        return NO_PLACE if subject.is_place_unsure else None

    def is_asked(self, said: Said) -> bool:
        """Whether a figure is one that somebody asks for."""
        if said.own is not None:
            return said.own.against is Against.PLAN
        return said.base is None and self._is_to_come(said.subject)

    def _is_to_come(self, subject: Subject) -> bool:
        """Whether what is spoken of is of the time that a section looks ahead to; a result beside it is not."""
        ahead = self.setting.ahead
        return ahead is not None and (subject.period is None or subject.period.start >= ahead.start)

    def is_beside(self, subject: Subject) -> bool:
        """Whether a section on what is to come speaks of an earlier result."""
        return self.setting.ahead is not None and not self._is_to_come(subject)

    def _lacks_authority(self, said: Said) -> bool:
        """Whether a figure is of what is to come, and nothing says who asks for it."""
        if said.projected or len(self.setting.authorities) == 1 or not self._is_to_come(said.subject):
            return False
        return said.own is None or (said.own.against is Against.PLAN and not said.own.authority)

    def _change(self, said: Said, *, is_percent: bool, is_ratio: bool) -> Found | Text:
        other = self._at(said.subject, said.base) if said.base else NO_BASE
        if isinstance(other, Text):
            return other
        addresses = (self._actual(said.subject), other)
        if addresses[0] == other:
            return NO_BASE
        if is_percent and not is_ratio:
            return _plain(said.printed, Source(Reckoning.PERCENT_CHANGE, addresses))
        if is_percent and not said.printed.is_point:
            return LEVEL_OR_CHANGE
        return self._turned(said, Source(Reckoning.CHANGE, addresses))

    def _percent_of(self, said: Said) -> Found | Text:
        other = self._at(said.subject, said.base) if said.base else NO_BASE
        return other if isinstance(other, Text) else self._percent(said, other)

    def _percent(self, said: Said, other: Address) -> Found | Text:
        is_asked = said.own is not None and said.own.against is Against.PLAN
        own = self._at(said.subject, said.own if is_asked else None)
        if isinstance(own, Text) or own == other:
            return own if isinstance(own, Text) else NO_BASE
        return _plain(said.printed, Source(Reckoning.PERCENT, (own, other)))

    def _value(self, said: Said, address: Address) -> Found | Text:
        others = said.own.others if said.own is not None else ()
        alike = (replace(address, authority=one) for one in others)
        return self._turned(said, Source(Reckoning.VALUE, (address, *alike)))

    # addresses

    def _actual(self, subject: Subject) -> Address:
        """The figure itself; of what is to come that is what is asked for."""
        result, ahead = self._result(subject), self.setting.ahead
        if ahead is None or not self._is_to_come(subject):
            return result
        known = self.setting.authorities
        authority = known[0] if len(known) == 1 else ""  # of several the words name one
        return replace(result, period=subject.period or ahead, scenario=Scenario.TARGET, authority=authority)

    def _result(self, subject: Subject) -> Address:
        scenario = Scenario.ESTIMATE if subject.is_estimate else Scenario.ACTUAL
        period = subject.period or self.setting.period
        return Address(subject.unit or self.setting.unit, subject.code, period, scenario, "", subject.breakdown)

    def _at(self, subject: Subject, base: Base | None) -> Address | Text:
        """The address that a base leads to from a subject; without one its own."""
        actual = self._actual(subject)
        if base is None:
            return actual
        if base.against is Against.PLAN:
            return self._target(actual, base)
        actual = replace(actual, scenario=Scenario.ACTUAL, authority="")
        if base.against is Against.SAME:
            return self._earlier(actual, base)
        if base.against is Against.PREVIOUS:
            return replace(actual, period=actual.period.previous)
        return replace(actual, period=base.period) if base.period else NO_BASE

    def _earlier(self, actual: Address, base: Base) -> Address | Text:
        earlier = actual.period.last_year
        if base.period is None or base.period.year == earlier.year:
            return replace(actual, period=earlier)
        while earlier.year > base.period.year:
            earlier = earlier.last_year
        return replace(actual, period=earlier) if earlier.year == base.period.year else NO_BASE

    def _target(self, actual: Address, base: Base) -> Address | Text:
        known = self.setting.authorities
        assigned = load("linking")["capital"].get(actual.indicator, "")
        if assigned and not base.authority:
            return replace(actual, indicator=assigned, scenario=Scenario.ACTUAL)
        authority = base.authority or (known[0] if len(known) == 1 else "")
        if not authority:
            return NO_AUTHORITY
        year = Period.part((base.period or actual.period).year, cut_off=self.setting.cut_off)
        return replace(actual, period=year, scenario=Scenario.TARGET, authority=authority)

    # values

    def _dimension(self, code: str) -> str:
        unit = self.lexicon.indicators[code].unit
        measure = self.lexicon.measures.get(unit)
        return measure.dimension if measure else ""

    def _turned(self, said: Said, source: Source) -> Found | Text:
        """The figure in its indicator's unit."""
        printed = said.printed
        unit = self.lexicon.measures.get(self.lexicon.indicators[said.subject.code].unit)
        if unit is None:
            return OTHER_UNIT
        if not printed.measure:
            if unit.code not in _UNPRINTED and (printed.decimals or unit.factor != 1 or unit.dimension in _MEASURED):
                return NO_UNIT
            return _plain(printed, source)
        told = self.lexicon.measures[printed.measure]
        if told.name == unit.name:  # one word may be printed for several units: communes, and communes that meet ...
            return _plain(printed, source)
        if told.dimension != unit.dimension:
            return OTHER_UNIT
        factor = told.factor / unit.factor
        return Found(source, printed.value * factor, _step(printed) * factor)


_UNPRINTED = frozenset(("tren_100",))  # units that are printed behind no figure
_MEASURED = frozenset(("money", "area", "mass", "ratio", "length", "volume", "usd", "mass/area", "score"))


def _plain(printed: Printed, source: Source) -> Found:
    return Found(source, printed.value, _step(printed))


def _step(printed: Printed) -> Decimal:
    return Decimal(1).scaleb(-printed.decimals)
