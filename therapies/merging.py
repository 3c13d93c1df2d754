"""A form that was opened before others saved: brought up to date without losing what was typed."""

from django import forms
from django.core import signing
from django.utils.datastructures import MultiValueDict

SALT = "therapies.seen"
MOST_ROWS = 1000


def token(state):
    """A state, to stand in a form."""
    return signing.dumps(state, salt=SALT, compress=True)


def read_token(text):
    """The state in a form, or None when we did not write it."""
    try:
        return signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None


def merged(post, seen, now, form, formsets):
    """What was posted, with what others saved since; and where both changed the same.

    `seen` is the state that the form was opened with, `now` the one that is stored. `formsets`
    are the classes of the forms of parts, by their prefix. A field that only others changed takes
    their value. Parts that others added are added; a part that they deleted and the person changed
    becomes a new one. Returns (posted data, {(kind, id, field), …}).
    """
    post = post.copy()
    both = {
        ("page", "", name)
        for name in _merge(form.base_fields, post, seen["page"][""], now["page"][""])
    }
    for prefix, row_form in formsets.items():
        rows = _Rows(post, prefix)
        both |= rows.merge(row_form.base_fields, seen[prefix], now[prefix])
        rows.write()
    return post, both


def typed(post, seen, form, formsets):
    """(label, text) of what the person changed, to show it where it cannot be saved."""
    found = _typed("", form.base_fields, post, seen["page"][""])
    for prefix, row_form in formsets.items():
        for row in _Rows(post.copy(), prefix).rows:
            stored = seen[prefix].get(row.get("id", ""), {})
            blank = {field.name: None for field in row_form._meta.model._meta.concrete_fields}
            label = f"{row_form._meta.model._meta.verbose_name.capitalize()}: "
            found += _typed(label, row_form.base_fields, row, stored or blank)
    return found


def _typed(label, fields, data, seen):
    return [
        (f"{label}{field.label}", str(text))
        for name, field in fields.items()
        if name in seen and not isinstance(field, forms.FileField)
        if _differs(field, name, seen[name], data)
        if isinstance(text := field.widget.value_from_datadict(data, {}, name), str) and text
    ]


def _merge(fields, data, seen, now):
    """Brings `data` up to date; returns the names of fields that both sides changed."""
    both = []
    for name, field in fields.items():
        if name not in seen or isinstance(field, forms.FileField):
            continue
        if seen[name] == now[name] or not _differs(field, name, now[name], data):
            continue
        if _differs(field, name, seen[name], data):
            both.append(name)
        else:
            _put(data, name, now[name])
    return both


def _differs(field, name, value, data):
    """Was something else typed than this value of a state?"""
    initial = field.to_python(value) if isinstance(field, forms.DateField) else value
    return field.has_changed(initial, field.widget.value_from_datadict(data, {}, name))


def _put(data, name, value):
    """Write a value of a state as a browser would send it."""
    if isinstance(value, list):
        data.setlist(name, [str(each) for each in value])
    elif value is False:
        data.pop(name, None)
    elif value is True:
        data[name] = "on"
    else:
        data[name] = "" if value is None else str(value)


class _Rows:
    """The forms of one kind of part, as they were posted."""

    def __init__(self, post, prefix):
        self.post, self.prefix = post, prefix
        total = post.get(f"{prefix}-TOTAL_FORMS", "0")
        total = min(int(total), MOST_ROWS) if total.isdecimal() and len(total) < 9 else 0
        self.rows = [self._take(n) for n in range(total)]
        self.stored, self.new = [], []

    def _take(self, n):
        start = f"{self.prefix}-{n}-"
        names = [name for name in self.post if name.startswith(start)]
        return MultiValueDict({name.removeprefix(start): self.post.pop(name) for name in names})

    def merge(self, fields, seen, now):
        both, prefix = set(), self.prefix
        for row in self.rows:
            key = row.get("id", "")
            if key in now:
                names = _merge(fields, row, seen.get(key, now[key]), now[key])
                both |= {(prefix, key, name) for name in names}
                self.stored.append(row)
            elif key not in seen:
                self.new.append(row)
            elif any(
                _differs(field, name, seen[key][name], row)
                for name, field in fields.items()
                if name in seen[key] and not isinstance(field, forms.FileField)
            ):
                both |= {(prefix, key, name) for name in seen[key]}
                row["id"] = ""
                self.new.append(row)
        known = {row.get("id", "") for row in self.stored}
        for key in sorted(now.keys() - known - seen.keys(), key=int):
            row = MultiValueDict({"id": [key]})
            for name in fields:
                if name in now[key]:
                    _put(row, name, now[key][name])
            self.stored.append(row)
        return both

    def write(self):
        rows = [*self.stored, *self.new]
        self.post[f"{self.prefix}-TOTAL_FORMS"] = str(len(rows))
        self.post[f"{self.prefix}-INITIAL_FORMS"] = str(len(self.stored))
        for n, row in enumerate(rows):
            for name, values in row.lists():
                self.post.setlist(f"{self.prefix}-{n}-{name}", values)
