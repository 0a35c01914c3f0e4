"""Tasks as a file: the columns that ``baocao draft --tasks`` reads, and beside them all that the office keeps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from baocao.ledger.grid import Cell, Column, Grid
from baocao.model.text import Text
from baocao.reference import load
from baocao.showing.grid_files import csv_bytes, xlsx_bytes
from baocao_web.tasks.into_report import texts_of
from baocao_web.tasks.register import Followed
from baocao_web.tasks.standings import CADENCES

KINDS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
CADENCE_WORDS: Final = {"": ""} | {
    word.casefold(): every for every, name in CADENCES.items() for word in (name.vi, name.en, every)
}
_TITLE: Final = Text("Danh mục nhiệm vụ trọng tâm", "Key tasks")
_HEADS: Final = (
    ("number", "TT"),
    ("title", "Nhiệm vụ"),
    ("owner", "Cơ quan chủ trì"),
    ("lead", "Người phụ trách"),
    ("source", "Văn bản giao"),
    ("decided_on", "Ngày văn bản"),
    ("due", "Hạn hoàn thành"),
    ("every", "Định kỳ"),
    ("deliverable", "Sản phẩm"),
    ("percent", "Tiến độ (%)"),
    ("state", "Trạng thái"),
    ("done_on", "Ngày hoàn thành"),
    ("progress", "Kết quả"),
    ("standing", "Tình hình"),
    ("unit", "Mã đơn vị"),
)


def file_of(found: Sequence[Followed], kind: str) -> bytes:
    """The tasks as a CSV file or a workbook. No cell of either is taken for a formula."""
    grid = _grid(found)
    return csv_bytes(grid, "vi", is_for_people=True) if kind == "csv" else xlsx_bytes(grid, "vi")


def _grid(found: Sequence[Followed]) -> Grid:
    columns = tuple(Column(name, Text(head, head)) for name, head in _HEADS)
    texts = texts_of(list(found))
    rows = tuple(_row(number, one, texts.get(one.task.pk, "")) for number, one in enumerate(found, 1))
    return Grid(_TITLE, columns, rows)


def _row(number: int, one: Followed, text: str) -> tuple[Cell, ...]:
    task, last = one.task, one.last
    is_over = one.standing.is_over
    return (
        str(number),
        task.title,
        task.owner,
        task.lead,
        task.source,
        _day(task.decided_on),
        _day(one.due_on),
        CADENCES[task.every].vi if task.every else "",
        task.deliverable,
        str(last.percent) if last is not None and last.percent is not None else "",
        load("composing")["task"]["states"][one.standing.state.value][0],
        _day(last.done_on) if is_over and last is not None else "",
        text,
        one.standing.name_of.vi,
        task.unit,
    )


def _day(value: date | None) -> str:
    """A day as every reader of such files takes it."""
    return f"{value:%d/%m/%Y}" if value else ""
