"""A running server and a real browser: what people see, and what happens when the line drops."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: pages are not looked at")
PASSWORD = "một mật khẩu đủ dài"


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The application over the database at hand, in a process of its own; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = {
        **os.environ,
        "BAOCAO_DATABASE": address_of(connections["default"].settings_dict),
        "BAOCAO_FOLDER": str(folder),
        "BAOCAO_UNIT": settings.OFFICE_UNIT,
        "BAOCAO_UNITS": settings.OFFICE_UNITS,
        "BAOCAO_CHANGES": settings.OFFICE_CHANGES,
        "BAOCAO_HTTPS": "no",
    }
    command = [sys.executable, "-m", "gunicorn", "--threads", "8", "-b", f"127.0.0.1:{port}", "baocao_web.wsgi"]
    log = (folder / "server.log").open("wb")
    server = subprocess.Popen([*command, "--log-level", "warning"], env=told, stdout=log, stderr=log)
    try:
        _wait(f"http://127.0.0.1:{port}/alive", server, folder / "server.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)
        log.close()


def address_of(told: dict[str, Any]) -> str:
    """A database as the environment names it."""
    if told["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{told['NAME']}"
    return f"postgresql://{told['USER']}@{told['HOST']}:{told['PORT']}/{told['NAME']}"


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if server.poll() is not None:
                raise RuntimeError(log.read_text(encoding="utf-8", errors="replace")[-2000:]) from None
            time.sleep(0.1)
    raise RuntimeError(f"no answer from {url}")


class Watched:
    """A page that somebody has signed in to, or nobody yet; what it asked for outside, and complained of."""

    def __init__(self, browser: Any, address: str, name: str | None, width: int = 1440, **more: Any) -> None:
        from tests.web.offices import signed_in

        self.address = address
        self.context = browser.new_context(viewport={"width": width, "height": 900}, locale="vi-VN", **more)
        if name is not None:
            session = signed_in(name).cookies["sessionid"].value
            self.context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        self.page = self.context.new_page()
        self.outside: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", self._asked)
        self.page.on("console", lambda told: told.type == "error" and self.complaints.append(told.text))
        self.page.on("pageerror", lambda problem: self.complaints.append(str(problem)))

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.outside.append(request.url)

    def open(self, path: str) -> Any:
        self.page.goto(self.address + path)
        return self.page


def hand_on(page: Any, act: str) -> None:
    """Pass a form on by the button of this name, and answer for what is doubted in it or was left blank."""
    from playwright.sync_api import Error

    page.click(f"form.act button:has-text('{act}')")
    with suppress(Error):  # nothing was asked, and the page is on its way to the next one
        if page.locator("#sure").evaluate("asked => asked.open"):
            page.click("#sure button[value=yes]")
