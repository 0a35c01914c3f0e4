"""What the clock tells people, each thing once to each."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("collecting", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("due_on", models.DateField()),
                ("way", models.CharField(max_length=10)),
                ("person", models.PositiveBigIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("claimed_until", models.DateTimeField(null=True)),
                ("tries", models.PositiveIntegerField(default=0)),
                ("ended_at", models.DateTimeField(null=True)),
                ("is_sent", models.BooleanField(default=False)),
                ("entry", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="collecting.entry")),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)), fields=["way", "person"], name="notices_waiting"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "kind", "due_on", "way", "person"), name="a_notice_once")
                ],
            },
        ),
    ]
