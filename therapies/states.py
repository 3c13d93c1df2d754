"""What a page says with all its parts, as plain values; and how two of these states differ.

A state is {"page": {"": {field: value}}, "points": {"12": {field: value}}, …}: parts by their id,
relations as ids, days and moments in ISO form, pictures by name. It can be written as JSON.
"""

import difflib
import re
from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType

from .models import FAQ, Condition, Evidence, Reference, Therapy, TherapyPoint, Waiver

PARTS = {
    "points": TherapyPoint,
    "faqs": FAQ,
    "references": Reference,
    "evidence": Evidence,
    "waivers": Waiver,
}
MODELS = {"page": Therapy, **PARTS}
# What tells a row from the others of its kind.
TITLES = {
    "points": "title",
    "faqs": "question",
    "references": "number",
    "evidence": "condition",
    "waivers": "check_name",
}
_OWN = ("id", "therapy", "replaces", "updated_at", "edited_at")
AROUND = 8  # words that stay around a change

_words = re.compile(r"\s+|[\w’'-]+|[^\w\s]")
_wordy = re.compile(r"\w")


def fields_of(model):
    """The fields of a state's rows of this kind, in their order."""
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return [field for field in fields if field.name not in _OWN]


def state(therapy):
    """What is stored now. With the parts fetched it asks nothing for a row."""
    rows = {"page": [therapy]} | {name: getattr(therapy, name).all() for name in PARTS}
    return {
        name: {_key(name, row.pk): _of_row(model, row) for row in rows[name]}
        for name, model in MODELS.items()
    }


def _of_row(model, row):
    return {
        field.name: _plain([each.pk for each in getattr(row, field.name).all()])
        if field.many_to_many
        else _plain(getattr(row, field.attname))
        for field in fields_of(model)
    }


def state_of(versions):
    """What a page said, by the versions of one revision."""
    kinds = {model: name for name, model in MODELS.items()}
    found = {name: {} for name in MODELS}
    for version in versions:
        model = model_of(version)
        if (name := kinds.get(model)) is None:
            continue  # of a kind that is no part any more
        said = version.field_dict
        found[name][_key(name, version.object_id)] = {
            field.name: _plain(said.get(field.attname, [] if field.many_to_many else None))
            for field in fields_of(model)
        }
    return found


def model_of(version):
    return ContentType.objects.get_for_id(version.content_type_id).model_class()


def _key(name, pk):
    return "" if name == "page" else str(pk)


def _plain(value):
    if isinstance(value, date):  # and datetime
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return sorted(int(each) for each in value)
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return str(value)  # a picture


@dataclass(frozen=True)
class Change:
    """`where` is the part and the field; `pieces` are (“same”, “gone” or “new”, text).

    `at` is where it stands in the states: (kind, id, field).
    """

    at: tuple[str, str, str]
    where: str
    pieces: list[tuple[str, str]]


def differences(before, after):
    """What one would have to change to get from one state to the other, field by field."""
    names = _Names(before, after)
    found = []
    for name, model in MODELS.items():
        old, new = before[name], after[name]
        for key in dict.fromkeys([*old, *new]):
            was, now = old.get(key, {}), new.get(key, {})
            for field in fields_of(model):
                texts = [names.value(field, row.get(field.name)) for row in (was, now)]
                if texts[0] != texts[1]:
                    at, where = (name, key, field.name), names.where(name, field, now or was)
                    found.append(Change(at, where, compared(*texts)))
    return found


def compared(before, after):
    """Two texts word by word, as pieces; long stretches that are the same are cut."""
    old, new = _words.findall(before), _words.findall(after)
    steps = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    pieces, gone, came = [], [], []

    def flush():
        pieces.extend(
            (kind, "".join(said)) for kind, said in (("gone", gone), ("new", came)) if said
        )
        gone.clear()
        came.clear()

    for n, (kind, a, b, c, d) in enumerate(steps):
        first, last = n == 0, n == len(steps) - 1
        same = "".join(old[a:b])
        if kind == "equal" and (first or last or _wordy.search(same)):
            flush()
            pieces.append(("same", _cut(old[a:b], first=first, last=last)))
        else:  # a comma that both have between two changes joins them
            gone += old[a:b]
            came += new[c:d]
    flush()
    return pieces


def _cut(words, *, first, last):
    keep = 2 * AROUND  # a word and the space after it
    if len(words) <= 2 * keep:
        return "".join(words)
    start = "" if first else "".join(words[:keep])
    end = "" if last else "".join(words[-keep:])
    return f"{start} … {end}"


class _Names:
    """Words for the ids in two states, read once."""

    def __init__(self, *states):
        self.names = {
            Condition: dict(Condition.objects.values_list("pk", "name")),
            Therapy: dict(Therapy.objects.values_list("pk", "short_name")),
            Reference: {
                int(key): f"reference {row['number']}"
                for each in states
                for key, row in each["references"].items()
            },
        }

    def value(self, field, value):
        if value is None or value == "" or value == []:
            return ""
        if field.is_relation:
            known = self.names[field.related_model]
            many = value if isinstance(value, list) else [value]
            return ", ".join(known.get(each, f"no longer there ({each})") for each in many)
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(value, bool):
            return "yes" if value else "no"
        return str(value)

    def where(self, name, field, row):
        label = field.verbose_name[:1].upper() + field.verbose_name[1:]
        if name == "page":
            return label
        kind = MODELS[name]._meta.verbose_name
        title = MODELS[name]._meta.get_field(TITLES[name])
        said = self.value(title, row.get(title.name))
        return f"{kind[:1].upper()}{kind[1:]} “{said}”: {field.verbose_name}"
