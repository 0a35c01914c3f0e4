"""What was approved stands while it is corrected; until which day a returned form is open; the second submission."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("collecting", "0003_issued_with")]

    operations = [
        migrations.AddField("entry", "stands", models.PositiveIntegerField(null=True)),
        migrations.AddField("entry", "mend_by", models.DateField(null=True)),
        migrations.AddField("entry", "resubmitted_at", models.DateTimeField(null=True)),
        migrations.AddField("handover", "is_held", models.BooleanField(default=False)),
        migrations.AddField("round", "beside_at", models.BigIntegerField(default=0)),
        migrations.AddField("round", "beside_times", models.PositiveIntegerField(default=0)),
    ]
