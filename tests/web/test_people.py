"""Who may do what, and the record of what was done."""

from __future__ import annotations

import json

import pytest
from django.db import DatabaseError, connection, transaction

from baocao_web.people import recording
from baocao_web.people.models import Grant, User
from baocao_web.people.policies import may
from baocao_web.people.recording import Done
from baocao_web.people.roles import Action, Role
from tests.web.offices import HERE, PROVINCE, THERE, Office, signed_in

OLD = "MHC01"  # became a part of HERE

# who may do what, written a second time and by hand: a right that moves is to be seen here before it is given
MATRIX = """
              reporter approver compiler leader reviewer administrator
see               x        x        x      x       x          .
enter             x        x        .      .       .          .
comment           x        x        x      x       x          .
submit            x        x        .      .       .          .
approve           .        x        x      x       .          .
return            .        x        x      x       .          .
correct           .        .        x      .       .          .
extend            .        .        x      x       .          .
design            .        .        x      .       .          .
open              .        .        x      .       .          .
assign            .        .        x      .       .          .
chase             .        .        x      .       .          .
track             x        x        x      .       .          .
draft             .        .        x      .       .          .
proof_read        .        .        x      .       x          .
issue             .        .        .      x       .          .
grant             .        .        .      .       .          x
audit             .        .        .      .       .          x
"""


def _matrix() -> dict[str, dict[str, bool]]:
    roles, *lines = (line.split() for line in MATRIX.strip().splitlines())
    return {action: {role: sign == "x" for role, sign in zip(roles, signs, strict=True)} for action, *signs in lines}


def test_the_matrix_tells_of_every_role_and_action() -> None:
    assert set(_matrix()) == {action.value for action in Action}
    assert all(set(of) == {role.value for role in Role} for of in _matrix().values())


@pytest.mark.parametrize("role", Role)
def test_a_role_does_what_it_may_in_its_unit_and_nowhere_else(made: Office, role: Role) -> None:
    stranger = User.objects.create_user("ai", full_name="Ai Đó")
    assert not any(may(stranger, action, HERE) for action in Action), "without a grant nobody may do anything"
    Grant.objects.create(user=stranger, role=role.value, unit=HERE)
    user = User.objects.get(username="ai")
    for action in Action:
        allowed = _matrix()[action.value][role.value]
        assert may(user, action, HERE) is allowed
        assert may(user, action, OLD) is allowed, "what a unit was made of is its own"
        assert not any(may(user, action, unit) for unit in (THERE, PROVINCE, "không có"))
    user.is_active = False
    assert not any(may(user, action, HERE) for action in Action)


def test_a_grant_for_one_sector_sees_all_and_does_the_rest_there_alone(made: Office) -> None:
    user = User.objects.create_user("ai", full_name="Ai Đó")
    Grant.objects.create(user=user, role="reporter", unit=HERE, sectors=["y_te"])
    user = User.objects.get(username="ai")
    assert may(user, Action.SEE, HERE)
    assert may(user, Action.ENTER, HERE, "y_te")
    assert not may(user, Action.ENTER, HERE, "giao_duc")
    assert not may(user, Action.ENTER, HERE)


@pytest.mark.parametrize("path", ["/", "/forms/", "/forms/1/", "/account/2fa/"])
def test_a_page_is_closed_to_those_who_have_not_signed_in(made: Office, path: str) -> None:
    from django.test import Client

    answer = Client(headers={"host": "localhost"}).get(path)
    assert answer.status_code == 302
    assert "/account/login/" in answer["Location"]


def test_a_post_without_its_token_is_refused(made: Office) -> None:
    client = signed_in("lan", enforce_csrf=True)
    answer = client.post(f"/forms/{made.entry().pk}/save", "{}", content_type="application/json")
    assert answer.status_code == 403


def test_every_answer_forbids_what_is_not_ours(made: Office) -> None:
    answer = signed_in("lan").get("/forms/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Frame-Options"] == "DENY"


def _done(stream: str, **details: object) -> Done:
    return Done(stream, "lan", "enter", HERE, details)


def _append(*all_done: Done) -> None:
    for done in all_done:
        with transaction.atomic():
            recording.append(done)


def test_the_database_itself_refuses_to_change_the_record(made: Office) -> None:
    _append(_done("a", số="1"))
    for statement in ("UPDATE people_record SET by = 'khác'", "DELETE FROM people_record"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def _forged(statement: str) -> None:
    """What somebody with the whole database in his hands would do."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE people_record DISABLE TRIGGER ALL")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'people_record'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE people_record SET details = '{\"số\":\"9\"}' WHERE stream = 'a' AND place = 2", "dòng 2"),
        ("UPDATE people_record SET by = 'khác' WHERE stream = 'a' AND place = 1", "dòng 1"),
        ("DELETE FROM people_record WHERE stream = 'a' AND place = 2", "thiếu dòng"),
        ("DELETE FROM people_record WHERE stream = 'a' AND place = 3", "niêm phong"),
        ("DELETE FROM people_record WHERE stream = 'b'", "niêm phong"),
    ],
)
def test_whoever_changes_the_record_is_found_out(made: Office, statement: str, told: str) -> None:
    _append(*(_done("a", số=str(number)) for number in range(3)), _done("b", số="7"))
    assert recording.seal("hệ thống") is not None
    assert recording.seal("hệ thống") is None, "nothing has moved since"
    assert list(recording.faults()) == []
    _forged(statement)
    assert any(told in fault.vi for fault in recording.faults())


def test_a_record_is_written_only_within_the_act_that_it_tells_of(made: Office) -> None:
    with pytest.raises(RuntimeError):
        recording.append(_done("a"))
    with transaction.atomic():
        recording.append(_done("a"))
        transaction.set_rollback(True)
    assert list(recording.lines("a")) == []


def test_what_a_line_tells_is_json_in_the_letters_of_people(made: Office) -> None:
    _append(_done("a", tên="Đồng Phác"))
    (line,) = recording.lines("a")
    assert json.loads(line.details) == {"tên": "Đồng Phác"}
    assert "Đồng" in line.details
