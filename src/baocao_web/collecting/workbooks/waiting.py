"""A workbook that was uploaded waits until the one who brought it decides; nothing of it counts before that.

What waits is what was read, not the file. One waits for each person and form: a later one takes its place. It is
thrown away when it was decided on, and when nobody came back to it.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from django.conf import settings

from baocao.model.text import Text
from baocao_web.collecting.typing import Cell
from baocao_web.collecting.workbooks.reading import Found, Returned

HOURS: Final = 12  # for which an uploaded workbook waits
FOLDER: Final = "workbooks"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What was read of an uploaded workbook; ``version`` is that of the entry when it was downloaded."""

    name: str
    sha256: str
    at: str
    version: int
    before: Mapping[str, Cell]
    cells: Mapping[str, Found]


def keep(user: Any, entry: int, name: str, digest: str, returned: Returned) -> None:
    """Let what was read wait for a person's decision, in the place of what waited before."""
    folder = Path(settings.FOLDER) / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _sweep(folder)
    told = {
        "name": name,
        "sha256": digest,
        "at": returned.identity.at,
        "version": returned.identity.version,
        "before": {key: list(cell) for key, cell in returned.identity.cells.items()},
        "cells": {
            key: [one.address, one.text, [one.fault.vi, one.fault.en] if one.fault else None]
            for key, one in returned.cells.items()
        },
    }
    whole = folder / f"{uuid4().hex}.part"
    with open(whole, "x", encoding="utf-8", opener=_private) as file:
        json.dump(told, file)
    whole.replace(_path(user, entry))


def find(user: Any, entry: int) -> Waiting | None:
    """What waits for a person's decision on a form; None where nothing does, or no longer."""
    path = _path(user, entry)
    try:
        if path.stat().st_mtime < time.time() - HOURS * 3600:
            return None
        told = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    before = {key: Cell(*cell) for key, cell in told["before"].items()}
    cells = {
        key: Found(address, text, Text(*fault) if fault else None)
        for key, (address, text, fault) in told["cells"].items()
    }
    return Waiting(told["name"], told["sha256"], told["at"], told["version"], before, cells)


def drop(user: Any, entry: int) -> None:
    """Throw away what waits."""
    _path(user, entry).unlink(missing_ok=True)


def _path(user: Any, entry: int) -> Path:
    """Where a person's file for a form is: made of numbers alone."""
    return Path(settings.FOLDER) / FOLDER / f"{int(entry)}-{int(user.pk)}.json"


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _sweep(folder: Path) -> None:
    """Throw away what nobody came back to."""
    oldest = time.time() - HOURS * 3600
    for path in folder.iterdir():
        try:
            if path.stat().st_mtime < oldest:
                path.unlink()
        except FileNotFoundError:  # another request was faster
            continue
