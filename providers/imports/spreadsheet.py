"""A spreadsheet of our own columns, as docs/listings.md says and docs/listings-template.csv shows.

Whoever fills it in is at hand, so what is not understood is refused, and the nearest is offered.
"""

import hashlib
import re
from contextlib import suppress
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.text import slugify

from providers.models import Term
from therapies.library import library
from trupaths.text import fold

from . import repair
from .reading import as_rows, loosely, table
from .records import Reading, Record, Refused, Row, Unreadable

NEEDS = ("name", "city", "state")
PLAIN = (
    "id", "kind", "organization", "summary", "description", "street", "zip", "latitude",
    "longitude", "confidential", "phone", "intake phone", "website", "email", "hours", "therapies",
)  # fmt: skip
HIDDEN = ("street", "latitude", "longitude")
OWN = "x "  # begins the name of a column that is nobody else's business
FACTS = {
    "in person": {"in_person": True},
    "by video": {"virtual": True},
    "one to one": {"individual": True},
    "in a group": {"group": True},
    "as a couple": {"couple": True},
    "as a family": {"family": True},
    "taking new people": {"accepting_new": "yes"},
    "not taking new people": {"accepting_new": "no"},
}
SAME_FACTS = {
    "video": "by video", "online": "by video", "virtual": "by video", "individual": "one to one",
    "group": "in a group", "couple": "as a couple", "family": "as a family",
}  # fmt: skip
MOST_DOLLARS = 1_000_000

_price = re.compile(r"\$ ?(\d[\d,]*)(?: ?(?:-|–|to) ?\$? ?(\d[\d,]*))?(?: (.*))?")
_in_brackets = re.compile(r"(.+?)\s*\(([^()]*)\)")


def answer_columns():
    """{column: (facet, answer)}: “payment” for what a place says yes to, “payment no” for no."""
    found = {}
    for facet in Term.Facet:
        label = facet.label.lower()
        found |= {label: (facet.value, "yes"), f"{label} no": (facet.value, "no")}
    return found


COLUMNS = [*NEEDS, *PLAIN, *answer_columns()]


def read(path, *, name="", as_of=None, whole=False):
    """A `Reading` of one spreadsheet. `name` is that of the source; `as_of` is the day from which
    it says so, else the day on which the file was last saved."""
    path = Path(path)
    found = table(path, needs=NEEDS, may=COLUMNS)
    _known(path, found.columns)
    as_of = as_of or _saved(path)
    name = name or "Our own list"
    translate = Translation()
    return Reading(
        source={"slug": f"list-{slugify(name)}"[:60], "name": name[:200]},
        edition=str(as_of),
        as_of=as_of,
        rows=_each_once(as_rows(found, translate.record)),
        whole=whole,
        total=found.total,
    )


def _each_once(rows):
    """An id names one place: a later row with the same would be lost in the first, or undo it."""
    rows_by_id = {}
    for row in rows:
        identifier = repair.stated(row.raw.get("id", ""))
        first = rows_by_id.setdefault(identifier, row.number) if identifier else row.number
        yield row if first == row.number else _again(row, first)


def _again(row, first):
    with suppress(Refused):
        _hidden(row.raw)  # a confidential address is kept with no refusal
    sentence = f"Row {row.number} has the same id as row {first}; give each place one of its own."
    return Row(row.number, row.raw, refused=Refused(sentence, kind="The same id twice"))


def _saved(path):
    return datetime.fromtimestamp(path.stat().st_mtime, timezone.get_current_timezone()).date()


def _known(path, columns):
    """A column that is mistyped would be lost in silence: a street would be shown, say."""
    for column in columns:
        if column and column not in COLUMNS and not loosely(column).startswith(loosely(OWN)):
            raise Unreadable(
                f"{path.name} has a column “{column}” that we do not know."
                f"{_nearest(column.lower(), COLUMNS)} Begin the name of a column of your own with "
                f"“{OWN}”, and it is passed over."
            )


class Translation:
    """Cells into the words of records, by the names of terms and therapies as they are now."""

    def __init__(self):
        self.terms = {facet: {} for facet in Term.Facet.values}  # facet -> {folded name: term}
        for term in Term.objects.all():
            self.terms[term.facet] |= {fold(term.slug): term, fold(term.name): term}
        self.therapies = library().by_name
        self.answers = answer_columns()

    def record(self, raw):
        """The `Record` of a row; raises `Refused`."""
        hidden = _hidden(raw)
        cell = {name: raw.get(name, "") for name in (*NEEDS, *PLAIN)}
        _no_example(cell)
        repairs = []
        state = repair.state(cell["state"], cell["zip"], repairs)
        street = repair.street(cell["street"])
        zip_code = repair.zip_code(cell["zip"], state, repairs)
        name = repair.name(cell["name"])
        return Record(
            identifier=repair.stated(cell["id"]) or _made_of(name, street, zip_code, cell["city"]),
            name=name,
            kind=repair.stated(cell["kind"]),
            organization=repair.name(cell["organization"]),
            summary=repair.stated(cell["summary"]),
            description=_lines(cell["description"]),
            street=street,
            city=repair.city(cell["city"]),
            state=state,
            zip=zip_code,
            point=repair.point(cell["latitude"], cell["longitude"], repairs),
            phone=repair.phone(cell["phone"], repairs),
            intake_phone=repair.phone(cell["intake phone"], repairs),
            website=repair.website(cell["website"], repairs),
            email=repair.email(cell["email"], repairs),
            hours=_lines(cell["hours"].replace(";", "\n")),
            confidential=hidden,
            terms=self._terms(raw),
            services=_services(cell["therapies"], self.therapies),
            repairs=tuple(repairs),
        )

    def _terms(self, raw):
        found = {}
        for column, (facet, answer) in self.answers.items():
            for item in _items(raw.get(column, "")):
                term, note = self._term(facet, item)
                key = term.natural_key()
                if found.get(key, answer).partition(":")[0] != answer:
                    raise Refused(
                        f"It says yes and no to “{term.name}”.", kind="Both yes and no to one thing"
                    )
                found[key] = f"{answer}: {note}" if note else answer
        return found

    def _term(self, facet, item):
        """(term, note) of “Medicaid (Oregon Health Plan)”; some names hold brackets themselves."""
        known = self.terms[facet]
        if term := known.get(fold(item)):
            return term, ""
        if (parts := _in_brackets.fullmatch(item)) and (term := known.get(fold(parts[1]))):
            return term, _short(parts[2].strip(), 120)
        names = {name: term.name for name, term in known.items()}
        label = Term.Facet(facet).label.lower()
        raise Refused(
            f"“{item[:60]}” is not in our list for “{label}”.{_nearest(fold(item), names)}",
            kind=f"Unknown word for “{label}”",
        )


def _hidden(raw):
    """Whether the address is confidential; then it is kept nowhere, not even with a refusal."""
    said = fold(raw.get("confidential", ""))
    if said not in ("", "no", "false", "0", "n"):
        raw |= {name: "" for name in HIDDEN if name in raw}
    if said not in ("", "no", "false", "0", "n", "yes", "true", "1", "y"):
        raise Refused(
            f"“{said[:40]}” under “confidential” is neither yes nor no.", kind="Confidential or not"
        )
    return said in ("yes", "true", "1", "y")


def _no_example(cell):
    """The rows of the template show how; they are no places."""
    hosts = [cell["email"].partition("@")[2], urlsplit(cell["website"]).hostname or ""]
    digits = "".join(c for c in cell["phone"].partition("x")[0] if c.isdigit())[-7:]
    made_up = "5550100" <= digits <= "5550199"
    if made_up or any(re.search(r"(^|\.)example(\.|$)", host.strip().lower()) for host in hosts):
        raise Refused("This is an example, not a place: delete the row.", kind="An example")


def _made_of(*parts):
    """An id for a row that has none: the same as long as these stay the same."""
    text = "|".join(map(fold, parts))
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


# --- cells ------------------------------------------------------------------------------------


def _items(cell):
    """What stands between semicolons or on lines of their own."""
    return list(filter(None, map(repair.stated, re.split(r"[;\n]", cell))))


def _lines(cell):
    return "\n".join(filter(None, map(repair.stated, cell.splitlines())))


def _short(text, most):
    if len(text) > most:
        raise Refused(
            f"“{text[:40]}…” is longer than {most} characters.", kind="Words that are too long"
        )
    return text


def _nearest(word, known):
    """“ Did you mean …?”, or nothing. `known` is a list of names, or {folded: as written}."""
    near = get_close_matches(word, list(known), n=2, cutoff=0.6)
    names = dict.fromkeys(known[name] if isinstance(known, dict) else name for name in near)
    meant = " or ".join(f"“{name}”" for name in names)
    return f" Did you mean {meant}?" if meant else ""


def _services(cell, known):
    """{therapy slug, “cbt#1” for the second: offer} of “CBT (by video, in a group); DBT”."""
    found = {}
    for item in _items(cell):
        therapy, facts = _therapy(item, known)
        times = sum(key.partition("#")[0] == therapy.slug for key in found)
        found[f"{therapy.slug}#{times}" if times else therapy.slug] = facts
    return found


def _therapy(item, known):
    if therapy := known.get(fold(item)):
        return therapy, {}
    if (parts := _in_brackets.fullmatch(item)) and (therapy := known.get(fold(parts[1]))):
        facts = {}
        for said in filter(None, (each.strip() for each in parts[2].split(", "))):
            facts |= _fact(said)
        return therapy, facts
    names = {name: therapy.short_name for name, therapy in known.items()}
    first = parts[1] if parts else item
    raise Refused(
        f"The therapy “{first[:60]}” has no page here.{_nearest(fold(first), names)}",
        kind="Unknown therapy",
    )


def _fact(said):
    """What one phrase within the brackets behind a therapy says of the service."""
    if price := _price.fullmatch(said):
        low = int(price[1].replace(",", ""))
        high = int((price[2] or price[1]).replace(",", ""))
        if low > high or high > MOST_DOLLARS:
            raise Refused(f"“{said[:40]}” is no price; write $60 to $120.", kind="Price")
        unit = _short((price[3] or "").strip(), 40)
        return {"price_low": low, "price_high": high} | ({"price_unit": unit} if unit else {})
    name = SAME_FACTS.get(fold(said), fold(said))
    if name in FACTS:
        return FACTS[name]
    raise Refused(
        f"“{said[:60]}” behind a therapy is not understood.{_nearest(name, list(FACTS))}",
        kind="Unknown words behind a therapy",
    )
