"""A chart that a draft put into a Word file, and that nobody changed since, is known again with all its figures."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from baocao.formats import docx_write_charts
from baocao.model.draft import Chart, ChartKind, Series

if TYPE_CHECKING:
    from lxml.etree import _Element

_OF_CHARTS = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DIGITS = frozenset("-.0123456789")
_OF_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def chart_of(content: bytes) -> Chart | None:
    """The chart of a part of a Word file; None where it is any other than the draft made of these figures.

    Its unit stands in its title.
    """
    from lxml import etree

    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
        found = _read(root)
    except (etree.XMLSyntaxError, InvalidOperation, ValueError):
        return None
    return found if found and docx_write_charts.part(found).encode() == content else None


def _read(root: _Element) -> Chart | None:
    every = root.findall(f".//{_OF_CHARTS}ser")
    if not every:
        return None
    title = "".join(found.text or "" for found in root.iter(f"{_OF_TEXT}t"))
    names = _points(every[0], "cat")
    categories = tuple(names.get(place, "") for place in range(_count(every[0], "cat")))
    return Chart(_kind(root), title, "", categories, tuple(_series(one) for one in every))


def _kind(root: _Element) -> ChartKind:
    way = root.find(f".//{_OF_CHARTS}barDir")
    if way is None:
        return ChartKind.LINE
    return ChartKind.BAR if way.get("val") == "bar" else ChartKind.COLUMN


def _series(one: _Element) -> Series:
    values = _points(one, "val")
    told = (values.get(place) for place in range(_count(one, "val")))
    return Series(_points(one, "tx").get(0, ""), tuple(None if value is None else _figure(value) for value in told))


def _figure(printed: str) -> Decimal:
    """A figure as drafts write it: in digits, never to a power. Raises ``ValueError``, ``InvalidOperation``."""
    if not set(printed) <= _DIGITS:
        raise ValueError(printed)
    return Decimal(printed)


def _count(one: _Element, of: str) -> int:
    found = one.find(f"{_OF_CHARTS}{of}//{_OF_CHARTS}ptCount")
    return 0 if found is None else int(found.get("val", "0"))


def _points(one: _Element, of: str) -> dict[int, str]:
    """What stands at each place of a row of names or figures."""
    points = one.iterfind(f"{_OF_CHARTS}{of}//{_OF_CHARTS}pt")
    return {int(point.get("idx", "0")): point.findtext(f"{_OF_CHARTS}v") or "" for point in points}
