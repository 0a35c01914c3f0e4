"""The description of the interface: changed only on purpose, of one name for one thing, read on a page of our own."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from baocao_web.api import document as described
from baocao_web.api.document import api, document
from baocao_web.api.problems import Kind
from tests.web.browsing import Watched, needs_browser, serving
from tests.web.calls import ROOT
from tests.web.calls import made as token
from tests.web.offices import HERE, Office, signed_in

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "api.md"
SNAPSHOT = Path(__file__).parent / "openapi.json"


def test_the_interface_is_the_one_that_was_agreed_on() -> None:
    """``BAOCAO_AGREE=yes python -m pytest tests/web/test_api_described.py`` writes the snapshot anew."""
    told = json.dumps({**document(), "info": {**document()["info"], "version": "1"}}, ensure_ascii=False, indent=1)
    if os.environ.get("BAOCAO_AGREE"):
        SNAPSHOT.write_text(told + "\n", encoding="utf-8")
    assert json.loads(told) == json.loads(SNAPSHOT.read_text(encoding="utf-8")), "programs of others rely on it"


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, its in document()["paths"].items():
        for method, operation in its.items():
            yield path, method, operation


def test_every_operation_demands_a_token_and_tells_what_may_come_back() -> None:
    for path, method, operation in operations():
        assert path.startswith(f"{ROOT}/")
        assert operation["security"] == [{"ByToken": []}], path
        assert operation["summary"], path
        assert operation["description"], path
        assert {"401", "403", "422", "429"} <= set(operation["responses"]), path
        if method != "get":
            assert "409" in operation["responses"]
            assert any(one["name"] == "Idempotency-Key" for one in operation["parameters"]), path


def test_one_name_means_one_thing() -> None:
    """The library would let one definition take the place of another of the same name."""
    found: dict[str, set[type]] = {}
    for module in vars(described).values():
        if not getattr(module, "__name__", "").startswith("baocao_web.api."):
            continue
        for one in vars(module).values():
            if isinstance(one, type) and issubclass(one, BaseModel | Enum):
                found.setdefault(one.__name__, set()).add(one)
    told = document()["components"]["schemas"]
    twice = {name: kinds for name, kinds in found.items() if name in told and len(kinds) > 1}
    assert twice == {"State": twice.get("State")}, "of which one alone is told of: that of forms"
    assert set(told["State"]["enum"]) == {"open", "submitted", "returned", "approved"}


def test_the_manual_tells_every_operation_and_every_problem() -> None:
    manual = MANUAL.read_text(encoding="utf-8")
    told = set(re.findall(r"`(GET|POST|PATCH|PUT) (/[a-z_/{}-]+)`", manual))
    assert told == {(method.upper(), path.removeprefix(ROOT)) for path, method, _ in operations()}
    assert set(re.findall(r"`(urn:[a-z:-]+)` \| (\d{3})", manual)) == {
        (kind.urn, str(int(kind.status))) for kind in Kind
    }


def test_no_operation_can_be_reached_by_another_way() -> None:
    assert api.docs_url is None
    assert api.openapi_url is None


def test_the_description_is_for_those_who_signed_in(made: Office) -> None:
    answer = signed_in("lan").get("/access/openapi.json")
    assert answer.json()["paths"].keys() == document()["paths"].keys()
    from django.test import Client

    for path in ("/access/openapi.json", "/access/reference/", "/access/"):
        assert Client(headers={"host": "localhost"}).get(path).status_code == 302


@needs_browser
def test_the_page_of_operations_holds_under_our_policy_and_asks_nobody_else(
    made: Office, browser: Any, tmp_path: Path
) -> None:
    _, secret = token("lan", HERE)
    with serving(tmp_path) as address:
        seen = Watched(browser, address, "lan")
        page = seen.open("/access/reference/")
        page.get_by_role("button", name="Authorize").first.click()
        page.get_by_label("auth-bearer-value").fill(secret)
        page.locator(".modal-ux").get_by_role("button", name="Apply credentials").click()
        page.locator(".modal-ux .btn-done").click()
        operation = page.locator("#operations-Danh_mục_·_Catalogue-me, [id$='-me']").first
        operation.locator(".opblock-summary-control").click()
        operation.get_by_role("button", name="Try it out").click()
        operation.get_by_role("button", name="Execute").click()
        operation.locator(".live-responses-table .response-col_status").filter(has_text="200").wait_for()
        assert '"account": "lan"' in operation.locator(".live-responses-table").inner_text()
        assert seen.complaints == []
        assert seen.outside == []
        seen.context.close()


@pytest.mark.parametrize("width", [360, 1440])
def test_the_page_of_tokens_fits_and_a_token_is_made_by_keyboard(
    made: Office, browser: Any, tmp_path: Path, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with serving(tmp_path) as address:
        seen = Watched(browser, address, "tuan", width)
        page = seen.open("/access/")
        page.get_by_label("Tên phần mềm dùng mã").fill("Kho dữ liệu tỉnh")
        page.get_by_label("Được ghi").press("Space")
        page.get_by_label("Tên phần mềm dùng mã").press("Enter")
        secret = page.locator(".secret").first.inner_text()
        assert secret.startswith("bc_")
        for path in ("", "/access/"):
            if path:
                seen.open(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            found = Axe().run(page).response["violations"]
            assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
        assert "Kho dữ liệu tỉnh" in page.locator("table").inner_text()
        assert secret not in page.content()
        assert seen.complaints == seen.outside == []
        seen.context.close()
