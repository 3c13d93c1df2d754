"""The machines of a small cluster, each a process of its own on this one: for `cluster`.

PostgreSQL, Redis and nginx are those of Debian's packages; web nodes are the site as it is served.
All listen on the loopback or on sockets in a private folder, and all end with the drill.
"""

import contextlib
import glob
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import psycopg
from django.conf import settings

from trupaths.management.commands import serve

PATIENCE = 30  # seconds
PACKAGES = {"nginx": "nginx", "redis-server": "redis-server", "pg_basebackup": "postgresql"}


def program(name):
    """Its path; of PostgreSQL all from where Debian keeps its newest server."""
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)
    path = os.pathsep.join([*folders, os.environ.get("PATH", ""), "/usr/sbin"])
    return shutil.which(name, path=path)


def missing():
    """Debian's packages that the drill needs and that are not here."""
    return [package for name, package in PACKAGES.items() if not program(name)]


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Machine:
    """A process in a group of its own, that can be killed with all its children, and started."""

    name = ""
    process = None

    def command(self):
        raise NotImplementedError

    def answers(self):
        raise NotImplementedError

    def identity(self):
        return {}

    def environment(self):
        return dict(os.environ)

    def start(self, wait=True):
        log = self.folder / f"{self.name}.log"
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command(), stdout=output, stderr=output, env=self.environment(),
                cwd=self.folder, start_new_session=True, **self.identity(),
            )  # fmt: skip
        if wait:
            self.wait()

    def wait(self):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            if self.answers():
                return
            time.sleep(0.05)
        log = (self.folder / f"{self.name}.log").read_text(errors="replace")
        raise SystemExit(f"{self.name} did not start:\n{log[-3000:]}")

    def kill(self, number=signal.SIGKILL):
        """All at once, as when the power goes."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)
            self.process.wait()


class Postgres(Machine):
    """One of several servers; the first is the primary, the others are streaming copies of it.

    A commit is answered once one of the others has it on its disk too, so nothing that was answered
    is lost with one machine.
    """

    USER = "postgres"  # of the database; the process is of `nobody`, as it refuses to be root

    def __init__(self, folder, names, number):
        self.folder, self.name, self.names = folder, names[number], names
        self.ports = [5501 + n for n in range(len(names))]  # names of sockets in the folder
        self.port, self.data = self.ports[number], folder / names[number]

    def identity(self):
        if os.geteuid():
            return {}
        import pwd

        user = pwd.getpwnam("nobody")
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    def address(self, *, whole, **more):
        """For libpq: this server, or whichever of the `whole` cluster takes writes."""
        ports = self.ports if whole else [self.port]
        parts = {
            "host": ",".join([str(self.folder)] * len(ports)),
            "port": ",".join(map(str, ports)),
        }
        return parts | ({"target_session_attrs": "read-write"} if whole else {}) | more

    def url(self, *, whole=False):
        address = self.address(whole=whole)
        return f"postgres://{self.USER}@/postgres?" + "&".join(
            f"{key}={value}" for key, value in address.items()
        )

    def make(self, primary=None):
        """The data: fresh, or copied from the primary as it runs."""
        if primary is None:
            self._run("initdb", "-D", self.data, "-U", self.USER, "--auth=trust", "--no-sync")
        else:
            self._run(
                "pg_basebackup", "-D", self.data, "-h", self.folder, "-p", primary.port,
                "-U", self.USER, "--checkpoint=fast", "--wal-method=stream",
            )  # fmt: skip
            (self.data / "standby.signal").touch()

    def command(self):
        others = [name for name in self.names if name != self.name]
        leader = self.address(whole=True, user=self.USER, application_name=self.name)
        options = {
            "listen_addresses": "",
            "unix_socket_directories": self.folder,
            "port": self.port,
            "fsync": "off",  # kills of processes, not of the kernel
            "max_connections": 100,
            "shared_buffers": "64MB",
            "synchronous_standby_names": f"ANY 1 ({', '.join(others)})",
            "primary_conninfo": " ".join(f"{key}={value}" for key, value in leader.items()),
            "wal_retrieve_retry_interval": "500ms",
            "cluster_name": self.name,
        }
        settings = (part for key, value in options.items() for part in ("-c", f"{key}={value}"))
        return [program("postgres"), "-D", self.data, *settings]

    def start(self, wait=True):
        (self.data / "postmaster.pid").unlink(missing_ok=True)  # of one that was killed
        super().start(wait)

    def answers(self):
        try:
            self.ask("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def ask(self, sql):
        address = self.address(whole=False, user=self.USER, dbname="postgres", connect_timeout=2)
        with psycopg.connect(**address, autocommit=True) as connection:
            return connection.execute(sql).fetchone()[0]

    def received(self):
        """How far it has come, in bytes of the write-ahead log."""
        return int(self.ask("SELECT pg_last_wal_receive_lsn() - '0/0'::pg_lsn"))

    def promote(self):
        self.ask("SELECT pg_promote(true, 30)")

    def has_copies(self, number):
        """Stream so many copies from it, and do they count for its commits?"""
        sql = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'quorum'"
        return self.ask(sql) >= number

    def _run(self, name, *options):
        subprocess.run(
            [program(name), *map(str, options)], check=True, capture_output=True,
            cwd=self.folder, **self.identity(),
        )  # fmt: skip


class Redis(Machine):
    name = "redis"

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def command(self):
        where = ("--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(self.folder))
        return [program("redis-server"), *where, "--save", "", "--appendonly", "no"]

    def answers(self):
        return _listens(self.port)


class Node(Machine):
    """A web node with a disk of its own."""

    def __init__(self, folder, name, environment):
        self.folder, self.name, self.port = folder, name, free_port()
        self._environment = environment | {"VAR_DIR": str(folder / name)}
        shutil.copytree(settings.STATIC_ROOT, folder / name / "static")

    def environment(self):
        return os.environ | self._environment

    def command(self):
        return serve.server("127.0.0.1", self.port, access_log=False)

    def answers(self):
        from . import site

        try:
            return site.Visitor(self).ask("/readyz").status == 200
        except OSError:
            return False


class Nginx(Machine):
    """One that does what its `inside` says; `processes` of it answer."""

    name = "nginx"

    def __init__(self, folder, inside, *, processes=1, **values):
        self.folder, self.port = folder, free_port()
        (folder / "temporary").mkdir()
        inside = inside.format(port=self.port, at=folder, **values)
        # Whoever starts it may read the folder, and perhaps nobody else.
        user = "user root;" if os.geteuid() == 0 else ""
        text = CONF.format(at=folder, user=user, processes=processes, inside=inside)
        (folder / "nginx.conf").write_text(text)

    def command(self):
        return [program("nginx"), "-c", self.folder / "nginx.conf", "-p", self.folder]

    def answers(self):
        return _listens(self.port)


def in_front(folder, nodes):
    """An `Nginx` with the example's settings for what to do when a node does not answer."""
    servers = "".join(
        f"server 127.0.0.1:{node.port} max_fails=2 fail_timeout=5s; " for node in nodes
    )
    return Nginx(folder, PROXY, servers=servers)


CONF = """
daemon off;
{user}
worker_processes {processes};
pid {at}/nginx.pid;
error_log {at}/nginx-error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {at}/temporary;
    proxy_temp_path {at}/temporary;
    fastcgi_temp_path {at}/temporary;
    uwsgi_temp_path {at}/temporary;
    scgi_temp_path {at}/temporary;
    {inside}
}}
"""
# As deploy/nginx.conf, but plain http, and each visitor says which network they come from.
PROXY = """
    upstream trupaths {{ {servers} keepalive 32; keepalive_timeout 1s; }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://trupaths;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host 127.0.0.1;
            proxy_set_header X-Forwarded-For $http_x_network;
            proxy_set_header X-Forwarded-Proto http;
            proxy_connect_timeout 1s;
            proxy_read_timeout 30s;
            proxy_next_upstream error timeout;
        }}
    }}
"""


def _listens(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def hand_over(folder: Path, machine: Postgres):
    """The folder to the user that PostgreSQL runs as, who must be able to reach it."""
    if identity := machine.identity():
        os.chown(folder, identity["user"], identity["group"])
    folder.chmod(0o755)
