"""A whole snapshot told of the units of another day: millions of figures in one join a year."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from baocao.figures import asking, snapshot
from baocao.figures.asking import Codes
from baocao.figures.engine import Engine
from baocao.figures.questions import Tree
from baocao.figures.snapshot import KINDS, Snapshot
from baocao.model.indicator import Indicator, Over

_COPY: Final = (
    "COPY (SELECT indicator, period, unit, scenario, authority, breakdown, amount FROM ({moved}) ORDER BY ALL)"
    " TO '{path}' (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2, ROW_GROUP_SIZE 122880)"
)


class Recast(NamedTuple):
    """The re-cast snapshot, and the indicators that do not add over places: their figures are not in it."""

    snapshot: Snapshot
    left_out: tuple[str, ...]


def recast(
    source: Snapshot,
    root: Path,
    moves: Tree,
    indicators: Mapping[str, Indicator],
    *,
    memory_limit: str = "",
    spill: str = "",
) -> Recast:
    """Every additive figure of ``source`` where ``moves`` (trees.py) puts its unit; sums are conserved exactly.

    Ratios are computed from their parts when a question is asked of the result, so they need no place in it.
    """
    engine = Engine(source, memory_limit=memory_limit, spill=spill)
    codes = engine.codes
    engine.take_tree(moves)
    known = codes.numbers("indicator")
    additive = {code for code in known if code in indicators and indicators[code].over_place is Over.SUM}
    chosen = ", ".join(str(known[code]) for code in sorted(additive)) or "NULL"

    def fill(folder: Path) -> None:
        for kind in KINDS:
            if kind != "unit":
                shutil.copyfile(source.keys(kind), folder / f"{kind}.parquet")
        _write_units(engine, codes, folder)
        for file in source.facts:
            engine.run(
                "CREATE OR REPLACE TEMP VIEW told AS"
                " SELECT indicator, period, unit, scenario, authority, breakdown, amount"
                f" FROM read_parquet('{snapshot.quoted(Path(file))}')"
                f" WHERE amount IS NOT NULL AND indicator IN ({chosen})"
            )
            engine.run(_COPY.format(moved=asking.moved("duckdb"), path=snapshot.quoted(folder / Path(file).name)))

    built = snapshot.write(root, source.revision, fill)
    return Recast(built, tuple(sorted(set(known) - additive)))


def _write_units(engine: Engine, codes: Codes, folder: Path) -> None:
    numbers = codes.numbers("unit")
    engine.run(
        "CREATE OR REPLACE TEMP TABLE key_unit AS SELECT unnest($1::INTEGER[]) AS id, unnest($2::VARCHAR[]) AS code",
        [list(numbers.values()), list(numbers)],
    )
    path = snapshot.quoted(folder / "unit.parquet")
    engine.run(f"COPY (SELECT * FROM key_unit ORDER BY id) TO '{path}' (FORMAT parquet)")
