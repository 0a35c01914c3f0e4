"""What an installation is told by its environment; nothing else differs between two of them.

Every setting is named ``BAOCAO_…``. A missing or malformed one stops the start with a message that names it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_LEAST_KEY = 40
_YES, _NO = frozenset({"1", "yes", "true", "on"}), frozenset({"0", "no", "false", "off"})


@dataclass(frozen=True, slots=True)
class Environment:
    """The environment's settings, read as what they are meant for."""

    given: Mapping[str, str]

    def words(self, name: str, default: str = "") -> str:
        return self.given.get(f"BAOCAO_{name}", default).strip()

    def listed(self, name: str, default: str = "") -> list[str]:
        """Words with commas between them."""
        return [word.strip() for word in self.words(name, default).split(",") if word.strip()]

    def is_on(self, name: str, *, default: bool) -> bool:
        seen = self.words(name).lower()
        if not seen:
            return default
        if seen not in _YES | _NO:
            raise ImproperlyConfigured(f"BAOCAO_{name}={seen!r}: expected yes or no")
        return seen in _YES

    def number(self, name: str, default: int) -> int:
        seen = self.words(name) or str(default)
        if not seen.isdigit():
            raise ImproperlyConfigured(f"BAOCAO_{name}={seen!r}: expected a whole number")
        return int(seen)

    def secret(self) -> str:
        """The key that sessions and tokens are signed with; a short or missing one is refused."""
        key = self.words("SECRET_KEY")
        if len(key) < _LEAST_KEY:
            raise ImproperlyConfigured(
                f"BAOCAO_SECRET_KEY has {len(key)} characters; set one of at least {_LEAST_KEY}, "
                'made for instance by: python -c "import secrets; print(secrets.token_urlsafe(50))"'
            )
        return key

    def former_secrets(self) -> list[str]:
        """Keys that this installation had before, the last one first: they open what is still kept under them."""
        keys = self.listed("FORMER_KEYS")
        short = [number for number, key in enumerate(keys, 1) if len(key) < _LEAST_KEY]
        if short:
            raise ImproperlyConfigured(
                f"BAOCAO_FORMER_KEYS: number {short[0]} of {len(keys)} has {len(keys[short[0] - 1])} characters; "
                f"expected former values of BAOCAO_SECRET_KEY, with commas between them, each of {_LEAST_KEY} or more"
            )
        return keys

    def folder(self) -> Path:
        """Where files of the installation lie: the SQLite database, snapshots, what was uploaded."""
        return Path(self.words("FOLDER", "var")).absolute()

    def choice(self, name: str, *choices: str) -> str:
        """One of these words, the first where nothing is said."""
        seen = self.words(name) or choices[0]
        if seen not in choices:
            raise ImproperlyConfigured(f"BAOCAO_{name} is {seen!r}; expected one of: {', '.join(choices)}")
        return seen

    def database(self) -> dict[str, object]:
        """Django's description of "sqlite:///path" (the default, in the folder) or "postgresql://user@host/name"."""
        seen = self.words("DATABASE") or f"sqlite:///{self.folder() / 'baocao.sqlite3'}"
        parts = urlsplit(seen)
        if parts.scheme == "sqlite":
            return _sqlite(Path(unquote(parts.path.removeprefix("/"))))
        if parts.scheme in ("postgresql", "postgres"):
            return {
                "ENGINE": "baocao_web.database.postgresql",
                "NAME": unquote(parts.path.removeprefix("/")),
                "USER": unquote(parts.username or ""),
                "PASSWORD": unquote(parts.password or ""),
                "HOST": parts.hostname or "",
                "PORT": str(parts.port or ""),
                "CONN_MAX_AGE": 600,
                "CONN_HEALTH_CHECKS": True,
                "OPTIONS": dict(parse_qsl(parts.query)),
            }
        raise ImproperlyConfigured(
            f"BAOCAO_DATABASE begins with {parts.scheme!r}; expected sqlite:///path or postgresql://user@host/name"
        )


def _sqlite(path: Path) -> dict[str, object]:
    return {
        "ENGINE": "baocao_web.database.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # a writer that begins by reading would be refused where another has written in between
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536",
        },
    }


def read(given: Mapping[str, str] | None = None) -> Environment:
    """The environment of this process, or the one given."""
    return Environment(os.environ if given is None else given)
