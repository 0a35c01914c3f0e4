"""A comment begins and ends between runs: a run is split where it must be, each half keeping the look of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from baocao.formats.docx_styles import W
from baocao.formats.docx_text import TEXT, printed

if TYPE_CHECKING:
    from lxml.etree import _Element

END = -1
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Gap(NamedTuple):
    """A place between the runs of a paragraph: before or after a node."""

    node: _Element
    is_after: bool

    def insert(self, elements: Sequence[_Element]) -> None:
        if self.is_after:
            for element in reversed(elements):
                self.node.addnext(element)
        else:
            for element in elements:
                self.node.addprevious(element)


def gap(element: _Element, offset: int) -> Gap:
    """The gap at an offset of an element's text (0: before it, ``END``: behind it), made by a split where needed.

    ``element`` is a part of a run (``w:t``, a tab, a symbol, a note's mark), or stands beside runs (a formula, a run).
    """
    run = element.getparent()
    if run is None or element.tag == f"{W}r" or run.tag != f"{W}r":
        return Gap(element, offset != 0)
    text = printed(element) if element.tag == TEXT else ""
    if offset == 0:
        if _is_first(element):
            return Gap(run, False)
        return _split(run, element)
    if offset == END or offset >= len(text):
        follower = element.getnext()
        return Gap(run, True) if follower is None else _split(run, follower)
    return _split(run, _text_split(element, text, offset))


def _is_first(element: _Element) -> bool:
    before = element.getprevious()
    return before is None or (before.tag == f"{W}rPr" and before.getprevious() is None)


def _text_split(element: _Element, text: str, offset: int) -> _Element:
    """Cut a ``w:t`` in two; the second half, which follows the first in the same run."""
    second = deepcopy(element)
    second.tail = element.tail
    element.tail = None
    element.text, second.text = text[:offset], text[offset:]
    for half in (element, second):
        if half.text != (half.text or "").strip():
            half.set(_SPACE, "preserve")
    element.addnext(second)
    return second


def _split(run: _Element, first: _Element) -> Gap:
    """Move ``first`` and all after it into a new run right behind; the gap lies between the two runs."""
    new = run.makeelement(run.tag, {str(name): str(value) for name, value in run.attrib.items()})
    look = run.find(f"{W}rPr")
    if look is not None:
        new.append(deepcopy(look))
    for moved in [first, *first.itersiblings()]:
        new.append(moved)
    run.addnext(new)
    return Gap(run, True)
