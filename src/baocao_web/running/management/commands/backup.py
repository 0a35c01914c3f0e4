"""``manage.py backup FILE``: all of the installation in one file, while people go on working."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from baocao.model.text import Text
from baocao_web.running.backing_up import NoBackup, back_up
from baocao_web.running.hindrances import NO_ROOM_FOR, is_full

_DONE = Text("đã sao lưu vào {file}: {count} phần, {size} byte", "backed up to {file}: {count} parts, {size} bytes")


class Command(BaseCommand):
    """Writes a backup."""

    help = "Writes the database, the uploaded files and a manifest into one file, while the application runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"].absolute()
        try:
            manifest = back_up(file)
        except NoBackup as problem:
            raise CommandError(f"{problem.text.vi}\n{problem.text.en}") from problem
        except OSError as problem:
            if not is_full(problem):
                raise
            raise CommandError(f"{NO_ROOM_FOR.vi}\n{NO_ROOM_FOR.en}") from problem
        words = _DONE.fill(file=str(file), count=len(manifest.digests), size=file.stat().st_size)
        self.stdout.write(f"{words.vi}\n{words.en}")
