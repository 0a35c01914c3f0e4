"""The decision that a form is enclosed with, which its head names; forms made before have none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("collecting", "0002_returned_remarked")]

    operations = [
        migrations.AddField(
            "form", "issued_with", models.CharField("ban hành kèm theo", max_length=300, blank=True, default="")
        ),
    ]
