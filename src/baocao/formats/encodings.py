"""Text files of Vietnamese offices come in UTF-8, UTF-16, or in an 8-bit encoding of the years before Unicode."""

from __future__ import annotations

import codecs
import unicodedata

from baocao.formats.errors import Unreadable
from baocao.model import Text


def decode(content: bytes) -> str:
    """The text of a file: NFC, without a byte order mark, lines ended by a line feed alone."""
    return _normal(_decoded(content))


def _normal(text: str) -> str:
    if text.startswith("\ufeff"):
        text = text[1:]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    # line by line, since one decomposed letter makes the whole string it stands in slow to compose
    return "\n".join([unicodedata.normalize("NFC", line) for line in text.split("\n")])


def _decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(Text(vi="Không phải UTF-8.", en="Not UTF-8.")) from error
