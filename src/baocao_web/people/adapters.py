"""How signing in is settled: accounts are made by administrators, and a provider only proves who somebody is."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from baocao_web.people import lock_out
from baocao_web.people.account_record import note
from baocao_web.people.ciphering import enciphered, opened
from baocao_web.people.models import User

_log = logging.getLogger(__name__)
BY_IDENTITY = "came_by_identity"  # of a session: no password was asked for, so none has to be changed


class Accounts(DefaultAccountAdapter):
    """Nobody opens an account for himself; what happens to an account is recorded."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "one_time_over": _("Mật khẩu dùng một lần đã hết hạn. Hãy đề nghị quản trị cấp lại."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Whose password it is; a one-time password is worth nothing when its time is over."""
        found: User | None = super().authenticate(request, **credentials)
        if found is not None and found.one_time_until is not None and found.one_time_until < timezone.now():
            raise self.validation_error("one_time_over")
        return found

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        self._login_failed_rl_usage = lock_out.consume(request, credentials.get("username", ""))
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password at a name that there is; of other names nothing is kept, people type passwords there."""
        tried = User.objects.filter(username=credentials.get("username", "")).first()
        if tried is not None:
            note(tried, tried.username, "sign_in_failed")

    def login(self, request: HttpRequest, user: User) -> None:
        ways = [told["method"] for told in get_authentication_records(request, user)]
        super().login(request, user)
        request.session[BY_IDENTITY] = "socialaccount" in ways and "password" not in ways
        note(user, user.username, "sign_in", ways=ways)

    def post_login(self, request: HttpRequest, user: User, **told: Any) -> HttpResponse:
        """On to where he was going, in his language, if this browser was told no other."""
        response: HttpResponse = super().post_login(request, user, **told)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
        lock_out.remember(request, response, user.username)
        return response

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        super().logout(request)
        if isinstance(user, User):
            note(user, user.username, "sign_out")

    def set_password(self, user: User, password: str) -> None:
        user.one_time_until = None
        super().set_password(user, password)
        note(user, user.username, "own_password")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sends; a mail server that does not answer must not tell a stranger which addresses have an account."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            _log.exception("a message about an account was not sent")

    def format_email_subject(self, subject: str) -> str:
        return f"[baocao] {subject}"


class Factors(DefaultMFAAdapter):
    """How an account is called in the application that makes its codes, and how its secret is kept."""

    def get_totp_label(self, user: User) -> str:
        return user.username

    def encrypt(self, text: str) -> str:
        return enciphered(text)

    def decrypt(self, encrypted_text: str) -> str:
        return opened(encrypted_text)


class Providers(DefaultSocialAccountAdapter):
    """An identity that no account is tied to opens none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return False
