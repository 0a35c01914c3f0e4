"""The same questions on Spark, for figures that outgrow one machine.

The SQL is compiled from the very expressions that DuckDB runs (expressions.py), the files are the same
snapshot, and the quotient is defined over whole numbers here as there, so the answers are equal cell by cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from baocao.figures import asking
from baocao.figures.asking import SCENARIOS, TYPES, Codes, Row, prepare, query
from baocao.figures.expressions import TABLES
from baocao.figures.questions import Question, Target, Tree
from baocao.figures.snapshot import KINDS, Snapshot
from baocao.model.indicator import Indicator

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# as DuckDB's: whole millionths, half away from zero; Spark's own "/" would round twice
_QUOTIENT: Final = """
    CREATE OR REPLACE TEMPORARY FUNCTION quotient(n DECIMAL(38, 6), d DECIMAL(38, 6), per BIGINT)
    RETURNS DECIMAL(32, 4) RETURN CASE
        WHEN d = 0 THEN NULL
        WHEN CAST(abs(n) AS DECIMAL(27, 6)) >= CAST(abs(d) AS DECIMAL(27, 6)) * CAST(10000000000 AS DECIMAL(11, 0))
            THEN NULL
        ELSE CASE WHEN (n < 0) = (d < 0) THEN 1 ELSE -1 END
             * ((2 * CAST(abs(n) * 1000000 AS DECIMAL(28, 0)) * CAST(per * 10000 AS DECIMAL(7, 0))
                 + CAST(abs(d) * 1000000 AS DECIMAL(28, 0))) DIV (2 * CAST(abs(d) * 1000000 AS DECIMAL(28, 0))))
             * CAST('0.0001' AS DECIMAL(4, 4)) END
"""


class SparkEngine:
    """Questions over one snapshot in a Spark session that the caller owns."""

    def __init__(self, session: SparkSession, snapshot: Snapshot) -> None:
        self._session = session
        self._snapshot = snapshot
        session.sql(_QUOTIENT)
        self._codes = Codes({kind: self._keys(kind) for kind in KINDS})
        facts = session.read.parquet(*snapshot.facts)
        facts.createOrReplaceTempView("stored")

    def _keys(self, kind: str) -> dict[str, int]:
        rows = self._session.read.parquet(self._snapshot.keys(kind)).select("code", "id").collect()
        return {row[0]: row[1] for row in rows}

    def take_targets(self, targets: Iterable[Target]) -> None:
        """Take these targets, instead of those taken before."""
        self._fill("target", asking.target_columns(targets, self._codes))

    def ask(self, question: Question, tree: Tree, indicators: Mapping[str, Indicator]) -> list[Row]:
        """The answer to a question, in the order of its addresses. Raises ``KeyError`` with an unknown indicator."""
        shape, tables, read = prepare(question, indicators, self._codes)
        tables["tree"] = asking.tree_columns(tree, self._codes)
        for name, columns in tables.items():
            self._fill(name, columns)
        periods = tables["piece"][1]
        self._session.sql(
            "SELECT indicator, period, unit, breakdown, amount FROM stored"
            f" WHERE scenario = {SCENARIOS.index(question.scenario)}"
            f" AND period BETWEEN {min(periods, default=0)} AND {max(periods, default=0)} AND amount IS NOT NULL"
            f" AND indicator IN ({', '.join(map(str, read))})"
        ).createOrReplaceTempView("fact")
        answer = self._session.sql(query(shape, "pyspark"))
        found = [line.asDict() for line in answer.collect()]
        found.sort(key=lambda line: tuple(line[name] for name in asking.ORDER if name in line))
        lines = [[line.get(name, absent) for name, absent in asking.LINE.items()] for line in found]
        return list(asking.rows(lines, question, tree, self._codes))

    def _fill(self, table: str, columns: list[list[Any]]) -> None:
        names = tuple(TABLES[table])
        schema = ", ".join(f"{name} {_SPARK[kind]}" for name, kind in zip(names, TYPES[table], strict=True))
        frame = self._session.createDataFrame(list(zip(*columns, strict=True)), schema)
        frame.createOrReplaceTempView(table)


_SPARK: Final = {"INTEGER": "INT", "TINYINT": "TINYINT", "BIGINT": "BIGINT", "DECIMAL(18, 6)": "DECIMAL(18, 6)"}
