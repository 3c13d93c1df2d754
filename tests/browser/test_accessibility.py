"""Every kind of page, held to WCAG 2.2 AA and to what the site promises of all pages."""

import re
from datetime import UTC, datetime
from functools import partial

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from django.utils import timezone
from playwright.sync_api import expect

from . import checks, trees
from .test_corrections import mailed_link

SEARCH = "/providers/?therapy=mbsr-medical-pain&near=97214"
PUBLIC = {
    "home": "/",
    "therapies": "/therapies/",
    "therapy": "/therapies/mbsr-medical-pain/",
    "therapy near": "/therapies/mbsr-medical-pain/?near=97214",
    "therapy, none near": "/therapies/mbsr-medical-pain/?near=99501",
    "find care": "/providers/",
    "results": SEARCH,
    "results with filters": f"{SEARCH}&pay=medicaid&delivery=virtual",
    "results, none found": f"{SEARCH}&pay=military&care=residential&for=women",
    "results, unclear place": "/providers/?near=Salem&q=herons",
    "results, unknown place": "/providers/?near=Nowhereville&q=herons",
    "results in a state": "/providers/?therapy=mbsr-medical-pain&near=Oregon",
    "results, whole country": "/providers/?therapy=mbsr-medical-pain",
    "results of words": "/providers/?q=chronic+pain+portland+evenings",
    "results in danger": "/providers/?q=I+want+to+die",
    "nothing saved": "/saved/",
    "suggestions, nothing known": "/recommendations/",
    "suggestions near": "/recommendations/?near=97214",
    "your data, none": "/your-data/",
    "how we suggest": "/how-we-suggest/",
    "conditions": "/conditions/",
    "condition": "/conditions/chronic-pain/",
    "about": "/about/",
    "how we check": "/how-we-check/",
    "for someone else": "/for-someone-else/",
    "privacy": "/privacy/",
    "accessibility": "/accessibility/",
    "for providers": "/for-providers/",
    "suggest a place": "/suggest/",
    "reports": "/corrections/",
    "no such code": "/corrections/BCD/",
    "link that does not work": "/confirm/none/",
    "assistant": "/assistant/",
    "not found": "/nowhere/",
}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    "preload": False,
}
# All that another scheme of colors can change; it takes most of the time.
BY_COLOR = ["color-contrast", "link-in-text-block"]
COLORS = OPTIONS | {"runOnly": {"type": "rule", "values": BY_COLOR}}
REST = OPTIONS | {"rules": OPTIONS["rules"] | {rule: {"enabled": False} for rule in BY_COLOR}}
INLINE = """() => [...document.querySelectorAll("*")].filter(element =>
  element.matches('style, script:not([src], [type="application/ld+json"])') ||
  [...element.attributes].some(({name, value}) =>
    name === "style" || name.startsWith("on") || /^\\s*(javascript|data):/i.test(value))
).map(element => element.outerHTML.slice(0, 120))"""


def listing(page):
    page.goto(SEARCH)
    page.get_by_role("article").first.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Similar places")).to_be_visible()


def known(path):
    """For a visitor who saved a therapy and two places, said yes and used a filter."""

    def steps(page):
        page.goto("/therapies/mbsr-medical-pain/?near=97214")
        page.get_by_role("button", name="Save MBSR").click()
        for n in range(2):
            page.get_by_role("article").nth(n).get_by_role("button", name="Save").click()
        expect(page.get_by_role("button", name="Saved")).to_have_count(3)
        page.get_by_role("button", name="Yes, use them").click()
        expect(page.get_by_role("button", name="Turn off and erase")).to_be_visible()
        page.goto(f"{SEARCH}&pay=medicaid")
        page.goto(path)

    return steps


def removed(page):
    known("/saved/")(page)
    page.get_by_role("button", name="Remove MBSR").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def erasing(page):
    known("/your-data/")(page)
    page.get_by_role("button", name="Erase everything").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Erase everything?")


def asked(question):
    def steps(page):
        page.goto("/assistant/")
        page.get_by_label("Your question").fill(question)
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_role("log")).to_contain_text(question)

    return steps


def panel(page):
    page.goto("/therapies/mbsr-medical-pain/")
    page.locator("details.tru > summary").click()
    page.get_by_label("Your question").fill("What is a session of MBSR like?")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("log").get_by_text("Sources")).to_be_visible()


def press_once_more(page):
    """What a browser gets that does not say where a form came from."""

    def from_nowhere(route):
        form = {"therapy": "mbsr-medical-pain"}
        route.fulfill(response=page.request.post(route.request.url, form=form))

    page.route("**/saved/", from_nowhere)
    page.goto("/saved/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Please press once more")


def reporting(page, *, message="", send=True, aspect=True):
    listing(page)
    page.get_by_role("link", name="Report a problem").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Report a problem")
    if aspect:
        page.get_by_label("What it offers").check()
    page.get_by_label("Tell us more").fill(message)
    if send:
        page.get_by_role("main").get_by_role("button", name="Send").click()
        expect(page.get_by_text("Your code" if aspect else "One thing needs")).to_be_visible()


def suggested_with_faults(page):
    page.goto("/suggest/")
    page.get_by_label("Phone").fill("call me")
    page.get_by_role("main").get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("4 things need another look")


def confirming(page, *, press=""):
    page.goto(mailed_link())
    if press:
        page.get_by_role("main").get_by_role("button", name=press).click()
        expect(page.get_by_text(re.compile("Take it out now|One thing needs"))).to_be_visible()


STEPS = {
    "listing": listing,
    "saved": known("/saved/"),
    "saved, one removed": removed,
    "suggestions": known("/recommendations/?near=97214"),
    "your data": known("/your-data/"),
    "erase everything": erasing,
    "assistant with an answer": asked("What is a session of MBSR like?"),
    "assistant without an answer": asked("Who wins the cup on Saturday?"),
    "assistant in danger": asked("My husband hits me and reads my phone"),
    "assistant with places": asked("MBSR near 97214"),
    "Tru AI open": panel,
    "press once more": press_once_more,
    "report": partial(reporting, send=False),
    "report sent": reporting,
    "report in danger": partial(reporting, message="I want to die"),
    "report with a fault": partial(reporting, aspect=False),
    "suggestion with faults": suggested_with_faults,
    "a place confirms": confirming,
    "a place confirms nothing": partial(confirming, press="Send"),
    "a place wants out": partial(confirming, press="Take us out"),
}
STATUS = {
    "not found": 404,
    "no such code": 404,
    "link that does not work": 404,
    "press once more": 403,
    "report with a fault": 400,
    "suggestion with faults": 400,
    "a place confirms nothing": 400,
}


# Whose tree is held to a file, and which part of it; the frame of all pages is that of home.
TREES = {
    "home": "body",
    "therapy near": "main",
    "results with filters": "main",
    "listing": "main",
    "saved": "main",
    "assistant with an answer": "main",
    "Tru AI open": ".tru-at",
}


@pytest.fixture
def one_day(monkeypatch):
    """Checks grow old, and order and words of what we suggest with them: not here."""
    day = datetime(2026, 11, 27, 12, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: day)


def open_page(visit, kind):
    page = visit(status=STATUS.get(kind))
    if kind in STEPS:
        STEPS[kind](page)
    else:
        page.goto(PUBLIC[kind])
    return page


def axe_faults(page, *widths, within="html"):
    """What axe finds at these widths; in dark, at the last of them, what colors can change."""
    runs = [(width, "light", OPTIONS) for width in widths] + [(widths[-1], "dark", COLORS)]
    for width, scheme, options in runs:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        run = "([within, options]) => axe.run(within, options)"
        results = AxeResults(page.evaluate(run, [within, options]))
        if results.violations_count:
            yield f"{width} px, {scheme}: {results.generate_report()}"


@pytest.mark.parametrize("kind", [*PUBLIC, *STEPS])
def test_each_kind_of_page_can_be_used_by_everyone(visit, one_day, kind):
    """One opening for all checks; see also templates/pages/_access_tested.html."""
    page = open_page(visit, kind)
    faults = [f"inline: {element}" for element in page.evaluate(INLINE)]
    if kind in TREES:
        faults += trees.faults(page.locator(TREES[kind]), kind)
    if kind in PUBLIC:
        faults += [f"cookie: {cookie['name']}" for cookie in page.context.cookies()]
    faults += [*checks.sound(page), *checks.settings(page), *checks.large_text(page)]
    page.evaluate(AXE_SCRIPT)
    faults += axe_faults(page, 1280, 375)
    faults += checks.keyboard(page)  # last: focus behind the open panel of Tru AI closes it
    assert not faults, "\n".join(faults)


def test_the_filters_of_a_phone_can_be_used_by_everyone(visit):
    page = visit(width=375)
    page.goto(SEARCH)
    page.get_by_role("button", name=re.compile("^Filters")).click()
    faults = list(trees.faults(page.locator("#filters"), "filters of a phone"))
    page.evaluate(AXE_SCRIPT)
    faults += axe_faults(page, 375)
    page.emulate_media(forced_colors="active")
    faults += checks.ask(page, checks.FORCED)
    assert not faults, "\n".join(faults)


# What a place that is announced gets to say; a place that is replaced would say nothing more.
HEARD = """() => {
  window.heard = [];
  for (const place of document.querySelectorAll("[aria-live], [role=status], [role=log]"))
    new MutationObserver(() => place.isConnected && heard.push(place.textContent))
      .observe(place, { childList: true, characterData: true, subtree: true });
}"""


def test_what_changes_is_said_where_it_is_listened_for(visit):
    page = visit()
    page.goto(SEARCH)
    page.evaluate(HEARD)

    def hears(words):
        said = "words => heard.some(said => said.replace(/\\s+/g, ' ').includes(words))"
        page.wait_for_function(said, arg=words)

    page.get_by_role("checkbox", name=re.compile("^Compare ")).first.check()
    hears("1 ticked.")
    page.get_by_role("checkbox", name=re.compile("^Medicaid")).check()
    expect(page.get_by_role("link", name="remove filter")).to_have_count(2)
    hears(page.locator("#count strong").inner_text())
    name = page.get_by_role("article").first.get_by_role("heading").inner_text()
    page.get_by_role("button", name=f"Save {name}", exact=True).click()
    hears(f"Saved {name}")
    page.locator("details.tru > summary").click()
    page.get_by_label("Your question").fill("What is a session of MBSR like?")
    page.get_by_role("button", name="Send").click()
    hears("Sources")


def test_press_once_more_does_what_was_asked(visit):
    page = visit(status=403)
    press_once_more(page)
    page.unroute_all()
    page.get_by_role("button", name="Yes, do it").click()
    expect(page.get_by_role("heading", name="MBSR", exact=False)).to_be_visible()


def test_axe_finds_nothing_on_any_other_address_of_the_sitemap(visit):
    """Their templates are those of pages above, which are asked for their colors too."""
    page = visit(width=375)
    listed = page.request.get("/sitemap.xml").text()
    paths = []
    for section in re.findall(r"<loc>https?://[^/<]+([^<]*)</loc>", listed):
        text = page.request.get(section).text()
        paths += re.findall(r"<loc>https?://[^/<]+([^<]*)</loc>", text)
    others = sorted({*paths} - {*PUBLIC.values()})
    assert len(others) >= 40
    faults = []
    for path in others:
        page.goto(path)
        page.evaluate(AXE_SCRIPT)
        results = AxeResults(page.evaluate("options => axe.run(options)", REST))
        if results.violations_count:
            faults.append(f"{path}: {results.generate_report()}")
    assert not faults, "\n".join(faults)
