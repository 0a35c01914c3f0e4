"""Key tasks, their progress, its evidence, and reminders of them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Progress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("turn", models.CharField(blank=True, max_length=10)),
                ("on", models.DateField()),
                ("state", models.CharField(max_length=10)),
                ("done_on", models.DateField(null=True)),
                ("percent", models.PositiveSmallIntegerField(null=True)),
                ("text", models.TextField(blank=True)),
                ("link", models.CharField(blank=True, max_length=500)),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("verdict", models.CharField(blank=True, max_length=10)),
                ("verdict_by", models.CharField(blank=True, max_length=150)),
                ("verdict_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=2000)),
            ],
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                (
                    "progress",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="tasks.progress"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit", models.CharField(max_length=40)),
                ("owner", models.CharField(max_length=200)),
                ("title", models.CharField(max_length=500)),
                ("lead", models.CharField(blank=True, max_length=200)),
                ("source", models.CharField(blank=True, max_length=120)),
                ("decided_on", models.DateField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("every", models.CharField(blank=True, max_length=1)),
                ("deliverable", models.CharField(blank=True, max_length=1000)),
                ("version", models.PositiveIntegerField(default=1)),
                ("made_by", models.CharField(max_length=150)),
                ("made_on", models.DateField()),
                ("dropped_on", models.DateField(null=True)),
                ("folded", models.TextField()),
            ],
            options={
                "indexes": [models.Index(fields=["unit"], name="tasks_of_a_unit")],
            },
        ),
        migrations.AddField(
            model_name="progress",
            name="task",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="progress", to="tasks.task"
            ),
        ),
        migrations.CreateModel(
            name="TaskNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("due_on", models.DateField()),
                ("person", models.PositiveBigIntegerField()),
                ("made_at", models.DateTimeField()),
                ("claimed_until", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("is_sent", models.BooleanField(default=False)),
                ("task", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="tasks.task")),
            ],
        ),
        migrations.AddIndex(
            model_name="progress",
            index=models.Index(fields=["task", "turn", "on", "number"], name="progress_as_of"),
        ),
        migrations.AddConstraint(
            model_name="progress",
            constraint=models.UniqueConstraint(fields=("task", "number"), name="a_progress_once"),
        ),
        migrations.AddIndex(
            model_name="tasknotice",
            index=models.Index(condition=models.Q(("ended_at", None)), fields=["person"], name="task_notices_waiting"),
        ),
        migrations.AddConstraint(
            model_name="tasknotice",
            constraint=models.UniqueConstraint(fields=("task", "kind", "due_on", "person"), name="a_task_notice_once"),
        ),
    ]
