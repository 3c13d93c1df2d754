"""A place confirms its own listing by a link that we mail: no account, once, for thirty days.

The token is in the mail only; the database has its hash. What a place says of itself is taken at
once where it confirms, and waits for staff where it changes something.
"""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, FilteredRelation, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from .changes import listing_changes
from .imports.listing import offer, service_name
from .models import Check, Confirmation, Correction, FieldOrigin, Proposal, Provider, Service

VALID_DAYS = 30
REST_DAYS = 90  # so long nobody is mailed again, whatever they did with the link
BY = "the place itself"


def due(older_than):
    """Listings to ask, the longest unchecked first: those whose contact facts nobody has checked
    for so many days."""
    now = timezone.now()
    asked = Confirmation.objects.filter(sent_at__gt=now - timedelta(days=REST_DAYS))
    day = timezone.localdate() - timedelta(days=older_than)
    contact = FilteredRelation("checks", condition=Q(checks__aspect=Check.Aspect.CONTACT))
    return (
        Provider.objects.published()
        .filter(demonstration=False)
        .exclude(email="")
        .exclude(pk__in=asked.values("provider"))
        .alias(contact=contact)
        .filter(Q(contact=None) | Q(contact__checked_on__lt=day))
        .order_by(F("contact__checked_on").asc(nulls_first=True), "pk")
    )


def send(provider, connection=None):
    """Mail the link. When the mail cannot be sent, nothing is left of it."""
    token = secrets.token_urlsafe(32)
    link = Confirmation.objects.create(
        provider=provider,
        email=provider.email,
        token_hash=_hash(token),
        expires_at=timezone.now() + timedelta(days=VALID_DAYS),
    )
    context = {
        "provider": provider,
        "link": f"{settings.SITE_URL}{reverse('providers:confirm', args=[token])}",
        "listing": f"{settings.SITE_URL}{provider.get_absolute_url()}",
        "about": f"{settings.SITE_URL}{reverse('for_providers')}",
        "days": VALID_DAYS,
    }
    name = " ".join(provider.name.split())
    mail = EmailMessage(
        f"Is this still right? {name} on TruPaths",
        render_to_string("providers/mail/confirm.txt", context),
        to=[provider.email],
        headers={"Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    try:
        mail.send()
    except Exception:
        link.delete()
        raise
    return link


def _hash(token):
    return hashlib.sha256(token.encode()).hexdigest()


def open_link(token):
    """The confirmation of this token; None when it is unknown, used, past its time, when the
    listing has gone or has another email now."""
    found = _valid().select_related("provider").filter(token_hash=_hash(token)).first()
    return found if found and found.provider.is_published else None


def _valid():
    """Whoever had the address before it was replaced says nothing for the place any more."""
    unused = Confirmation.objects.filter(used_at=None, expires_at__gt=timezone.now())
    return unused.filter(email=F("provider__email"))


def _use(link, answer):
    """Once: of two answers at the same moment the second is not taken."""
    return _valid().filter(pk=link.pk).update(used_at=timezone.now(), answer=answer) == 1


def answer(link, *, still_right=(), different=None, accepting="", other=""):
    """Take what a place says of its listing; False when the link is used up.

    `still_right` are aspects, checked as of today. `different` is {field: value}: with `accepting`
    ("yes" or "no") they become proposals. `other` is free text: a report for staff.
    """
    with listing_changes() as changed:
        changes = bool(different or accepting or other)
        said = ", ".join([*(["right"] if still_right else []), *(["different"] if changes else [])])
        if not _use(link, said):
            return False
        for aspect in still_right:
            Check.objects.update_or_create(
                provider_id=link.provider_id,
                aspect=aspect,
                defaults={
                    "checked_on": timezone.localdate(),
                    "how": Check.How.CONFIRMED,
                    "by": BY,
                },
            )
        offers, unoffered = _room(link.provider_id, accepting)
        for field, value in ((different or {}) | offers).items():
            _propose(link, field, value, "The place says so, by the link we mailed.")
        unsaid = {Check.Aspect.SERVICES: other, Check.Aspect.AVAILABILITY: unoffered}
        for aspect, text in unsaid.items():
            if text:
                Correction.objects.create(
                    provider_id=link.provider_id,
                    aspect=aspect,
                    message=f"The place itself says: {text}",
                )
        changed.add(link.provider_id)
    return True


def _room(provider_id, accepting):
    """{"service:cbt": what it offers} for each service that would say something else; and, where
    no service can say it, a sentence."""
    if not accepting:
        return {}, ""
    services = Service.objects.filter(provider=provider_id).select_related("therapy")
    offers = {
        service_name(service): offer(service) | {"accepting_new": accepting}
        for service in services
        if service.accepting_new != accepting
    }
    return offers, "" if services else Service.Accepting(accepting).label


def _propose(link, field, value, reason):
    Proposal.objects.create(
        provider_id=link.provider_id,
        field=field,
        value=value,
        reason=reason,
        as_of=timezone.localdate(),
    )


def take_out(link):
    """Withdraw the listing at once, and tell staff; False when the link is used up."""
    with listing_changes() as changed:
        if not _use(link, "out"):
            return False
        provider = Provider.objects.select_for_update().get(pk=link.provider_id)
        provider.status, provider.edited_at = Provider.Status.WITHDRAWN, timezone.now()
        provider.save(update_fields=["status", "edited_at", "updated_at"])
        FieldOrigin.objects.update_or_create(
            provider=provider,
            field="status",
            defaults={"set_on": timezone.localdate(), "by": BY},
        )
        reason = "The place asked to be taken out, by the link we mailed. It is withdrawn already."
        _propose(link, "status", Provider.Status.WITHDRAWN, reason)
        changed.add(provider.pk)
    return True
