"""The process that writes a draft: it reads the figures of the application's database, and changes nothing there."""

from __future__ import annotations

import os
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from baocao_web.documents import errands


def draft(folder: Path, asked: errands.Asked) -> dict[str, Any]:
    """The draft as JSON, in a file beside; told are its digest and the store's revision."""
    from baocao.model.office import Office
    from baocao.model.period import Period
    from baocao.reporting.writing import Asked, drafted, outline_named
    from baocao_web.documents import draft_json
    from baocao_web.places import office
    from baocao_web.tasks.into_report import tasks_told

    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in asked["letterhead"].items()
    }
    outline, period = outline_named(asked["outline"]), Period.parse(asked["period"])
    on = date.fromisoformat(asked["on"])
    with office.book() as book:
        wanted = Asked(
            outline=outline,
            unit=office.unit(asked["unit"]),
            period=period,
            on=on,
            tasks=tasks_told(asked["unit"], outline, period, on),
        )
        made = drafted(book, wanted, Office(**given))
    line = draft_json.written(made)
    (folder / "draft.json").write_text(line, encoding="utf-8")
    return {"digest": sha256(line.encode()).hexdigest(), "revision": made.revision}


def main(folder: Path) -> None:
    """Draft what the folder asks for."""
    errands.limit(is_of_strangers=False)
    os.environ["DJANGO_SETTINGS_MODULE"] = "baocao_web.settings"
    import django

    django.setup()
    errands.run(folder, {"draft": draft})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
