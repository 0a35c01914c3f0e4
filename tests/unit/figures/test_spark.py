"""Spark answers questions as DuckDB does, cell by cell."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest


@pytest.mark.skipif(shutil.which("java") is None, reason="java is not installed: Spark was not run")
@pytest.mark.skipif(find_spec("pyspark") is None, reason="pyspark is not installed: Spark was not run")
def test_spark_and_duckdb_agree_cell_by_cell(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.unit.figures.on_spark", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    counts = [tuple(map(int, pair)) for pair in re.findall(r"(\d+) of (\d+) differ", done.stdout)]
    assert len(counts) == 3
    assert all(differ == 0 and cells >= 5 for differ, cells in counts), done.stdout
