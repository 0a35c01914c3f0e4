"""What an entry was returned for, what is remarked on its cells, and what it took from the units below.

Remarks and returns that the record tells of already are counted.
"""

import json
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from django.db import migrations, models

_LINES = (
    "SELECT stream, place, at, by, action, details FROM people_record "
    "WHERE action IN ('comment', 'return', 'correct') AND stream LIKE 'entry:%' ORDER BY stream, place"
)


def _moment(at: object) -> str:
    moment = datetime.fromisoformat(str(at))
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="seconds")


def recall(apps: Any, schema_editor: Any) -> None:
    """Give each entry what its stream of the record says."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(_LINES)
        found = cursor.fetchall()
        for stream, lines in groupby(found, key=lambda line: line[0]):
            entry = int(stream.removeprefix("entry:"))
            remarks: dict[str, list[int]] = {}
            last, returned = 0, None
            for _, place, at, by, action, details in lines:
                told = json.loads(details)
                if action == "comment":
                    remarks[told["cell"]] = [remarks.get(told["cell"], (0, 0))[0] + 1, 1]
                    last = place
                else:
                    returned = {"act": action, "by": by, "at": _moment(at), "reason": told["reason"]}
                    returned |= {"since": told["version"], "cells": told["cells"]}
            cursor.execute(
                "UPDATE collecting_entry SET remarks = %s, remarked = %s WHERE id = %s",
                [json.dumps(remarks, ensure_ascii=False), last, entry],
            )
            if returned is not None:
                cursor.execute(
                    "UPDATE collecting_entry SET returned = %s WHERE id = %s AND state IN ('returned', 'submitted')",
                    [json.dumps(returned, ensure_ascii=False), entry],
                )


class Migration(migrations.Migration):
    dependencies = [("collecting", "0001_initial"), ("people", "0001_initial")]

    operations = [
        migrations.AddField("entry", "returned", models.TextField(default="{}")),
        migrations.AddField("entry", "remarks", models.TextField(default="{}")),
        migrations.AddField("entry", "remarked", models.PositiveIntegerField(default=0)),
        migrations.AddField("entry", "below", models.TextField(default="{}")),
        migrations.RunPython(recall, migrations.RunPython.noop),
    ]
