"""Where a report still carries the addresses that it was written with, they hold for numbers left as they were written.

A number that people altered in Word is read by its words alone, as in any other file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from baocao.formats import docx_live
from baocao.formats.docx_live import LiveFile
from baocao.formats.docx_live_figures import Kept
from baocao.formats.errors import Unreadable
from baocao.linking import Link, Reading
from baocao.model.document import Document

_SIGNS = "+-–− "


def live_file(path: Path, document: Document) -> LiveFile | None:
    """The live numbers of a Word report; None of any other file, and of one whose numbers are lost."""
    if document.suffix != ".docx":
        return None
    try:
        found = docx_live.read(path, document.name)
    except Unreadable:
        return None
    return found if found.part is not None and found.document.source == document.source else None


def with_live(document: Document, readings: Iterable[Reading], live: LiveFile) -> Iterator[Reading]:
    """The readings, each number that stands as it was written tied to the address that it was written with."""
    known = _known(live)
    for reading in readings:
        start, end = document.source_range(reading.span)
        kept = next((one for low, high, one in known.get(_line(start), ()) if low <= start and end <= high), None)
        if kept is None or reading.text.strip(_SIGNS) != kept.printed.strip(_SIGNS):
            yield reading
            continue
        step = Decimal(1).scaleb(kept.form.scale - kept.form.decimals)
        meant = reading.meant if isinstance(reading, Link) else None
        yield Link(reading.span, reading.text, kept.value, step, kept.source, meant)


_STRETCH = 64  # letters: numbers are looked up by where they stand, roughly


def _line(start: int) -> int:
    return start // _STRETCH


def _known(live: LiveFile) -> dict[int, list[tuple[int, int, Kept]]]:
    """The numbers left as they were written, by the stretches of the source that they stand on."""
    found: dict[int, list[tuple[int, int, Kept]]] = {}
    figures = live.part.figures if live.part is not None else {}
    for control in live.controls:
        kept = figures.get(control.key)
        if kept is None or control.start < 0 or control.is_deleted or control.text.strip() != kept.printed:
            continue
        for line in range(_line(control.start), _line(control.end) + 1):
            found.setdefault(line, []).append((control.start, control.end, kept))
    return found
