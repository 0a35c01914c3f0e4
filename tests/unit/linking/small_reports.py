"""Fictional sentences, tables and documents read back into figures, each figure on one line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from baocao.linking import Lexicon, Link, Reading, Setting, counts_known, link
from baocao.model import Document, Passage, Table
from baocao.model.document import Cell, Kind, Mark, Run
from baocao.model.org_unit import Level, OrgUnit
from baocao.model.period import Period
from baocao.reference import indicators as reference

AUTHORITIES = ("HĐND tỉnh", "UBND tỉnh")
UNITS = (
    OrgUnit("90", "Tỉnh Sơn Khê", Level.PROVINCE),
    OrgUnit("90001", "Xã Nậm Luồng", Level.COMMUNE, "90"),
    OrgUnit("90002", "Phường Khau Sơn", Level.COMMUNE, "90"),
)
HALF_YEAR = Setting("90", Period.months(2026, 1, 6), AUTHORITIES)
YEAR = Setting("90", Period.part(2026), AUTHORITIES)


@cache
def lexicon() -> Lexicon:
    """The national catalogue with the units of a small fictional province."""
    return Lexicon(
        reference.national().indicators,
        reference.measures().values(),
        reference.dimensions().values(),
        UNITS,
        AUTHORITIES,
        reference.sectors(),
        counts_known(AUTHORITIES),
    )


def passage(text: str, kind: Kind = Kind.PARAGRAPH, label: str = "", marks: tuple[Mark, ...] = ()) -> Passage:
    """A passage that stands alone in its source."""
    return Passage(text, (Run(0, 0, len(text)),), kind, label, marks)


def table(rows: Sequence[Sequence[str]]) -> Table:
    """A table with a cell in every place."""
    cells = [
        Cell(text, (Run(0, 0, len(text)),), row, column)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]
    return Table(tuple(cells), len(rows), len(rows[0]))


def read(*blocks: str | Passage | Table, setting: Setting = HALF_YEAR) -> list[Reading]:
    """Every figure of a small document."""
    made = tuple(passage(block) if isinstance(block, str) else block for block in blocks)
    return link(Document("bao-cao.txt", "", made), lexicon(), setting)


def told(reading: Reading) -> str:
    """ "1.234,5 = value lua_dien_tich 2026-S1", or "1.234,5 ?". The report's own unit is left out."""
    if not isinstance(reading, Link):
        return f"{reading.text} ?"
    addresses = " / ".join(str(one).removeprefix("90:").replace(":actual", "") for one in reading.source.addresses)
    return f"{reading.text} {reading.source.reckoning.value} {addresses}"


def lines(*blocks: str | Passage | Table, setting: Setting = HALF_YEAR) -> list[str]:
    """Every figure of a small document on a line."""
    return [told(reading) for reading in read(*blocks, setting=setting)]
