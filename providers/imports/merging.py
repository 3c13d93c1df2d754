"""What several sources and people say of a place, as one listing.

A listing is what its sources say, the newer over the older, with what people set or checked since
then on top. What a source says against a person becomes a proposal, never a change.
"""

from dataclasses import dataclass, field

from .records import ADDRESS, aspect_of


def together(says):
    """One answer of several sources: {name: (value, as_of)}.

    `says` is a list of (as_of, said) of the sources that still list it. The newest that says
    something about a field is right; a term is "yes" when the newest to mention it says so.
    Services add up: a place offers what any of its sources names.
    """
    found = {}
    for as_of, said in sorted(says, key=lambda pair: pair[0]):
        for name, value in said.items():
            if name.startswith("service:") and name in found:
                value = found[name][0] | value
            found[name] = (value, as_of)
    return found


@dataclass
class Merged:
    """What to write, and what to ask a person. A value of None means: no longer said."""

    writes: dict = field(default_factory=dict)
    proposals: dict = field(default_factory=dict)  # name -> (value, as_of)


def merge(before, after, current, people, as_of):
    """How a listing changes when its sources change what they say.

    `before` and `after` are `together()` of its sources, the newest of which speaks of `as_of`;
    `current` is {name: value} of the listing as it stands (see `listing.current`), `people`
    {name: day} on which a person last set or checked a field; the day of an aspect ("contact")
    stands for all its fields.
    """
    merged = Merged()
    hidden = current.get("confidential") or "confidential" in after
    for name in before.keys() | after.keys():
        if hidden and name in ADDRESS:
            continue
        # What no source says any longer goes, if it was theirs; but never that it is confidential.
        value, since = after.get(name, (None, as_of))
        by_source = before.get(name, (None, None))[0]
        if value == current.get(name) or (
            name not in after and (by_source != current.get(name) or name == "confidential")
        ):
            continue
        checked = max(filter(None, (people.get(name), people.get(aspect_of(name)))), default=None)
        if checked is None or checked < since:
            merged.writes[name] = value
        elif by_source != value:  # it says something new, and a person knows better
            merged.proposals[name] = (value, since)
    if hidden:
        merged.writes |= {name: None for name in ADDRESS if current.get(name)}
    return merged
