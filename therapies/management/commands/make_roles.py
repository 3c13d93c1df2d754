"""The groups of people who work on therapy pages and the cards of Tru AI. Safe to repeat."""

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Q

PARTS = ("therapypoint", "faq", "reference", "evidence")
READ = ("therapy", *PARTS, "condition", "startingpoint")
WRITE = [f"{verb}_{part}" for part in PARTS for verb in ("add", "change", "delete")]
VIEW = [f"view_{model}" for model in READ]
DRAFT = [*VIEW, *WRITE, "add_therapy", "change_therapy"]
REVIEW = [
    *DRAFT,
    "publish_therapy",
    "delete_therapy",
    *(f"{verb}_{model}" for model in ("condition", "startingpoint") for verb in ("add", "change")),
]
# What came of questions to Tru AI, and its cards of help, which a clinician reviews.
TRU_AI = ["view_count", "view_crisiscard", "add_crisiscard"]
ROLES = {"Readers": VIEW, "Editors": DRAFT, "Reviewers": [*REVIEW, *TRU_AI]}


class Command(BaseCommand):
    help = "Makes the groups Readers, Editors and Reviewers: rights on therapy pages and Tru AI."

    @transaction.atomic
    def handle(self, **options):
        library, tru_ai = (Q(content_type__app_label=app) for app in ("therapies", "assistant"))
        ours = Permission.objects.filter(library | tru_ai & Q(codename__in=TRU_AI))
        known = {each.codename: each for each in ours}
        for name, rights in ROLES.items():
            group, made = Group.objects.get_or_create(name=name)
            # Other rights, that an operator gave the group, stay.
            group.permissions.remove(*known.values())
            group.permissions.add(*(known[right] for right in rights))
            if made:
                self.stdout.write(f"Group made: {name}.")
