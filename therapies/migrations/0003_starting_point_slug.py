from django.db import migrations, models
from django.utils.text import slugify


def fill(apps, schema_editor):
    for point in apps.get_model("therapies", "StartingPoint").objects.all():
        point.slug = slugify(point.text)[:80]
        point.save(update_fields=["slug"])


class Migration(migrations.Migration):
    dependencies = [("therapies", "0002_searched_as")]
    operations = [
        migrations.AddField(
            "startingpoint", "slug", models.CharField(max_length=80, default="", editable=False)
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            "startingpoint", "slug", models.SlugField(max_length=80, unique=True, editable=False)
        ),
    ]
