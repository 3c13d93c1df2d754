import django.db.models.deletion
from django.db import migrations, models


def a_yes_was_to_both(apps, schema_editor):
    """Until now one yes stood for pages and filters alike."""
    visitors = apps.get_model("recommendations", "Visitor").objects
    visitors.exclude(consent_version=None).update(counts_opened=True, counts_filters=True)


class Migration(migrations.Migration):
    dependencies = [
        ("providers", "0008_fingerprints"),
        ("recommendations", "0001_initial"),
        ("therapies", "0003_starting_point_slug"),
    ]

    operations = [
        migrations.AddField(
            model_name="visitor",
            name="counts_filters",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="visitor",
            name="counts_opened",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="visitor",
            name="counts_saved",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="saved",
            name="counts",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="saved",
            name="hidden_on",
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name="saved",
            name="saved_on",
            field=models.DateField(null=True),
        ),
        migrations.AddConstraint(
            model_name="saved",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("saved_on__isnull", False), ("hidden_on__isnull", False), _connector="OR"
                ),
                name="saved_or_hidden",
            ),
        ),
        migrations.AddConstraint(
            model_name="saved",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("hidden_on__isnull", True), ("provider__isnull", False), _connector="OR"
                ),
                name="only_places_are_hidden",
            ),
        ),
        migrations.CreateModel(
            name="ExposureDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(db_index=True)),
                ("shown", models.PositiveIntegerField(default=0)),
                ("opened", models.PositiveIntegerField(default=0)),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="providers.provider",
                    ),
                ),
            ],
            options={
                "verbose_name": "exposure",
                "verbose_name_plural": "exposure",
                "ordering": ["-day", "-shown", "provider"],
                "constraints": [
                    models.UniqueConstraint(fields=("provider", "day"), name="one_exposure_a_day")
                ],
            },
        ),
        migrations.RunPython(a_yes_was_to_both, migrations.RunPython.noop),
    ]
