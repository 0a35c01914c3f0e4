"""Ranks: "xếp thứ 21/63, tăng 6 bậc so với năm trước (27/63)": to rise is to come nearer to the first place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from baocao.grammar.stretch import Stretch
from baocao.model import Change, Direction, Figure, Quantity, Strength

_RANK = r"(?:xếp|đứng|thứ|hạng|vị trí)(?: (?:xếp|đứng|thứ|hạng|vị trí))* "
_MOVED = re.compile(
    rf"{_RANK}(?P<now>\d{{1,3}})(?:\s?/\s?(?P<of>\d{{1,3}}))?(?: tỉnh, thành phố)?(?: (?!so)[^\d,;.()]{{1,40}})?,? "
    r"(?P<way>tăng|giảm|tụt|vượt|lên|xuống)(?: thêm)? (?P<by>\d{1,3}) (?:bậc|hạng|vị trí|thứ hạng)"
    r"(?: so (?:với )?[^,;.()\d]{1,30}(?:(?:19|20)\d\d )?"
    rf"\((?:{_RANK})?(?P<then>\d{{1,3}})(?:\s?/\s?(?P<out>\d{{1,3}}))?\))"
)
_NEARER = frozenset(("tăng", "vượt", "lên"))


def ranks(stretch: Stretch) -> Iterator[Change]:
    """The changes of rank of one stretch whose both ranks are printed."""
    if "bậc" not in stretch.lowered and "hạng" not in stretch.lowered and "vị trí" not in stretch.lowered:
        return
    for match in _MOVED.finditer(stretch.lowered):
        now, before, moved = int(match["now"]), int(match["then"]), int(match["by"])
        if match["of"] and match["out"] and match["of"] != match["out"]:
            continue  # not the same field
        nearer = match["way"] in _NEARER
        if (before > now) is not nearer or not moved:
            continue  # it went the other way: a rank may be told as a number too
        figures = [_figure(stretch, match, name) for name in ("by", "then", "now")]
        direction = Direction.DOWN if nearer else Direction.UP
        at = stretch.span(match.start("now"), match.end())
        yield Change(at, figures[0], Strength.CERTAIN, "ranks", (), figures[1], figures[2], direction)


def _figure(stretch: Stretch, match: re.Match[str], name: str) -> Figure:
    quantity = Quantity(Decimal(match[name]), 0, "bậc", is_count=True)
    return Figure(quantity, stretch.span(match.start(name), match.end(name)), match[name])
