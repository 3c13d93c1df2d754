"""The settings of a site that a test starts in processes of its own: no collected static files."""

from trupaths.settings import *  # noqa: F403
from trupaths.settings import STORAGES

STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
