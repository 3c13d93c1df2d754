"""LEAF of this room: the tables of Open Referral's HSDS 3.0, and our words in them.

Both directions use it: exports/hsds.py and imports/hsds.py. docs/hsds.md says the same for people.
"""

import uuid
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings

VERSION = "3.0.0"
HOMEPAGE = "https://docs.openreferral.org"

# Every entity that we write: its file, then its columns in the order of the standard.
# "!" must be filled, ":number" and the like are types and formats.
_TABLES = {
    "organization": (
        "organizations.csv",
        "name! alternate_name description! email:email website:uri tax_status tax_id "
        "year_incorporated:number legal_status logo uri:uri parent_organization_id:uuid",
    ),
    "service": (
        "services.csv",
        "organization_id:uuid! program_id:uuid name! alternate_name description url:uri "
        "email:email status! interpretation_services application_process fees_description "
        "wait_time fees accreditations eligibility_description minimum_age:number "
        "maximum_age:number assured_date:date assurer_email:email licenses alert "
        "last_modified:datetime",
    ),
    "location": (
        "locations.csv",
        "location_type! url:uri organization_id:uuid name alternate_name description "
        "transportation latitude:number longitude:number external_identifier "
        "external_identifier_type",
    ),
    "service_at_location": (
        "service_at_location.csv",
        "service_id:uuid! location_id:uuid! description",
    ),
    "address": (
        "addresses.csv",
        "location_id:uuid attention address_1! address_2 city! region state_province! "
        "postal_code! country! address_type!",
    ),
    "phone": (
        "phones.csv",
        "location_id:uuid service_id:uuid organization_id:uuid contact_id:uuid "
        "service_at_location_id:uuid number! extension:number type description",
    ),
    "schedule": (
        "schedules.csv",
        "service_id:uuid location_id:uuid service_at_location_id:uuid valid_from:date "
        "valid_to:date dtstart:date timezone:number until:date count:number wkst freq "
        "interval:number byday byweekno bymonthday byyearday description opens_at:time "
        "closes_at:time schedule_link:uri attending_type notes",
    ),
    "cost_option": (
        "cost_options.csv",
        "service_id:uuid! valid_from:date valid_to:date option currency amount:number "
        "amount_description",
    ),
    "language": (
        "languages.csv",
        "service_id:uuid location_id:uuid phone_id:uuid name code note",
    ),
    "accessibility": ("accessibility.csv", "location_id:uuid description details url:uri"),
    "attribute": (
        "attributes.csv",
        "link_id:uuid! taxonomy_term_id:uuid! link_type link_entity! value",
    ),
    "taxonomy": ("taxonomies.csv", "name! description! uri:uri version"),
    "taxonomy_term": (
        "taxonomy_terms.csv",
        "code name! description! parent_id:uuid taxonomy language taxonomy_id:uuid term_uri:uri",
    ),
}
_CHOICES = {
    ("service", "status"): ["active", "inactive", "defunct", "temporarily closed"],
    ("location", "location_type"): ["physical", "postal", "virtual"],
    ("address", "address_type"): ["physical", "postal", "virtual"],
    ("schedule", "wkst"): ["MO", "TU", "WE", "TH", "FR", "SA", "SU"],
    ("schedule", "freq"): ["WEEKLY", "MONTHLY"],
}
_TYPES = {"number", "date", "time", "datetime"}


@dataclass(frozen=True)
class Table:
    entity: str
    path: str
    fields: tuple  # of the fields of a table schema, as a data package describes them

    @cached_property
    def columns(self):
        return [field["name"] for field in self.fields]

    @property
    def keys(self):
        """(column, entity it points to) for what is among our tables."""
        named = ((name, name.removesuffix("_id")) for name in self.columns if name.endswith("_id"))
        return [(name, entity) for name, entity in named if entity in _TABLES]


def _field(entity, word):
    """The field that a word such as `latitude:number` or `name!` stands for."""
    name, _, kind = word.rstrip("!").partition(":")
    field = {"name": name, "type": kind if kind in _TYPES else "string"}
    if kind and kind not in _TYPES:
        field["format"] = kind
    constraints = {"required": word.endswith("!")}
    if name == "id" or (entity, name) == ("taxonomy_term", "code"):
        constraints["unique"] = True
    if choices := _CHOICES.get((entity, name)):
        constraints["enum"] = choices
    return field | {"constraints": constraints}


TABLES = {
    entity: Table(entity, path, tuple(_field(entity, w) for w in ["id:uuid!", *words.split()]))
    for entity, (path, words) in _TABLES.items()
}

# --- our words ------------------------------------------------------------------------------

OURS = "trupaths"  # the taxonomies "trupaths:pay", …; the external identifier of our listings

# What the standard wants filled, and we have nothing to fill it with.
NOT_STATED = "Not stated"
HIDDEN = "Confidential address"
ALONE = "The place itself; no organization above it is named."

# What a service may say, each a term of its own: (code, field of `Service`, its value, name).
SERVICE_FACTS = (
    ("in-person", "in_person", True, "In person"),
    ("virtual", "virtual", True, "By video"),
    ("individual", "individual", True, "One to one"),
    ("group", "group", True, "In a group"),
    ("couple", "couple", True, "As a couple"),
    ("family", "family", True, "As a family"),
    ("accepting", "accepting_new", "yes", "Taking new people"),
    ("full", "accepting_new", "no", "Not taking new people"),
)


def taxonomy(*parts):
    """The name of one of our taxonomies: "trupaths:pay", "trupaths:pay:no"."""
    return ":".join([OURS, *parts])


def identifier(*parts):
    """The same UUID for the same thing of this site, at every export."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join([settings.SITE_URL, "hsds", *parts])))
