from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("providers", "0003_bitsets"),
    ]

    operations = [
        migrations.AddField(
            model_name="term",
            name="searched_as",
            field=models.TextField(
                blank=True,
                help_text="Everyday words that people type for it and that we do not print, one a line.",
            ),
        ),
    ]
