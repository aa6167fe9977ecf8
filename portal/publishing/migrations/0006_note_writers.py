"""Whoever ever wrote of a note counts as its writer, not the last one alone."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("publishing", "0005_noted_by"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="release",
            name="note_writers",
            field=models.ManyToManyField(
                related_name="noted_releases", to=settings.AUTH_USER_MODEL
            ),
        ),
    ]
