"""Annexes of decisions, where targets stood in them, and draft plans."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Annex",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit", models.CharField(max_length=40)),
                ("year", models.PositiveSmallIntegerField()),
                ("authority", models.CharField(max_length=120)),
                ("decision", models.CharField(max_length=120)),
                ("holds_from", models.DateField(null=True)),
                ("name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                ("sheets", models.TextField()),
                ("hidden", models.JSONField(default=list)),
                ("corrections", models.JSONField(default=dict)),
                ("version", models.PositiveIntegerField(default=0)),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("taken_by", models.CharField(blank=True, max_length=150)),
                ("taken_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit", models.CharField(max_length=40)),
                ("year", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=120)),
                ("authority", models.CharField(max_length=120)),
                ("until", models.CharField(blank=True, max_length=30)),
                ("rules", models.JSONField(default=dict)),
                ("version", models.PositiveIntegerField(default=0)),
                ("made_by", models.CharField(max_length=150)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("decision", models.CharField(blank=True, max_length=120)),
                ("assigned_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("indicator", models.CharField(max_length=80)),
                ("rule", models.CharField(blank=True, max_length=20)),
                ("amount", models.CharField(blank=True, max_length=40)),
                ("typed", models.CharField(blank=True, max_length=120)),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="plans.draft"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("draft", "indicator"), name="an_indicator_once")],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit", models.CharField(max_length=40)),
                ("indicator", models.CharField(max_length=80)),
                ("year", models.PositiveSmallIntegerField()),
                ("authority", models.CharField(max_length=120)),
                ("decision", models.CharField(max_length=120)),
                ("decided_on", models.DateField()),
                ("place", models.CharField(max_length=200)),
                ("seen", models.CharField(max_length=200)),
                (
                    "annex",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sources", to="plans.annex"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["unit", "indicator"], name="sources_of_targets")],
            },
        ),
    ]
