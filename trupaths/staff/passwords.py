"""A password does not hold the name of the site: whoever guesses tries it first."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError


class NoSiteName:
    def validate(self, password, user=None):
        letters = re.sub(r"[\W_]", "", password).casefold()
        if any(word in letters for word in site_words()):
            raise ValidationError(self.get_help_text(), code="password_holds_site_name")

    def get_help_text(self):
        return "Your password can’t hold the name of this site."


def site_words():
    """The name of the site, and the parts of its host of five letters or more."""
    parts = re.split(r"[^\w]+", urlsplit(settings.SITE_URL).hostname.casefold())
    return {"trupaths", *(part for part in parts if len(part) > 4 and not part.isdigit())}
