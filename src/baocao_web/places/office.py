"""The office's units and catalogue: read once from its files, kept for the life of the process.

They are reviewed data files, not rows that somebody edits on a page: who changes them restarts the application.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from baocao.figures.catalogue import Catalogue
from baocao.ledger import sources
from baocao.ledger.book import Book
from baocao.ledger.locality import around
from baocao.ledger.sources import Sources
from baocao.model.geography import Geography
from baocao.model.org_unit import OrgUnit
from baocao_web.places.vietnamese import sorting_key


@lru_cache(maxsize=1)
def _sources() -> Sources:
    def path(seen: str) -> Path | None:
        return Path(seen) if seen else None

    listed = tuple(Path(seen) for seen in settings.OFFICE_CATALOGUE)
    return Sources(path(settings.OFFICE_UNITS), path(settings.OFFICE_CHANGES), listed)


@lru_cache(maxsize=1)
def geography() -> Geography:
    """The units that the office looks after, with what they came from; all where no office unit is set."""
    whole = sources.geography(_sources())
    return around(whole, settings.OFFICE_UNIT) if settings.OFFICE_UNIT else whole


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    return sources.catalogue(_sources())


def forget() -> None:
    """Read the files again when they are next asked for; what was settled before this may be otherwise now."""
    for kept in (_sources, geography, catalogue, is_within, _above, _heirs, order):
        kept.cache_clear()


def today() -> date:
    """The day of the office, by its own clock."""
    return timezone.localdate()


def unit(key: str) -> OrgUnit:
    """The unit of a key. Raises ``KeyError``."""
    return geography().by_key(key)


def is_known(key: str) -> bool:
    return key in geography()


@lru_cache(maxsize=65_536)
def order(key: str) -> str:
    """What units are put in order by: their names as the Vietnamese alphabet has them."""
    return sorting_key(unit(key).name) if is_known(key) else key


@lru_cache(maxsize=65_536)
def is_within(key: str, above: str) -> bool:
    """Whether a unit is another, stands or stood below it, or below what that has become since."""
    if key == above:
        return True
    if key not in geography() or above not in geography():
        return False
    return above in _above(key)


def above(key: str) -> frozenset[str]:
    """The units that a unit stands or stood under, itself included, and those of what it became."""
    return _above(key) if is_known(key) else frozenset({key})


@lru_cache(maxsize=65_536)
def _above(key: str) -> frozenset[str]:
    """All that a unit stood under on its last day, itself included, and the same of what it became."""
    own = unit(key)
    day = own.valid_to or own.valid_from or date.max
    found = {one.key for one in geography().path(key, day)}
    for heir in _heirs().get(key, ()):
        found |= _above(heir)
    return frozenset(found)


@lru_cache(maxsize=1)
def _heirs() -> dict[str, tuple[str, ...]]:
    """What each unit became a part of, change by change."""
    found: dict[str, dict[str, None]] = {}
    for change in geography().changes:
        for flow in change.flows:
            found.setdefault(flow.source, {})[flow.target] = None
    return {source: tuple(targets) for source, targets in found.items()}


@contextmanager
def book() -> Iterator[Book]:
    """The office's figures over the database connection of this request."""
    connection.ensure_connection()
    raw: Any = connection.connection
    yield Book(raw, settings.FOLDER / "figures", geography(), catalogue())
