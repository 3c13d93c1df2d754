"""What else a page must meet: plain words, links that lead, described pictures, dated sources."""

import re

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import timezone

from therapies.models import Condition, OldSlug, Therapy

from .page import CITED, check

HARDEST = 8  # school grade
_PATH = re.compile(r"(?:^|[\s(“])(/[\w-]+(?:/[\w-]+)*/)")


@check("reading", f"It reads at school grade {HARDEST} or below", discern=False)
def _reading(page):
    found = page.grade
    yield found is None or found <= HARDEST, f"Its reading grade is {found or 0:.1f}."


@check("links", "Its links lead somewhere", discern=False)
def _links(page):
    numbers = {each.number for each in page.references}
    for where, text in page.texts:
        for number in sorted({int(n) for n in CITED.findall(text)} - numbers):
            yield False, f"{where}: there is no reference {number}."
        for path in _PATH.findall(text):
            yield _leads(path), f"{where}: {path} leads nowhere."
    for each in page.references:
        if each.url.startswith(f"{settings.SITE_URL}/"):
            path = each.url.removeprefix(settings.SITE_URL)
            yield _leads(path), f"Reference {each.number}: {path} leads nowhere."


def _leads(path):
    """Does this path of ours lead to a page? Listings come and go: theirs count as given."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    slug = match.kwargs.get("slug")
    if match.view_name == "therapies:condition_detail":
        return Condition.objects.filter(slug=slug).exists()
    if match.view_name == "therapies:detail":
        pages = Therapy.objects.published()
        moved = OldSlug.objects.filter(slug=slug, therapy__in=pages)
        return pages.filter(slug=slug).exists() or moved.exists()
    return True


@check("pictures", "Its pictures are described in words", discern=False)
def _pictures(page):
    for picture, alt, where in [
        (page.overview_figure or page.overview_figure_narrow, page.overview_alt, "Overview"),
        (page.sessions_picture, page.sessions_alt, "Sessions"),
        *((point.picture, point.picture_alt, str(point)) for point in page.points),
    ]:
        if picture:
            said = len(alt.split()) >= 3 and alt.strip() not in picture.name
            yield said, f"{where}: the alternative text does not say what the picture shows."


@check("years", "Its references have their year", discern=False)
def _years(page):
    for each in page.references:
        likely = 1800 <= each.year <= timezone.localdate().year + 1
        said = likely and str(each.year) in each.citation
        yield said, f"Reference {each.number} is printed without its year."
