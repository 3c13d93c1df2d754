"""Away from here in one press, and what someone sees who presses too often."""

import re

import pytest
from playwright.sync_api import expect

from trupaths import pace

WEATHER = "https://www.weather.gov/"


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_leave_site_opens_another_page_in_place_of_this_one(browser, site, javascript):
    """Other pages of ours stay in the history: no page may remove those, and /privacy/ says so."""
    asked = []

    def weather(route):
        asked.append(route.request.all_headers())
        route.fulfill(content_type="text/html", body="<h1>Weather</h1>")

    window = browser.new_context(base_url=site, java_script_enabled=javascript)
    window.route(f"{WEATHER}**", weather)
    page = window.new_page()
    page.goto("/")
    page.goto("/therapies/")
    page.get_by_role("link", name="Leave site").first.click()
    expect(page.get_by_role("heading", name="Weather")).to_be_visible()
    assert page.url == WEATHER and "referer" not in asked[0]
    page.go_back()
    assert page.url == (f"{site}/" if javascript else f"{site}/therapies/")
    window.close()


def test_who_presses_too_often_is_told_where_it_happened(visit, settings, tmp_path, monkeypatch):
    settings.LIMITS, settings.VAR_DIR = True, tmp_path
    monkeypatch.setattr(pace, "SENT", ("sent", 1))
    monkeypatch.setitem(pace.READ, "providers:list", ("search", 3))
    page = visit(status=429)
    page.goto("/providers/?near=97214")
    save = page.get_by_role("article").get_by_role("button", name=re.compile("^Save"))
    for place in range(3):  # one without a cookie, one of the visitor, and one too many
        with page.expect_response("**/saved/"):
            save.nth(place).click()
    toast = page.locator("#toasts")
    expect(toast).to_contain_text("Too many presses at once")
    expect(page.locator("#count")).to_be_visible()

    monkeypatch.setitem(pace.READ, "providers:list", ("search", 1))
    medicaid = page.get_by_role("checkbox", name=re.compile("^Medicaid")).first
    medicaid.check()
    expect(page.get_by_role("link", name="remove filter").first).to_be_visible()
    medicaid.click()  # not uncheck(), which looks for the box again on the page that follows
    expect(page.get_by_role("heading", level=1)).to_have_text("One moment, please")
    assert "/providers/?" in page.url
    pace.forget()
