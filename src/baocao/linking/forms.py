"""Annexes printed by the forms of reference/sector_tables: known by their title, read by rows and columns of the form.

Such an annex needs no guessing from words: which indicator a column tells of stands in its form.
"""

from __future__ import annotations

from collections.abc import Sequence

from baocao.linking.lexicon import MEMBER, PLACE, Lexicon, keys_of
from baocao.linking.subjects import Piece, Subject
from baocao.model.document import Document, Table
from baocao.reference.sector_tables import UNITS, RowForm, TableForm, tables

_ABOVE = 4  # blocks above a table among which its title stands


def form_of(document: Document, block: int, headings: Sequence[str], year: int) -> TableForm | None:
    """The form whose title stands above a table, or whose columns, and no others, the table has."""
    above = [each.text for each in document.blocks[max(0, block - _ABOVE) : block] if not isinstance(each, Table)]
    table = document.blocks[block]
    if isinstance(table, Table):  # a page's reader may take the lines above a table for its first rows
        above += [table.title, *(cell.text for cell in table.cells if cell.row < _ABOVE)]
    titles = {_key(text) for text in above}
    forms = [form for form in tables() if form.is_for(year)]
    for found in ([one for one in forms if _key(one.title) in titles], [one for one in forms if _fits(one, headings)]):
        if len(found) == 1:
            return found[0]
    return None


def _fits(form: TableForm, headings: Sequence[str]) -> bool:
    """Whether a table's headings are those of a form: its label, and its columns one after the other."""
    keys = [" ".join(_key(heading)) for heading in headings]
    label = " ".join(_key(form.label))
    if label not in keys[:2] or not all(column.head for column in form.columns):
        return False
    heads = [" ".join(keys_of(column.head)) for column in form.columns]
    met = [max((head for head in heads if f"{key} ".startswith(f"{head} ")), key=len, default="") for key in keys]
    return list(dict.fromkeys(met[keys.index(label) + 1 :])) == heads


def _key(text: str) -> tuple[str, ...]:
    return keys_of(text.strip(" .:"))


class FormReader:
    """Reads the rows of one printed form from the top down."""

    def __init__(self, form: TableForm, lexicon: Lexicon, own_unit: str) -> None:
        self.form, self.lexicon, self.own_unit = form, lexicon, own_unit
        self.at = 0  # the form's row that was met last

    def measure(self, heading: str) -> tuple[str, str] | None:
        """The measure that a heading begins with, and the rest of the heading."""
        key = " ".join(keys_of(heading))
        found: tuple[str, str] | None = None
        for column in self.form.columns:
            head = " ".join(keys_of(column.head))
            if (key == head or key.startswith(f"{head} ") or not head) and (found is None or len(head) > len(found[1])):
                found = column.of, head
        if found is None:
            return None
        count = len(found[1].split())
        return found[0], _without(heading, count)

    def row(self, label: str, piece: Piece) -> dict[str, Subject] | None:
        """What each measure of a printed row is of, by measure; None for a row that the form does not have here."""
        for at in range(self.at, len(self.form.rows)):
            found = self._subjects(self.form.rows[at], label, piece)
            if found is not None:
                self.at = at
                return found
        return None

    def _subjects(self, row: RowForm, label: str, piece: Piece) -> dict[str, Subject] | None:
        breakdown, unit = dict(row.breakdown), None
        if row.each == UNITS:
            places = {place for item in piece.items for place in item.of(PLACE)}
            if len(places) != 1:
                return None
            unit = places.pop()
        elif row.each:
            member = self._member(row, piece)
            if not member:
                return None
            breakdown[row.each] = member
        elif _key(label) != _key(self._name(row)):
            return None
        return {of: Subject((code,), tuple(sorted(breakdown.items())), unit) for of, code in row.measures}

    def _name(self, row: RowForm) -> str:
        if row.name or not row.measures:
            return row.name
        return self.lexicon.indicators[row.measures[0][1]].name.vi

    def _member(self, row: RowForm, piece: Piece) -> str:
        named = [value.partition("=") for item in piece.items for value in item.of(MEMBER)]
        fitting = {member for dimension, _, member in named if dimension == row.each and member not in row.without}
        return fitting.pop() if len(fitting) == 1 and len(piece.items) == 1 else ""


def _without(heading: str, count: int) -> str:
    """A heading without its first words, counted as they are compared."""
    words: Sequence[str] = heading.split()
    for cut in range(len(words) + 1):
        if len(keys_of(" ".join(words[:cut]))) == count:
            return " ".join(words[cut:])
    return ""
