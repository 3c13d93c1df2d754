"""Tru AI with and without a script, and words of danger anywhere."""

import re

import pytest
from playwright.sync_api import expect

DANGER = "I want to die"


def expect_help(part):
    card = part.get_by_role("alert").filter(has_text="988")
    expect(card.get_by_role("link", name="Call 911")).to_have_attribute("href", "tel:911")
    expect(card.get_by_role("link", name="Call 988")).to_have_attribute("href", "tel:988")
    expect(card.get_by_role("link", name="Text 988")).to_have_attribute("href", "sms:988")
    expect(card).not_to_contain_text(DANGER)


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_its_page_answers_with_sources(visit, javascript):
    page = visit(javascript=javascript)
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Tru AI").click()
    page.get_by_label("Your question").fill("What is a session of MBSR like?")
    page.get_by_role("button", name="Send").click()
    log = page.get_by_role("log", name="Conversation")
    expect(log).to_contain_text("What is a session of MBSR like?")
    log.get_by_role("link", name=re.compile("^Source 1")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("MBSR")


def test_without_a_script_the_panel_leads_to_its_page(visit):
    page = visit(javascript=False)
    page.goto("/providers/")
    page.get_by_text("Ask Tru AI").first.click()
    page.get_by_label("Your question").fill("What is a session of MBSR like?")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tru AI")
    expect(page.get_by_role("link", name=re.compile("^Source 1")).first).to_be_visible()


def test_what_it_does_not_know_it_does_not_guess(visit):
    page = visit()
    page.goto("/assistant/")
    page.get_by_label("Your question").fill("Who wins the cup on Saturday?")
    page.get_by_role("button", name="Send").click()
    log = page.get_by_role("log", name="Conversation")
    expect(log).to_contain_text("I could not find this on our pages, so I will not guess.")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_words_of_danger_bring_help_first(visit, javascript):
    page = visit(javascript=javascript)
    page.goto("/assistant/")
    page.get_by_label("Your question").fill(DANGER)
    page.get_by_role("button", name="Send").click()
    expect_help(page.get_by_role("log"))
    page.goto("/providers/")
    page.get_by_role("search").get_by_label("What").fill(DANGER)
    page.get_by_role("search").get_by_role("button", name="Search").click()
    expect_help(page.get_by_role("main"))


def test_the_panel_brings_help_too_and_stays_open_for_more(visit):
    page = visit(width=375)
    page.goto("/therapies/mbsr-medical-pain/")
    page.locator("details.tru > summary").click()
    page.get_by_label("Your question").fill(DANGER)
    page.get_by_role("button", name="Send").click()
    expect_help(page.get_by_role("log"))
    expect(page.get_by_role("log").get_by_role("link", name="Call 988")).to_be_in_viewport()
    expect(page.get_by_label("Your question")).to_be_enabled()


def test_a_question_that_failed_stays_in_the_field(visit):
    page = visit(status=503)
    page.route("**/assistant/", lambda route: route.fulfill(status=503))
    page.goto("/therapies/")
    page.locator("details.tru > summary").click()
    page.get_by_label("Your question").fill("What is MBSR?")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("I could not answer just now.")).to_be_visible()
    expect(page.get_by_label("Your question")).to_have_value("What is MBSR?")
