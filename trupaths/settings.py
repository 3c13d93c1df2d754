"""Every setting, from the environment; a wrong value stops the start with a sentence.

Nothing set gives a site that runs on this machine: SQLite under var/, DEBUG off, plain http.
SITE_URL decides the rest: with https come Secure and __Host- cookies and HSTS.
"""

import logging
import os
import re
import secrets
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()

VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.bool("DEBUG", False)
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
_site = urlsplit(SITE_URL)
if _site.scheme not in {"http", "https"} or not _site.hostname or _site.path:
    raise ImproperlyConfigured(
        f"SITE_URL is {SITE_URL!r}: give the address of the site, such as https://trupaths.example"
    )
HTTPS = _site.scheme == "https"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
LOCAL = _site.hostname in LOOPBACK


def _secret_key():
    """The key from the environment; on this machine only, one made once and kept in var/."""
    if key := env.str("SECRET_KEY", ""):
        return key
    if not LOCAL:
        raise ImproperlyConfigured("SECRET_KEY is not set: give 50 or more random characters")
    path = VAR_DIR / "secret-key"
    if not path.exists():  # whole or not at all: processes that start together read one key
        new = VAR_DIR / f"secret-key.{os.getpid()}"
        new.touch(mode=0o600)
        new.write_text(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(new, path)
        new.unlink()
    return path.read_text()


SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"] if LOCAL else [_site.hostname]
)

INSTALLED_APPS = [
    # "trupaths" comes first so that its commands and templates win over Django's.
    "trupaths",
    "therapies",
    "providers",
    "recommendations",
    "assistant",
    "django_htmx",
    "import_export",
    "reversion",
    "trupaths.staff.apps.DeskConfig",  # django.contrib.admin with our sign-in
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "trupaths.tracing.traced",
    "trupaths.metrics.measured",
    "trupaths.middleware.headers",
    "trupaths.kept_pages.kept",
    "trupaths.compression.compressed",
    "django.middleware.security.SecurityMiddleware",
    "trupaths.middleware.methods",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "trupaths.middleware.CrossSiteGuard",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "trupaths.staff.sessions.middleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "recommendations.middleware.visitor",
    "trupaths.pace.Pace",
    "trupaths.replicas.Replicas",
]

ROOT_URLCONF = "trupaths.urls"
WSGI_APPLICATION = "trupaths.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "trupaths.context.site",
            ],
            "builtins": ["django.templatetags.static", "trupaths.templatetags.site"],
        },
    }
]

# A path or an address: sqlite:///file, postgres://user:password@host/name
DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'trupaths.sqlite3'}")}
_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    _database["OPTIONS"] = {
        # Two writers wait for each other instead of failing: read-then-write takes the lock first.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            "PRAGMA mmap_size=268435456;"  # a search for words reads all texts: a sixth faster
        ),
    }
    # Kept open by each thread: the first to open one needs room on the disk, the others do not.
    _database["CONN_MAX_AGE"] = None
    # A file, as in use: an in-memory database would hide what two writers do to each other.
    _database["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
else:
    _database["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 60)
    _database["CONN_HEALTH_CHECKS"] = True
    _database.setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)  # seconds
# Streaming copies that pages which only read may ask, with spaces between: docs/clusters.md.
REPLICAS = []
for _url in env.str("REPLICA_URLS", "").split():
    _copy = dj_database_url.parse(_url)
    if not (_database["ENGINE"] == _copy["ENGINE"] == "django.db.backends.postgresql"):
        raise ImproperlyConfigured(
            "REPLICA_URLS names copies of a PostgreSQL database: DATABASE_URL and each of them "
            "begin with postgres://"
        )
    for _key in ("CONN_MAX_AGE", "CONN_HEALTH_CHECKS"):
        _copy[_key] = _database[_key]
    _copy.setdefault("OPTIONS", {}).setdefault("connect_timeout", 2)  # the primary is there too
    REPLICAS.append(f"replica{len(REPLICAS) + 1}")
    DATABASES[REPLICAS[-1]] = _copy | {"TEST": {"MIRROR": "default"}}
DATABASE_ROUTERS = ["trupaths.replicas.Router"] if REPLICAS else []
# So many connections for the threads of a process to share, instead of one for each thread.
if _pool := env.int("DATABASE_POOL", 0):
    if _database["ENGINE"].endswith("sqlite3") or not find_spec("psycopg_pool"):
        raise ImproperlyConfigured(
            "DATABASE_POOL is for PostgreSQL and needs the extra “pool”: pip install psycopg-pool"
        )
    for _each in DATABASES.values():
        _each["CONN_MAX_AGE"] = 0  # the pool keeps them
        _each["OPTIONS"]["pool"] = {"min_size": 1, "max_size": _pool, "timeout": 5}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en-us"
# Where “today” is. The last of the mainland: no check of an evening is dated to the day after.
TIME_ZONE = env.str("TIME_ZONE", "America/Los_Angeles")
try:
    ZoneInfo(TIME_ZONE)
except (KeyError, ValueError, OSError):
    raise ImproperlyConfigured(
        f"TIME_ZONE is {TIME_ZONE!r}: give a name of the time zone list, such as America/Chicago"
    ) from None
USE_TZ = True
USE_I18N = False

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Pictures of several machines, in a bucket of S3 or of what speaks as it does; keys as boto3 reads
# them (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, or a role of the machine).
if _bucket := env.str("MEDIA_BUCKET", ""):
    if not find_spec("storages"):
        raise ImproperlyConfigured(
            "MEDIA_BUCKET needs the extra “s3”: pip install django-storages[s3]"
        )
    STORAGES["default"] = {
        "BACKEND": "trupaths.storage.Bucket",
        "OPTIONS": {
            "bucket_name": _bucket,
            "endpoint_url": env.str("MEDIA_ENDPOINT", "") or None,
            "region_name": env.str("MEDIA_REGION", "") or None,
            "file_overwrite": False,
        },
    }
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "trupaths.staff.passwords.NoNames"},
]
LOGIN_URL = "admin:login"
# A code from a phone after the password, for everyone who works here: docs/sign-in.md.
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", True)
if not (STAFF_SECOND_FACTOR or LOCAL):
    raise ImproperlyConfigured(
        "STAFF_SECOND_FACTOR=0 is for a site on this machine only: remove it"
    )
OTP_TOTP_ISSUER = "TruPaths"
OTP_STATIC_THROTTLE_FACTOR = 0  # a recovery code is too long to guess
ADMIN_PATH = env.str("ADMIN_PATH", "admin/").strip("/") + "/"
if not re.fullmatch(r"([a-z0-9][a-z0-9_-]*/)+", ADMIN_PATH):
    raise ImproperlyConfigured(
        f"ADMIN_PATH is {ADMIN_PATH!r}: give small letters, figures and hyphens, such as desk-7f3a/"
    )

# Cookies: sessions are for staff only; a visitor's cookie is set at the first save or yes.
_host = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_host}sessionid"
CSRF_COOKIE_NAME = f"{_host}csrftoken"
VISITOR_COOKIE_NAME = f"{_host}visitor"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 30 * 60  # without a page; in all, trupaths/staff/sessions.py
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "trupaths.views.csrf_failure"

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 63072000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Ours do what these two look for: middleware.headers (on static files too), CrossSiteGuard.
SILENCED_SYSTEM_CHECKS = ["security.W002", "security.W003"]
# How many proxies stand in front; each adds to X-Forwarded-For whom it speaks for.
_proxies = env.str("BEHIND_PROXY", "0")
PROXIES = int(_proxies) if _proxies.isdecimal() else int(env.bool("BEHIND_PROXY"))
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# The readiness probe of a balancer speaks plain http from inside.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]

# Pages without a query, in each process, compressed; 0 keeps none.
PAGES_KEPT_MB = env.int("PAGES_KEPT_MB", 32)

# How long a visitor's memory is kept; printed on pages from here.
SUGGESTIONS_KEPT_DAYS = 30
SAVED_KEPT_MONTHS = 12
SHARED_KEPT_DAYS = 30  # a link to a saved list; who made it can end it earlier
REPORTS_KEPT_DAYS = 90  # the words of a report, once it is closed
COUNTS_KEPT_DAYS = 400  # by day, of nobody: what came of questions, how often a place was shown
ACTS_KEPT_DAYS = 365  # what staff did, and mail that asked a place to confirm its listing

# How often a minute one may search and send (trupaths/pace.py). Off for drills on this machine.
LIMITS = env.bool("LIMITS", True)
if not (LIMITS or LOCAL):
    raise ImproperlyConfigured("LIMITS=0 is for a site on this machine only: remove it")

# Where the minute is counted for several machines (docs/clusters.md); unset, each counts alone.
REDIS_URL = env.str("REDIS_URL", "")
if REDIS_URL and urlsplit(REDIS_URL).scheme not in {"redis", "rediss", "unix"}:
    raise ImproperlyConfigured(
        "REDIS_URL is no address of a Redis: give redis://:password@host:6379/0, rediss://… for "
        "one over TLS, or unix:///run/redis/redis.sock"
    )
if REDIS_URL and not find_spec("redis"):
    raise ImproperlyConfigured("REDIS_URL needs the extra “redis”: pip install redis")

# Bodies and parameters have limits; free text has its own, in its form.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000  # a therapy with all its parts in the admin

# submission://user:password@host:587; unless told, mail is printed and not sent
_email = env.dj_email_url("EMAIL_URL", "console://")
if not _email.get("EMAIL_BACKEND"):
    raise ImproperlyConfigured(
        "EMAIL_URL is no address of a mail server: give submission://user:password@host:587, "
        "smtp://host:25 or console://"
    )
vars().update(_email)
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"noreply@{_site.hostname}")

# Tru AI needs no language model. With one, questions go to that server: docs/assistant.md.
TRUAI_LLM = env.str("TRUAI_LLM", "")
TRUAI_BASE_URL = env.str("TRUAI_BASE_URL", "").rstrip("/")
TRUAI_MODEL = env.str("TRUAI_MODEL", "")
TRUAI_API_KEY = env.str("TRUAI_API_KEY", "")
TRUAI_DAILY_BUDGET = env.int("TRUAI_DAILY_BUDGET", 500)  # calls, of all processes together
TRUAI_SECONDS = 15  # from the question to the last byte of the answer


def _model_fault():
    """What stops the start, in words that hold no value: a key may stand in the wrong place."""
    if TRUAI_LLM not in {"openai_compatible", "anthropic"}:
        return "TRUAI_LLM is openai_compatible, anthropic, or not set at all"
    try:
        url = urlsplit(TRUAI_BASE_URL)
        local = url.hostname in LOOPBACK
        plain = url.hostname and not (url.query or url.fragment or "@" in url.netloc)
        safe = plain and (url.scheme == "https" or (url.scheme == "http" and local))
        url.port  # noqa: B018 - raises when it is no number
    except ValueError:
        safe = local = False
    if not safe:
        return (
            "TRUAI_BASE_URL has to be the https address of the model's server (http only on this "
            "machine), such as https://model.example/v1, without name, password or query"
        )
    if not TRUAI_MODEL:
        return "TRUAI_MODEL is not set: give the name of the model at TRUAI_BASE_URL"
    if not (TRUAI_API_KEY or local):
        return "TRUAI_API_KEY is not set: give the key for TRUAI_BASE_URL"
    if re.search(r"[^!-~]", TRUAI_API_KEY):
        return "TRUAI_API_KEY holds a space or a sign that no key has: copy it again"
    if TRUAI_DAILY_BUDGET < 1:
        return "TRUAI_DAILY_BUDGET is a number of calls, 1 or more. To have none, unset TRUAI_LLM"
    return ""


if TRUAI_LLM and (_fault := _model_fault()):
    raise ImproperlyConfigured(_fault)

# Figures for Prometheus, of all processes of this machine: at /metrics, or on a port of their own.
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
if METRICS_TOKEN and not re.fullmatch(r"[!-~]{20,}", METRICS_TOKEN):
    raise ImproperlyConfigured("METRICS_TOKEN has to be 20 or more characters, and no space")
METRICS_PORT = env.int("METRICS_PORT", 0)
if not 0 <= METRICS_PORT < 1 << 16:
    raise ImproperlyConfigured("METRICS_PORT is no port: give a number from 1 to 65535")
METRICS_HOST = env.str("METRICS_HOST", "127.0.0.1")
METRICS = bool(METRICS_TOKEN or METRICS_PORT)

LOG_FORMAT = env.str("LOG_FORMAT", "text")
if LOG_FORMAT not in {"text", "json"}:
    raise ImproperlyConfigured(f"LOG_FORMAT is {LOG_FORMAT!r}: give text or json")
logging.captureWarnings(LOG_FORMAT == "json")  # else Python prints them as they are
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"text": {"()": "trupaths.logs.Text"}, "json": {"()": "trupaths.logs.Json"}},
    "filters": {
        "briefly": {"()": "trupaths.outages.Briefly"},
        "no_query": {"()": "trupaths.logs.DropQuery"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["briefly", "no_query"],
        },
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    # Django's own handlers mail or print request data; ours drops what a visitor typed.
    "loggers": {
        "django": {"handlers": [], "propagate": True, "level": "INFO"},
        "django.server": {"handlers": [], "propagate": True, "level": "WARNING"},
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
        # No line for each question to a model, and at no level what was sent.
        "httpx": {"level": "WARNING"},
        "httpcore": {"level": "WARNING"},
    },
}
