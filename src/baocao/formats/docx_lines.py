"""The lines of a Word paragraph and of a cell, its manual line breaks understood."""

from __future__ import annotations

from collections.abc import Sequence

from baocao.formats.docx_text import Piece
from baocao.formats.line_breaks import begins_anew, goes_on


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
