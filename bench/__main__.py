"""``python -m bench``: one line a figure; ends with 1 when any is short. ``--write`` records them in the docs."""

from __future__ import annotations

import argparse
import platform
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from baocao.workers import cores
from bench import accuracy, annex, drafting, national, speed, web, web_figures
from bench.figures import Measured
from bench.reports import ROOT

PAGE = ROOT / "docs" / "benchmark.md"
PARTS: dict[str, Callable[[], Iterator[Measured | str]]] = {
    "speed": speed.everything,
    "accuracy": accuracy.everything,
    "annex": annex.everything,
    "national": national.everything,
    "drafting": drafting.everything,
    "web": web.everything,
    "web_figures": web_figures.everything,
}
SHORT = {"web": partial(web.everything, is_short=True), "web_figures": partial(web_figures.everything, is_short=True)}
MARK = "<!-- results -->"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--write", action="store_true", help="record the results in docs/benchmark.md")
    parser.add_argument("--only", choices=tuple(PARTS), help="measure one part only")
    parser.add_argument("--short", action="store_true", help="the web application alone, smaller: to see that it works")
    call = parser.parse_args()
    if call.short and (call.write or call.only not in (None, *SHORT)):
        parser.error("--short measures web and web_figures, and its results are not recorded")
    chosen = {name: part for name, part in (SHORT if call.short else PARTS).items() if call.only in (None, name)}
    is_short = False
    for name, part in chosen.items():
        shown = list(_shown(part()))
        if call.write:
            write(PAGE, name, shown)
        is_short |= any(isinstance(line, Measured) and not line.is_reached for line in shown)
    return int(is_short)


def _shown(lines: Iterable[Measured | str]) -> Iterator[Measured | str]:
    for line in lines:
        print(line, flush=True)
        yield line


def write(page: Path, part: str, lines: list[Measured | str]) -> None:
    """Put the results of a part, with date and machine, in place of those of that part that stand in the page."""
    before, _, kept = page.read_text(encoding="utf-8").partition(MARK)
    found = dict(re.findall(r"^### (\w+)\n\n(.*?\n```\n.*?\n```\n)", kept, re.M | re.S))
    results = "\n".join(map(str, lines))
    found[part] = f"{date.today()}, {machine()}\n\n```\n{results}\n```\n"
    told = "\n".join(f"### {name}\n\n{found[name]}" for name in PARTS if name in found)
    page.write_text(f"{before}{MARK}\n\n{told}", encoding="utf-8")


def machine() -> str:
    """The processor, its cores and the interpreter, for comparing one run with another."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if "model name" in line]
        name = models[0] if models else name
    return f"{name}, {cores()} cores, Python {platform.python_version()}"


sys.exit(main())
