"""Ten searches on the real directories of SAMHSA (2022), by a slim loader.

`python -m benchmarks real --data FOLDER`, where FOLDER holds samhsa-directory-2022 and
samhsa-service-codes. Nothing is kept: the importer with its checks and sources is another matter.
"""

import csv
import gzip
import time
from html import unescape
from pathlib import Path

from django.core.management import call_command
from django.test import Client
from django.utils.text import slugify

from providers.changes import listing_changes
from providers.index import index
from providers.models import Check, Place, Provider, ProviderTerm, Service, Term
from therapies.models import Therapy

FACETS = {
    "payment": "pay",
    "level_of_care": "care",
    "population": "for",
    "population|condition": "for",
    "age_group": "age",
    "language": "language",
    "therapy_approach": "approach",
    "medication": "medication",
    "focus": "focus",
    "facility_type": "setting",
}
OFFERED = {"CBT": "cbt", "DBT": "dbt", "EMDR": "emdr", "MOTI": "motivational-interviewing"}
CHECKED = "2022-06-01"
SEARCHES = [
    "near=97214&therapy=dbt",
    "near=NYC&therapy=emdr&pay=md",
    "q=ptsd denver",
    "q=dialectic behavior&near=60601",
    "near=99501&therapy=cbt&radius=50",
    "q=outpatient medicaid 77002",
    "near=Montana&therapy=motivational-interviewing",
    "therapy=cbt&delivery=virtual",
    "q=veterans cbt phoenix az",
    "near=Bozeman, MT&therapy=emdr",
]


def run(data):
    call_command("migrate", verbosity=0)
    call_command("load_places", verbosity=0)
    call_command("loaddata", "conditions", "terms", "therapies", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    began = time.perf_counter()
    load(Path(data))
    loaded = time.perf_counter() - began
    print(f"{Provider.objects.count():,} listings in {loaded:.0f} s")
    began = time.perf_counter()
    index.current()
    print(f"index: {1000 * (time.perf_counter() - began):.0f} ms\n")
    client = Client(headers={"host": "127.0.0.1"})
    for search in SEARCHES:
        client.get(f"/providers/?{search}")
        began = time.process_time()
        response = client.get(f"/providers/?{search}")
        spent = 1000 * (time.process_time() - began)
        show(search, response.context_data["results"], spent)


def show(search, results, spent):
    print(f"{search}\n  {results.title}: {results.total:,} {results.of}  [{spent:.0f} ms CPU]")
    print(f"  understood: {', '.join(chip.label for chip in results.chips) or 'nothing'}")
    for card in results.cards[:3]:
        why = "; ".join(reason.text for reason in card.reasons)
        print(f"  {card.number}. {card.provider.name}, {card.provider.town}. {why}")
    if results.unstated:
        print(f"  {results.unstated.heading}; {results.unstated.says_no} say no")
    if results.online:
        print(f"  {results.online.count} by video in {results.online.state}")
    for label, _, count in (results.few or results.empty or NOTHING).without:
        print(f"  without “{label}”: {count}")
    for label, _, count in (results.few or results.empty or NOTHING).wider:
        print(f"  {label}: {count}")
    if results.empty and results.empty.nearest:
        nearest = results.empty.nearest
        print(f"  nearest: {nearest.provider.name}, {nearest.provider.town}, {nearest.distance}")
    print()


class NOTHING:
    without = wider = ()


def load(data):
    terms = _terms(data / "samhsa-service-codes" / "service_codes.csv")
    points = {p.zip: p for p in Place.objects.filter(kind=Place.Kind.ZIP)}
    therapies = {code: Therapy.objects.get(slug=slug) for code, slug in OFFERED.items()}
    places = {}
    for name in ("sa", "mh"):
        file = data / "samhsa-directory-2022" / f"{name}_facilities_2022.csv.gz"
        with gzip.open(file, "rt", encoding="utf-8") as rows:
            for row in csv.DictReader(rows):
                key = (row["name1"], row["name2"], row["street1"], row["zip"][:5])
                held = places.setdefault(key, (row, set()))
                held[1].update(row["service_code_info"].replace("*", " ").split())
    with listing_changes() as changed:
        providers = [
            _provider(n, row, points) for n, (row, _) in enumerate(places.values(), start=1)
        ]
        Provider.objects.bulk_create(providers, batch_size=2000)
        said, services, checks = [], [], []
        for provider, (_, codes) in zip(providers, places.values(), strict=True):
            held = {terms[code] for code in codes if code in terms}
            said += [ProviderTerm(provider=provider, term_id=key) for key in sorted(held)]
            services += [
                Service(provider=provider, therapy=therapies[code], virtual="TELE" in codes)
                for code in OFFERED
                if code in codes
            ]
            checks.append(
                Check(provider=provider, aspect="contact", checked_on=CHECKED, how="imported")
            )
        ProviderTerm.objects.bulk_create(said, batch_size=5000)
        Service.objects.bulk_create(services, batch_size=5000)
        Check.objects.bulk_create(checks, batch_size=5000)
        changed.everything()


def _terms(path):
    """Service code -> term id; a code that is a term of ours is taken as that."""
    found = {}
    with path.open(encoding="utf-8") as rows:
        for n, row in enumerate(csv.DictReader(rows)):
            facet = FACETS.get(row["facet"])
            if facet is None or row["visitor_filter"] != "yes":
                continue
            label = row["facet_label"] or row["service_name"]
            ours = Term.objects.filter(facet=facet, name__iexact=label).first()
            if ours is None:
                ours, _ = Term.objects.get_or_create(
                    facet=facet,
                    slug=slugify(row["service_code"]),
                    defaults={
                        "name": label[:120], "phrase": f"has {label}"[:160], "order": 100 + n,
                        "phrase_plural": f"have {label}"[:160], "meaning": label[:240],
                    },
                )  # fmt: skip
            found[row["service_code"]] = ours.pk
    return found


def _provider(n, row, points):
    point = points.get(row["zip"][:5])
    name = " ".join(part for part in (row["name1"], row["name2"]) if part)
    name = unescape(" ".join(name.split()))
    return Provider(
        name=name[:200], slug=f"p{n}-{slugify(name)[:80]}", kind="Treatment facility",
        street=row["street1"][:200], city=row["city"][:120], state=row["state"], zip=row["zip"][:5],
        lat=point.lat if point else None, lon=point.lon if point else None,
        phone=row["phone"][:40], status=Provider.Status.PUBLISHED,
    )  # fmt: skip
