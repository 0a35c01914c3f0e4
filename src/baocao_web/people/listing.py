"""The accounts that somebody looks after, in the order of lists of people, found without marks."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.core.paginator import Page, Paginator

from baocao_web.people.models import Grant, User
from baocao_web.people.policies import may
from baocao_web.people.roles import Action
from baocao_web.places.vietnamese import folded, sorting_key


def listed(by: object, seen: str, page: str | None, size: int) -> Page:
    """One page of the accounts that reach a unit which ``by`` grants for, by given name.

    Of all others only what decides and sorts is read: an office has thousands of accounts and shows fifty.
    """
    reached: dict[int, set[str]] = {}
    for user, unit in Grant.objects.values_list("user_id", "unit"):
        reached.setdefault(user, set()).add(unit)
    wanted = folded(seen)
    allowed: dict[str, bool] = {}
    found = []
    for pk, full_name, username, position, own in User.objects.values_list(
        "pk", "full_name", "username", "position", "unit"
    ):
        units = reached.get(pk, set()) | ({own} if own else set()) or {settings.OFFICE_UNIT}
        for unit in units - allowed.keys():
            allowed[unit] = may(by, Action.GRANT, unit)
        if any(allowed[unit] for unit in units) and _is_like(wanted, full_name, username, position):
            found.append((_order(full_name), username, pk))
    chosen = Paginator([pk for _order_, _name, pk in sorted(found)], size).get_page(page)
    people = User.objects.prefetch_related("grants").in_bulk(list(chosen.object_list))
    chosen.object_list = [people[pk] for pk in chosen.object_list]
    return chosen


def _is_like(wanted: str, *told: str) -> bool:
    return not wanted or any(wanted in _bare(words) for words in told)


@lru_cache(maxsize=65_536)
def _bare(words: str) -> str:
    return folded(words)


@lru_cache(maxsize=65_536)
def _order(full_name: str) -> tuple[str, str]:
    """By the given name, which stands last; then by the whole name."""
    return sorting_key(full_name.rpartition(" ")[2]), sorting_key(full_name)
