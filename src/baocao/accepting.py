"""A reviewer who looked at a finding and holds the figure to be right says so once, beside the report.

The file ``<report name>.baocao.toml`` is for people too: every entry has its date, its reason and the
sentence. It is only ever added to.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from baocao import reasons
from baocao.model import Problem, Text

SUFFIX = ".baocao.toml"

_HEAD = (
    "# Các phát hiện đã xem và chấp nhận của báo cáo này; xóa một mục để phát hiện hiện lại.\n"
    "# Findings of this report that were looked at and accepted; remove an entry to see its finding again.\n"
)
_CORRUPT = Text(
    "{file}: không đọc được danh sách phát hiện đã chấp nhận ({seen}); hãy sửa dòng đó hoặc đổi tên tệp để làm lại.",
    "{file}: the list of accepted findings cannot be read ({seen}); mend that line, or rename the file to start anew.",
)
_NO_LIST = Text("“accepted” không phải là các mục [[accepted]]", "“accepted” is no list of entries [[accepted]]")
_NO_KEY = Text("mục thứ {place} không có “key”", "entry {place} has no “key”")
_NOT_WRITTEN = Text(
    "{file}: không ghi được ({seen}); hãy kiểm tra quyền ghi của thư mục và dung lượng đĩa.",
    "{file}: cannot be written ({seen}); check the right to write in the folder and the room on the disk.",
)


class BadAcceptance(Problem):
    """A list of accepted findings that cannot be read or written."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """One finding that was accepted: its key, why, when and the words that it was about."""

    key: str
    rule: str
    sentence: str
    reason: str = ""
    on: date | None = None


def beside(report: Path) -> Path:
    """Where the accepted findings of a report stand."""
    return report.with_name(report.name + SUFFIX)


def read(report: Path) -> frozenset[str]:
    """The keys accepted for a report; none when there is no list. Raises ``BadAcceptance``."""
    file = beside(report)
    try:
        if not _exists(file):
            return frozenset()
        entries = reasons.settings(file).get("accepted", [])
    except (reasons.NotRead, OSError) as error:
        raise BadAcceptance(reasons.because(_CORRUPT, error, file=file)) from error
    if not isinstance(entries, list):
        raise BadAcceptance(reasons.with_reason(_CORRUPT, _NO_LIST, file=file))
    return frozenset(_key(file, place, entry) for place, entry in enumerate(entries, 1))


def _exists(file: Path) -> bool:
    """Whether there is a list; where the report's own name leaves no room for the list's name, there is none."""
    try:
        return file.exists()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return False
        raise


def _key(file: Path, place: int, entry: Any) -> str:
    key = entry.get("key") if isinstance(entry, dict) else None
    if not isinstance(key, str) or not key:
        raise BadAcceptance(reasons.with_reason(_CORRUPT, _NO_KEY.fill(place=place), file=file))
    return key


def accept(report: Path, findings: Iterable[Accepted]) -> Path:
    """Add findings to a report's list and say where it stands. Raises ``BadAcceptance``.

    The entries go to the end of the file in one piece, so that two people can accept at once and the
    notes that people wrote into the file stay; a disk that runs full leaves the file as it was.
    """
    known = read(report)
    entries = "".join(_entry(finding) for finding in findings if finding.key not in known)
    file = beside(report)
    if not entries:
        return file
    try:
        with file.open("ab") as target:
            before = target.tell()
            try:
                target.write(((_HEAD if before == 0 else "") + entries).encode())
                target.flush()
                os.fsync(target.fileno())
            except OSError:
                target.truncate(before)
                raise
    except OSError as error:
        raise BadAcceptance(reasons.because(_NOT_WRITTEN, error, file=file)) from error
    return file


def _entry(finding: Accepted) -> str:
    lines = ["", "[[accepted]]", f"key = {_quoted(finding.key)}", f"rule = {_quoted(finding.rule)}"]
    if finding.on is not None:
        lines.append(f"on = {finding.on.isoformat()}")
    if finding.reason:
        lines.append(f"because = {_quoted(finding.reason)}")
    lines.append(f"sentence = {_quoted(finding.sentence)}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are TOML's, but for DEL and for lone surrogates."""
    clean = text.encode("utf-8", "replace").decode()
    return json.dumps(clean, ensure_ascii=False).replace("\x7f", "\\u007f")
