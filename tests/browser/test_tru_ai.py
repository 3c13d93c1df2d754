"""Tru AI in all its states, with and without a script, and words of danger anywhere."""

import re

import pytest
from playwright.sync_api import expect

from assistant import replying

DANGER = "I want to die"
ASKED = "What is a session of MBSR like?"
SCRIPTS = pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])


def ask(page, question):
    page.get_by_label("Your question").fill(question)
    page.get_by_role("button", name="Send", exact=True).click()


def log_of(page):
    return page.get_by_role("log", name="Conversation")


def expect_help(part):
    card = part.get_by_role("alert").filter(has_text="988").last
    expect(card.get_by_role("link", name="Call 911")).to_have_attribute("href", "tel:911")
    expect(card.get_by_role("link", name="Call 988")).to_have_attribute("href", "tel:988")
    expect(card.get_by_role("link", name="Text 988")).to_have_attribute("href", "sms:988")
    expect(card).not_to_contain_text(DANGER)
    return card


def boxes(card):
    return [card.get_by_role("link", name=f"Call {n}").bounding_box() for n in (911, 988)]


def kept(page):
    """What the tab keeps, as the browser's own tools tell it: the page cannot read it."""
    tools = page.context.new_cdp_session(page)
    origin = "/".join(page.url.split("/")[:3])
    key = {"securityOrigin": origin, "isLocalStorage": False}
    return dict(tools.send("DOMStorage.getDOMStorageItems", {"storageId": key})["entries"])


@SCRIPTS
def test_its_page_answers_with_sources_and_keeps_the_talk(visit, javascript):
    page = visit(javascript=javascript)
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Tru AI").click()
    ask(page, ASKED)
    log = log_of(page)
    expect(log.get_by_role("link", name=re.compile("^Source 1")).first).to_be_visible()
    beside = page.get_by_role("complementary", name="What it can and cannot do")
    expect(beside.get_by_role("heading", name="Sources for this answer")).to_be_visible()
    next_one = beside.get_by_role("button").first
    words = next_one.inner_text()
    next_one.click()
    expect(log.locator(".msg-me", has_text=words)).to_be_visible()
    ask(page, "Who wins the cup on Saturday?")
    expect(log).to_contain_text("I could not find this on our pages, so I will not guess.")
    expect(log).to_contain_text(ASKED)
    log.get_by_role("button", name="Yes").first.click()
    expect(page.get_by_role("status").filter(has_text="Thank you")).to_be_visible()
    expect(log_of(page)).to_contain_text("Saturday?")
    log_of(page).get_by_role("link", name=re.compile("^Source 1")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("MBSR")


def test_without_a_script_the_panel_leads_to_its_page(visit):
    page = visit(javascript=False)
    page.goto("/providers/")
    page.get_by_text("Ask Tru AI").first.click()
    ask(page, ASKED)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tru AI")
    expect(page.get_by_role("link", name=re.compile("^Source 1")).first).to_be_visible()


def test_the_panel_keeps_its_talk_in_the_tab_until_close(visit):
    page = visit()
    page.goto("/therapies/")
    pill = page.locator("details.tru > summary")
    log = page.locator("#tru-log")
    expect(log).to_be_hidden()
    pill.click()
    question = page.get_by_label("Your question")
    question.fill("first line")
    question.press("Shift+Enter")
    expect(question).to_have_value("first line\n")
    question.fill(ASKED)
    question.press("Enter")
    expect(log.locator(".msg")).to_have_count(1)
    expect(question).to_have_value("")
    expect(question).to_be_focused()
    page.keyboard.press("Escape")
    expect(pill).to_be_focused()
    expect(pill).to_contain_text("1 answer, in this tab")
    page.goto("/conditions/")  # the same talk there, and closed
    expect(pill).to_contain_text("1 answer, in this tab")
    expect(log).to_be_hidden()
    pill.click()
    expect(log).to_contain_text(ASKED)
    page.get_by_role("link", name="Expand Tru AI").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tru AI")
    ask(page, "Who wins the cup on Saturday?")
    question = page.get_by_label("Your question")
    question.fill("What does DBT cost?")  # while it looks: neither lost nor sent before
    question.press("Enter")
    expect(log.locator(".msg")).to_have_count(3)
    expect(question).to_have_value("")
    page.go_back()
    expect(pill).to_contain_text("3 answers, in this tab")
    assert set(kept(page)) == {"tru"}
    page.get_by_role("button", name="Close Tru AI and forget the talk").click()
    expect(pill).to_be_focused()
    expect(pill).not_to_contain_text("in this tab")
    assert kept(page) == {}
    page.goto("/therapies/")
    pill.click()
    expect(log).not_to_contain_text(ASKED)


@SCRIPTS
def test_words_of_danger_bring_help_first(visit, javascript):
    page = visit(javascript=javascript, width=320)
    page.goto("/assistant/")
    ask(page, DANGER)
    card = expect_help(log_of(page))
    left, right = boxes(card)
    assert left["y"] == right["y"] and abs(left["width"] - right["width"]) < 1
    assert left["height"] == right["height"] >= 44 and left["x"] >= 0
    page.get_by_role("button", name="I am asking for someone else").click()
    expect(log_of(page)).to_contain_text("You can get help for them now")
    page.get_by_role("button", name="I am safe, keep looking for care").last.click()
    expect(log_of(page)).to_contain_text("I am safe, keep looking for care")
    ask(page, "places for MBSR near 97214")
    expect(log_of(page).locator(".msg-me").last).to_contain_text("97214")
    expect(log_of(page)).not_to_contain_text("Example, not a real place")
    expect(log_of(page).get_by_role("link", name="Call 988").first).to_be_visible()
    page.goto("/providers/")
    page.get_by_role("search").get_by_label("What").fill(DANGER)
    page.get_by_role("search").get_by_role("button", name="Search").click()
    expect_help(page.get_by_role("main"))


def test_the_panel_brings_help_too_and_stays_open_for_more(visit):
    page = visit(width=375)
    page.goto("/therapies/mbsr-medical-pain/")
    page.locator("details.tru > summary").click()
    leave = page.locator(".tru").get_by_text("Need to get away from this page?")
    expect(leave).to_be_hidden()
    ask(page, DANGER)
    card = expect_help(log_of(page))
    expect(card.get_by_role("link", name="Call 988")).to_be_in_viewport()
    expect(page.get_by_label("Your question")).to_be_enabled()
    ask(page, "My husband hits me and reads my phone")
    expect(log_of(page)).to_contain_text("1-800-799-7233")
    log_of(page).evaluate("log => log.scrollTo(0, 0)")
    expect(leave).to_be_in_viewport()
    page.emulate_media(media="print")
    expect(page.locator(".tru")).to_be_hidden()
    expect(page.get_by_role("link", name="Call or text 988").first).to_be_visible()


@pytest.mark.parametrize("size", [(1280, 800), (375, 667)])
@pytest.mark.parametrize(
    "said", [DANGER, "My husband hits me and reads my phone", f"{'It hurts. ' * 40}{DANGER}"]
)
def test_a_card_shows_911_and_988_without_scrolling(visit, size, said):
    page = visit()
    page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    page.goto("/therapies/")
    page.locator("details.tru > summary").click()
    ask(page, said)
    card = expect_help(log_of(page))
    for part in [card.get_by_role("heading"), *card.get_by_role("link", name="988").all()]:
        expect(part).to_be_in_viewport(ratio=0.99)
    expect(card.get_by_role("link", name="Call 911")).to_be_in_viewport(ratio=0.99)
    below = page.locator(".tru-ask").get_by_role("link", name="988")
    expect(below).to_be_in_viewport(ratio=0.99)


def test_a_page_opens_at_the_card_of_its_newest_turn(visit):
    page = visit(javascript=False, width=375)
    page.goto("/assistant/")
    ask(page, f"{'It hurts. ' * 40}{DANGER}")
    card = expect_help(log_of(page))
    expect(card.get_by_role("heading")).to_be_in_viewport(ratio=0.99)
    expect(card.get_by_role("link", name="Text 988")).to_be_in_viewport(ratio=0.99)


def test_waiting_failing_and_too_many_are_said_and_the_question_stays(visit, monkeypatch):
    page = visit(status=503)
    page.goto("/therapies/")
    page.locator("details.tru > summary").click()
    gone = []
    page.route("**/assistant/", lambda route: gone.append(route))
    ask(page, "What is MBSR?")
    expect(log_of(page)).to_contain_text("Looking through our pages")
    gone[0].fulfill(status=503)
    expect(page.get_by_text("I could not answer just now.")).to_be_visible()
    expect(log_of(page)).not_to_contain_text("Looking through our pages")
    expect(page.get_by_label("Your question")).to_have_value("What is MBSR?")
    page.unroute_all()
    with monkeypatch.context() as broken:
        broken.setattr(replying, "answer", lambda *args: 1 / 0)
        ask(page, "What is MBSR?")
        expect(log_of(page)).to_contain_text("Please try again in a minute")
    expect(page.get_by_label("Your question")).to_have_value("What is MBSR?")


@SCRIPTS
def test_who_asks_too_often_reads_when_to_ask_again(visit, monkeypatch, javascript):
    monkeypatch.setitem(replying.PER_TAB, "most", 1)
    page = visit(javascript=javascript, status=429)
    page.goto("/assistant/")
    ask(page, ASKED)
    expect(log_of(page).locator(".msg")).to_have_count(1)
    ask(page, DANGER)
    expect(log_of(page)).to_contain_text("You can ask again in 10 minutes")
    expect_help(log_of(page))
