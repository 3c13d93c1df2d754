"""Therapy pages, as a visitor reads them."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from tests.factories import (
    PORTLAND,
    create_condition,
    create_evidence,
    create_provider,
    create_service,
    create_therapy,
    create_zip,
)
from therapies.library import content_changes
from therapies.models import Therapy

pytestmark = pytest.mark.django_db


def test_a_page_shows_its_parts_in_order_and_cites(client):
    therapy = create_therapy(
        parts=2,
        goals_title="What is it?",
        goals_intro="It was made for pain.[1]",
        benefits_title="How it helps",
        sessions_title="Sessions",
        candidates_title="Who it suits",
        faqs_title="Questions",
        before_you_start="Keep your medicine.",
        risks="Old memories can feel stronger.",
        why_we_highlight="Because.\nMore.",
        highlight_title="Why we highlight it",
    )
    text = client.get(therapy.get_absolute_url()).content.decode()
    marks = ['id="what"', 'id="help"', 'id="sessions"', 'id="who"', 'id="before"', 'id="faq"',
             'id="places"', 'id="refs"']  # fmt: skip
    assert [text.count(mark) for mark in marks] == [1] * len(marks)
    positions = [text.index(mark) for mark in marks]
    assert positions == sorted(positions)
    assert 'class="cite" href="#r1"' in text and 'id="r1"' in text
    assert text.index("goal 0") < text.index("goal 1")
    assert "Keep your medicine." in text


def test_empty_sections_are_not_rendered(client):
    text = client.get(create_therapy().get_absolute_url()).content.decode()
    for mark in ('id="sessions"', 'id="refs"', 'id="faq"', 'id="before"'):
        assert mark not in text


def test_text_of_staff_is_escaped(client):
    therapy = create_therapy(lead="<script>alert(1)</script>", goals_intro="<b>bold</b> [1]")
    text = client.get(therapy.get_absolute_url()).content.decode()
    assert "<script>alert" not in text and "<b>bold" not in text


def test_a_draft_is_hidden_from_visitors_and_shown_to_staff(client):
    draft = create_therapy(slug="draft", status=Therapy.Status.DRAFT)
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert "draft" not in client.get("/therapies/").content.decode().split("<main")[1]
    client.force_login(get_user_model().objects.create_superuser("ada"))
    page = client.get(draft.get_absolute_url())
    assert page.status_code == 200 and page.context["preview"]
    assert b"noindex" in page.content


def test_staff_without_the_permission_see_no_draft(client):
    draft = create_therapy(slug="draft", status=Therapy.Status.DRAFT)
    client.force_login(get_user_model().objects.create_user("bob", is_staff=True))
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_a_page_shows_itself_when_its_moment_comes(client):
    soon = timezone.now() + timedelta(milliseconds=80)
    therapy = create_therapy(publish_at=soon)
    assert client.get(therapy.get_absolute_url()).status_code == 404
    while timezone.now() < soon:
        pass
    assert client.get(therapy.get_absolute_url()).status_code == 200


def test_a_change_is_seen_at_the_next_visit(client):
    therapy = create_therapy(lead="Before.")
    assert b"Before." in client.get(therapy.get_absolute_url()).content
    with content_changes():
        Therapy.objects.filter(pk=therapy.pk).update(lead="After.")
    assert b"After." in client.get(therapy.get_absolute_url()).content


def test_places_near_the_visitor_stand_on_the_page(client):
    create_zip()
    therapy = create_therapy()
    create_provider(name="Next door", therapies=[therapy])
    create_provider(name="Far", therapies=[therapy], at=(29.7, -95.3))
    page = client.get(f"{therapy.get_absolute_url()}?near=97214")
    places = page.context["places"]
    assert places.total == 1 and places.everywhere == 2
    assert [card.provider.name for card in places.cards] == ["Next door"]
    assert places.list_url == f"/providers/?therapy={therapy.slug}&near=97214"


def test_with_none_near_the_page_names_the_nearest_and_what_is_online(client):
    create_zip()
    therapy = create_therapy()
    far = create_provider(name="Far", at=(PORTLAND[0] + 2, PORTLAND[1]))
    create_service(provider=far, therapy=therapy, virtual=True)
    places = client.get(f"{therapy.get_absolute_url()}?near=97214").context["places"]
    assert places.total == 0 and places.nearest.provider.name == "Far" and places.online == 1


@pytest.mark.parametrize("size", [1, 12])
def test_the_page_takes_few_queries_whatever_its_size(client, size, most_queries):
    create_zip()
    therapy = create_therapy(parts=size)
    for _ in range(size):
        create_provider(therapies=[therapy], checked_on="2026-11-01")
    path = f"{therapy.get_absolute_url()}?near=97214"
    client.get(path)
    with most_queries(3):  # the place; what they say, added up; three rows, their checks
        client.get(path)


def test_a_cold_process_reads_the_library_in_a_fixed_number_of_queries(
    client, django_assert_max_num_queries
):
    from therapies import library

    for n in range(6):
        create_therapy(short_name=f"T{n}", parts=3)
    library.forget()
    with django_assert_max_num_queries(11):
        library.library()


def test_the_list_finds_other_names(client):
    create_therapy(short_name="MBSR", also_known_as="Mindfulness training")
    create_therapy(short_name="CBT")
    page = client.get("/therapies/?q=mindfulness")
    assert page.context["total"] == 1
    assert [letter for letter, _ in page.context["letters"]] == ["M"]


def test_the_slug_compare_is_refused():
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="of the site"):
        Therapy(slug="compare").validate_constraints()


@pytest.mark.parametrize("path", ["/therapies/", "/providers/"])
def test_words_of_danger_get_help_and_are_not_repeated(client, path):
    create_provider(therapies=[create_therapy()])
    main = client.get(path, {"q": "i want to kill myself"}).content.decode().split("<main")[1]
    assert 'class="crisis' in main
    head = main.replace('value="i want to kill myself"', "")
    assert "kill myself" not in head


def test_a_page_says_all_that_helps_to_decide(client):
    therapy = create_therapy(
        parts=1,
        also_known_as="Mindfulness course\nMBSR for pain",
        before_you_start="Keep your medicine.",
        who_should_be_careful="have had psychosis",
        risks="About 1 person in 12 had an unwanted effect.[1]",
        waiting="Some weeks.\nMeanwhile, keep your visits.",
        home_practice="30 minutes on most days.",
        typical_cost="A few hundred dollars.",
        alternatives="CBT.\nDoing nothing for now.",
        questions_to_ask="Who teaches it?",
        credentials_to_look_for="A license.",
        author="TruPaths editors",
        reviewed_by="Ada Hill",
        reviewed_on="2026-11-01",
        review_due_on="2027-11-01",
    )
    page = client.get(therapy.get_absolute_url()).content.decode()
    main = " ".join(page.split("<main")[1].split("<footer")[0].split())
    for said in (
        "Also called: Mindfulness course, MBSR for pain.",
        '<strong>If it cannot wait:</strong> call <a href="tel:911">911</a>',
        "<h3>If there is a wait</h3>",
        "Meanwhile, keep your visits.",
        "<strong>At home.</strong> 30 minutes on most days.",
        "About 1 person in 12 had an unwanted effect.",
        "A few hundred dollars.",
        "Doing nothing for now.",
        "Who teaches it?",
        "A license.",
        "<dt>Last reviewed</dt><dd>Nov 1, 2026</dd>",
        "<dt>Next due</dt><dd>Nov 1, 2027</dd>",
        "<dt>Reviewed by</dt><dd>Ada Hill</dd>",
        "<dt>Written by</dt><dd>TruPaths editors</dd>",
        "Print or send this page",
    ):
        assert said in main, said


def test_a_page_without_a_reviewer_says_that_it_has_none(client):
    page = client.get(create_therapy(author="TruPaths editors").get_absolute_url())
    assert b"<dt>Reviewed by</dt><dd>No clinician yet</dd>" in page.content


TITLES = {
    "goals_title": "what",
    "benefits_title": "help",
    "sessions_title": "sessions",
    "candidates_title": "who",
    "faqs_title": "faq",
}
FIRST = {
    "goals_intro": "what",
    "benefits_intro": "help",
    "sessions_intro": "sessions",
    "home_practice": "sessions",
    "candidates_intro": "who",
    "waiting": "before",
    "risks": "before",
    "alternatives": "choose",
    "author": "refs",
}


def test_a_title_alone_makes_no_section(client):
    therapy = create_therapy(**dict.fromkeys(TITLES, "A title"))
    page = client.get(therapy.get_absolute_url()).content.decode()
    assert [anchor for anchor in anchors(page) if anchor != "places"] == []


@pytest.mark.parametrize("field", FIRST)
def test_whatever_is_written_first_makes_its_section_and_its_line_in_the_contents(client, field):
    therapy = create_therapy(**{field: "Something."})
    page = client.get(therapy.get_absolute_url()).content.decode()
    assert anchors(page) == {FIRST[field], "places"}
    contents = page.split('id="toc-h"')[1].split("</nav>")[0]
    assert set(re.findall(r'href="#(\w+)"', contents)) == anchors(page)


def anchors(page):
    """The sections that are there."""
    known = {*TITLES.values(), *FIRST.values(), "evidence", "places"}
    return {anchor for anchor in known if f' id="{anchor}"' in page}


def test_evidence_is_told_the_surest_first_with_its_meaning_date_and_condition(client):
    therapy = create_therapy(parts=1)
    for strength, name in (("none", "Acne"), ("strong", "Zoster"), ("some", "Migraine")):
        row = create_evidence(
            therapy=therapy, condition=create_condition(name=name), strength=strength
        )
        with content_changes():
            row.references.set(therapy.references.all())
            type(row).objects.filter(pk=row.pk).update(checked_on="2026-11-24", due_on="2027-11-24")
    page = " ".join(client.get(therapy.get_absolute_url()).content.decode().split())
    evidence = page.split('id="evidence"')[1].split("</section>")[0]
    names = re.findall(r'<dt><a href="/conditions/[^"]+">(\w+)</a></dt>', evidence)
    assert names == ["Zoster", "Migraine", "Acne"]
    assert 'href="/conditions/zoster/"' in evidence and 'href="#r1"' in evidence
    assert evidence.count("Checked Nov 24, 2026, next due Nov 24, 2027") == 1
    assert "<dt>Strong evidence</dt><dd>Several good studies agree.</dd>" in evidence
    assert "No evidence found</span>" in evidence


def test_evidence_that_was_checked_at_different_times_says_each_day(client):
    therapy = create_therapy()
    for day, name in (("2026-01-05", "Acne"), ("2026-11-24", "Migraine")):
        row = create_evidence(therapy=therapy, condition=create_condition(name=name))
        with content_changes():
            type(row).objects.filter(pk=row.pk).update(checked_on=day)
    page = client.get(therapy.get_absolute_url()).content.decode()
    assert "Checked Jan 5, 2026" in page and "Checked Nov 24, 2026" in page


def test_what_it_is_meant_for_and_nobody_assessed_is_not_passed_over(client):
    therapy, grief = create_therapy(), create_condition(name="Grief")
    with content_changes():
        therapy.best_for.add(grief)
    page = client.get(therapy.get_absolute_url()).content.decode()
    assert '<dt>Not assessed yet</dt><dd><a href="/conditions/grief/">Grief</a>.' in page
