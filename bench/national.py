"""A fictional national store: every commune, 250 indicators, ten years of months; 100 million figures.

Run by itself it answers one kind of question and prints seconds and peak memory, so that each is measured in
a process of its own: ``python -m bench.national FOLDER ours-store``.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from baocao.figures import snapshot
from baocao.figures.questions import Branch, Tree
from baocao.figures.snapshot import Snapshot
from baocao.model import Text
from baocao.model.indicator import Indicator, Over
from baocao.model.period import Period

COMMUNES = 3_321
PROVINCES = 34
INDICATORS = 250
YEARS = range(2016, 2026)
LIMIT = "400MB"


def communes(count: int = COMMUNES) -> list[str]:
    return [f"{number:05d}" for number in range(1, count + 1)]


def tree(count: int = COMMUNES) -> Tree:
    """Each commune counts towards itself, its province and the country; provinces are of uneven size."""
    branches = []
    for number, commune in enumerate(communes(count)):
        province = f"P{(number * number // 7) % PROVINCES:02d}"
        branches += [Branch(commune, above) for above in (commune, province, "VN")]
    return Tree(tuple(branches))


def catalogue(count: int = INDICATORS) -> dict[str, Indicator]:
    """Nine flows and one stock in ten."""
    named = Text("Chỉ tiêu giả định", "A fictional indicator")
    return {
        code: Indicator(code, named, "unit", "bench", over_time=Over.LAST if number % 10 == 9 else Over.SUM)
        for number, code in enumerate(f"i{number:03d}" for number in range(count))
    }


def make(root: Path, years: range = YEARS, count: int = COMMUNES, indicators: int = INDICATORS) -> Snapshot:
    """The store's snapshot; figures vary by unit, indicator, year and month in a way that repeats exactly."""
    import duckdb

    codes = {
        "unit": communes(count),
        "indicator": list(catalogue(indicators)),
        "period": [Period.part(year, "M", month).code for year in years for month in range(1, 13)],
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
            " '' AS authority, '' AS breakdown,"
            " ((hash(u.n * 7919 + i.n * 104729 + p.n * 31) % 1000003) * (1 + i.n % 50) / 4)::DECIMAL(18, 6) AS amount"
            " FROM all_unit u, all_indicator i, all_period p"
        )
        return snapshot.build_from(root, connection, 1, codes)


def best(work: Callable[[], object], runs: int = 4) -> float:
    """Warm seconds: the least of several runs after the first."""
    work()
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


if __name__ == "__main__":
    t0 = time.perf_counter()
    root = Path(sys.argv[1])
    s = make(root)
    print(s, time.perf_counter() - t0)
