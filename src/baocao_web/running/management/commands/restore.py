"""``manage.py restore FILE``: a backup back into place, tables brought up to this program, the record proved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from baocao.model.text import Text
from baocao_web.people.factors import bring_under_todays_key
from baocao_web.people.recording import faults
from baocao_web.running.backing_up import NoBackup
from baocao_web.running.hindrances import NO_ROOM_FOR, is_full
from baocao_web.running.restoring import restore

_DONE = Text(
    "đã khôi phục bản sao lưu lúc {at}; nhật ký nguyên vẹn", "restored the backup of {at}; the record is whole"
)
_BROKEN = Text("đã khôi phục, nhưng nhật ký không nguyên vẹn: {seen}", "restored, but the record is broken: {seen}")

_UNOPENED = Text(
    "khóa xác thực bước hai của {count} tài khoản không mở được: BAOCAO_SECRET_KEY không phải khóa lúc sao lưu. "
    "Hãy ghi khóa lúc đó vào BAOCAO_FORMER_KEYS rồi chạy “manage.py rekey”.",
    "the second factors of {count} accounts cannot be opened: BAOCAO_SECRET_KEY is not the key of the backup. "
    "Put that one into BAOCAO_FORMER_KEYS and run “manage.py rekey”.",
)


class Command(BaseCommand):
    """Restores a backup."""

    help = "Puts a backup into an empty database; with --replace into the place of a full one, which is kept aside."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="put aside what stands there now")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = restore(options["file"].absolute(), is_replacing=options["replace"])
        except NoBackup as problem:
            raise CommandError(f"{problem.text.vi}\n{problem.text.en}") from problem
        except OSError as problem:
            if not is_full(problem):
                raise
            raise CommandError(f"{NO_ROOM_FOR.vi}\n{NO_ROOM_FOR.en}") from problem
        call_command("migrate", verbosity=0, interactive=False)
        seen = next(faults(), None)
        if seen is not None:
            words = Text(_BROKEN.vi.format(seen=seen.vi), _BROKEN.en.format(seen=seen.en))
            raise CommandError(f"{words.vi}\n{words.en}")
        words = _DONE.fill(at=manifest.made_at)
        self.stdout.write(f"{words.vi}\n{words.en}")
        lost = bring_under_todays_key(is_looking_only=True).lost
        if lost:
            told = _UNOPENED.fill(count=len(lost))
            self.stderr.write(f"{told.vi}\n{told.en}")
