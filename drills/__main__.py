"""`python -m drills NAME [OPTIONS]`: says what it saw, then PASS or FAIL; docs/drills.md.

Uses the database of DATABASE_URL when one is given and it is empty, else SQLite in a folder of its
own that goes afterwards. Ends with 1 when something did not hold.
"""

import argparse
import importlib
import os
import secrets
import signal
import sys
import tempfile

# Name -> (module, its function, what may be told on the command line).
DRILLS = {
    "kill_index": ("kill_index", "run", ("rounds", "listings", "changes")),
    "kill_import": ("imports", "kill", ("listings",)),
    "saves": ("imports", "saves", ("listings",)),
    "concurrent_saves": ("concurrent_saves", "run", ("clients", "saves")),
    "stop_and_reload": ("stop_and_reload", "run", ("clients",)),
    "worker_killed": ("worker_killed", "run", ("clients",)),
    "query_fuzz": ("query_fuzz", "run", ("strings",)),
    "image_bombs": ("image_bombs", "run", ()),
    "spreadsheets": ("spreadsheets", "run", ()),
    "backup": ("backup", "run", ("clients",)),
    "migrations_round_trip": ("migrations_round_trip", "run", ()),
    "database_restart": ("database_restart", "run", ("clients",)),
    "full_disk": ("full_disk", "run", ()),
    "raw_http": ("raw_http", "run", ()),
    "soak": ("soak", "run", ("clients", "minutes")),
    "cluster": ("cluster", "run", ("clients",)),
}
OPTIONS = {
    "rounds": (40, "kills"),
    "listings": (400, "listings in the directory"),
    "changes": (20, "timed until others serve them"),
    "clients": (16, "visitors at once"),
    "saves": (100, "of each visitor"),
    "strings": (10_000, "malformed query strings, for each page that lists"),
    "minutes": (60, "of load"),
}
ONE = {
    "backup": {"clients": 4},
    "database_restart": {"clients": 8},
    "soak": {"clients": 4},
    "cluster": {"clients": 8},
}


def parsed():
    parser = argparse.ArgumentParser(prog="python -m drills", description=__doc__)
    names = parser.add_subparsers(dest="drill", required=True, metavar="NAME")
    for name, (*_, wanted) in DRILLS.items():
        own = names.add_parser(name)
        for option in wanted:
            default, meaning = OPTIONS[option]
            default = ONE.get(name, {}).get(option, default)
            own.add_argument(f"--{option}", type=_one_or_more, default=default, help=meaning)
        own.add_argument("--seed", type=int, default=secrets.randbelow(10_000))
    return parser, vars(parser.parse_args())


def _one_or_more(text):
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError("it is 1 or more")
    return number


def main():
    parser, options = parsed()
    # What a drill started or mounted goes with it, also when it is told to stop.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    module, function, _ = DRILLS[options.pop("drill")]
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        os.environ["VAR_DIR"] = folder
        os.environ.pop("MEDIA_ROOT", None)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trupaths.settings")
        os.environ.setdefault("LOG_LEVEL", "ERROR")
        os.environ["LIMITS"] = "0"  # a drill asks more often than a person
        import django
        from django.db import connection, connections

        django.setup()
        if connection.introspection.table_names():
            parser.error("The database of DATABASE_URL is not empty; a drill needs one of its own.")
        print(f"{module} on {connection.display_name}, {options}", flush=True)
        connections.close_all()
        held = getattr(importlib.import_module(f"drills.{module}"), function)(**options)
        connections.close_all()
    print("PASS" if held else "FAIL", flush=True)
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
