"""Tasks from a file, in the form that ``baocao draft --tasks`` takes: all of its rows, or none.

A row that names a task that is there (same unit, name and owner) amends it by the columns that are filled; a state or
progress that is not what stands there is told of it. So a file that was handed out and comes back changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, Final
from zipfile import BadZipFile, ZipFile, is_zipfile

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from baocao.model.task import TaskState
from baocao.model.text import Problem, Text
from baocao.reporting.tasks import Listed, listed
from baocao_web.people.policies import demand, may
from baocao_web.people.recording import Done, Replayed, append, demand_new
from baocao_web.people.roles import Action
from baocao_web.places import office
from baocao_web.places.vietnamese import folded
from baocao_web.tasks import assigning, progress_reading, progressing, wording
from baocao_web.tasks.assigning import Fields, fields_of
from baocao_web.tasks.exporting import CADENCE_WORDS
from baocao_web.tasks.models import Progress, Task
from baocao_web.tasks.progress_reading import Account
from baocao_web.tasks.register import CONFIRMED, one_followed
from baocao_web.tasks.standings import turn_of
from baocao_web.tasks.wording import BadFields

MOST: Final = 4 * 1024 * 1024
ROWS: Final = 2_000
UNPACKED: Final = 16 * 1024 * 1024  # of a workbook, and of all words in it: 2.000 rows of tasks have a tenth of that
LINES: Final = 20 * ROWS  # of a text: blank ones, and those within a cell, among them
SUFFIXES: Final = (".csv", ".tsv", ".xlsx", ".xls", ".ods")
_SHOWN: Final = 8
_NONE = Text("hãy chọn tệp danh mục nhiệm vụ.", "choose the file of tasks.")
_KIND = Text(
    "chỉ nhận tệp {suffixes}; tệp “{seen}” không phải.", "only {suffixes} files are taken; “{seen}” is none of these."
)
_SIZE = Text(
    "tệp nặng {seen} MB, giới hạn là {limit} MB; danh mục nhiệm vụ chỉ cần các dòng chữ.",
    "the file has {seen} MB, the limit is {limit} MB; a list of tasks needs its rows of words only.",
)
_SWOLLEN = Text(
    "tệp có quá nhiều dòng hoặc ô, nhiều hơn mọi danh mục nhiệm vụ (nhiều nhất {limit} dòng); hãy xóa các dòng thừa "
    "rồi lưu lại.",
    "the file has more rows or cells than any list of tasks ({limit} rows at most); delete those that are not needed "
    "and save it anew.",
)
_TOO_MANY = Text("{seen} nhiệm vụ trong một tệp, nhiều nhất là {limit}.", "{seen} tasks in one file, {limit} at most.")
_ROWS = Text(
    "Tệp chưa được nhận, không nhiệm vụ nào bị đổi: {count} dòng cần sửa. {rows}",
    "The file was not taken, no task has changed: {count} rows need mending. {rows}",
)
_ROW = Text("Dòng {row}: {said}", "Row {row}: {said}")
_TWICE = Text("trùng nhiệm vụ ở dòng {first}.", "the same task as in row {first}.")
_UNIT = Text("không có đơn vị mã “{seen}”, hoặc không thuộc quyền.", "there is no unit “{seen}” within your reach.")
_CADENCE = Text(
    "định kỳ “{seen}” không hiểu được; hãy ghi một trong: {names}.", "“{seen}” is not known; write one of: {names}."
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file's rows."""

    new: int = 0
    changed: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it is meant: what is set of the task, and what is told of it."""

    number: int
    fields: Fields
    account: Account


def take(given: UploadedFile | None, unit: str, on: date, user: Any, request: str) -> Taken:
    """Take the tasks of a file, which tells them as of a day. Raises ``Problem``, ``PermissionDenied``."""
    demand(user, Action.ASSIGN, unit)
    rows = read(given, unit, on, user)
    by = user.get_username()
    try:
        with transaction.atomic():
            for one in sorted({unit, *(row.fields.unit for row in rows)}):
                assigning.queue(one)
            demand_new(f"tasks:{unit}", request)
            taken = _written(rows, by)
            told = {"new": taken.new, "changed": taken.changed, "same": taken.same, "on": on.isoformat()}
            append(Done(f"tasks:{unit}", by, "task_assign", unit, told, request))
            return taken
    except Replayed as before:
        return Taken(*(before.details[name] for name in ("new", "changed", "same")))


def read(given: UploadedFile | None, unit: str, on: date, user: Any) -> list[Row]:
    """The rows of a file as they are meant. Raises ``Problem`` with all that is wrong."""
    if given is None:
        raise Problem(_NONE)
    name, size = given.name or "", given.size or 0
    suffix = PurePosixPath(name.lower()).suffix
    if suffix not in SUFFIXES:
        raise Problem(_KIND.fill(suffixes=", ".join(SUFFIXES), seen=wording.quoted(name[-40:])))
    if size > MOST:
        raise Problem(_SIZE.fill(seen=-(-size // 1024**2), limit=MOST // 1024**2))
    content = given.read()
    if _is_swollen(content):
        raise Problem(_SWOLLEN.fill(limit=ROWS))
    with TemporaryDirectory(prefix="baocao-tasks-") as folder:
        path = Path(folder) / f"nhiem-vu{suffix}"
        path.write_bytes(content)
        try:
            found = listed(path)
        except Problem as problem:
            raise Problem(_without_folder(problem.text, path)) from problem
    if len(found) > ROWS:
        raise Problem(_TOO_MANY.fill(seen=len(found), limit=ROWS))
    return _meant(found, unit, on, user)


def _is_swollen(content: bytes) -> bool:
    """Whether a file holds so much that reading it would keep everybody else waiting."""
    if not is_zipfile(BytesIO(content)):
        return content.count(b"\n") > LINES
    try:
        with ZipFile(BytesIO(content)) as package:
            return sum(one.file_size for one in package.infolist()) > UNPACKED
    except BadZipFile:
        return False  # whoever reads it says what is wrong with it


def _without_folder(text: Text, path: Path) -> Text:
    """Why a file was not taken, without where it lay."""
    return Text(*(words.replace(str(path), path.name) for words in (text.vi, text.en)))


def _meant(found: Sequence[Listed], unit: str, on: date, user: Any) -> list[Row]:
    near = {
        folded(one.name): one.key for one in office.geography().at(office.today()) if office.is_within(one.key, unit)
    }
    rows: list[Row] = []
    faults: list[tuple[int, Text]] = []
    seen: dict[tuple[str, str, str], int] = {}
    for one in found:
        try:
            fields = _fields(one, unit, near, user)
            row = Row(one.row, fields, _account(one, on, fields.decided_on))
        except Problem as problem:
            faults += [(one.row, text) for text in _said(problem)]
            continue
        if row.fields.key in seen:
            faults.append((one.row, _TWICE.fill(first=seen[row.fields.key])))
        seen.setdefault(row.fields.key, one.row)
        rows.append(row)
    if faults:
        raise Problem(_refusal(faults))
    return rows


def _refusal(faults: Sequence[tuple[int, Text]]) -> Text:
    """What is wrong with a file, by its rows, of many the first."""
    vi = " ".join(_ROW.vi.format(row=number, said=text.vi) for number, text in faults[:_SHOWN])
    en = " ".join(_ROW.en.format(row=number, said=text.en) for number, text in faults[:_SHOWN])
    return Text(_ROWS.vi.format(count=len(faults), rows=vi), _ROWS.en.format(count=len(faults), rows=en))


def _said(problem: Problem) -> Iterator[Text]:
    if isinstance(problem, BadFields):
        yield from problem.faults.values()
    else:
        yield problem.text


def _fields(one: Listed, unit: str, near: Mapping[str, str], user: Any) -> Fields:
    """What a row sets of its task. Raises ``Problem``."""
    told = {name: safe(words) for name, words in one.told.items()}
    named = told.get("unit", "")
    key = named or near.get(folded(told.get("owner", "")), unit)
    if not office.is_known(key) or not may(user, Action.ASSIGN, key):
        raise Problem(_UNIT.fill(seen=wording.quoted(named)))
    every = CADENCE_WORDS.get(told.get("every", "").casefold())
    if every is None:
        names = ", ".join(word for word in CADENCE_WORDS if word)
        raise Problem(_CADENCE.fill(seen=wording.quoted(told["every"]), names=names))
    due = one.task.due.isoformat() if one.task.due and not every else ""
    typed = {**told, "unit": key, "every": every, "due_on": due}
    return assigning.read(typed | {"decided_on": _day_words(told.get("decided_on", ""))})


def safe(words: str) -> str:
    """Words as they were before they were handed out: without the sign that keeps them from being a formula."""
    return words[1:] if words[:1] == "'" and words[1:2] in ("=", "+", "-", "@") else words


def _day_words(seen: str) -> str:
    """A day as a workbook gives it, without its hour."""
    return seen.partition(" ")[0]


def _account(one: Listed, on: date, decided_on: date | None) -> Account:
    """What a row tells of its task. Raises ``Problem``."""
    is_done = one.task.state is TaskState.DONE
    text = wording.paragraphs(safe(one.task.progress), progress_reading.LENGTHS["text"])
    percent = 100 if is_done else progress_reading.percent_of(one.told.get("percent", ""))
    done_on = wording.day(_day_words(one.told.get("done_on", ""))) if is_done else None
    found = Account(one.task.state, on, text, done_on=done_on, percent=percent)
    wording.refuse(progress_reading.amiss(found, decided_on))
    return found


def _written(rows: Sequence[Row], by: str) -> Taken:
    there = {
        fields_of(task).key: task
        for unit in {row.fields.unit for row in rows}
        for task in Task.objects.select_for_update().filter(unit=unit, dropped_on=None)
    }
    counts = {"new": 0, "changed": 0, "same": 0}
    for row in rows:
        task = there.get(row.fields.key)
        if task is None:
            task = assigning.put_down(row.fields, by)
            kind = "new"
            _tell(row, task, by)
        else:
            is_changed = [_amended(row, task, by), _tell(row, task, by)]
            kind = "changed" if any(is_changed) else "same"
        counts[kind] += 1
    return Taken(**counts)


def _amended(row: Row, task: Task, by: str) -> bool:
    """Whether what a row sets is not what was set; a column left empty takes nothing away. Raises ``Problem``."""
    fields, now = row.fields, fields_of(task)
    given = {name: value for name in Fields.__dataclass_fields__ if (value := getattr(fields, name)) not in (None, "")}
    wanted = replace(now, **{**given, "title": now.title, "owner": now.owner})
    if wanted.every and wanted.due_on is not None:
        wanted = replace(wanted, due_on=fields.due_on)
    if wanted == now:
        return False
    _demand_sound(row, dict(assigning.amiss(wanted)))
    assigning.write(task, wanted, by)
    return True


def _tell(row: Row, task: Task, by: str) -> bool:
    """Whether what a row tells is not how the task stands. Who may set tasks vouches for what his file tells."""
    account = row.account
    turn = turn_of(task.every, account.on).code if task.every else ""
    last = progressing.last_told(task, turn)
    if one_followed(task, account.on).standing.state is account.state and _is_same(last, account):
        return False
    faults = progress_reading.amiss(account, task.decided_on)
    if last is not None and account.on < last.on:
        faults["on"] = progressing.before_last(last)
    _demand_sound(row, faults)
    progressing.put_down(task, replace(account, turn=turn), by, verdict=CONFIRMED)
    return True


def _demand_sound(row: Row, faults: Mapping[str, Text]) -> None:
    """Raises ``Problem`` where a row does not go with what is there already."""
    if faults:
        raise Problem(_refusal([(row.number, text) for text in faults.values()]))


def _is_same(last: Progress | None, account: Account) -> bool:
    if last is None:
        return not account.text and account.percent is None
    is_text = not account.text or " ".join(last.text.split()) == " ".join(account.text.split())
    is_percent = account.percent is None or last.percent == account.percent
    return is_text and is_percent and (account.done_on is None or last.done_on == account.done_on)
