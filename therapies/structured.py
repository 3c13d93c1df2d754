"""Therapy and condition pages as schema.org sees them."""

from django.urls import reverse

from trupaths.schema import absolute, breadcrumbs, document, item_list, node

from .formats import uncited
from .models import Therapy, lines

KINDS = {Therapy.Kind.BODY: "PhysicalTherapy"}

LIST = ("Therapies", "/therapies/")
CONDITIONS = ("Conditions", "/conditions/")


def therapy(page):
    """MedicalWebPage about a MedicalTherapy, its questions, and the way to it."""
    url = absolute(page.get_absolute_url())
    about = node(
        _kind(page),
        name=page.name,
        alternateName=[name for name in page.names if name != page.name],
        description=_in_one_line(page.lead),
        url=url,
    )
    nodes = [
        node(
            "MedicalWebPage",
            name=str(page),
            url=url,
            about=about,
            lastReviewed=page.reviewed_on and page.reviewed_on.isoformat(),
            reviewedBy=page.reviewed_by and node("Person", name=page.reviewed_by),
            author=page.author and node("Organization", name=page.author),
            citation=[reference.citation for reference in page.references.all()],
        ),
        breadcrumbs(LIST, (page.short_name, page.get_absolute_url())),
    ]
    if questions := page.faqs.all():
        nodes.append(node("FAQPage", url=url, mainEntity=[_question(faq) for faq in questions]))
    return document(*nodes)


def _kind(page):
    return KINDS.get(page.kind, "MedicalTherapy")


def _question(faq):
    answer = node("Answer", text=_in_one_line(faq.answer))
    return node("Question", name=faq.question, acceptedAnswer=answer)


def therapy_list(therapies):
    return document(
        item_list((str(each), each.get_absolute_url()) for each in therapies), breadcrumbs(LIST)
    )


def condition(page, helping):
    """MedicalWebPage about a MedicalCondition, and what may help with it."""
    path = reverse("therapies:condition_detail", args=[page.slug])
    about = node(
        "MedicalCondition",
        name=page.name,
        alternateName=lines(page.also_known_as),
        description=page.summary,
        possibleTreatment=[
            node(_kind(each), name=each.short_name, url=absolute(each.get_absolute_url()))
            for each in helping
        ],
    )
    return document(
        node("MedicalWebPage", name=page.name, url=absolute(path), about=about),
        breadcrumbs(CONDITIONS, (page.name, path)),
    )


def condition_list(conditions):
    return document(
        item_list(
            (each.name, reverse("therapies:condition_detail", args=[each.slug]))
            for each in conditions
        ),
        breadcrumbs(CONDITIONS),
    )


def _in_one_line(text):
    return " ".join(uncited(text).split())
