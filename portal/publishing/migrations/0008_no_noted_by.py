from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("publishing", "0007_keep_note_writers")]

    operations = [migrations.RemoveField(model_name="release", name="noted_by")]
