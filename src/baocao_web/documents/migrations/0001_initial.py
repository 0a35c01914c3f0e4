"""Reports in work, written parts, editions, files brought in, verdicts on findings, and long work."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit", models.CharField(max_length=40)),
                ("outline", models.CharField(max_length=60)),
                ("period", models.CharField(max_length=30)),
                ("made_by", models.CharField(max_length=150)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("drafted", models.TextField(blank=True)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("revision", models.BigIntegerField(default=0)),
                ("drafted_at", models.DateTimeField(null=True)),
                ("settled", models.JSONField(default=dict)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("unit", "outline", "period"), name="a_report_once")],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveIntegerField()),
                ("number", models.CharField(max_length=40)),
                ("issued_on", models.DateField()),
                ("issued_by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("revision", models.BigIntegerField()),
                ("drafted", models.TextField()),
                ("figures", models.TextField()),
                ("docx", models.BinaryField()),
                ("annexes", models.BinaryField()),
                ("sha256", models.JSONField()),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="editions", to="documents.report"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "report",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploads",
                        to="documents.report",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("digest", models.CharField(max_length=64)),
                ("asked", models.JSONField(default=dict)),
                ("by", models.CharField(max_length=150)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("fault", models.JSONField(null=True)),
                ("outcome", models.TextField(blank=True)),
                (
                    "edition",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to="documents.edition"),
                ),
                (
                    "report",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to="documents.report"),
                ),
                (
                    "upload",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to="documents.upload"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40)),
                ("is_accepted", models.BooleanField(null=True)),
                ("words", models.TextField(blank=True)),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "report",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to="documents.report",
                    ),
                ),
                (
                    "upload",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to="documents.upload",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=100)),
                ("version", models.PositiveIntegerField()),
                ("base", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("is_beside", models.BooleanField(default=False)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="documents.report"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("report", "key", "version"), name="a_part_once")],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=100)),
                ("by", models.CharField(max_length=150)),
                ("until", models.DateTimeField()),
                ("report", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="documents.report")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("report", "key"), name="a_part_held_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.UniqueConstraint(fields=("report", "ordinal"), name="an_edition_once"),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(fields=["kind", "digest"], name="jobs_of_a_digest"),
        ),
    ]
