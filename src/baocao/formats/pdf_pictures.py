"""A chart's axes and labels are a picture's words: the file marks them as a figure's, and they are no text."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pypdfium2

_FIGURE = "Figure"  # the name that PDF gives to what is marked as a picture (ISO 32000-1, 14.8.4.5)
_LONGEST = 64  # letters of a mark's name that are looked at
_DEEPEST = 40  # steps of a structure that are gone down


class Pictures:
    """The marked pictures of one page. Files without marks have none."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        from pypdfium2 import raw

        tree = raw.FPDF_StructTree_GetForPage(page.raw)
        self._pieces: frozenset[int] = frozenset()
        if tree:
            try:
                self._pieces = frozenset(_of_tree(tree))
            finally:
                raw.FPDF_StructTree_Close(tree)

    def have(self, text_page: object, index: int) -> bool:
        """Whether a letter of the page is a part of a picture."""
        from pypdfium2 import raw

        piece = raw.FPDFText_GetTextObject(text_page, index)
        if not piece:
            return False
        if raw.FPDFPageObj_GetMarkedContentID(piece) in self._pieces:
            return True
        marks = (raw.FPDFPageObj_GetMark(piece, number) for number in range(raw.FPDFPageObj_CountMarks(piece)))
        return any(_name(mark) == _FIGURE for mark in marks)


def _of_tree(tree: Any) -> Iterator[int]:
    """The marked pieces of a page below its figures."""
    from pypdfium2 import raw

    for place in range(max(0, raw.FPDF_StructTree_CountChildren(tree))):
        yield from _below(raw.FPDF_StructTree_GetChildAtIndex(tree, place), 0, is_drawn=False)


def _below(element: Any, depth: int, *, is_drawn: bool) -> Iterator[int]:
    from pypdfium2 import raw

    if not element or depth > _DEEPEST:
        return
    is_drawn = is_drawn or _kind(element) == _FIGURE
    if is_drawn:
        count = raw.FPDF_StructElement_GetMarkedContentIdCount(element)
        found = (raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, place) for place in range(max(0, count)))
        yield from (piece for piece in found if piece >= 0)
    for place in range(max(0, raw.FPDF_StructElement_CountChildren(element))):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, place)
        yield from _below(child, depth + 1, is_drawn=is_drawn)


def _kind(element: Any) -> str:
    from pypdfium2 import raw

    letters = (ctypes.c_ushort * _LONGEST)()
    length = raw.FPDF_StructElement_GetType(element, letters, ctypes.sizeof(letters))
    return _read(letters, length)


def _name(mark: Any) -> str:
    from pypdfium2 import raw

    letters, length = (ctypes.c_ushort * _LONGEST)(), ctypes.c_ulong()
    is_there = raw.FPDFPageObjMark_GetName(mark, letters, ctypes.sizeof(letters), ctypes.byref(length))
    return _read(letters, length.value) if is_there else ""


def _read(letters: ctypes.Array[ctypes.c_ushort], length: int) -> str:
    return bytes(letters)[: max(0, length - 2)].decode("utf-16-le", "replace")
