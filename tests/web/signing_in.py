"""Signing in as people do: by the page, with a password and the codes of a telephone."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client, override_settings

from baocao_web.people.models import User

PASSWORD, OTHER = "một mật khẩu đủ dài", "một mật khẩu khác hẳn"


def quick_passwords() -> Iterator[None]:
    """Passwords are hashed quickly: how slowly is Django's care, not ours. A code holds on a slow machine too."""
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
        MFA_TOTP_TOLERANCE=4,
    ):
        yield


def with_password(name: str) -> User:
    """Somebody with a password of his own."""
    user = User.objects.get(username=name)
    user.set_password(PASSWORD)
    user.email = f"{name}@example.org"
    user.save()
    return user


def browser() -> Client:
    return Client(headers={"host": "localhost"})


def sign_in(client: Client, password: str = PASSWORD, name: str = "lan") -> Any:
    return client.post("/account/login/", {"login": name, "password": password})


def is_in(client: Client) -> bool:
    return bool(client.get("/forms/").status_code == 200)


def code_of(secret: str) -> str:
    """What the application on a telephone would show now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def with_codes(client: Client) -> str:
    """Switch the second step on as its page asks for it; the secret."""
    client.post("/account/reauthenticate/?next=/account/2fa/totp/activate/", {"password": PASSWORD})
    page = client.get("/account/2fa/totp/activate/").content.decode()
    found = re.search(r'<code class="secret">([A-Z2-7]+)</code>', page)
    assert found, page
    answer = client.post("/account/2fa/totp/activate/", {"code": code_of(found[1])})
    assert answer.status_code == 302
    cache.clear()  # a code is taken once; the tests do not wait for the next
    return found[1]
