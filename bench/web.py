"""What collecting promises, over SQLite and PostgreSQL, with the load generator on the same cores.

Beside what opens a form stands a page that does nothing, beside what saves one how often the disk can say that it has
kept as many bytes: both of the same run.
"""

from __future__ import annotations

import json
import os
import random
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from bench.figures import Measured
from bench.reports import ROOT

SERVER = os.environ.get(
    "BAOCAO_TEST_POSTGRESQL", "host=127.0.0.1 port=5432 dbname=test user=postgres connect_timeout=3"
)
ROWS, BYTES = 200, 24_000  # of a form; what a save of all its cells writes, more or less
SAVES = {"sqlite": 200.0, "postgresql": 300.0}
WORKERS = 2


class Size(NamedTuple):
    """How much is done: all that was promised, or enough to see that it works."""

    communes: int = 3_321
    seconds: float = 10.0
    typing: int = 50
    kills: int = 20
    saves: int = 1_000


SHORT = Size(communes=200, seconds=2.0, typing=10, kills=3, saves=200)


def everything(*, is_short: bool = False) -> Iterator[Measured | str]:
    """Every figure of collecting beside its bound, on both databases."""
    size = SHORT if is_short else Size()
    for vendor in SAVES:
        try:
            with office(vendor, size.communes) as (told, environment):
                yield from _speed(vendor, size, told, environment)
            with office(vendor, 60) as (told, environment):
                yield from _killed(vendor, size, told, environment)
        except ConnectionError as problem:
            yield f"web, {vendor}: not measured, {problem}"


def _speed(vendor: str, size: Size, told: Path, environment: dict[str, str]) -> Iterator[Measured | str]:
    name = f"web, {vendor}"
    with serving(environment, WORKERS) as port:
        load("open", 8, 2, port, told)  # the first request of a worker reads the map
        bare = f"a page that does nothing {_rate(load('alive', 8, size.seconds / 3, port, told)):.0f}/s"
        found = load("open", 8, size.seconds, port, told)
        yield Measured(
            f"{name}: forms of {ROWS} rows opened", _rate(found), 500, unit="/s", beside=f"{bare}, {_waits(found)}"
        )
        disk = f"the disk alone {_kept_by_disk(told.parent, size.seconds / 3):.0f}/s"
        found = load("save", 8, size.seconds, port, told)
        beside = f"{disk}, {_waits(found)}"
        yield Measured(f"{name}: forms of {ROWS} cells saved", _rate(found), SAVES[vendor], unit="/s", beside=beside)
        found = load("cell", size.typing, size.seconds, port, told)
        beside = f"{_rate(found):.0f} cells a second, {_waits(found)}"
        who = f"{size.typing} who type"
        yield Measured(f"{name}: one cell saved, p95 of {who}", found["p95"] * 1000, 50, False, "ms", beside)
        found = load("deadline", 16, 600, port, told)
        disk = f"the disk alone {_kept_by_disk(told.parent, size.seconds / 3):.0f}/s"
        beside = f"{found['count']} forms saved and submitted, {disk}, {_waits(found)}"
        yield Measured(f"{name}: the hour of the deadline", found["seconds"], 30, False, "s", beside)
    lost, doubled = _ask(environment, "deadline", told)
    yield Measured(f"{name}: forms lost at the deadline", lost, 0, False)
    yield Measured(f"{name}: forms doubled at the deadline", doubled, 0, False)


def _kept_by_disk(folder: Path, seconds: float) -> float:
    """How often in a second as many bytes as a form has can be put on the disk for good, one time after another."""
    some, count, begun = os.urandom(BYTES), 0, time.perf_counter()
    with (folder / "disk").open("wb", buffering=0) as file:
        while time.perf_counter() - begun < seconds:
            file.write(some)
            os.fdatasync(file.fileno())
            count += 1
    return count / (time.perf_counter() - begun)


def _killed(vendor: str, size: Size, told: Path, environment: dict[str, str]) -> Iterator[Measured | str]:
    """The server is killed in the middle of random saves, again and again; what it acknowledged must be there."""
    acknowledged: list[Any] = []
    sent, dice = 0, random.Random(size.kills)
    for _ in range(size.kills):
        with serving(environment, WORKERS) as port:
            after = dice.randrange(size.saves // 10, size.saves - size.saves // 10)
            generator = _generator("random", 8, 120, port, told, size.saves, after, environment["_SERVER"])
            found = json.loads(generator.communicate()[0])
            acknowledged += found["acknowledged"]
            sent += found["sent"]
    folder = Path(environment["BAOCAO_FOLDER"])
    (folder / "acknowledged.json").write_text(json.dumps(acknowledged), encoding="utf-8")
    lost, faults = _ask(environment, "killed", folder / "acknowledged.json")
    name = f"web, {vendor}: killed {size.kills} times in the middle of {size.saves} random saves"
    told_beside = f"of {len(acknowledged)} acknowledged, {sent} sent"
    yield Measured(f"{name}, acknowledged saves that are gone", lost, 0, False, beside=told_beside)
    yield Measured(f"{name}, faults of the record", faults, 0, False)


def _rate(found: dict[str, Any]) -> float:
    return float(found["count"] / found["seconds"]) if not found["refused"] else 0.0


def _waits(found: dict[str, Any]) -> str:
    refused = f", refused: {found['refused'][0]}" if found["refused"] else ""
    return f"p50 {found['p50'] * 1000:.1f}, p95 {found['p95'] * 1000:.1f}, p99 {found['p99'] * 1000:.1f} ms{refused}"


@contextmanager
def office(vendor: str, communes: int) -> Iterator[tuple[Path, dict[str, str]]]:
    """A database with a round of so many communes; the file for the load generator, and the environment."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="baocao-web-")))
        address = stack.enter_context(database(vendor, folder))
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("BAOCAO_")},
            "BAOCAO_SECRET_KEY": secrets.token_urlsafe(50),
            "BAOCAO_HTTPS": "no",
            "BAOCAO_DATABASE": address,
            "BAOCAO_FOLDER": str(folder),
            "DJANGO_SETTINGS_MODULE": "baocao_web.settings",
        }
        told = folder / "clients.json"
        command = [sys.executable, "-m", "bench.web_office", str(told), str(communes), str(ROWS)]
        subprocess.run(command, env=environment, cwd=ROOT, check=True)
        yield told, environment


@contextmanager
def database(vendor: str, folder: Path) -> Iterator[str]:
    """The address of a new database, in a folder or on the server. Raises ``ConnectionError`` where none answers."""
    if vendor == "sqlite":
        yield f"sqlite:///{folder / 'office.sqlite3'}"
        return
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        server = psycopg.connect(SERVER, autocommit=True)
    except psycopg.OperationalError as problem:
        raise ConnectionError(f"no PostgreSQL answers ({problem})") from problem
    name, where = f"baocao_bench_{secrets.token_hex(4)}", conninfo_to_dict(SERVER)
    server.execute(f"CREATE DATABASE {name}")
    try:
        yield f"postgresql://{where['user']}@{where['host']}:{where['port']}/{name}"
    finally:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
        server.close()


@contextmanager
def serving(environment: dict[str, str], workers: int = 2) -> Iterator[int]:
    """The application in processes of its own; its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    folder = Path(environment["BAOCAO_FOLDER"])
    command = [sys.executable, "-m", "gunicorn", "-w", str(workers), "--threads", "4", "-b", f"127.0.0.1:{port}"]
    command += ["--keep-alive", "60", "--preload", "--log-level", "warning", "baocao_web.wsgi"]
    with (folder / "server.log").open("ab") as log:
        server = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True)
        environment["_SERVER"] = str(server.pid)
        try:
            _wait(f"http://127.0.0.1:{port}/alive", server)
            yield port
        finally:
            if server.poll() is None:
                server.terminate()
            server.wait(60)


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if server.poll() is not None:
                raise RuntimeError("the server has not come up") from None
            time.sleep(0.1)
    raise RuntimeError(f"no answer from {url}")


def load(mode: str, connections: int, seconds: float, port: int, told: Path) -> dict[str, Any]:
    """What the load generator saw."""
    generator = _generator(mode, connections, seconds, port, told)
    found: dict[str, Any] = json.loads(generator.communicate()[0])
    return found


def _generator(
    mode: str, connections: int, seconds: float, port: int, told: Path, *more: object
) -> subprocess.Popen[bytes]:
    given = map(str, (mode, connections, seconds, port, told, *more))
    return subprocess.Popen([sys.executable, "-m", "bench.web_load", *given], cwd=ROOT, stdout=subprocess.PIPE)


def _ask(environment: dict[str, str], question: str, told: Path) -> tuple[int, int]:
    """What the database says afterwards."""
    command = [sys.executable, "-m", "bench.web_proof", question, str(told)]
    run = subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True)
    first, second = json.loads(run.stdout)
    return int(first), int(second)
