"""The provider that may prove who somebody is, as the environment names it; one, or none.

Set are ``BAOCAO_OIDC_ISSUER``, ``_CLIENT`` and ``_SECRET``, and ``_NAME`` for what the page calls it.
"""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured

from baocao_web.environment import Environment

PROVIDER: Final = "dinh-danh"  # in addresses and in the table of identities: never changed
_NEEDED: Final = ("OIDC_CLIENT", "OIDC_SECRET")


def providers(environment: Environment) -> dict[str, Any]:
    """What the login library is to know of the provider; nothing where no issuer is set."""
    issuer = environment.words("OIDC_ISSUER")
    if not issuer:
        return {}
    lacking = [f"BAOCAO_{name}" for name in _NEEDED if not environment.words(name)]
    if lacking:
        raise ImproperlyConfigured(f"BAOCAO_OIDC_ISSUER is set, so {' and '.join(lacking)} must be set too")
    local = issuer.startswith(("http://localhost:", "http://127.0.0.1:"))
    if not issuer.startswith("https://") and not local:
        raise ImproperlyConfigured(f"BAOCAO_OIDC_ISSUER={issuer!r}: an issuer is asked over https")
    told = {
        "provider_id": PROVIDER,
        "name": environment.words("OIDC_NAME", "OpenID Connect"),
        "client_id": environment.words("OIDC_CLIENT"),
        "secret": environment.words("OIDC_SECRET"),
        "settings": {"server_url": issuer.rstrip("/")},
    }
    return {"openid_connect": {"APPS": [told], "OAUTH_PKCE_ENABLED": True}}
