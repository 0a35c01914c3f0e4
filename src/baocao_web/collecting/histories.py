"""What became of a round, an entry and each of its cells: who typed what when, who said what, who passed it on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from baocao.model.text import Text
from baocao_web.collecting.layout import Layout
from baocao_web.collecting.returning import every_handed_over
from baocao_web.collecting.sheets import words_of
from baocao_web.collecting.typing import EMPTY, Cell
from baocao_web.people.names import names_of
from baocao_web.people.recording import Line, lines

Handed = Mapping[int, Mapping[str, Cell]]  # the cells of each version that was handed over

_NAMES: Final = {
    "enter": Text("nhập số liệu", "typed"),
    "workbook": Text("ghi nhận từ tệp Excel", "took a workbook"),
    "gather": Text("lấy số tổng hợp của cấp dưới", "took what the units below make"),
    "submit": Text("nộp biểu", "submitted"),
    "approve": Text("duyệt", "approved"),
    "return": Text("trả lại", "returned"),
    "correct": Text("mở lại để sửa", "opened for correction"),
    "extend": Text("gia hạn", "extended"),
    "comment": Text("ý kiến", "remark"),
    "open": Text("mở đợt", "opened"),
    "move_days": Text("đổi ngày", "moved the days"),
    "close_round": Text("khóa đợt", "closed the round"),
    "reopen_round": Text("mở lại đợt", "opened the round again"),
}
_LEFT: Final = {
    "beside": Text(
        "không được lấy: người khác đã sửa ô này trước", "not taken: somebody else had changed the cell before"
    ),
    "closed": Text("không được lấy: ô không mở để sửa", "not taken: the cell was not open"),
}
_VERSION: Final = Text("phiên bản {version}", "version {version}")
_CHANGE: Final = Text("{cell}: {old} → {new}", "{cell}: {old} → {new}")
_MORE: Final = Text("và {count} ô khác", "and {count} more cells")
_EMPTY: Final = "–"
_NAMED: Final = 5
_SETTLED: Final = Text("đã giải quyết", "settled")
_CELLS: Final = Text("{count} ô", "{count} cells")
_DAYS: Final = {
    "opens_on": Text("mở {after}", "open from {after}"),
    "due_on": Text("hạn nộp {before} → {after}", "due {before} → {after}"),
    "late_on": Text("nhận muộn đến {before} → {after}", "late until {before} → {after}"),
    "locked_on": Text("khóa từ {before} → {after}", "locked from {before} → {after}"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to an entry or a cell. ``notes`` say what else is to be known of it."""

    at: datetime
    by: str
    name: Text
    words: str = ""
    notes: tuple[Text, ...] = ()
    version: int | None = None  # that was passed on


def of_cell(entry: int, cell: str) -> list[Event]:
    """All that was typed into a cell and said of it, and who passed on which figure of it, the latest first."""
    found = list(lines(f"entry:{entry}"))
    names = names_of(line.by for line in found)
    handed = every_handed_over(entry)
    return [event for line in found for event in _of_line(line, cell, names, handed)][::-1]


def _of_line(line: Line, cell: str, names: Mapping[str, str], handed: Handed) -> Iterator[Event]:
    told = json.loads(line.details)
    if line.action in ("enter", "gather"):
        for group, note in (("cells", None), *_LEFT.items()):
            if cell in told.get(group, ()):
                value, mark, typed = told[group][cell]
                notes = () if note is None else (note,)
                yield _event(line, names, words_of(Cell(value, mark, 0, typed)), notes)
    elif line.action == "comment" and told["cell"] == cell:
        yield _event(line, names, told["text"], _notes(line, told))
    elif line.action in ("return", "correct") and (not told["cells"] or cell in told["cells"]):
        yield _event(line, names, told["reason"])
    elif line.action in ("submit", "approve"):
        seen = handed.get(told["version"], {}).get(cell, EMPTY)
        yield _event(line, names, words_of(seen) or _EMPTY, (_VERSION.fill(version=told["version"]),))


def of_entry(entry: int, layout: Layout) -> list[Event]:
    """All that happened to an entry, the latest first; of what was passed on, its version and what changed in it."""
    found = _of_stream(f"entry:{entry}")
    handed = every_handed_over(entry)
    changes: dict[int, tuple[Text, ...]] = {}
    before: dict[str, Cell] = {}
    for version, cells in handed.items():
        changes[version] = tuple(_changed(before, cells, layout)) if before else ()
        before = cells
    return [_with_version(one, changes) for one in found]


def _with_version(event: Event, changes: Mapping[int, tuple[Text, ...]]) -> Event:
    if event.version is None or event.version not in changes:
        return event if event.version is None else replace(event, version=None)
    told = changes[event.version] if event.name in (_NAMES["submit"], _NAMES["approve"]) else ()
    return replace(event, notes=(_VERSION.fill(version=event.version), *told, *event.notes))


def _changed(before: Mapping[str, Cell], now: Mapping[str, Cell], layout: Layout) -> Iterator[Text]:
    """What a version that was passed on has otherwise than the one before: the first few cells, and how many more."""
    keys = [key for key in layout.entries if not now.get(key, EMPTY).is_same(before.get(key, EMPTY))]
    for key in keys[:_NAMED]:
        row, column = layout.entries[key]
        told = {"old": words_of(before.get(key, EMPTY)) or _EMPTY, "new": words_of(now.get(key, EMPTY)) or _EMPTY}
        yield Text(
            _CHANGE.vi.format(cell=f"{row.name.vi}, {column.name.vi}", **told),
            _CHANGE.en.format(cell=f"{row.name.en}, {column.name.en}", **told),
        )
    if len(keys) > _NAMED:
        yield _MORE.fill(count=len(keys) - _NAMED)


def of_round(round_id: int) -> list[Event]:
    """All that happened to a round, the latest first."""
    return _of_stream(f"round:{round_id}")


def _of_stream(stream: str) -> list[Event]:
    found = list(lines(stream))
    names = names_of(line.by for line in found)
    told = [(line, json.loads(line.details)) for line in found]
    return [_event(line, names, _words(each), _notes(line, each), _version(line, each)) for line, each in told][::-1]


def _version(line: Line, told: Mapping[str, Any]) -> int | None:
    return told["version"] if line.action in ("submit", "approve", "return", "correct") else None


def _words(told: Mapping[str, Any]) -> str:
    return str(told.get("reason") or told.get("text") or told.get("file") or "")


def _notes(line: Line, told: Mapping[str, Any]) -> tuple[Text, ...]:
    if line.action == "move_days":
        return tuple(_moved(name, *both) for name, both in told["days"].items())
    if line.action in ("enter", "gather", "return", "correct") and told["cells"]:
        return (_CELLS.fill(count=len(told["cells"])),)
    return (_SETTLED,) if told.get("settled") else ()


def _moved(name: str, before: str, after: str) -> Text:
    days = {"before": date.fromisoformat(before), "after": date.fromisoformat(after)}
    return _DAYS[name].fill(**{each: f"{day:%d/%m/%Y}" for each, day in days.items()})


def _event(
    line: Line, names: Mapping[str, str], words: str, notes: tuple[Text, ...] = (), version: int | None = None
) -> Event:
    name = _NAMES.get(line.action, Text(line.action, line.action))
    return Event(datetime.fromisoformat(line.at), names.get(line.by, line.by), name, words, notes, version)
