"""The key tasks of the fictional office: the province's own from its file, and some of two communes, at every stage.

Everything goes through the application's own actions, so that its record tells the story as it would tell a real one.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from baocao.model.task import TaskState
from baocao_web.people.models import User
from baocao_web.places import office
from baocao_web.tasks import assigning, importing, progressing
from baocao_web.tasks.evidence import Taken
from baocao_web.tasks.models import Task
from baocao_web.tasks.progress_reading import Account
from baocao_web.tasks.register import turns_open

_PROVINCE, _FIRST, _SECOND = "MH", "MHX01@2025-07-01", "MHX02@2025-07-01"


@dataclass(frozen=True, slots=True)
class People:
    """Who sets tasks, and by unit who tells of them and who confirms: the names of their accounts."""

    compiler: str
    reporters: dict[str, str]
    approvers: dict[str, str]


USUAL = People("tong-hop", {_FIRST: "nhap-x01", _SECOND: "nhap-x02"}, {_FIRST: "duyet-x01", _SECOND: "duyet-x02"})


def load(file: Path, people: People = USUAL) -> None:
    """Take the province's file of tasks in, and set those of the communes."""
    compiler, today = _user(people.compiler), office.today()
    given = SimpleUploadedFile(file.name, file.read_bytes())
    importing.take(given, _PROVINCE, today, compiler, _name())
    for fields, told in _of_communes(today):
        task = assigning.create(fields, compiler, _name())
        for step in told:
            _tell(task, step, people)


@dataclass(frozen=True, slots=True)
class _Step:
    """Something told of a task so many days ago, and what became of it."""

    text: str
    state: TaskState = TaskState.ONGOING
    percent: int | None = None
    days_ago: int = 1
    turns_ago: int = 0
    verdict: str = ""
    reason: str = ""
    files: tuple[Taken, ...] = ()


def _tell(task: Task, step: _Step, people: People) -> None:
    last = task.progress.order_by("-number").first()
    on = office.today() - timedelta(days=step.days_ago)
    is_done = step.state is TaskState.DONE
    turn = turns_open(task, office.today())[step.turns_ago].code if task.every else ""
    account = Account(
        step.state, on, step.text, turn, on if is_done else None, step.percent, base=last.number if last else 0
    )
    progressing.tell(task.pk, account, step.files, _user(people.reporters[task.unit]), _name())
    number, approver = account.base + 1, _user(people.approvers[task.unit])
    if step.verdict == "confirm":
        progressing.confirm(task.pk, number, approver, _name())
    elif step.verdict == "return":
        progressing.send_back(task.pk, number, step.reason, approver, _name())


def _of_communes(today: date) -> Iterator[tuple[assigning.Fields, tuple[_Step, ...]]]:
    def fields(unit: str, title: str, lead: str, days: int | None, deliverable: str, every: str = "") -> Any:
        decided = today - timedelta(days=100)
        due = None if days is None else today + timedelta(days=days)
        owner = f"UBND {office.unit(unit).name[0].lower()}{office.unit(unit).name[1:]}"
        return assigning.Fields(unit, title, owner, lead, "215/KH-UBND", decided, due, every, deliverable)

    yield (
        fields(_FIRST, "Giải phóng mặt bằng tuyến tránh chợ Thượng Họa", "Đỗ Thử Nghiệm", 9, "Mặt bằng sạch 1,8 km"),
        (
            _Step("Đã kiểm đếm 46/46 hộ.", percent=30, days_ago=60, verdict="confirm"),
            _Step("Đã chi trả cho 39/46 hộ; còn 07 hộ đang vận động.", percent=70, days_ago=3),
        ),
    )
    minutes = Taken("Bien ban nghiem thu.txt", "Biên bản nghiệm thu (hư cấu).".encode())
    yield (
        fields(_FIRST, "Số hóa hồ sơ hộ tịch trước năm 2025", "Lý Thử Nghiệm", -4, "Kho dữ liệu hộ tịch"),
        (_Step("Đã số hóa 12.480 hồ sơ, nghiệm thu xong.", TaskState.DONE, 100, 6, files=(minutes,)),),
    )
    yield (
        fields(_FIRST, "Kiểm tra trật tự xây dựng trên địa bàn phường", "Đỗ Thử Nghiệm", None, "Báo cáo kiểm tra", "Q"),
        (
            _Step("Đã kiểm tra 05/05 tổ dân phố.", TaskState.DONE, 100, 55, 1, "confirm"),
            _Step("Đã kiểm tra 03/05 tổ dân phố, lập 02 biên bản.", percent=60, days_ago=2),
        ),
    )
    yield (
        fields(_SECOND, "Kiên cố hóa 6 km kênh mương nội đồng", "Hồ Thử Nghiệm", 40, "6 km kênh bê tông"),
        (
            _Step("Đã xong 2,5 km.", percent=40, days_ago=30, verdict="confirm"),
            _Step("Đã xong toàn bộ.", TaskState.DONE, 100, 2, 0, "return", "Mới thấy ảnh của 4 km; đề nghị bổ sung."),
        ),
    )
    yield (fields(_SECOND, "Xây nhà văn hóa thôn Nương Vẽ", "Hồ Thử Nghiệm", -12, "Nhà văn hóa 120 chỗ"), ())


def _user(name: str) -> User:
    return User.objects.get(username=name)


def _name() -> str:
    return uuid.uuid4().hex
