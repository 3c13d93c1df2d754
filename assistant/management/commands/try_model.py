import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assistant.choosing import choose

QUESTION = "How long is a session?"
SENTENCES = [
    "A group has eight to twelve people.",
    "Each session lasts about an hour.",
    "Many plans pay for part of it.",
]


class Command(BaseCommand):
    help = (
        "Ask the language model of Tru AI one question of ours, to see whether it is set up well."
    )

    def handle(self, **options):
        if not settings.TRUAI_LLM:
            raise CommandError("TRUAI_LLM is not set: Tru AI answers without a model.")
        start = time.monotonic()
        chosen = choose(QUESTION, SENTENCES)
        seconds = time.monotonic() - start
        if chosen is None:
            raise CommandError(f"No choice after {seconds:.1f} s. The line above has the reason.")
        self.stdout.write(f"Asked: {QUESTION} It chose in {seconds:.1f} s:")
        for sentence in [SENTENCES[n] for n in chosen] or ["(no sentence)"]:
            self.stdout.write(f"  {sentence}")
        if chosen != [1]:
            raise CommandError("The sentence about an hour answers it, and no other does.")
