"""Make an empty database ready to try. Safe to repeat: only what is missing is added."""

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import BaseCommand

from providers.models import Place, Provider
from therapies.models import Therapy

CONTENT = ("conditions", "terms", "therapies", "starting_points")


class Command(BaseCommand):
    help = "Loads places, therapies, their pictures and example listings where they are missing."

    def handle(self, **options):
        call_command("make_roles", stdout=self.stdout)
        steps = [self.places(), self.therapies(), self.pictures(), self.examples()]
        if not any(steps):
            self.stdout.write("Places, therapies, pictures and listings are there already.")

    def places(self):
        if Place.objects.exists():
            return False
        call_command("load_places", stdout=self.stdout)
        return True

    def therapies(self):
        if Therapy.objects.exists():
            return False
        call_command("loaddata", *CONTENT, verbosity=0)
        self.stdout.write(f"Therapies: {Therapy.objects.count()} loaded, with their conditions.")
        return True

    def pictures(self):
        source = settings.BASE_DIR / "fixtures" / "media"
        files = {file.relative_to(source).as_posix(): file for file in source.rglob("*")}
        missing = [
            (name, file)
            for name, file in sorted(files.items())
            if file.is_file() and not default_storage.exists(name)
        ]
        for name, file in missing:
            with file.open("rb") as content:
                default_storage.save(name, File(content))
        if missing:
            self.stdout.write(f"Pictures: {len(missing)} copied.")
        return bool(missing)

    def examples(self):
        if Provider.objects.exists():
            return False
        call_command("loaddata", "demo_providers", verbosity=0)
        count = Provider.objects.count()
        self.stdout.write(f"Listings: {count} examples loaded, marked as not real.")
        return True
