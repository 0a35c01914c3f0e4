"""What second factors rest on stands nowhere in clear: enciphered, brought under new keys, told plainly when lost."""

from __future__ import annotations

import io
import json
import secrets
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client, override_settings

from baocao_web import environment
from baocao_web.people import recording
from baocao_web.people.ciphering import Unopened, enciphered, is_under_todays_key, opened
from baocao_web.people.models import User
from tests.web.offices import Office
from tests.web.signing_in import browser, code_of, is_in, quick_passwords, sign_in, with_codes, with_password

_quick = pytest.fixture(autouse=True)(quick_passwords)


@pytest.fixture
def lan(made: Office) -> User:
    return with_password("lan")


def rows() -> dict[str, str]:
    """What the database itself holds of second factors, by their kinds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, data FROM mfa_authenticator")
        return {kind: data if isinstance(data, str) else json.dumps(data) for kind, data in cursor.fetchall()}


def tried(code: str) -> Client:
    """A browser in which somebody gave his password and a code."""
    client = browser()
    sign_in(client)
    client.raise_request_exception = False
    client.post("/account/2fa/authenticate/", {"code": code})
    return client


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_neither_row_nor_session_tells_a_secret(lan: User) -> None:
    client = browser()
    sign_in(client)
    secret = with_codes(client)
    assert set(rows()) == {"totp", "recovery_codes"}
    assert secret not in rows()["totp"]
    assert opened(json.loads(rows()["totp"])["secret"]) == secret
    seed = opened(json.loads(rows()["recovery_codes"])["seed"])
    assert seed not in rows()["recovery_codes"]
    assert secret not in str([one.get_decoded() for one in Session.objects.all()])
    assert enciphered(secret) != enciphered(secret), "two accounts with one secret do not look alike"


def test_a_changed_key_opens_what_a_former_one_kept_until_that_is_not_needed(lan: User) -> None:
    client = browser()
    sign_in(client)
    secret = with_codes(client)
    former, new = settings.SECRET_KEY, secrets.token_urlsafe(50)
    with override_settings(SECRET_KEY=new, FORMER_KEYS=[former]):
        assert not is_in(client), "sessions that were signed with a former key are over"
        assert is_in(tried(code_of(secret)))
        assert "still under a former key 2" in run("rekey", "--check")
        assert "enciphered anew 2" in run("rekey")
        assert "under the key of today 2; enciphered anew 0" in run("rekey")
    told = [(line.action, json.loads(line.details)) for line in recording.lines("keys")]
    assert told == [("rekey", {"renewed": 2})]
    with override_settings(SECRET_KEY=new):
        assert opened(json.loads(rows()["totp"])["secret"]) == secret
    assert not is_under_todays_key(json.loads(rows()["totp"])["secret"])
    assert not list(recording.faults())


def test_a_lost_key_is_told_plainly_to_whom_it_keeps_out_and_to_who_runs_it(
    lan: User, caplog: pytest.LogCaptureFixture
) -> None:
    client = browser()
    sign_in(client)
    secret = with_codes(client)
    with override_settings(SECRET_KEY=secrets.token_urlsafe(50)):
        kept_out = browser()
        sign_in(kept_out)
        kept_out.raise_request_exception = False
        answer = kept_out.post("/account/2fa/authenticate/", {"code": code_of(secret)})
        assert answer.status_code == 503
        assert "Máy chủ không mở được khóa xác thực bước hai đã lưu" in answer.content.decode()
        kept_out.cookies["django_language"] = "en"
        page = kept_out.post("/account/2fa/authenticate/", {"code": code_of(secret)}).content.decode()
        assert "secret key was changed or lost" in page
        assert not is_in(kept_out)
        with pytest.raises(CommandError, match="1 tài khoản: lan"):
            run("rekey")
        with pytest.raises(Unopened):
            opened(json.loads(rows()["totp"])["secret"])
    assert any("BAOCAO_SECRET_KEY is not the one" in record.getMessage() for record in caplog.records)
    assert is_in(tried(code_of(secret))), "with the key back all is as it was"


def test_what_somebody_put_into_the_database_in_clear_is_not_taken(lan: User) -> None:
    client = browser()
    sign_in(client)
    secret = with_codes(client)
    Authenticator.objects.filter(type="totp").update(data={"secret": secret})
    assert not is_in(tried(code_of(secret)))


def test_secrets_that_stood_in_clear_are_enciphered_when_tables_are_brought_forward(lan: User) -> None:
    step = import_module("baocao_web.people.migrations.0004_factors_enciphered")
    secret, seed = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "0123456789abcdef" * 5
    of_lan = {"user_id": lan.pk}
    Authenticator.objects.create(type="totp", data={"secret": secret}, **of_lan)
    Authenticator.objects.create(type="recovery_codes", data={"seed": seed, "used_mask": 3}, **of_lan)
    Authenticator.objects.create(type="webauthn", data={"name": "khóa"}, **of_lan)
    step.encipher(apps, None)
    assert secret not in rows()["totp"]
    assert seed not in rows()["recovery_codes"]
    assert json.loads(rows()["recovery_codes"])["used_mask"] == 3
    assert json.loads(rows()["webauthn"]) == {"name": "khóa"}
    assert is_in(tried(code_of(secret)))
    once = rows()
    step.encipher(apps, None)
    assert rows() == once, "what is ciphertext already stays as it is"
    step.decipher(apps, None)
    assert json.loads(rows()["totp"]) == {"secret": secret}


def test_a_former_key_that_cannot_be_one_stops_the_start() -> None:
    long = secrets.token_urlsafe(50)
    assert environment.read({"BAOCAO_FORMER_KEYS": f"{long}, {long[::-1]}"}).former_secrets() == [long, long[::-1]]
    with pytest.raises(ImproperlyConfigured, match="number 2 of 2 has 4 characters"):
        environment.read({"BAOCAO_FORMER_KEYS": f"{long},ngắn"}).former_secrets()
