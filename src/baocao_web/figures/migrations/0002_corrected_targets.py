"""What a store of an earlier version lacks: the ledger of targets that were mistyped and put right."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from baocao.figures import store


def prepare(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Bring the store's tables to this program's version; they are the core's own."""
    store.prepare(editor.connection.connection)


class Migration(migrations.Migration):
    dependencies = (("figures", "0001_store"),)
    operations = (migrations.RunPython(prepare, migrations.RunPython.noop),)
