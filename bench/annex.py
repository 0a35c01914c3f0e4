"""The annexes of reports worked out again: every right cell is reproduced, every slip reported, and the count told.

The annexes are read from the reports when this runs; what is right in them, their truth tables say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from baocao import formats
from baocao.figures.compare_printed import CheckedAnnex, CheckedCell, check
from baocao.figures.intake_numbers import Habit, read_number
from baocao.model import Agreement, Document, Passage, Table, Text
from baocao.model.target import Rating
from bench import reports
from bench.figures import Measured
from bench.reports import Sample

_COUNTED = re.compile(
    r"[Tt]rong\s(?:tổng\ssố\s)?(?P<all>\d+)\schỉ\stiêu\b[^.:]{0,120}?\b(?P<failed>\d+)\s(?:chỉ\stiêu\s)?(?:không|chưa)\sđạt"
)
_GOOD = (Agreement.EXACT, Agreement.TRUNCATED)


class Seen(NamedTuple):
    """A cell of an annex, with the words of its row."""

    row: str
    cell: CheckedCell


def everything() -> Iterator[Measured | str]:
    """The figures of the real reports' annexes and, beside them, those of the fictional ones."""
    real, own = _all(reports.real()), _all(reports.own())
    if not real:
        yield "annexes of real reports: not at hand, not measured"
    yield from _figures("annex", real, has_all=True)
    yield from _figures("fictional annexes", own, has_all=False)


def _all(samples: list[Sample]) -> list[tuple[Sample, Document, list[CheckedAnnex], list[Seen]]]:
    """The samples that have an annex, with what was worked out."""
    found = []
    for sample in samples:
        document = formats.read(sample.report)
        annexes, seen = worked_out(document)
        if annexes:
            found.append((sample, document, annexes, seen))
    return found


def worked_out(document: Document) -> tuple[list[CheckedAnnex], list[Seen]]:
    """Every annex of a document, and all its cells that were judged."""
    annexes, seen = [], []
    for block in document.blocks:
        annex = check(block, _vietnamese) if isinstance(block, Table) else None
        if annex is not None and isinstance(block, Table):
            annexes.append(annex)
            seen += [Seen(_row(block, cell.row), cell) for cell in annex.cells]
    return annexes, seen


def _vietnamese(printed: str) -> Decimal | Text:
    return read_number(printed, Habit.VIETNAMESE)


def _row(table: Table, row: int) -> str:
    return _bare(" ".join(cell.text for cell in table.cells if cell.row == row))


def _bare(words: str) -> str:
    return re.sub(r"[\s|*]+", " ", words).strip()


def _figures(
    name: str, samples: list[tuple[Sample, Document, list[CheckedAnnex], list[Seen]]], has_all: bool
) -> Iterator[Measured | str]:
    """``has_all``: every table of these reports that has truth is an annex; else other tables are left out."""
    right, slips, false, counts = [], [], 0, []
    for sample, document, annexes, seen in samples:
        for truth in _truths(sample):
            cell = _cell(truth, seen)
            if not has_all and not _is_of_annex(truth, seen):
                continue
            if truth["verdict"] == "ok":
                right.append(cell is not None and cell.slip is None and cell.agreement in _GOOD)
            elif truth["verdict"] in ("wrong", "suspect"):
                slips.append(cell is not None and cell.slip is not None)
            if truth["verdict"] in ("ok", "rounding"):
                false += cell is not None and cell.slip is not None
        counts += [_is_counted(told, annexes) for told in _told(document)]
    if not samples:
        return
    yield _share(f"{name} cells reproduced", right)
    yield _share(f"{name} slips reported", slips)
    yield Measured(f"{name} right cells called slips", false, 0, at_least=False)
    yield _share(f"{name} counts told alike", counts)


def _share(name: str, hits: list[bool]) -> Measured:
    return Measured(name, sum(hits) / len(hits) if hits else 1.0, 1.0, beside=f"{sum(hits)}/{len(hits)}")


def _truths(sample: Sample) -> Iterator[dict[str, Any]]:
    """What the truth table says of single cells."""
    for line in sample.truth.read_text(encoding="utf-8").splitlines():
        truth = json.loads(line)
        if truth["kind"] == "table" and truth.get("column"):
            yield truth


def _cell(truth: dict[str, Any], seen: list[Seen]) -> CheckedCell | None:
    """The cell that a line of truth is about: its row begins the quoted words, or they begin the row."""
    return next((one.cell for one in seen if truth["column"] in one.cell.head and _is_row(truth, one)), None)


def _is_of_annex(truth: dict[str, Any], seen: list[Seen]) -> bool:
    return any(_is_row(truth, one) for one in seen)


def _is_row(truth: dict[str, Any], one: Seen) -> bool:
    quote = _bare(truth["quote"])
    return one.row.startswith(quote) or quote.startswith(one.row)


def _told(document: Document) -> list[tuple[int, int]]:
    """How many indicators the body counts, and how many of them not met."""
    bodies = (block.text for block in document.blocks if isinstance(block, Passage))
    return [(int(found["all"]), int(found["failed"])) for body in bodies for found in _COUNTED.finditer(body)]


def _is_counted(told: tuple[int, int], annexes: list[CheckedAnnex]) -> bool:
    return any(told == (len(annex.tally.rated), len(annex.tally.of(Rating.NOT_MET))) for annex in annexes)
