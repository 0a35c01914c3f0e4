"""Where programs call, and where people make tokens and read how to call."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from baocao_web.api import token_views
from baocao_web.api.document import api

# who calls is told by a token, which the operations themselves demand; nobody signs in to them
call_patterns = list(api.urls[0])
for _one in call_patterns:
    login_not_required(_one.callback)

access_patterns = [
    path("", token_views.own, name="tokens"),
    path("office/", token_views.of_office, name="office_tokens"),
    path("accounts/<int:account>/", token_views.of_account, name="account_tokens"),
    path("accounts/<int:account>/<int:token>/revoke", token_views.revoke, name="revoke_token"),
    path("reference/", token_views.reference, name="api_reference"),
    path("openapi.json", token_views.description, name="api_description"),
]
