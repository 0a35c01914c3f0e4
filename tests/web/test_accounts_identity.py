"""Signing in by an identity that a provider proves, against a small provider on this machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, override_settings

from baocao_web import environment
from baocao_web.people import accounts, recording
from baocao_web.people.ciphering import enciphered
from baocao_web.people.identities import PROVIDER, providers
from baocao_web.people.models import User
from tests.web.offices import Office
from tests.web.providing import CLIENT, SECRET, Provider, provider

PASSWORD = "một mật khẩu đủ dài"
_GIVEN = {"BAOCAO_OIDC_CLIENT": CLIENT, "BAOCAO_OIDC_SECRET": SECRET, "BAOCAO_OIDC_NAME": "Định danh Minh Họa"}


@pytest.fixture
def nation(made: Office) -> Iterator[Provider]:
    """A provider that the installation's environment names, and Lan with a password."""
    user = User.objects.get(username="lan")
    with provider() as running:
        told = providers(environment.read({**_GIVEN, "BAOCAO_OIDC_ISSUER": running.issuer}))
        with override_settings(
            SOCIALACCOUNT_PROVIDERS=told, PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]
        ):
            user.set_password(PASSWORD)
            user.save()
            yield running


def browser() -> Client:
    return Client(headers={"host": "localhost"})


def led(client: Client, query: str = "") -> Any:
    """The way of a browser to the provider and back; what stands at its end."""
    page = client.post(f"/account/oidc/{PROVIDER}/login/{query}").content.decode()
    found = re.search(r'<a href="([^"]+)"', page)
    assert found, page
    back = requests.get(found[1].replace("&amp;", "&"), allow_redirects=False, timeout=10)
    parts = urlsplit(back.headers["Location"])
    return client.get(f"{parts.path}?{parts.query}", follow=True)


def is_in(client: Client) -> bool:
    return bool(client.get("/forms/").status_code == 200)


def test_an_identity_tied_by_the_administrator_opens_its_account(nation: Provider) -> None:
    accounts.tie(User.objects.get(username="quan"), User.objects.get(username="lan").pk, "so-1")
    client = browser()
    page = client.get("/account/login/").content.decode()
    assert "Đăng nhập bằng Định danh Minh Họa" in page
    led(client)
    assert is_in(client)
    line = list(recording.lines("account:lan"))[-1]
    assert line.action == "sign_in"
    assert "socialaccount" in line.details


def test_an_identity_that_no_account_is_tied_to_opens_nothing(nation: Provider) -> None:
    before = User.objects.count()
    client = browser()
    answer = led(client)
    assert "chưa gắn với tài khoản nào" in answer.content.decode()
    assert not is_in(client), "not even by the same e-mail address"
    assert User.objects.count() == before
    assert not SocialAccount.objects.exists()


def test_a_person_ties_his_own_identity(nation: Provider) -> None:
    client = browser()
    client.post("/account/login/", {"login": "lan", "password": PASSWORD})
    client.post("/account/reauthenticate/?next=/account/identities/", {"password": PASSWORD})
    page = client.get("/account/identities/").content.decode()
    assert "Gắn danh tính Định danh Minh Họa" in page
    led(client, "?process=connect")
    assert SocialAccount.objects.get().user.username == "lan"
    assert [line.action for line in recording.lines("account:lan")][-1] == "identity_tied"
    fresh = browser()
    led(fresh)
    assert is_in(fresh)
    tied = SocialAccount.objects.get()
    assert client.post("/account/identities/", {"account": tied.pk}).status_code == 302
    fresh = browser()
    led(fresh)
    assert not is_in(fresh)


def test_an_identity_of_one_is_not_tied_to_another_too(nation: Provider) -> None:
    accounts.tie(User.objects.get(username="quan"), User.objects.get(username="minh").pk, "so-1")
    client = browser()
    client.post("/account/login/", {"login": "lan", "password": PASSWORD})
    client.post("/account/reauthenticate/?next=/account/identities/", {"password": PASSWORD})
    led(client, "?process=connect")
    assert SocialAccount.objects.get().user.username == "minh"


def test_a_closed_account_stays_closed_to_its_identity(nation: Provider) -> None:
    accounts.tie(User.objects.get(username="quan"), User.objects.get(username="lan").pk, "so-1")
    User.objects.filter(username="lan").update(is_active=False)
    client = browser()
    assert "đã khóa" in led(client).content.decode()
    assert not is_in(client)


def test_who_comes_by_identity_is_not_asked_for_a_password_he_never_had(nation: Provider) -> None:
    quan = User.objects.get(username="quan")
    accounts.tie(quan, User.objects.get(username="lan").pk, "so-1")
    accounts.reset(quan, User.objects.get(username="lan").pk, factors=False)
    client = browser()
    led(client)
    assert is_in(client)


def test_a_second_step_is_asked_for_behind_an_identity_too(nation: Provider) -> None:
    from allauth.mfa.models import Authenticator

    user = User.objects.get(username="lan")
    accounts.tie(User.objects.get(username="quan"), user.pk, "so-1")
    Authenticator.objects.create(user=user, type="totp", data={"secret": enciphered("JBSWY3DPEHPK3PXP")})
    client = browser()
    assert "Xác thực bước hai" in led(client).content.decode()
    assert not is_in(client)


@pytest.mark.parametrize("fault", ["audience", "state", "replayed", "refused"])
def test_an_answer_that_is_not_for_us_opens_nothing(nation: Provider, fault: str) -> None:
    accounts.tie(User.objects.get(username="quan"), User.objects.get(username="lan").pk, "so-1")
    client = browser()
    callback = f"/account/oidc/{PROVIDER}/login/callback/"
    if fault == "audience":
        nation.audience = "một nơi khác"
        answer = led(client)
    elif fault == "state":
        answer = client.get(f"{callback}?code=x&state=y")
    elif fault == "replayed":
        page = client.post(f"/account/oidc/{PROVIDER}/login/").content.decode()
        address = re.search(r'<a href="([^"]+)"', page)
        assert address is not None
        back = requests.get(address[1].replace("&amp;", "&"), allow_redirects=False, timeout=10)
        query = urlsplit(back.headers["Location"]).query
        client.get(f"{callback}?{query}")
        client = browser()
        answer = client.get(f"{callback}?{query}")
    else:
        answer = client.get(f"{callback}?error=access_denied&state=y", follow=True)
    assert "Chưa xác nhận được danh tính" in answer.content.decode()
    assert not is_in(client)


def test_the_way_there_leaves_the_policy_of_our_pages_whole(nation: Provider) -> None:
    answer = browser().post(f"/account/oidc/{PROVIDER}/login/")
    assert answer.status_code == 200
    assert "form-action 'self'" in answer["Content-Security-Policy"]
    assert 'http-equiv="refresh"' in answer.content.decode()
    assert browser().get("/account/oidc/khong-co/login/").status_code == 404


def test_the_environment_names_a_provider_wholly_or_not_at_all() -> None:
    assert providers(environment.read({})) == {}
    for given, told in (
        ({"BAOCAO_OIDC_ISSUER": "https://id.example.org"}, "BAOCAO_OIDC_CLIENT and BAOCAO_OIDC_SECRET"),
        ({**_GIVEN, "BAOCAO_OIDC_ISSUER": "http://id.example.org"}, "over https"),
    ):
        with pytest.raises(ImproperlyConfigured, match=told):
            providers(environment.read(given))
    found = providers(environment.read({**_GIVEN, "BAOCAO_OIDC_ISSUER": "https://id.example.org/"}))
    (app,) = found["openid_connect"]["APPS"]
    assert app["settings"]["server_url"] == "https://id.example.org"
