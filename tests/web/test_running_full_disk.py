"""On a full disk nothing acknowledged is lost, what is refused is refused in words, and with room it goes on."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client

from baocao_web.documents.models import Job, Upload
from baocao_web.people import recording
from baocao_web.people.models import User
from tests.unit.figures.databases import SERVER
from tests.web.browsing import Watched, needs_browser, serving
from tests.web.calls import Program
from tests.web.offices import BACKEND, HERE, PROVINCE, Office, post, signed_in

CELL, OTHER = "ho_ngheo:actual", "lua_dien_tich:actual"
WORDS = "Máy chủ hết chỗ trên đĩa"
_SIZE = 96 << 20
_LONG = "ghi chú dài " * 40  # what is no figure is kept as it was typed


class Disk:
    """A small disk that the database and the files of the installation lie on."""

    def __init__(self, place: Path) -> None:
        self.place, self._ballast = place, place / "ballast"

    def fill(self) -> None:
        with self._ballast.open("wb", buffering=0) as ballast:
            size = _SIZE
            while size:
                try:
                    while ballast.write(b"\0" * size) == size:
                        pass
                except OSError:
                    pass
                size //= 2

    def empty(self) -> None:
        self._ballast.unlink()


@pytest.fixture
def disk(made: Office) -> Iterator[Disk]:
    """Such a disk, with the office on it; where the database's server, which is another user, comes to it too."""
    place = Path(tempfile.mkdtemp(prefix="small-disk-"))
    command = ["mount", "-t", "tmpfs", "-o", f"size={_SIZE},mode=1777", "tmpfs", str(place)]
    if not sys.platform.startswith("linux") or os.geteuid() or subprocess.run(command, check=False).returncode:
        place.rmdir()
        pytest.skip("no small disk can be made here: that needs root, on Linux")
    place.chmod(0o1777)
    wrapper = connections["default"]
    wrapper.close()
    settings.FOLDER = place
    try:
        if wrapper.vendor == "sqlite":
            before = wrapper.settings_dict["NAME"]
            wrapper.settings_dict["NAME"] = shutil.copy(before, place / "office.sqlite3")
            yield Disk(place)
            wrapper.close()
            wrapper.settings_dict["NAME"] = before
        else:
            with _moved(wrapper.settings_dict["NAME"], place):
                yield Disk(place)
                wrapper.close()
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)
        place.rmdir()


@contextmanager
def _moved(database: str, place: Path) -> Iterator[None]:
    """A database of the server lies on the small disk."""
    import psycopg

    space, own = f"small_{database}", place / "tables"
    own.mkdir()
    with psycopg.connect(SERVER, autocommit=True) as server:
        try:
            shutil.chown(own, "postgres")
            server.execute(f"CREATE TABLESPACE {space} LOCATION '{own.resolve()}'")
        except (LookupError, psycopg.Error) as problem:
            pytest.skip(f"the server takes no table space on the small disk: {problem}")
        try:
            server.execute(f"ALTER DATABASE {database} SET TABLESPACE {space}")
            yield
        finally:
            server.execute(f"ALTER DATABASE {database} SET TABLESPACE pg_default")
            server.execute(f"DROP TABLESPACE {space}")


def browser(name: str) -> Client:
    """A browser that shows what went wrong as people see it."""
    client = signed_in(name)
    client.raise_request_exception = False
    return client


def typed_until_refused(client: Client, entry: int) -> tuple[int, Any, dict[str, Any]]:
    """Type on and on; the last number that was acknowledged, the refusal, and what was sent then."""
    for number in range(1, 20_000):
        sent = {"base": 10**6, "cells": {CELL: str(number), OTHER: _LONG + str(number)}, "request": f"save-{number}"}
        answer = post(client, f"/forms/{entry}/save", **sent)
        if answer.status_code != 200:
            return number - 1, answer, sent
    raise AssertionError("the disk was never full")


def test_what_was_acknowledged_stands_and_the_rest_is_refused_in_words(
    made: Office, disk: Disk, caplog: pytest.LogCaptureFixture
) -> None:
    entry, lan, ngoc, program = made.entry().pk, browser("lan"), browser("ngoc"), Program.of("lan", HERE)
    program.client.raise_request_exception = False
    assert post(lan, f"/forms/{entry}/save", base=10**6, cells={CELL: "0"}, request="first").status_code == 200
    disk.fill()
    last, answer, sent = typed_until_refused(lan, entry)
    assert answer.status_code == 507
    assert WORDS in json.loads(answer.content)["refused"]
    assert answer["Retry-After"] == "60"
    assert made.cells()[CELL][0] == str(last)
    kept = [json.loads(line.details)["cells"][CELL][0] for line in recording.lines(f"entry:{entry}")]
    assert kept == [str(number) for number in range(last + 1)], "every acknowledged save, and none of the refused ones"
    told = program.save(entry, last + 1, ho_ngheo="7", lua_dien_tich={"value": _LONG})
    assert (told.status_code, told.json()["type"]) == (507, "urn:baocao:problem:no-room")
    assert any(record.getMessage() == "the disk has no room" for record in caplog.records)

    assert lan.get(f"/forms/{entry}/").status_code == 200, "what is there can be read"
    assert lan.get("/ready").status_code == 200
    file = SimpleUploadedFile("a.txt", ("Toàn xã có 5 hộ. " * 20_000).encode())
    answer = ngoc.post("/documents/proofs/", {"file": file, "unit": PROVINCE})
    assert (answer.status_code, WORDS in answer.content.decode()) == (507, True)
    assert not Upload.objects.exists()
    assert not Job.objects.exists()
    assert not list((disk.place / "jobs").glob("*")), "nothing is left of what was not taken"
    answer = lan.get(f"/forms/{entry}/print?file=pdf")
    assert (answer.status_code, WORDS in answer.content.decode()) == (507, True)
    with pytest.raises(CommandError, match=WORDS):
        typed_by_the_clock(made)

    disk.empty()
    assert post(lan, f"/forms/{entry}/save", **sent).status_code == 200, "the very call that was refused"
    assert post(lan, f"/forms/{entry}/save", **sent).status_code == 200, "and again, as after a lost answer"
    assert made.cells()[CELL][0] == str(last + 1)
    assert len(list(recording.lines(f"entry:{entry}"))) == last + 2
    call_command("tick", stdout=io.StringIO())
    call_command("tick", stdout=io.StringIO())
    assert not list(recording.faults())


def typed_by_the_clock(made: Office) -> None:
    """Turns of the clock, each with something to seal, until one of them finds no room."""
    for _ in range(200):
        call_command("tick", stdout=io.StringIO())


def test_a_backup_without_room_leaves_nothing_and_says_so(made: Office, disk: Disk) -> None:
    disk.fill()
    with pytest.raises(CommandError, match=r"hết chỗ trên đĩa|No space left"):
        call_command("backup", str(disk.place / "backups" / "a.backup"), stdout=io.StringIO())
    disk.empty()
    assert not list(disk.place.rglob("*.backup"))
    assert not list(disk.place.rglob(".unfinished-*"))


def test_nobody_is_signed_in_halfway(made: Office, disk: Disk) -> None:
    user = User.objects.get(username="lan")
    user.set_password("một mật khẩu đủ dài")
    user.save()
    disk.fill()
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    answers = [client.post("/account/login/", {"login": "lan", "password": "một mật khẩu đủ dài"}) for _ in range(60)]
    refused = [one for one in answers if one.status_code == 507]
    assert all(WORDS in one.content.decode() for one in refused)
    assert {one.status_code for one in answers} <= {302, 429, 200, 507}
    disk.empty()
    client.force_login(user, backend=BACKEND)
    assert client.get("/forms/").status_code == 200
    assert not list(recording.faults())


@needs_browser
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_page_keeps_what_was_typed_and_sends_it_when_there_is_room(
    made: Office, disk: Disk, tmp_path: Path, browser: Any
) -> None:
    from playwright.sync_api import expect

    entry = made.entry().pk
    connections["default"].close()
    with serving(tmp_path) as address:
        watched = Watched(browser, address, "lan")
        page = watched.open(f"/forms/{entry}/")
        expect(page.locator("#line")).to_contain_text("Đã lưu", timeout=20_000)
        writer = signed_in("minh")
        disk.fill()
        writer.raise_request_exception = False
        typed_until_refused(writer, made.entry("MHX02@2025-07-01").pk)
        connections["default"].close()
        page.fill(f"[name='{CELL}']", "41")
        expect(page.locator("#banner")).to_contain_text(WORDS, timeout=20_000)
        assert "41" in page.evaluate("JSON.stringify(Object.values(localStorage))")
        disk.empty()
        expect(page.locator("#line")).to_contain_text("Đã lưu", timeout=60_000)
        expect(page.locator("#banner")).to_be_hidden()
    assert made.cells()[CELL][0] == "41"
    assert not list(recording.faults())
