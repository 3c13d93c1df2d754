"""Everything by keyboard, and always seen where one is."""

import re

import pytest
from playwright.sync_api import expect

SEARCH = "/providers/?therapy=mbsr-medical-pain&near=97214"

FOCUS = """() => {
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  const within = (low, n, high) => Math.min(Math.max(low, n), high);
  const top = document.elementFromPoint(
    within(0, box.left + box.width / 2, innerWidth - 1),
    within(0, box.top + box.height / 2, innerHeight - 1));
  return {
    name: `${at.tagName} ${at.id} ${at.innerText ?? ""}`.trim(),
    ringed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    uncovered: at.contains(top) || top.contains(at),
  };
}"""


def tab_to(page, wanted, *, most=80):
    """Press Tab until `wanted` has the focus; each stop on the way is seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        assert stop["ringed"] and stop["inside"] and stop["uncovered"], stop
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("Tab does not reach it")


def test_tab_starts_at_the_skip_link_which_leads_to_the_page(visit):
    page = visit()
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    assert page.evaluate(FOCUS)["inside"]
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    tab_to(page, page.get_by_label("What are you looking for?"))
    page.keyboard.type("MBSR")
    tab_to(page, page.get_by_label("Where?"))
    page.keyboard.type("97214")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("MBSR near Portland, OR")


def test_a_filter_ticked_by_space_keeps_the_focus(visit):
    page = visit()
    page.goto(SEARCH)
    box = page.get_by_role("checkbox", name=re.compile("^Medicaid"))
    tab_to(page, page.get_by_role("search").get_by_label("Town or ZIP code"))
    tab_to(page, box)
    page.keyboard.press("Space")
    expect(page.get_by_role("link", name="remove filter")).to_have_count(2)
    expect(box).to_be_checked()
    expect(box).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_role("link", name="remove filter")).to_have_count(1)
    expect(box).not_to_be_checked()
    expect(box).to_be_focused()
    tab_to(page, page.get_by_role("article").first.get_by_role("link").first)


def test_on_a_phone_escape_closes_the_filters_and_gives_the_focus_back(visit):
    page = visit(width=375)
    page.goto(SEARCH)
    button = page.get_by_role("button", name=re.compile("^Filters"))
    box = page.get_by_role("checkbox", name=re.compile("^Medicaid"))
    expect(box).to_be_hidden()
    tab_to(page, button)
    page.keyboard.press("Enter")
    tab_to(page, box)
    page.keyboard.press("Space")
    expect(button).to_have_text("Filters (2)")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(button).to_be_focused()


def open_filters(page):
    button = page.get_by_role("button", name=re.compile("^Filters"))
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Close filters")).to_be_focused()
    return page.locator("#filters"), button


def test_on_a_phone_the_page_behind_the_filters_stays_where_it_is(visit):
    page = visit(width=375)
    page.goto(SEARCH)
    drawer, button = open_filters(page)
    before = page.evaluate("scrollY")
    page.mouse.move(180, 450)
    page.mouse.wheel(0, 20_000)
    page.mouse.wheel(0, 20_000)  # what is left over at the end of the drawer
    page.wait_for_function("document.getElementById('filters').scrollTop > 0")
    assert page.evaluate("scrollY") == before
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(button).to_be_focused()
    page.mouse.wheel(0, 300)
    page.wait_for_function("before => scrollY > before", arg=before)


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_on_a_phone_focus_is_never_behind_the_open_filters(visit, javascript, key):
    page = visit(width=375, javascript=javascript)
    page.goto(SEARCH)
    drawer, _ = open_filters(page)
    within = "drawer => drawer.contains(document.activeElement)"
    for _ in range(120):
        page.keyboard.press(key)
        stop = page.evaluate(FOCUS)
        if not drawer.is_visible() or stop["name"].startswith("BODY"):
            break  # closed by focus that left; or past the end of the page, where none is
        assert drawer.evaluate(within), stop
        assert stop["ringed"] and stop["inside"] and stop["uncovered"], stop
    else:
        raise AssertionError("Tab never leaves the filters")
    if not drawer.is_visible():
        assert stop["ringed"] and stop["inside"] and stop["uncovered"], stop


def test_a_saved_place_keeps_the_focus_on_its_button(visit):
    page = visit()
    page.goto(SEARCH)
    card = page.get_by_role("article").first
    tab_to(page, card.get_by_role("button", name=re.compile("^Save ")))
    page.keyboard.press("Enter")
    expect(card.get_by_role("button", name=re.compile("^Saved "))).to_be_focused()
    expect(page.get_by_role("banner").get_by_role("link", name="1 thing")).to_be_visible()
    # htmx takes up the new button 20 ms after it stands there; nobody presses that fast.
    expect(page.locator(".htmx-added")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(card.get_by_role("button", name=re.compile("^Save "))).to_be_focused()


def test_tru_ai_answers_with_its_sources_and_escape_closes_it(visit):
    page = visit()
    page.goto("/therapies/mbsr-medical-pain/")
    pill = page.locator("details.tru > summary")
    pill.focus()
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Your question"))
    page.keyboard.type("What is a session of MBSR like?")
    page.keyboard.press("Enter")
    log = page.get_by_role("log", name="Conversation")
    expect(log.get_by_role("link", name=re.compile("^Source 1")).first).to_be_visible()
    expect(log.get_by_role("list").get_by_role("link").first).to_have_attribute(
        "href", re.compile("^/therapies/")
    )
    expect(page.get_by_label("Your question")).to_have_value("")
    page.keyboard.press("Escape")
    expect(log).to_be_hidden()
    expect(pill).to_be_focused()
    page.keyboard.press("Enter")
    expect(log).to_contain_text("What is a session of MBSR like?")
    tab_to(page, page.get_by_role("button", name="Close Tru AI and forget the talk"))
    page.keyboard.press("Enter")
    expect(pill).to_be_focused()
    page.keyboard.press("Enter")
    expect(log).not_to_contain_text("What is a session of MBSR like?")
