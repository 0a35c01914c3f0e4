"""Which indicators a roll-up reads: those asked for, what they are computed from, and what they are held against."""

from __future__ import annotations

from collections.abc import Sequence

from baocao.figures.formula_tree import When
from baocao.figures.formula_tree import codes as named_in
from baocao.figures.questions import year_before
from baocao.ledger.book import Book
from baocao.model.period import Period


def all_of(book: Book, stored: set[str]) -> tuple[str, ...]:
    """The indicators with figures, and those that can be computed from nothing else."""
    uses = book.catalogue.uses
    return tuple(
        code for code in book.indicators if code in stored or (uses.get(code) and stored.issuperset(uses[code]))
    )


def judged_by(book: Book, asked: Sequence[str]) -> tuple[str, ...]:
    """The indicators, and those that they are held against by an identity."""
    others = (code for one in asked for relation in book.catalogue.identities(one) for code in named_in(relation))
    return tuple(dict.fromkeys((*asked, *others)))


def with_parts(book: Book, asked: Sequence[str]) -> tuple[str, ...]:
    """The indicators and all that they are computed from."""
    found: dict[str, None] = {}
    waiting = list(reversed(asked))
    while waiting:
        code = waiting.pop()
        if code not in found and code in book.indicators:
            found[code] = None
            waiting += reversed(book.catalogue.uses.get(code, ()) if book.catalogue[code].is_derived else ())
    return tuple(found)


def meant(when: When, period: Period) -> Period:
    """The period that a name in a formula is meant for; a year begins as the one before it has ended."""
    match when:
        case When.NOW:
            return period
        case When.LAST_YEAR:
            return period.last_year
        case When.PREVIOUS:
            return period.previous
        case When.YEAR_START:
            return year_before(period)
