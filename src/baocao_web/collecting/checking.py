"""What a form's figures must hold, while it is being filled: totals, identities, plausible ranges, slips of scale.

The rules come from the catalogue, tied to the cells of one version of a form. The server judges by them, and the page
by the very same rules, written out as JSON, also while the line is down. What is doubted is told beside the cell and
never refused: an odd year is a year too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any, Final

from baocao.figures import said
from baocao.figures.formula_tree import (
    Binary,
    Expression,
    Name,
    Negative,
    Number,
    Relation,
    Several,
    When,
    fold,
    names,
    walk,
)
from baocao.figures.formula_value import evaluate, judge
from baocao.figures.said import with_figures
from baocao.ledger.judging import in_words, range_said
from baocao.model import Agreement
from baocao.model.indicator import Indicator
from baocao.model.text import Text
from baocao_web.collecting import layout as layouts
from baocao_web.collecting.layout import Column, Layout, Row, cell_key
from baocao_web.collecting.typing import Cell
from baocao_web.places import office

DECIMALS: Final = 4  # of a computed cell, as the core has them
_STEP: Final = Decimal(1).scaleb(-DECIMALS)
_SCALES: Final = (10, 100, 1_000, 1_000_000)  # a decimal sign gone astray; nghìn, triệu for đồng
_NEAR: Final = (Decimal("0.8"), Decimal("1.25"))

_RANGE = Text(
    "{value} nằm ngoài khoảng hợp lý ({range}); hãy kiểm tra số và đơn vị tính.",
    "{value} is out of range ({range}); check the figure and its measure.",
)
_SLIP = Text(
    "{value} gấp khoảng {times} lần số bên cạnh ({beside}); có nhầm đơn vị tính hoặc dấu thập phân không?",
    "{value} is about {times} times the figure beside it ({beside}); is it a slip of unit or decimal sign?",
)
_SMALL = Text(
    "{value} chỉ bằng khoảng 1/{times} số bên cạnh ({beside}); có nhầm đơn vị tính hoặc dấu thập phân không?",
    "{value} is about 1/{times} of the figure beside it ({beside}); is it a slip of unit or decimal sign?",
)
_IDENTITY = Text("không khớp {rule}: {left} so với {right}.", "does not hold: {rule}; {left} against {right}.")
_BESIDE: Final = {When.LAST_YEAR: layouts.When.LAST_YEAR, When.PREVIOUS: layouts.When.PREVIOUS}


@dataclass(frozen=True, slots=True)
class Rule:
    """An identity at one place of the form; it is told at the cell that the catalogue states it for."""

    cell: str
    relation: Relation
    words: Text
    cells: Mapping[Name, str]


@dataclass(frozen=True, slots=True)
class Computed:
    """A cell that nobody types: its formula and where its names stand on the form."""

    cell: str
    formula: Expression
    cells: Mapping[Name, str]

    @property
    def is_quotient(self) -> bool:
        """Whether something is divided: then what stands above and below the line must be of the same units."""
        return any(isinstance(node, Binary) and node.sign == "/" for node in walk(self.formula))


@dataclass(slots=True)
class Found:
    """What the figures of a form come to: computed cells, and doubts by cell."""

    computed: dict[str, Decimal | None] = field(default_factory=dict)
    doubts: dict[str, list[Text]] = field(default_factory=dict)

    def doubt(self, cell: str, text: Text) -> None:
        self.doubts.setdefault(cell, []).append(text)


@dataclass(frozen=True)  # no slots: rules are tied to the cells once
class Checks:
    """The rules of one version of a form."""

    layout: Layout

    @cached_property
    def computed(self) -> tuple[Computed, ...]:
        """The computed cells whose every name stands on the form; in an order in which each follows its parts."""
        order = {code: at for at, code in enumerate(office.catalogue().order())}
        found = [one for row, column in self._typed(is_derived=True) for one in self._formula(row, column)]
        return tuple(sorted(found, key=lambda one: order.get(_indicator(self.layout, one.cell), -1)))

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(rule for row, column in self._typed(is_derived=None) for rule in self._relations(row, column))

    @cached_property
    def ranges(self) -> Mapping[str, tuple[Decimal | None, Decimal | None]]:
        """The plausible range of each cell, typed or computed, that has one."""
        listed = office.catalogue()
        found = {
            cell_key(row, column): _known(listed, row).plausible
            for row, column in self._typed(is_derived=None)
            if row.indicator in listed
        }
        return {cell: ends for cell, ends in found.items() if ends != (None, None)}

    @cached_property
    def beside(self) -> Mapping[str, tuple[str, ...]]:
        """The cells of other periods that a typed one is likened to."""
        found: dict[str, tuple[str, ...]] = {}
        for cell, (row, column) in self.layout.entries.items():
            is_alike = column.when is layouts.When.THIS  # ten months are no slip of one
            others = [one for one in self.layout.columns if is_alike and one.when in _BESIDE.values()]
            found[cell] = tuple(cell_key(row, one) for one in others if one.scenario is column.scenario)
        return found

    def look(
        self,
        cells: Mapping[str, Cell],
        beside: Mapping[str, str],
        changed: Iterable[str] | None = None,
        unlike: Collection[str] = (),
    ) -> Found:
        """What stands on the form judged; of doubts only those of ``changed`` cells, where it is given.

        Computed cells that are ``unlike`` have no value: their parts are not of the same units.
        """
        found = Found()
        values = {key: Decimal(value) for key, value in beside.items()}
        values |= {key: Decimal(cell.value) for key, cell in cells.items() if cell.value is not None}
        for one in self.computed:
            outcome = evaluate(one.formula, lambda name, one=one: values.get(one.cells[name]))  # type: ignore[misc]
            worked = None if one.cell in unlike else outcome.value
            found.computed[one.cell] = value = None if worked is None else worked.quantize(_STEP, ROUND_HALF_UP)
            if value is not None:
                values[one.cell] = value
        wanted = set(cells if changed is None else changed)
        if self.ranges:
            wanted.update(one.cell for one in self.computed if not wanted.isdisjoint(one.cells.values()))
        for cell in wanted:
            if cell in values:
                self._look_at(found, cell, values)
        self._hold(found, values, wanted)
        return found

    def _look_at(self, found: Found, cell: str, values: Mapping[str, Decimal]) -> None:
        value = values[cell]
        low, high = self.ranges.get(cell, (None, None))
        if (low is not None and value < low) or (high is not None and value > high):
            found.doubt(cell, with_figures(_RANGE, value=said.figure(value), range=range_said(low, high)))
        likened = [values[other] for other in self.beside.get(cell, ()) if other in values]
        slip = _slip(value, likened)
        if slip is not None:
            found.doubt(cell, slip)

    def _hold(self, found: Found, values: Mapping[str, Decimal], wanted: set[str]) -> None:
        for rule in self.rules:
            if not wanted.intersection(rule.cells.values()):
                continue
            if any(cell not in values for cell in rule.cells.values()):
                continue
            judged = judge(rule.relation, lambda name, rule=rule: values.get(rule.cells[name]))  # type: ignore[misc]
            left, right = judged.left.value, judged.right.value
            if judged.agreement is Agreement.DISAGREE and left is not None and right is not None:
                facts = {"left": said.figure(left), "right": said.figure(right)}
                found.doubt(rule.cell, with_figures(_IDENTITY, rule=rule.words, **facts))

    def _typed(self, *, is_derived: bool | None) -> Iterator[tuple[Row, Column]]:
        for row, column in self.layout.figures():
            if column.is_entry and (is_derived is None or row.is_derived is is_derived):
                yield row, column

    def _formula(self, row: Row, column: Column) -> Iterator[Computed]:
        formula = office.catalogue().definition(row.indicator)
        cells = None if formula is None else self._cells(names(formula), row, column)
        if formula is not None and cells is not None:
            yield Computed(cell_key(row, column), formula, cells)

    def _relations(self, row: Row, column: Column) -> Iterator[Rule]:
        listed = office.catalogue()
        if row.indicator not in listed:
            return
        lines = listed[row.indicator].identities
        for relation, line in zip(listed.identities(row.indicator) if lines else (), lines, strict=True):
            cells = self._cells(names(relation), row, column)
            if cells is not None:
                yield Rule(cell_key(row, column), relation, in_words(listed, line), cells)

    def _cells(self, wanted: Iterable[Name], row: Row, column: Column) -> dict[Name, str] | None:
        """Where names stand on the form, beside one cell; None where one of them does not."""
        found: dict[Name, str] = {}
        for name in wanted:
            other = self._row(name.code, row)
            beside = column if name.when is When.NOW else self._column(name.when, column)
            if other is None or beside is None:
                return None
            found[name] = cell_key(other, beside)
        return found

    def _row(self, code: str, row: Row) -> Row | None:
        return next(
            (
                other
                for other in self.layout.rows
                if (other.indicator, other.breakdown, other.unit) == (code, row.breakdown, row.unit)
            ),
            None,
        )

    def _column(self, when: When, column: Column) -> Column | None:
        meant = _BESIDE.get(when)
        fits = (one for one in self.layout.columns if one.when is meant and one.scenario is column.scenario)
        return next(fits, None) if meant is not None and column.when is layouts.When.THIS else None

    def for_browser(self) -> dict[str, Any]:
        """The same rules as JSON, for the page to judge by while the line is down."""
        return {
            "computed": [
                {"cell": one.cell, "formula": fold(one.formula, _Written(one.cells))} for one in self.computed
            ],
            "rules": [
                {
                    "cell": rule.cell,
                    "comparison": rule.relation.comparison,
                    "left": fold(rule.relation.left, _Written(rule.cells)),
                    "right": fold(rule.relation.right, _Written(rule.cells)),
                    "words": [rule.words.vi, rule.words.en],
                }
                for rule in self.rules
            ],
            "ranges": {cell: [_plain(low), _plain(high)] for cell, (low, high) in self.ranges.items()},
            "beside": {cell: list(others) for cell, others in self.beside.items() if others},
        }


class _Written:
    """The algebra of formulas written as JSON: figures as text, cells by their keys."""

    def __init__(self, cells: Mapping[Name, str]) -> None:
        self.cells = cells

    def number(self, node: Number) -> Any:
        return ["number", _plain(node.value)]

    def name(self, node: Name) -> Any:
        return ["cell", self.cells[node]]

    def negative(self, node: Negative, of: Any) -> Any:
        return ["-", ["number", "0"], of]

    def binary(self, node: Binary, left: Any, right: Any) -> Any:
        return [node.sign, left, right]

    def several(self, node: Several, of: tuple[Any, ...]) -> Any:
        return [node.choice.value, *of]


def _slip(value: Decimal, likened: list[Decimal]) -> Text | None:
    """A figure that is off by a power of ten from all that it is likened to; None where there is none such."""
    if not likened or not value or any(not other for other in likened):
        return None
    least = min(abs(value), *(abs(other) for other in likened))
    for times in _SCALES:
        if times == _SCALES[0] and least < times:
            continue  # ten things where there was one are no slip
        facts = {"value": said.figure(value), "beside": said.figure(likened[0]), "times": said.figure(Decimal(times))}
        if all(_NEAR[0] <= value / (other * times) <= _NEAR[1] for other in likened):
            return with_figures(_SLIP, **facts)
        if all(_NEAR[0] <= value * times / other <= _NEAR[1] for other in likened):
            return with_figures(_SMALL, **facts)
    return None


def _known(listed: Any, row: Row) -> Indicator:
    found: Indicator = listed[row.indicator]
    return found


def _indicator(layout: Layout, cell: str) -> str:
    return next((row.indicator for row in layout.rows if cell.startswith(f"{row.key}{layouts.APART}")), "")


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
