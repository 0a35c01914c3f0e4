"""A table as an answer: rows of figures and words, with what has to be said besides."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from baocao.model.text import Text

Cell = str | int | Decimal | Text | tuple[str, ...] | None
"""Figures are exact; a ``Text`` is said in the language asked for; a tuple is a list of names."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``name`` for machines, ``head`` for people. What is not ``is_shown`` stands in files only.

    ``places`` are the decimals that people are shown; files hold all of them.
    """

    name: str
    head: Text
    is_shown: bool = True
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """An answer. ``remarks`` are what a reader must know of its figures, ``is_clean`` that there is nothing grave."""

    title: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    remarks: tuple[Text, ...] = ()
    is_clean: bool = True
