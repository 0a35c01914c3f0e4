"""A backup back into place: proved whole first, loaded beside what stands, and put in its place only at the end."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import sqlite3
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from baocao.model.text import Text
from baocao_web.running.backing_up import (
    DATABASES,
    FILES,
    FORMAT,
    MANIFEST,
    SNAPSHOTS,
    UNFINISHED,
    Manifest,
    NoBackup,
    demand_tool,
    digest,
    run,
)
from baocao_web.running.hindrances import is_full

_PARTS: Final = "parts.tar.gz"
_UNREAD = Text("{file} không phải tệp sao lưu, hoặc đã hỏng.", "{file} is no backup, or is damaged.")
_BROKEN = Text("{file}: phần {part} không khớp mã kiểm tra.", "{file}: the part {part} does not fit its digest.")
_OTHER = Text(
    "bản sao lưu là của {seen}, còn cơ sở dữ liệu đang đặt là {own}.",
    "the backup is of {seen}, and the database that is set is {own}.",
)
_NEWER = Text(
    "bản sao lưu của phiên bản mới hơn ({seen}); hãy cài phiên bản đó trước.",
    "the backup is of a newer program ({seen}); install that one first.",
)
_FULL = Text(
    "cơ sở dữ liệu đang có dữ liệu; dừng phần mềm rồi dùng --replace nếu muốn thay (bản cũ được giữ lại).",
    "the database is not empty; stop the application and use --replace to put the backup in its place (the old one is "
    "kept).",
)
_DAMAGED = Text("cơ sở dữ liệu trong bản sao lưu bị hỏng: {seen}", "the database within the backup is damaged: {seen}")


def restore(file: Path, *, is_replacing: bool = False) -> Manifest:
    """Put a backup into an empty database, or in the place of a full one, which is kept aside. Raises ``NoBackup``."""
    if not is_replacing and not _is_empty():
        raise NoBackup(_FULL)
    root = Path(settings.FOLDER)
    root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root, prefix=UNFINISHED) as made:
        folder = Path(made)
        manifest = unpacked(file, folder)
        if connection.vendor == "sqlite":
            _into_sqlite(folder / DATABASES["sqlite"])
        else:
            _into_postgresql(folder / DATABASES["postgresql"])
        _files(folder / FILES, root)
        shutil.rmtree(root / SNAPSHOTS, ignore_errors=True)  # of figures that may be later than the backup's
    return manifest


def unpacked(file: Path, folder: Path) -> Manifest:
    """Lay a backup's parts into a folder, every one proved by its digest. Raises ``NoBackup``."""
    try:
        with tarfile.open(file) as whole:
            _lay_down(whole, folder)
        manifest = Manifest.read(json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
        _refuse_stranger(manifest)
        with tarfile.open(folder / _PARTS) as parts:
            found = {entry.name: digest(parts, entry) for entry in parts}
        wrong = next(
            (name for name in {*found, *manifest.digests} if found.get(name) != manifest.digests.get(name)), ""
        )
        if wrong:
            raise NoBackup(_BROKEN.fill(file=file.name, part=wrong))
        with tarfile.open(folder / _PARTS) as parts:
            _lay_down(parts, folder)
    except (OSError, EOFError, KeyError, TypeError, ValueError, tarfile.TarError) as problem:
        if is_full(problem):
            raise
        raise NoBackup(_UNREAD.fill(file=str(file))) from problem
    return manifest


def _lay_down(archive: tarfile.TarFile, folder: Path) -> None:
    """Write the files of an archive into a folder. Raises ``ValueError`` for one that is no file or would leave it.

    Python does so itself, but not the one that Debian 12 has.
    """
    for entry in archive:
        target = folder / entry.name
        content = archive.extractfile(entry) if entry.isreg() else None
        if content is None or not target.resolve().is_relative_to(folder.resolve()):
            raise ValueError(entry.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as written:
            shutil.copyfileobj(content, written)


def _refuse_stranger(manifest: Manifest) -> None:
    if manifest.format != FORMAT:
        raise NoBackup(_NEWER.fill(seen=manifest.program))
    if manifest.vendor != connection.vendor:
        raise NoBackup(_OTHER.fill(seen=manifest.vendor, own=connection.vendor))
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if not known.issuperset(manifest.migrations):
        raise NoBackup(_NEWER.fill(seen=manifest.program))


def _is_empty() -> bool:
    """Whether there is nothing that a backup would put away: no tables, or no account and nothing recorded."""
    if connection.vendor == "sqlite" and not Path(str(connection.settings_dict["NAME"])).exists():
        return True
    tables = connection.introspection.table_names()
    for table in ("people_record", "people_user"):
        if table in tables:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {table})")
                if cursor.fetchone()[0]:
                    return False
    return True


def _into_sqlite(copy: Path) -> None:
    """Prove the copy and give it the database's name; what stood there is kept beside it."""
    with_copy = sqlite3.connect(copy)
    try:
        (seen,) = with_copy.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as problem:
        raise NoBackup(_DAMAGED.fill(seen=str(problem))) from problem
    finally:
        with_copy.close()
    if seen != "ok":
        raise NoBackup(_DAMAGED.fill(seen=seen))
    target = Path(str(connection.settings_dict["NAME"]))
    if target.exists():
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # so that the one file that is kept aside is all of it
    connection.close()
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    shutil.copyfile(copy, beside)
    with beside.open("rb") as written:
        os.fsync(written.fileno())
    if target.exists():
        os.replace(target, target.with_name(f"{target.name}.{_stamp()}"))
    for further in ("-wal", "-shm"):
        target.with_name(target.name + further).unlink(missing_ok=True)
    os.replace(beside, target)


def _into_postgresql(dump: Path) -> None:
    """Load into a new database, all or nothing; then the two change names, and the old one is kept under another."""
    demand_tool("pg_restore")
    own = str(connection.settings_dict["NAME"])
    made, kept = f"{own}_{secrets.token_hex(4)}", f"{own}_{_stamp()}"
    _said(f"CREATE DATABASE {_named(made)} TEMPLATE template0 ENCODING 'UTF8'")
    try:
        run("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", f"--dbname={made}", str(dump))
        connection.close()
        quoted = own.replace("'", "''")
        _said(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{quoted}'",
            f"ALTER DATABASE {_named(own)} RENAME TO {_named(kept)}",
            f"ALTER DATABASE {_named(made)} RENAME TO {_named(own)}",
        )
    except NoBackup:
        _said(f"DROP DATABASE IF EXISTS {_named(made)}")
        raise


def _said(*statements: str) -> None:
    """Tell the server, from a database that is always there."""
    words = (word for one in statements for word in ("-c", one))
    run("psql", "--quiet", "--no-psqlrc", "-v", "ON_ERROR_STOP=1", *words, database="postgres")


def _named(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _files(found: Path, root: Path) -> None:
    """Files of the backup to their places; others that are there stay."""
    for path in sorted(found.rglob("*")) if found.is_dir() else ():
        if path.is_file():
            target = root / path.relative_to(found)
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, target)


def _stamp() -> str:
    """A name's ending that tells when something was put aside."""
    return f"{datetime.now(UTC):%Y%m%d%H%M%S}"
