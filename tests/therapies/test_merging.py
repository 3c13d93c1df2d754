"""Whatever two people do to one page: what either typed is in the form that comes back."""

from operator import itemgetter

from django import forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from therapies.merging import merged

WORDS = st.sampled_from(["", "one", "two", "three"])
ROW = st.fixed_dictionaries({"a": WORDS, "b": WORDS, "tick": st.booleans()})
FIELDS = ("a", "b", "tick")


class Form(forms.Form):
    a = forms.CharField(required=False)
    b = forms.CharField(required=False)
    tick = forms.BooleanField(required=False)


def sent(row, prefix=""):
    """A row as a browser sends it: no word of a box that is not ticked."""
    data = {f"{prefix}{name}": row[name] for name in ("a", "b")}
    return data | ({f"{prefix}tick": "on"} if row["tick"] else {})


def post(page, rows, new):
    data = QueryDict(mutable=True)
    data.update(sent(page))
    for n, (key, row) in enumerate([*rows.items(), *(("", row) for row in new)]):
        data.update({f"parts-{n}-id": key} | sent(row, f"parts-{n}-"))
    counts = {"TOTAL": len(rows) + len(new), "INITIAL": len(rows)}
    data.update({f"parts-{name}_FORMS": str(count) for name, count in counts.items()})
    return data


def read(data, prefix=""):
    row = {name: data.get(f"{prefix}{name}", "") for name in ("a", "b")}
    return row | {"tick": f"{prefix}tick" in data}


def state(page, rows):
    return {"page": {"": page}, "parts": rows}


def expected(seen, mine, theirs):
    """Mine where I changed it, else theirs; and where both did, in different ways."""
    row = {name: theirs[name] if mine[name] == seen[name] else mine[name] for name in FIELDS}
    both = {
        name
        for name in FIELDS
        if len({seen[name], mine[name], theirs[name]}) == 3
    }  # fmt: skip
    return row, both


def merge(seen, now, data):
    answer, both = merged(data, seen, now, Form, {"parts": Form})
    total, first = (int(answer[f"parts-{name}_FORMS"]) for name in ("TOTAL", "INITIAL"))
    rows = [(answer.get(f"parts-{n}-id", ""), read(answer, f"parts-{n}-")) for n in range(total)]
    assert not [name for name in answer if name.startswith(f"parts-{total}-")]
    return read(answer), dict(rows[:first]), [row for _, row in rows[first:]], both


@given(ROW, ROW, ROW)
def test_a_field_keeps_what_was_typed_else_takes_what_others_saved(seen, mine, theirs):
    page, *_, both = merge(state(seen, {}), state(theirs, {}), post(mine, {}, []))
    wanted, conflicts = expected(seen, mine, theirs)
    assert page == wanted
    assert both == {("page", "", name) for name in conflicts}


KEYS = st.sampled_from(["1", "2", "3"])


@given(
    st.dictionaries(KEYS, ROW),
    st.dictionaries(KEYS, ROW),
    st.dictionaries(KEYS, ROW),
    st.lists(ROW, max_size=2),
    st.lists(ROW, max_size=2),
    st.sets(KEYS),
)
def test_no_part_is_lost_and_none_comes_twice(seen, my_edits, their_edits, my_new, added, deleted):
    mine = {key: my_edits.get(key, row) for key, row in seen.items()}
    theirs = {key: their_edits.get(key, row) for key, row in seen.items() if key not in deleted} | {
        str(10 + n): row for n, row in enumerate(added)
    }
    blank = {"a": "", "b": "", "tick": False}
    _, stored, new, _ = merge(state(blank, seen), state(blank, theirs), post(blank, mine, my_new))
    wanted = {
        key: expected(seen[key], mine[key], row)[0] if key in seen else row
        for key, row in theirs.items()
    }
    assert stored == wanted
    typed = [row for key, row in mine.items() if key in deleted and row != seen[key]]
    by_words = itemgetter(*FIELDS)
    assert sorted(new, key=by_words) == sorted([*typed, *my_new], key=by_words)


@given(st.text(max_size=40))
def test_a_count_that_is_none_is_read_as_nothing(total):
    data = QueryDict(mutable=True)
    data["parts-TOTAL_FORMS"] = total if not total.isdecimal() else "x"
    seen = state({"a": "", "b": "", "tick": False}, {})
    assert merge(seen, seen, data)[1:3] == ({}, [])
