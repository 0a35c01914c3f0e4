"""What the ledger stands on besides the store: the units with their changes, and the catalogue, each with own files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from baocao.figures.catalogue import Catalogue
from baocao.figures.intake_heads import text_of
from baocao.figures.said import with_figures
from baocao.formats import rows
from baocao.formats.errors import Unreadable
from baocao.model.geography import Geography
from baocao.model.text import Text
from baocao.reference.geography import national
from baocao.reference.geography.own_units import BadRows, extended

_NOT_READ = Text(
    "{file}: {problem}",
    "{file}: {problem}",
)
_BAD_ROW = Text("{file}, dòng {row}: {problem}", "{file}, row {row}: {problem}")


class BadSources(Exception):
    """Files that the ledger cannot stand on; ``texts`` say for each place what is wrong."""

    def __init__(self, texts: Iterable[Text]) -> None:
        self.texts = tuple(texts)
        super().__init__("; ".join(text.en for text in self.texts))


@dataclass(frozen=True, slots=True)
class Sources:
    """A user's own files beside the national map and the national catalogue."""

    units: Path | None = None
    changes: Path | None = None
    catalogue: tuple[Path, ...] = ()


def geography(sources: Sources) -> Geography:
    """The national map with the user's own units and changes. Raises ``BadSources``."""
    if sources.units is None and sources.changes is None:
        return national()
    files = {"units": sources.units, "changes": sources.changes}
    try:
        return extended(national(), *(_text(file) for file in files.values()))
    except BadRows as problem:
        raise BadSources(_told(fault.table, fault.row, fault.text, files) for fault in problem.faults) from None


def catalogue(sources: Sources) -> Catalogue:
    """The national catalogue with the user's own files behind it, which must be sound. Raises ``BadSources``."""
    found = Catalogue.national(sources.catalogue)
    # the national one is proved by the tests, and every call would pay for proving it again
    faults = found.check() if sources.catalogue else found.problems
    if faults:
        raise BadSources(with_figures(fault) for fault in faults)
    return found


def _text(file: Path | None) -> str:
    """The first sheet of a file, a line of CSV for each of its rows: text in any encoding of offices, or a workbook."""
    if file is None:
        return ""
    try:
        sheet = rows.read(file).sheets[0]
    except Unreadable as problem:
        raise BadSources([with_figures(_NOT_READ, file=file, problem=problem.text)]) from problem
    cells = {row.number: [" ".join(text_of(cell).split()) for cell in row.cells] for row in sheet.rows}
    out = io.StringIO(newline="")
    # blank rows too, so that faults are told by the numbers that the file itself shows
    csv.writer(out).writerows(cells.get(number, [""]) for number in range(1, max(cells, default=0) + 1))
    return out.getvalue()


def _told(table: str, row: int, problem: Text, files: Mapping[str, Path | None]) -> Text:
    return with_figures(_BAD_ROW, file=files[table] or table, row=row, problem=problem)
