"""What is run from the command line: the first administrator, and whether the record is whole."""

from __future__ import annotations

import io
import sys

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

from baocao_web.people import recording
from baocao_web.people.account_record import note
from baocao_web.people.models import User
from baocao_web.people.policies import may
from baocao_web.people.roles import Action
from tests.web.offices import HERE, PROVINCE, Office

PASSWORD = "một mật khẩu đủ dài"


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str, password: str = PASSWORD) -> str:
    """A command with what stands on its standard input; what it says."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(password + "\n"))
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_the_first_administrator_comes_from_the_command_line(made: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    told = run(
        monkeypatch, "account", "chu", "--full-name", "Chủ Hư", "--role", "administrator", "--unit", "tinh minh hoa"
    )
    assert PROVINCE in told
    user = User.objects.get(username="chu")
    assert user.check_password(PASSWORD)
    assert user.one_time_until is None
    assert may(user, Action.GRANT, HERE)
    assert [line.action for line in recording.lines("account:chu")] == ["account_opened", "role_given"]
    assert {line.by for line in recording.lines("account:chu")} == {"manage.py"}


@pytest.mark.parametrize(
    ("name", "unit", "password", "told"),
    [
        ("chu", "tinh minh hoa", "ngắn", "quá ngắn"),
        ("Chủ nhà", "tinh minh hoa", PASSWORD, "không dùng được"),
        ("lan", "tinh minh hoa", PASSWORD, "đã có người dùng"),
        ("chu", "không có", PASSWORD, "không có đơn vị nào"),
    ],
)
def test_what_cannot_be_made_is_told_and_nothing_is_left(
    made: Office, monkeypatch: pytest.MonkeyPatch, name: str, unit: str, password: str, told: str
) -> None:
    before = User.objects.count()
    with pytest.raises(CommandError, match=told):
        run(
            monkeypatch,
            *("account", name, "--full-name", "Chủ Hư", "--role", "administrator", "--unit", unit),
            password=password,
        )
    assert User.objects.count() == before


def test_a_whole_record_is_counted_and_a_broken_one_named(made: Office, capsys: pytest.CaptureFixture[str]) -> None:
    user = User.objects.get(username="lan")
    for number in range(3):
        note(user, "quan", "account_amended", fields=[str(number)])
    call_command("verify_ledger")
    assert capsys.readouterr().out == "Nhật ký nguyên vẹn: 3 dòng, 1 chuỗi.\n"
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE people_record DISABLE TRIGGER ALL")
        else:
            cursor.execute("DROP TRIGGER people_record_is_kept_update")
        cursor.execute("UPDATE people_record SET by = 'khác' WHERE place = 2")
    with pytest.raises(SystemExit) as ended:
        call_command("verify_ledger")
    assert ended.value.code == 1
    assert "account:lan" in capsys.readouterr().out
