"""The pages of one's own account that the login library leaves to us, and what is changed about those it has."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from allauth.account.views import LoginView
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.openid_connect import views as openid
from allauth.socialaccount.views import ConnectionsView
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as _set_language

from baocao_web.people.account_record import note
from baocao_web.people.models import User


class SignIn(LoginView):
    """The page of signing in knows which provider may prove who somebody is."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "providers": get_adapter().list_providers(self.request)}


class Identities(ConnectionsView):
    """The page of one's identities knows who may prove another one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "providers": get_adapter().list_providers(self.request)}


@login_not_required
def by_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the provider, by a page that leads there.

    The policy of our pages lets a form be answered by us alone, and a browser holds a redirect to be an answer.
    """
    answer = openid.login(request, provider_id)
    if request.method == "POST" and answer.status_code == HTTPStatus.FOUND:
        return render(request, "socialaccount/login_redirect.html", {"redirect_to": answer["Location"]})
    return answer


@login_not_required
def set_language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on; to somebody who has signed in, wherever he signs in next."""
    answer: HttpResponse = _set_language(request)
    told = answer.cookies.get(settings.LANGUAGE_COOKIE_NAME)
    user = request.user
    if told is not None and isinstance(user, User) and user.language != told.value:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(language=told.value)
            note(user, user.username, "own_language", language=told.value)
    return answer


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End all sessions of the one who asks, this one too."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=request.user.pk)
        user.end_sessions()
        user.save(update_fields=["sign_outs"])
        note(user, user.username, "sign_out_all")
    logout(request)
    return redirect("account_login")
