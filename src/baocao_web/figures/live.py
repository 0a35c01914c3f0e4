"""The office's figures, kept ready in each process: whoever looks at them sees what was handed over before.

What is kept is derived from the store and let go with the process. Another process keeps its own; both take in what
came before they answer.
"""

from __future__ import annotations

from django.conf import settings
from django.db import connection

from baocao.ledger.book import Book
from baocao.ledger.following import Following
from baocao_web.figures.feeding_in import feed_in, raw
from baocao_web.places import office

_kept: dict[tuple[object, ...], Following] = {}  # one at most: of the database, map and catalogue that are served


def figures() -> Following:
    """All figures as they stand now."""
    feed_in()
    place = (str(connection.settings_dict["NAME"]), id(office.geography()), id(office.catalogue()))
    found = _kept.get(place)
    if found is None:
        forget()
        book = Book(raw(), settings.FOLDER / "figures", office.geography(), office.catalogue())
        found = _kept[place] = Following(book)
    else:
        found.catch_up(raw())
    return found


def forget() -> None:
    """Read everything again when it is next asked for."""
    _kept.clear()
