"""The pages of people in a browser: a security key that signs in, what everybody can use, nothing from elsewhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection

from baocao_web.people.models import User
from tests.web.browsing import PASSWORD, Watched, needs_browser, serving
from tests.web.offices import Office

PICTURES = os.environ.get("BAOCAO_PICTURES", "")
pytestmark = [
    needs_browser,
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]


@pytest.fixture
def address(made: Office, tmp_path: Path) -> Iterator[str]:
    for name in ("lan", "quan"):
        user = User.objects.get(username=name)
        user.set_password(PASSWORD)
        user.save()
    connection.close()
    with serving(tmp_path) as served:
        yield served.replace("127.0.0.1", "localhost")  # keys are bound to a name, not to a number


def sign_in(page: Any, address: str, name: str) -> None:
    page.goto(f"{address}/account/login/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("main button:has-text('Đăng nhập')")
    page.wait_for_load_state()


def prove_again(page: Any) -> None:
    page.fill("[name=password]", PASSWORD)
    page.click("button:has-text('Xác nhận')")
    page.wait_for_load_state()


def test_a_security_key_is_added_signs_in_and_is_taken_off(made: Office, address: str, browser: Any) -> None:
    watched = Watched(browser, address, "lan")
    watched.context.clear_cookies()
    page = watched.page
    tool = watched.context.new_cdp_session(page)
    tool.send("WebAuthn.enable")
    told = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True, "isUserVerified": True}
    tool.send("WebAuthn.addVirtualAuthenticator", {"options": told})

    sign_in(page, address, "lan")
    page.goto(f"{address}/account/2fa/webauthn/add/")
    prove_again(page)
    assert page.input_value("[name=name]") == "Khóa chính"
    page.click("#key-add")
    page.wait_for_url("**/recovery-codes/")
    assert Authenticator.objects.filter(type="webauthn").count() == 1

    page.click("button:has-text('Thoát')")
    page.wait_for_load_state()
    sign_in(page, address, "lan")
    assert "/2fa/authenticate/" in page.url
    page.click("#key-use")
    page.wait_for_url("**/forms/")

    key = Authenticator.objects.get(type="webauthn")
    page.goto(f"{address}/account/2fa/webauthn/keys/{key.pk}/remove/")
    prove_again(page)
    page.click("button:has-text('Bỏ khóa')")
    page.wait_for_load_state()
    assert not Authenticator.objects.filter(type="webauthn").exists()
    assert watched.outside == []
    assert watched.complaints == [], "the policy of our pages lets the scripts of keys run"


@pytest.mark.parametrize("width", [360, 1440])
def test_the_pages_of_people_can_be_used_by_everybody(made: Office, address: str, browser: Any, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    watched = Watched(browser, address, "quan", width, bypass_csp=True)  # axe is put into the page as a script
    page = watched.page
    look_at = Axe()
    account = User.objects.get(username="lan").pk

    def look(name: str) -> None:
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
        found = look_at.run(page)
        grave = [one["id"] for one in found.response["violations"] if one["impact"] in ("serious", "critical")]
        assert grave == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is wider than the screen"

    for name, path in (
        ("accounts", "/people/"),
        ("new", "/people/new/"),
        ("account", f"/people/{account}/"),
        ("own", "/account/2fa/"),
        ("password", "/account/password/change/"),
        ("keys", "/account/2fa/webauthn/"),
        ("identities", "/account/identities/"),
    ):
        assert page.goto(address + path).status == 200, name
        look(name)
    page = watched.open(f"/people/{account}/")
    taken = page.locator("button:has-text('Thu vai trò')")
    assert taken.evaluate("one => getComputedStyle(one).color") != "rgb(255, 255, 255)", "white on white is not read"
    page.click("button:has-text('Cấp lại mật khẩu')")
    page.wait_for_selector("code.secret")
    look("given")
    watched.open("/record/")
    look("record")
    watched.open("/account/2fa/totp/activate/")
    if "reauthenticate" in page.url:
        look("again")
        prove_again(page)
    look("totp")
    assert page.locator(".code-image svg").bounding_box()["width"] > 100
    watched.context.clear_cookies()
    watched.open("/account/login/")
    look("login")
    assert watched.outside == []
