"""What somebody tells of a task's progress, as it is typed: read, with what is wrong in each field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from baocao.model.period import NotAPeriod, Period
from baocao.model.task import TaskState
from baocao.model.text import Problem, Text
from baocao_web.places import office
from baocao_web.tasks import wording

LENGTHS: Final = {"text": 5_000, "link": 500}
_NO_TEXT = Text("hãy ghi kết quả thực hiện.", "write what has been done.")
_STATE = Text("hãy chọn trạng thái trong danh sách.", "choose the state from the list.")
_PERCENT = Text("tiến độ “{seen}” không phải là số nguyên từ 0 đến 100.", "“{seen}” is no whole number from 0 to 100.")
_FUTURE = Text(
    "ngày {seen} chưa đến; hãy ghi ngày đã qua hoặc hôm nay.", "{seen} is still to come; write a day until today."
)
_BEFORE = Text(
    "ngày {seen} sớm hơn ngày văn bản giao {decided}; hãy xem lại.",
    "{seen} is before the instrument of {decided}; look at it again.",
)
_DONE_LATER = Text(
    "ngày hoàn thành {done} sau ngày báo cáo {on}; hãy xem lại.",
    "done on {done}, after the day told of, {on}; look at it again.",
)
TURN = Text("hãy chọn kỳ trong danh sách.", "choose the period from the list.")


@dataclass(frozen=True, slots=True)
class Account:
    """What somebody tells of a task as of a day; ``base`` is the number of the last report that he saw."""

    state: TaskState
    on: date
    text: str
    turn: str = ""
    done_on: date | None = None
    percent: int | None = None
    link: str = ""
    base: int = 0

    def told(self) -> dict[str, Any]:
        """As the record tells it."""
        told = {
            "state": self.state.value,
            "on": self.on.isoformat(),
            "text": self.text,
            "turn": self.turn,
            "done_on": self.done_on.isoformat() if self.done_on else "",
            "percent": "" if self.percent is None else self.percent,
            "link": self.link,
        }
        return {name: value for name, value in told.items() if value != ""}


def read(typed: Mapping[str, str]) -> Account:
    """A report as typed. Raises ``BadFields`` with what is wrong in each field."""
    readings: dict[str, wording.Reading] = {
        "state": _state,
        "on": wording.day,
        "text": _text,
        "turn": _turn,
        "done_on": wording.day,
        "percent": percent_of,
        "link": partial(wording.line, most=LENGTHS["link"]),
    }
    values, faults = wording.read_each(typed, readings)
    values["on"] = values["on"] or office.today()
    is_done = values["state"] is TaskState.DONE
    values["done_on"] = (values["done_on"] or values["on"]) if is_done else None
    values["percent"] = 100 if is_done else values["percent"]
    found = Account(**values, base=wording.whole(typed.get("base", "")))
    wording.refuse(amiss(found, None) | faults)
    return found


def amiss(account: Account, decided_on: date | None) -> dict[str, Text]:
    """Days of a report that cannot be, by their fields."""
    faults: dict[str, Text] = {}
    on, done_on = account.on, account.done_on
    if on > office.today():
        faults["on"] = _FUTURE.fill(seen=f"{on:%d/%m/%Y}")
    if done_on is not None and done_on > on:
        faults["done_on"] = _DONE_LATER.fill(done=f"{done_on:%d/%m/%Y}", on=f"{on:%d/%m/%Y}")
    for name, seen in (("on", on), ("done_on", done_on)):
        if seen is not None and decided_on is not None and seen < decided_on:
            faults.setdefault(name, _BEFORE.fill(seen=f"{seen:%d/%m/%Y}", decided=f"{decided_on:%d/%m/%Y}"))
    return faults


def _state(seen: str) -> TaskState:
    try:
        return TaskState(seen)
    except ValueError:
        raise Problem(_STATE) from None


def _text(seen: str) -> str:
    words = wording.paragraphs(seen, LENGTHS["text"])
    if not words:
        raise Problem(_NO_TEXT)
    return words


def percent_of(seen: str) -> int | None:
    """The share done that was typed, none where nothing was. Raises ``Problem``."""
    words = seen.strip().removesuffix("%").strip()
    if not words:
        return None
    if words.isascii() and words.isdigit() and len(words) <= 3 and int(words) <= 100:
        return int(words)
    raise Problem(_PERCENT.fill(seen=wording.quoted(words)))


def _turn(seen: str) -> str:
    """The code of a period, or nothing. Raises ``Problem``."""
    try:
        return Period.parse(seen).code if seen else ""
    except NotAPeriod:
        raise Problem(TURN) from None
