"""The web application over real databases: each test has a fresh one, on SQLite and, where it runs, on PostgreSQL."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("BAOCAO_SECRET_KEY", secrets.token_urlsafe(50))
os.environ.setdefault("BAOCAO_HTTPS", "no")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"  # the browser's driver runs a loop in the thread of the tests
os.environ["DJANGO_SETTINGS_MODULE"] = "baocao_web.settings"

import django
from django.conf import settings

django.setup()

from django.core.management import call_command
from django.db import connections
from django.db.utils import load_backend

from baocao_web import environment
from baocao_web.collecting import deciding, forms_kept, grids, moulds
from baocao_web.collecting.totals import consolidating
from baocao_web.people import names
from baocao_web.places import office
from demo.province import places
from demo.province.writing import table
from tests.unit.figures.databases import SERVER
from tests.web.browsing import CHROMIUM
from tests.web.offices import Office

VENDORS = ("sqlite", "postgresql")
WRITING = frozenset(
    {
        "test_accounts_secrets",
        "test_api",
        "test_api_figures",
        "test_api_rooms",
        "test_collecting",
        "test_corrections",
        "test_figures_pages",
        "test_hands",
        "test_hostile",
        "test_levels",
        "test_passing_on",
        "test_remarks",
        "test_round_days",
        "test_people",
        "test_people_commands",
        "test_plans",
        "test_plans_allocation",
        "test_plans_annex",
        "test_plans_breakdowns",
        "test_plans_drafts",
        "test_rounds",
        "test_running_backup",
        "test_running_full_disk",
        "test_running_reminders",
        "test_documents_issued",
        "test_tasks",
        "test_tasks_pages",
        "test_tasks_reminders",
    }
)
_TEMPLATE = "baocao_web_template"


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with all tables and no rows."""
    path = tmp_path_factory.mktemp("template") / "empty.sqlite3"
    _use(f"sqlite:///{path}")
    call_command("migrate", verbosity=0)
    connections["default"].close()
    return path


@pytest.fixture(scope="session")
def template_server() -> Iterator[str]:
    """The name of such a database on the PostgreSQL server."""
    import psycopg

    try:
        server = psycopg.connect(SERVER, autocommit=True)
    except psycopg.OperationalError as problem:
        pytest.skip(f"no PostgreSQL answers: {problem}")
    name = f"{_TEMPLATE}_{secrets.token_hex(4)}"
    server.execute(f"CREATE DATABASE {name}")
    _use(_address(name))
    call_command("migrate", verbosity=0)
    connections["default"].close()
    yield name
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")
    server.close()


@pytest.fixture(scope="session")
def _map(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The office looks after the fictional province."""
    folder = tmp_path_factory.mktemp("units")
    table(folder / "units.csv", places.unit_rows())
    table(folder / "changes.csv", places.change_rows())
    settings.OFFICE_UNIT = places.PROVINCE
    settings.OFFICE_UNITS, settings.OFFICE_CHANGES = str(folder / "units.csv"), str(folder / "changes.csv")
    office.forget()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Where writing is put to the proof each test runs on both databases; pages are looked at on one."""
    told = [mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")]
    if "database" in metafunc.fixturenames and "database" not in told:
        is_written = metafunc.module.__name__.rpartition(".")[2] in WRITING
        metafunc.parametrize("database", VENDORS if is_written else VENDORS[:1], indirect=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, as people use it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tool:
        launched = tool.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database behind Django's connection; its vendor's name."""
    settings.FOLDER = tmp_path
    for kept in (forms_kept, moulds, grids, consolidating, deciding, names):
        kept.forget()
    if request.param == "sqlite":
        path = tmp_path / "office.sqlite3"
        shutil.copyfile(request.getfixturevalue("template"), path)
        _use(f"sqlite:///{path}")
        yield "sqlite"
        connections["default"].close()
        return
    import psycopg

    template = request.getfixturevalue("template_server")
    name = f"baocao_web_{secrets.token_hex(6)}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        _use(_address(name))
        yield "postgresql"
        connections["default"].close()
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def made(database: str, _map: None) -> Office:
    """An office with people of every role, and one round of one form."""
    return Office.made()


def _address(name: str) -> str:
    from psycopg.conninfo import conninfo_to_dict

    told = conninfo_to_dict(SERVER)
    return f"postgresql://{told['user']}@{told['host']}:{told['port']}/{name}"


def _use(address: str) -> None:
    """Put another database behind Django's default connection."""
    if "default" in connections.settings:
        connections["default"].close()
    told = environment.read({"BAOCAO_DATABASE": address}).database()
    connections.settings["default"] = connections.configure_settings({"default": told})["default"]
    made = load_backend(str(told["ENGINE"])).DatabaseWrapper(connections.settings["default"], "default")
    connections["default"] = made
