"""All vocabulary, as data: units, cue words, instruments, plausible ranges; and the loader."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The parsed contents of ``reference/<name>.toml``; read once in a process."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
