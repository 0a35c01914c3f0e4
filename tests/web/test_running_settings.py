"""An installation as the manual says: its settings are sound, all of them are told, its log names nobody."""

from __future__ import annotations

import json
import logging
import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client, override_settings

from baocao_web.people import recording
from baocao_web.people.logging import Lines
from tests.web.offices import HERE, Office, post, signed_in

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE, MANUAL = ROOT / "deploy" / "baocao.env.example", ROOT / "docs" / "operations.md"
_OF_TESTS = ("DJANGO_ALLOW_ASYNC_UNSAFE", "BAOCAO_HTTPS", "BAOCAO_DATABASE")


def example() -> dict[str, str]:
    lines = (line for line in EXAMPLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    return {name: value for name, _, value in (line.partition("=") for line in lines)}


def test_django_finds_no_fault_with_the_documented_settings(tmp_path: Path) -> None:
    told = example() | {"BAOCAO_SECRET_KEY": secrets.token_urlsafe(50), "BAOCAO_FOLDER": str(tmp_path)}
    told["BAOCAO_DATABASE"] = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    run = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "check", "--deploy", "--fail-level", "WARNING"],
        env={name: value for name, value in os.environ.items() if name not in _OF_TESTS} | told,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "no issues (0 silenced)" in run.stdout


def test_the_manual_tells_every_setting_and_none_that_there_is_not() -> None:
    read = set()
    for path in (ROOT / "src" / "baocao_web").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        read |= set(re.findall(r'(?:environment|self)\.(?:words|listed|is_on|number|choice)\(\s*"([A-Z_]+)"', text))
    told = set(re.findall(r"`BAOCAO_([A-Z_]+)`", MANUAL.read_text(encoding="utf-8")))
    assert {"SECRET_KEY", "DATABASE", "REMIND", "WEBHOOK_SECRET"} <= read
    assert read == told
    assert {name.removeprefix("BAOCAO_") for name in example()} <= told


def test_the_log_names_nobody_and_holds_no_figure(made: Office, caplog: pytest.LogCaptureFixture) -> None:
    entry = made.entry().pk
    with caplog.at_level(logging.DEBUG):
        post(signed_in("lan"), f"/forms/{entry}/save", base=0, cells={"ho_ngheo:actual": "987654321"})
        signed_in("lan").get("/people/?q=Nguyễn Hư Cấu")
        signed_in("minh").get(f"/forms/{entry}/")
        Client(headers={"host": "localhost"}).get("/nguyen-hu-cau-987654321")
        with override_settings(ALLOWED_HOSTS=["localhost"]):
            Client(headers={"host": "nguyen-hu-cau.example.org"}).get("/")
    assert caplog.records
    shown = [Lines().format(record) for record in caplog.records if not record.name.startswith("django.db")]
    assert shown
    for line in shown:
        assert json.loads(line)["event"]
        assert not re.search(r"987654321|Nguyễn|nguyen-hu-cau|\b(lan|minh)\b", line), line


def test_health_is_told_without_signing_in_and_without_https(database: str) -> None:
    with override_settings(SECURE_SSL_REDIRECT=True, SECURE_REDIRECT_EXEMPT=[r"^alive$", r"^ready$"]):
        client = Client(headers={"host": "127.0.0.1"})
        assert client.get("/alive").status_code == 200
        assert client.get("/ready").json() == {"ready": True}
        assert client.get("/forms/").status_code == 301
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE app = 'running'")
        answer = client.get("/ready")
    assert (answer.status_code, answer.json()) == (503, {"ready": False})


def test_what_stood_in_the_first_tables_stands_in_the_last(database: str) -> None:
    _emptied(database)
    first = [("people", "0001_initial"), ("collecting", "0001_initial")]
    executor = MigrationExecutor(connection)
    executor.migrate(first)
    models = executor.loader.project_state(first).apps
    user = models.get_model("people", "User").objects.create(username="lan", full_name="Nguyễn Hư Lan", password="!")
    models.get_model("people", "Grant").objects.create(user=user, role="reporter", unit=HERE)
    form = models.get_model("collecting", "Form").objects.create(code="B01", title="Biểu", owner="MH", layout={})
    days = dict.fromkeys(("opens_on", "due_on", "late_on", "locked_on"), "2026-01-05")
    round_ = models.get_model("collecting", "Round").objects.create(
        form=form, owner="MH", period="2026-M01", title="Đợt", **days
    )
    cells = json.dumps({"a:actual": ["12.50", None, 1, None]})
    models.get_model("collecting", "Entry").objects.create(round=round_, unit=HERE, version=1, cells=cells)
    call_command("migrate", verbosity=0)
    now = MigrationExecutor(connection).loader.project_state().apps
    assert now.get_model("people", "User").objects.get().full_name == "Nguyễn Hư Lan"
    assert now.get_model("people", "Grant").objects.get().role == "reporter"
    kept = now.get_model("collecting", "Entry").objects.get()
    assert (kept.cells, kept.version, kept.round.title) == (cells, 1, "Đợt")
    assert recording.seal("tick") is None


def _emptied(vendor: str) -> None:
    """No table is left."""
    if vendor == "sqlite":
        connection.close()
        Path(connection.settings_dict["NAME"]).unlink()
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
