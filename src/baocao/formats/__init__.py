"""A file of any known kind becomes one ``Document``; what kind it is, its content decides and not its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from baocao.formats import content, limits, parting, standard_input
from baocao.formats.errors import NeedsProgram, Unreadable
from baocao.model import Document, Text

__all__ = ["FORMATS", "SUFFIXES", "Format", "NeedsProgram", "Unreadable", "read", "remark"]

_NOT_COMPUTED = Text(
    "có {count} ô công thức chưa có kết quả nên chưa được soát; hãy mở tệp bằng Excel, lưu lại rồi soát.",
    "{count} cells hold formulas without results and were not checked; open the file in Excel, save it, check again.",
)


@dataclass(frozen=True, slots=True)
class Format:
    """One reader: the kind of content it is for, the suffixes such files usually have, and how to read one."""

    kind: content.Content
    suffixes: tuple[str, ...]
    read: Callable[[Path, str], Document]


# Each reader is imported only when a file of its kind comes: ``--help`` must not wait for lxml.
def _read_docx(path: Path, name: str) -> Document:
    from baocao.formats import docx

    return docx.read(path, name)


def _read_xlsx(path: Path, name: str) -> Document:
    from baocao.formats import xlsx

    return xlsx.read(path, name)


def _read_pdf(path: Path, name: str) -> Document:
    from baocao.formats import pdf

    return pdf.read(path, name)


def _read_office(path: Path, name: str) -> Document:
    from baocao.formats import office

    return office.read(path, name)


def _read_txt(path: Path, name: str) -> Document:
    from baocao.formats import txt

    return txt.read(path, name)


FORMATS: tuple[Format, ...] = (
    Format(content.Content.WORD, (".docx", ".docm", ".dotx"), _read_docx),
    Format(content.Content.SHEETS, (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"), _read_xlsx),
    Format(content.Content.PDF, (".pdf",), _read_pdf),
    Format(content.Content.OFFICE, (".doc", ".odt", ".rtf"), _read_office),
    Format(content.Content.TEXT, (".txt", ".md"), _read_txt),
)
SUFFIXES: tuple[str, ...] = tuple(suffix for known in FORMATS for suffix in known.suffixes)


def read(path: Path) -> Document:
    """The document in a file; ``name`` is the path as given. Raises ``Unreadable`` with the reason and the remedy."""
    if standard_input.is_meant(path):
        from baocao.formats import txt

        return parting.parted(txt.read_standard_input())
    head = limits.admit(path)
    try:
        kind = content.recognise(path, head)
        reader = next(known.read for known in FORMATS if known.kind is kind)
        return parting.parted(reader(path, str(path)))
    except OSError as error:
        raise limits.unreadable(error) from error


def remark(path: Path, document: Document) -> Text | None:
    """What the reader of a file should know although the file could be read; None for nothing."""
    if document.suffix not in (".xlsx", ".xlsm"):
        return None
    from baocao.formats import rows

    count = rows.not_computed(path)
    return _NOT_COMPUTED.fill(count=count) if count else None
