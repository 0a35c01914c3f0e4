"""Small pictures as SVG, made on the server: a line of months, bars, tiles. Every picture has a table beside it.

Positions are whole numbers worked out from exact figures. Colours are classes of the stylesheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from markupsafe import Markup, escape

WIDTH, HEIGHT, _EDGE = 132, 30, 3
CLASSES: Final = 5  # shades of tiles
_TILE, _GAP = 56, 4
_LETTERS, _FITS = 9, 9  # the height of letters as the style sheet has it, and how many fit on a tile

Series = Sequence[Decimal | None]


def sparkline(values: Series, words: str) -> Markup:
    """A line over time, broken where figures are missing; ``words`` say what it shows to those who cannot see it."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return Markup("")
    low, high = min(known), max(known)
    pieces: list[list[str]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{_along(place, len(values))},{_up(value, low, high)}")
    lines = "".join(f'<polyline points="{" ".join(one)}"/>' for one in pieces if len(one) > 1)
    last = max(place for place, value in enumerate(values) if value is not None)
    end = values[last]
    assert end is not None  # chosen so
    dot = f'<circle cx="{_along(last, len(values))}" cy="{_up(end, low, high)}" r="2.5"/>'
    return Markup(  # whole numbers but for the words
        f'<svg class="spark" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img"'
        f' aria-label="{escape(words)}">{lines}{dot}</svg>'
    )


def _along(place: int, count: int) -> int:
    return _EDGE + place * (WIDTH - 2 * _EDGE) // max(count - 1, 1)


def _up(value: Decimal, low: Decimal, high: Decimal) -> int:
    if high == low:
        return HEIGHT // 2
    return HEIGHT - _EDGE - int((value - low) * (HEIGHT - 2 * _EDGE) / (high - low))


def bar(value: Decimal | None, most: Decimal) -> Markup:
    """A bar as long as its share of the greatest; the figure stands beside it."""
    share = 0 if value is None or not most else int(abs(value) * 100 / most)
    kind = "bar below" if value is not None and value < 0 else "bar"
    return Markup(
        f'<svg class="{kind}" viewBox="0 0 100 10" width="100" height="10" preserveAspectRatio="none"'
        f' aria-hidden="true"><rect width="{min(share, 100)}" height="10"/></svg>'
    )


class Tile(NamedTuple):
    """One unit on the map of tiles."""

    name: str
    figure: str
    value: Decimal | None
    url: str


def tiles(units: Sequence[Tile], words: str) -> Markup:
    """A square for each unit in the order given, shaded by its place among all: no map, a picture of the spread."""
    if not units:
        return Markup("")
    across = next(count for count in range(1, len(units) + 1) if count * count >= len(units))
    down, step = -(-len(units) // across), _TILE + _GAP
    given = enumerate(zip(units, shades([one.value for one in units]), strict=True))
    drawn = "".join(_tile(one, shade, place % across * step, place // across * step) for place, (one, shade) in given)
    return Markup(
        f'<svg class="tiles" viewBox="0 0 {across * step} {down * step}" role="group"'
        f' aria-label="{escape(words)}">{drawn}</svg>'
    )


def _tile(one: Tile, shade: str, x: int, y: int) -> str:
    middle, (first, second) = x + _TILE // 2, _two_lines(one.name)
    name, figure = escape(one.name), escape(one.figure)
    base = y + _TILE // 2 + (4 if not second else -2)
    below = f'<tspan x="{middle}" dy="{_LETTERS + 2}">{escape(second)}</tspan>' if second else ""
    return (
        f'<a href="{escape(one.url)}" aria-label="{name}: {figure}"><title>{name}: {figure}</title>'
        f'<rect class="{shade}" x="{x}" y="{y}" width="{_TILE}" height="{_TILE}" rx="4"/>'
        f'<text x="{middle}" y="{base}">{escape(first)}{below}</text></a>'
    )


def shades(values: Series) -> list[str]:
    """The class of each value by its rank: as many units in each shade as can be, equal values in one."""
    known = sorted({value for value in values if value is not None})
    rank = {value: place * CLASSES // len(known) for place, value in enumerate(known)}
    return ["shade-none" if value is None else f"shade-{rank[value]}" for value in values]


def _two_lines(name: str) -> tuple[str, str]:
    """A name without its kind, as it fits on a tile: "Xã Khe Giấy Mới" is "Khe Giấy", "Mới"."""
    words = name.split()
    words = words[1:] if len(words) > 2 else words
    fits = next((count for count in range(len(words), 0, -1) if len(" ".join(words[:count])) <= _FITS), 1)
    first, second = " ".join(words[:fits]), " ".join(words[fits:])
    return _cut(first), _cut(second)


def _cut(line: str) -> str:
    return line if len(line) <= _FITS + 1 else f"{line[:_FITS]}…"
