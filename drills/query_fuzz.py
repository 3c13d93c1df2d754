"""10,000 malformed query strings for each page that lists, 500 for each list of the desk.

A string is a right one that is broken: names of real filters with values of the wrong kind, size or
encoding, names that are none, signs cut in half, and bytes of chance. Pass: no answer of 500 or
more, and 99 of 100 answers within 200 ms of work (CPU time: other work on the machine plays no
part; what PostgreSQL does is in the seconds alone).
"""

import gc
import logging
import random
import time
from collections import Counter
from urllib.parse import quote, quote_from_bytes

import numpy as np
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.test import Client, override_settings
from django.urls import reverse

from . import site

WITHIN = 200  # milliseconds, 99 of 100
VIEWS = (
    "providers:list",
    "providers:suggestions",
    "therapies:list",
    "therapies:compare",
    "therapies:condition_list",
    "recommendations:list",
    "recommendations:saved",
    "recommendations:call_sheet",
    "providers:correction_list",
)
NAMES = """
    q near radius sort page therapy condition delivery grouping accepting since state kind pay care
    age for language access approach medication focus setting exclude without map view c t code next
    lat lon bounds place group unstated o e p all _to_field status__exact demonstration__exact
    therapy[] q[0] __class__ pk__in
""".split()
# Of the desk, whose lists send any other name back at once.
OF_STAFF = "q o p all e pk__in _to_field _popup _facets".split()
VALUES = """
    0 -1 1e308 -1e-400 nan inf -Infinity 9223372036854775808 99999999999999999999999999 0x10 1_000
    ٣٤ ² ½ true null None undefined [] {} {"a":1} ' '' " \\ ; -- %% %s {0} {{x}} ${x}
    ../../etc/passwd ' OR 1=1-- 1;DROP <script> 97214 97214-0000 00000 45.5,-122.6 91,181
    nan,nan ,, Portland, OR
    2026-02-30 0000-00-00 9999-12-31 10000-01-01 mbsr medicaid in-person yes no checked name
    distance
""".split()
# Written the wrong way round, joined, half a pair, styled, dotless, a flag, ends of lines.
ODD = (
    *("\u202e", "\u0301", "\ufeff", "\ud800", "\U0010ffff", "\U0001d544", "ß", "\u0131", "İ"),
    *("ﷺ", "\U0001f3f3\ufe0f\u200d\U0001f308", "\r\n", "\x01", "\x7f", "\x85", "\u2028"),
)


def run(*, strings, seed):
    site.prepare()
    logging.disable(logging.CRITICAL)
    gc.collect()
    gc.freeze()  # as trupaths/wsgi.py does
    chance = random.Random(seed)
    staff = get_user_model().objects.create_superuser("drill")
    visitor, signed_in = (Client(raise_request_exception=False) for _ in range(2))
    held = [_asked(chance, visitor, view, strings) for view in VIEWS]
    with override_settings(STAFF_SECOND_FACTOR=False):
        for view in _lists_of_staff():
            signed_in.force_login(staff)  # for half an hour, which all of it may exceed
            held.append(_asked(chance, signed_in, view, max(1, strings // 20), OF_STAFF))
    return all(held)


def _lists_of_staff():
    """The list of each model of the desk."""
    return [
        f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        for model in admin.site._registry
    ]


def _asked(chance, client, view, strings, names=NAMES):
    path, statuses, times, works, shown = reverse(view), Counter(), [], [], set()
    client.get(path, headers={"host": "127.0.0.1"})  # a process starts but once
    for _ in range(strings):
        query = malformed(chance, names)
        began, worked = time.perf_counter(), time.process_time()
        answer = client.get(path, QUERY_STRING=query, headers={"host": "127.0.0.1"})
        times.append(1000 * (time.perf_counter() - began))
        works.append(1000 * (time.process_time() - worked))
        statuses[answer.status_code] += 1
        if answer.status_code >= 500 and len(shown) < 5:
            shown.add(query)
    failed = sum(count for status, count in statuses.items() if status >= 500)
    p50, p99, most = (np.percentile(works, p) for p in (50, 99, 100))
    print(
        f"  {view}: {strings:,}, of 500 or more {failed}, {dict(sorted(statuses.items()))}; "
        f"work p50 {p50:.0f} ms, p99 {p99:.0f} ms, most {most:.0f} ms; "
        f"until it was there p99 {np.percentile(times, 99):.0f} ms",
        flush=True,
    )
    for query in shown:
        print(f"    {query[:300]!r}")
    return not failed and p99 < WITHIN


def malformed(chance, names):
    parts = [chance.choice("=&;?#%") if chance.random() < 0.05 else _pair(chance, names)]
    while chance.random() < 0.6 and len(parts) < 40:
        parts.append(_pair(chance, names))
    if chance.random() < 0.05:
        parts *= chance.randrange(2, 60)
    text = chance.choice(["&"] * 9 + [";"]).join(parts)
    if chance.random() < 0.1:
        text = text[: chance.randrange(len(text) + 1)]  # a sign cut in half
    return text


def _pair(chance, names):
    name = chance.choice(names) if chance.random() < 0.95 else _value(chance)
    return name if chance.random() < 0.03 else f"{name}={_value(chance)}"


def _value(chance):
    kind = chance.randrange(8)
    if kind < 4:
        return quote(chance.choice(VALUES), safe=chance.choice(["", "'%;,"]))
    if kind == 4:
        return quote(chance.choice(ODD), errors="surrogatepass")
    if kind == 5:
        return quote_from_bytes(chance.randbytes(chance.randrange(1, 12)))
    if kind == 6:
        return "+".join(quote(chance.choice(VALUES)) for _ in range(chance.randrange(2, 12)))
    return chance.choice('a1%.-(*"') * chance.choice([1, 100, 3000, 9000])
