"""The sample report is what its writer writes, and is read as it is printed."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from baocao.formats import read
from baocao.model import Kind, Passage, Table

DEMO = Path(__file__).parents[3] / "demo"
SAMPLE = DEMO / "bao-cao-mau.docx"


def test_the_sample_is_up_to_date(tmp_path: Path) -> None:
    fresh = tmp_path / "a.docx"
    subprocess.run([sys.executable, str(DEMO / "make_sample.py"), str(fresh)], check=True)
    with zipfile.ZipFile(fresh) as new, zipfile.ZipFile(SAMPLE) as old:
        assert new.namelist() == old.namelist()
        assert all(new.read(name) == old.read(name) for name in new.namelist())


def test_the_sample_is_read_as_printed() -> None:
    found = read(SAMPLE)
    passages = [block for block in found.blocks if isinstance(block, Passage)]
    headings = [block.label for block in passages if block.kind is Kind.HEADING and block.label]
    assert headings == [
        "Phần thứ nhất", "I.", "1.", "2.", "3.", "4.", "5.", "7.", "II.", "1.", "2.", "3.", "4.", "III.", "1.", "2.",
        "Phần thứ hai",
    ]  # fmt: skip
    labels = [str(number) for number in range(1, 13)]
    assert list(found.notes) == labels
    assert [mark.label for block in passages for mark in block.marks] == labels
    annex = found.blocks[-13]
    assert isinstance(annex, Table)
    assert (annex.rows, annex.columns) == (13, 6)
    assert annex.title.startswith("CÁC CHỈ TIÊU")
