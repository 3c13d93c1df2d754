"""`python -m drills kill_index [--rounds 40] [--listings 400] [--changes 20] [--seed N]`,
`python -m drills kill_import [--listings 10000]`, `python -m drills saves [--listings 10000]`.

Uses the database of DATABASE_URL when one is given and it is empty, else SQLite in a folder of its
own that goes afterwards. Ends with 1 when something did not hold.
"""

import argparse
import os
import secrets
import sys
import tempfile


def main():
    parser = argparse.ArgumentParser(prog="python -m drills", description=__doc__)
    parser.add_argument("drill", choices=["kill_index", "kill_import", "saves"])
    parser.add_argument("--rounds", type=int, default=40, help="kills")
    parser.add_argument("--listings", type=int, default=400)
    parser.add_argument("--changes", type=int, default=20, help="timed until others serve them")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10_000))
    options = parser.parse_args()
    if min(options.rounds, options.listings, options.changes) < 1:
        parser.error("--rounds, --listings and --changes are 1 or more.")
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        os.environ["VAR_DIR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trupaths.settings")
        os.environ.setdefault("LOG_LEVEL", "ERROR")
        import django
        from django.db import connection

        django.setup()
        if connection.introspection.table_names():
            parser.error("The database of DATABASE_URL is not empty; a drill needs one of its own.")
        from . import imports, kill_index

        if options.drill == "kill_index":
            held = kill_index.run(
                rounds=options.rounds,
                listings=options.listings,
                changes=options.changes,
                seed=options.seed,
            )
        else:
            act = imports.kill if options.drill == "kill_import" else imports.saves
            held = act(listings=options.listings, seed=options.seed)
        connection.close()
    return 0 if held else 1


sys.exit(main())
