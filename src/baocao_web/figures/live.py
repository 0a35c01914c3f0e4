"""The office's figures, kept ready in each process: whoever looks at them sees what was handed over before.

What is kept is derived from the store and let go with the process. Another process keeps its own; both take in what
came before they answer. A large store is read from a snapshot, which ``manage.py tick`` and ``prepare_figures`` build:
a page never does, since that takes longer than anybody waits.
"""

from __future__ import annotations

import atexit
import fcntl
import gc
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore, RLock
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from baocao.ledger import rolled_engine
from baocao.ledger.book import Book
from baocao.ledger.following import Following, NotPrepared
from baocao.model.text import Text
from baocao_web.figures.approved import Approved
from baocao_web.figures.feeding_in import feed_in, raw
from baocao_web.places import office

_kept: dict[tuple[object, ...], Following] = {}  # one at most: of the database, map and catalogue that are served
_approved: dict[tuple[object, ...], Approved] = {}  # of the same, where somebody asked
_log = logging.getLogger(__name__)
_lock = RLock()  # a server with threads answers one reader of figures after another
READERS: Final = 2  # at a time in one process, the others are asked to come again: threads are left for those who type
PATIENCE: Final = 8.0  # seconds for which a reader waits for those before him
_places = BoundedSemaphore(READERS)
_BUSY = Text(
    "đang tính số liệu cho người khác; hãy thử lại sau ít giây.",
    "figures are being worked out for others; try again in a few seconds.",
)


class Busy(NotPrepared):
    """Others are at the figures: who would wait for long is told so and comes again."""


@contextmanager
def reading(*, is_approved_only: bool = False) -> Iterator[Following]:
    """All figures as they stand now, and nobody else of this process at them. Raises ``Busy``, ``NotPrepared``.

    Those that are approved are followed apart, from when somebody first asks for them.
    """
    if not _places.acquire(blocking=False):
        raise Busy(_BUSY)
    try:
        if not _lock.acquire(timeout=PATIENCE):
            raise Busy(_BUSY)
        try:
            found = figures()
            yield approved() if is_approved_only else found
        finally:
            _lock.release()
    finally:
        _places.release()


def figures() -> Following:
    """All figures as they stand now. Raises ``NotPrepared``."""
    with _lock:
        feed_in()
        place = (str(connection.settings_dict["NAME"]), id(office.geography()), id(office.catalogue()))
        found = _kept.get(place)
        if found is None:
            forget()
            found = _kept[place] = Following(_book())
            # the map, the catalogue and all modules stay: to look through them for garbage takes longer than a page
            gc.collect()
            gc.freeze()
            atexit.register(gc.unfreeze)  # at the end all is let go as usual
        else:
            found.catch_up(raw())
        return found


def approved() -> Following:
    """The figures that are approved, alone, as all of them stand now."""
    (place,) = _kept
    if place not in _approved:
        _approved[place] = Approved(Following(_book()))
    return _approved[place].catch_up(raw())


def begin() -> None:
    """Read the figures, as a process does that is to serve pages soon: what cannot be read now is read by a page."""
    try:
        figures()
    except (NotPrepared, DatabaseError):
        _log.info("the figures are read when they are first asked for")
    finally:
        connection.close()


def forget() -> None:
    """Read everything again when it is next asked for."""
    _kept.clear()
    _approved.clear()


def prepare() -> bool:
    """Build the snapshot of a large store where none is near; whether one was built. One process at a time does it."""
    path = _mark()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        os.ftruncate(mark.fileno(), 0)
        mark.write(timezone.now().isoformat())
        mark.flush()
        is_built = rolled_engine.prepare(_book())
        if is_built and connection.vendor == "postgresql":
            _tell_the_planner()
        return is_built


def _tell_the_planner() -> None:
    """After figures were taken in by the million, PostgreSQL would read all of them to find the few that came since."""
    with connection.cursor() as cursor:
        for table in ("revision", "cell"):
            cursor.execute(f"ANALYZE {table}")


def under_way() -> datetime | None:
    """When the preparing began that goes on at this moment."""
    try:
        with _mark().open(encoding="utf-8") as mark:
            try:
                fcntl.flock(mark, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:  # held as long as its process lives
                told = mark.read()
                return datetime.fromisoformat(told) if told else timezone.now()
    except FileNotFoundError:
        pass
    return None


def _mark() -> Path:
    return Path(settings.FOLDER) / "figures.preparing"


def _book() -> Book:
    return Book(raw(), settings.FOLDER / "figures", office.geography(), office.catalogue())
