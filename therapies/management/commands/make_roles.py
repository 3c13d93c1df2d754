"""The groups of people who work on therapy pages. Safe to repeat."""

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand
from django.db import transaction

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
ROLES = {"Readers": VIEW, "Editors": DRAFT, "Reviewers": REVIEW}


class Command(BaseCommand):
    help = "Makes the groups Readers, Editors and Reviewers, with their rights on therapy pages."

    @transaction.atomic
    def handle(self, **options):
        known = {
            each.codename: each
            for each in Permission.objects.filter(content_type__app_label="therapies")
        }
        for name, rights in ROLES.items():
            group, made = Group.objects.get_or_create(name=name)
            # Rights outside the library, that an operator gave the group, stay.
            group.permissions.remove(*known.values())
            group.permissions.add(*(known[right] for right in rights))
            if made:
                self.stdout.write(f"Group made: {name}.")
