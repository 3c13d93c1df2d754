"""Who reaches which address: all of them, against the table in docs/roles.md."""

import re
from datetime import date
from fnmatch import fnmatchcase
from functools import cache

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.management import call_command
from django.urls import get_resolver, reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from assistant.models import Count, CrisisCard
from providers import confirming
from providers.models import (
    ImportRow,
    ImportRun,
    Organization,
    PossibleDuplicate,
    Proposal,
    SuggestedPlace,
    SuspiciousPoint,
)
from recommendations import sharing
from recommendations.models import ExposureDay, Saved, Visitor
from tests.factories import (
    create_condition,
    create_correction,
    create_listing_source,
    create_provider,
    create_term,
    create_whole_therapy,
)
from therapies import history, previews
from therapies.models import StartingPoint, Therapy
from trupaths.staff import sessions

pytestmark = pytest.mark.django_db

TABLE = django_settings.BASE_DIR / "docs" / "roles.md"
PASSWORD = "a long way to the lake"
ROLES = "nobody visitor password-only editor reviewer importer superuser".split()
# What stands in a pattern: <slug:slug> or (?P<url>.*)$
HOLE = re.compile(r"\(\?P<[^>]+>[^)]*\)\$?|<[^>]+>")


@cache
def table():
    """[(pattern of names, {role: what is answered})], as the page for people says it."""
    lines = [line for line in TABLE.read_text().splitlines() if line.startswith("|")]
    head, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert head[1:] == ROLES
    # What follows the name in a first cell is for people.
    return [(name.split("`")[1], dict(zip(ROLES, row, strict=True))) for name, *row in rows]


def row_of(name):
    """The first row that fits: particular ones stand above general ones."""
    return next((row for row in table() if fnmatchcase(name, row[0])), (None, None))


def said(answer):
    code, place = answer.status_code, answer.get("Location", "")
    if code == 302 and place.startswith(reverse("admin:login")):
        return "sign in"
    return {200: "page", 301: "on", 302: "on", 403: "no", 404: "none", 405: "form"}.get(code, code)


def asked(client, name, path):
    """What is said to who opens it; of the desk also to who sends something there."""
    opened = said(client.get(path))
    if not name.startswith("admin") or name == "admin:logout":
        return opened
    if opened in ("sign in", "no", "form"):
        sent = said(client.post(path))
        if opened == "form":
            return sent if sent in ("sign in", "no") else opened
        return opened if sent in (opened, "form") else f"{opened}, but {sent} when sent"
    return opened


@pytest.fixture
def things():
    """One of each, by app and model."""
    therapy = create_whole_therapy(slug="mbsr", condition=create_condition())
    history.remember(therapy, by=None, what="Written.")
    provider = create_provider(name="Quiet Water", therapies=[therapy], email="a@water.example")
    create_whole_therapy(short_name="Draft", status="draft")
    create_provider(slug="draft", status="draft")
    source, day = create_listing_source(provider=provider).source, date(2024, 8, 1)
    run = ImportRun.objects.create(source=source, edition="2024", as_of=day, file="a.csv")
    made = [
        therapy, therapy.best_for.get(), provider, source, run,
        create_term(), create_correction(provider=provider),
        CrisisCard.objects.create(key="crisis", version=1, title="Help", sentence="Call 988."),
        Count.objects.create(day=day, outcome="answered", n=1),
        ExposureDay.objects.create(provider=provider, day=day, shown=12),
        Group.objects.create(name="Listeners"),
        ImportRow.objects.create(run=run, number=7, action="refused", reason="No ZIP code."),
        Organization.objects.create(name="Herons"),
        PossibleDuplicate.objects.create(
            first=provider, second=create_provider(status="draft"), why="The same phone."
        ),
        Proposal.objects.create(
            provider=provider, field="phone", value="1", as_of=day, source=source
        ),
        StartingPoint.objects.create(text="I can’t sleep", slug="sleep", link="/therapies/"),
        SuggestedPlace.objects.create(name="Herons", city="Salem", state="OR"),
        SuspiciousPoint.objects.create(provider=provider, source=source, lat=46, lon=-120, miles=9),
        User.objects.create_user("someone"),
    ]  # fmt: skip
    return {thing._meta.label_lower.replace(".", "_"): thing for thing in made}


def addresses(things):
    """{name: path} of all addresses. One without a name goes by its pattern."""
    therapy, provider = things["therapies_therapy"], things["providers_provider"]
    draft = Therapy.objects.get(slug="draft")
    confirming.send(provider)
    sender = Visitor.objects.create(key_hash="sender", seen_on=date.today())
    told = {
        "therapies:detail": [therapy.slug],
        "therapies:preview": [previews.link(draft)[0].split("/")[-2]],
        "therapies:condition_detail": [things["therapies_condition"].slug],
        "providers:meanings": ["pay"],
        "providers:detail": [provider.slug],
        "providers:report": [provider.slug],
        "providers:correction": [things["providers_correction"].code],
        "providers:confirm": re.findall("/confirm/([^/]+)/", mail.outbox[0].body),
        "recommendations:shared": [sharing.link(sender, [Saved(provider=provider)]).split("/")[-2]],
        "admin:view_on_site": [ContentType.objects.get_for_model(therapy).pk, therapy.pk],
        "admin:app_list": ["therapies"],
        "admin:therapies_therapy_revision": [therapy.pk, history.revisions(therapy)[0].pk],
        "media": ["none.png"],
        "sitemap_section": ["pages"],
        "admin/(?P<url>.*)$": ["nothing-of-that-name"],
    }
    found = {
        "therapies:detail of a draft": "/therapies/draft/",
        "providers:detail of a draft": "/providers/draft/",
    }
    for route, name in patterns(get_resolver()):
        model = re.match(r"admin[:/]([a-z]+)[_/]([a-z]+)[_/]", name)
        thing = things.get(f"{model[1]}_{model[2]}") if model else None
        values = told.get(name, [thing.pk] if thing else [])
        if len(values) < len(HOLE.findall(route)):
            pytest.fail(f"{name}: what stands in {route}? Make one in {__name__}")
        values = iter(values)
        found[name] = "/" + HOLE.sub(lambda _, left=values: str(next(left)), route).strip("^$")
    return found


def patterns(resolver, start="", namespace=""):
    for each in resolver.url_patterns:
        route = f"{start}{each.pattern}"
        if hasattr(each, "url_patterns"):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from patterns(each, route, inner)
        else:
            yield route.replace("^", ""), f"{namespace}{each.name}" if each.name else route


def enter(client, role):
    """Sign in as far as this role comes."""
    if role == "visitor":
        client.post("/saved/", {"provider": "quiet-water"})
        assert client.cookies
    if role in ("nobody", "visitor"):
        return
    user = User.objects.create_user("ana", password=PASSWORD, is_staff=True)
    user.is_superuser = role in ("superuser", "password-only")
    user.save()
    if role in ("editor", "reviewer"):
        call_command("make_roles", verbosity=0)
        user.groups.add(Group.objects.get(name=f"{role.capitalize()}s"))
    if role == "importer":
        rights = Permission.objects.filter(content_type__app_label="providers")
        user.user_permissions.set(rights.exclude(codename__startswith="delete_"))
    phone = TOTPDevice.objects.create(user=user)
    if role == "password-only":
        answer = client.post("/admin/login/", {"username": "ana", "password": PASSWORD})
        assert answer["Location"] == "/admin/code/"
        return
    client.force_login(user)
    session = client.session
    sessions.begin(session, phone)
    session.save()


@pytest.mark.parametrize("role", ROLES)
def test_each_address_answers_each_role_as_the_table_says(client, things, settings, role):
    settings.STAFF_SECOND_FACTOR = True
    enter(client, role)
    wrong = []
    for name, path in addresses(things).items():
        pattern, answers = row_of(name)
        if pattern is None:
            wrong.append(f"{name} is in no row of docs/roles.md: say who may reach it")
        elif (got := asked(client, name, path)) != answers[role]:
            wrong.append(f"{name}, {path}: {got!r}; {pattern} says {answers[role]!r}")
    assert not wrong, "\n".join(wrong)


def test_each_row_of_the_table_is_about_an_address(things):
    spoken_of = {row_of(name)[0] for name in addresses(things)}
    assert [pattern for pattern, _ in table() if pattern not in spoken_of] == []


def test_with_the_password_alone_the_table_lets_nobody_into_the_desk():
    open_to = {pattern for pattern, answers in table() if answers["password-only"] == "page"}
    assert {each for each in open_to if each.startswith("admin")} == {"admin:login", "admin:code"}
