"""An engine for a process that lives long: figures that come in replace those before them, and few are asked quickly.

All facts of a store of some millions are held in memory, where a figure is replaced in place. Asking again what a few
units told of some periods reads their figures alone.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Final

from baocao.figures.asking import TYPES, prepare, stages
from baocao.figures.engine import (
    _FACT_COLUMNS,
    _FACT_KEY,
    _FACT_TYPES,
    Engine,
    Keys,
    Line,
    _fill,
    _names,
    _unnested,
)
from baocao.figures.questions import Question, columns
from baocao.figures.snapshot import Fact, Snapshot
from baocao.model.indicator import Indicator
from baocao.model.period import Period

if TYPE_CHECKING:
    import duckdb

MOST_IN_MEMORY: Final = 5_000_000  # facts; of more, the snapshot's files are read where they lie
MOST_DESKS: Final = 32  # questions about some units that lie ready

Told = Mapping[Period, dict[Keys, Line]]
_INTO_COME: Final = f"INSERT INTO come SELECT {_unnested(_FACT_COLUMNS, _FACT_TYPES)}"
_SAME: Final = " AND ".join(f"delta.{name} = come.{name}" for name in _FACT_COLUMNS[:-1])
_LET_GO: Final = f"DELETE FROM delta USING come WHERE {_SAME}"


class LiveEngine(Engine):
    """An engine whose figures move on while it is asked."""

    def __init__(self, snapshot: Snapshot | None, *, memory_limit: str = "", spill: str = "", threads: int = 0) -> None:
        is_small = snapshot is not None and snapshot.rows <= MOST_IN_MEMORY
        self._held = snapshot.facts if snapshot is not None and is_small else ()
        self._answers: tuple[int, dict[object, Told]] = (-1, {})
        self._desks: OrderedDict[object, duckdb.DuckDBPyConnection] = OrderedDict()
        # beside it other processes serve others: the little that is asked at a time is not worth a second thread
        super().__init__(snapshot, memory_limit=memory_limit, spill=spill, threads=threads or int(is_small))

    def lay_over(self, delta: Iterable[Fact]) -> None:
        """Take the figures recorded since the snapshot, instead of those laid over it before."""
        with self._lock:
            super().lay_over(() if self._held else delta)
            _fill(self._connection, "come", _FACT_COLUMNS, _FACT_TYPES, columns([], len(_FACT_TYPES)))
            if self._held:
                self._files = ()
                # those of one unit lie together: a form that comes in is of one
                held = f"INSERT INTO delta SELECT {_FACT_KEY}, amount FROM read_parquet($1) ORDER BY unit, period"
                self._connection.execute(held, [list(self._held)])
                self._has_delta = True
                self.renew(delta)

    def renew(self, facts: Iterable[Fact]) -> None:
        """Take figures in place of those of the same addresses, of the snapshot or laid over it before."""
        with self._lock:
            rows = self._keyed(facts)
            if not rows:
                return
            # into a table that stays: a new one would let all prepared statements go
            self._connection.execute("DELETE FROM come")
            self._connection.execute(_INTO_COME, columns(rows, len(_FACT_TYPES)))
            self._connection.execute(_LET_GO)
            self._connection.execute(f"INSERT INTO delta SELECT {_FACT_KEY}, amount FROM come")
            self._has_delta = True
            self._laid += 1

    def told(self, question: Question, units: Collection[str], indicators: Mapping[str, Indicator]) -> Told:
        """What a few units told of the asked periods: the lines that ``Answer.by_keys`` has of them, period by period.

        Raises ``KeyError`` with an unknown indicator.
        """
        with self._lock:
            asked_before, answers = self._answers
            if asked_before != self._laid:  # several views ask the same after a change
                self._answers = self._laid, (answers := {})
            key = (question, frozenset(units), id(indicators))
            if key in answers:
                return answers[key]
            desk = self._desk(question, indicators)
            numbers = sorted(self.codes.number("unit", unit) for unit in units)
            for table in ("fact", "tree", "placed"):
                desk.execute(f"DELETE FROM {table}")
            if numbers:  # read first: a plan that reads them twice would not think of the units
                listed = ", ".join(map(str, numbers))
                desk.execute(f"INSERT INTO fact FROM every_fact WHERE unit IN ({listed})")
            desk.execute("INSERT INTO tree SELECT unit, unit, 0 FROM (SELECT unnest($1::INTEGER[]) AS unit)", [numbers])
            desk.execute("EXECUTE place")
            told: dict[Period, dict[Keys, Line]] = {period: {} for period in question.periods}
            for asked, *line in desk.execute("EXECUTE told").fetchall():
                told[question.periods[asked]][line[0], line[1], line[2]] = (line[3], line[4], line[5])
            answers[key] = told
            return told

    def _desk(self, question: Question, indicators: Mapping[str, Indicator]) -> duckdb.DuckDBPyConnection:
        """A cursor on which a question about some units lies ready: the same is asked after every change."""
        known = (len(self.codes.periods), len(self.codes.numbers("breakdown")), self._has_delta)
        key = (question, id(indicators), known)
        found = self._desks.get(key)
        if found is None:
            found = self._desks[key] = self._laid_out(question, indicators)
            if len(self._desks) > MOST_DESKS:
                self._desks.popitem(last=False)[1].close()
        self._desks.move_to_end(key)
        return found

    def _laid_out(self, question: Question, indicators: Mapping[str, Indicator]) -> duckdb.DuckDBPyConnection:
        shape, tables, read = prepare(question, indicators, self.codes)
        cursor = self._connection.cursor()
        for name, its in {**tables, "tree": columns([], 3)}.items():
            _fill(cursor, name, _names(name), TYPES[name], its, temporary=True)
        facts = self._facts(question, tables["piece"][1], read if question.indicators else [], self._has_delta)
        cursor.execute(facts)
        cursor.execute("ALTER VIEW fact RENAME TO every_fact")
        cursor.execute("CREATE TEMP TABLE fact AS FROM every_fact LIMIT 0")
        steps = stages(shape, "duckdb")
        cursor.execute(f"CREATE TEMP VIEW own AS {steps.own}")
        # a table, since ratios read it twice
        cursor.execute(f"CREATE TEMP TABLE placed AS FROM ({steps.placed}) LIMIT 0")
        cursor.execute(f"PREPARE place AS INSERT INTO placed {steps.placed}")
        added = "added" if shape.dimensions else "0"
        lines = f"asked, unit, indicator, breakdown, days, {added}, amount::VARCHAR"
        told_last = " ORDER BY is_quotient DESC" if shape.has_ratios else ""  # as in ``Answer.by_keys``
        cursor.execute(f"PREPARE told AS SELECT {lines} FROM ({steps.answer}) WHERE amount IS NOT NULL{told_last}")
        return cursor
