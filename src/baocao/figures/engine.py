"""The engine that answers questions about many figures: DuckDB in this process, over a snapshot and what came since.

The snapshot's files are never written to, so any number of processes may read them. What the store recorded
after the snapshot (the delta) is laid over it: a figure of the delta replaces that of the snapshot.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from threading import RLock
from typing import TYPE_CHECKING, Any, Final

from baocao.figures import asking, expressions, questions
from baocao.figures.asking import SCENARIOS, TYPES, Codes, Row, Stages, prepare, stages
from baocao.figures.questions import Question, Target, Tree
from baocao.figures.snapshot import KINDS, Fact, Snapshot
from baocao.model.indicator import Indicator
from baocao.model.period import Period

if TYPE_CHECKING:
    import duckdb

# numerator × per ÷ denominator over whole millionths, half away from zero: exact, where DuckDB's "/" gives a float
_QUOTIENT: Final = """
    CREATE OR REPLACE MACRO quotient(n, d, per) AS CASE WHEN d = 0 OR abs(n) >= abs(d) * 10000000000 THEN NULL ELSE
        (CASE WHEN (n < 0) = (d < 0) THEN 1 ELSE -1 END
         * (((abs(n) * (20000 * per) + abs(d)) * 1000000)::HUGEINT // (abs(d) * 2000000)::HUGEINT)
        )::DECIMAL(28, 0) * 0.0001::DECIMAL(4, 4) END
"""


_VIEW_OF_TREE: Final = "CREATE OR REPLACE TEMP VIEW tree AS SELECT unit, ancestor, stated FROM {table}"
_FACT_TYPES: Final = ("INTEGER", "INTEGER", "INTEGER", "TINYINT", "INTEGER", "INTEGER", "DECIMAL(18, 6)")
_FACT_COLUMNS: Final = ("indicator", "period", "unit", "scenario", "authority", "breakdown", "amount")
_FACT_KEY: Final = ", ".join(_FACT_COLUMNS[:-1])
_FEW: Final = 200  # units whose figures of many periods are read in one pass: what is held at a time stays small

Keys = tuple[int, int, int]  # of a unit, an indicator and a breakdown
_SMALL: Final = 1_000  # units of a store up to which what each told is kept between questions
_KEPT: Final = 3  # questions

_Asked = tuple[Question, int, Mapping[str, Indicator]]  # which question, of which figures, by which catalogue
Line = tuple[int, int, str]  # the days that a figure covers, of how many units it was added up, and the figure


class Engine:
    """DuckDB over one snapshot and the delta since. One engine a process; every question has its own cursor.

    Questions may be asked from several threads and of several trees: each tree is a table of its own as long
    as somebody holds it, and a question sees the figures as they stood when it was asked.

    ``memory_limit`` is DuckDB's ("400MB"); what does not fit goes to ``spill``, a folder.
    """

    def __init__(self, snapshot: Snapshot | None, *, memory_limit: str = "", spill: str = "", threads: int = 0) -> None:
        import duckdb

        self._connection = duckdb.connect()
        self._connection.execute("SET preserve_insertion_order = false")
        for setting, value in (("memory_limit", memory_limit), ("temp_directory", spill), ("threads", threads)):
            if value:
                self._connection.execute(f"SET {setting} = $1", [value])
        self._connection.execute(_QUOTIENT)
        self._files = snapshot.facts if snapshot is not None else ()
        self.codes = Codes({kind: self._keys(snapshot, kind) for kind in KINDS})
        self._lock = RLock()  # keys are given out, and shared tables made, by one at a time
        self._numbers = count(1)
        self._trees: dict[int, str] = {}
        self._gone: list[int] = []
        self._own: dict[str, _Asked] = {}  # by their names: the tables of what units told, and what was asked
        self._laid = 0  # how often figures were laid over the snapshot: of what was asked before nothing is kept
        self.take_targets(())
        self.lay_over(())

    def _keys(self, snapshot: Snapshot | None, kind: str) -> dict[str, int]:
        if snapshot is None:
            return {} if kind in ("period", "unit", "indicator") else {"": 0}
        rows = self._connection.execute("SELECT code, id FROM read_parquet($1)", [snapshot.keys(kind)]).fetchall()
        return dict(rows)

    def run(self, statement: str, values: list[Any] | None = None) -> None:
        """One statement on the engine's own connection, for the modules beside this one."""
        self._connection.execute(statement, values or [])

    def lay_over(self, delta: Iterable[Fact]) -> None:
        """Take the figures recorded since the snapshot, instead of those laid over it before."""
        with self._lock:
            rows = self._keyed(delta)
            _fill(self._connection, "delta", _FACT_COLUMNS, _FACT_TYPES, questions.columns(rows, 7))
            self._has_delta = bool(rows)
            self._laid += 1

    def lay_beside(self, facts: Iterable[Fact]) -> None:
        """Take more figures besides those laid over the snapshot, of addresses that have none yet."""
        with self._lock:
            rows = self._keyed(facts)
            chosen = _unnested(_FACT_COLUMNS, _FACT_TYPES)
            self._connection.execute(f"INSERT INTO delta SELECT {chosen}", questions.columns(rows, 7))
            self._has_delta = self._has_delta or bool(rows)
            self._laid += 1

    def _keyed(self, facts: Iterable[Fact]) -> list[tuple[object, ...]]:
        number = self.codes.number
        return [
            (
                number("indicator", fact.indicator),
                self.codes.told_for(fact.period),
                number("unit", fact.unit),
                fact.scenario,
                number("authority", fact.authority),
                number("breakdown", fact.breakdown),
                fact.amount,
            )
            for fact in facts
        ]

    def take_targets(self, targets: Iterable[Target]) -> None:
        """Take these targets, instead of those taken before; they stand in force for every question that follows."""
        with self._lock:
            columns = asking.target_columns(targets, self.codes)
            _fill(self._connection, "target", _names("target"), TYPES["target"], columns)

    def ask(self, question: Question, tree: Tree, indicators: Mapping[str, Indicator]) -> Answer:
        """The answer to a question, computed when this returns. Raises ``KeyError`` with an unknown indicator."""
        with self._lock:
            shape, tables, read = prepare(question, indicators, self.codes)
            placed, has_delta, laid = self._table_of(tree), self._has_delta, self._laid
            is_small = len(self.codes.numbers("unit")) <= _SMALL
            kept = self._kept(question, indicators)
            cursor = self._connection.cursor()
            cursor.begin()  # from here on, what others lay over or take does not reach this question
            cursor.execute(_VIEW_OF_TREE.format(table=placed))
        steps, made = stages(shape, "duckdb"), ""
        try:
            for name, columns in tables.items():
                _fill(cursor, name, _names(name), TYPES[name], columns, temporary=True)
            for turn, (wanted, periods) in enumerate(_passes(question, tree, tables["piece"], is_small=is_small)):
                if not kept:
                    facts = self._facts(question, periods, read if question.indicators else [], has_delta)
                    cursor.execute(facts if is_small else f"{facts} AND unit IN (SELECT unit FROM tree)")
                if is_small and not kept:
                    kept = made = f"own_{next(self._numbers)}"
                    cursor.execute(f"CREATE TABLE {made} AS {steps.own}")
                _stage(cursor, steps, kept)
                found = f"SELECT * FROM ({steps.answer}){wanted}"
                cursor.execute(f"INSERT INTO answer {found}" if turn else f"CREATE TEMP TABLE answer AS {found}")
            cursor.commit()
            if made:
                self._keep(made, question, laid, indicators)
        except BaseException:
            cursor.close()
            raise
        return Answer(cursor, question, tree, self.codes)

    def told_periods(
        self, question: Question, indicators: Mapping[str, Indicator]
    ) -> dict[tuple[str, str, str], frozenset[Period]]:
        """For each unit, indicator and breakdown the stored periods that it told of the one that is asked for."""
        with self._lock:
            _, tables, read = prepare(question, indicators, self.codes)
            has_delta = self._has_delta
            cursor = self._connection.cursor()
        for name in ("piece", "measure"):
            _fill(cursor, name, _names(name), TYPES[name], tables[name], temporary=True)
        cursor.execute(self._facts(question, tables["piece"][1], read, has_delta))
        told = asking.told_periods("duckdb")
        lists = f"SELECT unit, indicator, breakdown, string_agg(period, ' ' ORDER BY period) FROM ({told}) GROUP BY ALL"
        rows = cursor.execute(lists).fetchall()
        cursor.close()
        units, listed, lines = (self.codes.texts(kind) for kind in ("unit", "indicator", "breakdown"))
        told_for = {numbers: self._periods(numbers) for numbers in {row[3] for row in rows}}
        return {
            (units[unit], listed[indicator], lines[breakdown]): told_for[numbers]
            for unit, indicator, breakdown, numbers in rows
        }

    def _periods(self, numbers: str) -> frozenset[Period]:
        return frozenset(Period.parse(self.codes.text("period", int(number))) for number in numbers.split())

    def take_tree(self, tree: Tree) -> None:
        """Take one view of the units for the statements that ``run`` is given."""
        with self._lock:
            self._connection.execute(_VIEW_OF_TREE.format(table=self._table_of(tree)))

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables of the trees that are kept."""
        return tuple(self._trees.values())

    def _table_of(self, tree: Tree) -> str:
        """The table of a tree, made when it is first asked with; taking the same again costs nothing."""
        while self._gone:
            self._connection.execute(f"DROP TABLE {self._trees.pop(self._gone.pop())}")
        key = id(tree)
        if key not in self._trees:
            table = f"tree_{next(self._numbers)}"
            _fill(self._connection, table, _names("tree"), TYPES["tree"], asking.tree_columns(tree, self.codes))
            self._trees[key] = table
            weakref.finalize(tree, self._gone.append, key)
        return self._trees[key]

    def _kept(self, question: Question, indicators: Mapping[str, Indicator]) -> str:
        """The table of what units told, where the same was asked of the same figures before; of another tree, say."""
        asked = (question, self._laid)
        return next((name for name, one in self._own.items() if one[:2] == asked and one[2] is indicators), "")

    def _keep(self, table: str, question: Question, laid: int, indicators: Mapping[str, Indicator]) -> None:
        """Keep what units told for the next question about the same, and let go what was made longest ago."""
        with self._lock:
            self._own[table] = (question, laid, indicators)
            for each in list(self._own)[:-_KEPT]:
                del self._own[each]
                self._connection.execute(f"DROP TABLE {each}")

    def _facts(self, question: Question, periods: list[Any], indicators: list[int], has_delta: bool) -> str:
        """The view ``fact``: all literals are whole numbers or this process's own file names."""
        sources = []
        if self._files:
            files = ", ".join("'" + path.replace("'", "''") + "'" for path in self._files)
            laid = f" ANTI JOIN delta USING ({_FACT_KEY})" if has_delta else ""
            sources.append(f"SELECT {_FACT_KEY}, amount FROM read_parquet([{files}]){laid}")
        if has_delta or not sources:
            sources.append(f"SELECT {_FACT_KEY}, amount FROM delta")
        only = f" AND indicator IN ({', '.join(map(str, indicators))})" if indicators else ""
        return (
            "CREATE OR REPLACE TEMP VIEW fact AS SELECT indicator, period, unit, breakdown, amount"
            f" FROM ({' UNION ALL '.join(sources)}) WHERE scenario = {SCENARIOS.index(question.scenario)}"
            f" AND period BETWEEN {min(periods, default=0)} AND {max(periods, default=0)}"
            f" AND amount IS NOT NULL{only}"
        )


def _stage(cursor: duckdb.DuckDBPyConnection, steps: Stages, kept: str) -> None:
    """What the last step reads: tables where little is read, else views, so that all is read in one go."""
    cursor.execute(f"CREATE OR REPLACE TEMP VIEW own AS {f'FROM {kept}' if kept else steps.own}")
    cursor.execute(f"CREATE OR REPLACE TEMP {'TABLE' if kept else 'VIEW'} placed AS {steps.placed}")


def _passes(
    question: Question, tree: Tree, piece: list[list[Any]], *, is_small: bool
) -> Iterator[tuple[str, list[int]]]:
    """What is read in one pass: of many units one asked period's files alone, of few units all of them."""
    if is_small or len(question.periods) == 1 or len(tree.branches) <= _FEW:
        yield "", piece[1]
        return
    for asked in range(len(question.periods)):
        yield f" WHERE asked = {asked}", [period for of, period in zip(*piece[:2], strict=True) if of == asked]


def _names(table: str) -> tuple[str, ...]:
    return tuple(expressions.TABLES[table])


def _fill(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    names: tuple[str, ...],
    types: tuple[str, ...],
    columns: list[list[Any]],
    *,
    temporary: bool = False,
) -> None:
    """A small table of whole columns, in one statement."""
    chosen = _unnested(names, types)
    connection.execute(f"CREATE OR REPLACE {'TEMP ' if temporary else ''}TABLE {table} AS SELECT {chosen}", columns)


def _unnested(names: tuple[str, ...], types: tuple[str, ...]) -> str:
    return ", ".join(
        f"unnest(${place}::{kind}[]) AS {name}" for place, (name, kind) in enumerate(zip(names, types, strict=True), 1)
    )


class Answer:
    """The figures that answer a question; read them once or many times, in the order of their addresses."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, question: Question, tree: Tree, codes: Codes) -> None:
        self._cursor = cursor
        self._question = question
        self._tree = tree
        self._codes = codes

    def __len__(self) -> int:
        found = self._cursor.execute("SELECT count(*) FROM answer").fetchone()
        return int(found[0]) if found else 0

    @property
    def _columns(self) -> list[str]:
        return [name for (name, *_) in self._cursor.execute("SELECT * FROM answer LIMIT 0").description or ()]

    def by_keys(self) -> dict[Period, dict[Keys, Line]]:
        """The figures of an answer by period, as the engine has them: for those who look at few of many.

        Of a ratio that was told as such and can be made of its parts too: what was told.
        """
        columns = self._columns
        lines = f"asked, unit, indicator, breakdown, days, {'added' if 'added' in columns else '0'}, amount::VARCHAR"
        last = ", is_quotient DESC" if "is_quotient" in columns else ""
        self._cursor.execute(f"SELECT {lines} FROM answer WHERE amount IS NOT NULL ORDER BY 1, 2, 3, 4{last}")
        found: dict[Period, dict[Keys, Line]] = {period: {} for period in self._question.periods}
        while chunk := self._cursor.fetchmany(10_000):
            for asked, unit, indicator, breakdown, *line in chunk:
                found[self._question.periods[asked]][unit, indicator, breakdown] = (line[0], line[1], line[2])
        return found

    def __iter__(self) -> Iterator[Row]:
        columns = self._columns
        order = ", ".join(name for name in asking.ORDER if name in columns)
        result = self._cursor.execute(f"SELECT {asking.chosen(columns)} FROM answer ORDER BY {order}")
        while chunk := result.fetchmany(10_000):
            yield from asking.rows(chunk, self._question, self._tree, self._codes)
