"""``python -m bench``: one line a figure; ends with 1 when any is short. ``--write`` records them in the docs."""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path

from baocao.workers import cores
from bench import accuracy, annex, drafting, national, speed, web
from bench.figures import Measured
from bench.reports import ROOT

PAGE = ROOT / "docs" / "benchmark.md"
PARTS = {"speed": speed, "accuracy": accuracy, "annex": annex, "national": national, "drafting": drafting, "web": web}
MARK = "<!-- results -->"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--write", action="store_true", help="record the results in docs/benchmark.md")
    parser.add_argument("--only", choices=tuple(PARTS), help="measure one part only")
    call = parser.parse_args()
    chosen = [part.everything() for name, part in PARTS.items() if call.only in (None, name)]
    shown = list(_shown(chain.from_iterable(chosen)))
    if call.write:
        write(PAGE, shown)
    return int(any(isinstance(line, Measured) and not line.is_reached for line in shown))


def _shown(lines: Iterable[Measured | str]) -> Iterator[Measured | str]:
    for line in lines:
        print(line, flush=True)
        yield line


def write(page: Path, lines: list[Measured | str]) -> None:
    """Put the results, with date and machine, in place of those that stand in the page."""
    before, _, _ = page.read_text(encoding="utf-8").partition(MARK)
    results = "\n".join(map(str, lines))
    page.write_text(f"{before}{MARK}\n\n{date.today()}, {machine()}\n\n```\n{results}\n```\n", encoding="utf-8")


def machine() -> str:
    """The processor, its cores and the interpreter, for comparing one run with another."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if "model name" in line]
        name = models[0] if models else name
    return f"{name}, {cores()} cores, Python {platform.python_version()}"


sys.exit(main())
