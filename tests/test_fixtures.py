"""What a fresh TruPaths starts with: every fixture, on an empty and on a full database."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from providers.changes import differing
from providers.models import Organization, Provider, Term
from therapies.library import library
from therapies.models import FAQ, Condition, Evidence, Reference, StartingPoint, Therapy
from therapies.models.base import lines

pytestmark = pytest.mark.django_db

CONTENT = ["conditions", "terms", "therapies", "starting_points"]
ORDER = [*CONTENT, "demo_providers"]


def load(*names, **options):
    call_command("loaddata", *(names or ORDER), verbosity=0, **options)


def everything():
    """Every row of every fixture's models, by natural key."""
    models = [Condition, Therapy, FAQ, Reference, Evidence, StartingPoint, Provider]
    return {
        model.__name__: sorted(str(row.natural_key()) for row in model.objects.all())
        for model in models
    }


def test_all_fixtures_are_named_here():
    assert {path.stem for path in settings.BASE_DIR.glob("fixtures/*.json")} == set(ORDER)


def test_the_fixtures_load_twice_and_make_nothing_twice():
    load()
    once = everything()
    assert len(once["Therapy"]) >= 6 and len(once["Provider"]) >= 390
    assert differing() == []
    for name in ORDER:
        load(name)
    assert everything() == once
    assert differing() == []


def test_a_page_that_staff_edited_is_kept_whole(capsys):
    load(*CONTENT)
    therapy = Therapy.objects.order_by("pk").first()
    therapy.lead, therapy.edited_at = "As staff wrote it.", timezone.now()
    therapy.save()
    faq = therapy.faqs.first()
    faq.answer = "As staff answered it."
    faq.save()
    load(*CONTENT)
    therapy.refresh_from_db()
    faq.refresh_from_db()
    assert therapy.lead == "As staff wrote it." and faq.answer == "As staff answered it."
    assert f"Kept as staff edited them: {therapy}." in capsys.readouterr().out
    load(*CONTENT, overwrite_edits=True)
    therapy.refresh_from_db()
    assert therapy.lead != "As staff wrote it." and therapy.edited_at is None


def test_what_staff_edited_is_kept_whatever_it_is():
    load()
    edits = [
        (Condition, "summary", "As staff wrote it."),
        (Term, "meaning", "As staff wrote it."),
        (StartingPoint, "text", "As staff wrote it."),
        (Organization, "name", "As staff wrote it."),
        (Provider, "summary", "As staff wrote it."),
    ]
    expected = []
    for model, field, value in edits:
        row, other = model.objects.order_by("pk")[:2]
        expected += [(row, field, f"{value} {row.pk}"), (other, field, getattr(other, field))]
        row.edited_at = timezone.now()  # the other was changed by no person
        for each in (row, other):
            setattr(each, field, f"{value} {each.pk}")
            each.save()
    load()
    for row, field, value in expected:
        row.refresh_from_db()
        assert getattr(row, field) == value, row


def test_each_therapy_is_complete():
    load(*CONTENT)
    for therapy in library().therapies:
        sections = {"goals": 4, "benefits": 4, "steps": 5, "candidates": 5}
        for name, least in sections.items():
            assert len(getattr(therapy, name)) >= least, (therapy, name)
        assert len(therapy.faqs.all()) >= 6 and len(therapy.references.all()) >= 4
        assert therapy.evidence.all() and therapy.best_for.all()
        for name in (
            "best_for_text", "session_format", "cadence", "duration", "combined_text",
            "evidence_summary", "overview_figure", "overview_alt", "sessions_picture",
            "sessions_alt", "before_you_start", "who_should_be_careful", "risks",
            "questions_to_ask", "credentials_to_look_for", "why_we_highlight", "find_call",
        ):  # fmt: skip
            assert getattr(therapy, name), (therapy, name)
        assert therapy.in_person or therapy.virtual


def test_each_citation_has_its_reference_and_each_reference_its_use():
    import re

    load(*CONTENT)
    for therapy in library().therapies:
        texts = [getattr(therapy, field.name) for field in Therapy._meta.fields]
        texts += [point.text for point in therapy.points.all()]
        texts += [faq.answer for faq in therapy.faqs.all()]
        cited = {int(n) for text in texts for n in re.findall(r"\[(\d+)\]", str(text))}
        cited |= {ref.number for row in therapy.evidence.all() for ref in row.references.all()}
        assert cited == {reference.number for reference in therapy.references.all()}, therapy


def test_each_condition_says_what_was_studied_for_it():
    load(*CONTENT)
    assert [each for each in Condition.objects.all() if not each.evidence.exists()] == []


def test_names_that_hurt_find_a_condition_and_are_not_printed(client):
    load(*CONTENT)
    hidden = {each: lines(each.searched_as) for each in Condition.objects.exclude(searched_as="")}
    assert hidden
    for condition, names in hidden.items():
        page = client.get(reverse("therapies:condition_detail", args=[condition.slug])).text
        for name in names:
            assert name in condition.name + condition.summary or name not in page, name
            found = client.get(reverse("providers:list"), {"q": name}).text
            assert f'value="{condition.slug}" checked' in found, name


def test_each_picture_of_a_fixture_is_there():
    load(*CONTENT)
    media = settings.BASE_DIR / "fixtures" / "media"
    for therapy in library().therapies:
        for file in (
            therapy.overview_figure, therapy.overview_figure_narrow, therapy.sessions_picture,
            *(point.picture for point in therapy.points.all()),
        ):  # fmt: skip
            assert not file or Path(media / file.name).is_file(), file.name


def test_each_starting_point_leads_somewhere(client):
    load(*CONTENT)
    for point in StartingPoint.objects.all():
        assert client.get(point.link).status_code == 200, point.link
