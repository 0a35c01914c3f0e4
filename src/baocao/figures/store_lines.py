"""All current figures of a store as one file of lines, for engines that take in a file faster than rows.

A million figures pass without becoming a million objects on their way.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any, Final

from baocao.figures.store_schema import Dialect, cursor_of, dialect_of

COLUMNS: Final = ("unit", "indicator", "period", "scenario", "authority", "breakdown", "value", "mark")
_CURRENT: Final = f"SELECT {', '.join(COLUMNS)} FROM revision WHERE id IN (SELECT revision FROM cell)"


def write_current(connection: Any, path: Path) -> None:
    """Write the latest revision of every address, in no order, as CSV in UTF-8 with ``COLUMNS`` and without a head.

    What is missing (a value where a mark stands, a mark where a value stands) is an empty field.
    """
    cursor = cursor_of(connection)
    try:
        if dialect_of(connection) is Dialect.POSTGRESQL:
            with (
                path.open("wb") as file,
                cursor.copy(f"COPY ({_CURRENT}) TO STDOUT (FORMAT csv, ENCODING 'UTF8')") as its,
            ):
                for block in its:
                    file.write(block)
            return
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(cursor.execute(_CURRENT))
    finally:
        cursor.close()
