"""A password holds no name of the site or of its owner: whoever guesses tries these first."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError

SHORT = 4  # letters; a shorter name stands in too many words


class NoNames:
    def validate(self, password, user=None):
        letters = _letters(password)
        if any(word in letters for word in {*site_words(), *_names(user)}):
            raise ValidationError(self.get_help_text(), code="password_holds_name")

    def get_help_text(self):
        return "Your password can’t hold your own name or the name of this site."


def site_words():
    """The name of the site, and the parts of its host of five letters or more."""
    parts = re.split(r"[^\w]+", urlsplit(settings.SITE_URL).hostname.casefold())
    return {"trupaths", *(part for part in parts if len(part) > 4 and not part.isdigit())}


def _names(user):
    """First name, last name, name to sign in with, and what stands before the @ of an address."""
    said = (getattr(user, name, "") for name in ("first_name", "last_name", "username", "email"))
    names = (_letters(text.partition("@")[0]) for text in said if text)
    return {name for name in names if len(name) >= SHORT}


def _letters(text):
    return re.sub(r"[\W_]", "", text).casefold()
