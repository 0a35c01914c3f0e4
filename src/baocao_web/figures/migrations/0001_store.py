"""The core's store of figures, in the application's own database."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from baocao.figures import store


def prepare(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the store's tables; they are the core's own, and Django knows no model of them."""
    store.prepare(editor.connection.connection)


class Migration(migrations.Migration):
    dependencies = ()
    operations = (migrations.RunPython(prepare, migrations.RunPython.noop),)
