"""Is all well? Each check yields findings: what is so, and where it is not well, what to do.

A check never changes anything but a file that it writes and deletes again.
"""

from django.db import Error

from . import beside, contents, machine
from .finding import LOOK, WELL, WRONG, Finding, first_line

__all__ = ["LOOK", "WELL", "WRONG", "examine"]

CHECKS = {
    "settings": machine.of_settings,
    "folder": machine.of_folder,
    "database": beside.of_database,
    "replicas": beside.of_replicas,
    "index": contents.of_index,
    "places": contents.of_places,
    "files": machine.of_files,
    "cache": beside.of_cache,
    "media": beside.of_media,
    "mail": beside.of_mail,
    "room": machine.of_room,
    "clock": machine.of_clock,
    "metrics": machine.of_metrics,
    "backups": machine.of_backups,
    "duties": contents.of_duties,
    "content": contents.of_content,
    "listings": contents.of_listings,
}


def examine():
    """(name of the check, its findings) of all checks; one that fails is a finding itself."""
    for name, check in CHECKS.items():
        try:
            yield name, list(check())
        except Error as error:
            yield name, [Finding(WRONG, f"The database does not answer: {first_line(error)}")]
