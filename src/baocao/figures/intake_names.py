"""Which unit, indicator or measure a file means: by code, by key, or by name where one name leads to one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from functools import cached_property

from baocao.figures.intake_breakdowns import Breakdowns, Divided
from baocao.figures.intake_words import fold, may_mean, spelt_out, without_kind
from baocao.model.indicator import Indicator, UnitOfMeasure
from baocao.model.org_unit import OrgUnit
from baocao.model.text import Text

_NO_UNIT = Text(
    "không có đơn vị nào có mã hoặc tên “{seen}”{near}; hãy ghi mã đơn vị hoặc tên đầy đủ trong danh mục.",
    "no unit has the code or the name “{seen}”{near}; write the unit's code, or its full name in the catalogue.",
)
_MANY_UNITS = Text(
    "tên “{seen}” là của nhiều đơn vị: {candidates}; hãy ghi mã đơn vị.",
    "several units are called “{seen}”: {candidates}; write the unit's code.",
)
_NOT_ALIVE = Text(
    "{candidates} không tồn tại vào ngày {day}, ngày cuối của kỳ; hãy dùng đơn vị có hiệu lực vào ngày đó.",
    "{candidates} did not exist on {day}, the last day of the period; use the unit that did.",
)
_NO_INDICATOR = Text(
    "không có chỉ tiêu nào có mã hoặc tên “{seen}”{near}; hãy ghi mã chỉ tiêu trong danh mục.",
    "no indicator has the code or the name “{seen}”{near}; write the indicator's code in the catalogue.",
)
_MANY_INDICATORS = Text(
    "tên “{seen}” là của nhiều chỉ tiêu: {candidates}; hãy ghi mã chỉ tiêu.",
    "several indicators are called “{seen}”: {candidates}; write the indicator's code.",
)
_NO_MEASURE = Text(
    "không biết đơn vị tính “{seen}”{near}; chỉ tiêu {indicator} tính bằng {expected}.",
    "the unit of measure “{seen}” is not known{near}; {indicator} is measured in {expected}.",
)
_OTHER_DIMENSION = Text(
    "đơn vị tính “{seen}” không đổi được ra {expected} của chỉ tiêu {indicator}; hãy kiểm tra cột đơn vị tính và số.",
    "“{seen}” cannot be turned into {expected}, in which {indicator} is measured; check the unit and the figure.",
)
_NOT_EXACT = Text(
    "{value} {seen} không đổi được chính xác ra {expected} với sáu chữ số thập phân; hãy ghi số theo {expected}.",
    "{value} {seen} is no exact number of {expected} with six decimals; write the figure in {expected}.",
)
_NEAR = Text(" (gần giống: {names})", " (similar: {names})")
_SUGGESTIONS = 3
_CODE = 5  # digits of a commune's code
_SEARCHES = 40  # so many unknown names are compared with all others, which takes its time


class Names:
    """All units, indicators and measures that a file may name."""

    def __init__(
        self,
        units: Iterable[OrgUnit],
        indicators: Iterable[Indicator],
        measures: Iterable[UnitOfMeasure],
        under: str | None = None,
        dimensions: Iterable[Divided] = (),
    ) -> None:
        """``under`` is the key of a unit: names are looked for in it alone, codes everywhere."""
        self._units = {unit.key: unit for unit in sorted(units, key=lambda unit: unit.key)}
        self._versions: dict[str, list[OrgUnit]] = defaultdict(list)
        self._under = under
        for unit in self._units.values():
            self._versions[unit.code].append(unit)
        self._indicators = {indicator.code: indicator for indicator in indicators}
        self._called: dict[str, list[Indicator]] = defaultdict(list)
        for indicator in self._indicators.values():
            for name in dict.fromkeys((fold(indicator.name.vi), fold(indicator.name.en), fold(indicator.code))):
                self._called[name].append(indicator)
        self._measures: dict[str, UnitOfMeasure] = {}
        for measure in measures:
            for name in (measure.code, measure.name.vi, measure.name.en):
                self._measures.setdefault(" ".join(name.casefold().split()), measure)
        self.breakdowns = Breakdowns(dimensions)
        self._known: dict[tuple[str, date], OrgUnit | Text] = {}
        self._searches = _SEARCHES

    @cached_property
    def _named(self) -> dict[str, list[OrgUnit]]:
        """The units by their folded names, with their kinds and without; who asks for codes alone needs none."""
        named: dict[str, list[OrgUnit]] = defaultdict(list)
        for unit in self._units.values():
            if self._under is None or self._lies_under(unit, self._under):
                folded = fold(unit.name)
                for name in dict.fromkeys((folded, without_kind(folded))):
                    named[name].append(unit)
        return named

    def _lies_under(self, unit: OrgUnit, key: str) -> bool:
        seen = {unit.key}
        while unit.key != key:
            if unit.parent is None or unit.parent in seen or unit.parent not in self._units:
                return False
            seen.add(unit.parent)
            unit = self._units[unit.parent]
        return True

    def unit(self, seen: str, on: date) -> OrgUnit | Text:
        """The unit with this code, key or name that existed on a day, or why there is none."""
        found = self._known.get((seen, on))
        if found is None:
            found = self._known[seen, on] = self._unit(seen, on)
        return found

    def is_unit(self, seen: str) -> bool:
        """Whether a heading names a unit of any time; a bare number is no name, unless it is a code in full."""
        return bool(self._candidates(seen)) and (not seen.isdigit() or len(seen) == _CODE)

    def _unit(self, seen: str, on: date) -> OrgUnit | Text:
        candidates = self._candidates(seen)
        if not candidates:
            return _filled(_NO_UNIT, self._near_units(seen), seen=seen)
        alive = [unit for unit in candidates if unit.holds_on(on)]
        if len(alive) == 1:
            return alive[0]
        words = "; ".join(self._shown(unit) for unit in (alive or candidates)[:6])
        if alive:
            return _MANY_UNITS.fill(seen=seen, candidates=words)
        return _NOT_ALIVE.fill(candidates=words, day=f"{on:%d/%m/%Y}")

    def _candidates(self, seen: str) -> list[OrgUnit]:
        if seen in self._units and "@" in seen:
            return [self._units[seen]]
        if seen in self._versions:
            return self._versions[seen]
        # tone marks tell names apart ("Tân Lập" and "Tân Lạp"): they count when they are given
        found = [unit for unit in self._named.get(fold(seen), ()) if may_mean(seen, unit.name)]
        longer = spelt_out(seen)
        return found if found or longer == seen else self._candidates(longer)

    def _near_units(self, seen: str) -> list[str]:
        """Codes that lost their leading zeros in a spreadsheet, else names that are spelt alike."""
        if seen.isdigit():
            padded = [seen.zfill(length) for length in (2, 3, 5) if seen.zfill(length) != seen]
            return [code for code in padded if code in self._versions]
        near = self._near(fold(seen), self._named)
        alike = [f"{unit.name} ({unit.code})" for name in near for unit in self._named[name]]
        return list(dict.fromkeys(alike))[:_SUGGESTIONS]

    def _shown(self, unit: OrgUnit) -> str:
        above = self._units.get(unit.parent or "")
        life = " - ".join(f"{day:%d/%m/%Y}" if day else "..." for day in (unit.valid_from, unit.valid_to))
        return f"{unit.name} ({unit.key}" + (f", {above.name}" if above else "") + f", {life})"

    def indicator(self, seen: str) -> Indicator | Text:
        """The indicator with this code or name, or why there is none."""
        if seen in self._indicators:
            return self._indicators[seen]
        called = self._named_indicators(seen)
        if len(called) == 1:
            return called[0]
        if called:
            candidates = "; ".join(f"{one.code} ({one.name.vi})" for one in called[:6])
            return _MANY_INDICATORS.fill(seen=seen, candidates=candidates)
        near = [
            f"{one.name.vi} ({one.code})" for name in self._near(fold(seen), self._called) for one in self._called[name]
        ]
        return _filled(_NO_INDICATOR, list(dict.fromkeys(near))[:_SUGGESTIONS], seen=seen)

    def is_indicator(self, seen: str) -> bool:
        return seen in self._indicators or len(self._named_indicators(seen)) == 1

    def _named_indicators(self, seen: str) -> list[Indicator]:
        return [
            one
            for one in self._called.get(fold(seen), ())
            if may_mean(seen, one.name.vi) or may_mean(seen, one.name.en)
        ]

    def is_measure(self, seen: str) -> bool:
        return " ".join(seen.casefold().split()) in self._measures

    def converted(self, value: Decimal, seen: str, indicator: Indicator) -> Decimal | Text:
        """A figure told in the measure ``seen``, in that of its indicator: exactly, or not at all."""
        written = " ".join(seen.casefold().split())
        expected = self._measures.get(" ".join(indicator.unit.casefold().split()))
        told = self._measures.get(written)
        name = expected.name.vi if expected else indicator.unit
        facts = {"seen": seen, "indicator": indicator.code, "expected": name}
        if written in (indicator.unit.casefold(), name.casefold()) or (told is not None and told == expected):
            return value
        if told is None:
            near = get_close_matches(written, self._measures, _SUGGESTIONS)
            return _filled(_NO_MEASURE, near, **facts)
        if expected is None or told.dimension != expected.dimension:
            return _OTHER_DIMENSION.fill(**facts)
        return _exactly(Fraction(value) * Fraction(told.factor) / Fraction(expected.factor)) or _NOT_EXACT.fill(
            **facts, value=f"{value:f}"
        )

    def _near(self, folded: str, known: Iterable[str]) -> list[str]:
        if self._searches <= 0:
            return []
        self._searches -= 1
        return get_close_matches(folded, known, _SUGGESTIONS, cutoff=0.75)


def _exactly(amount: Fraction) -> Decimal | None:
    millionths = amount * 10**6
    return Decimal(millionths.numerator).scaleb(-6) if millionths.denominator == 1 else None


def _filled(text: Text, near: Iterable[str], **facts: object) -> Text:
    names = ", ".join(near)
    vi, en = (_NEAR.vi.format(names=names), _NEAR.en.format(names=names)) if names else ("", "")
    return Text(text.vi.format(**facts, near=vi), text.en.format(**facts, near=en))
