"""Therapy pages, as a visitor reads them."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from tests.factories import PORTLAND, create_provider, create_service, create_therapy, create_zip
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
    with most_queries(3):  # the place, three rows, their checks
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

    with pytest.raises(ValidationError, match="address of the site"):
        Therapy(slug="compare").validate_constraints()


@pytest.mark.parametrize("path", ["/therapies/", "/providers/"])
def test_words_of_danger_get_help_and_are_not_repeated(client, path):
    create_provider(therapies=[create_therapy()])
    main = client.get(path, {"q": "i want to kill myself"}).content.decode().split("<main")[1]
    assert 'class="crisis' in main
    head = main.replace('value="i want to kill myself"', "")
    assert "kill myself" not in head
