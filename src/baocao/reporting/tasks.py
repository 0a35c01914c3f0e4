"""A file of key tasks (CSV or workbook) read into the tasks that a report counts and lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from baocao.formats import rows
from baocao.formats.errors import Unreadable
from baocao.model.sheet import SheetCell, SheetRow
from baocao.model.task import KeyTask, TaskState
from baocao.model.text import Problem, Text
from baocao.reference import load

_LACKING = Text(
    "{file}: không thấy dòng tiêu đề có đủ hai cột nhiệm vụ và trạng thái; hãy ghi tiêu đề cột nhiệm vụ là một trong: "
    "{titles}; cột trạng thái là một trong: {states}.",
    "{file}: no row of headings names both the task and its state; head the column of tasks with one of: {titles}; "
    "that of states with one of: {states}.",
)
_NONE = Text(
    "{file}: dưới dòng tiêu đề không có nhiệm vụ nào; hãy ghi mỗi nhiệm vụ một dòng, hoặc bỏ tệp này.",
    "{file}: no task stands below the headings; write each on a row of its own, or leave the file away.",
)
_STATE = Text(
    "{file}, dòng {row}: trạng thái “{seen}” không hiểu được; hãy ghi một trong: {names}.",
    "{file}, row {row}: the state “{seen}” is not known; write one of: {names}.",
)
_DUE = Text(
    "{file}, dòng {row}: hạn “{seen}” không phải là ngày; hãy ghi như 30/6/2026.",
    "{file}, row {row}: “{seen}” is no day; write it as 30/6/2026.",
)


_DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M:%S")  # workbooks may keep an hour with a day


class BadTasks(Problem):
    """A file of tasks that cannot be taken; ``text`` says where and why."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of a file: the task, and in ``told`` the words of every column that is known, by the column's key.

    Some columns (who leads, by which decision, what is to be delivered) are told by no report and kept by an office.
    """

    task: KeyTask
    row: int
    told: Mapping[str, str]


def read(path: Path) -> tuple[KeyTask, ...]:
    """All tasks of a file. Raises ``BadTasks``, also for a file that cannot be read."""
    return tuple(one.task for one in listed(path))


def listed(path: Path) -> tuple[Listed, ...]:
    """All rows of a file that name a task. Raises ``BadTasks``, also for a file that cannot be read."""
    try:
        sheets = rows.read(path).sheets
    except Unreadable as problem:
        raise BadTasks(Text(f"{path}: {problem.text.vi}", f"{path}: {problem.text.en}")) from problem
    found: list[Listed] = []
    is_headed = False
    for sheet in sheets:
        lines = iter(sheet.rows)
        heads = next((places for row in lines if (places := _heads(row))), None)
        if heads is not None:
            is_headed = True
            found += _tasks(path, heads, lines)
    if not found:
        raise BadTasks(_NONE.fill(file=path) if is_headed else _lacking(path))
    return tuple(found)


def _lacking(path: Path) -> Text:
    columns: Mapping[str, Sequence[str]] = load("composing")["task"]["columns"]
    return _LACKING.fill(file=path, titles=", ".join(columns["title"]), states=", ".join(columns["state"]))


def _heads(row: SheetRow) -> Mapping[str, int] | None:
    """Which column holds what, where a row names at least the title and the state."""
    named = {_words(cell).lower(): place for place, cell in enumerate(row.cells)}
    columns: Mapping[str, Sequence[str]] = load("composing")["task"]["columns"]
    found = {key: next((named[name] for name in names if name in named), -1) for key, names in columns.items()}
    return found if min(found["title"], found["state"]) >= 0 else None


def _tasks(path: Path, heads: Mapping[str, int], lines: Iterator[SheetRow]) -> Iterator[Listed]:
    for row in lines:
        told = {key: _words(row.cells[place]) for key, place in heads.items() if 0 <= place < len(row.cells)}
        title = told.get("title", "")
        if title:
            task = KeyTask(
                title=title,
                owner=told.get("owner", ""),
                due=_day(path, row, told.get("due", "")),
                state=_state(path, row, told.get("state", "")),
                progress=told.get("progress", ""),
            )
            yield Listed(task, row.number, told)


def _words(cell: SheetCell) -> str:
    return " ".join(str(cell).split())


def _state(path: Path, row: SheetRow, seen: str) -> TaskState:
    states: Mapping[str, Sequence[str]] = load("composing")["task"]["states"]
    for state, words in states.items():
        if seen.lower() in words:
            return TaskState(state)
    names = ", ".join(words[0] for words in states.values())
    raise BadTasks(_STATE.fill(file=path, row=row.number, seen=seen, names=names))


def _day(path: Path, row: SheetRow, seen: str) -> date | None:
    if not seen:
        return None
    for pattern in _DAYS:
        try:
            return datetime.strptime(seen, pattern).date()
        except ValueError:
            continue
    raise BadTasks(_DUE.fill(file=path, row=row.number, seen=seen))
