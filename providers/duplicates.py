"""Listings that may be one place: found, and made one."""

from collections import defaultdict
from itertools import combinations, groupby

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, UniqueConstraint

from trupaths.text import fold

from . import editing, origins
from .changes import listing_changes, same_phone
from .deciding import close, taken
from .models import (
    Check,
    FieldOrigin,
    OldSlug,
    PossibleDuplicate,
    Provider,
    ProviderTerm,
    SearchRow,
    Service,
)

MOST = 5  # listings that share a sign; more, and it is no sign: one real number serves 55
SIGNS = ("phone", "name")  # within one ZIP code; an address alone is a shared building
OWN_WAY = (Check, FieldOrigin, PossibleDuplicate, ProviderTerm, Service)  # see `_move`


def find():
    """File each pair that shares a phone or a name within one ZIP code; returns how many are new.

    A pair that is filed already, also one once judged “two places”, is not filed again. Reads the
    listings ordered by ZIP code and holds those of one at a time.
    """
    busy = set(
        SearchRow.objects.exclude(same_phone=0)
        .values("same_phone")
        .annotate(listings=Count("pk"))
        .filter(listings__gt=MOST)
        .values_list("same_phone", flat=True)
    )
    listed = Provider.objects.exclude(status=Provider.Status.WITHDRAWN).exclude(zip="")
    rows = (
        listed.filter(demonstration=False)
        .order_by("zip", "pk")
        .values_list("zip", "pk", "name", "street", "phone")
    )
    before, pairs = PossibleDuplicate.objects.count(), []
    for _, near in groupby(rows.iterator(), key=lambda row: row[0]):
        pairs += _pairs(near, busy)
    PossibleDuplicate.objects.bulk_create(pairs, ignore_conflicts=True, batch_size=500)
    return PossibleDuplicate.objects.count() - before


def _pairs(near, busy):
    """The pairs among the listings of one ZIP code, each with all that it shares."""
    facts, signs = {}, defaultdict(list)
    for _, pk, name, street, phone in near:
        number = same_phone(phone)
        number = 0 if number in busy else number
        facts[pk] = {"phone": number, "name": fold(name), "address": fold(street)}
        for sign in SIGNS:
            signs[sign, facts[pk][sign]].append(pk)
    pairs = {
        pair
        for (_, value), ids in signs.items()
        if value and len(ids) <= MOST
        for pair in combinations(ids, 2)
    }
    return [
        PossibleDuplicate(first_id=one, second_id=other, why=_why(facts[one], facts[other]))
        for one, other in sorted(pairs)
    ]


def _why(one, other):
    shared = [kind for kind, value in one.items() if value and value == other[kind]]
    return f"The same {' and '.join(shared)}."


def differing(first, second):
    """[(name, value of the first, value of the second)] of two `Held` listings."""
    one, other = editing.fields_of(first), editing.fields_of(second)
    names = sorted(one.keys() | other.keys(), key=lambda name: (":" in name, name))
    return [
        (name, one.get(name), other.get(name)) for name in names if one.get(name) != other.get(name)
    ]


def keep_apart(pair):
    """They are two places, and no search files them again. Raises `ValidationError`."""
    with transaction.atomic():
        close(taken(pair), PossibleDuplicate.Outcome.DIFFERENT)


def merge(pair, of_second, *, by):
    """Make one listing of two: the first stays, with the fields named in `of_second` of the second.

    The second's addresses lead to the first, and all that belonged to it belongs to the first: what
    sources say, corrections, proposals, what visitors saved. Of two checks of one aspect the newer
    stays. If either address is confidential, so is the one that remains. Raises `ValidationError`.
    """
    ids = [pair.first_id, pair.second_id]
    with listing_changes() as changed:
        # Both are held, so that nobody changes one while it is being read.
        list(Provider.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
        held = editing.held(ids)
        if len(held) < 2:
            raise ValidationError("One of the two is gone already.")
        taken(pair)
        first, second = (held[key] for key in ids)
        if first.provider.demonstration != second.provider.demonstration:
            raise ValidationError("An example and a real place are never one.")
        _take_over(first, second, set(of_second), by)
        _fill_picture(first.provider, second.provider)
        _move(first.provider, second.provider)
        kept = Provider.objects.get(pk=ids[0])
        if kept.confidential_address:  # what the second's sources said is hidden now, too
            origins.hide_address(kept)
        second.provider.delete()  # and the pair with it
        OldSlug.objects.create(slug=second.provider.slug, provider=kept)
        changed.update(ids)
        editing.close_answered(editing.snapshot([kept.pk]))


def _take_over(first, second, of_second, by):
    """Write the chosen fields, and whose word each is."""
    writes, decided, theirs = {}, set(), set()
    for name, mine, other in differing(first, second):
        taken = other if name in of_second else mine
        if name == "confidential":
            taken = True
        if taken != mine:
            writes[name] = taken
        if taken is None or (mine is not None and other is not None):
            decided.add(name)
        elif taken == other:
            theirs.add(name)
    editing.put(first.provider.pk, writes)
    origins.mark({first.provider.pk: decided}, by=by)
    FieldOrigin.objects.filter(provider=first.provider, field__in=theirs).delete()
    FieldOrigin.objects.filter(provider=second.provider, field__in=theirs).update(
        provider=first.provider
    )


def _fill_picture(first, second):
    if second.picture and not first.picture:
        kept = Provider.objects.get(pk=first.pk)
        kept.picture, kept.picture_alt = second.picture, second.picture_alt
        kept.save(update_fields=["picture", "picture_alt", "updated_at"])


def _move(first, second):
    """Whatever points to the second points to the first; its own fields were chosen before."""
    for relation in Provider._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and relation.one_to_many:
            model, name = relation.related_model, relation.field.name
            if model not in OWN_WAY and not relation.related_model._meta.auto_created:
                _move_rows(model, name, first, second)
    _move_checks(first, second)
    _move_pairs(first, second)


def _move_rows(model, name, first, second):
    """Move the rows of any model. What the first has already gains what it left blank."""
    rows, clash = model._base_manager.filter(**{name: second}), Q()
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and name in constraint.fields:
            others = [field for field in constraint.fields if field != name]
            twin = model._base_manager.filter(
                **{name: first}, **{field: OuterRef(field) for field in others}
            )
            clash |= Q(Exists(twin))
            for row in rows.filter(Exists(twin)):
                same = {field: getattr(row, field) for field in others}
                _fill_blanks(model._base_manager.get(**{name: first}, **same), row)
    (rows.exclude(clash) if clash else rows).update(**{name: first})


def _fill_blanks(kept, lost):
    blank = [
        field.attname
        for field in kept._meta.concrete_fields
        if getattr(kept, field.attname) in ("", None) and getattr(lost, field.attname)
    ]
    for name in blank:
        setattr(kept, name, getattr(lost, name))
    if blank:
        kept.save(update_fields=blank)


def _move_checks(first, second):
    """Of two checks of one aspect the newer stays."""
    mine = {check.aspect: check for check in first.checks.all()}
    for check in second.checks.all():
        known = mine.get(check.aspect)
        if known and known.checked_on >= check.checked_on:
            continue
        if known:
            known.delete()
        check.provider = first
        check.save(update_fields=["provider"])


def _move_pairs(first, second):
    """Pairs with a third listing go on with the first, unless it has such a pair."""
    for pair in PossibleDuplicate.objects.filter(Q(first=second) | Q(second=second)):
        third = pair.second_id if pair.first_id == second.pk else pair.first_id
        if third == first.pk:
            continue
        low, high = sorted((third, first.pk))
        if not PossibleDuplicate.objects.filter(first=low, second=high).exists():
            pair.first_id, pair.second_id = low, high
            pair.save(update_fields=["first", "second"])
