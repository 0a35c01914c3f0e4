"""The drill: a backup while people type, the installation lost, the backup back in place, nothing acknowledged lost."""

from __future__ import annotations

import io
import json
import secrets
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import override_settings

from baocao.ledger.rolled_engine import snapshots_of
from baocao_web.collecting.models import Entry
from baocao_web.figures import live
from baocao_web.people import recording
from baocao_web.people.ciphering import enciphered
from baocao_web.people.models import User
from baocao_web.running import backing_up
from baocao_web.running.backing_up import NoBackup
from baocao_web.running.restoring import restore, unpacked
from tests.unit.figures.databases import SERVER
from tests.web.offices import HERE, Office, post, signed_in

CELL = "ho_ngheo:actual"


@pytest.fixture
def office_folder(made: Office, tmp_path: Path) -> Iterator[Path]:
    """An installation with a file that somebody brought in; databases that were put aside go away again."""
    (tmp_path / "jobs" / "1").mkdir(parents=True)
    (tmp_path / "jobs" / "1" / "asked.json").write_text("{}", encoding="utf-8")
    (tmp_path / backing_up.SNAPSHOTS).mkdir()
    (tmp_path / backing_up.SNAPSHOTS / "1").write_text("later than the backup", encoding="utf-8")
    yield tmp_path
    if connection.vendor == "postgresql":
        import psycopg

        with psycopg.connect(SERVER, autocommit=True) as server:
            like = f"{connection.settings_dict['NAME']}!_%"
            for (name,) in server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s ESCAPE '!'", [like]):
                server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_the_drill(office_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("safe") / "a.backup"
    entry = Entry.objects.get(unit=HERE).pk
    typed: list[int] = []
    is_over = threading.Event()

    def type_on() -> None:
        client = signed_in("lan")
        try:
            for number in range(1, 400):
                answer = post(client, f"/forms/{entry}/save", base=10_000, cells={CELL: str(number)})
                assert answer.status_code == 200
                typed.append(number)
                if is_over.is_set():
                    break
        finally:
            connections["default"].close()

    typist = threading.Thread(target=type_on)
    typist.start()
    while len(typed) < 5:
        assert typist.is_alive()
    before = typed[-1]
    call_command("backup", str(file), stdout=io.StringIO())
    is_over.set()
    typist.join()
    assert typed[-1] > before, "people went on while it was made"
    assert file.stat().st_mode & 0o077 == 0

    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", str(file), stdout=io.StringIO())
    User.objects.create_user("sau", full_name="Sau Bản Sao")
    (office_folder / "jobs" / "1" / "asked.json").unlink()
    out = io.StringIO()
    call_command("restore", str(file), "--replace", stdout=out)
    assert "nhật ký nguyên vẹn" in out.getvalue()

    kept = int(json.loads(Entry.objects.get(pk=entry).cells)[CELL][0])
    assert before <= kept <= typed[-1]
    told = [json.loads(line.details)["cells"][CELL][0] for line in recording.lines(f"entry:{entry}")]
    assert told == [str(number) for number in range(1, kept + 1)], "every save up to it, each once"
    assert not User.objects.filter(username="sau").exists()
    assert (office_folder / "jobs" / "1" / "asked.json").exists()
    assert not (office_folder / backing_up.SNAPSHOTS).exists(), "snapshots later than the database would mislead"
    assert not list(recording.faults())
    with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_record")


def test_an_empty_database_takes_a_backup_without_being_told_twice(office_folder: Path, database: str) -> None:
    file = office_folder.parent / f"{secrets.token_hex(4)}.backup"
    manifest = backing_up.back_up(file)
    assert manifest.vendor == database
    assert "people.0002_kept" in manifest.migrations
    if database == "sqlite":
        connection.close()
        Path(connection.settings_dict["NAME"]).unlink()
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    restore(file)
    assert User.objects.filter(username="lan").exists()


def test_a_backup_of_another_key_says_whose_second_step_is_lost(office_folder: Path) -> None:
    Authenticator.objects.create(
        user=User.objects.get(username="lan"), type="totp", data={"secret": enciphered("JBSWY3DPEHPK3PXP")}
    )
    file = office_folder.parent / f"{secrets.token_hex(4)}.backup"
    backing_up.back_up(file)
    with override_settings(SECRET_KEY=secrets.token_urlsafe(50)):
        told = io.StringIO()
        call_command("restore", str(file), "--replace", stdout=io.StringIO(), stderr=told)
        assert "1 tài khoản không mở được: BAOCAO_SECRET_KEY không phải khóa lúc sao lưu" in told.getvalue()
    told = io.StringIO()
    call_command("restore", str(file), "--replace", stdout=io.StringIO(), stderr=told)
    assert not told.getvalue()


def test_snapshots_are_left_out_under_the_name_that_they_have(office_folder: Path, database: str) -> None:
    assert snapshots_of(live._book()).relative_to(office_folder) == Path(backing_up.SNAPSHOTS)
    kept = {str(path) for path in backing_up.files_kept()}
    assert kept == {"jobs/1/asked.json"}


def test_a_backup_is_never_written_over(office_folder: Path) -> None:
    file = office_folder / "backups" / "a.backup"
    backing_up.back_up(file)
    with pytest.raises(NoBackup, match="there already"):
        backing_up.back_up(file)
    again = backing_up.back_up(file.with_name("b.backup"))
    assert not any("backup" in part for part in again.digests), "a backup is no part of the next one"
    assert list(file.parent.iterdir()) != []
    assert not list(file.parent.glob(".backup-*"))


@pytest.mark.parametrize("fault", ["cut", "other bytes", "another vendor", "newer", "no backup"])
def test_what_cannot_be_trusted_is_refused_and_nothing_is_touched(office_folder: Path, fault: str) -> None:
    file = office_folder / "backups" / "a.backup"
    backing_up.back_up(file)
    _spoil(file, fault)
    before = User.objects.count()
    with pytest.raises(NoBackup):
        restore(file, is_replacing=True)
    assert User.objects.count() == before
    assert (office_folder / backing_up.SNAPSHOTS / "1").exists()
    assert Path(settings.FOLDER) == office_folder


def _spoil(file: Path, fault: str) -> None:
    content = file.read_bytes()
    if fault == "cut":
        file.write_bytes(content[: len(content) * 2 // 3])
        return
    if fault == "no backup":
        file.write_bytes(b"xin " * 500)
        return
    with tarfile.open(file) as whole:
        parts = {entry.name: whole.extractfile(entry).read() for entry in whole}  # type: ignore[union-attr]
    manifest = json.loads(parts["manifest.json"])
    if fault == "other bytes":
        manifest["digests"] = dict.fromkeys(manifest["digests"], "0" * 64)
    if fault == "another vendor":
        manifest["vendor"] = "sqlite" if manifest["vendor"] == "postgresql" else "postgresql"
    if fault == "newer":
        manifest["migrations"].append("people.9999_later")
    parts["manifest.json"] = json.dumps(manifest).encode()
    with tarfile.open(file, "w") as whole:
        for name, told in parts.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(told)
            whole.addfile(entry, io.BytesIO(told))


def test_no_part_of_a_backup_leaves_its_folder(office_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("bad")
    file = folder / "a.backup"
    with tarfile.open(file, "w") as whole:
        entry = tarfile.TarInfo("../outside")
        entry.size = 1
        whole.addfile(entry, io.BytesIO(b"x"))
    (folder / "in").mkdir()
    with pytest.raises(NoBackup):
        unpacked(file, folder / "in")
    assert not (folder / "outside").exists()
