"""What was worked out once on this machine and is kept, as it takes longer to work out than to look up.

It stands in the user's folder for such things (``XDG_CACHE_HOME``, else ``~/.cache``), in a file whose name tells all
that it was made of. What cannot be read or written there is worked out anew, as if nothing had been kept.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

MOST: Final = 60  # files of one kind; those that were not made for the longest time go


def remembered(kind: str, asked: str, made_by: tuple[str, ...], make: Callable[[], Any], libraries: str = "") -> Any:
    """What ``asked`` comes to, as JSON has it: kept, or made now.

    ``made_by`` are the modules beside this one that make it, ``libraries`` the packages that they use, apart by blanks:
    where any of them is another, it is made anew.
    """
    folder, makers = _folder(kind), _makers(made_by, libraries)
    if folder is None or not makers:
        return make()
    digest = sha256(f"{makers} {asked}".encode()).hexdigest()
    path = folder / f"{digest[:32]}.json"
    with suppress(OSError, ValueError, LookupError, TypeError):
        kept = json.loads(path.read_bytes())
        if kept["digest"] == digest and _is_ours(path):
            return kept["made"]
    made = make()
    with suppress(OSError):
        _keep(path, json.dumps({"digest": digest, "made": made}))
        _forget_the_oldest(folder)
    return made


def _folder(kind: str) -> Path | None:
    told = os.environ.get("XDG_CACHE_HOME", "")
    try:
        return (Path(told) if Path(told).is_absolute() else Path.home() / ".cache") / "baocao" / kind
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


def _forget_the_oldest(folder: Path) -> None:
    kept = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
    for path in kept[:-MOST]:
        path.unlink(missing_ok=True)


@cache
def _makers(made_by: tuple[str, ...], libraries: str) -> str:
    """What the outcome depends on besides the question; "" where that is unknown."""
    here = Path(__file__).parent
    with suppress(OSError, PackageNotFoundError):
        told = sha256(b"".join((here / f"{name}.py").read_bytes() for name in made_by)).hexdigest()
        return " ".join((told, *map(version, libraries.split())))
    return ""
