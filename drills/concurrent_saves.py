"""16 visitors save 100 places each at once; then one and the same visitor from 16 windows.

Pass: no answer is an error, and there are as many rows as saves that were answered, none twice.
"""

import threading

from providers.models import Provider
from recommendations.models import Saved, Visitor

from . import site


def run(*, clients, saves, seed):
    site.prepare()
    slugs = list(Provider.objects.order_by("pk").values_list("slug", flat=True)[:saves])
    if len(slugs) < saves:
        raise SystemExit(f"There are {len(slugs)} listings: --saves is at most that.")
    with site.Site() as running:
        held = many(running, clients, slugs)
        return one(running, clients, slugs) and held


def many(running, clients, slugs):
    """Each with a list of their own."""
    answers = together(running, [(site.Visitor(running), slugs) for _ in range(clients)])
    rows, visitors = Saved.objects.count(), Visitor.objects.count()
    fine = sum(answer.status < 400 for answer in answers)
    asked = clients * len(slugs)
    print(f"  {clients} lists: {asked:,} saves, errors {asked - fine}, rows {rows:,}; "
          f"{visitors} visitors; {site.times(answers)}", flush=True)  # fmt: skip
    return fine == rows == asked and visitors == clients


def one(running, clients, slugs):
    """All into one list, each place from every window."""
    Saved.objects.all().delete()
    first = site.Visitor(running)
    first.ask("/saved/", provider=slugs[0], next="/saved/")
    answers = together(
        running, [(site.Visitor(running, cookie=first.cookie), slugs) for _ in range(clients)]
    )
    rows, asked = Saved.objects.count(), clients * len(slugs)
    fine = sum(answer.status < 400 for answer in answers)
    print(f"  one list: {asked:,} saves, errors {asked - fine}, rows {rows:,} of {len(slugs):,} "
          f"places; {site.times(answers)}", flush=True)  # fmt: skip
    return fine == asked and rows == len(slugs)


def together(running, work):
    answers = []

    def save(visitor, slugs):
        for slug in slugs:
            try:
                answers.append(visitor.ask("/saved/", provider=slug, next="/saved/"))
            except OSError as error:
                print(f"  {type(error).__name__}: {error}")

    threads = [threading.Thread(target=save, args=each) for each in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
