"""Find care as a visitor uses it: filters, ways on, the map, and where one is."""

import re

import pytest
from playwright.sync_api import expect

SEARCH = "/providers/?therapy=mbsr-medical-pain&near=97214"
BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])


def total(page):
    return int(re.search(r"\d+", page.locator("#count strong").inner_text())[0])


def tick(page, name, *, javascript):
    """Tick a box of the filters; without a script the form is sent by its button."""
    box = page.get_by_label(name).first
    box.check()
    if not javascript:
        page.get_by_role("button", name="Show places").click()


@BOTH
def test_a_ticked_filter_brings_what_its_count_promised(visit, javascript):
    page = visit(javascript=javascript)
    page.goto(SEARCH)
    promised = int(
        re.search(r"\d+", page.locator("label[class=check]:has(#pay-medicaid) .n").inner_text())[0]
    )
    tick(page, re.compile("^Medicaid"), javascript=javascript)
    expect(page).to_have_url(re.compile("pay=medicaid"))
    expect(page.locator("#count strong")).to_have_text(re.compile(rf"^{promised} place"))
    page.get_by_role("link", name=re.compile("^Medicaid ?, remove")).click()
    expect(page).not_to_have_url(re.compile("pay=medicaid"))


@BOTH
def test_leaving_out_is_a_box_beside_each_meaning(visit, javascript):
    page = visit(javascript=javascript)
    page.goto(SEARCH)
    before = total(page)
    page.locator("#facet-care summary", has_text="what to leave out").click()
    if not javascript:
        page.get_by_role("link", name=re.compile("^Read it.*: Level of care$")).click()
    page.get_by_label("Leave out: Outpatient", exact=True).check()
    if not javascript:
        page.get_by_role("button", name="Show places").click()
    expect(page).to_have_url(re.compile("not_care=outpatient"))
    expect(page.get_by_role("link", name=re.compile("^Not Outpatient ?, remove"))).to_be_visible()
    expect(page.locator("#count strong")).not_to_have_text(re.compile(rf"^{before} "))
    assert total(page) < before


@BOTH
def test_each_way_on_brings_the_count_it_names(visit, javascript):
    page = visit(javascript=javascript)
    page.goto(f"{SEARCH}&pay=military&care=residential&for=women")
    ways = page.locator(".ladder a")
    named = [(way.get_attribute("href"), way.locator("strong").inner_text()) for way in ways.all()]
    assert named
    for href, count in named:
        page.goto(href)
        assert total(page) == int(re.search(r"\d+", count)[0]), href


@BOTH
def test_a_pin_leads_to_its_card(visit, javascript):
    page = visit(javascript=javascript)
    page.goto(SEARCH)
    pin = page.locator(".m-pin").first
    card = pin.get_attribute("href")
    pin.focus()
    expect(pin).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(card) + "$"))
    expect(page.locator(card)).to_be_in_viewport()


@BOTH
def test_a_state_narrows_the_whole_country(visit, javascript):
    page = visit(javascript=javascript)
    page.goto("/providers/?therapy=mbsr-medical-pain")
    page.get_by_role("link", name="By state").click()
    listed = page.locator("#states").get_by_role("link", name=re.compile("^Texas"))
    count = int(re.search(r"\d+", listed.inner_text())[0])
    page.get_by_role("link", name=re.compile("^Texas: ")).click()  # on the map itself
    expect(page.get_by_role("heading", level=1)).to_have_text("MBSR in Texas")
    assert total(page) == count


def test_where_one_is_leaves_the_browser_only_on_a_press_and_rounded(visit):
    page = visit()
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 45.51372, "longitude": -122.63681})
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/providers/?therapy=mbsr-medical-pain")
    page.get_by_role("button", name="Use where I am").click()
    expect(page).to_have_url(re.compile(r"near=45\.5%2C\+-122\.6&"))
    assert total(page) > 0
    assert not any("45.51" in url or "122.63" in url for url in asked)


def test_without_a_yes_of_the_browser_a_sentence_says_what_to_do(visit):
    page = visit()
    page.goto("/providers/")
    page.get_by_role("button", name="Use where I am").click()
    expect(page.locator("#near-where")).to_contain_text("Type a town or a ZIP code.")
    expect(page.get_by_label("Town or ZIP code")).to_be_focused()


def test_without_a_script_nobody_is_offered_what_needs_one(visit):
    page = visit(javascript=False)
    page.goto("/providers/")
    expect(page.get_by_role("button", name="Use where I am")).to_be_hidden()


def test_a_search_is_shared_by_its_address(visit):
    page = visit()
    page.goto("/providers/")
    page.get_by_label("What", exact=True).fill("mbsr medicaid")
    page.get_by_label("Town or ZIP code").fill("97214")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.locator("#shared .chip").first).to_be_visible()
    names = page.locator("ol.provs h2").all_inner_texts()
    other = visit(javascript=False)
    other.goto(page.url)
    assert other.locator("ol.provs h2").all_inner_texts() == names


def test_the_filters_can_be_skipped_by_keyboard(visit):
    page = visit()
    page.goto(SEARCH)
    page.get_by_role("link", name="Skip the filters").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("ol.provs h2 a").first).to_be_focused()


def test_the_box_for_leaving_out_is_large_and_stands_beside_its_word(visit):
    page = visit(width=375)
    page.goto(SEARCH)
    page.get_by_role("button", name=re.compile("^Filters")).click()
    page.locator("#facet-care summary", has_text="what to leave out").click()
    expect(page.get_by_label("Leave out: Outpatient", exact=True)).to_be_visible()
    for label in page.locator("#facet-care .out").all():
        box = label.locator("input").bounding_box()
        assert box["width"] >= 24 and box["height"] >= 24
        assert label.bounding_box()["height"] < 40


def test_the_map_stays_beside_a_long_list_on_a_wide_screen(visit):
    page = visit()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/providers/?near=97214&radius=any")
    map_ = page.get_by_role("complementary", name="Map and suggestions").get_by_role("figure")
    for number in (8, -1):
        page.get_by_role("article").nth(number).scroll_into_view_if_needed()
        for pin in map_.get_by_role("link").all():
            expect(pin).to_be_in_viewport(ratio=0.99)
    for pin in map_.get_by_role("link").all():
        pin.focus()
        expect(pin).to_be_in_viewport(ratio=0.99)
    ask = page.get_by_role("button", name="Yes, use them")
    assert ask.bounding_box()["x"] < map_.bounding_box()["x"]


@BOTH
def test_the_button_of_the_filters_counts_where_a_script_keeps_the_number_true(visit, javascript):
    page = visit(javascript=javascript)
    page.goto("/providers/?near=97214")
    button = page.locator("#filters-act button")
    if not javascript:
        expect(button).to_have_accessible_name("Show places")
        return
    for _ in range(2):
        counted = page.locator("#count strong").inner_text()
        expect(button).to_have_accessible_name(f"Show {counted}")
        with page.expect_response("**/providers/**"):
            page.get_by_role("checkbox", name=re.compile("^Medicaid")).first.click()
        expect(page.locator("#count strong")).not_to_have_text(counted)


def test_the_acts_of_a_card_stand_in_one_line_on_a_phone(visit):
    page = visit(width=375)
    page.goto("/providers/?near=97214")
    card = page.get_by_role("article").first
    acts = [card.get_by_role("link", name="See details"), card.get_by_role("button", name="Save")]
    tops = [act.bounding_box()["y"] for act in acts]
    hide = card.get_by_role("button", name="Not for me").bounding_box()
    assert tops[0] == tops[1] < hide["y"] < tops[0] + 44
    assert hide["height"] >= 24
