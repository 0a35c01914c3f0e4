"""Twelve key tasks of 2026, invented like everything here: who answers, when they are due, how far they are."""

from __future__ import annotations

import csv
from pathlib import Path


def rows() -> list[tuple[str, ...]]:
    """The table of tasks, its headings first."""
    with Path(__file__).with_name("tasks.csv").open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file, delimiter=";")]
