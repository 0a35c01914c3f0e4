"""A text file is the plainest report: what is printed, line by line, and nothing of how."""

from __future__ import annotations

from pathlib import Path

from baocao.formats.encodings import decode
from baocao.formats.layout import lay_out
from baocao.model import Document

SUFFIXES: tuple[str, ...] = (".txt", ".md", ".text")


def read(path: Path, name: str) -> Document:
    """The document of a text file; ``source`` is the file's text in NFC with line feeds alone.

    Raises ``Unreadable`` when the file is no text, or is in an encoding that is not known.
    """
    source = decode(path.read_bytes())
    laid = lay_out(source)
    return Document(name, source, laid.blocks, laid.title, path.suffix.lower() or ".txt", laid.notes)
