"""What the login library tells of an account's second factors and identities goes into the record."""

from __future__ import annotations

from typing import Any, Final

from allauth.mfa import signals as factors
from allauth.mfa.models import Authenticator
from allauth.socialaccount import signals as identities
from allauth.socialaccount.models import SocialAccount
from django.http import HttpRequest

from baocao_web.people.account_record import note
from baocao_web.people.models import User

_NAME: Final = "the record of accounts"


def listen() -> None:
    """Ask to be told."""
    factors.authenticator_added.connect(_factor_added, dispatch_uid=_NAME)
    factors.authenticator_removed.connect(_factor_removed, dispatch_uid=_NAME)
    factors.authenticator_reset.connect(_codes_made, dispatch_uid=_NAME)
    factors.authentication_failed.connect(_code_failed, dispatch_uid=_NAME)
    identities.social_account_added.connect(_identity_tied, dispatch_uid=_NAME)
    identities.social_account_removed.connect(_identity_untied, dispatch_uid=_NAME)


def _factor_added(*, user: User, authenticator: Authenticator, **_rest: Any) -> None:
    note(user, user.username, "factor_added", kind=str(authenticator.type))


def _factor_removed(*, user: User, authenticator: Authenticator, **_rest: Any) -> None:
    note(user, user.username, "factor_removed", kind=str(authenticator.type))


def _codes_made(*, user: User, **_rest: Any) -> None:
    note(user, user.username, "codes_made")


def _code_failed(*, user: User, **_rest: Any) -> None:
    note(user, user.username, "sign_in_failed", ways=["mfa"])


def _identity_tied(*, request: HttpRequest, sociallogin: Any, **_rest: Any) -> None:
    user = sociallogin.user
    note(user, user.username, "identity_tied", provider=sociallogin.account.provider)


def _identity_untied(*, socialaccount: SocialAccount, **_rest: Any) -> None:
    user = socialaccount.user
    note(user, user.username, "identity_untied", provider=socialaccount.provider)
