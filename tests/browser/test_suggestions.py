"""Suggestions while typing: by keyboard, by mouse, and without a script."""

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from .test_accessibility import axe_faults

WORDS = "What are you looking for?"
CARE = ("/", "What are you looking for?", "Where?"), ("/providers/", "What", "Town or ZIP code")


def typed(page, label, text):
    """Type into a box until its list is open."""
    box = page.get_by_label(label, exact=True)
    box.focus()
    page.keyboard.type(text)
    expect(box).to_have_attribute("aria-expanded", "true")
    return box


def active(page, box):
    return page.locator(f"#{box.get_attribute('aria-activedescendant')}")


@pytest.mark.parametrize(("path", "words", "place"), CARE, ids=["home", "find care"])
def test_both_boxes_are_filled_by_keyboard(visit, path, words, place):
    page = visit()
    page.goto(path)
    box = typed(page, words, "dialec")
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(active(page, box)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(box).to_have_value("Dialectical Behavior Therapy (DBT)")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_be_focused()

    box = typed(page, place, "sal")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    expect(active(page, box)).to_have_text("Salem, MA")
    page.keyboard.press("ArrowUp")
    expect(active(page, box)).to_have_text("Salem, OR")
    page.keyboard.press("Enter")
    expect(box).to_have_value("Salem, OR")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"near=Salem%2C\+OR"))
    expect(page.get_by_role("heading", level=1)).to_have_text("DBT near Salem, OR")


def test_escape_closes_the_list_and_keeps_what_was_typed(visit):
    page = visit()
    page.goto("/")
    box = typed(page, WORDS, "mind")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(box).to_have_value("mind")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.type("f")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_have_count(0)


def test_the_arrows_lead_through_the_list_and_back_to_the_box(visit):
    page = visit()
    page.goto("/")
    box = typed(page, WORDS, "dialec")
    options = page.get_by_role("option")
    for _ in range(options.count()):
        page.keyboard.press("ArrowDown")
    expect(active(page, box)).to_have_text(re.compile("^Dialectical"))
    page.keyboard.press("ArrowDown")
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("Enter")  # nothing is chosen: the form is sent
    expect(page).to_have_url(re.compile("q=dialec&"))


def test_a_suggestion_can_be_pressed(visit):
    page = visit(width=375)
    page.goto("/")
    box = typed(page, WORDS, "anxiety sal")
    page.get_by_role("option", name="Salem, MA").click()
    expect(box).to_have_value("anxiety Salem, MA")
    expect(box).to_be_focused()
    expect(page.get_by_role("listbox")).to_have_count(0)


def test_without_a_script_the_browser_itself_offers_the_names(visit):
    page = visit(javascript=False)
    page.goto("/")
    box = page.get_by_label(WORDS)
    expect(box).to_have_attribute("list", "names")
    assert page.locator("datalist#names option").count() > 20
    expect(page.get_by_role("combobox", name="Where?")).to_have_count(0)
    expect(page.locator(".suggest:visible")).to_have_count(0)
    box.fill("DBT")
    page.get_by_label("Where?").fill("97214")
    page.get_by_role("button", name="Find care").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("DBT near Portland, OR")


@pytest.mark.parametrize(("path", "words", "place"), CARE, ids=["home", "find care"])
def test_an_open_list_can_be_used_by_everyone(visit, path, words, place):
    page = visit(width=375)
    page.goto(path)
    page.evaluate(AXE_SCRIPT)
    faults = []  # of the search alone: the page around it is asked elsewhere
    for label, text in ((words, "an"), (place, "sal")):
        typed(page, label, text)
        page.keyboard.press("ArrowDown")
        faults += axe_faults(page, 1280, 375, within="main [role=search]")
        page.set_viewport_size({"width": 320, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert not faults, "\n".join(faults)
