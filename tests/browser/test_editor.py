"""An editor's day: a page is written, looked at, reviewed, published, changed and brought back."""

from io import BytesIO

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import override_settings
from PIL import Image
from playwright.sync_api import expect

from therapies.library import content_changes
from therapies.models import OldSlug, Therapy

from .test_desk import PASSWORD, desk_faults

LIST = "/admin/therapies/therapy/"
YEAR = "2025"
WORDS = {
    "name": "Forest walking",
    "short_name": "Forest walks",
    "headline": "How it helps",
    "lead": "A slow walk among trees, with a guide.",
    "author": "TruPaths editors",
    "review_due_on": "2099-06-01",
    "best_for_text": "Long-term pain",
    "session_format": "In a group",
    "cadence": "Once a week",
    "home_practice": "Ten minutes on most days.",
    "combined_text": "Physical therapy",
    "evidence_summary": "Some trials agree. Most of them are small.[2]",
    "goals_title": "What is it?",
    "goals_intro": "A walk for people with pain.[1]",
    "benefits_title": "How it helps",
    "benefits_intro": "It may ease pain a little.[3]",
    "sessions_title": "What happens",
    "sessions_intro": "You talk of sleep, work and family.",
    "sessions_alt": "Two people walk under tall trees.",
    "candidates_title": "Who it suits",
    "candidates_intro": "It suits people who want to try.",
    "before_you_start": "Keep your medicine and your care.",
    "who_should_be_careful": "have seen no doctor yet\nlive with flashbacks",
    "risks": "You can stumble on a root.[4]\nIt does not help everyone.",
    "alternatives": "A class in town.\nDoing nothing for now. You can wait.",
    "typical_cost": "About as much as a class.",
    "questions_to_ask": "How were you trained?\nWhat does it cost?\nWhom can I call?",
    "credentials_to_look_for": "A guide with a license.",
    "find_call": "You can start near you.",
}


@pytest.fixture
def people(db):
    call_command("make_roles", verbosity=0)
    users = []
    for name, role in (("ana", "Editors"), ("rea", "Reviewers")):
        user = User.objects.create_user(name, password=PASSWORD, is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        users.append(user)
    yield
    with content_changes():
        OldSlug.objects.all().delete()
        Therapy.objects.filter(name__startswith="Forest").delete()
    Group.objects.all().delete()
    for user in users:
        user.delete()


@pytest.fixture
def pictures(tmp_path, site):
    with override_settings(MEDIA_ROOT=tmp_path / "media"):
        yield


@pytest.fixture
def sign_in(visit, people):
    def open_window(name, **kwargs):
        page = visit(**kwargs)
        page.goto("/admin/")
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_text("Pages to look at")).to_be_visible()
        return page

    return open_window


SET = """fields => {
  for (const [id, words] of Object.entries(fields)) {
    const field = document.getElementById(id);
    const option = [...field.options ?? []].find(({ text }) => text === words);
    field.value = option ? option.value : words;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}"""


def fill(page, **fields):
    """Many fields at once; whether each can be typed in is asked elsewhere."""
    page.evaluate(SET, {f"id_{name}": str(words) for name, words in fields.items()})


def add(page, prefix, **fields):
    """A part of the page, as “Add another” opens it."""
    group = page.locator(f"#{prefix}-group")
    n = group.locator(".inline-related:not(.empty-form)").count()
    group.locator(".add-row a").click()
    fill(page, **{f"{prefix}-{n}-{name}": words for name, words in fields.items()})


def save(page):
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def photo():
    held = BytesIO()
    Image.effect_noise((1200, 800), 60).convert("RGB").save(held, "JPEG")
    return {"name": "holiday.jpg", "mimeType": "image/jpeg", "buffer": held.getvalue()}


def write(page):
    """A whole page, from nothing, with a picture."""
    page.goto(f"{LIST}add/")
    fill(page, **WORDS)
    page.locator("#id_kind").select_option("body")
    expect(page.locator("#id_slug")).to_have_value("forest-walks")
    page.get_by_role("group", name="Best for").get_by_label("Chronic pain").check()
    page.locator("#id_sessions_picture").set_input_files(photo())
    for section in ("What it works toward", "How it helps", "What happens in sessions",
                    "Who it suits"):  # fmt: skip
        for n in range(3):
            title = f"{section} {n}"
            add(page, "points", section=section, order=n, title=title, text="You walk slowly.")
    for n in range(3):
        add(page, "faqs", order=n, question=f"Is it hard? {n}", answer="No. You can rest.")
    for n in range(1, 5):
        citation = f"Walker A. A study of walks. {YEAR}."
        add(page, "references", number=n, year=YEAR, citation=citation,
            url=f"https://doi.org/10.1000/{n}")  # fmt: skip
    save(page)
    add(page, "evidence", condition="Chronic pain", strength="Some", sentence="It may help.",
        checked_on="2025-05-01")  # fmt: skip
    page.locator("#id_evidence-0-references").select_option(index=[0, 1])
    save(page)


def to_publishing(page):
    page.get_by_role("link", name="Checks and publishing").click()
    expect(page.get_by_role("heading", name="Checks", exact=True)).to_be_visible()


def test_a_day_from_a_draft_to_a_version_brought_back(sign_in, visit, pictures):
    ana = sign_in("ana")
    write(ana)

    to_publishing(ana)
    expect(ana.get_by_text("Each check is met or waived.")).to_be_visible()
    link = ana.locator(".desk-link a").get_attribute("href")
    guest = visit()
    guest.goto(link)
    expect(guest.get_by_role("heading", level=1)).to_have_text("Forest walking")
    expect(guest.get_by_text("people who have this link")).to_be_visible()
    picture = guest.get_by_role("img", name="Two people walk under tall trees.")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 0

    expect(ana.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    ana.get_by_role("button", name="Send to review").click()
    expect(ana.get_by_text("Sent to review.")).to_be_visible()

    rea = sign_in("rea")
    rea.get_by_role("link", name="Pages in review").click()
    rea.get_by_role("link", name="Forest walking").click()
    to_publishing(rea)
    rea.get_by_role("button", name="Publish", exact=True).click()
    expect(rea.get_by_text("Published: visitors read it now.")).to_be_visible()
    guest.goto("/therapies/forest-walks/")
    expect(guest.get_by_text("A slow walk among trees, with a guide.")).to_be_visible()

    ana.reload()
    ana.get_by_role("button", name="Write a new version").click()
    ana.get_by_role("link", name="Forest walking (new version)").click()
    ana.locator("#id_faqs-0-answer").fill("No. There are benches.")
    save(ana)
    to_publishing(ana)
    ana.get_by_role("button", name="Send to review").click()
    expect(ana.get_by_text("Sent to review.")).to_be_visible()
    guest.reload()
    expect(guest.get_by_text("There are benches.")).to_have_count(0)
    rea.reload()
    rea.get_by_role("link", name="A new version is being written").click()
    to_publishing(rea)
    rea.get_by_role("button", name="Publish", exact=True).click()
    expect(rea.get_by_text("Published: visitors read it now.")).to_be_visible()
    guest.reload()
    expect(guest.get_by_text("There are benches.")).to_have_count(1)

    rea.get_by_role("link", name="Forest walking").click()
    rea.locator("#id_lead").fill("A slow walk among old trees, with a guide.")
    rea.locator("#id_slug").fill("forest-bathing")
    save(rea)
    guest.goto("/therapies/forest-walks/")
    expect(guest).to_have_url(f"{guest.url.partition('/therapies')[0]}/therapies/forest-bathing/")
    expect(guest.get_by_text("among old trees")).to_be_visible()

    rea.get_by_role("link", name="History").click()
    rea.locator("#content-main tbody th a").first.click()
    region = rea.get_by_role("region", name="From the older to the newer")
    expect(region.locator("ins")).to_contain_text(["forest-bathing", "old"])
    faults = list(desk_faults(rea, rea.reload))
    assert not faults, "\n".join(faults)
    rea.set_viewport_size({"width": 1280, "height": 900})
    rea.get_by_role("link", name="All changes").click()
    rea.locator("#content-main tbody th a").nth(1).click()
    rea.get_by_role("button", name="Bring this version back").click()
    expect(rea.get_by_text("Restored, with all its parts.")).to_be_visible()
    guest.reload()
    expect(guest.get_by_text("A slow walk among trees, with a guide.")).to_be_visible()
    expect(guest.get_by_text("Is it hard? 2")).to_be_visible()


@pytest.fixture
def draft(people):
    with content_changes():
        return Therapy.objects.create(
            name="Forest rest", short_name="Rest", slug="forest-rest", kind="body", headline="How",
            lead="You lie down.", risks="One.",
        )  # fmt: skip


def test_each_page_of_the_desk_for_pages_can_be_used_by_everyone(sign_in, draft):
    rea = sign_in("rea")
    rea.goto(f"{LIST}{draft.pk}/publishing/")
    rea.get_by_label("Why it need not be met: It says what can go wrong").fill("It has none.")
    rea.get_by_role("button", name="Waive: It says what can go wrong").click()
    expect(rea.get_by_text("It has none.")).to_be_visible()
    faults = []
    for path in ("/admin/", LIST, f"{LIST}{draft.pk}/publishing/", f"{LIST}{draft.pk}/history/",
                 f"{LIST}{draft.pk}/change/"):  # fmt: skip
        faults += desk_faults(rea, lambda path=path: rea.goto(path))
    assert not faults, "\n".join(faults)


def test_the_second_of_two_sees_what_changed_and_loses_nothing(sign_in, draft):
    ana, rea = sign_in("ana"), sign_in("rea")
    for page in (ana, rea):
        page.goto(f"{LIST}{draft.pk}/change/")
    ana.locator("#id_lead").fill("You lie down under a tree.")
    save(ana)
    rea.locator("#id_headline").fill("How it helps you rest")
    rea.get_by_role("button", name="Save and continue editing").first.click()
    expect(rea.get_by_text("ana saved this page while you were writing")).to_be_visible()
    expect(rea.locator(".desk-meanwhile ins")).to_contain_text("under a tree")
    expect(rea.locator("#id_headline")).to_have_value("How it helps you rest")
    expect(rea.locator("#id_lead")).to_have_value("You lie down under a tree.")
    save(rea)
    draft.refresh_from_db()
    assert (draft.lead, draft.headline) == ("You lie down under a tree.", "How it helps you rest")


def test_leaving_with_unsaved_words_is_asked_first(sign_in, draft):
    ana = sign_in("ana")
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    ana.on("dialog", stay)
    ana.goto(f"{LIST}{draft.pk}/change/")
    ana.get_by_role("link", name="History").click()
    expect(ana).to_have_title("History: Forest rest | TruPaths staff")
    ana.go_back()
    ana.locator("#id_lead").click()
    ana.keyboard.type("Now. ")
    ana.get_by_role("link", name="History").click()
    ana.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    expect(ana.locator("#id_lead")).to_have_value("You lie down.Now. ")
    save(ana)
    ana.get_by_role("link", name="History").click()
    expect(ana).to_have_title("History: Forest rest | TruPaths staff")
    assert asked == ["beforeunload"]
