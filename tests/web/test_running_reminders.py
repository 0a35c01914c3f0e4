"""What the clock tells people: the right ones, on the right working day, once, whatever fails in between."""

from __future__ import annotations

import email
import io
import json
import logging
from datetime import date, datetime, timedelta
from email.policy import default as policy
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from baocao_web import environment
from baocao_web.collecting import forms_kept
from baocao_web.pages import day
from baocao_web.people import recording
from baocao_web.people.logging import Lines
from baocao_web.people.models import User
from baocao_web.places.calendar import working_day
from baocao_web.running import reminding, telling
from baocao_web.running.channels import channels, mail_settings
from baocao_web.running.models import Notice
from baocao_web.running.schedule import Reminders, occasions, reminders, working_days
from baocao_web.running.webhook import signature
from tests.web.offices import HERE, THERE, Office, post, signed_in
from tests.web.reminded import DUE, SECRET, at, by_three_at_once, mails, receiving, with_mails

mailing = pytest.fixture(with_mails)


@pytest.fixture
def told(mailing: Office) -> Office:
    """The office with addresses, and with a round that is due on a day far off."""
    days = {"due_on": DUE, "late_on": DUE + timedelta(days=7), "locked_on": DUE + timedelta(days=8)}
    type(mailing.round).objects.filter(pk=mailing.round.pk).update(**days)
    forms_kept.forget()
    return mailing


def turn(now: datetime) -> int:
    """One turn of the clock; how many mails it sent."""
    reminding.make_notices(now)
    return telling.send_mails(now).sent


def test_each_is_reminded_once_on_each_of_the_days(told: Office) -> None:
    assert turn(at(-4)) == 0
    assert turn(at(-3)) == 2
    assert turn(at(-3, 15)) == 0
    assert turn(at(-2)) == 0
    assert turn(at(-1)) == 2
    assert {one["To"] for one in mails()} == {"lan@example.org", "minh@example.org"}
    first = next(one for one in mails() if one["To"] == "lan@example.org")
    assert first["Subject"].strip() == "Nhắc nộp biểu: 1 biểu chưa nộp"
    words = first.get_content()
    assert "Phường Thượng Họa: hạn nộp 14/6/2030, còn 3 ngày làm việc." in words
    assert f"https://baocao.example.org/forms/{told.entry().pk}/" in words
    assert "Nguyễn Hư Lan" in words
    (line, _) = recording.lines(f"chasing:{told.round.pk}")
    assert json.loads(line.details)["entries"]["due-3"] == [told.entry(HERE).pk, told.entry(THERE).pk]
    assert not list(recording.faults())


def test_behind_the_due_day_the_approver_is_told_too_and_then_the_superiors(told: Office) -> None:
    assert turn(at(1)) == 3
    assert {one["To"].partition("@")[0] for one in mails()} == {"lan", "minh", "hoa"}
    assert "đã quá hạn 1 ngày làm việc" in mails()[0].get_content()
    assert turn(at(5)) == 5, "the last reminder has not been told yet, and it is time to escalate"
    (superior,) = [one for one in mails() if one["To"] == "son@example.org"]
    words = superior.get_content()
    assert superior["Subject"].strip() == "Đơn vị chậm nộp biểu: 2 biểu quá hạn"
    assert "Phường Thượng Họa" in words
    assert "Xã Khe Giấy Mới" in words
    assert turn(at(5, 15)) == 0


def test_who_submitted_meanwhile_is_not_reminded(told: Office) -> None:
    assert reminding.make_notices(at(-3)) == 2
    path = f"/forms/{told.entry().pk}"
    post(signed_in("lan"), f"{path}/save", base=0, cells={"ho_ngheo:actual": "5"})
    assert post(signed_in("lan"), f"{path}/submit", version=1).status_code == 200
    assert telling.send_mails(at(-3)).sent == 1
    assert [one["To"] for one in mails()] == ["minh@example.org"]
    assert not Notice.objects.filter(ended_at=None).exists()
    assert turn(at(-1)) == 1


def test_who_was_given_longer_is_reminded_of_his_own_day(told: Office) -> None:
    type(told.entry()).objects.filter(unit=HERE).update(extended_to=working_day(DUE, 10))
    assert turn(at(-3)) == 1
    before = len(mails())
    turn(at(7))
    assert {one["To"].partition("@")[0] for one in mails()[before:]} == {"lan", "tuan", "son"}


@pytest.mark.parametrize("hour", [5, 18, 23])
def test_nobody_is_written_to_at_night_or_on_a_free_day(told: Office, hour: int) -> None:
    assert turn(at(-3, hour)) == 0
    assert turn(at(-3) - timedelta(days=(at(-3).weekday() + 1))) == 0, "a Sunday"


def test_closed_accounts_and_those_without_address_are_not_written_to(told: Office) -> None:
    User.objects.filter(username="lan").update(email="")
    assert reminding.make_notices(at(-3)) == 1
    User.objects.filter(username="minh").update(is_active=False)
    assert telling.send_mails(at(-3)) == (0, 0)
    assert not Notice.objects.filter(is_sent=True).exists()


def hours_pass() -> None:
    """As if the pause behind a failure were over."""
    Notice.objects.filter(ended_at=None).update(claimed_until=timezone.now() - timedelta(seconds=1))


def test_the_webhook_is_signed_and_tried_again_until_it_is_taken(told: Office) -> None:
    with receiving() as (receiver, url):
        receiver.status, receiver.location = 302, url
        reminding.make_notices(at(-3))
        assert telling.call_webhook(at(-3)) == (0, 1), "a redirection is no taking"
        assert len(receiver.taken) == 1
        assert telling.call_webhook(at(-3)) == (0, 0), "not at once again"
        receiver.status, receiver.location = 200, ""
        hours_pass()
        assert telling.call_webhook(at(-3, 10)) == (1, 0)
        assert telling.call_webhook(at(-3, 12)) == (0, 0)
        headers, body = receiver.taken[-1]
    assert headers["X-Baocao-Signature"] == signature(SECRET, headers["X-Baocao-Timestamp"], body)
    assert signature(SECRET + "x", headers["X-Baocao-Timestamp"], body) != headers["X-Baocao-Signature"]
    first = json.loads(body)["notices"][0]
    assert (first["kind"], first["form"], first["unit"], first["due_on"]) == ("reminder", "B01", HERE, "2030-06-14")
    assert first["working_days_late"] == -3
    assert "Lan" not in body.decode(), "another program is told of units, not of people"


def test_two_clocks_at_once_tell_each_thing_once(told: Office) -> None:
    def tell() -> None:
        turn(at(-3))
        telling.call_webhook(at(-3))

    with receiving(has_mail=True) as (receiver, _):
        problems = by_three_at_once(tell)
        tell()
        numbers = [one["id"] for _, body in receiver.taken for one in json.loads(body)["notices"]]
    assert problems == []
    assert sorted(one["To"] for one in mails()) == ["lan@example.org", "minh@example.org"]
    assert len(numbers) == len(set(numbers)) == 2
    assert not list(recording.faults())


def test_a_server_that_does_not_answer_loses_nothing_and_the_log_names_nobody(
    told: Office, caplog: pytest.LogCaptureFixture
) -> None:
    down = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": 9}
    with override_settings(**down), caplog.at_level(logging.INFO):
        reminding.make_notices(at(-3))
        assert telling.send_mails(at(-3)) == (0, 1)
    shown = "\n".join(Lines().format(record) for record in caplog.records)
    assert "ConnectionRefusedError" in shown
    assert "example.org" not in shown
    assert "Lan" not in shown
    assert telling.send_mails(at(-3)).sent == 1, "the one who was not tried yet"
    hours_pass()
    assert telling.send_mails(at(-3)).sent == 1


def test_the_clock_does_all_its_steps(told: Office) -> None:
    path = f"/forms/{told.entry().pk}"
    post(signed_in("lan"), f"{path}/save", base=0, cells={"ho_ngheo:actual": "5"})
    post(signed_in("lan"), f"{path}/submit", version=1)
    for fed, sealed in ((1, 1), (0, 0)):
        out = io.StringIO()
        call_command("tick", stdout=out)
        assert f"biểu vào kho số liệu: {fed};" in out.getvalue()
        assert f"sealed: {sealed}" in out.getvalue()


def returned(told: Office, reason: str = "Ô dòng 2 sai đơn vị tính") -> None:
    """Lan's form was submitted, and returned by Hoa."""
    path = f"/forms/{told.entry().pk}"
    version = told.entry().version
    if not version:
        post(signed_in("lan"), f"{path}/save", base=0, cells={"ho_ngheo:actual": "5"})
    assert post(signed_in("lan"), f"{path}/submit", version=told.entry().version).status_code == 200
    answer = post(signed_in("hoa"), f"{path}/return", version=told.entry().version, reason=reason)
    assert answer.status_code == 200, answer.content


def in_office_hours() -> datetime:
    """The next hour at which people are written to."""
    now = timezone.localtime()
    return timezone.make_aware(datetime.combine(working_day(now.date(), 1), at(0).time()))


def test_who_fills_in_a_form_is_told_once_that_it_came_back_and_why(told: Office) -> None:
    returned(told)
    kept = json.loads(told.entry().returned)
    earlier = datetime.fromisoformat(kept["at"]) - timedelta(hours=1)
    type(told.entry()).objects.filter(unit=HERE).update(returned=json.dumps(kept | {"at": earlier.isoformat()}))
    now = in_office_hours()
    assert turn(now) == 1
    assert turn(now + timedelta(hours=1)) == 0
    (mail,) = mails()
    assert mail["To"] == "lan@example.org"
    assert mail["Subject"].strip() == "Biểu bị trả lại: 1 biểu cần sửa"
    words = mail.get_content()
    assert "Lý do: Ô dòng 2 sai đơn vị tính" in words
    assert f"https://baocao.example.org/forms/{told.entry().pk}/" in words
    returned(told, "Vẫn chưa đúng")
    assert turn(now + timedelta(hours=2)) == 1, "another return is another thing to be told"
    assert "Vẫn chưa đúng" in mails()[-1].get_content()
    assert not list(recording.faults())


def test_who_mends_a_form_is_reminded_of_the_day_that_he_was_given(told: Office) -> None:
    returned(told)
    assert turn(in_office_hours()) == 1, "that it came back"
    later = working_day(DUE, 10)
    type(told.entry()).objects.filter(unit=HERE).update(mend_by=later)
    before = len(mails())
    turn(at(9))
    (mail,) = [one for one in mails()[before:] if one["To"] == "lan@example.org"]
    assert day(later) in mail.get_content()
    turn(at(9, 15))
    assert [one["To"] for one in mails()[before:]].count("lan@example.org") == 1


def test_what_came_back_and_was_mended_meanwhile_is_not_told(told: Office) -> None:
    returned(told)
    now = in_office_hours()
    assert reminding.make_notices(now) == 1
    path = f"/forms/{told.entry().pk}"
    assert post(signed_in("lan"), f"{path}/submit", version=told.entry().version).status_code == 200
    assert telling.send_mails(now) == (0, 0)
    assert not mails()


def test_what_came_back_long_ago_is_not_told_by_a_clock_that_stood_still(told: Office) -> None:
    returned(told)
    assert turn(in_office_hours() + timedelta(days=9)) == 0


def test_the_webhook_tells_that_a_form_came_back_but_not_what_was_written(told: Office) -> None:
    returned(told)
    now = in_office_hours()
    with receiving() as (receiver, _):
        reminding.make_notices(now)
        assert telling.call_webhook(now) == (1, 0)
    (notice,) = json.loads(receiver.taken[0][1])["notices"]
    assert (notice["kind"], notice["form"], notice["unit"]) == ("returned", "B01", HERE)
    assert "đơn vị tính" not in receiver.taken[0][1].decode()


def test_in_a_trial_every_mail_stands_in_the_folder(told: Office, tmp_path: Path) -> None:
    given = {"BAOCAO_EMAIL": f"file://{tmp_path / 'mails'}", "BAOCAO_EMAIL_FROM": "baocao@example.org"}
    with override_settings(**mail_settings(environment.read(given))):
        assert turn(at(-3)) == 2
    between = b"\n" + b"-" * 79 + b"\n"  # mails of one second may stand in one file
    parts = [part for file in (tmp_path / "mails").iterdir() for part in file.read_bytes().split(between) if part]
    found = {email.message_from_bytes(part, policy=policy)["To"] for part in parts}
    assert found == {"lan@example.org", "minh@example.org"}


@pytest.mark.parametrize(
    ("days", "kinds"),
    [
        (-4, []),
        (-3, ["due-3"]),
        (-2, ["due-3"]),
        (-1, ["due-1"]),
        (3, ["due+3"]),
        (5, ["due+3", "escalate+5"]),
        (9, []),
    ],
)
def test_after_a_clock_that_stood_still_only_the_last_thing_is_told(days: int, kinds: list[str]) -> None:
    found = occasions(Reminders((-3, -1, 1, 3), 5), DUE, working_day(DUE, days))
    assert [one.kind for one in found] == kinds


def test_working_days_are_counted_both_ways() -> None:
    monday = date(2030, 6, 17)
    assert (working_days(DUE, monday), working_days(monday, DUE), working_days(DUE, DUE)) == (1, -1, 0)


@pytest.mark.parametrize(
    "given",
    [
        {"EMAIL": "smtp://host"},
        {"EMAIL": "http://host", "EMAIL_FROM": "a@b"},
        {"WEBHOOK": "ftp://host/x", "WEBHOOK_SECRET": SECRET},
        {"WEBHOOK": "https://host/x", "WEBHOOK_SECRET": "ngắn"},
        {"REMIND": "mai"},
        {"REMIND": "-300"},
    ],
)
def test_a_channel_that_cannot_be_is_refused_when_the_application_starts(given: dict[str, str]) -> None:
    known = environment.read({f"BAOCAO_{name}": value for name, value in given.items()})
    with pytest.raises(ImproperlyConfigured, match="BAOCAO_"):
        _ = (mail_settings(known), channels(known), reminders(known))


def test_a_mail_server_is_spoken_to_under_tls_unless_said_otherwise() -> None:
    told = {"BAOCAO_EMAIL": "smtp://u:p%40ss@mail.example.org", "BAOCAO_EMAIL_FROM": "a@example.org"}
    found = mail_settings(environment.read(told))
    assert (found["EMAIL_HOST_PASSWORD"], found["EMAIL_USE_TLS"], found["EMAIL_PORT"]) == ("p@ss", True, 587)
    plain = mail_settings(environment.read(told | {"BAOCAO_EMAIL": "smtp://mail.example.org:25?tls=no"}))
    assert (plain["EMAIL_USE_TLS"], plain["EMAIL_USE_SSL"], plain["EMAIL_PORT"]) == (False, False, 25)
