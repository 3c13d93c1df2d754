"""What people come for: read about a therapy, find a place, keep it, be shown another one."""

import re

import pytest
from playwright.sync_api import expect

THERAPY = "/therapies/mbsr-medical-pain/?near=97214"
SEARCH = "/providers/?therapy=mbsr-medical-pain&near=97214"


def tick(page, name):
    """Tick a filter; on a phone, in the drawer."""
    drawer = page.get_by_role("button", name=re.compile("^Filters"))
    if drawer.is_visible():
        drawer.click()
    page.get_by_role("checkbox", name=re.compile(f"^{name}")).check()


def chip(page, name):
    return page.get_by_role("link", name="remove filter").filter(has_text=name)


def visitor_cookies(page):
    return [cookie["name"] for cookie in page.context.cookies()]


@pytest.mark.parametrize(
    ("javascript", "width"), [(True, 1280), (False, 375)], ids=["script", "no-script-phone"]
)
def test_from_the_first_page_to_a_suggestion(visit, javascript, width):
    page = visit(javascript=javascript, width=width)
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name=re.compile("^MBSR")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("(MBSR)")

    places = page.get_by_role("search", name="Places that offer MBSR")
    places.get_by_label("Town or ZIP code").fill("97214")
    places.get_by_role("button").click()
    expect(page.get_by_text(re.compile(r"^About \d+ miles? from 97214")).first).to_be_visible()
    page.get_by_role("link", name=re.compile("^All .* with MBSR near Portland")).click()

    count = page.locator("#count strong")
    everyone = count.inner_text()
    tick(page, "Medicaid")
    if not javascript:
        page.get_by_role("button", name="Show places").click()
    expect(chip(page, "Medicaid")).to_be_visible()
    expect(count).not_to_have_text(everyone)
    assert "pay=medicaid" in page.url
    if page.get_by_role("button", name="Close filters").is_visible():
        page.get_by_role("button", name="Close filters").click()

    link = page.get_by_role("article").first.get_by_role("link").first
    name = link.inner_text()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    assert not visitor_cookies(page)

    listing = page.url
    page.get_by_role("button", name=f"Save {name}", exact=True).click()
    expect(page.get_by_role("button", name=f"Saved {name}", exact=True)).to_be_visible()
    assert page.url == listing
    page.get_by_role("banner").get_by_role("link", name="1 thing").click()

    saved = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=name))
    expect(saved).to_contain_text(re.compile(r"Saved \w{3} \d+ for MBSR"))
    also = page.get_by_role("region", name="You may also want to look at")
    expect(also.get_by_text(f"Like {name}, which you saved: both").first).to_be_visible()


def test_a_tick_changes_the_list_without_a_new_page(visit):
    page = visit()
    page.goto(SEARCH)
    page.evaluate("window.stayed = true")
    tick(page, "Medicaid")
    expect(chip(page, "Medicaid")).to_be_visible()
    found = int(page.locator("#count strong").inner_text().split()[0])
    assert page.get_by_role("article").count() == min(found, 20)
    assert page.title().startswith("MBSR near Portland, OR")
    assert page.evaluate("window.stayed")
    page.go_back()
    expect(chip(page, "Medicaid")).to_have_count(0)
    expect(page.get_by_role("checkbox", name=re.compile("^Medicaid"))).not_to_be_checked()


def test_two_quick_first_saves_are_both_kept(visit):
    page, held = visit(), []
    page.goto(SEARCH)
    page.route("**/saved/", lambda route: held.append(route))
    for n in range(2):  # the second before the answer to the first has brought the cookie
        page.get_by_role("article").nth(n).get_by_role("button", name="Save").click()
    for _ in range(10):
        page.wait_for_timeout(100)
        while held:
            held.pop(0).continue_()
    page.unroute("**/saved/")
    expect(page.get_by_role("article").get_by_role("button", name="Saved")).to_have_count(2)
    page.goto("/saved/")
    expect(page.get_by_role("button", name=re.compile("^Remove "))).to_have_count(2)


def _hold_back_posts(window):
    """Answer a POST half a second late; what is pressed meanwhile has no cookie to be sent with."""
    held = []

    def hold(route):
        if route.request.method == "POST":
            held.append(route)
        else:
            route.continue_()

    window.route(re.compile("/(saved|choice)/"), hold)

    def let_go(page):
        for _ in range(10):
            page.wait_for_timeout(100)
            while held:
                held.pop(0).continue_()

    return let_go


def _two_tabs(visit):
    page = visit()
    other = page.context.new_page()
    page.goto(SEARCH)
    other.goto(SEARCH)
    return page, other, _hold_back_posts(page.context)


def test_two_tabs_that_save_first_at_once_are_one_visitor(visit):
    page, other, let_go = _two_tabs(visit)
    page.get_by_role("article").nth(0).get_by_role("button", name="Save").click()
    other.get_by_role("article").nth(1).get_by_role("button", name="Save").click()
    let_go(page)
    for tab in (page, other):
        expect(tab.get_by_role("article").get_by_role("button", name="Saved")).to_have_count(1)
    page.goto("/saved/")
    expect(page.get_by_role("button", name=re.compile("^Remove "))).to_have_count(2)


def test_a_first_save_and_a_yes_at_once_in_two_tabs_are_one_visitor(visit):
    page, other, let_go = _two_tabs(visit)
    page.get_by_role("article").first.get_by_role("button", name="Save").click()
    other.get_by_role("button", name="Yes, use them").click(no_wait_after=True)
    let_go(page)
    expect(page.get_by_role("article").get_by_role("button", name="Saved")).to_have_count(1)
    expect(other.get_by_role("button", name="Turn off and erase")).to_be_visible()
    page.goto("/saved/")
    expect(page.get_by_role("button", name=re.compile("^Remove "))).to_have_count(1)
    page.goto("/recommendations/")
    expect(page.get_by_role("button", name="Turn off and erase")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_yes_starts_with_the_page_at_hand_and_off_erases(visit, javascript):
    page = visit(javascript=javascript)
    page.goto(THERAPY)
    page.get_by_role("button", name="Yes, use them").click()
    using = page.get_by_role("region", name="Suggestions from what you do here")
    expect(using).to_contain_text("Using 97214 · MBSR, just opened")

    page.goto(SEARCH)
    tick(page, "Sliding fee")
    if not javascript:
        page.get_by_role("button", name="Show places").click()
    expect(chip(page, "Sliding fee")).to_be_visible()

    page.goto(THERAPY)
    expect(page.get_by_text("All of them offer MBSR, which you just opened.")).to_be_visible()
    expect(page.get_by_text("Has a sliding fee, a filter you used").first).to_be_visible()
    expect(using).to_contain_text("Sliding fee filter")

    using.get_by_role("button", name="Turn off and erase").click()
    expect(page.get_by_role("button", name="Yes, use them")).to_be_visible()
    assert "a filter you used" not in page.content()
    assert not visitor_cookies(page)


def test_yes_on_a_list_starts_with_its_filters(visit):
    page = visit(javascript=False)
    page.goto(f"{SEARCH}&pay=sliding")
    page.get_by_role("button", name="Yes, use them").click()
    using = page.get_by_role("region", name="Suggestions from what you do here")
    expect(using).to_contain_text("Sliding fee filter · MBSR, just opened")
    page.goto("/recommendations/?near=97214")
    expect(page.get_by_text("Has a sliding fee, a filter you used").first).to_be_visible()


@pytest.mark.parametrize("query", ["", "&pay=medicaid&pay=private&delivery=virtual"])
def test_on_a_phone_a_result_starts_within_600_pixels(visit, query):
    page = visit(width=375)
    page.goto(SEARCH + query)
    assert page.get_by_role("article").first.bounding_box()["y"] < 600


def test_on_a_phone_the_search_folds_to_one_line(visit):
    page = visit(width=375)
    page.goto(SEARCH)
    line = page.get_by_text("MBSR near Portland, OR, within 25 miles")
    assert line.bounding_box()["height"] < 24
    where = page.get_by_role("search", name="Change your search").get_by_label("Town or ZIP code")
    expect(where).to_be_hidden()
    page.get_by_text("Change this search").click()
    expect(where).to_have_value("97214")


@pytest.mark.parametrize("width", [1280, 375])
def test_a_listing_says_how_to_reach_it_before_what_it_offers(visit, width):
    page = visit(width=width)
    page.goto(SEARCH)
    page.get_by_role("article").first.get_by_role("link").first.click()
    phone = page.get_by_role("term").filter(has_text="Phone").first.bounding_box()
    services = page.get_by_role("heading", name="Services").bounding_box()
    assert phone["y"] < 900
    assert phone["y"] < services["y"]
