"""LibreOffice takes a core for some seconds: on one machine only so many turns at it are given at once.

Whoever waits for a page holds a worker of the application meanwhile, so he waits for his turn hardly at all and is told
to come back; work in the background waits for its own. A turn is a lock on a file, which ends with the process that
holds it, however that ends; its folder is emptied by whoever takes it next.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from baocao.model.text import Problem, Text

FOLDER: Final = "printing"  # in the installation's folder
ON_A_PAGE, IN_THE_BACKGROUND = "page", "background"  # one turn of each at once
_LOOK_AGAIN: Final = 0.1  # seconds
_BUSY: Final = Text(
    "đang có nhiều người in; hãy thử lại sau ít phút, hoặc tải tệp Word.",
    "many are printing just now; try again in a few minutes, or take the Word file.",
)


class Busy(Problem):
    """A turn that did not come in time."""

    def __init__(self) -> None:
        super().__init__(_BUSY)


@contextmanager
def turn(installation: Path, kind: str, seconds: float) -> Iterator[Path]:
    """An empty folder to print in, to whoever's turn it is within some seconds. Raises ``Busy``."""
    folder = installation / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    lock = os.open(folder / f"{kind}.lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        _wait(lock, time.monotonic() + seconds)
        room = folder / kind
        shutil.rmtree(room, ignore_errors=True)  # of one that was killed
        room.mkdir()
        try:
            yield room
        finally:
            shutil.rmtree(room, ignore_errors=True)
    finally:
        os.close(lock)


def _wait(lock: int, until: float) -> None:
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= until:
                raise Busy from None
            time.sleep(_LOOK_AGAIN)
