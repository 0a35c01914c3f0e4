"""The leader's overview and the consolidated form right after a commit: ``python -m bench.web_figures VENDOR``.

Before each request one commune's form of 300 cells is handed over, so that the request takes it in, adds up and shows
it. The application answers in this process; the database is a new one. Beside it: the same without a commit.
"""

from __future__ import annotations

import os
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.figures import Measured

SERVER = os.environ.get("BAOCAO_BENCH_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/")
TURNS, WARM, BOUND = 40, 3, 150.0


def everything(vendor: str) -> Iterator[Measured | str]:
    """Both pages, with a commit before each request and without."""
    with tempfile.TemporaryDirectory() as folder, _database(vendor, Path(folder)) as address:
        set_up(Path(folder), address)
        yield from measured(vendor)


def set_up(folder: Path, address: str) -> None:
    """A new office at full size in an empty database."""
    from bench import web_figures_office as made

    settle(folder, address)
    from django.core.management import call_command

    made.write_units(folder / "units.csv")
    call_command("migrate", verbosity=0)
    made.fill()


def settle(folder: Path, address: str) -> None:
    """Django over a database, with the office's map in a folder."""
    told = {"SECRET_KEY": secrets.token_urlsafe(50), "HTTPS": "no", "FOLDER": str(folder), "DATABASE": address}
    told |= {"UNIT": "BK", "UNITS": str(folder / "units.csv"), "HOSTS": "localhost"}
    os.environ.update({f"BAOCAO_{name}": value for name, value in told.items()})
    os.environ["DJANGO_SETTINGS_MODULE"] = "baocao_web.settings"
    import django

    django.setup()


def measured(vendor: str) -> Iterator[Measured | str]:
    """The pages of the office at hand."""
    from django.conf import settings
    from django.test import Client

    from baocao_web.collecting.models import Round
    from baocao_web.people.models import User
    from bench import web_figures_office as made

    client, codes = Client(headers={"host": "localhost"}), made.indicators()
    someone = User.objects.get(username="tong_hop")
    client.force_login(someone, backend=settings.AUTHENTICATION_BACKENDS[0])
    pages = {
        "the leader's overview": "/dashboard/",
        "the consolidated form": f"/rounds/{Round.objects.get().pk}/total",
    }
    turns = iter(range(int(time.time()), sys.maxsize))
    for name, path in pages.items():
        for words, before in (
            ("without a commit", None),
            ("right after a commit", lambda: hand_over(codes, next(turns))),
        ):
            found = _timed(client, path, before)
            p50, p95 = statistics.median(found), statistics.quantiles(found, n=20)[-1]
            yield Measured(f"web, {vendor}: {name}, {words}, p95", p95, BOUND, False, "ms", f"p50 {p50:.0f} ms")


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


def _timed(client: Any, path: str, before: Callable[[], None] | None) -> list[float]:
    """Milliseconds of each request behind the first ones, which read what a process keeps."""
    found = []
    for turn in range(WARM + TURNS):
        if before is not None:
            before()
        start = time.perf_counter()
        answer = client.get(path)
        took = (time.perf_counter() - start) * 1000
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")
        if turn >= WARM:
            found.append(took)
    return found


@contextmanager
def _database(vendor: str, folder: Path) -> Iterator[str]:
    if vendor == "sqlite":
        yield f"sqlite:///{folder / 'office.sqlite3'}"
        return
    import psycopg

    name = f"bench_figures_{secrets.token_hex(4)}"
    with psycopg.connect(f"{SERVER}postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{SERVER}{name}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


if __name__ == "__main__":
    for line in everything(sys.argv[1]):
        print(line, flush=True)
