"""Forms, rounds, entries and handovers."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Form",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, verbose_name="mã biểu")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="phiên bản")),
                ("title", models.CharField(max_length=300, verbose_name="tên biểu")),
                ("title_en", models.CharField(blank=True, max_length=300, verbose_name="tên tiếng Anh")),
                ("owner", models.CharField(max_length=40)),
                ("sector", models.CharField(blank=True, max_length=60)),
                ("layout", models.JSONField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("code", "version"), name="a_version_once")],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("owner", models.CharField(max_length=40)),
                ("period", models.CharField(max_length=30)),
                ("title", models.CharField(max_length=300)),
                ("opens_on", models.DateField()),
                ("due_on", models.DateField()),
                ("late_on", models.DateField()),
                ("locked_on", models.DateField()),
                ("steps", models.JSONField(default=list)),
                ("is_closed", models.BooleanField(default=False)),
                ("form", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="collecting.form")),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit", models.CharField(max_length=40)),
                ("state", models.CharField(default="open", max_length=10)),
                ("step", models.PositiveSmallIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=0)),
                ("cells", models.TextField(default="{}")),
                ("beside", models.TextField(default="{}")),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("extended_to", models.DateField(null=True)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("round", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="collecting.round")),
            ],
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=150)),
                ("cells", models.TextField()),
                ("is_fed", models.BooleanField(default=False)),
                ("entry", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="collecting.entry")),
            ],
            options={
                "indexes": [models.Index(fields=["is_fed", "id"], name="handovers_waiting")],
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "version"), name="a_version_handed_over_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(fields=("form", "owner", "period"), name="a_period_once"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["unit", "state"], name="entries_of_a_unit"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("round", "unit"), name="a_unit_once_a_round"),
        ),
    ]
