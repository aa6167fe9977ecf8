"""Whoever ever wrote of a note counts as its writer, not the last one alone."""

from django.conf import settings
from django.db import migrations, models


def keep_the_last_ones(apps, schema_editor) -> None:
    for release in apps.get_model("publishing", "Release").objects.exclude(noted_by=None):
        release.note_writers.add(release.noted_by_id)


class Migration(migrations.Migration):

    dependencies = [
        ("publishing", "0005_noted_by"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="release",
            name="note_writers",
            field=models.ManyToManyField(related_name="noted", to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunPython(keep_the_last_ones, migrations.RunPython.noop),
        migrations.RemoveField(model_name="release", name="noted_by"),
        migrations.AlterField(
            model_name="release",
            name="note_writers",
            field=models.ManyToManyField(
                related_name="noted_releases", to=settings.AUTH_USER_MODEL
            ),
        ),
    ]
