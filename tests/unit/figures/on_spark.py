"""Questions asked of DuckDB and of Spark: ``python -m tests.unit.figures.on_spark FOLDER`` tells what differs.

Run as a process of its own, since Spark leaves its sockets to the end of the process.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from baocao.figures import snapshot
from baocao.figures.engine import Engine
from baocao.figures.questions import Against, Question, Target
from baocao.figures.snapshot import Fact
from baocao.figures.spark import SparkEngine
from baocao.model.period import Period
from tests.unit.figures.test_engine import ACTUAL, KNOWN, TREE, YEAR


def figures() -> list[Fact]:
    """Every indicator in two years, by months, quarters and cumulatively, big and small, below zero, and gaps."""
    facts = []
    for place, unit in enumerate(("a", "b", "c", "province")):
        for number, code in enumerate(sorted(KNOWN)):
            for year in (2023, 2024):
                for month in range(1, 13 - place):
                    amount = Decimal((place + 3) * (number + 5) * month * (year % 7 + 1) % 977 - 90) * Decimal(
                        "12345.678901"
                    )
                    facts.append(Fact(unit, code, Period.part(year, "M", month).code, ACTUAL, "", "", amount))
                facts.append(Fact(unit, code, Period.part(year, "Q", 4).code, ACTUAL, "", "", Decimal(place - 1)))
                if place:  # cumulative figures: what they grew by is the third quarter
                    for months in (6, 9):
                        amount = Decimal(months * (place + year % 5)) + Decimal("0.000001")
                        facts.append(Fact(unit, code, Period.months(year, 1, months).code, ACTUAL, "", "", amount))
    return facts


def compare(folder: Path) -> None:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.shuffle.partitions", "2").config("spark.driver.host", "127.0.0.1").getOrCreate()
    built = snapshot.build(folder, figures(), 1)
    here, there = Engine(built), SparkEngine(session, built)
    targets = [Target(code, YEAR, "province", "", who, Decimal("31.25")) for code in KNOWN for who in ("HĐND", "UBND")]
    here.take_targets(targets)
    there.take_targets(targets)
    question = Question((YEAR, Period.part(2024, "S", 2), Period.part(2024, "Q", 3)))
    for each in (question, replace(question, against=Against.LAST_YEAR), replace(question, has_plan=True)):
        ours, theirs = list(here.ask(each, TREE, KNOWN)), there.ask(each, TREE, KNOWN)
        differ = [pair for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1]]
        print(f"{len(differ)} of {len(ours)} differ", *differ[:1])
    session.stop()


if __name__ == "__main__":
    compare(Path(sys.argv[1]))
