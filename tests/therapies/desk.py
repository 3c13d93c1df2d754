"""The desk as tests use it: staff of each role, and forms as a browser sends them."""

from datetime import date, datetime

from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.forms import ModelMultipleChoiceField

LIST = "/admin/therapies/therapy/"
PREFIXES = ("points", "faqs", "references", "evidence")


def staff(client, role=None, *, name=""):
    """Sign in someone of this role, or with no right at all; returns the client."""
    name = name or (role or "nobody").lower()
    user, made = User.objects.get_or_create(username=name, defaults={"is_staff": True})
    if made and role:
        call_command("make_roles", verbosity=0)
        user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    return client


def change(therapy):
    return f"{LIST}{therapy.pk}/change/"


def publishing(therapy):
    return f"{LIST}{therapy.pk}/publishing/"


def history(therapy):
    return f"{LIST}{therapy.pk}/history/"


def opened(client, therapy):
    """The form of a page with its parts, filled in as it is stored: what a browser would send."""
    return filled(client.get(change(therapy)))


def filled(answer):
    assert answer.status_code == 200
    context = answer.context
    data = {"seen": context["seen"]}
    formsets = [each.formset for each in context["inline_admin_formsets"]]
    forms = [context["adminform"].form, *(each.management_form for each in formsets)]
    for form in [*forms, *(form for each in formsets for form in each.forms)]:
        for field in form:
            value = _sent(field)
            if value is not None:
                data[field.html_name] = value
    return data


def _sent(field):
    value = field.value()
    if hasattr(value, "storage") or value is False:
        return None
    if isinstance(field.field, ModelMultipleChoiceField):
        return [str(getattr(each, "pk", each)) for each in value or ()]
    if value is None or value is True:
        return "on" if value else ""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    # A browser sends two characters for the end of a line.
    return str(getattr(value, "pk", value)).replace("\n", "\r\n")


def step(client, therapy, step, **data):
    return client.post(publishing(therapy), {"step": step, **data}, follow=True)


def told(answer):
    """What the desk said to the person."""
    return " ".join(str(message) for message in answer.context["messages"])
