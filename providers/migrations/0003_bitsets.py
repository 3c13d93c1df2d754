"""Search rows hold their terms as bitsets, and a space before each word of their text."""

import numpy as np
from django.db import migrations


def rewrite(apps, schema_editor):
    SearchRow = apps.get_model("providers", "SearchRow")
    rows = []
    for row in SearchRow.objects.iterator(chunk_size=500):
        row.yes, row.no = bitset(row.yes), bitset(row.no)
        row.search_text = f" {row.search_text.strip()}"
        rows.append(row)
        if len(rows) == 500:
            SearchRow.objects.bulk_update(rows, ["yes", "no", "search_text"])
            rows = []
    SearchRow.objects.bulk_update(rows, ["yes", "no", "search_text"])


def bitset(packed):
    ids = np.frombuffer(bytes(packed), dtype="<u4")
    flags = np.zeros(int(ids.max()) + 1 if len(ids) else 0, dtype=np.uint8)
    flags[ids] = 1
    return np.packbits(flags, bitorder="little").tobytes()


class Migration(migrations.Migration):
    dependencies = [("providers", "0002_by_town")]
    operations = [migrations.RunPython(rewrite, migrations.RunPython.noop, elidable=True)]
