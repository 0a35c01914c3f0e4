"""manage.py verify_ledger: whether the record of what was done is whole."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from baocao.model.text import Text
from baocao_web.pages import said
from baocao_web.people import recording

_WHOLE = Text(
    "Nhật ký nguyên vẹn: {lines} dòng, {streams} chuỗi.", "The record is whole: {lines} lines, {streams} streams."
)


class Command(BaseCommand):
    help = "Checks every line of the record against the one before it and against the seals; ends with 1 on a fault."

    def handle(self, *_arguments: Any, **_told: Any) -> None:
        found = 0
        for fault in recording.faults():
            found += 1
            self.stdout.write(said(fault))
        if found:
            sys.exit(1)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*), count(DISTINCT stream) FROM people_record")
            lines, streams = cursor.fetchone()
        self.stdout.write(said(_WHOLE.fill(lines=lines, streams=streams)))
