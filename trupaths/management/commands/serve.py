"""Start the site: a staff sign-in for this run where it is only ours, then gunicorn."""

import os
import secrets
import socket
import sys

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.urls import reverse

# Time, method, path without query and keys, status, bytes, microseconds, number: nothing typed.
ACCESS_LOG = "%(t)s %(m)s %(U)s %(s)s %(B)s %(D)s %({x-request-id}o)s"
HERE = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = ("0.0.0.0", "::")  # nosec B104 # only what an operator asked for


class Command(BaseCommand):
    help = "Serves the site with gunicorn and prints a staff sign-in made for this run."

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--access-log", action="store_true", help="One line for each request.")

    def handle(self, *, host, port, access_log, **options):
        self.set_address(host, port)
        if "LISTEN_FDS" not in os.environ:  # else a supervisor holds the address, for gunicorn
            check_free(host, port)
        self.stdout.write(f"TruPaths is on {os.environ['SITE_URL']}")
        self.staff_sign_in(host)
        self.stdout.write("Stop it with Ctrl-C.")
        self.stdout.flush()
        connections.close_all()
        os.execvp(sys.executable, server(host, port, access_log=access_log))

    def set_address(self, host, port):
        """Without SITE_URL the site is for this machine; with it, the environment decides."""
        if "SITE_URL" in os.environ:
            return
        if host not in HERE + EVERYWHERE:
            raise CommandError(f"Set SITE_URL to the address that visitors use to reach {host}.")
        name = HERE[0] if host in EVERYWHERE else host
        os.environ["SITE_URL"] = f"http://{f'[{name}]' if ':' in name else name}:{port}"

    def staff_sign_in(self, host):
        if not settings.LOCAL:
            self.stdout.write(
                "No staff sign-in was made, because the site is not on this machine only. "
                "Make one with: manage.py createsuperuser"
            )
            return
        password = secrets.token_urlsafe(15)
        user, _ = get_user_model().objects.get_or_create(username="staff")
        user.is_active = user.is_staff = user.is_superuser = True
        user.set_password(password)
        user.save()
        self.stdout.write(f"Staff sign in at {os.environ['SITE_URL']}{reverse('admin:index')}")
        self.stdout.write(f"  name      {user.username}\n  password  {password}  (for this run)")
        # To try the site out, where nobody else reaches it, a phone would only be in the way.
        if os.environ.setdefault("STAFF_SECOND_FACTOR", "0" if host in HERE else "1") == "0":
            self.stdout.write("  No code from a phone is asked in this run. To try that as well:")
            self.stdout.write("  STAFF_SECOND_FACTOR=1 make run")


def check_free(host, port):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except (OSError, OverflowError) as error:
        raise CommandError(
            f"TruPaths cannot listen on {host}:{port} ({error}). Choose another port: --port 8001"
        ) from None


def server(host, port, *, access_log):
    return [
        *(sys.executable, "-m", "gunicorn", "trupaths.wsgi"),
        *("--chdir", str(settings.BASE_DIR)),
        *("--bind", f"[{host}]:{port}" if ":" in host else f"{host}:{port}"),
        *("--workers", "2", "--worker-class", "trupaths.worker.Worker", "--threads", "4"),
        *("--graceful-timeout", "20", "--limit-request-line", "8190"),
        *("--log-level", "warning", "--no-control-socket"),
        *("--access-logformat", ACCESS_LOG),
        *("--logger-class", "trupaths.access_log.Log"),
        *(("--access-logfile", "-") if access_log else ()),
    ]
