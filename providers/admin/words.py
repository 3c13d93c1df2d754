"""Fields and values of listings, named as in `imports.records.Record.said`, in words."""

from providers import editing
from providers.imports.records import ADDRESS
from providers.imports.revising import held
from providers.models import FieldOrigin, Provider, Service, Term
from therapies.models import Therapy

OTHER = {"point": "Point", "confidential": "Confidential address", "status": "Status"}
NOT_SAID = "not stated"


class Words:
    """Names of terms and therapies, read once for a page."""

    def __init__(self):
        self.names = {f"{term.facet}:{term.slug}": str(term) for term in Term.objects.all()}
        therapies = Therapy.objects.values_list("slug", "short_name")
        self.names |= {f"service:{slug}": f"Therapy: {name}" for slug, name in therapies}

    def label(self, name):
        """“Phone”, “Payment: Medicaid”, “Therapy: CBT”."""
        if ":" in name:
            base, _, second = name.partition("#")
            return self.names.get(base, base) + (f", service {int(second) + 1}" if second else "")
        if name in OTHER:
            return OTHER[name]
        words = Provider._meta.get_field(name).verbose_name
        return words[:1].upper() + words[1:]

    def value(self, name, value):
        """A value as `said` has it: “Yes”, “by video; price from, dollars: 40”."""
        if value in (None, ""):
            return NOT_SAID
        if value is True:
            return "Yes"
        if name.startswith("service:"):
            return _offer(value)
        if name == "point":
            return f"{value[0]:.5f}, {value[1]:.5f}"
        if name == "status":
            return Provider.Status(value).label
        if ":" in name:
            answer, _, note = value.partition(": ")
            return {"yes": "Yes", "no": "Says no"}.get(answer, answer) + (
                f": {note}" if note else ""
            )
        return value


def _offer(value):
    parts = []
    for field, says in value.items():
        label = Service._meta.get_field(field).verbose_name
        parts.append(label if says is True else f"{label}: {says}")
    return "; ".join(parts) or "offered"


def sides(object_id):
    """What a listing and each of its sources say, field by field, and who set it."""
    one = held([unquoted(object_id)]).get(unquoted(object_id))
    if one is None:
        return None
    sources = list(one.provider.sources.select_related("source").order_by("-as_of", "pk"))
    origins = {row.field: row for row in FieldOrigin.objects.filter(provider=one.provider)}
    words, here = Words(), editing.fields_of(one)
    names = here.keys() | origins.keys() | {name for row in sources for name in row.said}
    hidden = ADDRESS if one.provider.confidential_address else ()
    return {
        "sources": sources,
        "rows": [
            {
                "label": words.label(name),
                "here": words.value(name, here.get(name)),
                "sources": [words.value(name, row.said.get(name)) for row in sources],
                "origin": origins.get(name),
            }
            for name in sorted(names, key=lambda name: (":" in name, name))
            if name not in hidden and not name.startswith("check:")
        ],
    }


def unquoted(object_id):
    """The number in an address of the admin, or None."""
    return int(object_id) if object_id.isdecimal() and len(object_id) < 19 else None


def only_staff(field, db_field):
    """Of the users, those who can sign in here."""
    if field is not None and db_field.name in ("keeper", "owner"):
        field.queryset = field.queryset.filter(is_staff=True, is_active=True)
    return field
