"""The one writer that was known of a note is one of its writers."""

from django.db import migrations


def keep(apps, schema_editor) -> None:
    for release in apps.get_model("publishing", "Release").objects.exclude(noted_by=None):
        release.note_writers.add(release.noted_by_id)


def name_one(apps, schema_editor) -> None:
    for release in apps.get_model("publishing", "Release").objects.all():
        release.noted_by = release.note_writers.last()
        release.save(update_fields=["noted_by"])


class Migration(migrations.Migration):

    dependencies = [("publishing", "0006_note_writers")]

    operations = [migrations.RunPython(keep, name_one)]
