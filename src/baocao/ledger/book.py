"""One store opened together with the units and the catalogue that its figures are told in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from baocao.figures import store
from baocao.figures.catalogue import Catalogue
from baocao.figures.intake_names import Names
from baocao.figures.intake_periods import read_period
from baocao.figures.trees import whole_key
from baocao.ledger import sources
from baocao.ledger.sources import BadSources, Sources
from baocao.model.geography import Geography
from baocao.model.indicator import Indicator
from baocao.model.org_unit import OrgUnit
from baocao.model.period import CutOff, Period
from baocao.model.text import Problem, Text
from baocao.reference import indicators as reference

_NO_STORE = Text(
    "{file}: chưa có kho số liệu; hãy nạp số liệu trước bằng “baocao load TỆP --store {file}”.",
    "{file}: there is no store of figures yet; load figures first with “baocao load FILE --store {file}”.",
)


class CannotAsk(Problem):
    """A question that names what is not there, or that has no true answer; ``text`` says why."""


@dataclass(frozen=True)  # no slots: names are indexed when they are first asked for
class Book:
    """A store, its units and its catalogue."""

    connection: Any
    path: Path
    geography: Geography
    catalogue: Catalogue

    def names_under(self, key: str | None) -> Names:
        """All that a file may name; names of units are looked for under one unit, codes everywhere."""
        listed = self.catalogue
        known = reference.dimensions().values()
        return Names(self.geography.units, listed.indicators, listed.measures, key, known)

    @cached_property
    def names(self) -> Names:
        return self.names_under(None)

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """The indicators by code, the first of a code, in the order of the catalogue."""
        return {one.code: self.catalogue[one.code] for one in self.catalogue.indicators}

    def turn_to(self, connection: Any) -> None:
        """Read over another connection from now on, as a process that lives longer than its connections must."""
        object.__setattr__(self, "connection", connection)

    def unit(self, seen: str, on: date) -> OrgUnit:
        """The unit that a code, a key or a name means on a day. Raises ``CannotAsk``."""
        return _found(self.names.unit(seen, on))

    def indicator(self, seen: str) -> Indicator:
        """The indicator that a code or a name means. Raises ``CannotAsk``."""
        found = self.names.indicator(seen)
        if isinstance(found, Text):
            raise CannotAsk(found)
        return found

    def name_of(self, key: str) -> str:
        """A unit's name, for a part of it that of the whole; its key where the map does not know it."""
        key = whole_key(key)
        return self.geography.by_key(key).name if key in self.geography else key

    def measure_of(self, code: str) -> Text:
        """The unit of measure that an indicator is told in."""
        measures = self.catalogue.units
        return measures[code].name if code in measures else Text(self.catalogue[code].unit, self.catalogue[code].unit)


def period_of(seen: str, cut_off: CutOff) -> Period:
    """The period that a code or words mean. Raises ``CannotAsk``."""
    found = read_period(seen, cut_off)
    if isinstance(found, Text):
        raise CannotAsk(found)
    return found


def _found(unit: OrgUnit | Text) -> OrgUnit:
    if isinstance(unit, Text):
        raise CannotAsk(unit)
    return unit


@contextmanager
def opened(path: Path, given: Sources, *, is_new_allowed: bool = False) -> Iterator[Book]:
    """The book over a store in one file. Raises ``BadSources``, ``store.StoreUnusable``."""
    units, listed = sources.geography(given), sources.catalogue(given)
    if is_new_allowed:
        path.parent.mkdir(parents=True, exist_ok=True)
    elif not path.is_file():
        raise BadSources([_NO_STORE.fill(file=path)])
    connection = store.open_file(path)
    try:
        yield Book(connection, path, units, listed)
    finally:
        connection.close()


def listed(book: Book, seen: Iterable[str]) -> tuple[Indicator, ...]:
    """The indicators meant, each once, in the order given. Raises ``CannotAsk``."""
    return tuple({(one := book.indicator(word)).code: one for word in seen}.values())
