"""Staff at their desk: the pages of the admin that are ours, and the way through a spreadsheet."""

from datetime import date

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from django.contrib.auth import get_user_model
from playwright.sync_api import expect

from providers.admin.spreadsheets import Uploads
from providers.changes import listing_changes
from providers.models import (
    ImportRow,
    ImportRun,
    PossibleDuplicate,
    Proposal,
    Provider,
    Source,
    SuggestedPlace,
    SuspiciousPoint,
)
from tests.factories import create_correction, create_listing_source, create_provider

from . import checks
from .test_accessibility import COLORS, OPTIONS, REST, TAGS

DESK = "/admin/providers"
TRU_AI = ("count/", "crisiscard/", "crisiscard/add/?key=violence")
PASSWORD = "a long way to the lake"
# To follow the @import in Django's forms.css, axe writes a style of its own, which the policy
# stops. What Django's templates do against best practice (an empty table head) is not ours.
WCAG = [tag for tag in TAGS if tag != "best-practice"]
AXE = OPTIONS | {"runOnly": {"type": "tag", "values": WCAG}}
NARROW = AXE | {"rules": REST["rules"]}  # colors are the same at any width


@pytest.fixture
def desk(db, tmp_path, monkeypatch):
    """Something in each queue, about drafts: a real listing would withdraw the examples."""
    monkeypatch.setattr(Uploads, "folder", tmp_path / "uploads")
    user = get_user_model().objects.create_superuser("ana", password=PASSWORD)
    one = create_provider(name="Quiet Water", slug="desk-one", status="draft", street="9 Oak St")
    other = create_provider(
        name="Quiet Waters", slug="desk-two", status="draft", phone="(503) 234-0000"
    )
    day = date(2024, 8, 1)
    listed = create_listing_source(
        provider=one, name="National directory", said={"phone": "(503) 234-0001"}
    )
    run = ImportRun.objects.create(
        source=listed.source, edition="2024", as_of=day, file="a.csv", file_hash="0",
        counts={"added": 1, "refused": 1}, problems={"ZIP code": 1},
    )  # fmt: skip
    items = {
        "proposal": Proposal.objects.create(
            provider=one, field="phone", value="(503) 234-0001", as_of=day, source=listed.source
        ),
        "correction": create_correction(provider=one, message="It rings and rings."),
        "suggestedplace": SuggestedPlace.objects.create(name="Herons", city="Salem", state="OR"),
        "suspiciouspoint": SuspiciousPoint.objects.create(
            provider=one, source=listed.source, lat=46.5, lon=-120.5, miles=121
        ),
        "importrow": ImportRow.objects.create(
            run=run, number=7, action="refused", reason="No ZIP code.", raw={"name1": "Herons"}
        ),
        "possibleduplicate": PossibleDuplicate.objects.create(
            first=one, second=other, why="The same phone."
        ),
        "importrun": run,
        "source": listed.source,
        "provider": one,
    }
    yield items
    with listing_changes() as changed:
        drafts = Provider.objects.filter(slug__startswith="desk-")
        changed.update(drafts.values_list("pk", flat=True))
        drafts.delete()
    for model in (ImportRun, Source, SuggestedPlace):
        model.objects.all().delete()
    user.delete()


@pytest.fixture
def staff(visit, desk):
    """Opens a window in which Ana has signed in."""

    def open_window(**kwargs):
        page = visit(**kwargs)
        page.goto("/admin/")
        page.get_by_label("Username").fill("ana")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_text("Waiting for someone")).to_be_visible()
        return page

    return open_window


def desk_faults(page, opened):
    """What is wrong with the page that `opened` loads: its focus, and what axe finds, wide and
    narrow, and what colors change in dark, once they have moved from one scheme to the other."""
    page.emulate_media(color_scheme="light")
    opened()
    page.evaluate(AXE_SCRIPT)
    for scheme, options, width in (
        ("light", AXE, 1280),
        ("light", NARROW, 375),
        ("dark", COLORS, 375),
    ):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.evaluate("document.getAnimations().forEach(moves => moves.finish())")
        results = AxeResults(page.evaluate("options => axe.run(options)", options))
        if results.violations_count:
            yield f"{page.url}, {width} px, {scheme}: {results.generate_report()}"
    yield from (f"{page.url}, 375 px: {fault}" for fault in checks.desk(page))


def test_each_page_of_the_desk_can_be_used_by_everyone(staff, desk):
    page = staff()
    paths = ["/admin/", f"{DESK}/provider/?due=contact", f"{DESK}/provider/import/"]
    paths += [f"{DESK}/provider/export/", f"{DESK}/provider/{desk['provider'].pk}/delete/"]
    paths += [f"/admin/assistant/{path}" for path in TRU_AI]
    for model, item in desk.items():
        paths += [f"{DESK}/{model}/", f"{DESK}/{model}/{item.pk}/change/"]
    faults = []
    for path in paths:
        faults += desk_faults(page, lambda path=path: page.goto(path))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_check_a_decision_and_a_merge_take_a_click_each(staff, desk, javascript):
    page = staff(javascript=javascript)
    page.goto(f"{DESK}/provider/{desk['provider'].pk}/change/")
    page.get_by_role("button", name="Record the check").click()
    expect(page.get_by_text("Checked today by call (contact): 1.")).to_be_visible()
    page.goto(f"{DESK}/proposal/{desk['proposal'].pk}/change/")
    expect(page.get_by_text("(503) 234-0001")).to_be_visible()
    page.get_by_role("button", name="Accept: set the field as proposed").click()
    expect(page.get_by_text("Accepted: 1.")).to_be_visible()
    page.goto(f"{DESK}/possibleduplicate/{desk['possibleduplicate'].pk}/change/")
    page.get_by_role("radio", name="Phone, second: (503) 234-0000").check()
    page.get_by_role("button", name="Make them one place").click()
    expect(page.get_by_text("is part of this listing now")).to_be_visible()
    expect(page.get_by_label("Phone:", exact=True)).to_have_value("(503) 234-0000")


def upload(page, file):
    page.goto(f"{DESK}/provider/import/")
    page.get_by_label("Resource").select_option("Listings")
    page.get_by_label("File to import").set_input_files(file)
    page.get_by_label("Format").select_option("csv")
    page.get_by_role("button", name="Submit").click()
    page.wait_for_load_state()


def test_a_spreadsheet_is_previewed_and_confirmed(staff, tmp_path):
    rows = [
        "slug,name,kind,city,state,zip,status",
        "desk-one,Quiet <b>Lake,Clinic,Portland,OR,97214,draft",
        "desk-new,New place,Clinic,Salem,OR,97301,draft",
    ]
    file = tmp_path / "rows.csv"
    file.write_text("\n".join(rows))
    page = staff()
    page.goto(f"{DESK}/provider/")
    page.get_by_role("link", name="Import", exact=True).click()
    upload(page, file)
    preview = page.get_by_role("region", name="Preview")
    expect(preview.locator("ins").filter(has_text="Quiet <b>Lake")).to_be_visible()
    expect(preview.get_by_role("rowheader", name="New")).to_be_visible()
    faults = list(desk_faults(page, lambda: upload(page, file)))
    assert not faults, "\n".join(faults)
    page.get_by_role("button", name="Confirm import").click()
    expect(page.get_by_text("Import finished: 1 new, 1 updated")).to_be_visible()
    page.get_by_role("link", name="Export", exact=True).click()
    page.get_by_label("Format").select_option("csv")
    with page.expect_download() as download:
        page.get_by_role("button", name="Submit").click()
    assert "Quiet <b>Lake" in download.value.path().read_text("utf-8-sig")


def test_a_faulty_spreadsheet_says_what_is_wrong_without_a_pointer(staff, tmp_path):
    file = tmp_path / "rows.csv"
    file.write_text("slug,name,kind,city,state,status\ndesk-x,X,Clinic,Salem,OR,open\n")
    page = staff()
    upload(page, file)
    expect(page.get_by_text("Row 1, status:")).to_be_visible()
    faults = list(desk_faults(page, lambda: upload(page, file)))
    assert not faults, "\n".join(faults)
