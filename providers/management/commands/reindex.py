from django.core.management.base import BaseCommand, CommandError

from providers.changes import differing, listing_changes


class Command(BaseCommand):
    help = "Rebuild the search rows of all listings, or say which differ (--check)."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="change nothing, only compare")

    def handle(self, *, check, **options):
        if not check:
            with listing_changes() as changed:
                changed.everything()
            self.stdout.write(f"{len(changed):,} listings indexed.")
        elif ids := differing():
            some = ", ".join(map(str, ids[:10]))
            raise CommandError(
                f"{len(ids):,} listings differ from the index ({some}): run reindex."
            )
        else:
            self.stdout.write("Index and listings agree.")
