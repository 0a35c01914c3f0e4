"""A line break within a paragraph or a cell wraps a long line, or begins an entry of its own."""

from __future__ import annotations

from baocao.formats.layout_labels import label_of

_ENDS = (".", ";", ":", "!", "?", "…")


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
