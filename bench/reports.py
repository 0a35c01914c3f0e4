"""The reports that are measured on: our own fictional ones, and the real ones where they are at hand."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / "tests" / "golden" / "reports"
SHARED = Path(os.environ.get("BAOCAO_SHARED", ROOT.parent / "shared"))


class Sample(NamedTuple):
    """A report with its truth table."""

    name: str
    report: Path
    truth: Path


def own() -> list[Sample]:
    """The fictional reports of this repository."""
    return [Sample(table.stem, table.with_suffix(".txt"), table) for table in sorted(OWN.glob("*.jsonl"))]


def real() -> list[Sample]:
    """The real reports, which are not part of this repository; none when they are not at hand."""
    tables = sorted((SHARED / "benchmark" / "truth").glob("*.jsonl"))
    return [
        Sample(table.stem, report, table)
        for table in tables
        for report in sorted((SHARED / "reports").glob(f"{table.stem}_*.txt"))
    ]


def planting_tool() -> Path | None:
    """The program that plants errors in a report; None when it is not at hand."""
    tool = SHARED / "benchmark" / "plant.py"
    return tool if tool.is_file() else None
