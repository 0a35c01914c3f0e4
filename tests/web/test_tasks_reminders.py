"""What the clock tells people of key tasks: who follows them, on the right working day, once, until they are done."""

from __future__ import annotations

import email
import json
import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from email.policy import default as policy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from baocao.model.task import TaskState
from baocao_web import environment
from baocao_web.people import recording
from baocao_web.people.models import User
from baocao_web.places import office
from baocao_web.places.calendar import working_day
from baocao_web.running import task_reminding
from baocao_web.running.channels import channels, mail_settings
from baocao_web.running.schedule import reminders
from baocao_web.tasks import assigning, progressing
from baocao_web.tasks.models import Task, TaskNotice
from baocao_web.tasks.progress_reading import Account
from tests.web.offices import HERE, PROVINCE, Office

DUE = date(2030, 6, 14)  # a Friday


def at(days: int, hour: int = 9) -> datetime:
    """A moment so many working days from the due day, by the office's clock."""
    return timezone.make_aware(datetime.combine(working_day(DUE, days), time(hour)))


def a_task(title: str = "Xây cầu Bến Thử", unit: str = HERE, due: date | None = DUE, **more: Any) -> Task:
    fields = assigning.Fields(unit, title, "Ban Quản lý dự án", due_on=due, **more)
    return assigning.create(fields, User.objects.get(username="tuan"), uuid.uuid4().hex)


@pytest.fixture
def mailing(made: Office, tmp_path: Path) -> Iterator[Office]:
    """The office with addresses, and mails that become files."""
    for user in User.objects.all():
        user.email = f"{user.username}@example.org"
        user.save()
    given = {
        "BAOCAO_EMAIL": f"file://{tmp_path / 'mails'}",
        "BAOCAO_EMAIL_FROM": "baocao@example.org",
        "BAOCAO_ADDRESS": "https://baocao.example.org/",
    }
    known = environment.read(given)
    kept = {"REMINDERS": reminders(known), "CHANNELS": channels(known), **mail_settings(known)}
    with override_settings(**kept):
        yield made


def mails() -> list[Any]:
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns) if folder.exists() else []
    return [email.message_from_bytes(file.read_bytes().split(b"\n-----")[0], policy=policy) for file in files]


def test_who_follows_a_task_is_reminded_once_on_each_of_the_days(mailing: Office) -> None:
    task = a_task()
    assert task_reminding.remind(at(-4)) == 0
    assert task_reminding.remind(at(-3)) == 1
    assert task_reminding.remind(at(-3, 15)) == 0
    assert task_reminding.remind(at(-2)) == 0
    (mail,) = mails()
    assert mail["To"] == "lan@example.org"
    words = mail.get_content()
    assert "Xây cầu Bến Thử (Ban Quản lý dự án, Phường Thượng Họa): hạn 14/6/2030, còn 3 ngày làm việc." in words
    assert f"https://baocao.example.org/tasks/{task.pk}/" in words
    (line,) = recording.lines("chasing:tasks")
    assert json.loads(line.details)["tasks"] == [task.pk]
    assert not list(recording.faults())


def test_much_too_late_the_superiors_are_told(mailing: Office) -> None:
    a_task()
    task_reminding.remind(at(5))
    assert {"tuan@example.org", "son@example.org"} & {one["To"] for one in mails()}


def test_one_mail_tells_of_all_tasks(mailing: Office) -> None:
    for number in range(3):
        a_task(f"Việc {number}")
    assert task_reminding.remind(at(-1)) == 1
    assert mails()[0]["Subject"].strip() == "Nhắc nhiệm vụ trọng tâm: 3 nhiệm vụ"
    assert mails()[0].get_content().count("https://") == 3


def test_the_tasks_of_the_office_itself_are_told_to_its_compiler(mailing: Office) -> None:
    a_task(unit=PROVINCE)
    assert task_reminding.remind(at(-1)) == 1
    assert mails()[0]["To"] == "tuan@example.org"


@pytest.mark.parametrize("ending", ["told", "dropped", "later", "undated"])
def test_nobody_is_reminded_of_what_is_not_owed(mailing: Office, ending: str) -> None:
    task = a_task(due=None if ending == "undated" else DUE)
    if ending != "undated":
        assert task_reminding.make_notices(at(-1)) == 1
    by = User.objects.get(username="tuan")
    if ending == "told":
        account = Account(TaskState.DONE, office.today(), "Đã xong", done_on=office.today())
        progressing.tell(task.pk, account, (), by, uuid.uuid4().hex)
    elif ending == "dropped":
        assigning.drop(task.pk, "Ghép", by, uuid.uuid4().hex)
    elif ending == "later":
        fields = assigning.Fields(HERE, task.title, task.owner, due_on=DUE + timedelta(days=90))
        assigning.amend(task.pk, fields, 1, by, uuid.uuid4().hex)
    assert task_reminding.remind(at(-1, 10)) == 0
    assert not mails()
    assert not TaskNotice.objects.filter(ended_at=None).exists()


def test_a_server_that_does_not_answer_costs_no_reminder(mailing: Office) -> None:
    a_task()
    lost = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": 9}
    with override_settings(**lost, EMAIL_USE_TLS=False):
        assert task_reminding.remind(at(-1)) == 0
    assert TaskNotice.objects.get().ended_at is None
    TaskNotice.objects.update(claimed_until=None)  # its lease is over
    assert task_reminding.remind(at(-1, 16)) == 1
    assert TaskNotice.objects.get().is_sent


def test_nothing_is_told_at_night_or_without_a_mail_server(mailing: Office) -> None:
    a_task()
    assert task_reminding.remind(at(-1, 22)) == 0
    assert not TaskNotice.objects.exists()
    with override_settings(CHANNELS=channels(environment.read({}))):
        assert task_reminding.remind(at(-1)) == 0
    assert not TaskNotice.objects.exists()


def test_the_clock_reminds_of_tasks(mailing: Office, capsys: pytest.CaptureFixture[str]) -> None:
    a_task(due=working_day(office.today(), 1))
    call_command("tick")
    call_command("tick")
    sent = [one for one in mails() if "nhiệm vụ trọng tâm" in one["Subject"]]
    now = timezone.localtime()
    assert len(sent) <= 1
    assert (len(sent) == 1) is task_reminding.is_office_hour(now)
