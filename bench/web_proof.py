"""What the database holds after a load: ``python -m bench.web_proof deadline|killed FILE`` prints two counts."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baocao_web.settings")

import django

django.setup()

from baocao_web.collecting.models import Entry, Handover
from baocao_web.collecting.typing import read
from baocao_web.people import recording


def deadline(told: dict[str, Any]) -> tuple[int, int]:
    """Forms that were not handed over whole, and those that were handed over more than once."""
    cells = len(told["cells"])
    handed = Counter(
        entry for entry, kept in Handover.objects.values_list("entry", "cells") if len(json.loads(kept)) == cells
    )
    entries = {client["entry"] for client in told["clients"]}
    submitted = set(Entry.objects.filter(state="submitted").values_list("pk", flat=True))
    return len(entries - (set(handed) & submitted)), sum(count > 1 for count in handed.values())


def killed(acknowledged: list[Any]) -> tuple[int, int]:
    """Acknowledged saves that the record does not hold word for word, or whose cells are gone; faults of the record."""
    recorded = {line.request: (line.stream, json.loads(line.details)) for line in recording.lines()}
    lost = 0
    for entry, request, texts in acknowledged:
        stream, details = recorded.get(request, ("", {"cells": {}, "version": 0}))
        is_there = stream == f"entry:{entry}" and all(
            details["cells"].get(cell, [read(text).value])[0] == read(text).value for cell, text in texts.items()
        )
        lost += not is_there
    rebuilt: dict[str, dict[str, Any]] = {}
    for line in recording.lines():
        if line.action == "enter":
            rebuilt.setdefault(line.stream, {}).update(json.loads(line.details)["cells"])
    for key, kept in Entry.objects.values_list("pk", "cells"):
        now = {cell: [told[0], told[1], told[3]] for cell, told in json.loads(kept).items()}
        lost += now != rebuilt.get(f"entry:{key}", {})
    return lost, sum(1 for _ in recording.faults())


if __name__ == "__main__":
    given = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    print(json.dumps(deadline(given) if sys.argv[1] == "deadline" else killed(given)))
