"""Where the pages of people are. Of the login library's pages only those stand here that an office needs."""

from allauth.account import views as account
from allauth.socialaccount import views as identities
from allauth.socialaccount.providers.openid_connect import views as openid
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path

from baocao_web.people import account_views, record_views, views

account_patterns = [
    path("login/", account_views.SignIn.as_view(), name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("everywhere/", account_views.sign_out_everywhere, name="sign_out_everywhere"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("2fa/", include("allauth.mfa.urls")),
    path("identities/", account_views.Identities.as_view(), name="socialaccount_connections"),
    path("identities/cancelled/", login_not_required(identities.login_cancelled), name="socialaccount_login_cancelled"),
    path("identities/error/", login_not_required(identities.login_error), name="socialaccount_login_error"),
    path("oidc/<str:provider_id>/login/", account_views.by_provider, name="openid_connect_login"),
    path(
        "oidc/<str:provider_id>/login/callback/",
        login_not_required(openid.callback),
        name="openid_connect_callback",
    ),
]

people_patterns = [
    path("", views.accounts, name="accounts"),
    path("new/", views.new_account, name="new_account"),
    path("<int:account>/", views.account, name="person"),
    path("<int:account>/amend", views.amend, name="amend_account"),
    path("<int:account>/close", views.close, name="close_account"),
    path("<int:account>/reopen", views.reopen, name="reopen_account"),
    path("<int:account>/reset", views.reset, name="reset_account"),
    path("<int:account>/tie", views.tie, name="tie_identity"),
    path("<int:account>/grants", views.give, name="give_grant"),
    path("<int:account>/grants/<int:grant>/take", views.take, name="take_grant"),
]

record_patterns = [path("", record_views.record, name="record")]
