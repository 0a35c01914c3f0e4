"""manage.py verify_ledger: whether the record of what was done is whole, and forms are as it tells."""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from baocao.model.text import Text
from baocao_web.collecting import bound
from baocao_web.pages import said
from baocao_web.people import recording

_WHOLE = Text(
    "Nhật ký nguyên vẹn: {lines} dòng, {streams} chuỗi.", "The record is whole: {lines} lines, {streams} streams."
)
_SEAL = Text(
    "Niêm phong cuối: {place}:{digest}. Hãy ghi lại ở ngoài máy này; lần sau chạy verify_ledger "
    "--seal {place}:{digest} để biết nhật ký có bị cắt hoặc viết lại từ trước đó không.",
    "Last seal: {place}:{digest}. Keep it outside of this machine; the next time verify_ledger "
    "--seal {place}:{digest} tells whether the record was cut off or written anew before it.",
)
_NO_SEAL = Text(
    "“{seen}” không phải là một niêm phong; hãy ghi số và mã như lần chạy trước đã in.",
    "“{seen}” is no seal; write its number and its digest as they were printed before.",
)
_WRITTEN: Final = re.compile(r"([0-9]{1,9}):([0-9a-f]{64})")


class Command(BaseCommand):
    help = "Checks each line of the record against the one before it and the seals, and forms against the record."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seal", default="", help="a seal as it was printed before, kept outside of this machine")

    def handle(self, *_arguments: Any, **told: Any) -> None:
        found = 0
        for fault in _faults(_seal(told["seal"])):
            found += 1
            self.stdout.write(said(fault))
        if found:
            sys.exit(1)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*), count(DISTINCT stream) FROM people_record")
            lines, streams = cursor.fetchone()
        self.stdout.write(said(_WHOLE.fill(lines=lines, streams=streams)))
        place, digest = recording.last_seal()
        if place:
            self.stdout.write(said(_SEAL.fill(place=place, digest=digest)))


def _faults(elsewhere: tuple[int, str] | None) -> Iterator[Text]:
    yield from recording.faults(elsewhere)
    yield from bound.faults()


def _seal(seen: str) -> tuple[int, str] | None:
    """The seal that was kept elsewhere, if one was. Raises ``CommandError``."""
    if not seen:
        return None
    found = _WRITTEN.fullmatch(seen)
    if found is None:
        raise CommandError(said(_NO_SEAL.fill(seen=seen[:80].replace("{", "(").replace("}", ")"))))
    return int(found[1]), found[2]
