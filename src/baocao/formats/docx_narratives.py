"""The parts of a Word report that people wrote, each in its content control, read back by their keys."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from baocao.formats import limits
from baocao.formats.docx import open_body
from baocao.formats.docx_live import SDT, accepted
from baocao.formats.docx_styles import VAL, W
from baocao.formats.docx_write_body import tag
from baocao.formats.errors import Unreadable
from baocao.formats.package import Package
from baocao.model.text import Text

if TYPE_CHECKING:
    from lxml.etree import _Element

_NOT_WORD = Text(
    "phần người viết chỉ đọc được từ tệp Word (.docx) do “baocao draft” soạn; tệp này không phải.",
    "written parts are read from Word files (.docx) that “baocao draft” wrote; this is none.",
)


def read(path: Path, keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What stands under each key, a text a paragraph; a prompt that nobody wrote over is left out.

    Raises ``Unreadable``.
    """
    if not limits.admit(path).startswith(b"PK"):
        raise Unreadable(_NOT_WORD)
    wanted = {tag("narrative", key): key for key in keys}
    with Package(path) as package:
        found: dict[str, tuple[str, ...]] = {}
        for control in open_body(package).body.iter(SDT):
            name = control.find(f"{W}sdtPr/{W}tag")
            key = wanted.get(name.get(VAL, "")) if name is not None else None
            if key is not None and control.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
                found[key] = _paragraphs(control)
        return found


def _paragraphs(control: _Element) -> tuple[str, ...]:
    return tuple(text for one in control.iter(f"{W}p") if (text := accepted(one)))
