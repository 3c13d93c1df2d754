"""Places confirm, change or withdraw their listing by a mailed link that works once."""

import hashlib
import logging
import re
from datetime import timedelta
from io import StringIO
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from providers import confirming, editing, proposals
from providers.changes import listing_changes
from providers.index import index
from providers.models import Check, Confirmation, Correction, FieldOrigin, Proposal, Provider
from tests.factories import create_provider, create_service, create_term, create_therapy
from trupaths.access_log import Log
from trupaths.logs import DropQuery

pytestmark = pytest.mark.django_db


@pytest.fixture
def larch():
    return create_provider(
        name="Larch House",
        email="desk@larch.example",
        hours="Mon to Fri\n9 to 5",
        street="1 Oak St",
    )


def send(**options):
    out = StringIO()
    call_command("send_confirmations", stdout=out, stderr=out, **options)
    return out.getvalue()


def link_in(message):
    return (
        re.search(r"https?://\S+/confirm/\S+", message.body)[0].partition("//")[2].partition("/")[2]
    )


@pytest.fixture
def link(larch):
    confirming.send(larch)
    return f"/{link_in(mail.outbox[-1])}"


def as_shown(client, link):
    """The fields of the form, as a browser would send them back."""
    form = client.get(link).context["form"]
    fields = {field.name: field.value() for field in form if field.name != "still_right"}
    return {name: "" if value is None else value for name, value in fields.items()}


# --- whom we ask --------------------------------------------------------------------------


def test_asked_are_real_published_listings_with_mail_whose_contact_is_unchecked(larch):
    today = timezone.localdate()
    at = {"email": "a@b.example"}
    create_provider(name="No mail")
    create_provider(name="Draft", status=Provider.Status.DRAFT, **at)
    create_provider(name="Fresh", checked_on=today - timedelta(days=180), **at)
    create_provider(name="Old", checked_on=today - timedelta(days=181), **at)
    other = create_provider(name="Services only", **at)
    Check.objects.create(provider=other, aspect="services", checked_on=today, how="called")
    assert [p.name for p in confirming.due(180)] == ["Larch House", "Services only", "Old"]


def test_examples_are_never_mailed():
    create_provider(demonstration=True, email="a@b.example")
    assert "0 places were mailed" in send()


def test_nobody_is_mailed_again_soon(larch):
    assert "1 places were mailed" in send()
    assert "0 places were mailed" in send()
    past = timezone.now() - timedelta(days=confirming.REST_DAYS + 1)
    Confirmation.objects.update(sent_at=past)
    assert "1 places were mailed" in send()
    assert len(mail.outbox) == 2


def test_a_dry_run_names_them_and_mails_nobody(larch):
    out = send(dry_run=True)
    assert "Larch House, Portland, OR" in out and "1 would be mailed. Nobody was." in out
    assert not mail.outbox and not Confirmation.objects.exists()


def test_the_longest_unchecked_come_first_and_no_more_than_the_limit(larch):
    create_provider(name="Old", checked_on="2020-01-01", email="a@b.example")
    create_provider(name="Older", checked_on="2019-01-01", email="a@b.example")
    send(limit=2)
    assert ["Larch House" in m.subject or "Older" in m.subject for m in mail.outbox] == [True, True]


@pytest.mark.parametrize("options", [{"limit": 0}, {"older_than": -1}])
def test_nonsense_is_refused_in_a_sentence(options):
    with pytest.raises(CommandError, match="or more"):
        send(**options)


def test_the_mail_is_plain_text_and_holds_the_link_once(larch, settings):
    send()
    message = mail.outbox[0]
    assert message.to == ["desk@larch.example"] and "Larch House" in message.subject
    assert message.body.count("/confirm/") == 1 and settings.SITE_URL in message.body
    assert message.from_email == settings.DEFAULT_FROM_EMAIL
    assert message.content_subtype == "plain" and not message.attachments


def test_a_name_cannot_write_headers_or_markup(larch):
    larch.name = "A & B\nBcc: everyone@example.com"
    confirming.send(larch)
    assert "\n" not in mail.outbox[0].subject
    assert mail.outbox[0].recipients() == ["desk@larch.example"]
    assert "A & B" in mail.outbox[0].body


def test_only_the_hash_of_the_token_is_kept(link):
    token = link.split("/")[2]
    held = Confirmation.objects.get()
    assert len(token) == 43  # 32 bytes
    assert held.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(Confirmation.objects.values().get())


def refuse_larch(monkeypatch):
    """The mail server takes mail for all but Larch House."""
    real = confirming.EmailMessage.send

    def refuse(self, **kwargs):
        if "Larch" in self.subject:
            raise SMTPException("mailbox unknown")
        return real(self, **kwargs)

    monkeypatch.setattr(confirming.EmailMessage, "send", refuse)


def test_a_mail_that_cannot_be_sent_is_told_and_tried_again(larch, monkeypatch):
    create_provider(name="Other", email="other@b.example")
    refuse_larch(monkeypatch)
    out = StringIO()
    with pytest.raises(CommandError, match="1 mails could not be sent"):
        call_command("send_confirmations", stdout=out, stderr=out)
    assert "Larch House, Portland, OR: mailbox unknown" in out.getvalue()
    assert [c.provider.name for c in Confirmation.objects.all()] == ["Other"]
    assert larch in confirming.due(180)


def test_a_site_on_this_machine_mails_nobody_in_earnest(larch, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with pytest.raises(CommandError, match="SITE_URL"):
        send()
    assert not Confirmation.objects.exists()


# --- the link -----------------------------------------------------------------------------


def test_opening_the_link_shows_what_we_list_and_changes_nothing(client, larch, link):
    mbsr, medicaid = create_therapy(), create_term(slug="medicaid", name="Medicaid")
    create_service(provider=larch, therapy=mbsr, accepting_new="yes")
    larch.provider_terms.create(term=medicaid, answer="yes")
    for ask in (client.get, client.head, client.get):
        page = ask(link)
        assert page.status_code == 200 and page["Cache-Control"] == "private, no-store"
    text = page.content.decode()
    for fact in ("Larch House", "1 Oak St", larch.phone, "MBSR", "Medicaid", "taking new people"):
        assert fact in text
    assert 'content="noindex"' in text and page["Referrer-Policy"] == "same-origin"
    assert not page.cookies
    assert Confirmation.objects.get().used_at is None
    assert not Check.objects.exists()


def test_still_right_stamps_what_was_ticked_and_nothing_else(client, larch, link):
    page = client.post(link, as_shown(client, link) | {"still_right": ["contact", "payment"]})
    assert page.status_code == 200 and "Thank you" in page.content.decode()
    checks = {c.aspect: (c.checked_on, c.how) for c in larch.checks.all()}
    today = timezone.localdate()
    assert checks == {"contact": (today, "confirmed"), "payment": (today, "confirmed")}
    assert not Proposal.objects.exists()
    assert Confirmation.objects.get().answer == "right"
    text = client.get(larch.get_absolute_url()).content.decode()
    assert "by the place itself" in text
    assert int(index.current().columns.checked.max()) == today.toordinal()  # searched by it too


@pytest.mark.parametrize(
    "hours", ["Mon to Fri\r\n9 to 5", " Mon to Fri\n9 to 5 \n", "Mon to Fri, 9 to 5\n" * 40]
)
def test_hours_are_the_same_however_their_lines_end(client, larch, link, hours):
    Provider.objects.update(hours=hours)
    shown = as_shown(client, link)
    sent = shown | {"hours": shown["hours"].replace("\r\n", "\n"), "still_right": ["contact"]}
    assert client.post(link, sent).status_code == 200
    assert larch.checks.get().aspect == "contact"
    assert not Proposal.objects.exists()


def test_who_had_the_email_before_says_nothing_for_the_place(client, larch, link):
    assert client.get(link).status_code == 200
    page = as_shown(client, link) | {"still_right": ["contact"]}
    Provider.objects.update(email="new@larch.example")
    for answer in (
        client.get(link),
        client.post(link, page),
        client.post(link, {"act": "out-now"}),
    ):
        assert answer.status_code == 404 and "Larch" not in answer.content.decode()
    larch.refresh_from_db()
    assert larch.is_published and not larch.checks.exists()


def test_an_email_replaced_while_the_page_was_open_takes_no_answer(larch, link):
    held = Confirmation.objects.get()
    Provider.objects.update(email="new@larch.example")
    assert confirming.answer(held, still_right=["contact"]) is False
    assert confirming.take_out(held) is False


def test_an_older_check_is_replaced(client, larch, link):
    Check.objects.create(provider=larch, aspect="contact", checked_on="2020-01-01", how="called")
    client.post(link, as_shown(client, link) | {"still_right": ["contact"]})
    assert larch.checks.get().how == "confirmed"


def test_what_is_different_waits_for_staff(client, larch, link):
    data = as_shown(client, link) | {
        "phone": "(503) 234-9999",
        "website": "larch.example",
        "hours": "Mon to Fri\r\n9 to 5",
        "state": "Oregon",
        "street": "",
        "still_right": ["services"],
    }
    assert client.post(link, data).status_code == 200
    larch.refresh_from_db()
    assert larch.phone == "(503) 234-5678"
    proposals = {p.field: (p.value, p.source, p.is_open) for p in Proposal.objects.all()}
    assert proposals == {
        "phone": ("(503) 234-9999", None, True),
        "website": ("https://larch.example", None, True),
        "street": (None, None, True),
    }
    assert [c.aspect for c in larch.checks.all()] == ["services"]
    assert Confirmation.objects.get().answer == "right, different"


def test_room_for_new_people_is_proposed_for_each_service_that_says_otherwise(client, larch, link):
    yes, silent = create_therapy(), create_therapy(short_name="CBT")
    create_service(provider=larch, therapy=yes, accepting_new="yes", price_low=20)
    create_service(provider=larch, therapy=silent, virtual=True)
    client.post(link, as_shown(client, link) | {"accepting": "yes"})
    proposal = Proposal.objects.get()
    assert (proposal.field, proposal.value) == (
        "service:cbt#1",
        {"virtual": True, "accepting_new": "yes"},
    )


def test_what_no_field_can_say_becomes_a_report(client, larch, link):
    client.post(link, as_shown(client, link) | {"accepting": "no", "other": "We moved to video."})
    said = {c.aspect: c.message for c in Correction.objects.all()}
    assert said == {
        "services": "The place itself says: We moved to video.",
        "availability": "The place itself says: Not taking new people",
    }


def test_words_of_danger_bring_help_and_the_answer_is_taken(client, larch, link):
    page = client.post(link, as_shown(client, link) | {"other": "I want to die"})
    assert page.status_code == 200 and 'class="crisis"' in page.content.decode()
    assert Correction.objects.exists()


def test_take_us_out_asks_once_more_and_then_withdraws_at_once(client, larch, link):
    page = client.post(link, {"act": "out"})
    larch.refresh_from_db()
    assert 'value="out-now"' in page.content.decode() and larch.is_published
    page = client.post(link, {"act": "out-now"})
    assert "It is taken out" in page.content.decode()
    assert client.get(larch.get_absolute_url()).status_code == 404
    assert larch.pk not in index.current().ids
    assert FieldOrigin.objects.get().field == "status"
    proposal = Proposal.objects.get()
    assert (proposal.field, proposal.value, proposal.is_open) == ("status", "withdrawn", True)
    assert client.get(link).status_code == 404


def test_a_confidential_address_is_neither_shown_nor_asked(client):
    shelter = create_provider(at=None, confidential_address=True, email="a@b.example")
    confirming.send(shelter)
    page = client.get(f"/{link_in(mail.outbox[0])}")
    assert page.status_code == 200 and 'name="street"' not in page.content.decode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Tick what is still right, or change what is different."),
        ({"still_right": ["everything"]}, "Choose from the four parts"),
        ({"phone": "ask Bob"}, "Write the number as it is dialed"),
        ({"email": "x"}, "Enter a valid email address."),
        ({"phone": "(503) 234-9999", "still_right": ["contact"]}, "leave Contact unticked"),
        ({"accepting": "no", "still_right": ["availability"]}, "leave Availability unticked"),
    ],
)
def test_an_answer_that_cannot_be_taken_says_why_and_uses_nothing_up(client, link, data, sentence):
    page = client.post(link, as_shown(client, link) | data)
    assert page.status_code == 400 and sentence in page.content.decode()
    assert Confirmation.objects.get().used_at is None
    assert not Proposal.objects.exists() and not Check.objects.exists()
    assert (
        "Is this still right?" in page.content.decode() and "Larch House" in page.content.decode()
    )


# --- once, for thirty days, and nothing revealed -------------------------------------------


def neutral(client, link, **data):
    """The page of a link that does not work, by GET and by POST."""
    pages = [client.get(link), client.post(link, data or {"still_right": ["contact"]})]
    assert [page.status_code for page in pages] == [404, 404]
    text = pages[0].content.decode()
    assert "This link does not work" in text and "Larch" not in text
    return text.replace(link, "")


def test_used_old_unknown_and_withdrawn_links_look_the_same(client, larch, link):
    unknown = neutral(client, "/confirm/unknown/")
    Confirmation.objects.update(expires_at=timezone.now())
    assert neutral(client, link) == unknown
    later = timezone.now() + timedelta(days=1)
    Confirmation.objects.update(expires_at=later, used_at=timezone.now())
    assert neutral(client, link) == unknown
    Confirmation.objects.update(used_at=None)
    larch.status = Provider.Status.WITHDRAWN
    larch.save()
    assert neutral(client, link) == unknown
    assert not Check.objects.exists()


def test_a_link_lives_thirty_days(link):
    held = Confirmation.objects.get()
    assert (held.expires_at - held.sent_at).total_seconds() == pytest.approx(30 * 86400, abs=5)


def test_of_two_answers_at_once_one_is_taken(larch, link):
    tabs = [confirming.open_link(link.split("/")[2]) for _ in range(2)]
    assert [confirming.answer(tab, still_right=["contact"]) for tab in tabs] == [True, False]
    assert not confirming.take_out(tabs[1])
    larch.refresh_from_db()
    assert larch.is_published


def test_the_token_reaches_no_log(client, link, caplog):
    with caplog.at_level(logging.DEBUG):
        client.get(link)
        client.delete(link)
        client.get(f"{link}more/")
        client.get("/confirm/zz-token/")
    token = link.split("/")[2]
    lines = []
    for record in caplog.records:
        DropQuery().filter(record)
        lines.append(logging.Formatter().format(record))
    text = "\n".join(lines)
    assert "/confirm/-" in text and token not in text and "zz-token" not in text


def test_the_access_log_writes_no_token(monkeypatch):
    monkeypatch.setattr(Log, "__init__", lambda self: None)
    monkeypatch.setattr(
        "gunicorn.glogging.Logger.atoms", lambda self, path: {"U": path, "s": "200"}
    )
    for path, logged in {
        "/confirm/zz-token/": "/confirm/-/",
        "/corrections/BCDFGHJK/": "/corrections/-/",
        "/corrections/": "/corrections/",
        "/providers/confirm/": "/providers/confirm/",
    }.items():
        assert Log().atoms(path) == {"U": logged, "s": "200"}


def test_addresses_that_are_refused_hold_up_nobody_behind_them(larch, monkeypatch):
    create_provider(name="Other", email="other@b.example")
    refuse_larch(monkeypatch)
    with pytest.raises(CommandError, match="1 mails could not be sent"):
        call_command("send_confirmations", limit=1, stdout=StringIO(), stderr=StringIO())
    assert [c.provider.name for c in Confirmation.objects.all()] == ["Other"]


def test_that_a_place_took_itself_out_waits_until_it_is_read(client, larch, link):
    client.post(link, {"act": "out-now"})
    with listing_changes() as changed:
        editing.record(editing.snapshot([larch.pk]), by="importer")
        changed.add(larch.pk)
    assert Proposal.objects.get().is_open


def test_to_take_new_people_brings_no_old_price_back(client, larch, link):
    service = create_service(provider=larch, therapy=create_therapy(), price_low=50)
    client.post(link, as_shown(client, link) | {"accepting": "yes"})
    with listing_changes() as changed:
        type(service).objects.update(price_low=80)
        changed.add(larch.pk)
    proposals.accept(Proposal.objects.get(), by="staff")
    service = larch.services.get()
    assert (service.price_low, service.accepting_new) == (80, "yes")
