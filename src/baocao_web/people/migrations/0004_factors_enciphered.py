"""Secrets of second factors that stood in clear are kept as ciphertext from here on."""

from collections.abc import Callable
from typing import Any

from django.db import migrations

from baocao_web.people.ciphering import enciphered, is_enciphered, opened

_SECRETS = {"totp": "secret", "recovery_codes": "seed"}


def _each(apps: Any, change: Callable[[str], str]) -> None:
    for factor in apps.get_model("mfa", "Authenticator").objects.filter(type__in=_SECRETS).order_by("pk"):
        place = _SECRETS[factor.type]
        changed = change(factor.data[place])
        if changed != factor.data[place]:
            factor.data[place] = changed
            factor.save(update_fields=["data"])


def encipher(apps: Any, _editor: Any) -> None:
    _each(apps, lambda secret: secret if is_enciphered(secret) else enciphered(secret))


def decipher(apps: Any, _editor: Any) -> None:
    _each(apps, lambda secret: opened(secret) if is_enciphered(secret) else secret)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_accounts"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(encipher, decipher)]
