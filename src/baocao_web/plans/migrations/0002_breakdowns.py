"""Targets by breakdown: where each stood in its annex, and lines of drafts for parts of indicators."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_annexes_and_drafts")]

    operations = [
        migrations.AddField("source", "breakdown", models.CharField(blank=True, default="", max_length=200), False),
        migrations.AddField("line", "breakdown", models.CharField(blank=True, default="", max_length=200), False),
        migrations.RemoveConstraint("line", "an_indicator_once"),
        migrations.AddConstraint(
            "line", models.UniqueConstraint(fields=("draft", "indicator", "breakdown"), name="a_line_once")
        ),
    ]
