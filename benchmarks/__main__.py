"""`python -m benchmarks search [--sizes 10000,100000,1000000] [--orm-up-to 100000]`,
`python -m benchmarks real --data FOLDER`, `python -m benchmarks imports [--sizes 20000,1000000]`,
`python -m benchmarks recommendations --sizes 20000,100000`, `python -m benchmarks pages`,
`python -m benchmarks assistant --sizes 20000`, `python -m benchmarks servers --rounds 3`,
`python -m benchmarks start --sizes 1000000`.

Uses the database of DATABASE_URL when one is given and it is empty, else SQLite in a folder of its
own that goes afterwards.
"""

import argparse
import os
import tempfile
from importlib import import_module
from inspect import signature

BENCHES = ["search", "real", "imports", "recommendations", "assistant", "pages", "servers", "start"]


def main():
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("bench", choices=BENCHES)
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--orm-up-to", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=40, help="searches of each kind")
    parser.add_argument("--data", help="the folder with the real directories, for `real`")
    parser.add_argument(
        "--first",
        action="store_true",
        help="pages, servers, start: what is timed is put before all else that runs (needs root)",
    )
    options = parser.parse_args()
    if options.bench == "real" and not options.data:
        parser.error("real needs --data, the folder that holds samhsa-directory-2022.")
    sizes = [int(size) for size in options.sizes.replace("_", "").split(",")]
    for size in [0] if options.bench in ("real", "pages", "servers") else sizes:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            run(size, folder, options)


def run(size, folder, options):
    """Each size in a process of its own: nothing is warm, and memory is its own."""
    pid = os.fork()
    if pid:
        _, status = os.waitpid(pid, 0)
        if status:
            raise SystemExit(os.waitstatus_to_exitcode(status))
        return
    os.environ["VAR_DIR"] = folder
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trupaths.settings")
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    os.environ.setdefault("LIMITS", "0")  # they ask more often than a person
    import django

    django.setup()
    given = {
        "size": size,
        "rounds": options.rounds,
        "data": options.data,
        "first": options.first,
        "orm": size <= options.orm_up_to,
    }
    bench = import_module(f"benchmarks.{options.bench}")
    bench.run(**{name: given[name] for name in signature(bench.run).parameters})
    os._exit(0)


main()
