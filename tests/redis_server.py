"""A throw-away Redis from Debian's package, on a socket of its own and nowhere else."""

import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 10


@contextmanager
def redis_server():
    """Gives its REDIS_URL and its process; who has no redis-server is told by None."""
    if not (program := shutil.which("redis-server")):
        yield None, None
        return
    with tempfile.TemporaryDirectory(prefix="trupaths-redis-") as folder:
        place = Path(folder) / "redis.sock"
        options = ["--port", "0", "--unixsocket", place, "--save", "", "--dir", folder]
        process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
        try:
            end = time.monotonic() + START_SECONDS
            while not place.exists() and process.poll() is None and time.monotonic() < end:
                time.sleep(0.01)
            yield f"unix://{place}", process
        finally:
            process.kill()
            process.wait()
