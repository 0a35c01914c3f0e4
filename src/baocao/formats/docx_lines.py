"""Manual line breaks: some wrap a long line, others begin an item or an entry of its own."""

from __future__ import annotations

from collections.abc import Sequence

from baocao.formats.docx_text import Piece
from baocao.formats.layout_labels import label_of

_ENDS = (".", ";", ":", "!", "?", "…")


def lines(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """A paragraph cut where a manual line break begins something new; other breaks become spaces."""
    if not any(piece.text == "\n" for piece in pieces):
        return [list(pieces)]
    parts: list[list[Piece]] = [[]]
    for index, piece in enumerate(pieces):
        if piece.text != "\n":
            parts[-1].append(piece)
            continue
        before = "".join(each.text for each in parts[-1]).rstrip()
        after = "".join(each.text for each in pieces[index + 1 :]).lstrip()
        if begins_anew(before, after):
            parts.append([])
        else:
            parts[-1].append(piece._replace(text=" "))
    return [part for part in parts if part]


def stacked(paragraphs: Sequence[Sequence[Piece]]) -> list[Piece]:
    """The lines of one cell in one text: a wrapped heading on one line, separate entries on lines of their own."""
    found: list[Piece] = []
    for paragraph in paragraphs:
        for line in _cut(paragraph):
            if found:
                before = "".join(piece.text for piece in found).rstrip()
                after = "".join(piece.text for piece in line).lstrip()
                found.append(Piece(" " if goes_on(before, after) else "\n"))
            found.extend(line)
    return found


def _cut(pieces: Sequence[Piece]) -> list[list[Piece]]:
    parts: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.text == "\n":
            parts.append([])
        else:
            parts[-1].append(piece)
    return [part for part in parts if any(piece.text.strip() for piece in part)]


def begins_anew(before: str, after: str) -> bool:
    """Whether a line after a manual line break is an item or a sentence of its own."""
    if not before or not after:
        return True
    if before.endswith(_ENDS):
        return not after[0].islower()
    return bool(label_of(after)) and not after[0].isalpha()


def goes_on(before: str, after: str) -> bool:
    """Whether a line in a table's cell goes on with the words of the line before."""
    if not before or not after or before.endswith(_ENDS):
        return False
    if after[0].islower() or after[0] in "(%/":
        return True
    last = before.rsplit(None, 1)[-1]
    if after[0].isdigit():
        return last[-1].isalpha()
    return last.isupper() and after.split(None, 1)[0].isupper() and last.isalpha()
