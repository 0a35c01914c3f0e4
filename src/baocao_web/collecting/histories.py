"""What became of an entry and of each of its cells: who typed what when, who said what, who passed it on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from baocao.model.text import Text
from baocao_web.collecting.sheets import words_of
from baocao_web.collecting.typing import Cell
from baocao_web.people.recording import Line, lines

_NAMES = {
    "enter": Text("nhập số liệu", "typed"),
    "submit": Text("nộp biểu", "submitted"),
    "approve": Text("duyệt", "approved"),
    "return": Text("trả lại", "returned"),
    "correct": Text("mở lại để sửa", "opened for correction"),
    "extend": Text("gia hạn", "extended"),
    "comment": Text("ý kiến", "comment"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to an entry or a cell. ``beside`` says that what was typed did not come to stand."""

    at: datetime
    by: str
    name: Text
    words: str = ""
    is_beside: bool = False
    cells: tuple[str, ...] = field(default=())


def of_cell(entry: int, cell: str) -> list[Event]:
    """All that was typed into a cell and said of it, the latest first."""
    return list(_cell_events(entry, cell))[::-1]


def _cell_events(entry: int, cell: str) -> Iterator[Event]:
    for line in lines(f"entry:{entry}"):
        told = json.loads(line.details)
        for name, is_beside in (("cells", False), ("beside", True)):
            found = told.get(name) if line.action == "enter" else None
            if found and cell in found:
                value, mark, typed = found[cell]
                yield _event(line, words_of(Cell(value, mark, 0, typed)), is_beside=is_beside)
        if line.action == "comment" and told["cell"] == cell:
            yield _event(line, told["text"])
        if line.action in ("return", "correct") and (not told["cells"] or cell in told["cells"]):
            yield _event(line, told["reason"])


def of_entry(entry: int) -> list[Event]:
    """All that happened to an entry, the latest first."""
    return [_event(line, _words(json.loads(line.details))) for line in lines(f"entry:{entry}")][::-1]


def _words(told: dict[str, object]) -> str:
    return str(told.get("reason") or told.get("text") or "")


def _event(line: Line, words: str, *, is_beside: bool = False) -> Event:
    name = _NAMES.get(line.action, Text(line.action, line.action))
    return Event(datetime.fromisoformat(line.at), line.by, name, words, is_beside)
