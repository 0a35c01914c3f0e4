"""A scanned page is a picture of words, to be read by a program that knows Vietnamese letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from baocao.formats.pdf_lines import PageLine

if TYPE_CHECKING:
    import pypdfium2


def is_scanned(page: pypdfium2.PdfPage, lines: Sequence[PageLine]) -> bool:
    return False


def read_scans(document: pypdfium2.PdfDocument, scanned: list[int], lines: list[PageLine]) -> list[PageLine]:
    return lines
