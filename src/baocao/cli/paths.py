"""Which files are meant by the names, folders and patterns that a person gave."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from baocao.formats import SUFFIXES
from baocao.model import Text

_NOTHING_MATCHES = Text(
    "không có tệp nào khớp với mẫu tên này; hãy kiểm tra lại mẫu và thư mục đang đứng.",
    "no file matches this pattern; check the pattern and the folder that you are in.",
)
_NO_REPORTS = Text(
    "thư mục này không có báo cáo nào đọc được ({suffixes}); hãy kiểm tra lại thư mục.",
    "there is no readable report in this folder ({suffixes}); check the folder.",
)
_NO_RIGHT = Text(
    "không có quyền đọc thư mục này; hãy xin quyền đọc hoặc chép thư mục sang chỗ của mình.",
    "no right to read this folder; ask for it, or copy the folder to a place of your own.",
)


def expand(names: Iterable[str]) -> tuple[list[Path], list[tuple[Path, Text]]]:
    """The files meant, each once and in the order given; and the names that mean nothing, with the reason.

    A folder stands for all reports in it and below; hidden files and Word's lock files (``~$``) are none.
    """
    found: dict[Path, None] = {}
    empty: list[tuple[Path, Text]] = []
    for name in names:
        path = Path(name)
        if _is_folder(path):
            reports = list(_reports_in(path))
            reason = _NO_REPORTS.fill(suffixes=", ".join(SUFFIXES)) if _may_be_read(path) else _NO_RIGHT
        elif glob.has_magic(name) and not _exists(path):
            reports = [Path(match) for match in sorted(glob.glob(name, recursive=True)) if not _is_folder(Path(match))]
            reason = _NOTHING_MATCHES
        else:
            reports, reason = [path], _NOTHING_MATCHES
        found.update(dict.fromkeys(reports))
        if not reports:
            empty.append((path, reason))
    return list(found), empty


def _reports_in(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        hidden = any(part.startswith((".", "~$")) for part in inside)
        if not hidden and path.suffix.lower() in SUFFIXES and _may_be_report(path):
            yield path


def _may_be_read(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is None or os.access(folder, os.X_OK)
    except OSError:
        return False


def _may_be_report(path: Path) -> bool:
    """Whether a path is an ordinary file; one that may not be looked at is told of by its reader."""
    try:
        return path.is_file()
    except OSError:
        return True


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
