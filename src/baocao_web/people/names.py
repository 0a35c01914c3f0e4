"""What people are called: pages tell their names; the names of their accounts are what they sign in by."""

from __future__ import annotations

from collections.abc import Iterable
from time import monotonic
from typing import Final

from baocao_web.people.models import User

_FRESH: Final = 60.0  # seconds for which a page may still have somebody's former name
_known: dict[str, tuple[float, str]] = {}


def names_of(accounts: Iterable[str]) -> dict[str, str]:
    """The names of people by those of their accounts."""
    found = User.objects.filter(username__in=set(accounts)).values_list("username", "full_name")
    return {account: name or account for account, name in found}


def person(account: str) -> str:
    """The name of the one whose account it is; what is none's, the clock's or a program's, stays as it is.

    A page tells the same few people over and over, so names are kept for a while.
    """
    kept = _known.get(account)
    if kept is None or monotonic() - kept[0] > _FRESH:
        name = names_of([account]).get(account)
        if name is None:
            return account
        kept = _known[account] = (monotonic(), name)
    return kept[1]


def forget() -> None:
    """Ask for every name again."""
    _known.clear()
