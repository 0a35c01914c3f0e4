"""Signing in: by password, with a second step, by a given password; locked out after failures; how sessions end."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import mail
from django.utils import timezone

from baocao_web.people import recording
from baocao_web.people.models import User
from tests.web.offices import BACKEND, Office
from tests.web.signing_in import (
    OTHER,
    PASSWORD,
    browser,
    code_of,
    is_in,
    quick_passwords,
    sign_in,
    with_codes,
    with_password,
)

_quick = pytest.fixture(autouse=True)(quick_passwords)


@pytest.fixture
def lan(made: Office) -> User:
    return with_password("lan")


def acts(stream: str = "account:lan") -> list[str]:
    return [line.action for line in recording.lines(stream)]


def test_a_password_opens_and_the_record_tells_it(lan: User) -> None:
    client = browser()
    answer = sign_in(client)
    assert answer.status_code == 302
    assert answer["Location"] == "/"
    assert is_in(client)
    assert acts() == ["sign_in"]


def test_the_screens_speak_the_language_of_whose_account_it_is(lan: User) -> None:
    User.objects.filter(username="lan").update(language="en")
    client = browser()
    sign_in(client)
    assert "My account" in client.get("/account/2fa/").content.decode()
    client.post("/language", {"language": "vi", "next": "/"})
    client.post("/account/logout/")
    sign_in(client)
    assert "Tài khoản của tôi" in client.get("/account/2fa/").content.decode(), "what this browser was told holds"


def test_a_wrong_password_is_told_in_the_readers_language_and_recorded(lan: User) -> None:
    client = browser()
    page = sign_in(client, "sai rồi").content.decode()
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in page
    assert 'value="lan"' in page, "the name that was typed stands still"
    client.cookies["django_language"] = "en"
    assert "not correct" in sign_in(client, "sai rồi").content.decode()
    assert acts() == ["sign_in_failed"] * 2
    assert sign_in(client, "x", name="không có").status_code == 200
    assert "không có" not in str(list(recording.lines()))


def test_after_five_failures_even_the_right_password_waits(lan: User) -> None:
    for _ in range(5):
        sign_in(browser(), "sai rồi")
    page = sign_in(browser()).content.decode()
    assert "Đăng nhập sai quá nhiều lần" in page
    assert "sign_in" not in acts()
    assert sign_in(browser(), name="hoa").status_code == 200, "others are not locked out by it"
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache"), "processes count together"


def test_the_second_step_is_asked_for_and_a_wrong_code_opens_nothing(lan: User) -> None:
    client = browser()
    sign_in(client)
    secret = with_codes(client)
    fresh = browser()
    assert sign_in(fresh)["Location"].startswith("/account/2fa/authenticate/")
    assert not is_in(fresh), "the password alone opens nothing"
    assert "Mã không đúng" in fresh.post("/account/2fa/authenticate/", {"code": "000000"}).content.decode()
    assert not is_in(fresh)
    assert fresh.post("/account/2fa/authenticate/", {"code": code_of(secret)}).status_code == 302
    assert is_in(fresh)
    assert "factor_added" in acts()
    assert "sign_in_failed" in acts()


def test_a_recovery_code_opens_once(lan: User) -> None:
    client = browser()
    sign_in(client)
    with_codes(client)
    page = client.get("/account/2fa/recovery-codes/").content.decode()
    code = re.findall(r"<li><code>(\w+)</code>", page)[0]
    for opens in (True, False):
        fresh = browser()
        sign_in(fresh)
        fresh.post("/account/2fa/authenticate/", {"code": code})
        assert is_in(fresh) is opens


def test_the_second_step_is_taken_off_only_by_who_proves_himself_again(lan: User) -> None:
    client = browser()
    sign_in(client)
    with_codes(client)
    fresh = browser()
    fresh.force_login(User.objects.get(username="lan"), backend=BACKEND)
    assert "reauthenticate" in fresh.post("/account/2fa/totp/deactivate/")["Location"]
    assert Authenticator.objects.filter(type="totp").exists()
    assert client.post("/account/2fa/totp/deactivate/").status_code == 302
    assert not Authenticator.objects.exists(), "codes for a step that is not asked for are gone too"
    assert acts().count("factor_removed") == 2


def test_a_session_ended_is_ended_for_whoever_has_its_cookie(lan: User) -> None:
    client, thief = browser(), browser()
    sign_in(client)
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    assert is_in(thief)
    client.post("/account/logout/")
    assert not is_in(client)
    assert not is_in(thief)
    assert acts()[-1] == "sign_out"


def test_one_signs_out_everywhere_at_once(lan: User) -> None:
    here, there = browser(), browser()
    sign_in(here)
    sign_in(there)
    assert here.post("/account/everywhere/").status_code == 302
    assert not is_in(here)
    assert not is_in(there)


def test_another_password_ends_the_other_sessions(lan: User) -> None:
    here, there = browser(), browser()
    sign_in(here)
    sign_in(there)
    answer = here.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER})
    assert answer.status_code == 302, answer.content.decode()
    assert is_in(here)
    assert not is_in(there)
    assert "own_password" in acts()


def test_a_weak_password_is_refused_in_words(lan: User) -> None:
    client = browser()
    sign_in(client)
    page = client.post(
        "/account/password/change/", {"oldpassword": PASSWORD, "password1": "ngắn", "password2": "ngắn"}
    ).content.decode()
    assert "Mật khẩu này quá ngắn" in page
    page = client.post(
        "/account/password/change/", {"oldpassword": "sai", "password1": OTHER, "password2": PASSWORD}
    ).content.decode()
    assert "hãy nhập đúng mật khẩu hiện tại" in page.casefold()
    assert "Hai mật khẩu không giống nhau" in page


def test_a_closed_account_is_out_at_its_next_step(lan: User) -> None:
    client = browser()
    sign_in(client)
    User.objects.filter(username="lan").update(is_active=False)
    assert not is_in(client)
    answer = sign_in(browser())
    assert answer["Location"] == "/account/inactive/"
    assert "đã khóa" in browser().get("/account/inactive/").content.decode()


def test_who_has_a_given_password_sets_his_own_first(lan: User) -> None:
    User.objects.filter(username="lan").update(one_time_until=timezone.now() + timedelta(days=1))
    client = browser()
    sign_in(client)
    for path in ("/", "/forms/", "/account/2fa/"):
        assert client.get(path)["Location"] == "/account/password/change/"
    assert "dùng một lần" in client.get("/account/password/change/").content.decode()
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER})
    assert is_in(client)


def test_a_given_password_does_not_hold_for_ever(lan: User) -> None:
    User.objects.filter(username="lan").update(one_time_until=timezone.now() - timedelta(minutes=1))
    client = browser()
    assert "đã hết hạn" in sign_in(client).content.decode()
    assert not is_in(client)


def test_a_forgotten_password_is_set_again_by_a_letter(lan: User) -> None:
    mail.outbox = []
    for address in ("lan@example.org", "khong-co@example.org"):
        answer = browser().post("/account/password/reset/", {"email": address})
        assert answer["Location"] == "/account/password/reset/done/", "nobody learns who has an account"
    (letter,) = mail.outbox
    assert letter.to == ["lan@example.org"]
    assert letter.subject == "[baocao] Đặt lại mật khẩu"
    link = re.search(r"http://localhost(/\S+)", str(letter.body))
    assert link is not None
    client = browser()
    page = client.get(link[1], follow=True)
    answer = client.post(page.request["PATH_INFO"], {"password1": OTHER, "password2": OTHER})
    assert answer.status_code == 302, answer.content.decode()
    assert sign_in(browser(), OTHER).status_code == 302
    assert "hết hạn" in browser().get(link[1], follow=True).content.decode(), "the link holds once"


@pytest.mark.parametrize("path", ["/account/signup/", "/account/email/", "/account/2fa/webauthn/signup/"])
def test_nobody_opens_an_account_for_himself(made: Office, path: str) -> None:
    assert browser().post(path, {"username": "moi", "password1": OTHER, "password2": OTHER}).status_code in (302, 404)
    assert not User.objects.filter(username="moi").exists()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_of_an_account_opens(lan: User, language: str) -> None:
    client = browser()
    client.cookies["django_language"] = language
    for path in ("login", "password/reset", "password/reset/done", "password/reset/key/done", "inactive"):
        assert client.get(f"/account/{path}/").status_code == 200
    assert client.get("/account/identities/error/").status_code == 401
    sign_in(client)
    assert client.get("/account/2fa/").status_code == 200, "without a second step too"
    with_codes(client)
    for path in (
        "logout",
        "password/change",
        "reauthenticate",
        "2fa",
        "2fa/reauthenticate",
        "2fa/totp/deactivate",
        "2fa/recovery-codes",
        "2fa/recovery-codes/generate",
        "2fa/recovery-codes/download",
        "2fa/webauthn",
        "2fa/webauthn/add",
        "identities",
        "identities/cancelled",
    ):
        answer = client.get(f"/account/{path}/")
        assert answer.status_code == 200, path
        if "html" in answer["Content-Type"]:
            assert f'<html lang="{language}">' in answer.content.decode(), f"{path} is not a page of ours"
