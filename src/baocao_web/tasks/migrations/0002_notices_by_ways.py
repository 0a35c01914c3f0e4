"""Notices of tasks go by mail and by the webhook, and one that could not be sent waits longer and longer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tasks", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="tasknotice",
            name="a_task_notice_once",
        ),
        migrations.RemoveIndex(
            model_name="tasknotice",
            name="task_notices_waiting",
        ),
        migrations.AddField(
            model_name="tasknotice",
            name="tries",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="tasknotice",
            name="way",
            field=models.CharField(default="mail", max_length=10),
        ),
        migrations.AlterField(
            model_name="tasknotice",
            name="person",
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name="tasknotice",
            index=models.Index(
                condition=models.Q(("ended_at", None)), fields=["way", "person"], name="task_notices_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="tasknotice",
            constraint=models.UniqueConstraint(
                fields=("task", "kind", "due_on", "way", "person"), name="a_task_notice_once"
            ),
        ),
    ]
