"""The real reports that may lie beside the repository are laid out whole: counts only, no words of theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from baocao.formats import txt
from baocao.model import Document, Passage, Table
from bench.reports import SHARED

REPORTS = SHARED / "reports"
COUNTS = {"000": (13, 13, 0), "001": (10, 11, 0), "004": (107, 107, 1)}

pytestmark = pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not at hand")


def _read(number: str) -> Document:
    path: Path = next(REPORTS.glob(f"{number}_*.txt"))
    return txt.read(path, path.name)


@pytest.mark.parametrize("number", sorted(COUNTS))
def test_notes_marks_and_tables_are_all_found(number: str) -> None:
    notes, marks, tables = COUNTS[number]
    document = _read(number)
    passages = [block for block in document.blocks if isinstance(block, Passage)]
    assert list(document.notes) == [str(label) for label in range(1, notes + 1)]
    assert [mark.label for block in passages for mark in block.marks] == [
        str(label) for label in range(1, marks + 1)
    ] or (sorted(int(mark.label) for block in passages for mark in block.marks) == list(range(1, marks + 1)))
    assert sum(isinstance(block, Table) for block in document.blocks) == tables


@pytest.mark.parametrize("number", sorted(COUNTS))
def test_no_sentence_begins_in_its_middle(number: str) -> None:
    document = _read(number)
    broken = [
        block.text[:40]
        for block in document.blocks
        if isinstance(block, Passage) and block.kind.value != "note" and block.text[0].islower() and not block.label
    ]
    assert broken == []
