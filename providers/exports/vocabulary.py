"""All words that an export uses: our terms, therapies, checks and sources as taxonomy terms."""

from dataclasses import dataclass, field
from functools import cached_property

from django.conf import settings

from therapies.library import library

from ..hsds import SERVICE_FACTS, identifier, taxonomy
from ..models import Check, Source, Term


def filled(**values):
    """A row without what is blank."""
    return {name: value for name, value in values.items() if value not in ("", None)}


@dataclass(frozen=True)
class Word:
    """A taxonomy term of ours, before it is a row."""

    code: str
    taxonomy: str
    name: str
    description: str
    uri: str = ""

    @cached_property
    def id(self):
        return identifier("taxonomy_term", self.code)

    @cached_property
    def row(self):
        return filled(
            id=self.id,
            code=self.code,
            name=self.name,
            description=self.description,
            taxonomy=self.taxonomy,
            taxonomy_id=identifier("taxonomy", self.taxonomy),
            term_uri=self.uri,
        )


@dataclass
class Vocabulary:
    """All words that listings may use, read once for an export."""

    words: dict = field(default_factory=dict)  # code -> Word
    taxonomies: dict = field(default_factory=dict)  # name -> what it holds
    terms: dict = field(default_factory=dict)  # id -> Term
    sources: dict = field(default_factory=dict)  # id -> Source
    therapies: dict = field(default_factory=dict)  # id -> Therapy that visitors may see

    @classmethod
    def read(cls):
        self = cls()
        for term in Term.objects.all():
            self.terms[term.pk] = term
            facet = term.get_facet_display()
            self._add(
                f"{term.facet}:{term.slug}",
                (f"{facet}: the place says yes", taxonomy(term.facet)),
                (term.name, term.meaning),
            )
            self._add(
                f"no:{term.facet}:{term.slug}",
                (f"{facet}: the place says no", taxonomy(term.facet, "no")),
                (f"Says no: {term.name}", f"The place says that this is not so: {term.meaning}"),
            )
        self.therapies = library().by_id
        for therapy in self.therapies.values():
            address = f"{settings.SITE_URL}{therapy.get_absolute_url()}"
            held = ("Therapies", taxonomy("therapy"))
            self._add(f"therapy:{therapy.slug}", held, (str(therapy), therapy.lead), address)
        for code, _, _, name in SERVICE_FACTS:
            held = ("How a therapy is offered", taxonomy("service"))
            self._add(f"service:{code}", held, (name, name))
        for aspect, label in Check.Aspect.choices:
            held = ("When someone last checked what a place says", taxonomy("check"))
            self._add(
                f"check:{aspect}", held, (f"Checked: {label}", "Day, and how it was checked.")
            )
        for source in Source.objects.all():
            self.sources[source.pk] = source
            held = ("Directories that a listing comes from", taxonomy("source"))
            described = source.notice or source.publisher or source.name
            self._add(f"source:{source.slug}", held, (source.name, described), source.website)
        held = ("What else a listing says of itself", taxonomy("listing"))
        self._add("listing:kind", held, ("Kind of place", "What it is, as on a card."))
        return self

    def _add(self, code, held, said, uri=""):
        (about, name), (term_name, described) = held, said
        self.taxonomies[name] = about
        self.words[code] = Word(code, name, term_name, described or term_name, uri)

    def rows(self):
        """The taxonomies and all their terms."""
        for name, about in self.taxonomies.items():
            row = {"id": identifier("taxonomy", name), "name": name, "description": about}
            yield "taxonomy", row
        for word in self.words.values():
            yield "taxonomy_term", word.row

    def attribute(self, entity, link, code, value=""):
        return "attribute", filled(
            id=identifier("attribute", link, code),
            link_id=link,
            taxonomy_term_id=self.words[code].id,
            link_entity=entity,
            value=value,
        )
