"""Files that prove what was told: taken in by their kind and size, never opened, handed out to be saved only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from baocao.model.text import Problem, Text
from baocao_web.tasks import wording
from baocao_web.tasks.models import Evidence

MEBIBYTE: Final = 1024 * 1024
MOST: Final = 10 * MEBIBYTE
FILES: Final = 5  # with one report of progress
SUFFIXES: Final = (
    ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".jpg", ".jpeg", ".png", ".tif", ".tiff",
    ".txt", ".csv", ".zip",
)  # fmt: skip
_LONGEST: Final = 150
_PARTING: Final = re.compile(r'[/\\:*?"<>|]')
_SIZE = Text(
    "tệp “{name}” nặng {seen} MB, giới hạn là {limit} MB; hãy nén hoặc tách tệp, hoặc ghi đường dẫn đến nơi lưu.",
    "the file “{name}” has {seen} MB, the limit is {limit} MB; compress or split it, or write where it is kept.",
)
_KIND = Text(
    "tệp “{name}” không thuộc loại được nhận ({suffixes}).",
    "the file “{name}” is of none of the kinds taken ({suffixes}).",
)
_EMPTY = Text("tệp “{name}” rỗng (0 byte); hãy lấy lại tệp.", "the file “{name}” is empty (0 bytes); fetch it again.")
_MANY = Text("{seen} tệp trong một lần, nhiều nhất là {limit}.", "{seen} files at once, {limit} at most.")


@dataclass(frozen=True, slots=True)
class Taken:
    """A file as it came in."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


def take(given: Sequence[UploadedFile]) -> tuple[Taken, ...]:
    """Files as they may be kept. Raises ``Problem``; a file that is too large is not read at all."""
    if len(given) > FILES:
        raise Problem(_MANY.fill(seen=len(given), limit=FILES))
    return tuple(_taken(one) for one in given)


def _taken(one: UploadedFile) -> Taken:
    name = named(one.name or "")
    shown = wording.quoted(name[-40:])
    size = one.size or 0
    if size > MOST:
        raise Problem(_SIZE.fill(name=shown, seen=-(-size // MEBIBYTE), limit=MOST // MEBIBYTE))
    if PurePosixPath(name.lower()).suffix not in SUFFIXES:
        raise Problem(_KIND.fill(name=shown, suffixes=", ".join(SUFFIXES)))
    if not size:
        raise Problem(_EMPTY.fill(name=shown))
    return Taken(name, one.read())


def named(seen: str) -> str:
    """A file's name without what steers, turns or leads elsewhere; its end, which tells its kind, is kept.

    >>> named("../../biên  bản.pdf")
    '.. .. biên bản.pdf'
    """
    clean = wording.clean(_PARTING.sub(" ", seen[-1000:]))
    return clean if len(clean) <= _LONGEST else clean[:100] + clean[-50:]


def handed_out(found: Evidence) -> HttpResponse:
    """The file to be saved: no browser shows it, or takes it for a page, whatever it holds."""
    headers = {
        "Content-Disposition": content_disposition_header(True, found.name),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return HttpResponse(bytes(found.content), content_type="application/octet-stream", headers=headers)
