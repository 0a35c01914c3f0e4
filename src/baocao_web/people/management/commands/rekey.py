"""``manage.py rekey``: the secrets of second factors under the key of today, so that former ones may go."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from baocao.model.text import Text
from baocao_web.people.factors import bring_under_todays_key

_DONE = Text(
    "khóa xác thực bước hai: đã theo khóa hiện tại {current}; vừa mã hóa lại {renewed}",
    "second factors: under the key of today {current}; enciphered anew {renewed}",
)
_LOOKED = Text(
    "khóa xác thực bước hai: đã theo khóa hiện tại {current}; còn theo khóa cũ {renewed}",
    "second factors: under the key of today {current}; still under a former key {renewed}",
)
_LOST = Text(
    "không mở được khóa xác thực bước hai của {count} tài khoản: {names}. Hãy ghi khóa cũ vào BAOCAO_FORMER_KEYS rồi "
    "chạy lại, hoặc cấp lại mật khẩu và bỏ bước hai của các tài khoản này.",
    "the second factors of {count} accounts cannot be opened: {names}. Put the former key into BAOCAO_FORMER_KEYS and "
    "run this again, or reset these accounts with their second step.",
)


class Command(BaseCommand):
    """Enciphers secrets of second factors anew."""

    help = "Brings the secrets of second factors under BAOCAO_SECRET_KEY; ends with 1 where some cannot be opened."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="look only, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        found = bring_under_todays_key(is_looking_only=options["check"])
        words = (_LOOKED if options["check"] else _DONE).fill(current=found.current, renewed=found.renewed)
        self.stdout.write(f"{words.vi}\n{words.en}")
        if found.lost:
            told = _LOST.fill(count=len(found.lost), names=", ".join(found.lost))
            raise CommandError(f"{told.vi}\n{told.en}")
