"""The library as a visitor uses it: from a word to two therapies side by side, and on paper."""

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from . import checks
from .test_accessibility import INLINE, axe_faults

MBSR = "/therapies/mbsr-medical-pain/"
THREE = "/therapies/compare/?t=mbsr-medical-pain&t=cbt&t=act&condition=chronic-pain"
PAGES = {
    "list": "/therapies/?q=mindfullnes&condition=chronic-pain&t=cbt",
    "list, nothing found": "/therapies/?q=surfing&evidence=harm",
    "three compared": THREE,
    "two compared": "/therapies/compare/?t=emdr&t=dbt",
    "one to compare": "/therapies/compare/?t=cbt&t=nothing",
    "help in Spanish": "/ayuda/",
    "a condition": "/conditions/alcohol-use/",
}
DEVICES = pytest.mark.parametrize(
    ("javascript", "width"), [(True, 1280), (False, 375)], ids=["script", "no script, phone"]
)


def narrow(page, *, javascript, width):
    """Open the filters where they are a drawer."""
    if width < 960:
        page.get_by_role("button", name=re.compile("^Narrow the list")).click()


@DEVICES
def test_from_a_misspelled_word_to_two_side_by_side(visit, javascript, width):
    page = visit(javascript=javascript, width=width)
    page.goto("/therapies/")
    narrow(page, javascript=javascript, width=width)
    page.get_by_label("Name or word").fill("mindfullnes")
    page.get_by_role("button", name="Show therapies").click()
    expect(page.get_by_text("We read “mindfullnes” as mindfulness.")).to_be_visible()
    page.get_by_role("checkbox", name="Compare MBSR").check()
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.get_by_text("To compare MBSR with others")).to_be_visible()

    page.get_by_role("checkbox", name="CBT", exact=True).check()
    page.get_by_label("Evidence for").select_option("Chronic pain")
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Side by side")
    expect(page.locator(".cmp thead a")).to_have_count(2)
    expect(page.get_by_role("rowheader", name="Evidence for chronic pain")).to_be_visible()
    assert not page.context.cookies()


def test_what_is_ticked_stays_while_filters_change_the_list(visit):
    page = visit()
    page.goto("/therapies/")
    page.get_by_role("checkbox", name="Compare CBT").check()
    page.locator("#facet-kind").get_by_label("Mind and attention").check()
    expect(page).to_have_url(re.compile("kind=mind"))
    away = page.get_by_role("checkbox", name=re.compile("^CBT ?, to compare"))
    expect(away).to_be_checked()
    page.get_by_role("checkbox", name="Compare ACT").check()
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.locator(".cmp thead a")).to_have_text(
        [re.compile(r"\(ACT\)"), re.compile(r"\(CBT\)")]
    )


def test_the_count_of_a_filter_is_what_it_brings(visit):
    page = visit()
    page.goto("/therapies/?condition=ptsd")
    option = page.locator("#facet-evidence label:has-text('Strong evidence')")
    promised = int(re.search(r"\d+", option.locator(".n").inner_text())[0])
    expect(page.get_by_text("Of the studies for Trauma and PTSD.")).to_be_visible()
    option.get_by_role("checkbox").check()
    expect(page).to_have_url(re.compile("evidence=strong"))
    expect(page.locator("#count strong")).to_have_text(re.compile(rf"^{promised} therap"))


def test_a_page_tells_what_places_near_say_and_leads_to_them(visit):
    page = visit(javascript=False)
    page.goto(f"{MBSR}?near=97214")
    fact = page.locator("dl[aria-label='What places say']")
    expect(fact).to_contain_text("Near 97214")
    expect(fact).to_contain_text(re.compile(r"\d+ to \d+ weeks"))
    expect(fact).to_contain_text("Example places, not real")
    count = fact.get_by_role("link", name=re.compile(r"^\d+ places$"))
    places = count.inner_text()
    count.click()
    expect(page).to_have_url(re.compile("#places$"))
    expect(page.get_by_text(f"{places} within 25 miles of 97214.")).to_be_visible()


def test_a_page_can_be_printed_and_sent(visit):
    page = visit()
    page.goto(MBSR)
    page.get_by_text("Print or send this page").click()
    expect(page.get_by_label("Address of this page")).to_have_value(re.compile(rf"{MBSR}$"))
    mail = page.get_by_role("link", name="Send by mail").get_attribute("href")
    assert mail.startswith("mailto:?subject=Mindfulness") and mail.endswith("mbsr-medical-pain%2F")
    page.evaluate("window.print = () => { window.printed = true }")
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed")


def test_without_a_script_nothing_offers_to_print(visit):
    page = visit(javascript=False)
    page.goto(MBSR)
    page.get_by_text("Print or send this page").click()
    expect(page.get_by_role("button", name="Print")).to_have_count(0)
    expect(page.get_by_role("link", name="Send by mail")).to_be_visible()


def test_a_comparison_is_a_table_on_paper_and_a_stack_on_a_phone(visit):
    page = visit(width=320)
    page.goto(THREE)
    cell, name = page.locator(".cmp tbody td").first, page.locator(".cmp-n").first
    assert cell.evaluate("cell => getComputedStyle(cell).display") == "block"
    expect(name).to_be_visible()
    page.emulate_media(media="print")
    assert cell.evaluate("cell => getComputedStyle(cell).display") == "table-cell"
    expect(name).to_be_hidden()
    expect(page.get_by_role("button", name="Compare", exact=True)).to_be_hidden()


def test_a_condition_and_its_therapies_lead_to_each_other(visit):
    page = visit()
    page.goto("/conditions/chronic-pain/")
    page.get_by_role("main").get_by_role("link", name=re.compile("MBSR")).first.click()
    page.locator("#evidence ~ dl").get_by_role("link", name="Chronic pain", exact=True).click()
    expect(page).to_have_url(re.compile("/conditions/chronic-pain/$"))
    page.get_by_role("link", name="Compare the best studied").click()
    expect(page.get_by_role("rowheader", name="Evidence for chronic pain")).to_be_visible()


def test_help_in_spanish_is_found_from_any_page_and_speaks_spanish(visit):
    page = visit()
    page.goto("/therapies/")
    page.get_by_role("contentinfo").get_by_role("link", name="Ayuda en español").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ayuda en español")
    assert page.evaluate("document.documentElement.lang") == "es"
    english = "header, footer, .crisis-strip, .skip"
    for part in page.locator(f":is({english}):not([lang=en-US])").all():
        raise AssertionError(part.inner_text())
    expect(page.get_by_role("link", name="enviar la palabra AYUDA al 988")).to_have_attribute(
        "href", "sms:988?body=AYUDA"
    )
    page.get_by_role("link", name="Buscar lugares que atienden en español").click()
    expect(page).to_have_url(re.compile("language=es"))
    expect(page.get_by_role("link", name=re.compile("^Spanish ?, remove filter"))).to_be_visible()


@pytest.mark.parametrize("kind", PAGES)
def test_each_page_can_be_used_by_everyone(visit, kind):
    page = visit()
    page.goto(PAGES[kind])
    faults = [f"inline: {element}" for element in page.evaluate(INLINE)]
    faults += [f"cookie: {cookie['name']}" for cookie in page.context.cookies()]
    faults += [*checks.sound(page), *checks.settings(page), *checks.large_text(page)]
    page.evaluate(AXE_SCRIPT)
    faults += axe_faults(page, 1280, 375)
    faults += checks.keyboard(page)
    assert not faults, "\n".join(faults)
