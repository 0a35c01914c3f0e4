"""What the annex of a decision says, cell by cell: the target that each cell means, or why it means none.

All of it is read by the reader of forms that ``baocao load`` has; here is told beside each target what stands for it
already, and which columns belong to another decision.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from typing import Final

from baocao.figures import compare_words, store_targets
from baocao.figures.intake import Rejection, take_in
from baocao.figures.intake_heads import text_of
from baocao.figures.intake_keys import Defaults
from baocao.figures.intake_layout import Layout
from baocao.figures.intake_names import Names
from baocao.figures.intake_parts import bare
from baocao.figures.said import figure
from baocao.figures.targets import TargetConflict, contradicts, plan
from baocao.model.indicator import Indicator
from baocao.model.observation import Observation, Scenario
from baocao.model.sheet import Percentage, Sheet, SheetRow, column_letters
from baocao.model.target import Target
from baocao.model.text import Text
from baocao_web.figures.feeding_in import raw
from baocao_web.places import office
from baocao_web.plans import annex_wholes
from baocao_web.plans.annex_columns import (
    Asked,
    Column,
    Whole,
    by_own_names,
    habit,
    is_of,
    layout_of,
    number_of,
    own_name,
    prepared,
    wholes,
)
from baocao_web.plans.annex_sheets import Corrections, Spot, corrected
from baocao_web.plans.annex_wholes import Alone

_STRANGE_UNIT: Final = Text(
    "đơn vị này không thuộc {unit}; hãy chọn đơn vị trực thuộc, hoặc bỏ ô này.",
    "this unit does not belong to {unit}; choose one that does, or leave the cell.",
)
_OTHER_PERIOD: Final = Text(
    "kỳ {period} không phải là năm {year}; hãy bỏ dòng này, hoặc nhập theo đúng năm.",
    "{period} is not the year {year}; leave the row, or bring it in under its own year.",
)
_OTHER_AUTHORITY: Final = Text(
    "dòng này do {seen} giao, không phải {authority}; hãy bỏ dòng, hoặc nhập theo quyết định của cấp đó.",
    "this row is set by {seen} and not by {authority}; leave it, or bring it in under that one's decision.",
)
_NO_TARGET: Final = Text(
    "đây là số thực hiện, không phải chỉ tiêu giao; hãy bỏ dòng này.", "this is a result and no target; leave the row."
)
_CONTRADICTS: Final = Text(
    "đã lưu “{stands}” của cùng cấp giao, cùng ngày ban hành và ngày hiệu lực ({decision}); hãy sửa số, hoặc bỏ ô.",
    "“{stands}” is kept already of the same authority and the same days ({decision}); correct the figure, "
    "or leave the cell.",
)
_TWICE: Final = Text(
    "chỉ tiêu này của đơn vị này đã có ở ô {other}; hãy bỏ một trong hai ô.",
    "this target of this unit stands at {other} too; leave one of the two cells.",
)
_LOOKED_ABOVE: Final = 40  # rows
_CALL: Final = " (--indicator)"


class State(Enum):
    """How a target that was read stands to what is kept."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    EARLIER = "earlier"  # a later decision stands already


class What(Enum):
    """What a fault asks people to mend."""

    HEADING = "heading"
    INDICATOR = "indicator"
    UNIT = "unit"
    CELL = "cell"


@dataclass(frozen=True, slots=True)
class Line:
    """One target that was read: its place, the words of its row, what is kept for it now."""

    at: Spot
    place: str
    row_words: str
    indicator_at: Spot | None
    seen: str
    measure: str  # as the row tells it
    target: Target
    stands: Target | None

    @property
    def state(self) -> State:
        if self.stands is None:
            return State.NEW
        if is_same(self.target, self.stands):
            return State.SAME
        is_later = _days(self.stands) > _days(self.target)
        return State.EARLIER if is_later else State.CHANGED

    @property
    def words(self) -> Text:
        return compare_words.asked(self.target)

    @property
    def stands_words(self) -> Text:
        return compare_words.asked(self.stands) if self.stands else Text("", "")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is not understood: where, what stands there, why, and what is to be mended."""

    at: Spot
    place: Text
    seen: str
    row_words: str
    why: Text
    what: What
    measure_at: Spot | None = None
    above: str = ""  # the indicator of a row above, of which this row may be a part


@dataclass(slots=True)
class Understood:
    """All that an annex says."""

    columns: list[Column] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    wholes: list[Whole] = field(default_factory=list)
    alone: list[Alone] = field(default_factory=list)
    short: list[Text] = field(default_factory=list)  # on totals, where the annex names some units only

    @property
    def is_ready(self) -> bool:
        return bool(self.lines) and not self.faults

    def count(self, state: State) -> int:
        return sum(line.state is state for line in self.lines)

    @property
    def digest(self) -> str:
        """What binds taking to what was looked at: every target with its place, and what it would supersede."""
        told = [(one.place, str(one.target), str(one.stands)) for one in self.lines]
        return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _days(target: Target) -> tuple[date, date]:
    return target.holds_from, target.decision.issued_on


def is_same(one: Target, other: Target) -> bool:
    """Whether two targets ask for the same, by the same instrument from the same day."""
    return replace(one, decision=other.decision) == other and (
        (one.decision.number, one.decision.issued_on) == (other.decision.number, other.decision.issued_on)
    )


def understood(given: Sequence[Sheet], corrections: Corrections, asked: Asked, names: Names) -> Understood:
    """What the sheets say once they are corrected."""
    sheets = [replace(sheet, name=own_name(sheet, at)) for at, sheet in enumerate(corrected(given, corrections))]
    layouts = [layout_of(sheet, names) for sheet in sheets]
    found = Understood()
    places = list(enumerate(zip(sheets, layouts, strict=True)))
    taken = [prepared(sheet, at, layout, asked, found.columns) for at, (sheet, layout) in places]
    found.wholes = [one for at, (sheet, layout) in places for one in wholes(sheet, at, layout)]
    found.alone = [one for at, (sheet, layout) in places for one in annex_wholes.alone(sheet, at, layout)]
    defaults = Defaults(
        unit=asked.unit,
        period=asked.period,
        scenario=Scenario.TARGET,
        authority=asked.authority,
        decision=asked.decision,
        holds_from=asked.holds_from,
        habit=habit(taken, layouts),
    )
    intake = take_in(taken, "", names, defaults, datetime.now(UTC), "")
    reader = _Reader(given, sheets, asked, layouts, names)
    kept = _Kept()
    for place, target in zip(intake.places, intake.targets, strict=True):
        made = reader.line(place, target, kept)
        (found.lines if isinstance(made, Line) else found.faults).append(made)  # type: ignore[arg-type]
    targets = [line.target for line in found.lines]
    missing = annex_wholes.unnamed(targets, asked)
    refused = [(reader.fault(one), reader.is_of_a_whole(one)) for one in intake.rejections]
    found.faults += [fault for fault, is_of_a_whole in refused if not (missing and is_of_a_whole)]
    short = [reader.total(fault) for fault, is_of_a_whole in refused if missing and is_of_a_whole]
    found.short = [annex_wholes.in_one(short, targets, missing, asked)] if short else []
    found.faults += list(reader.results(intake.observations))
    found.faults = list(dict.fromkeys(found.faults))
    found.lines.sort(key=lambda line: line.at)
    return found


@dataclass(slots=True)
class _Kept:
    """The targets of the store, of each unit asked for once."""

    _by_unit: dict[str, tuple[Target, ...]] = field(default_factory=dict)

    def of(self, target: Target) -> list[Target]:
        """All that one authority ever asked at an address."""
        unit = target.address.unit
        if unit not in self._by_unit:
            self._by_unit[unit] = store_targets.kept_of_unit(raw(), unit)
        return [one for one in self._by_unit[unit] if one.address == target.address]


@dataclass(slots=True)
class _Reader:
    """Turns what the intake found into lines and faults with their places in the file."""

    given: Sequence[Sheet]
    sheets: Sequence[Sheet]
    asked: Asked
    layouts: Sequence[Layout | None]
    names: Names
    _rows: dict[tuple[bool, int], dict[int, SheetRow]] = field(default_factory=dict)
    _places: dict[tuple[object, ...], str] = field(default_factory=dict)  # of the targets read so far

    def line(self, place: tuple[str, int, int], target: Target, kept: _Kept) -> Line | Fault:
        at = Spot(number_of(place[0]), place[1], place[2])
        seen = self._shown(at)
        if is_of(target.address.authority, self.asked.authority):
            target = replace(target, address=replace(target.address, authority=self.asked.authority))
        refused = self._refused(target, kept)
        if refused is not None:
            what = What.UNIT if refused[1] else What.CELL
            return Fault(at, _place(self.given, at), seen, self._words(at), refused[0], what, self._key(at, "measure"))
        twice = self._places.setdefault((target.address, *_days(target)), _place(self.given, at).vi)
        if twice != _place(self.given, at).vi:
            return Fault(at, _place(self.given, at), seen, self._words(at), _TWICE.fill(other=twice), What.CELL)
        stands = _standing(kept.of(target), target)
        key = self._key(at, "indicator")
        return Line(at, _place(self.given, at).vi, self._words(at), key, seen, self._measure(at), target, stands)

    def _refused(self, target: Target, kept: _Kept) -> tuple[Text, bool] | None:
        """Why a target that can be read is not one of this decision; and whether its unit is the reason."""
        address = target.address
        if not office.is_within(address.unit, self.asked.unit):
            return _STRANGE_UNIT.fill(unit=office.unit(self.asked.unit).name), True
        if address.period != self.asked.period:
            return _OTHER_PERIOD.fill(period=address.period.code, year=self.asked.year), False
        if address.authority != self.asked.authority:
            return _OTHER_AUTHORITY.fill(seen=address.authority, authority=self.asked.authority), False
        other = next((one for one in kept.of(target) if contradicts(target, one)), None)
        if other is not None:
            words = compare_words.asked(other)
            return Text(
                _CONTRADICTS.vi.format(stands=words.vi, decision=other.decision.number),
                _CONTRADICTS.en.format(stands=words.en, decision=other.decision.number),
            ), False
        return None

    def results(self, observations: Iterable[Observation]) -> Iterator[Fault]:
        """Results among the rows of a list: they are no targets, and are told."""
        for one in observations:
            sheet, _, place = one.origin.reference.removeprefix("#").rpartition("!")
            letters = place.rstrip("0123456789")
            at = Spot(number_of(sheet), int(place[len(letters) :]), _column(letters))
            yield Fault(at, _place(self.given, at), self._text(at), self._words(at), _NO_TARGET, What.CELL)

    def fault(self, one: Rejection) -> Fault:
        number = number_of(one.sheet)
        column = _column(one.column) if one.column else -1
        at = Spot(number, one.row, column)
        why = _TWICE.fill(other=by_own_names(one.other, self.given)) if one.other else self._plain(one.text)
        what = self._what(at)
        measure_at = self._key(at, "measure") if what is What.CELL else None
        above = self._above(at) if what is What.INDICATOR else ""
        return Fault(at, _place(self.given, at), one.seen, self._words(at), why, what, measure_at, above)

    def is_of_a_whole(self, one: Rejection) -> bool:
        at, column = number_of(one.sheet), _column(one.column) if one.column else -1
        return annex_wholes.is_of_a_whole(one, column, self.sheets[at], self.layouts[at])

    def total(self, fault: Fault) -> str:
        """A total with its place: "D5 (1.000)"."""
        return f"{fault.place.vi} ({self._shown(fault.at)})"

    def _plain(self, text: Text) -> Text:
        """Words of the intake as the page says them."""
        told = (by_own_names(words.replace(_CALL, ""), self.given) for words in (text.vi, text.en))
        return Text(*told)

    def _above(self, at: Spot) -> str:
        """The indicator that a row above names, where it is broken down."""
        layout = self.layouts[at.sheet]
        columns = layout.fields.get("indicator", ()) if layout else ()
        for number in range(at.row - 1, max(at.row - _LOOKED_ABOVE, layout.headings if layout else 0), -1):
            for column in columns:
                seen = bare(self._text(Spot(at.sheet, number, column)), self.names, has_measure=False)
                found = self.names.indicator(seen) if self.names.is_indicator(seen) else None
                if isinstance(found, Indicator):
                    return found.code if found.breakdowns else ""
        return ""

    def _what(self, at: Spot) -> What:
        layout = self.layouts[at.sheet]
        if layout is None or at.row <= layout.headings:
            return What.HEADING
        for name, what in (("indicator", What.INDICATOR), ("unit", What.UNIT)):
            if at.column in layout.fields.get(name, ()):
                return what
        return What.CELL

    def _words(self, at: Spot) -> str:
        """What a row is called: the words of its keys."""
        layout = self.layouts[at.sheet]
        row = self._row(at, as_given=True)
        if layout is None or row is None or at.row <= layout.headings:
            return ""
        columns = [*layout.fields.get("unit", ()), *layout.fields.get("indicator", ())]
        texts = (text_of(row.cells[column]) for column in sorted(columns) if column < len(row.cells))
        return " · ".join(filter(None, (" ".join(text.split()) for text in texts)))

    def _key(self, at: Spot, name: str) -> Spot | None:
        """Where the row names its indicator; None where a heading does."""
        layout = self.layouts[at.sheet]
        columns = layout.fields.get(name, ()) if layout else ()
        return Spot(at.sheet, at.row, columns[-1]) if columns else None

    def _text(self, at: Spot) -> str:
        row = self._row(at)
        return text_of(row.cells[at.column]) if row is not None and at.column < len(row.cells) else ""

    def _shown(self, at: Spot) -> str:
        """A cell of figures as officials write it."""
        row = self._row(at)
        cell = row.cells[at.column] if row is not None and at.column < len(row.cells) else ""
        if isinstance(cell, Percentage):
            return f"{figure(cell.value).vi}%"
        return figure(cell).vi if isinstance(cell, Decimal) else cell

    def _measure(self, at: Spot) -> str:
        key = self._key(at, "measure")
        return self._text(key) if key else ""

    def _row(self, at: Spot, *, as_given: bool = False) -> SheetRow | None:
        """A row as it is corrected, or as the file has it."""
        kept = self._rows.get((as_given, at.sheet))
        if kept is None:
            sheet = (self.given if as_given else self.sheets)[at.sheet]
            kept = self._rows[as_given, at.sheet] = {row.number: row for row in sheet.rows}
        return kept.get(at.row)


def _standing(kept: Sequence[Target], target: Target) -> Target | None:
    """What holds at an address when a target begins to hold, that target itself where it is kept."""
    own = next((one for one in kept if is_same(target, one)), None)
    if own is not None:
        return own
    try:
        return next(iter(plan(kept, max(target.holds_from, target.address.period.end))), None)
    except TargetConflict as problem:
        return problem.targets[0]


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _place(sheets: Sequence[Sheet], at: Spot) -> Text:
    """A place as spreadsheets write it; the sheet is named where there are several."""
    own = Rejection(
        sheets[at.sheet].name if len(sheets) > 1 else "",
        at.row,
        column_letters(at.column) if at.column >= 0 else "",
        "",
        _CONTRADICTS,
    )
    return own.place
