from django.db import migrations, models

import recommendations.models


def a_key_for_each(apps, schema_editor):
    """A default is worked out once for all rows that are there."""
    visitors = apps.get_model("recommendations", "Visitor").objects
    for visitor in visitors.only("pk").iterator():
        visitors.filter(pk=visitor.pk).update(shared_as=recommendations.models.share_key())


class Migration(migrations.Migration):
    safe = "the code before leaves it empty, and empty ones do not collide"
    dependencies = [("recommendations", "0002_memory_and_exposure")]

    operations = [
        migrations.AddField(
            model_name="visitor",
            name="shared_as",
            field=models.CharField(max_length=16, null=True),
        ),
        migrations.RunPython(a_key_for_each, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="visitor",
            name="shared_as",
            field=models.CharField(
                default=recommendations.models.share_key, max_length=16, null=True, unique=True
            ),
        ),
    ]
