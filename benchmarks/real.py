"""The real directories of SAMHSA (2022): imported twice, then ten searches on them.

`python -m benchmarks real --data FOLDER`, where FOLDER holds samhsa-directory-2022. Nothing stays.
"""

import time
from collections import Counter
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.test import Client

from providers.imports import running, samhsa
from providers.index import index
from providers.models import Provider, ProviderTerm, Service

from .imports import rates

FILES = ["sa_facilities_2022.csv.gz", "mh_facilities_2022.csv.gz"]
SEARCHES = [
    "near=97214&therapy=dbt",
    "near=NYC&therapy=emdr&pay=medicaid",
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
    print(f"\non {connection.vendor}")
    for what in ("first load", "again"):
        load(what, [Path(data) / "samhsa-directory-2022" / name for name in FILES])
    print(
        f"  {Provider.objects.count():,} listings, {Service.objects.count():,} services, "
        f"{ProviderTerm.objects.count():,} answers"
    )
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
        print(f"  {results.online.sentence}")
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


def load(what, files):
    counts, rows, seconds, began = Counter(), 0, 0.0, time.process_time()
    for path in files:
        # The second time as a file of its own, so that each row is read and compared again.
        outcome = running.run(samhsa.read(path), name=path.name, digest=f"{path.name} {what}")
        counts += outcome.counts
        rows, seconds = rows + outcome.rows, seconds + outcome.seconds
        for sentence, count in outcome.problems.items():
            print(f"  refused: {sentence} {count:,}")
    print(f"  {what:12} {rows:,} rows: {rates(rows, seconds, began)}, {dict(counts)}", flush=True)
