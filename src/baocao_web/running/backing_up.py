"""One file that holds all of an installation: its database as of one moment, its files, and what proves them whole.

The database is copied while people go on working: SQLite by its own online copy, PostgreSQL by ``pg_dump``. What was
acknowledged before the copy began is in it. A manifest tells each part's digest and how far the tables had come.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from baocao import __version__
from baocao.model.text import Problem, Text
from baocao_web.places import turns

MANIFEST: Final = "manifest.json"
FORMAT: Final = 1
_LEAST_ROOM: Final = 1 << 20  # bytes; with less the disk is full, whatever is said
DATABASES: Final = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
FILES: Final = "files"
SNAPSHOTS: Final = "figures.snapshot"  # made again from the database when they are not there
UNFINISHED: Final = ".unfinished-"  # what a folder is called while a backup is made or put back in it
# what can be made again, and what waits for some hours
_LEFT_OUT: Final = (SNAPSHOTS, "figures.preparing", "backups", "workbooks", turns.FOLDER)
_STEP: Final = 1 << 20
_SECONDS: Final = 6 * 3600

_EXISTS = Text("{file} đã có; hãy chọn tên khác.", "{file} is there already; choose another name.")
_TOOL = Text(
    "{tool} không chạy được ({seen}); hãy cài gói postgresql-client cùng phiên bản với máy chủ.",
    "{tool} did not run ({seen}); install postgresql-client of the server's version.",
)
_OLDER = Text(
    "{tool} phiên bản {own} cũ hơn máy chủ PostgreSQL {server}; hãy cài bản mới hơn.",
    "{tool} {own} is older than the PostgreSQL server {server}; install a newer one.",
)


class NoBackup(Problem):
    """A copy that could not be made, or that cannot be trusted."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    format: int
    program: str
    vendor: str
    made_at: str
    migrations: tuple[str, ...]
    digests: Mapping[str, str]  # part → sha256

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Manifest:
        return cls(**{**told, "migrations": tuple(told["migrations"])})


def back_up(file: Path) -> Manifest:
    """Write a backup; the file has its name only when it is whole. Raises ``NoBackup``."""
    if file.exists():
        raise NoBackup(_EXISTS.fill(file=str(file)))
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=UNFINISHED) as made:
        folder = Path(made)
        name = DATABASES[connection.vendor]
        _copied(folder / name)
        parts = {name: folder / name} | {f"{FILES}/{path}": settings.FOLDER / path for path in files_kept()}
        packed = folder / "packed"
        manifest = _pack(packed, parts, applied())
        packed.chmod(0o600)  # it holds accounts and secrets of second factors
        os.replace(packed, file)
        _settle(file.parent)
    return manifest


def applied() -> tuple[str, ...]:
    """The migrations that the database has seen, in order."""
    found = MigrationRecorder(connection).applied_migrations()
    return tuple(sorted(f"{app}.{name}" for app, name in found))


def files_kept() -> Iterator[Path]:
    """What lies in the installation's folder beside the database: uploads, work, letterheads; nothing derived."""
    root = Path(settings.FOLDER)
    database = Path(str(connection.settings_dict["NAME"])).resolve() if connection.vendor == "sqlite" else None
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        is_database = database is not None and str(path.resolve()).startswith(str(database))  # its log and index too
        is_left_out = inside.parts[0] in _LEFT_OUT or any(part.startswith(UNFINISHED) for part in inside.parts)
        if path.is_file() and not path.is_symlink() and not is_database and not is_left_out:
            yield inside


def _copied(target: Path) -> None:
    """The database as of one moment, in a file."""
    if connection.vendor == "sqlite":
        source = sqlite3.connect(
            f"{Path(connection.settings_dict['NAME']).absolute().as_uri()}?mode=ro", uri=True, timeout=60
        )
        copy = sqlite3.connect(target)
        try:
            source.backup(copy)  # in one step: writers wait for nothing, and it never begins anew
            copy.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as problem:  # on a full disk SQLite tells of it, or of any fault of the disk
            if shutil.disk_usage(target.parent).free < _LEAST_ROOM:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from problem
            raise
        finally:
            copy.close()
            source.close()
        return
    demand_tool("pg_dump")
    run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def demand_tool(tool: str) -> None:
    """Raises ``NoBackup`` where a tool of PostgreSQL is older than the server."""
    shown = run(tool, "--version")
    own = int("".join(sign for sign in shown.split()[2].partition(".")[0] if sign.isdigit()))
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        server = int(cursor.fetchone()[0]) // 10_000
    if own < server:
        raise NoBackup(_OLDER.fill(tool=tool, own=own, server=server))


def run(tool: str, *arguments: str, database: str = "") -> str:
    """Run a tool of PostgreSQL on the application's database; the password travels in the environment alone."""
    told = connection.settings_dict
    given = {"PGHOST": told["HOST"], "PGPORT": told["PORT"], "PGUSER": told["USER"], "PGPASSWORD": told["PASSWORD"]}
    environment = {**os.environ, **{name: str(value) for name, value in given.items() if value}}
    environment["PGDATABASE"] = database or str(told["NAME"])
    try:
        done = subprocess.run(
            [tool, *arguments], env=environment, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise NoBackup(_TOOL.fill(tool=tool, seen=type(problem).__name__)) from problem
    if done.returncode:
        raise NoBackup(_TOOL.fill(tool=tool, seen=done.stderr.strip()[-500:]))
    return done.stdout


def _pack(packed: Path, parts: Mapping[str, Path], migrations: tuple[str, ...]) -> Manifest:
    digests: dict[str, str] = {}
    with tarfile.open(packed, "w:gz", compresslevel=3) as archive:
        for name, path in parts.items():
            try:
                archive.add(path, name, recursive=False)
            except FileNotFoundError:  # work that was over in between
                continue
            digests[name] = ""
    with tarfile.open(packed) as archive:  # the digests are of what is in the file, not of what was meant to be
        for entry in archive:
            digests[entry.name] = digest(archive, entry)
    manifest = Manifest(FORMAT, __version__, connection.vendor, _now(), migrations, digests)
    return _sealed(packed, manifest)


def _sealed(packed: Path, manifest: Manifest) -> Manifest:
    """Put the manifest in front, so that whoever opens the file reads it first."""
    told = packed.with_name(MANIFEST)
    told.write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), encoding="utf-8")
    whole = packed.with_name("whole")
    with tarfile.open(whole, "w") as archive:
        archive.add(told, MANIFEST)
        archive.add(packed, "parts.tar.gz")
    os.replace(whole, packed)
    with packed.open("rb") as file:
        os.fsync(file.fileno())
    return manifest


def digest(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> str:
    """The sha256 of one part of an archive."""
    content = archive.extractfile(entry)
    assert content is not None
    found = sha256()
    while block := content.read(_STEP):
        found.update(block)
    return found.hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _settle(folder: Path) -> None:
    """A name in a folder is durable when the folder is."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
