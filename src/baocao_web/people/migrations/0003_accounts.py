"""Accounts know their unit, whether their password is a given one, and how often all their sessions were ended."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_kept")]

    operations = [
        migrations.AddField(
            model_name="user", name="unit", field=models.CharField(blank=True, default="", max_length=40)
        ),
        migrations.AddField(
            model_name="user", name="one_time_until", field=models.DateTimeField(default=None, null=True)
        ),
        migrations.AddField(model_name="user", name="sign_outs", field=models.PositiveIntegerField(default=0)),
    ]
