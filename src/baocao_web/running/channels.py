"""By what the application reaches people by itself: a mail server (a folder in a trial), an address that takes JSON."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from baocao_web.environment import Environment

SECONDS: Final = 10  # that another machine is waited for
_LEAST_SECRET: Final = 20
_BACKENDS: Final = "django.core.mail.backends"
_PORTS: Final = {"smtp": 587, "smtps": 465}


class Way(Enum):
    """By what somebody is told."""

    MAIL = "mail"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that is told of reminders too, and the secret that its messages are signed with."""

    url: str
    secret: str


@dataclass(frozen=True, slots=True)
class Channels:
    """What is set up; what is not is not used, and nothing waits for it."""

    has_mail: bool
    webhook: Webhook | None
    address: str  # of the application, for links


def channels(environment: Environment) -> Channels:
    """The channels that the environment names. Raises ``ImproperlyConfigured``."""
    return Channels(bool(environment.words("EMAIL")), _webhook(environment), environment.words("ADDRESS").rstrip("/"))


def mail_settings(environment: Environment) -> dict[str, Any]:
    """Django's settings of "smtp://user:password@host:587", "smtps://…" or "file:///folder"; nothing for none.

    A server is spoken to under TLS, unless ``?tls=no`` says that it stands on the same safe network.
    """
    seen = environment.words("EMAIL")
    if not seen:
        return {"EMAIL_TIMEOUT": SECONDS}
    told = {"EMAIL_TIMEOUT": SECONDS, "DEFAULT_FROM_EMAIL": _sender(environment)}
    parts = urlsplit(seen)
    if parts.scheme == "file":
        return told | {"EMAIL_BACKEND": f"{_BACKENDS}.filebased.EmailBackend", "EMAIL_FILE_PATH": unquote(parts.path)}
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ImproperlyConfigured(
            "BAOCAO_EMAIL: expected smtp://user:password@host:587, smtps://user:password@host or file:///folder"
        )
    is_plain = parse_qs(parts.query).get("tls") == ["no"]
    return told | {
        "EMAIL_BACKEND": f"{_BACKENDS}.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or _PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and not is_plain,
    }


def _sender(environment: Environment) -> str:
    sender = environment.words("EMAIL_FROM")
    if "@" not in sender:
        raise ImproperlyConfigured("BAOCAO_EMAIL needs BAOCAO_EMAIL_FROM, the address that mails come from")
    return sender


def _webhook(environment: Environment) -> Webhook | None:
    url, secret = environment.words("WEBHOOK"), environment.words("WEBHOOK_SECRET")
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ImproperlyConfigured("BAOCAO_WEBHOOK: expected https://host/path")
    if len(secret) < _LEAST_SECRET:
        raise ImproperlyConfigured(f"BAOCAO_WEBHOOK_SECRET has {len(secret)} characters; at least {_LEAST_SECRET}")
    return Webhook(url, secret)
