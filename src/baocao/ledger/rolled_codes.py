"""Which indicators a roll-up reads: those asked for, what they are computed from, and what they are held against."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from baocao.figures.formula_tree import When, names
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


def whens(book: Book, derived: Iterable[str]) -> frozenset[tuple[When, ...]]:
    """By which steps back in time formulas reach their figures, one after another where formulas stand in formulas."""
    found: set[tuple[When, ...]] = set()
    waiting: list[tuple[str, tuple[When, ...]]] = [(code, ()) for code in derived]
    seen = set(waiting)
    while waiting:
        code, steps = waiting.pop()
        formula = book.catalogue.definition(code)
        for name in names(formula) if formula is not None else ():
            taken = steps if name.when is When.NOW else (*steps, name.when)
            if taken:
                found.add(taken)
            if (name.code, taken) not in seen:
                seen.add((name.code, taken))
                waiting.append((name.code, taken))
    return frozenset(found)


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
