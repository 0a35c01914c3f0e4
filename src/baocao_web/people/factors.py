"""The second factors of all accounts as they are kept: each brought under the key of today, or told as lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from baocao_web.people.ciphering import Unopened, enciphered, is_under_todays_key, opened
from baocao_web.people.recording import Done, append

SECRETS: Final = {"totp": "secret", "recovery_codes": "seed"}  # by the kind of a factor: where its secret stands
_BY: Final = "manage.py"


@dataclass(frozen=True, slots=True)
class Kept:
    """How the secrets stand: under the key of today, brought under it, and whose are lost."""

    current: int
    renewed: int
    lost: tuple[str, ...]  # usernames


def bring_under_todays_key(*, is_looking_only: bool = False) -> Kept:
    """Encipher anew what a former key opens; one line of the record tells how many these were."""
    current = renewed = 0
    lost: set[str] = set()
    with transaction.atomic():
        for factor in Authenticator.objects.select_for_update(of=("self",)).filter(type__in=SECRETS).order_by("pk"):
            place = SECRETS[factor.type]
            if is_under_todays_key(factor.data[place]):
                current += 1
                continue
            try:
                secret = opened(factor.data[place])
            except Unopened:
                lost.add(factor.user.username)
                continue
            renewed += 1
            if not is_looking_only:
                factor.data[place] = enciphered(secret)
                factor.save(update_fields=["data"])
        if renewed and not is_looking_only:
            append(Done("keys", _BY, "rekey", settings.OFFICE_UNIT, {"renewed": renewed}))
    return Kept(current, renewed, tuple(sorted(lost)))
