"""A form's table made once, with holes where figures stand: a page then costs its figures and nothing else.

The template says what the table looks like; it is rendered with a sign in place of each figure and cut at the signs.
A form version never changes, so its moulds are kept for the life of the process.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from html import escape, unescape
from typing import Final

from django.template.loader import get_template
from django.utils import translation
from markupsafe import Markup

from baocao_web.collecting.forms_kept import Kept
from baocao_web.collecting.layout import cell_key

_OPEN, _SHUT = "\ue000", "\ue001"  # private signs: no form has them in its names
_HOLE: Final = re.compile(f"{_OPEN}([^{_SHUT}]*){_SHUT}")


@dataclass(frozen=True, slots=True)
class Mould:
    """The pieces of a table between its figures, and the cells that these belong to: one more piece than cells."""

    pieces: tuple[str, ...]
    cells: tuple[str, ...]
    inputs: tuple[int, ...]  # places of cells whose words are an attribute

    def filled(self, words: Mapping[str, str], states: Mapping[str, str]) -> Markup:
        """The table with each cell's words, and what the state of an input adds to it.

        Both must be sound HTML already: most are figures, for which asking again would cost more than all the rest.
        """
        out = list(self.pieces)
        filled = [words.get(cell, "") for cell in self.cells]
        for place in self.inputs:
            filled[place] = f'"{filled[place]}"{states.get(self.cells[place], "")}'
        made = [""] * (len(out) + len(filled))
        made[::2], made[1::2] = out, filled
        return Markup("".join(made))


class Use(Enum):
    """What a table is there for."""

    READ = "read"
    ENTER = "enter"
    CHOOSE = "choose"  # cells that are to be returned


def mould_of(kept: Kept, use: Use) -> Mould:
    """The mould of a form's table in the reader's language."""
    key = (kept.form, translation.get_language() or "vi", use)
    found = _moulds.get(key)
    if found is None:
        found = _moulds[key] = _made(kept, use)
    return found


_moulds: dict[tuple[int, str, Use], Mould] = {}


def _made(kept: Kept, use: Use) -> Mould:
    def hole(cell: str) -> Markup:
        return Markup(f"{_OPEN}{escape(cell)}{_SHUT}")

    given = {"layout": kept.layout, "entries": kept.layout.entries, "key": cell_key, "hole": hole}
    table = get_template("collecting/table.html").render({**given, "use": use.value})
    parts = _HOLE.split(table)
    pieces = tuple(parts[::2])
    inputs = tuple(place for place, piece in enumerate(pieces) if piece.endswith("="))
    return Mould(pieces, tuple(unescape(cell) for cell in parts[1::2]), inputs)


def forget() -> None:
    """Make all moulds again when they are next needed."""
    _moulds.clear()
