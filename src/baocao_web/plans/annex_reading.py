"""The process that opens the annexes that people bring in: its time and memory are limited, and it knows neither the
database nor the application's key. ``python -m baocao_web.plans.annex_reading FILE`` writes the tables as JSON."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

from baocao.model.document import Table
from baocao.model.sheet import Sheet, SheetRow
from baocao.model.text import Problem, Text
from baocao_web.plans import annex_sheets

SHEETS: Final = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv")
DOCUMENTS: Final = (".docx", ".pdf")
MOST_CELLS: Final = 60_000  # filled ones; an annex of 60 indicators for 150 communes has a sixth of it
_SECONDS: Final = 60
_MEMORY: Final = 2 * 1024**3
_TOO_LARGE = Text(
    "tệp có {seen} ô có nội dung, nhiều nhất là {limit}; hãy chỉ giữ lại các trang là phụ lục chỉ tiêu.",
    "the file has {seen} filled cells, {limit} at most; keep only the sheets that are the annex.",
)
_NO_TABLE = Text(
    "tệp không có bảng nào; hãy tải lên tệp Excel của phụ lục.",
    "the file has no table; bring in the annex as a workbook.",
)
_STOPPED = Text(
    "không đọc được tệp trong thời gian và bộ nhớ cho phép; hãy chỉ giữ trang phụ lục rồi thử lại.",
    "the file could not be read within the time and memory allowed; keep only the annex's sheets, save, try again.",
)
_TABLE = Text("Bảng {number}", "Table {number}")


class Read(NamedTuple):
    """The tables of a file, and what it hides."""

    sheets: tuple[Sheet, ...]
    hidden: tuple[Text, ...]


def read_aside(content: bytes, suffix: str) -> Read:
    """The tables of a file, read by a process of its own. Raises ``Problem``."""
    with TemporaryDirectory(prefix="phu-luc-") as folder:
        path = Path(folder) / f"given{suffix}"
        path.write_bytes(content)
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "PYTHONPATH") if name in os.environ}
        command = [sys.executable, "-m", "baocao_web.plans.annex_reading", path.name]
        try:
            done = subprocess.run(
                command,
                cwd=folder,
                env={**kept, "HOME": folder},
                capture_output=True,
                timeout=_SECONDS + 10,
                check=False,
            )
        except subprocess.TimeoutExpired as problem:
            raise Problem(_STOPPED) from problem
    if done.returncode or not done.stdout:
        raise Problem(_STOPPED)
    told: dict[str, Any] = json.loads(done.stdout)
    if "fault" in told:
        raise Problem(Text(**told["fault"]))
    return Read(annex_sheets.read(told["sheets"]), tuple(Text(**one) for one in told["hidden"]))


def opened(path: Path) -> Read:
    """The tables of a file, in this process. Raises ``Problem``."""
    from baocao.formats import rows

    if path.suffix in DOCUMENTS:
        found = Read(_of_document(path), ())
    else:
        read = rows.read(path)
        found = Read(read.sheets, read.hidden)
    if not any(sheet.rows for sheet in found.sheets):
        raise Problem(_NO_TABLE)
    filled = sum(cell != "" for sheet in found.sheets for row in sheet.rows for cell in row.cells)
    if filled > MOST_CELLS:
        raise Problem(_TOO_LARGE.fill(seen=filled, limit=MOST_CELLS))
    return found


def _of_document(path: Path) -> tuple[Sheet, ...]:
    """The tables of a report as sheets, in their order."""
    from baocao import formats

    tables = [block for block in formats.read(path).blocks if isinstance(block, Table)]
    return tuple(_sheet(table, number) for number, table in enumerate(tables, 1))


def _sheet(table: Table, number: int) -> Sheet:
    rows = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row][cell.column] = " ".join(cell.text.split())
    merged = tuple(
        (one.row + 1, one.column, one.row + one.row_span, one.column + one.column_span - 1)
        for one in table.cells
        if (one.row_span, one.column_span) != (1, 1)
    )
    filled = tuple(SheetRow(at, tuple(cells)) for at, cells in enumerate(rows, 1) if any(cells))
    return Sheet(_TABLE.fill(number=number).vi, filled, merged)


def _limit() -> None:
    """This process ends after its time, and can take neither all memory nor the disk."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(_SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_MEMORY // 8, _MEMORY // 8))


def main(name: str) -> None:
    """Write the tables of a file, or why it cannot be read."""
    _limit()
    try:
        found = opened(Path(name))
        told: dict[str, Any] = {
            "sheets": annex_sheets.written(found.sheets),
            "hidden": [{"vi": text.vi, "en": text.en} for text in found.hidden],
        }
    except Problem as problem:
        told = {"fault": {"vi": problem.text.vi, "en": problem.text.en}}
    except MemoryError:
        told = {"fault": {"vi": _STOPPED.vi, "en": _STOPPED.en}}
    sys.stdout.buffer.write(json.dumps(told, ensure_ascii=False).encode())


if __name__ == "__main__":
    main(sys.argv[1])
