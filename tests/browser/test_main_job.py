"""What people come for: read about a therapy, find a place, keep it, be shown another one."""

import re

import pytest
from playwright.sync_api import expect

THERAPY = "/therapies/mbsr-medical-pain/"
NEAR = "near=97214"
SEARCH = f"/providers/?therapy=mbsr-medical-pain&{NEAR}"


def tick(page, name):
    """Tick one filter, in the drawer when there is one, and wait for the list."""
    drawer = page.get_by_role("button", name="Filters", exact=False)
    if drawer.first.is_visible():
        drawer.first.click()
    page.get_by_role("checkbox", name=re.compile(f"^{name}")).check()


@pytest.mark.parametrize(
    ("javascript", "width"),
    [(True, 1280), (False, 1280), (True, 375), (False, 375)],
)
def test_from_the_first_page_to_a_suggestion(visit, javascript, width):
    page = visit(javascript=javascript, width=width)
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name=re.compile("^MBSR")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("(MBSR)")

    places = page.get_by_role("search", name="Places that offer MBSR")
    places.get_by_label("Town or ZIP code").fill("97214")
    places.get_by_role("button").click()
    expect(page.get_by_text(re.compile(r"^About \d+ miles from 97214")).first).to_be_visible()
    page.get_by_role("link", name=re.compile("^All .* with MBSR near 97214")).click()

    count = page.locator("#count strong")
    everyone = count.inner_text()
    tick(page, "Medicaid")
    if not javascript:
        page.get_by_role("button", name="Show places").click()
    expect(count).not_to_have_text(everyone)
    expect(page).to_have_url(re.compile("pay=medicaid"))
    expect(page.get_by_role("checkbox", name=re.compile("^Medicaid"))).to_be_checked()
    expect(page.get_by_role("article")).to_have_count(int(count.inner_text().split()[0]))
    if width < 960 and javascript:
        page.get_by_role("button", name="Close filters").click()

    link = page.get_by_role("article").first.get_by_role("link").first
    name = link.inner_text()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    listing = page.url

    page.get_by_role("button", name=f"Save {name}", exact=True).click()
    expect(page.get_by_role("button", name=f"Saved {name}", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    assert page.url.split("#")[0] == listing
    page.get_by_role("banner").get_by_role("link", name="Saved (1)").click()

    saved = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=name))
    expect(saved).to_contain_text(re.compile(r"Saved \w{3} \d+ for MBSR"))
    also = page.get_by_role("region", name="You may also want to look at")
    expect(also.get_by_text(f"Like {name}, which you saved: both").first).to_be_visible()
