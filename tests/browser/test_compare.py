"""Comparing places in a browser: from the list to the table, with and without script."""

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from . import checks
from .test_accessibility import INLINE, axe_faults
from .test_keyboard import tab_to

SEARCH = "/providers/?therapy=mbsr-medical-pain&near=97214"
SLUGS = [
    "alder-stone-pain-program",
    "quiet-water-mindfulness-center",
    "larch-house-recovery",
    "columbia-bend-counseling",
]
FOUR = "/saved/?near=97214&" + "&".join(f"c={slug}" for slug in SLUGS)
TWO = "/saved/?near=97214&" + "&".join(f"c={slug}" for slug in SLUGS[:2])


def boxes(page):
    return page.get_by_role("checkbox", name=re.compile("^Compare "))


def places(page):
    return page.get_by_role("table").get_by_role("columnheader").get_by_role("link")


@pytest.mark.parametrize(
    ("javascript", "width"), [(True, 1280), (False, 375)], ids=["script", "no-script-phone"]
)
def test_from_the_results_to_the_table_without_an_account(visit, javascript, width):
    page = visit(javascript=javascript, width=width)
    page.goto(SEARCH)
    cards = page.get_by_role("article")
    wanted = [cards.nth(n).get_by_role("link").first.inner_text() for n in (0, 2)]
    for name in wanted:
        page.get_by_role("checkbox", name=f"Compare {name}", exact=True).check()
    if javascript:
        expect(page.get_by_text("2 ticked.")).to_be_visible()
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Side by side")
    expect(page.locator(".cmp thead a")).to_have_text(wanted)
    expect(page.get_by_text("Distance from 97214")).to_be_visible()
    assert not page.context.cookies()

    page.get_by_role("button", name=f"Save {wanted[1]}", exact=True).click()
    expect(page.get_by_role("button", name=f"Saved {wanted[1]}", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Side by side")

    page.get_by_role("link", name=f"Leave out {wanted[0]}").click()
    expect(page.get_by_text(f"To compare {wanted[1]} with others")).to_be_visible()


@pytest.mark.parametrize(
    ("javascript", "width"), [(True, 1280), (False, 320)], ids=["script", "no-script-phone"]
)
def test_from_a_listing_to_the_table_with_a_place_like_it(visit, javascript, width):
    page = visit(javascript=javascript, width=width)
    page.goto(f"/providers/{SLUGS[0]}/?near=97214")
    this = page.get_by_role("heading", level=1).inner_text().replace("\n", " ")
    page.get_by_role("checkbox", name=f"Compare {this}", exact=True).check()
    press = page.get_by_role("button", name="Compare", exact=True)
    expect(press).to_be_in_viewport(ratio=0.99)  # though the places like it stand far below
    boxes(page).nth(1).check()
    press.click()
    expect(places(page).first).to_have_text(this)
    expect(page.get_by_text("Distance from 97214")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_saved_places_are_compared_and_another_one_added(visit, javascript):
    page = visit(javascript=javascript)
    page.goto(SEARCH)
    names = []
    for n in range(3):
        card = page.get_by_role("article").nth(n)
        names.append(card.get_by_role("link").first.inner_text())
        card.get_by_role("button", name=f"Save {names[n]}", exact=True).click()
        expect(card.get_by_role("button", name=f"Saved {names[n]}", exact=True)).to_be_visible()
    page.goto("/saved/")
    for name in names[:2]:
        page.get_by_role("checkbox", name=f"Compare {name}", exact=True).check()
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(places(page)).to_have_count(2)
    page.get_by_role("checkbox", name=re.compile(f"^{re.escape(names[2])}, ")).check()
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(places(page)).to_have_count(3)


def test_the_form_says_how_many_are_ticked_and_keeps_in_view(visit):
    page = visit(width=375)
    page.goto(SEARCH)
    button = page.get_by_role("button", name="Compare", exact=True)
    said = page.locator("[data-ticked]")
    expect(said).to_have_text("Tick two to four places.")
    expect(button).not_to_be_in_viewport()
    for n, words in enumerate(["1 ticked. Tick one to three more.", "2 ticked."]):
        boxes(page).nth(n).check()
        expect(said).to_have_text(words)
        expect(button).to_be_in_viewport()
    for n in range(2, 5):
        boxes(page).nth(n).check()
    expect(said).to_have_text("5 ticked. Four at most: we show the first four.")
    button.click()
    expect(page.get_by_text("Four at most: these are the first four.")).to_be_visible()
    page.go_back()
    expect(said).to_have_text("5 ticked. Four at most: we show the first four.")


def test_it_works_by_keyboard_and_focus_is_always_seen(visit):
    page = visit()
    page.goto(SEARCH)
    page.get_by_role("article").first.get_by_role("link").first.focus()
    for n in range(2):
        tab_to(page, boxes(page).nth(n))
        page.keyboard.press("Space")
        expect(boxes(page).nth(n)).to_be_checked()
    button = page.get_by_role("button", name="Compare", exact=True)
    tab_to(page, button, most=200)
    page.keyboard.press("Enter")
    expect(places(page)).to_have_count(2)
    tab_to(page, page.get_by_role("link", name="Leave out").last)


def compare_box(page, name):
    return page.get_by_role("checkbox", name=f"Compare {name}", exact=True)


def names(page):
    return page.get_by_role("article").get_by_role("heading").all_inner_texts()


def toggle(page, box):
    """By keyboard, from where the last list begins; each stop on the way is seen."""
    page.get_by_role("article").first.get_by_role("link").first.focus()
    tab_to(page, box, most=200)
    page.keyboard.press("Space")


def test_ticks_outlive_a_list_that_a_filter_changes(visit):
    page = visit()
    page.goto(f"{SEARCH}&pay=medicaid")
    narrow = names(page)
    page.goto(SEARCH)
    stays = next(name for name in names(page) if name in narrow)
    leaves = next(name for name in names(page) if name not in narrow)
    said, medicaid = page.locator("[data-ticked]"), page.get_by_label(re.compile("^Medicaid")).first
    for name in (stays, leaves):
        toggle(page, compare_box(page, name))
    expect(said).to_have_text("2 ticked.")

    medicaid.focus()
    page.keyboard.press("Space")
    expect(said).to_have_text("2 ticked. Not in this list: 1.")
    expect(medicaid).to_be_focused()
    expect(compare_box(page, stays)).to_be_checked()
    away = page.get_by_role("group", name="Ticked, not in this list")
    expect(away.get_by_role("checkbox")).to_have_count(1)
    expect(away.get_by_label(f"Compare {leaves}", exact=True)).to_be_checked()

    toggle(page, compare_box(page, leaves))
    expect(said).to_have_text("1 ticked. Tick one to three more.")
    expect(compare_box(page, leaves)).to_be_focused()
    page.keyboard.press("Space")
    expect(said).to_have_text("2 ticked. Not in this list: 1.")
    button = page.get_by_role("button", name="Compare", exact=True)
    button.click()
    expect(places(page)).to_have_text([stays, leaves])


def test_a_place_that_comes_back_is_ticked_and_a_dropped_one_is_not(visit):
    page = visit()
    page.goto(f"{SEARCH}&pay=medicaid")
    narrow = names(page)
    page.goto(SEARCH)
    kept, dropped = [name for name in names(page) if name not in narrow][:2]
    said, medicaid = page.locator("[data-ticked]"), page.get_by_label(re.compile("^Medicaid")).first
    for name in (kept, dropped):
        compare_box(page, name).check()
    medicaid.check()
    expect(said).to_have_text("2 ticked. Not in this list: 2.")
    compare_box(page, dropped).uncheck()
    medicaid.uncheck()
    expect(page.get_by_role("group", name="Ticked, not in this list")).to_have_count(0)
    expect(said).to_have_text("1 ticked. Tick one to three more.")
    expect(compare_box(page, kept)).to_be_checked()
    expect(compare_box(page, dropped)).not_to_be_checked()
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    assert not page.context.cookies()


def test_what_is_ticked_and_not_in_the_list_fits_a_phone_and_has_no_faults(visit):
    page = visit()
    page.goto(f"{SEARCH}&pay=medicaid")
    narrow = names(page)
    page.goto(SEARCH)
    for name in [name for name in names(page) if name not in narrow][:2]:
        compare_box(page, name).check()
    page.get_by_label(re.compile("^Medicaid")).first.check()
    expect(page.get_by_role("group", name="Ticked, not in this list")).to_be_visible()
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    # What keeps in view leaves room for what it stands over.
    assert page.locator(".cmp-bar").bounding_box()["height"] < 640 / 5
    page.evaluate(AXE_SCRIPT)
    faults = list(axe_faults(page, 1280, 320))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("path", [TWO, FOUR, "/saved/?c=never-was", f"/saved/?c={SLUGS[0]}"])
def test_everyone_can_use_it(visit, path):
    page = visit()
    page.goto(path)
    faults = [f"inline: {element}" for element in page.evaluate(INLINE)]
    for width in (320, 375, 960, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            faults.append(f"scrolls sideways: {wide} px wide at {width} px")
    faults += [*checks.sound(page), *checks.settings(page), *checks.large_text(page)]
    page.evaluate(AXE_SCRIPT)
    faults += axe_faults(page, 1280, 375)
    faults += checks.keyboard(page)
    assert not faults, "\n".join(faults)


def test_on_a_phone_each_fact_stands_under_its_name_for_each_place(visit):
    page = visit(width=375)
    page.goto(TWO)
    fact = page.get_by_role("row").filter(has_text="Distance from 97214")
    head, one, two = (fact.locator("th, td").nth(n).bounding_box() for n in range(3))
    assert head["y"] < one["y"] < two["y"]
    expect(fact.get_by_text("Quiet Water Mindfulness Center")).to_be_visible()


def test_on_paper_it_is_a_table_that_fits(visit):
    page = visit()
    page.goto(FOUR)
    page.emulate_media(media="print")
    for width in (700, 1000):  # a letter page between its margins, upright and across
        page.set_viewport_size({"width": width, "height": 900})
        head = page.get_by_role("table").get_by_role("columnheader")
        tops = {head.nth(n).bounding_box()["y"] for n in range(1, 5)}
        assert len(tops) == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.get_by_role("button", name=re.compile("^Save "))).to_have_count(0)
    expect(page.get_by_text("Example, not a real place").first).to_be_visible()


def test_print_and_the_address_are_at_hand(visit):
    page = visit()
    page.add_init_script("window.print = () => { window.printed = true }")
    page.goto(TWO)
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed")
    address = page.get_by_label("Address of this comparison").input_value()
    assert "97214" not in address
    page.goto("/saved/?" + address.partition("?")[2])
    expect(places(page)).to_have_count(2)
