"""The leader's overview, an indicator and the consolidated form right after a commit, over SQLite and PostgreSQL.

Before each request one commune's form of 300 cells is handed over, so that the request takes it in, adds up and shows
it. The application answers in a process of its own; the database is a new one. Beside each page stands the same page
without a commit. ``python -m bench.web_figures make|pages MONTHS`` are these processes: each prints JSON lines.
"""

from __future__ import annotations

import json
import os
import secrets
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from bench.figures import Measured
from bench.reports import ROOT

TURNS, SHORT_TURNS, WARM, BOUND = 60, 20, 3, 150.0
MONTHS, SHORT_MONTHS = 36, 8  # the shorter store has a snapshot too
PREPARED, FIRST = 30.0, 3.0  # seconds: bounds of our own, for a snapshot and for the first page of a process
VENDORS = ("sqlite", "postgresql")


def everything(*, is_short: bool = False) -> Iterator[Measured | str]:
    """All pages on both databases."""
    from bench.web import database

    months, turns = (SHORT_MONTHS, SHORT_TURNS) if is_short else (MONTHS, TURNS)
    for vendor in VENDORS:
        try:
            with TemporaryDirectory(prefix="baocao-figures-") as folder, database(vendor, Path(folder)) as address:
                environment = _environment(Path(folder), address)
                for step in ("make", "pages"):
                    yield from _told_by(step, months, turns, vendor, environment)
        except ConnectionError as problem:
            yield f"web, {vendor}: figures not measured, {problem}"


def _environment(folder: Path, address: str) -> dict[str, str]:
    told = {"SECRET_KEY": secrets.token_urlsafe(50), "HTTPS": "no", "FOLDER": str(folder), "DATABASE": address}
    told |= {"UNIT": "BK", "UNITS": str(folder / "units.csv"), "HOSTS": "localhost"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BAOCAO_")}
    return {**kept, **{f"BAOCAO_{name}": value for name, value in told.items()}}


def _told_by(step: str, months: int, turns: int, vendor: str, environment: dict[str, str]) -> Iterator[Measured]:
    command = [sys.executable, "-m", "bench.web_figures", step, str(months), str(turns), vendor]
    run = subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True)
    for line in run.stdout.splitlines():
        yield Measured(*json.loads(line))


def make(months: int, turns: int, vendor: str) -> Iterator[Measured]:
    """A new office at full size in an empty database, and what its snapshot takes."""
    from django.core.management import call_command

    from baocao_web.figures import live
    from bench import web_figures_office as made

    made.write_units(Path(os.environ["BAOCAO_UNITS"]))
    call_command("migrate", verbosity=0)
    made.fill(months)
    begun = time.perf_counter()
    if not live.prepare():
        raise RuntimeError("the store is too small for a snapshot")
    count = made.COMMUNES * made.INDICATORS * months
    name = f"web, {vendor}: the snapshot of {count:,} figures, outside any request"
    yield Measured(name, time.perf_counter() - begun, PREPARED, False, "s")


def pages(months: int, turns: int, vendor: str) -> Iterator[Measured]:
    """The pages of the office at hand, the first one of this process first."""
    from django.conf import settings
    from django.test import Client

    from baocao_web.collecting.models import Round
    from baocao_web.people.models import User
    from bench import web_figures_office as made

    client, codes = Client(headers={"host": "localhost"}), made.indicators()
    someone = User.objects.get(username="tong_hop")
    client.force_login(someone, backend=settings.AUTHENTICATION_BACKENDS[0])
    shown = {
        "the leader's overview": "/dashboard/",
        "an indicator": f"/figures/{codes[0]}/",
        "the consolidated form": f"/rounds/{Round.objects.get().pk}/total",
    }
    first = _once(client, shown["the leader's overview"])
    yield Measured(f"web, {vendor}: the first page of figures of a process", first.wall / 1000, FIRST, False, "s")
    commits = iter(range(int(time.time()), sys.maxsize))
    for name, path in shown.items():
        still = _timed(client, path, turns, lambda: None)
        moved = _timed(client, path, turns, lambda: hand_over(codes, next(commits)))
        beside = f"p50 {moved.p50:.0f}, processor p95 {moved.processor:.0f}; without a commit p95 {still.p95:.0f} ms"
        yield Measured(f"web, {vendor}: {name}, right after a commit, p95", moved.p95, BOUND, False, "ms", beside)


def hand_over(codes: list[str], turn: int) -> None:
    """One commune submits its form again, with other figures than before."""
    from django.db import transaction
    from django.utils import timezone

    from baocao_web.collecting.models import Entry, Handover
    from baocao_web.collecting.states import State
    from bench import web_figures_office as made

    commune = turn % made.COMMUNES
    with transaction.atomic():
        entry = Entry.objects.get(unit=made.unit(commune))
        entry.cells, entry.state = made.cells(commune, turn % 97, codes), State.SUBMITTED.value
        entry.version += 1
        entry.save()
        cells = made.handed(commune, turn % 97, codes)
        Handover.objects.create(entry=entry, version=entry.version, at=timezone.now(), by="bench", cells=cells)


class _Took(NamedTuple):
    """Milliseconds by the clock, and of this process's work."""

    wall: float
    processor: float


class _Spread(NamedTuple):
    p50: float
    p95: float
    processor: float  # p95 of this process's own work: what stays when others are busy too


def _timed(client: Any, path: str, turns: int, before: Callable[[], None]) -> _Spread:
    """Each request behind the first ones, which read what a process keeps."""
    found = []
    for _ in range(WARM + turns):
        before()
        found.append(_once(client, path))
    walls, processor = zip(*found[WARM:], strict=True)
    return _Spread(statistics.median(walls), *(statistics.quantiles(each, n=20)[-1] for each in (walls, processor)))


def _once(client: Any, path: str) -> _Took:
    start, worked = time.perf_counter(), time.process_time()
    answer = client.get(path)
    took = _Took((time.perf_counter() - start) * 1000, (time.process_time() - worked) * 1000)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
    return took


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "baocao_web.settings"
    import django

    django.setup()
    step, months, turns, vendor = sys.argv[1:]
    for one in {"make": make, "pages": pages}[step](int(months), int(turns), vendor):
        print(json.dumps(one), flush=True)


if __name__ == "__main__":
    main()
