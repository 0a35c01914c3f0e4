"""What people write in a part, as they type it: a paragraph a line, "- " and "+ " for lists, **đậm**, *nghiêng*."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from baocao.model.draft import Line, Manner, Paragraph, Words, text_of

_SIGNS: Final = {"- ": Manner.DASH, "+ ": Manner.PLUS}
_TYPED: Final = {manner: sign for sign, manner in _SIGNS.items()}
_MADE: Final = re.compile(r"\*\*(?P<bold>[^*\n]+)\*\*|\*(?P<italic>[^*\n]+)\*")
_UNSEEN: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


def paragraphs(typed: str) -> tuple[Paragraph, ...]:
    """What was typed as paragraphs; empty lines part them and are none.

    >>> [one.manner.value for one in paragraphs("Mở đầu.\\n\\n- **Một** việc;")]
    ['body', 'dash']
    """
    return tuple(_paragraph(line.strip()) for line in clean(typed).split("\n") if line.strip())


def clean(typed: str) -> str:
    """What was typed in one way of writing letters and line ends, without signs that steer or turn."""
    return unicodedata.normalize("NFC", _UNSEEN.sub("", typed.replace("\r\n", "\n").replace("\r", "\n"))).strip()


def _paragraph(line: str) -> Paragraph:
    manner = _SIGNS.get(line[:2], Manner.BODY)
    return Paragraph(tuple(_words(line if manner is Manner.BODY else line[2:].lstrip())), manner)


def _words(line: str) -> Iterator[Words]:
    at = 0
    for made in _MADE.finditer(line):
        if made.start() > at:
            yield Words(line[at : made.start()])
        bold = made["bold"]
        yield Words(bold, is_bold=True) if bold is not None else Words(made["italic"], is_italic=True)
        at = made.end()
    if at < len(line):
        yield Words(line[at:])


def typed(written: Sequence[Paragraph]) -> str:
    """Paragraphs as people would have typed them."""
    return "\n".join(_TYPED.get(one.manner, "") + _marked(one.line) for one in written)


def _marked(line: Line) -> str:
    found = []
    for piece in line:
        text = text_of((piece,)).replace("\n", " ")
        mark = "**" if isinstance(piece, Words) and piece.is_bold else ""
        mark = mark or ("*" if isinstance(piece, Words) and piece.is_italic else "")
        inner = text.strip()
        before, behind = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        found.append(f"{before}{mark}{inner}{mark}{behind}" if mark and inner and "*" not in inner else text)
    return "".join(found)
