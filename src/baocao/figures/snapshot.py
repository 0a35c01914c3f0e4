"""An immutable, numbered copy of the current figures in columns, for questions that read millions of them.

A snapshot is a folder: one file of facts a year (Parquet v2, DECIMAL(18,6), sorted by indicator, period and
unit) and a file for each kind of key, whose whole numbers stand in the facts for units, indicators and the rest.
``CURRENT`` beside the folders names the one that readers open; it is swapped in one step when a new one is
complete, so a build that was killed leaves the old snapshot whole. The store stays the truth: a snapshot can
always be thrown away and built again.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from baocao.model import Problem, Text
from baocao.model.period import Period

if TYPE_CHECKING:
    import duckdb

LAYOUT: Final = 2  # of the files; another layout is built anew
_POINTER: Final = "CURRENT"
_MANIFEST: Final = "manifest.json"
_CHUNK: Final = 100_000  # rows handed over at a time
KINDS: Final = ("unit", "indicator", "period", "breakdown", "authority")

# one column of facts each; keys are whole numbers given out in the order of the texts they stand for
_PART: Final = """
    COPY (
        SELECT i.id AS indicator, p.id AS period, u.id AS unit, f.scenario::TINYINT AS scenario,
               a.id AS authority, b.id AS breakdown, f.amount::DECIMAL(18, 6) AS amount
        FROM incoming f
        JOIN key_unit u ON u.code = f.unit
        JOIN key_indicator i ON i.code = f.indicator
        JOIN key_period p ON p.code = f.period
        JOIN key_breakdown b ON b.code = f.breakdown
        JOIN key_authority a ON a.code = f.authority
        WHERE f.period IN (SELECT code FROM key_period WHERE year = {year})
        ORDER BY ALL
    ) TO '{path}' (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2, ROW_GROUP_SIZE 122880)
"""


class Fact(NamedTuple):
    """One current figure, with the texts that make its address. ``amount`` is None where a mark stands."""

    unit: str
    indicator: str
    period: str  # the period's code
    scenario: int  # its place in model.Scenario
    authority: str
    breakdown: str  # as model.observation.written writes it
    amount: Decimal | None


class NoSnapshot(Problem):
    """No snapshot can be opened, and why."""


_NONE_YET = Text(
    "chưa có bản chụp số liệu nào ở {seen}; hãy nạp số liệu rồi lập bản chụp.",
    "there is no snapshot in {seen} yet; load figures and build one.",
)
_BROKEN = Text(
    "bản chụp {seen} không đọc được; hãy lập lại bản chụp, số liệu gốc vẫn còn nguyên.",
    "the snapshot {seen} cannot be read; build it again, the figures themselves are safe.",
)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One built snapshot. ``revision`` is the last of the store that it holds, ``stamp`` tells whose that is."""

    folder: Path
    number: int
    revision: int
    rows: int
    stamp: str = ""

    @property
    def facts(self) -> tuple[str, ...]:
        """The files of facts, in the order of their years; none when the store was empty."""
        return tuple(sorted(str(path) for path in self.folder.glob("facts-*.parquet")))

    def keys(self, kind: str) -> str:
        """The file of one kind of keys: id, code (periods: first, last day too)."""
        return str(self.folder / f"{kind}.parquet")


def current(root: Path) -> Snapshot:
    """The snapshot that readers open now. Raises ``NoSnapshot``."""
    try:
        folder = root / (root / _POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise NoSnapshot(_NONE_YET.fill(seen=str(root))) from None
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        if manifest["layout"] != LAYOUT:
            raise ValueError(manifest["layout"])
        return Snapshot(folder, *(manifest[name] for name in ("number", "revision", "rows", "stamp")))
    except (OSError, ValueError, KeyError) as problem:
        raise NoSnapshot(_BROKEN.fill(seen=str(folder))) from problem


def build(root: Path, facts: Iterable[Fact], revision: int, stamp: str = "") -> Snapshot:
    """A new snapshot of all ``facts``, which becomes the current one when it is whole."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE incoming (unit VARCHAR, indicator VARCHAR, period VARCHAR, scenario TINYINT,"
            " authority VARCHAR, breakdown VARCHAR, amount DECIMAL(18, 6))"
        )
        for chunk in _chunks(facts):
            columns = [list(column) for column in zip(*chunk, strict=True)]
            connection.execute(_TAKE, columns)
        return build_from(root, connection, revision, stamp=stamp)


_TAKE: Final = (
    "INSERT INTO incoming SELECT unnest($1::VARCHAR[]), unnest($2::VARCHAR[]), unnest($3::VARCHAR[]),"
    " unnest($4::TINYINT[]), unnest($5::VARCHAR[]), unnest($6::VARCHAR[]), unnest($7::DECIMAL(18, 6)[])"
)


def _chunks(facts: Iterable[Fact]) -> Iterator[list[Fact]]:
    remaining = iter(facts)
    while chunk := list(islice(remaining, _CHUNK)):
        yield chunk


def build_from(
    root: Path,
    connection: duckdb.DuckDBPyConnection,
    revision: int,
    codes: Mapping[str, Iterable[str]] | None = None,
    stamp: str = "",
) -> Snapshot:
    """A new snapshot of the table or view ``incoming`` of a connection, with the columns of ``Fact``.

    ``codes`` names, for each kind of key, all texts that occur; it is looked up where it is not known.
    """

    return write(root, revision, lambda folder: write_facts(connection, folder, codes), stamp)


def write_facts(
    connection: duckdb.DuckDBPyConnection, folder: Path, codes: Mapping[str, Iterable[str]] | None = None
) -> None:
    """The files of the table or view ``incoming``, as ``build_from`` has them, into the folder of a new snapshot."""
    for year in _write_keys(connection, folder, codes):
        connection.execute(_PART.format(year=year, path=quoted(folder / f"facts-{year:04d}.parquet")))


def write(root: Path, revision: int, fill: Callable[[Path], None], stamp: str = "") -> Snapshot:
    """A new snapshot whose files ``fill`` writes; it becomes the current one when they are whole, else it never was."""
    import duckdb

    root.mkdir(parents=True, exist_ok=True)
    number, folder = _new_folder(root)
    try:
        fill(folder)
        files = sorted(folder.glob("facts-*.parquet"))
        rows = (
            duckdb.execute("SELECT count(*) FROM read_parquet($1)", [list(map(str, files))]).fetchone()
            if files
            else None
        )
        built = Snapshot(root / f"{number:06d}", number, revision, int(rows[0]) if rows else 0, stamp)
        manifest = {"layout": LAYOUT, "number": number, "revision": revision, "rows": built.rows, "stamp": stamp}
        _write_durably(folder / _MANIFEST, json.dumps(manifest, sort_keys=True) + "\n")
        folder.rename(built.folder)
        _point_to(root, built.folder.name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _forget_old(root, number)
    return built


def _new_folder(root: Path) -> tuple[int, Path]:
    """A number that nobody has, and the folder to build in."""
    taken = [int(path.name.lstrip(".").split("-")[0]) for path in root.iterdir() if path.name.lstrip(".")[:6].isdigit()]
    number = max(taken, default=0) + 1
    while True:
        folder = root / f".{number:06d}-building"
        try:
            folder.mkdir()
        except FileExistsError:
            number += 1
        else:
            return number, folder


def _write_keys(
    connection: duckdb.DuckDBPyConnection, folder: Path, codes: Mapping[str, Iterable[str]] | None
) -> Sequence[int]:
    """Files of keys, and the years that there are facts of."""
    for kind in KINDS:
        if codes is None:
            rows = connection.execute(f"SELECT DISTINCT {kind} FROM incoming").fetchall()
        write_keys(connection, kind, [code for (code,) in rows] if codes is None else codes[kind])
        path = quoted(folder / f"{kind}.parquet")
        connection.execute(f"COPY (SELECT * FROM key_{kind} ORDER BY id) TO '{path}' (FORMAT parquet)")
    years = connection.execute("SELECT DISTINCT year FROM key_period WHERE id > 0 ORDER BY 1").fetchall()
    return [year for (year,) in years]


def write_keys(connection: duckdb.DuckDBPyConnection, kind: str, codes: Iterable[str], first: int = 0) -> None:
    """The table ``key_<kind>`` with a whole number for each code; periods with their days and their year."""
    if kind == "period":
        periods = sorted(Period.parse(code) for code in codes)
        columns: list[list[object]] = [
            [first + place for place in range(1, len(periods) + 1)],
            [period.code for period in periods],
            [period.start for period in periods],
            [period.end for period in periods],
            [period.year for period in periods],
        ]
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE key_period AS"
            " SELECT unnest($1::INTEGER[]) AS id, unnest($2::VARCHAR[]) AS code,"
            " unnest($3::DATE[]) AS first_day, unnest($4::DATE[]) AS last_day, unnest($5::INTEGER[]) AS year",
            columns,
        )
        return
    # the empty text (no breakdown, no authority) is 0 wherever it occurs
    ordered = sorted(set(codes) - {""})
    ids = [first + place for place in range(1, len(ordered) + 1)]
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE key_{kind} AS SELECT unnest($1::INTEGER[]) AS id, unnest($2::VARCHAR[]) AS code",
        [[0, *ids], ["", *ordered]],
    )


def quoted(path: Path) -> str:
    """A path within single quotes of SQL, which takes no parameters there."""
    return str(path).replace("'", "''")


def _write_durably(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _point_to(root: Path, name: str) -> None:
    """Swap the pointer in one step: readers see the old snapshot or the new one, never neither."""
    beside = root / f".{_POINTER}-{os.getpid()}"
    _write_durably(beside, name + "\n")
    beside.replace(root / _POINTER)
    descriptor = os.open(root, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _forget_old(root: Path, number: int) -> None:
    """Readers that opened the snapshot before this one may still be at it; older ones are let go."""
    for path in root.iterdir():
        name = path.name.removeprefix(".").removesuffix("-building")
        if name.isdigit() and int(name) < number - 1:
            shutil.rmtree(path, ignore_errors=True)
