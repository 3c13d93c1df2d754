import csv
import zipfile
import zlib
from io import BytesIO, StringIO

import pytest
import tablib
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from providers.admin.spreadsheets import Uploads
from providers.editing import snapshot
from providers.models import FieldOrigin, OldSlug, Provider, ProviderTerm, SearchRow, Service, Term
from tests.factories import create_provider, create_term, create_therapy, create_zip
from tests.providers.test_admin import assert_index_is_true, queries, version
from trupaths.text import before_formula_guard, not_a_formula

pytestmark = pytest.mark.django_db

DESK = "/admin/providers/provider/"
LISTINGS, SERVICES, ANSWERS = "0", "1", "2"
CSV, XLSX = "0", "1"


@pytest.fixture(autouse=True)
def uploads(tmp_path, monkeypatch):
    monkeypatch.setattr(Uploads, "folder", tmp_path / "uploads")
    return tmp_path / "uploads"


def sheet(*rows):
    """A CSV file of rows, each a dict with the same columns."""
    text = StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def listing(**fields):
    return {"slug": "quiet-water", "name": "Quiet Water", "kind": "Clinic", "city": "Portland",
            "state": "OR", "zip": "97214", "status": "published"} | fields  # fmt: skip


def preview(client, data, resource=LISTINGS, kind=CSV, url=DESK):
    name = "rows.csv" if kind == CSV else "rows.xlsx"
    upload = SimpleUploadedFile(name, data)
    form = {"import_file": upload, "format": kind, "resource": resource}
    return client.post(f"{url}import/", form)


def faults(page):
    """What a preview says is wrong."""
    text = page.content.decode()
    return text[text.find('class="errorlist"') :][:2000]


def confirm(client, page, url=DESK):
    form = page.context["confirm_form"]
    return client.post(f"{url}process_import/", form.initial, follow=True)


def load(client, *rows, **kwargs):
    page = preview(client, sheet(*rows), **kwargs)
    assert "confirm_form" in page.context, faults(page)
    return confirm(client, page, url=kwargs.get("url", DESK))


def export(client, resource=LISTINGS, kind=CSV, query="", url=DESK):
    answer = client.post(f"{url}export/{query}", {"format": kind, "resource": resource})
    assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
    return answer.content


def rows_of(data):
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"))))


def test_a_preview_shows_what_would_change_and_changes_nothing(admin_client):
    provider = create_provider(slug="quiet-water", name="Quiet <Water>", phone="(503) 234-0001")
    before = version()
    page = preview(admin_client, sheet(listing(phone="(503) 234-0002"), listing(slug="new")))
    text = page.content.decode()
    assert "<del>(503) 234-0001</del> <ins>(503) 234-0002</ins>" in text
    assert "Quiet &lt;Water&gt;" in text and "style=" not in text.split("Preview")[1]
    assert "Changed" in text and "New" in text
    provider.refresh_from_db()
    assert provider.phone == "(503) 234-0001" and version() == before
    assert Provider.objects.count() == 1 and not FieldOrigin.objects.exists()


def test_confirmed_rows_are_found_and_remembered_as_a_persons(admin_client, uploads):
    create_zip()
    provider = create_provider(
        slug="quiet-water", name="Quiet Water", kind="Clinic", phone="(503) 234-0001"
    )
    same = create_provider(slug="same", name="Same", kind="Clinic", phone="")
    load(
        admin_client,
        listing(phone="(503) 234-0002"),
        listing(slug="new", name="New place", phone="5032340003.0", zip="97214"),
        listing(slug="same", name="Same", phone=""),
    )
    provider.refresh_from_db()
    new = Provider.objects.get(slug="new")
    assert provider.phone == "(503) 234-0002" and provider.edited_at
    assert (new.lat, new.precision) == (45.514, "zip")
    assert new.phone == "5032340003"  # a spreadsheet takes it for a number
    assert {row.field for row in FieldOrigin.objects.filter(provider=provider)} == {"phone"}
    assert FieldOrigin.objects.get(provider=new, field="name").by == "admin"
    assert not FieldOrigin.objects.filter(provider=same).exists()
    assert not provider.checks.exists()
    assert sorted(str(row.change_message) for row in LogEntry.objects.all()) == [
        "new through import_export",
        "update through import_export",
    ]
    assert list(uploads.iterdir()) == []
    assert_index_is_true()


def test_another_zip_code_moves_what_stood_in_the_middle_of_the_old_one(admin_client):
    create_zip()
    create_zip(code="97301", city="Salem", at=(44.939, -123.033))
    middle = create_provider(slug="middle", name="Middle")
    street = create_provider(slug="street", name="Street", at=(45.5, -122.6), precision="street")
    rows = rows_of(export(admin_client))
    assert {row["slug"] for row in rows} == {"middle", "street"}
    load(admin_client, *(row | {"city": "Salem", "zip": "97301"} for row in rows))
    middle.refresh_from_db(), street.refresh_from_db()
    assert (middle.lat, middle.lon, middle.precision) == (44.939, -123.033, "zip")
    assert (street.lat, street.lon, street.precision) == (45.5, -122.6, "street")
    moved = listing(slug="middle", zip="97214", lat="44.9", lon="-123.0", precision="street")
    load(admin_client, moved)
    middle.refresh_from_db()
    assert (middle.lat, middle.precision) == (44.9, "street")  # its own point is believed
    assert_index_is_true()


def test_lines_of_a_cell_end_as_everywhere_here(admin_client):
    create_provider(slug="quiet-water", name="Quiet Water", kind="Clinic", hours="Mon\nTue")
    row = listing(hours="Mon\r\nTue")  # as Excel writes it
    page = preview(admin_client, sheet(row))
    assert page.context["result"].totals["skip"] == 1
    confirm(admin_client, page)
    assert Provider.objects.get().hours == "Mon\nTue" and not FieldOrigin.objects.exists()


def test_services_and_answers_come_and_go_by_spreadsheet(admin_client):
    cbt, paid = create_therapy(short_name="CBT"), create_term()
    provider = create_provider(slug="herons", therapies=[create_therapy()], no=[paid])
    service = {"listing": "herons", "therapy": "cbt", "order": "0", "virtual": "yes",
               "accepting_new": "yes", "next_start": "2027-01-04", "remove": ""}  # fmt: skip
    gone = service | {"therapy": "mbsr", "virtual": "", "remove": "yes", "next_start": ""}
    load(admin_client, service, gone, resource=SERVICES)
    row = Service.objects.get()
    assert (row.therapy, row.virtual, row.in_person) == (cbt, True, False)
    assert str(row.next_start) == "2027-01-04"
    answer = {"listing": "herons", "term": "pay:medicaid", "answer": "yes", "note": "Ask first."}
    load(admin_client, answer, resource=ANSWERS)
    assert ProviderTerm.objects.get().note == "Ask first."
    assert {row.field for row in FieldOrigin.objects.filter(provider=provider)} == {
        "service:cbt",
        "service:mbsr",
        "pay:medicaid",
    }
    load(admin_client, answer | {"remove": "yes"}, resource=ANSWERS)
    assert not ProviderTerm.objects.exists()
    assert_index_is_true()


def test_an_old_address_that_is_used_again_redirects_no_longer(admin_client, client):
    renamed = create_provider(slug="new-name", name="Renamed")
    OldSlug.objects.create(slug="old-name", provider=renamed)
    load(admin_client, listing(slug="old-name", name="Another"))
    Provider.objects.filter(slug="old-name").update(status="withdrawn")
    assert client.get("/providers/old-name/").status_code == 404


WRONG = [
    (LISTINGS, listing(phone="call us"), "Row 2, phone: Write the number as it is dialed"),
    (LISTINGS, listing(status="open"), "Row 2, status: Value ’open’ is not a valid choice."),
    (LISTINGS, listing(name=""), "Row 2, name: This field cannot be blank."),
    (LISTINGS, listing(lat="45"), "Give both latitude and longitude, or neither."),
    (LISTINGS, listing(lat="north"), "Row 2, lat"),
    (LISTINGS, listing(organization="nobody"), "There is no organization “nobody”."),
    (LISTINGS, listing(confidential_address="maybe"), "“maybe” is neither yes nor no."),
    (
        LISTINGS,
        listing(confidential_address="yes", street="9 Oak St"),
        "A confidential address is kept without street",
    ),
    (SERVICES, {"listing": "nobody", "therapy": "cbt", "order": 0}, "no provider “nobody”"),
    (SERVICES, {"listing": "herons", "therapy": "xyz", "order": 0}, "no therapy “xyz”"),
    (
        SERVICES,
        {"listing": "herons", "therapy": "cbt", "order": 0, "price_low": 9, "price_high": 2},
        "The lower price comes first.",
    ),
    (ANSWERS, {"listing": "herons", "term": "pay", "answer": "yes"}, "There is no term “pay”."),
    (
        ANSWERS,
        {"listing": "herons", "term": "pay:medicaid", "answer": "perhaps"},
        "is not a valid choice",
    ),
]


@pytest.mark.parametrize(("resource", "wrong", "sentence"), WRONG)
def test_a_wrong_row_is_named_and_nothing_of_the_file_is_taken(
    admin_client, resource, wrong, sentence
):
    create_provider(slug="herons")
    create_therapy(short_name="CBT"), create_term()
    right = {
        LISTINGS: listing(slug="right"),
        SERVICES: {"listing": "herons", "therapy": "cbt", "order": 1},
        ANSWERS: {"listing": "herons", "term": "pay:medicaid", "answer": "no"},
    }[resource]
    before = version()
    page = preview(admin_client, sheet(dict.fromkeys(wrong, "") | right, wrong), resource)
    text = page.content.decode().replace("&#x27;", "’").replace("&quot;", "”")
    assert sentence in text
    assert "confirm_form" not in page.context
    assert version() == before and Provider.objects.count() == 1
    assert not Service.objects.exists() and not ProviderTerm.objects.exists()


def test_a_file_without_the_columns_that_tell_rows_apart_is_refused(admin_client):
    text = preview(admin_client, b"name,city\nA,B\n").content.decode()
    assert "not present in the file headers: slug" in text
    text = preview(admin_client, b"\xff\xfe\x00nonsense").content.decode()
    assert "encountered while trying to read file" in text


def test_a_file_that_is_too_large_or_gone_is_refused_with_a_sentence(admin_client, uploads):
    text = preview(admin_client, b"slug\n" + b"x" * 5_000_001).content.decode()
    assert "The file is larger than 5 MB" in text
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b" " * 20_000_001)
    text = preview(admin_client, bomb.getvalue(), kind=XLSX).content.decode()
    assert "larger than 20 MB when unpacked" in text
    page = preview(admin_client, sheet(listing()))
    for path in uploads.iterdir():
        path.unlink()
    assert "The file is no longer here" in confirm(admin_client, page).content.decode()
    assert not Provider.objects.exists()


def test_a_forged_confirmation_names_no_other_file_and_no_other_kind(admin_client, uploads):
    def forge(**fields):
        form = page.context["confirm_form"].initial | fields
        return admin_client.post(f"{DESK}process_import/", form, follow=True).content.decode()

    page = preview(admin_client, sheet(listing()))
    for name in ("..", ".", "/", "../manage.py", "a" * 300):
        assert "(Hidden field import_file_name)" in forge(import_file_name=name)
    assert "or of another kind" in forge(format=XLSX)
    book = tablib.Dataset(list(listing().values()), headers=list(listing())).export("xlsx")
    page = preview(admin_client, book, kind=XLSX)
    assert "or of another kind" in forge(format=CSV)
    assert not Provider.objects.exists()


def workbook(rows, before=""):
    """A workbook whose sheet is these rows as XML."""
    held, made = BytesIO(export_of_nothing()), BytesIO()
    xml = (
        f'{before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )
    with zipfile.ZipFile(held) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, xml if name.endswith("sheet1.xml") else old.read(name))
    return made.getvalue()


def export_of_nothing():
    return tablib.Dataset(headers=["slug"]).export("xlsx")


def cell(at, text):
    return f'<row r="{at[1]}"><c r="{at[0]}{at[1]}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def lying():
    """Of the sheet the directory says: 100 bytes, and the sum that these have."""
    sheet = '<row r="1">' + "<c/>" * 9_000 + "</row>"
    data = bytearray(workbook(sheet))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        start = archive.read("xl/worksheets/sheet1.xml")[:100]
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/worksheets/sheet1.xml"))
    data[at + 16 : at + 20] = zlib.crc32(start).to_bytes(4, "little")
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(data)


SLUG = cell(("A", 1), "slug")
OUTSIDE = '<!DOCTYPE w [<!ENTITY out SYSTEM "file:///etc/passwd">]>'
HOSTILE = {
    "one cell at the far end": (XLSX, workbook(SLUG + cell(("XFD", 1048576), "a")), "5,000 rows"),
    "a wide sheet": (XLSX, workbook("<row>" + "<c/>" * 601_000 + "</row>"), "too many cells"),
    "another file in it": (
        XLSX,
        workbook(SLUG + cell(("A", 2), "&out;"), OUTSIDE),
        "what no spreadsheet program writes",
    ),
    "a damaged archive": (
        XLSX,
        export_of_nothing()[:60] + b"\xff" * 40 + export_of_nothing()[100:],
        "The file is damaged",
    ),
    "an archive that says too little of itself": (XLSX, lying(), "The file is damaged"),
    "no archive": (XLSX, b"slug\na\n", "encountered while trying to read file"),
    "an archive as text": (CSV, export_of_nothing(), "encountered while trying to read file"),
    "many rows": (CSV, b"slug\n" + b"a\n" * 5_001, "more than 5,000 rows"),
    "many columns": (CSV, b"slug" + b",a" * 200_001, "too many cells"),
    "one cell": (CSV, b"slug\n" + b"x" * 200_000, "encountered while trying to read file"),
    "UTF-16": (CSV, "slug\na\n".encode("utf-16"), "encountered while trying to read file"),
    "NUL": (CSV, b"slug\na\0b\n", "holds a NUL character"),
    "nothing": (CSV, b"\n", "No valid data to import"),
}


@pytest.mark.parametrize(("kind", "data", "sentence"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence(admin_client, kind, data, sentence):
    page = preview(admin_client, data, kind=kind)
    assert page.status_code == 200 and sentence in faults(page), faults(page)
    assert "confirm_form" not in page.context and b"root:x:0" not in page.content
    assert not Provider.objects.exists()


def test_of_a_file_full_of_faults_the_first_hundred_are_shown(admin_client):
    rows = "".join(f"p{n}\n" for n in range(4_000))
    shown = preview(admin_client, f"slug\n{rows}".encode()).content.decode()
    assert "Row 100, name" in shown and "Row 102" not in shown
    assert "Row 101: 100 rows have a fault; from here on none was read." in shown


def test_what_changed_between_preview_and_confirmation_takes_nothing_of_the_file(admin_client):
    therapy = create_therapy(short_name="CBT")
    create_provider(slug="herons")
    row = {"listing": "herons", "therapy": "cbt", "order": "0"}
    page = preview(admin_client, sheet(row, row | {"order": "1"}), SERVICES)
    therapy.slug = "cbt-for-adults"
    therapy.save()
    assert "nothing was imported" in confirm(admin_client, page).content.decode()
    assert not Service.objects.exists()


def test_what_is_exported_can_be_imported_and_changes_nothing(admin_client):
    provider = create_provider(
        name='=HYPERLINK("https://x.example")',
        slug="herons",
        phone="+1 503 234 5678",
        summary="-5 dollars, “quoted”, and\na line",
        zip="02139",
        therapies=[create_therapy()],
        yes=[create_term()],
    )
    before, was = snapshot([provider.pk]), version()
    for resource in (LISTINGS, SERVICES, ANSWERS):
        for kind in (CSV, XLSX):
            page = preview(admin_client, export(admin_client, resource, kind), resource, kind)
            assert "confirm_form" in page.context, faults(page)
            totals = page.context["result"].totals
            assert (totals["skip"], totals["new"], totals["update"]) == (1, 0, 0), (resource, kind)
    assert snapshot([provider.pk]) == before and version() == was


def test_an_export_holds_no_formula(admin_client):
    texts = ["=1+1", "+1 503 234 5678", "@sum", "-2+3", "\t=1", "plain"]
    for n, text in enumerate(texts):
        create_provider(slug=f"p{n}", name=f"P{n}", summary=text)
    cells = [row["summary"] for row in rows_of(export(admin_client))]
    assert cells == ["'=1+1", "'+1 503 234 5678", "'@sum", "'-2+3", "'\t=1", "plain"]
    sheet_ = tablib.import_set(BytesIO(export(admin_client, kind=XLSX)).read(), "xlsx")
    assert list(sheet_["summary"]) == cells
    assert rows_of(export(admin_client))[0]["lon"] == "-122.637"  # a number stays one
    assert [before_formula_guard(not_a_formula(text)) for text in texts] == texts


@given(st.text(alphabet="'=+-@\t\r1.a", max_size=6) | st.text())
def test_no_text_is_a_formula_and_each_comes_back_as_it_was(text):
    cell = not_a_formula(text)
    assert not cell.startswith(("=", "+", "@", "\t", "\r"))
    assert not cell.startswith("-") or float(cell) <= 0
    assert before_formula_guard(cell) == text


def test_an_export_holds_what_the_list_shows(admin_client):
    create_provider(slug="a", state="OR", therapies=[create_therapy()])
    create_provider(slug="b", state="WA", therapies=[create_therapy(short_name="CBT")])
    assert [row["slug"] for row in rows_of(export(admin_client, query="?state=WA"))] == ["b"]
    found = rows_of(export(admin_client, SERVICES, query="?state=WA"))
    assert [(row["listing"], row["therapy"]) for row in found] == [("b", "cbt")]


@pytest.mark.parametrize("query", ["id=due", "pk__in=x", "nosuch=1", "a__b=1", "facet__exact=a"])
def test_an_export_of_a_filter_that_the_list_has_not_is_refused(admin_client, query):
    assert admin_client.get(f"{DESK}export/?{query}").status_code == 400
    data = {"format": CSV, "resource": LISTINGS}
    assert admin_client.post(f"{DESK}export/?{query}", data).status_code == 400


def test_the_vocabulary_goes_out_and_comes_in(admin_client):
    term = create_term()
    url = "/admin/providers/term/"
    rows = rows_of(export(admin_client, url=url))
    assert rows[0]["slug"] == "medicaid"
    before = version()
    load(admin_client, rows[0] | {"name": "Oregon Medicaid"}, url=url)
    term.refresh_from_db()
    assert term.name == "Oregon Medicaid" and version() > before
    assert Term.objects.count() == 1


def test_publishing_by_spreadsheet_says_what_becomes_of_the_examples(admin_client):
    create_provider(demonstration=True)
    page = load(admin_client, listing())
    assert "1 examples were withdrawn" in page.content.decode()
    assert SearchRow.objects.filter(live=True).count() == 1


def test_each_direction_needs_its_permission(client, django_user_model):
    user = django_user_model.objects.create_user("looker", password="x", is_staff=True)
    grant = lambda *names: user.user_permissions.set(Permission.objects.filter(codename__in=names))  # noqa: E731
    client.force_login(user)
    create_provider(slug="herons")
    grant("view_provider")
    assert client.get(f"{DESK}import/").status_code == 403
    assert client.post(f"{DESK}process_import/", {}).status_code == 403
    page = client.get(f"{DESK}export/").content.decode()
    assert "Services" not in page
    grant("view_service")
    assert client.get(f"{DESK}export/").status_code == 403
    grant("view_provider", "change_provider")
    assert client.get(f"{DESK}import/").status_code == 403
    grant("view_provider", "change_provider", "add_provider")
    assert client.get(f"{DESK}import/").status_code == 200
    assert "Import" in client.get(DESK).content.decode()
    # Services and answers are not for them, whatever a form of theirs says.
    assert "confirm_form" not in preview(client, sheet(listing()), SERVICES).context
    page = preview(client, sheet(listing(slug="new")))
    forged = page.context["confirm_form"].initial | {"resource": SERVICES}
    assert client.post(f"{DESK}process_import/", forged).status_code == 403
    forged |= {"resource": LISTINGS, "format": "99"}
    assert "Select a valid choice" in client.post(f"{DESK}process_import/", forged).content.decode()
    assert Provider.objects.count() == 1


def test_an_export_asks_the_same_number_of_questions_for_many_rows(admin_client):
    therapies = [create_therapy(short_name=f"T{n}") for n in range(3)]

    def asked():
        found = []
        for resource in (LISTINGS, SERVICES, ANSWERS):
            from django.db import connection
            from django.test.utils import CaptureQueriesContext

            with CaptureQueriesContext(connection) as captured:
                export(admin_client, resource)
            found.append(len(captured))
        return found

    create_provider(therapies=therapies, yes=[create_term()])
    asked()
    few = asked()
    for _ in range(20):
        create_provider(therapies=therapies, yes=[create_term()])
    assert asked() == few
    assert queries(admin_client, f"{DESK}export/") < 12
