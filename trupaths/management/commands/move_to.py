import time

from django.core.management.base import BaseCommand, CommandError

from trupaths import moving


class Command(BaseCommand):
    help = "Moves all rows from SQLite to an empty PostgreSQL. Stop the site before."

    def add_arguments(self, parser):
        parser.add_argument(
            "address",
            help="postgres://user@host/name. Leave the password out: it is read from PGPASSWORD or "
            "from ~/.pgpass.",
        )
        parser.add_argument("--quiet", action="store_true", help="Not a line for each table.")

    def handle(self, *, address, quiet, **options):
        began = time.monotonic()

        def tell(table, rows):
            if rows and not quiet:
                self.stdout.write(f"{rows:>12,}  {table}")

        try:
            held = moving.move(address, tell)
        except moving.Refused as error:
            raise CommandError(f"{error} Nothing was moved.") from None
        rows = sum(each["rows"] for each in held.values())
        self.stdout.write(
            f"Moved {rows:,} rows of {len(held)} tables in {time.monotonic() - began:.0f} s; "
            "counts and sums of all tables are equal. Set DATABASE_URL to the new address and "
            "start the site. SQLite stays as it was; pictures stay in MEDIA_ROOT."
        )
