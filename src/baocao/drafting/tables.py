"""The tables of a report by name, as blocks of its annexes: the indicators, the sectors, the key tasks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from baocao.drafting.assessment import Wanted
from baocao.drafting.facts import Facts
from baocao.drafting.setting import day_words
from baocao.drafting.tables_indicators import capped_grid, indicator_grid
from baocao.drafting.tables_objectives import objective_grid
from baocao.drafting.tables_sector import Filled, Filling
from baocao.model.draft import (
    Align,
    Block,
    Column,
    Form,
    Grid,
    GridCell,
    Manner,
    Number,
    Paragraph,
    Reckoning,
    Source,
    Words,
)
from baocao.model.task import KeyTask
from baocao.model.text import Problem, Text
from baocao.reference.sector_tables import tables, words

INDICATORS = "chi_tieu"
CAPPED = "chi_tieu_khong_che"
OBJECTIVES = "chi_tieu_nam_sau"
TASKS = "nhiem_vu"
_GRIDS = {INDICATORS: indicator_grid, CAPPED: capped_grid}
_NAMED = 12  # missing units that are named below a table
_COUNT = Form(digits=2)
_TASK_WIDTHS = (6, 32, 17, 13, 13, 19)  # of a page's width, beside each other
_UNKNOWN = Text(
    "Không có bảng “{name}”; các bảng là: {known}.",
    "There is no table “{name}”; the tables are: {known}.",
)


class NoSuchTable(Problem):
    """A name that no table has; ``text`` tells those that there are."""

    def __init__(self, name: str) -> None:
        super().__init__(_UNKNOWN.fill(name=name, known=", ".join(names())))


def names() -> tuple[str, ...]:
    """All names that an outline may call tables by."""
    return (INDICATORS, CAPPED, OBJECTIVES, *dict.fromkeys(table.name for table in tables()), TASKS)


@dataclass(frozen=True, slots=True)
class TablesOf:
    """The tables of a unit and a period; called with a name it gives the blocks that print the table.

    A table that is for other years gives nothing. Raises ``NoSuchTable``.
    """

    facts: Facts
    wanted: Wanted
    tasks: tuple[KeyTask, ...] = ()
    planned: Wanted | None = None  # the year whose targets a plan tells

    def __call__(self, name: str) -> tuple[Block, ...]:
        if name not in names():
            raise NoSuchTable(name)
        if name in _GRIDS:
            grid = _GRIDS[name](self.facts, self.wanted)
            return (_caption(grid.name), grid) if grid.rows else ()
        if name == OBJECTIVES:
            return tuple(self._objectives())
        if name == TASKS:
            return (_caption(words()["tasks"]["title"]), task_grid(self.tasks)) if self.tasks else ()
        return tuple(self._sector(name))

    def _objectives(self) -> Iterator[Block]:
        if self.planned is None:
            return
        grid = objective_grid(self.facts, self.wanted, self.planned)
        if grid.rows:
            yield _caption(grid.name)
            yield grid

    def _sector(self, name: str) -> Iterator[Block]:
        for table in tables():
            if table.name == name and table.is_for(self.wanted.period.year):
                filled = Filling(self.facts, self.wanted, table).filled()
                yield _caption(table.title)
                if table.unit_line:
                    yield Paragraph((Words(table.unit_line, is_italic=True),), Manner.UNIT)
                yield filled.grid
                yield from _below(filled, self.facts.revision)


def _caption(title: str) -> Paragraph:
    return Paragraph((Words(title, is_bold=True),), Manner.CAPTION)


def _below(filled: Filled, revision: int) -> Iterator[Paragraph]:
    """What the reader of a table must know of it."""
    said = words()
    if filled.has_marks:
        yield Paragraph((Words(said["marks"]["legend"], is_italic=True),))
    if filled.missing:
        shown = ", ".join(filled.missing[:_NAMED]) + (", …" if len(filled.missing) > _NAMED else "")
        before, after = said["notes"]["missing_units"].split("{count}")
        source = Source(Reckoning.COUNT, (), "missing:" + ",".join(filled.missing))
        count = Number.of(Decimal(len(filled.missing)), _COUNT, source, revision)
        yield Paragraph((Words(before), count, Words(after.format(names=shown))))
    if filled.is_uncompared:
        yield Paragraph((Words(said["notes"]["not_compared"], is_italic=True),))
    for name in filled.not_sums:
        yield Paragraph((Words(said["notes"]["not_a_sum"].format(name=name), is_italic=True),))


def task_grid(tasks: tuple[KeyTask, ...]) -> Grid:
    """The key tasks: who does what until when, and how far it has come."""
    said = words()["tasks"]
    aligns = (Align.CENTRE, Align.LEFT, Align.LEFT, Align.CENTRE, Align.CENTRE, Align.LEFT)
    columns = tuple(Column(Decimal(width), align) for width, align in zip(_TASK_WIDTHS, aligns, strict=True))
    head = tuple(GridCell((Words(word),), is_bold=True) for word in said["heads"])
    rows = tuple(_task_row(number, task) for number, task in enumerate(tasks, 1))
    return Grid(columns, (head,), rows, said["title"])


def _task_row(number: int, task: KeyTask) -> tuple[GridCell, ...]:
    due = day_words(task.due) if task.due else ""
    cells = (str(number), task.title, task.owner, due, words()["tasks"][task.state.value], task.progress)
    return tuple(GridCell((Words(word),) if word else ()) for word in cells)
