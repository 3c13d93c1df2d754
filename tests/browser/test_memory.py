"""A memory that belongs to the visitor: yes, no, see, remove one, take along, erase, not for me."""

import json
import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from . import checks
from .test_accessibility import INLINE, axe_faults
from .test_main_job import visitor_cookies

THERAPY = "/therapies/mbsr-medical-pain/?near=97214"
SEARCH = "/providers/?therapy=mbsr-medical-pain&near=97214&pay=medicaid"
NEAR = "/recommendations/?near=97214"
WAYS = pytest.mark.parametrize(
    ("javascript", "width"), [(True, 1280), (False, 375)], ids=["script", "no-script-phone"]
)


def cards(page):
    return page.get_by_role("main").get_by_role("article")


def name_of(card):
    return card.get_by_role("heading").get_by_role("link").inner_text()


def say_yes(page):
    page.goto(SEARCH)
    page.get_by_role("button", name="Yes, use them").click()
    expect(page.get_by_role("button", name="Turn off and erase")).to_be_visible()


def save_first(page):
    """Save the first place of a search; its name."""
    page.goto(SEARCH)
    card = cards(page).first
    name = name_of(card)
    card.get_by_role("button", name=f"Save {name}", exact=True).click()
    expect(page.get_by_role("button", name=f"Saved {name}", exact=True)).to_be_visible()
    return name


@WAYS
def test_after_one_yes_the_next_page_gives_both_reasons_and_no_takes_them_back(
    visit, javascript, width
):
    page = visit(javascript=javascript, width=width)
    page.goto(SEARCH)
    assert not visitor_cookies(page)
    page.get_by_role("button", name="Yes, use them").click()
    expect(page.get_by_role("button", name="Turn off and erase")).to_be_visible()
    page.goto(NEAR)
    reasons = cards(page).first.locator(".why li")
    expect(reasons.filter(has_text="Offers MBSR, which you just opened")).to_be_visible()
    expect(reasons.filter(has_text="Takes Medicaid, a filter you used")).to_be_visible()
    page.get_by_role("button", name="Turn off and erase").click()
    expect(page.get_by_role("button", name="Yes, use them")).to_be_visible()
    expect(page.get_by_text("which you just opened")).to_have_count(0)
    assert not visitor_cookies(page)


@WAYS
def test_one_reason_is_taken_out_where_it_is_shown(visit, javascript, width):
    page = visit(javascript=javascript, width=width)
    say_yes(page)
    page.goto(NEAR)
    page.get_by_text("Why these?").click()
    page.get_by_role("button", name="Do not use this Medicaid, a filter you used").click()
    expect(page).to_have_url(re.compile(re.escape(NEAR)))
    expect(page.get_by_text("Takes Medicaid, a filter you used")).to_have_count(0)
    expect(page.get_by_text("Offers MBSR, which you just opened").first).to_be_visible()


@WAYS
def test_what_is_held_is_seen_and_removed_one_by_one(visit, javascript, width):
    page = visit(javascript=javascript, width=width)
    say_yes(page)
    name = save_first(page)
    page.goto("/your-data/")
    held = page.get_by_role("region", name="What we hold")
    for text in ("Near Portland, OR", f"{name}, for MBSR", "MBSR, just opened", "Medicaid filter"):
        expect(held).to_contain_text(text)
    held.get_by_role("button", name="Remove Medicaid filter").click()
    expect(held).not_to_contain_text("Medicaid filter")
    expect(held).to_contain_text("MBSR, just opened")
    held.get_by_role("button", name="Erase place").click()
    expect(held).not_to_contain_text("Near Portland, OR")
    held.get_by_role("button", name=f"Remove {name}").click()
    expect(page.get_by_text(f"Removed {name}.")).to_have_count(0)  # it has no note to lose
    expect(held).not_to_contain_text(name)


@WAYS
def test_an_emptied_box_stops_and_deletes(visit, javascript, width):
    page = visit(javascript=javascript, width=width)
    page.goto("/your-data/")
    boxes = page.get_by_role("checkbox")
    expect(boxes).to_have_count(2)
    for n in range(2):
        expect(boxes.nth(n)).not_to_be_checked()
    say_yes(page)
    page.goto("/your-data/")
    page.get_by_role("checkbox", name=re.compile("^Filters I set")).uncheck()
    page.get_by_role("button", name="Keep this choice").click()
    expect(page.get_by_text("Your choice is kept.")).to_be_visible()
    held = page.get_by_role("region", name="What we hold")
    expect(held).to_contain_text("MBSR, just opened")
    expect(held).not_to_contain_text("Medicaid filter")


@WAYS
def test_everything_is_taken_along_and_then_erased(visit, javascript, width):
    page = visit(javascript=javascript, width=width)
    say_yes(page)
    name = save_first(page)
    page.goto("/your-data/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download everything").click()
    assert download.value.suggested_filename == "trupaths-your-data.json"
    data = json.loads(download.value.path().read_text())
    assert [each["place"] for each in data["saved"]] == [name]
    page.get_by_role("button", name="Erase everything").click()
    page.get_by_role("button", name="Erase everything now").click()
    expect(page.get_by_text("Everything is erased. We hold nothing about you.")).to_be_visible()
    assert not visitor_cookies(page)
    page.goto("/saved/")
    expect(page.get_by_text("Nothing saved yet")).to_be_visible()


@WAYS
def test_a_list_is_sent_read_and_added_by_someone_else(visit, javascript, width):
    page = visit(javascript=javascript, width=width)
    name = save_first(page)
    page.goto("/saved/")
    note = page.get_by_label(f"Your note on {name}")
    note.fill("Tuesday group?")
    page.get_by_role("button", name=f"Keep note on {name}").click()
    address = page.get_by_label("Address of your list").input_value()

    other = visit(javascript=javascript, width=width)
    other.goto(address[address.index("/shared/") :])
    expect(other.get_by_role("heading", level=1)).to_have_text("A list for you")
    expect(other.get_by_role("heading", name=name)).to_be_visible()
    expect(other.get_by_text("Tuesday group?")).to_have_count(0)
    assert not visitor_cookies(other)
    other.get_by_role("button", name="Add to my list").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Saved for when you are ready")
    expect(other.get_by_role("heading", name=name)).to_be_visible()
    expect(other.get_by_label(f"Your note on {name}")).to_have_value("")

    page.get_by_role("link", name="Your data", exact=True).first.click()
    page.get_by_role("button", name="End all links").click()
    expect(page.get_by_text("All links to your list are ended.")).to_be_visible()
    reader = visit(javascript=javascript, width=width, status=410)
    reader.goto(address[address.index("/shared/") :])
    expect(reader.get_by_role("heading", level=1)).to_have_text("This list cannot be opened")


@WAYS
def test_not_for_me_hides_a_place_until_it_is_undone(visit, javascript, width):
    page = visit(javascript=javascript, width=width)
    page.goto(SEARCH)
    card = cards(page).first
    name = name_of(card)
    total = int(page.locator("#count strong").inner_text().split()[0])
    card.get_by_role("button", name=f"Not for me {name}").click()
    if javascript:  # undone where it was done
        undo = card.get_by_role("button", name=f"Undo hiding {name}")
        expect(undo).to_be_focused()
        undo.click()
        button = card.get_by_role("button", name=f"Not for me {name}")
        expect(button).to_be_focused()
        button.click()
        expect(undo).to_be_visible()
        page.goto(SEARCH)
    expect(page.locator("#count strong")).to_contain_text(str(total - 1))
    expect(page.get_by_role("article", name=name)).to_have_count(0)
    page.goto(THERAPY)
    expect(page.get_by_role("article", name=name)).to_have_count(0)
    page.get_by_role("link", name="See it under Your data").click()
    page.get_by_role("button", name=f"Show again {name}").click()
    expect(page.get_by_text("It is shown again.")).to_be_visible()
    page.goto(SEARCH)
    expect(page.get_by_role("article", name=name)).to_have_count(1)
    assert not visitor_cookies(page)  # nothing is held any more


@WAYS
def test_the_call_sheet_on_paper_has_numbers_questions_and_room_to_write(visit, javascript, width):
    page = visit(javascript=javascript, width=width)
    say_yes(page)
    name = save_first(page)
    page.goto("/saved/")
    page.get_by_role("link", name="Call sheet", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Call sheet")
    expect(page.get_by_role("button", name="Print", exact=True)).to_have_count(int(javascript))
    page.emulate_media(media="print")
    sheet = page.get_by_role("region", name=name)
    expect(sheet.get_by_text("Ask for:")).to_be_visible()
    expect(sheet.get_by_text("Do you take Medicaid for MBSR")).to_be_visible()
    expect(sheet.get_by_text(re.compile(r"\(\d{3}\) \d{3}-\d{4}")).first).to_be_visible()
    expect(sheet.get_by_text("Example, not a real place")).to_be_visible()
    questions = sheet.locator("ol > li")
    assert questions.count() >= 4
    for n in range(questions.count()):  # a line to write on, below the words
        words, line = questions.nth(n).evaluate(
            "li => { const range = document.createRange(); range.selectNodeContents(li);"
            " return [range.getBoundingClientRect().bottom, li.getBoundingClientRect().bottom] }"
        )
        assert line - words >= 24
    for gone in ("navigation", "button", "search"):
        expect(page.get_by_role(gone)).to_have_count(0)


def test_each_place_begins_a_page_of_its_own_on_paper(visit):
    page = visit()
    page.goto(SEARCH)
    for n in range(2):
        cards(page).nth(n).get_by_role("button", name=re.compile("^Save ")).click()
        expect(page.get_by_role("button", name=re.compile("^Saved "))).to_have_count(n + 1)
    page.goto("/saved/call-sheet/")
    page.emulate_media(media="print")
    breaks = page.locator(".sheet").evaluate_all(
        "sheets => sheets.map(sheet => getComputedStyle(sheet).breakBefore)"
    )
    assert breaks == ["auto", "page"]
    pages = re.findall(rb"/Type\s*/Page\b", page.pdf())
    assert len(pages) == 2


def until(page, true):
    for _ in range(100):
        if true():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it did not come to that")


def test_two_tabs_without_a_script_that_save_at_once_lose_nothing(visit):
    first = visit(javascript=False)
    second, held = first.context.new_page(), []
    for page in (first, second):
        page.goto(SEARCH)
    first.context.route(
        "**/saved/",
        lambda route: held.append(route) if route.request.method == "POST" else route.continue_(),
    )
    answered = []
    first.context.on("response", lambda answer: answered.append(answer.request.method))
    names = []
    for n, page in enumerate((first, second)):
        names.append(name_of(cards(page).nth(n)))
        button = cards(page).nth(n).get_by_role("button", name=re.compile("^Save "))
        button.click(no_wait_after=True)
    until(first, lambda: len(held) == 2)  # neither was sent with a cookie
    for route in held:
        route.continue_()
    # What the tabs show now depends on which of them is answered last; what is saved does not.
    until(first, lambda: answered.count("POST") == 2)
    first.context.unroute_all()
    first.goto("/saved/")
    for name in names:
        expect(first.get_by_role("heading", name=name)).to_be_visible()
    assert len(visitor_cookies(first)) == 1


def list_of_someone(page):
    save_first(page)
    page.goto("/saved/")
    address = page.get_by_label("Address of your list").input_value()
    page.goto(address[address.index("/shared/") :])


def with_a_hidden_place(path):
    def steps(page):
        say_yes(page)
        save_first(page)
        card = cards(page).nth(1)
        card.get_by_role("button", name=re.compile("^Not for me")).click()
        expect(card.get_by_role("button", name=re.compile("^Undo"))).to_be_visible()
        page.goto(path)
        for why in page.get_by_text("Why these?").all():
            why.click()

    return steps


PAGES = {
    "call sheet": lambda page: page.goto("/saved/call-sheet/?c=alder-stone-pain-program"),
    "call sheet of nothing": lambda page: page.goto("/saved/call-sheet/"),
    "list of someone": list_of_someone,
    "no such list": lambda page: page.goto("/shared/none/"),
    "saved, one hidden": with_a_hidden_place("/saved/"),
    "suggestions, one hidden": with_a_hidden_place(NEAR),
    "your data, all kinds": with_a_hidden_place("/your-data/"),
}


@pytest.mark.parametrize("kind", PAGES)
def test_each_of_these_pages_can_be_used_by_everyone(visit, kind):
    page = visit(status=404 if kind == "no such list" else None)
    PAGES[kind](page)
    faults = [f"inline: {element}" for element in page.evaluate(INLINE)]
    faults += [*checks.sound(page), *checks.settings(page), *checks.large_text(page)]
    page.evaluate(AXE_SCRIPT)
    faults += axe_faults(page, 1280, 375)
    faults += checks.keyboard(page)
    assert not faults, "\n".join(faults)
