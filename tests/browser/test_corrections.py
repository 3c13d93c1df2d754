"""Mistakes are reported, and places confirm their listing, with and without JavaScript."""

import re

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from providers import confirming, corrections
from providers.models import Check, Correction, Proposal, Provider


def example():
    return Provider.objects.published().first()


def mailed_link():
    """The path in the mail to a place: an example, since one real place would end all examples."""
    place = example()
    place.email = "desk@place.example"
    place.save(update_fields=["email"])
    confirming.send(place)
    return re.search(r"/confirm/\S+", mail.outbox[-1].body)[0]


def send(page):
    page.get_by_role("main").get_by_role("button", name="Send").click()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_report_from_the_listing_to_its_outcome(visit, javascript):
    page = visit(width=375, javascript=javascript)
    page.goto(example().get_absolute_url())
    page.get_by_role("link", name="Report a problem").click()
    page.get_by_label("Phone, address or hours").check()
    page.get_by_label("Tell us more").fill("The number is old.")
    send(page)
    expect(page.get_by_role("heading", name="Your report")).to_be_visible()
    sent = Correction.objects.latest("pk")
    expect(page.get_by_text(sent.code).last).to_be_visible()
    assert not page.context.cookies()

    corrections.take_up(sent, None)
    page.goto(sent.provider.get_absolute_url())
    expect(page.get_by_text("Phone or address being checked").first).to_be_visible()
    corrections.close(sent, "fixed", "They have a new number.", None)
    page.goto("/corrections/")
    page.get_by_label("Your code").fill(sent.code.lower())
    page.get_by_role("button", name="Look it up").click()
    expect(page.get_by_text("They have a new number.")).to_be_visible()
    sent.delete()


def test_a_report_by_keyboard_alone(visit):
    page = visit(status=400)
    page.goto(f"{example().get_absolute_url()}report/")
    page.get_by_label("Tell us more").focus()
    page.keyboard.type("Nobody picks up.")
    page.keyboard.press("Tab")  # past the field for programs, to the button
    expect(page.get_by_role("main").get_by_role("button", name="Send")).to_be_focused()
    page.keyboard.press("Enter")
    fault = page.get_by_role("alert")
    expect(fault).to_be_focused()
    expect(fault).to_contain_text("Choose what is wrong.")
    expect(page.get_by_label("Tell us more")).to_have_value("Nobody picks up.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the fault leads to its field
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_label("Phone, address or hours")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your report")).to_be_visible()


def test_the_field_for_programs_is_neither_seen_nor_read_out(visit):
    page = visit()
    page.goto("/suggest/")
    expect(page.locator("#id_leave_empty")).to_be_hidden()
    expect(page.get_by_role("textbox", name="Leave this field empty")).to_have_count(0)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_place_confirms_and_changes_its_listing(visit, javascript):
    page = visit(width=375, javascript=javascript, status=404)
    link = mailed_link()
    page.goto(link)
    page.get_by_label("Services is still right").check()
    page.get_by_text("Something is different").click()
    page.get_by_label("Phone hours").fill("Every day, 8 to 8")
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    place = example()
    check = place.checks.get(aspect="services")
    assert check.how == Check.How.CONFIRMED and check.checked_on == timezone.localdate()
    proposal = Proposal.objects.latest("pk")
    assert (proposal.field, proposal.value) == ("hours", "Every day, 8 to 8")
    assert not page.context.cookies()
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("This link does not work")
    proposal.delete()
    check.how = Check.How.EXAMPLE
    check.save()


def test_taking_a_listing_out_asks_once_more(visit):
    page = visit()
    page.goto(mailed_link())
    page.get_by_role("button", name="Take us out").click()
    page.get_by_role("link", name="Keep it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this still right?")
    assert example().is_published
