"""One unit's form as a program reads it: every cell with its address, its content and the version that it is of."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field, model_validator

from baocao.model.observation import NoValue, Scenario
from baocao.model.text import Text
from baocao_web.api.fields import LARGEST, Figure, Given, Words, figure
from baocao_web.collecting.grids import checks_of
from baocao_web.collecting.keeping import MOST_CELLS
from baocao_web.collecting.layout import Column, Row, cell_key
from baocao_web.collecting.passing_on import LONGEST, digest_of
from baocao_web.collecting.permits import Acts
from baocao_web.collecting.sheets import MARKS, Sheet
from baocao_web.collecting.states import State
from baocao_web.collecting.typing import EMPTY, Cell


class Use(Enum):
    """What a cell of a form is there for."""

    TYPED = "typed"  # people and programs fill it
    COMPUTED = "computed"  # made of others by the form's rules
    BESIDE = "beside"  # of another period, for comparison


class Mark(Enum):
    """Why a cell has no figure."""

    NOT_AVAILABLE = NoValue.NOT_AVAILABLE.value
    NONE_OCCURRED = NoValue.NONE_OCCURRED.value
    NOT_COLLECTED = NoValue.NOT_COLLECTED.value
    NOT_RATED = NoValue.NOT_RATED.value


class KeptOut(Schema):
    """What stands in a cell. ``typed`` is what is no figure; ``version`` that of the cell's last change."""

    value: str | None
    mark: str | None
    typed: str | None
    version: int

    @classmethod
    def of(cls, cell: Cell) -> KeptOut:
        return cls(value=cell.value, mark=cell.mark, typed=cell.typed, version=cell.version)


class CellOut(KeptOut):
    """One cell of a form with its address."""

    cell: str
    use: Use
    unit: str
    indicator: str
    breakdown: str
    period: str
    scenario: Scenario
    name: Words
    measure: Words
    is_compulsory: bool


class ActsOut(Schema):
    """What the caller may do with the form as it stands."""

    save: bool
    submit: bool
    approve: bool
    send_back: bool
    correct: bool


class StateOut(Schema):
    """What a form is, as after an act: ``version`` counts its changes."""

    state: State
    step: int
    version: int


class EntryLine(StateOut):
    """One form in a list."""

    id: int
    round: int
    form: str
    unit: str
    period: str


class EntryOut(EntryLine):
    """One unit's form. ``digest`` binds an approval to the figures seen."""

    form_version: int
    title: Words
    steps: list[str]
    digest: str
    due_on: date
    locked_on: date
    is_locked: bool
    may: ActsOut
    cells: list[CellOut]


class CellIn(Given):
    """What a cell is to hold: a figure, a mark, or nothing where both are null."""

    value: Figure | None = Field(None, max_length=40)
    mark: Annotated[Mark | None, Field(strict=False)] = None

    @model_validator(mode="after")
    def _one_of_them(self) -> CellIn:
        if self.value is not None and self.mark is not None:
            raise ValueError("value or mark")
        return self

    @property
    def typed(self) -> str:
        """The same as somebody would type it here: a comma before decimals, and words for a mark."""
        if self.mark is not None:
            return MARKS[self.mark.value]
        return "" if self.value is None else self.value.replace(".", ",")


class SaveIn(Given):
    """Cells to be kept over a version; one that another has changed since is never written over."""

    version: int = Field(ge=0, le=LARGEST)
    cells: dict[Annotated[str, Field(max_length=200)], CellIn] = Field(min_length=1, max_length=MOST_CELLS)


class SavedOut(Schema):
    """What was kept. ``others`` are cells that changed since the version named and were not among those sent."""

    version: int
    taken: list[str]
    others: dict[str, KeptOut]


class ActIn(Given):
    """An act upon a form as it was in a version."""

    version: int = Field(ge=0, le=LARGEST)


class ApproveIn(ActIn):
    """Approving what was seen, which the digest names: that and nothing else."""

    digest: str = Field(min_length=64, max_length=64)


class ReturnIn(ActIn):
    """Returning, or opening for correction: why, which cells (all where none is named), to the end of which day."""

    reason: str = Field(min_length=1, max_length=LONGEST)
    cells: list[Annotated[str, Field(max_length=200)]] = Field([], max_length=MOST_CELLS)
    until: Annotated[date | None, Field(strict=False)] = None


class EventOut(Schema):
    """One thing that happened to a form."""

    at: datetime
    by: str
    what: Words
    words: str


def told(sheet: Sheet, acts: Acts) -> EntryOut:
    """A form with all its cells, in their order."""
    kept = sheet.kept
    computed = checks_of(kept).look(sheet.cells, sheet.beside, changed=()).computed
    return EntryOut(
        id=sheet.id,
        round=kept.id,
        form=kept.code,
        form_version=kept.form_version,
        title=Words.of(kept.title),
        unit=sheet.unit,
        period=kept.period.code,
        state=sheet.state,
        step=sheet.step,
        steps=list(kept.steps),
        version=sheet.version,
        digest=digest_of(sheet.cells),
        due_on=kept.due(sheet.extended_to),
        locked_on=sheet.locked_on,
        is_locked=sheet.is_locked,
        may=ActsOut(
            save=acts.may_enter,
            submit=acts.may_submit,
            approve=acts.may_approve,
            send_back=acts.may_return,
            correct=acts.may_correct,
        ),
        cells=[_cell(sheet, row, column, computed) for row, column in kept.layout.figures()],
    )


def _cell(sheet: Sheet, row: Row, column: Column, computed: dict[str, Decimal | None]) -> CellOut:
    key = cell_key(row, column)
    address = sheet.kept.layout.address_of(row, column, sheet.unit, sheet.kept.period)
    is_typed = key in sheet.kept.layout.entries
    use = Use.TYPED if is_typed else Use.COMPUTED if row.is_derived and column.is_entry else Use.BESIDE
    kept = sheet.cells.get(key, EMPTY)
    value = kept.value if is_typed else figure(computed.get(key)) or sheet.beside.get(key)
    return CellOut(
        cell=key,
        use=use,
        unit=address.unit,
        indicator=row.indicator,
        breakdown=row.breakdown,
        period=address.period.code,
        scenario=column.scenario,
        name=Words.of(row.name),
        measure=Words.of(row.measure),
        is_compulsory=row.is_compulsory and is_typed,
        value=value,
        mark=kept.mark,
        typed=kept.typed,
        version=kept.version,
    )


def both(cell: str, mine: CellIn, theirs: Cell, why: Text) -> dict[str, Any]:
    """A cell in conflict: what was sent and what stands there."""
    sent = {"value": mine.value, "mark": mine.mark.value if mine.mark else None}
    return {"cell": cell, "yours": sent, "theirs": KeptOut.of(theirs).model_dump(), "why": {"vi": why.vi, "en": why.en}}
