"""Search rows hold their terms as bitsets, and a space before each word of their text."""

import numpy as np
from django.db import migrations


def forwards(apps, schema_editor):
    _rewrite(apps, bitset, lambda text: f" {text.strip()}")


def backwards(apps, schema_editor):
    _rewrite(apps, packed, str.strip)


def _rewrite(apps, terms, text):
    SearchRow = apps.get_model("providers", "SearchRow")
    rows = []
    for row in SearchRow.objects.iterator(chunk_size=500):
        row.yes, row.no = terms(row.yes), terms(row.no)
        row.search_text = text(row.search_text)
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


def packed(bitset):
    flags = np.unpackbits(np.frombuffer(bytes(bitset), dtype=np.uint8), bitorder="little")
    return np.flatnonzero(flags).astype("<u4").tobytes()


class Migration(migrations.Migration):
    dependencies = [("providers", "0002_by_town")]
    operations = [migrations.RunPython(forwards, backwards, elidable=True)]
