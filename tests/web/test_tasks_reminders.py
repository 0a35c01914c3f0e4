"""What the clock tells people of key tasks: who follows them, on the right working day, once, until they are done."""

from __future__ import annotations

import json
import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from baocao.model.task import TaskState
from baocao_web import environment
from baocao_web.people import recording
from baocao_web.people.models import Grant, User
from baocao_web.people.roles import Role
from baocao_web.places import office
from baocao_web.places.calendar import working_day
from baocao_web.running import task_reminding, task_telling
from baocao_web.running.channels import channels
from baocao_web.running.schedule import is_office_hour
from baocao_web.tasks import assigning, progressing
from baocao_web.tasks.models import Task, TaskNotice
from baocao_web.tasks.progress_reading import Account
from tests.web.offices import HERE, PROVINCE, Office
from tests.web.reminded import DUE, at, by_three_at_once, mails, receiving, with_mails

mailing = pytest.fixture(with_mails)


def turn(now: datetime) -> int:
    """One turn of the clock; how many mails it sent."""
    task_reminding.make_notices(now)
    return task_telling.send_mails(now).sent


def a_task(title: str = "Xây cầu Bến Thử", unit: str = HERE, due: date | None = DUE, **more: Any) -> Task:
    fields = assigning.Fields(unit, title, "Ban Quản lý dự án", due_on=due, **more)
    return assigning.create(fields, User.objects.get(username="tuan"), uuid.uuid4().hex)


def test_who_follows_a_task_is_reminded_once_on_each_of_the_days(mailing: Office) -> None:
    task = a_task()
    assert turn(at(-4)) == 0
    assert turn(at(-3)) == 1
    assert turn(at(-3, 15)) == 0
    assert turn(at(-2)) == 0
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
    own = User.objects.create_user("chu", full_name="Nguyễn Hư Chủ", email="chu@example.org")
    Grant.objects.create(user=own, role=Role.LEADER.value, unit=HERE)
    turn(at(5))
    told = {one["To"].partition("@")[0]: one for one in mails()}
    assert set(told) == {"lan", "hoa", "tuan", "son"}, "those who tell of it, and the office above, not the unit's own"
    assert told["son"]["Subject"].strip() == "Nhiệm vụ trọng tâm quá hạn: 1 nhiệm vụ"
    assert "của đơn vị cấp dưới đã quá hạn" in told["son"].get_content()
    assert "đã quá 5 ngày làm việc" in told["son"].get_content()
    assert turn(at(5, 15)) == 0
    assert turn(at(6)) == 0


def test_where_nobody_stands_above_the_own_leader_is_told(mailing: Office) -> None:
    a_task(unit=PROVINCE)
    turn(at(5))
    assert "son@example.org" in {one["To"] for one in mails()}


def test_one_mail_tells_of_all_tasks(mailing: Office) -> None:
    for number in range(3):
        a_task(f"Việc {number}")
    assert turn(at(-1)) == 1
    assert mails()[0]["Subject"].strip() == "Nhắc nhiệm vụ trọng tâm: 3 nhiệm vụ"
    assert mails()[0].get_content().count("https://") == 3


def test_the_tasks_of_the_office_itself_are_told_to_its_compiler(mailing: Office) -> None:
    a_task(unit=PROVINCE)
    assert turn(at(-1)) == 1
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
    assert turn(at(-1, 10)) == 0
    assert not mails()
    assert not TaskNotice.objects.filter(ended_at=None).exists()


def test_a_server_that_does_not_answer_costs_no_reminder(mailing: Office) -> None:
    a_task()
    lost = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": 9}
    with override_settings(**lost, EMAIL_USE_TLS=False):
        assert turn(at(-1)) == 0
    assert TaskNotice.objects.get().ended_at is None
    TaskNotice.objects.update(claimed_until=None)  # its lease is over
    assert turn(at(-1, 16)) == 1
    assert TaskNotice.objects.get().is_sent


def test_nothing_is_told_at_night_or_without_a_way(mailing: Office) -> None:
    a_task()
    assert turn(at(-1, 22)) == 0
    assert not TaskNotice.objects.exists()
    with override_settings(CHANNELS=channels(environment.read({}))):
        assert turn(at(-1)) == 0
    assert not TaskNotice.objects.exists()


def told_and_returned(task: Task, reason: str = "Thiếu biên bản nghiệm thu") -> None:
    """Lan told that it is under way, and Hoa sent that back."""
    lan, hoa = (User.objects.get(username=name) for name in ("lan", "hoa"))
    last = task.progress.order_by("-number").first()
    account = Account(TaskState.ONGOING, office.today(), "Đã xong móng", base=last.number if last else 0)
    progressing.tell(task.pk, account, (), lan, uuid.uuid4().hex)
    number = task.progress.order_by("-number").values_list("number", flat=True)[0]
    progressing.send_back(task.pk, number, reason, hoa, uuid.uuid4().hex)


def in_office_hours() -> datetime:
    """The next hour at which people are written to."""
    return timezone.make_aware(datetime.combine(working_day(timezone.localdate(), 1), at(0).time()))


def test_who_told_of_a_task_hears_once_that_it_came_back_and_why(mailing: Office) -> None:
    task, now = a_task(), in_office_hours()
    told_and_returned(task)
    assert turn(now) == 1
    assert turn(now + timedelta(hours=1)) == 0
    (mail,) = mails()
    assert mail["To"] == "lan@example.org"
    assert mail["Subject"].strip() == "Báo cáo nhiệm vụ bị trả lại: 1 nhiệm vụ"
    assert "Lý do: Thiếu biên bản nghiệm thu" in mail.get_content()
    told_and_returned(task, "Vẫn thiếu")
    assert turn(now + timedelta(hours=2)) == 1, "another return is another thing to be told"
    assert "Vẫn thiếu" in mails()[-1].get_content()
    assert not list(recording.faults())


def test_what_was_told_anew_or_came_back_long_ago_is_not_told(mailing: Office) -> None:
    task, now = a_task(), in_office_hours()
    told_and_returned(task)
    assert task_reminding.make_notices(now) == 1
    account = Account(TaskState.ONGOING, office.today(), "Đã bổ sung biên bản", base=1)
    progressing.tell(task.pk, account, (), User.objects.get(username="lan"), uuid.uuid4().hex)
    assert turn(now) == 0
    told_and_returned(task)
    assert turn(now + timedelta(days=9)) == 0
    assert not mails()


def test_the_webhook_is_told_of_tasks_too_and_of_nobody(mailing: Office) -> None:
    task = a_task()
    returned = a_task("Sửa chợ Bến Thử", due=None)
    with receiving() as (receiver, _):
        receiver.status = 500
        task_reminding.make_notices(at(-1))
        assert task_telling.call_webhook(at(-1)) == (0, 1)
        TaskNotice.objects.update(claimed_until=None)  # the pause is over
        receiver.status = 200
        assert task_telling.call_webhook(at(-1, 10)) == (1, 0)
        assert task_telling.call_webhook(at(-1, 11)) == (0, 0)
        task_reminding.make_notices(at(5))
        assert task_telling.call_webhook(at(5)) == (1, 0)
        told_and_returned(returned)
        task_reminding.make_notices(in_office_hours())
        assert task_telling.call_webhook(in_office_hours()) == (1, 0)
    bodies = [json.loads(body)["notices"] for _, body in receiver.taken]
    assert bodies[0] == bodies[1], "what was not taken comes again under its number"
    first = bodies[1][0]
    assert (first["kind"], first["task"], first["unit"]) == ("task_reminder", task.pk, HERE)
    assert (first["due_on"], first["working_days_late"]) == ("2030-06-14", -1)
    assert "task_escalation" in {one["kind"] for one in bodies[2]}
    assert [(one["kind"], one["task"], one["due_on"]) for one in bodies[3]] == [("task_returned", returned.pk, None)]
    numbers = [one["id"] for body in bodies[1:] for one in body]
    assert len(numbers) == len(set(numbers))
    assert all(number.startswith("task-") for number in numbers), "no number of a form's notice"
    whole = b"".join(body for _, body in receiver.taken).decode()
    assert "Lan" not in whole
    assert "biên bản" not in whole
    assert not mails()


def test_two_clocks_at_once_tell_of_each_task_once(mailing: Office) -> None:
    a_task()

    def tell() -> None:
        turn(at(-1))
        task_telling.call_webhook(at(-1))

    with receiving(has_mail=True) as (receiver, _):
        problems = by_three_at_once(tell)
        tell()
    assert problems == []
    assert [one["To"] for one in mails()] == ["lan@example.org"]
    assert len([one for _, body in receiver.taken for one in json.loads(body)["notices"]]) == 1
    assert len(list(recording.lines("chasing:tasks"))) == 1


def test_the_clock_reminds_of_tasks(mailing: Office, capsys: pytest.CaptureFixture[str]) -> None:
    a_task(due=working_day(office.today(), 1))
    call_command("tick")
    call_command("tick")
    sent = [one for one in mails() if "nhiệm vụ trọng tâm" in one["Subject"]]
    assert len(sent) <= 1
    assert (len(sent) == 1) is is_office_hour(timezone.localtime())
