"""While 16 visitors read, the site is reloaded (HUP), and stopped and started on a kept socket.

Pass: no request is lost and none is answered with an error.
"""

import signal
import time

from . import site

AROUND = 3  # seconds of load before and after


def run(*, clients, seed):
    site.prepare()
    with site.Site() as running:
        held = [_while_read(running, clients, what, act) for what, act in ACTS.items()]
    return all(held)


def _while_read(running, clients, what, act):
    with site.Load(running, site.reading, clients) as load:
        time.sleep(AROUND)
        act(running)
        time.sleep(AROUND)
    print(f"  {what}: {load.shown()}", flush=True)
    return not load.lost and not load.failed()


def reload(running):
    before = running.workers()
    running.server.send_signal(signal.SIGHUP)
    end = time.monotonic() + site.PATIENCE
    while running.workers() & before or len(running.workers()) < 2:
        if time.monotonic() > end:
            raise SystemExit("The processes of before did not go.")
        time.sleep(0.05)


def restart(running):
    """As `systemctl restart` with a socket unit: whoever asks meanwhile waits in line."""
    running.stop()
    running.start()
    running.wait()


ACTS = {"HUP": reload, "SIGTERM and a start, the socket kept": restart}
