"""Secrets of second factors are kept as ciphertext: the database alone, or a copy of it, makes nobody's codes.

The key is worked out from the application's own, ``BAOCAO_SECRET_KEY``. What was kept under a former one is opened as
long as that stands in ``BAOCAO_FORMER_KEYS``; ``manage.py rekey`` brings all under the key of today.
"""

from __future__ import annotations

import base64
import logging
from functools import lru_cache
from typing import Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from baocao.model.text import Problem, Text

_PURPOSE: Final = b"baocao: secrets of second factors"  # never changed: it is a part of every key
_BYTES: Final = 32
_BEGINNING: Final = "gAAAA"  # of all that Fernet makes; neither a secret's letters nor a seed's digits begin so
_log = logging.getLogger(__name__)

_UNOPENED = Text(
    "Máy chủ không mở được khóa xác thực bước hai đã lưu: khóa bí mật của hệ thống đã bị thay hoặc bị mất. "
    "Hãy báo người quản trị khôi phục khóa cũ, hoặc cấp lại mật khẩu và bỏ bước hai của tài khoản này. "
    "Ai có khóa bảo mật thì vẫn đăng nhập được bằng khóa đó.",
    "The server cannot open the second factor that it keeps: the system's secret key was changed or lost. "
    "Ask the administrator to bring the former key back, or to reset this account with its second step. "
    "Whoever has a security key can still sign in by it.",
)


class Unopened(Problem):
    """A kept secret that none of the keys at hand opens."""

    def __init__(self) -> None:
        super().__init__(_UNOPENED)


def enciphered(secret: str) -> str:
    """A secret as it is kept, under the key of today."""
    return _keys().encrypt(secret.encode()).decode("ascii")


def opened(kept: str) -> str:
    """The secret that is kept. Raises ``Unopened``; what stands in clear is not taken either."""
    try:
        return _keys().decrypt(kept.encode()).decode()
    except InvalidToken:
        _log.error("a second factor's secret cannot be opened: BAOCAO_SECRET_KEY is not the one that it was kept under")
        raise Unopened from None


def is_enciphered(kept: str) -> bool:
    """Whether it is ciphertext of ours, under whichever key."""
    return kept.startswith(_BEGINNING)


def is_under_todays_key(kept: str) -> bool:
    """Whether the key of today alone opens it."""
    try:
        _key(settings.SECRET_KEY).decrypt(kept.encode())
    except InvalidToken:
        return False
    return True


def _keys() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.FORMER_KEYS)])


@lru_cache(maxsize=32)
def _key(secret: str) -> Fernet:
    drawn = HKDF(algorithm=SHA256(), length=_BYTES, salt=None, info=_PURPOSE).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(drawn))
