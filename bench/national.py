"""A fictional national store: every commune, 250 indicators, ten years of months; 100 million figures.

Units are the real ones, figures are made by a rule. Each kind of question is answered in a process of its own,
so that its memory can be told: ``python -m bench.national FOLDER store``.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from baocao.figures import feeding, recast_store, snapshot, store, trees
from baocao.figures.engine import Engine
from baocao.figures.questions import Against, Question, Target, Tree
from baocao.figures.snapshot import Snapshot
from baocao.model import Text
from baocao.model.indicator import Indicator, Over
from baocao.model.observation import Address, Observation, Origin, OriginKind
from baocao.model.org_unit import Level
from baocao.model.period import Period
from baocao.reference.geography import national
from bench.figures import Measured

INDICATORS = 250
YEARS = range(2016, 2026)
LAST = Period.part(YEARS[-1])
LIMIT = "400MB"
MERGER = date(2025, 7, 1)
FORM = 200
_AMOUNT = "((hash(u.n * 7919 + i.n * 104729 + p.n * 31) % 1000003) * (1 + i.n % 50) / 4)::DECIMAL(18, 6)"


def communes(on: date) -> list[str]:
    return [unit.key for unit in national().at(on, Level.COMMUNE)]


def catalogue() -> dict[str, Indicator]:
    """Nine flows and one stock in ten."""
    named = Text("Chỉ tiêu giả định", "A fictional indicator")
    return {
        f"i{number:03d}": Indicator(
            f"i{number:03d}", named, "1", "", over_time=Over.LAST if number % 10 == 9 else Over.SUM
        )
        for number in range(INDICATORS)
    }


def make(root: Path, units: Sequence[str], months: Sequence[Period]) -> Snapshot:
    """The snapshot of a store in which every unit told every indicator every month."""
    import duckdb

    codes = {
        "unit": list(units),
        "indicator": list(catalogue()),
        "period": [month.code for month in months],
        "breakdown": [""],
        "authority": [""],
    }
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '4GB'; SET temp_directory = '{root}/spill'")
        for kind in ("unit", "indicator", "period"):
            connection.execute(
                f"CREATE TABLE all_{kind} AS SELECT unnest(range($2))::INTEGER AS n, unnest($1::VARCHAR[]) AS code",
                [codes[kind], len(codes[kind])],
            )
        connection.execute(
            "CREATE VIEW incoming AS SELECT u.code AS unit, i.code AS indicator, p.code AS period, 1 AS scenario,"
            f" '' AS authority, '' AS breakdown, {_AMOUNT} AS amount FROM all_unit u, all_indicator i, all_period p"
        )
        return snapshot.build_from(root, connection, 1, codes)


def months(first: int, count: int) -> list[Period]:
    return [Period.part(first + place // 12, "M", 1 + place % 12) for place in range(count)]


def best(work: Callable[[], object], runs: int = 4) -> float:
    """Warm seconds: the least of several runs after the first."""
    work()
    return min(took(work) for _ in range(runs))


def took(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _tree() -> Tree:
    return trees.as_it_was(national(), LAST.end)


def _engine(root: Path) -> Engine:
    return Engine(snapshot.current(root), memory_limit=LIMIT, spill=str(root / "spill"))


def ours(root: Path) -> dict[str, float]:
    """The questions of one year, warm, under the limit of memory; the reference by hand beside each."""
    engine, tree, known = (
        Engine(snapshot.current(root), memory_limit=LIMIT, spill=str(root / "spill")),
        _tree(),
        catalogue(),
    )

    def ask(question: Question) -> Callable[[], object]:
        return lambda: engine.ask(question, tree, known)

    everything = engine.ask(Question((LAST,)), tree, known)
    targets = [Target(row.indicator, LAST, row.unit, "", "UBND", row.amount) for row in everything]
    engine.take_targets(targets)
    hand = Hand(root, tree, targets)
    return {
        "one": best(ask(Question((LAST,), indicators=("i100",)))),
        "all": best(ask(Question((LAST,)))),
        "all by hand": best(hand.year),
        "plan": best(ask(Question((LAST,), has_plan=True))),
        "plan by hand": best(hand.plan),
        "earlier": best(ask(Question((LAST,), against=Against.LAST_YEAR))),
        "earlier by hand": best(hand.earlier),
    }


class Hand:
    """The same answers by SQL written by hand for this one store, on a connection like the engine's."""

    def __init__(self, root: Path, tree: Tree, targets: Sequence[Target]) -> None:
        built = snapshot.current(root)
        engine = _engine(root)
        engine.take_tree(tree)
        engine.take_targets(targets)
        files = ", ".join(f"'{file}'" for file in built.facts)
        engine.run(f"CREATE VIEW stored AS SELECT * FROM read_parquet([{files}])")
        indicators = built.keys("indicator")
        engine.run(f"CREATE TABLE flow AS SELECT id, code NOT LIKE '%9' AS is_flow FROM read_parquet('{indicators}')")
        number = engine.codes.numbers("period")
        self._first, self._last = (number[month.code] for month in (LAST.split(1)[0], LAST.split(1)[-1]))
        self._run = engine.run

    def _units(self, amounts: str, first: int) -> str:
        return (
            f"SELECT unit, indicator, {amounts} FROM stored JOIN flow ON flow.id = indicator"
            f" WHERE scenario = 1 AND period BETWEEN {first} AND {self._last} GROUP BY unit, indicator, is_flow"
        )

    def _amount(self, name: str, first: int, last: int) -> str:
        within = f"FILTER (period BETWEEN {first} AND {last})"
        return f"CASE WHEN is_flow THEN sum(amount) {within} ELSE arg_max(amount, period) {within} END AS {name}"

    def _placed(self, units: str, sums: str) -> str:
        return f"SELECT ancestor, indicator, {sums} FROM ({units}) JOIN tree USING (unit) GROUP BY ALL"

    def _year(self) -> str:
        units = self._units(self._amount("amount", self._first, self._last), self._first)
        return self._placed(units, "sum(amount) AS amount, count(*) AS reporting")

    def year(self) -> None:
        self._answer(self._year())

    def plan(self) -> None:
        self._answer(
            "SELECT r.*, t.amount AS plan, quotient(r.amount, t.amount::DECIMAL(38, 6), 100) AS percent"
            f" FROM ({self._year()}) r JOIN target t ON t.unit = r.ancestor AND t.indicator = r.indicator"
        )

    def earlier(self) -> None:
        before = self._first - 12
        now, then = self._amount("amount", self._first, self._last), self._amount("earlier", before, self._first - 1)
        rows = self._placed(self._units(f"{now}, {then}", before), "sum(amount) AS amount, sum(earlier) AS earlier")
        self._answer(f"SELECT *, amount - earlier AS change, quotient(amount, earlier, 100) AS percent FROM ({rows})")

    def _answer(self, query: str) -> None:
        self._run(f"CREATE OR REPLACE TEMP TABLE answer AS {query}")


def store_ours(root: Path) -> dict[str, float]:
    """Every year × indicator × unit of the whole store, under the limit of memory."""
    engine, tree, known = (
        Engine(snapshot.current(root), memory_limit=LIMIT, spill=str(root / "spill")),
        _tree(),
        catalogue(),
    )
    question = Question(tuple(Period.part(year) for year in YEARS))
    return {"store": took(lambda: engine.ask(question, tree, known)), "rss": _rss()}


def store_pandas(root: Path) -> dict[str, float]:
    """The same by pandas, which holds the figures as floats in memory."""
    import pandas as pd

    built, tree, known = snapshot.current(root), _tree(), catalogue()

    def work() -> None:
        number = {kind: pd.read_parquet(built.keys(kind)) for kind in ("unit", "indicator", "period")}
        facts = pd.concat(
            pd.read_parquet(file, columns=["indicator", "period", "unit", "amount"]).astype({"amount": "float64"})
            for file in built.facts
        )
        facts["year"] = facts["period"].map(number["period"].set_index("id")["year"])
        stocks = number["indicator"][
            number["indicator"]["code"].map(lambda code: bool(code) and known[code].over_time is Over.LAST)
        ]["id"]
        is_stock = facts["indicator"].isin(stocks)
        by = ["unit", "indicator", "year"]
        flows = facts[~is_stock].groupby(by)["amount"].sum()
        last = facts[is_stock].sort_values("period").groupby(by)["amount"].last()
        units = pd.concat([flows, last]).reset_index()
        code = number["unit"].set_index("code")["id"]
        branches = pd.DataFrame(tree.branches)
        places = pd.DataFrame({"unit": branches["unit"].map(code), "ancestor": branches["ancestor"]})
        units.merge(places, on="unit").groupby(["ancestor", "indicator", "year"])["amount"].agg(["sum", "count"])

    return {"store": took(work), "rss": _rss()}


def recast_history(root: Path) -> dict[str, float]:
    """The history of the communes of before the merger, told of those after it."""
    moves = trees.moves(national(), MERGER)
    source = snapshot.current(root)
    whole = took(lambda: recast_store.recast(source, root / "recast", moves, catalogue(), spill=str(root / "spill")))
    return {"seconds": whole, "rows": source.rows, "lost": _lost(source, snapshot.current(root / "recast"))}


def _lost(before: Snapshot, after: Snapshot) -> int:
    """How many totals of an indicator in a month differ by however little."""
    import duckdb

    total = "SELECT indicator, period, sum(amount) AS total FROM read_parquet($1) GROUP BY ALL"
    query = f"SELECT count(*) FROM ({total}) a FULL JOIN ({total.replace('$1', '$2')}) b USING (indicator, period)"
    found = duckdb.execute(f"{query} WHERE a.total IS DISTINCT FROM b.total", [list(before.facts), list(after.facts)])
    return int((found.fetchone() or (-1,))[0])


def form(root: Path) -> dict[str, float]:
    """From a form of 200 cells to its being counted: committed durably, laid over the snapshot, rolled up."""
    built, tree, known = snapshot.current(root), _tree(), catalogue()
    engine = Engine(built, memory_limit=LIMIT)
    units, month = communes(LAST.end), LAST.split(1)[-1]
    question = Question((LAST,), indicators=("i100",))
    connection = store.open_file(root / "forms.sqlite")
    with store.committing(connection):
        pass
    seconds = []
    for turn in range(6):
        moment = datetime.now(UTC)
        cells = [
            Observation(
                Address(units[turn], code, month),
                Decimal(turn + 1),
                Origin(OriginKind.FORM_CELL, f"{turn}"),
                moment,
                "bench",
            )
            for code in list(known)[:FORM]
        ]
        start = time.perf_counter()
        with store.committing(connection):
            store.record(connection, cells)
        engine.lay_over(feeding.facts(store.current(connection)))
        counted = [row for row in engine.ask(question, tree, known) if row.unit == units[turn]]
        seconds.append(time.perf_counter() - start)
        del counted
    return {"seconds": min(seconds[1:])}


def spark(root: Path) -> dict[str, float]:
    """Ten million figures on both engines: how many cells differ."""
    from pyspark.sql import SparkSession

    from baocao.figures.spark import SparkEngine

    built, tree, known = snapshot.current(root), _tree(), catalogue()
    session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    here, there = Engine(built), SparkEngine(session, built)
    years = sorted({period.year for period in here.codes.periods})
    question = Question((Period.part(years[-1]),), against=Against.LAST_YEAR)
    mine, theirs = list(here.ask(question, tree, known)), there.ask(question, tree, known)
    differ = sum(one != other for one, other in zip(mine, theirs, strict=False)) + abs(len(mine) - len(theirs))
    return {"cells": len(mine), "differ": differ}


def _rss() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def _apart(what: str, root: Path) -> dict[str, Any]:
    """One measurement in a process of its own."""
    command = [sys.executable, "-m", "bench.national", str(root), what]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{what}: {done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def everything() -> Iterator[Measured | str]:
    """All figures of the store, each beside its reference."""
    room = Path(tempfile.mkdtemp(prefix="baocao-bench-", dir=os.environ.get("BAOCAO_BENCH_ROOM")))
    try:
        yield from _national(room / "now")
        yield from _history(room / "before")
        yield from _spark(room / "ten")
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _national(root: Path) -> Iterator[Measured | str]:
    built = make(root, communes(LAST.end), months(YEARS[0], 12 * len(YEARS)))
    found = _apart("ours", root)
    rows = f"{built.rows / 1e6:.1f} M figures"
    yield Measured("one indicator, one year, three levels", found["one"], 0.050, False, "s", rows)
    for name, words in (("all", "all indicators"), ("plan", "% of plan"), ("earlier", "% of the same period")):
        hand = found[f"{name} by hand"]
        yield Measured(f"{words}, one year, three levels", found[name], 1.2, False, "s", f"by hand {hand:.3f} s")
        yield Measured(f"{words}, times SQL by hand", found[name] / hand, 1.5, False)
    mine = _apart("store_ours", root)
    yield Measured("whole store, peak memory with 400 MB limit", mine["rss"], 1000, False, "MB")
    theirs = _apart("store_pandas", root)
    beside = f"{mine['store']:.2f} s against {theirs['store']:.2f} s"
    yield Measured("whole store, pandas takes times as long", theirs["store"] / mine["store"], 5, True, "", beside)
    beside = f"{mine['rss']:.0f} MB against {theirs['rss']:.0f} MB"
    yield Measured("whole store, share of pandas' memory", mine["rss"] / theirs["rss"], 0.25, False, "", beside)
    yield Measured("form of 200 cells, until counted", _apart("form", root)["seconds"], 0.100, False, "s")


def _history(root: Path) -> Iterator[Measured | str]:
    make(root, communes(MERGER.replace(month=6, day=30)), months(2022, 42)[2:])
    found = _apart("recast_history", root)
    beside = f"{found['rows'] / 1e6:.1f} M figures"
    yield Measured("re-casting the history across 1/7/2025", found["seconds"], 60, False, "s", beside)
    yield Measured("totals that the re-cast changed", found["lost"], 0, False)


def _spark(root: Path) -> Iterator[Measured | str]:
    make(root, communes(LAST.end), months(2025, 12))
    try:
        import pyspark  # noqa: F401  # asked for before a process is started for it
    except ImportError:
        yield "pyspark is not installed: the two engines were not compared"
        return
    found = _apart("spark", root)
    yield Measured("cells that differ between Spark and DuckDB", found["differ"], 0, False, "", f"of {found['cells']}")


_PARTS = {each.__name__: each for each in (ours, store_ours, store_pandas, recast_history, form, spark)}

if __name__ == "__main__":
    print(json.dumps(_PARTS[sys.argv[2]](Path(sys.argv[1]))))
