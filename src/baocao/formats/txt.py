"""A text file is the plainest report: what is printed, line by line, and nothing of how."""

from __future__ import annotations

from pathlib import Path

from baocao.formats import limits, standard_input
from baocao.formats.encodings import decode
from baocao.formats.errors import Unreadable
from baocao.formats.layout import lay_out
from baocao.model import Document, Text

SUFFIXES: tuple[str, ...] = (".txt", ".md")

_TOO_LONG = Text(
    "tệp văn bản nặng {size} MB, giới hạn là {limit} MB; hãy tách tệp thành nhiều phần.",
    "the text file has {size} MB, the limit is {limit} MB; split it.",
)


def read(path: Path, name: str) -> Document:
    """The document of a text file; ``source`` is the file's text in NFC with line feeds alone.

    Raises ``Unreadable`` when the file is no text, is too long, or is in an encoding that is not known.
    """
    return _document(path.read_bytes(), name, path.suffix.lower() or ".txt")


def read_standard_input() -> Document:
    """The document of a text that comes through a pipe. Raises ``Unreadable`` as ``read`` does."""
    return _document(standard_input.text(), standard_input.NAME, ".txt")


def _document(content: bytes, name: str, suffix: str) -> Document:
    if len(content) > limits.MAX_TEXT_BYTES:
        size = -(-len(content) // limits.MEBIBYTE)
        raise Unreadable(_TOO_LONG.fill(size=size, limit=limits.MAX_TEXT_BYTES // limits.MEBIBYTE))
    source = decode(content)
    laid = lay_out(source)
    return Document(name, source, laid.blocks, laid.title, suffix, laid.notes)
