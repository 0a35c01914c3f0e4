"""SQL that was compiled once on this machine and kept: compiling takes longer than most questions.

It stands in the user's folder for such things (``XDG_CACHE_HOME``, else ``~/.cache``), in a file whose name tells
all that it was made of. What cannot be read or written there is compiled anew, as if nothing had been kept.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

_MADE_BY: Final = ("ibis-framework", "sqlglot")
_SOURCES: Final = ("asking.py", "expressions.py")


def statements(asked: str, compile_them: Callable[[], Sequence[str]]) -> tuple[str, ...]:
    """The statements that ``asked`` names, kept or compiled now."""
    folder, makers = _folder(), _makers()
    if folder is None or not makers:
        return tuple(compile_them())
    path = folder / f"{sha256(f'{makers} {asked}'.encode()).hexdigest()[:32]}.json"
    with suppress(OSError, ValueError, LookupError, TypeError):
        kept = json.loads(path.read_bytes())
        if kept["asked"] == asked and _is_ours(path):
            return tuple(map(str, kept["statements"]))
    made = tuple(compile_them())
    with suppress(OSError):
        _keep(path, json.dumps({"asked": asked, "statements": made}))
    return made


def _folder() -> Path | None:
    told = os.environ.get("XDG_CACHE_HOME", "")
    try:
        return (Path(told) if Path(told).is_absolute() else Path.home() / ".cache") / "baocao" / "sql"
    except RuntimeError:  # a user without a home
        return None


def _is_ours(path: Path) -> bool:
    """Whether nobody else could have written the file; where a system does not tell, its folder is the user's own."""
    if not hasattr(os, "getuid"):
        return True
    return all(told.st_uid == os.getuid() and not told.st_mode & 0o022 for told in (path.stat(), path.parent.stat()))


def _keep(path: Path, line: str) -> None:
    """Written beside and put in its place, so that nobody reads a half."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".json")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(line)
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


@cache
def _makers() -> str:
    """What statements depend on besides the question: our own modules, and the libraries; "" where it is unknown."""
    here = Path(__file__).parent
    with suppress(OSError, PackageNotFoundError):
        told = sha256(b"".join((here / name).read_bytes() for name in _SOURCES)).hexdigest()
        return " ".join((told, *map(version, _MADE_BY)))
    return ""
