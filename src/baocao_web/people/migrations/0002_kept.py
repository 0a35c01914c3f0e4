"""The record is append-only by the database itself; and the table that processes share their counters in."""

from __future__ import annotations

from django.apps.registry import Apps
from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_REFUSAL = "people_record is append-only: nothing in it is changed or deleted"


def guard(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the database itself refuse to change or delete a line of the record."""
    if editor.connection.vendor == "postgresql":
        editor.execute(
            "CREATE OR REPLACE FUNCTION people_record_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$"
        )
        editor.execute(
            "CREATE TRIGGER people_record_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON people_record "
            "FOR EACH STATEMENT EXECUTE FUNCTION people_record_is_kept()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        editor.execute(
            f"CREATE TRIGGER people_record_is_kept_{act.lower()} BEFORE {act} ON people_record "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        )


def share(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """The table behind the cache, which counts failed sign-ins for all processes."""
    call_command("createcachetable", database=editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = (("people", "0001_initial"),)
    operations = (migrations.RunPython(guard), migrations.RunPython(share))
