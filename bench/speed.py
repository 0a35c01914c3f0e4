"""How long one waits: for help, for one report, for a pile of them."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from baocao import desk
from bench import reports
from bench.figures import Measured

HELP_SECONDS = 0.15
REPORT_SECONDS = 0.8
REPORT_BYTES = 150_000
MEGABYTES_A_SECOND = 1.0
TENFOLD = 11.0


def _took(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _process(*words: str, runs: int) -> float:
    """The median wall time of a process, its start included."""
    command = [sys.executable, *words]
    return median(_took(lambda: subprocess.run(command, capture_output=True, check=False)) for _ in range(runs))


def report_text(size: int) -> str:
    """A text of about ``size`` bytes, made of whole lines of the reports at hand."""
    text = "\n".join(sample.report.read_text(encoding="utf-8") for sample in (reports.real() or reports.own()))
    while len(text.encode()) < size:
        text += "\n" + text
    return text.encode()[:size].decode(errors="ignore").rpartition("\n")[0]


def _check(path: Path) -> int:
    reading = desk.read(path)
    return len(desk.judge(reading, 0, desk.rules()))


def everything() -> Iterator[Measured]:
    """All speed figures, each beside a reference measured in the same run."""
    with tempfile.TemporaryDirectory() as folder:
        one, ten = Path(folder, "one.txt"), Path(folder, "ten.txt")
        text = report_text(REPORT_BYTES)
        one.write_text(text, encoding="utf-8")
        ten.write_text("\n".join([text] * 10), encoding="utf-8")
        yield from _processes(one)
        yield from _within(one, ten, len(text.encode()))


def _processes(report: Path) -> Iterator[Measured]:
    start = _process("-c", "pass", runs=9)
    beside = f"python alone {start:.3f} s"
    yield Measured("help", _process("-m", "baocao", "--help", runs=9), HELP_SECONDS, False, "s", beside)
    whole = _process("-m", "baocao", "check", str(report), runs=5)
    yield Measured("one report of 150 KB, whole process", whole, REPORT_SECONDS, False, "s", beside)


def _within(one: Path, ten: Path, size: int) -> Iterator[Measured]:
    text = one.read_text(encoding="utf-8")
    number = re.compile(r"\d[\d.,]*")
    _check(one)  # the first run reads the vocabulary
    plain = min(_took(lambda: number.findall(text)) for _ in range(5))
    once = min(_took(lambda: _check(one)) for _ in range(5))
    tenfold = min(_took(lambda: _check(ten)) for _ in range(2))
    beside = f"a plain scan for numbers {size / plain / 1e6:.0f} MB/s"
    yield Measured("throughput on one core", size / once / 1e6, MEGABYTES_A_SECOND, True, "MB/s", beside)
    yield Measured("ten times the text, times the time", tenfold / once, TENFOLD, False)
