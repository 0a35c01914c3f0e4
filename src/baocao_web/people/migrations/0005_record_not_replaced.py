"""A line of the record is not replaced either: REPLACE would delete the older one without asking the trigger."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_REFUSAL = "people_record is append-only: nothing in it is changed or deleted"


def guard(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make SQLite refuse what PostgreSQL has no word for."""
    if editor.connection.vendor == "postgresql":
        return
    editor.execute(
        "CREATE TRIGGER people_record_is_kept_replace BEFORE INSERT ON people_record WHEN EXISTS ("
        "SELECT 1 FROM people_record WHERE id = NEW.id "
        "UNION ALL SELECT 1 FROM people_record WHERE stream = NEW.stream AND place = NEW.place "
        "UNION ALL SELECT 1 FROM people_record WHERE stream = NEW.stream AND request = NEW.request"
        f") BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    )


class Migration(migrations.Migration):
    dependencies = (("people", "0004_factors_enciphered"),)
    operations = (migrations.RunPython(guard),)
