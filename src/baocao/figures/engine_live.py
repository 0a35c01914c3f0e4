"""An engine for a process that lives long: figures that come in replace those before them, and few are asked quickly.

All facts of a store of some millions are held in memory, where a figure is replaced in place. Asking again what a few
units told of some periods reads their figures alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from baocao.figures.asking import TYPES, prepare, stages
from baocao.figures.engine import _FACT_COLUMNS, _FACT_KEY, _FACT_TYPES, Engine, Keys, Line, _fill, _names, _stage
from baocao.figures.questions import Question, columns
from baocao.figures.snapshot import Fact, Snapshot
from baocao.model.indicator import Indicator
from baocao.model.period import Period

MOST_IN_MEMORY: Final = 5_000_000  # facts; of more, the snapshot's files are read where they lie


class LiveEngine(Engine):
    """An engine whose figures move on while it is asked."""

    def __init__(self, snapshot: Snapshot | None, *, memory_limit: str = "", spill: str = "", threads: int = 0) -> None:
        is_small = snapshot is not None and snapshot.rows <= MOST_IN_MEMORY
        self._held = snapshot.facts if snapshot is not None and is_small else ()
        super().__init__(snapshot, memory_limit=memory_limit, spill=spill, threads=threads)

    def lay_over(self, delta: Iterable[Fact]) -> None:
        """Take the figures recorded since the snapshot, instead of those laid over it before."""
        with self._lock:
            super().lay_over(() if self._held else delta)
            if self._held:
                self._files = ()
                held = f"INSERT INTO delta SELECT {_FACT_KEY}, amount FROM read_parquet($1)"
                self._connection.execute(held, [list(self._held)])
                self._has_delta = True
                self.renew(delta)

    def renew(self, facts: Iterable[Fact]) -> None:
        """Take figures in place of those of the same addresses, of the snapshot or laid over it before."""
        with self._lock:
            rows = self._keyed(facts)
            _fill(self._connection, "come", _FACT_COLUMNS, _FACT_TYPES, columns(rows, len(_FACT_TYPES)))
            same = " AND ".join(f"delta.{name} = come.{name}" for name in _FACT_COLUMNS[:-1])
            self._connection.execute(f"DELETE FROM delta USING come WHERE {same}")
            self._connection.execute(f"INSERT INTO delta SELECT {_FACT_KEY}, amount FROM come")
            self._has_delta = self._has_delta or bool(rows)
            self._laid += 1

    def told(
        self, question: Question, units: Collection[str], indicators: Mapping[str, Indicator]
    ) -> dict[Period, dict[Keys, Line]]:
        """What a few units told of the asked periods: the lines that ``Answer.by_keys`` has of them, period by period.

        Raises ``KeyError`` with an unknown indicator.
        """
        with self._lock:
            shape, tables, read = prepare(question, indicators, self.codes)
            numbers = sorted(self.codes.number("unit", unit) for unit in units)
            cursor = self._connection.cursor()
            facts = self._facts(question, tables["piece"][1], read if question.indicators else [], self._has_delta)
        tables["tree"] = columns([(number, number, 0) for number in numbers], 3)
        for name, its in tables.items():
            _fill(cursor, name, _names(name), TYPES[name], its, temporary=True)
        cursor.execute(f"{facts} AND unit IN ({', '.join(map(str, numbers))})")
        steps = stages(shape, "duckdb")
        _stage(cursor, steps, "")
        added = "added" if shape.dimensions else "0"
        lines = f"asked, unit, indicator, breakdown, days, {added}, amount::VARCHAR"
        told_last = " ORDER BY is_quotient DESC" if shape.has_ratios else ""  # as in ``Answer.by_keys``
        found = cursor.execute(f"SELECT {lines} FROM ({steps.answer}) WHERE amount IS NOT NULL{told_last}").fetchall()
        cursor.close()
        told: dict[Period, dict[Keys, Line]] = {period: {} for period in question.periods}
        for asked, *line in found:
            told[question.periods[asked]][line[0], line[1], line[2]] = (line[3], line[4], line[5])
        return told
