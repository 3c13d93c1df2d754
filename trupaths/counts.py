"""LEAF: how often something was done within the last minute, counted for many processes at once.

Two ways of one rule: `Counts` in a small file, for all processes of a machine, and `SharedCounts`
in Redis, for all machines. Either holds numbers alone: no address, no page, not even a fingerprint.
Two places, chosen by a keyed hash, count for one who asks, and the lower is believed; two people
share both by a rare chance, and then wait a little sooner. Why: docs/decisions/0011-limits.md.
"""

import hashlib
import math
import struct
import threading
import time

from django.conf import settings

try:
    import fcntl
except ImportError:  # Windows, where one process serves
    fcntl = None

SECONDS = 60
PLACES = 1 << 16
ROWS = 2
_place = struct.Struct("<IHH")  # a minute, times in it, times in the one before
NEARLY = 1e-5  # times: what is lost when moments are counted in fractions of a minute


class Counts:
    """Times of this minute and the one before, in a file of 1 MB that processes share."""

    def __init__(self, path):
        path.touch(mode=0o600)
        self._file = path.open("r+b", buffering=0)
        self._threads = threading.Lock()

    def wait(self, key, most, now=None):
        """0, and this time is counted; or for how many seconds there is no other, after `most`.

        Of the minute before, so much counts as lies within the last sixty seconds.
        """
        now = time.time() if now is None else now
        minute, gone = int(now // SECONDS), now % SECONDS / SECONDS
        with self._threads:
            self._lock(True)
            try:
                held = [(at, *self._read(at, minute)) for at in places_of(key)]
                count, before = min(
                    ((count, before) for _, count, before in held),
                    key=lambda pair: pair[0] + pair[1] * (1 - gone),
                )
                if count + before * (1 - gone) > most - 1 + NEARLY:
                    return seconds_until(most, count, before, gone)
                for at, count, before in held:
                    self._file.seek(at)
                    self._file.write(_place.pack(minute, min(count + 1, 65_535), before))
                return 0
            finally:
                self._lock(False)

    def close(self):
        self._file.close()

    def _read(self, at, minute):
        """Times in this minute and in the one before."""
        self._file.seek(at)
        held = self._file.read(_place.size).ljust(_place.size, b"\0")  # beyond its end: nothing
        then, count, before = _place.unpack(held)
        if then == minute:
            return count, before
        return 0, count if then == minute - 1 else 0

    def _lock(self, on):
        """Of this process against others; its threads are kept apart by a lock of their own."""
        if fcntl:
            fcntl.lockf(self._file, fcntl.LOCK_EX if on else fcntl.LOCK_UN)


class SharedCounts:
    """The same in Redis: of each minute one hash, gone two minutes later, from a place to times.

    The clock is that of Redis, so that all machines mean the same minute.
    """

    PATIENCE = 0.25  # seconds: a page does not wait for its count

    def __init__(self, url):
        import redis  # the extra "redis": only who has more than one machine needs it

        self._redis = redis.Redis.from_url(
            url,
            socket_timeout=self.PATIENCE,
            socket_connect_timeout=self.PATIENCE,
            retry=None,
            health_check_interval=30,
        )
        self._take = self._redis.register_script(TAKE)

    def wait(self, key, most, now=None):
        """As `Counts.wait`; `redis.RedisError` when it cannot be asked."""
        asked = [most - 1 + NEARLY, "" if now is None else repr(now), *places_of(key)]
        taken, count, before, gone = self._take(args=asked)
        return 0 if taken else seconds_until(most, count, before, float(gone))

    def close(self):
        self._redis.close()


# ARGV: more than so many and there is no other; the time or ""; the places.
TAKE = """
local now = tonumber(ARGV[2])
if not now then
    local told = redis.call('TIME')
    now = told[1] + told[2] / 1000000
end
local minute, gone = math.floor(now / 60), now % 60 / 60
local this, last = 'pace:' .. minute, 'pace:' .. (minute - 1)
local count, before
for n = 3, #ARGV do
    local c = tonumber(redis.call('HGET', this, ARGV[n]) or 0)
    local b = tonumber(redis.call('HGET', last, ARGV[n]) or 0)
    if not count or c + b * (1 - gone) < count + before * (1 - gone) then
        count, before = c, b
    end
end
if count + before * (1 - gone) > tonumber(ARGV[1]) then
    return {0, count, before, string.format('%.17g', gone)}
end
for n = 3, #ARGV do
    redis.call('HINCRBY', this, ARGV[n], 1)
end
redis.call('EXPIRE', this, 120)
return {1, count, before, string.format('%.17g', gone)}
"""


def places_of(key):
    """Where in the file stands what counts for this key; in Redis the names of fields."""
    secret = settings.SECRET_KEY.encode()[:64]
    digest = hashlib.blake2b(key.encode(), key=secret, digest_size=4 * ROWS).digest()
    numbers = struct.unpack(f"<{ROWS}I", digest)
    return [(row * PLACES + n % PLACES) * _place.size for row, n in enumerate(numbers)]


def seconds_until(most, count, before, gone):
    """Until less than `most` lies within a minute, if nothing more comes."""
    if count < most:  # as soon as enough of the minute before has passed
        part = 1 - (most - 1 - count) / before - gone
    else:  # not before the next minute, of which this one is then the one before
        part = 1 - gone + 1 - (most - 1) / count
    return max(1, math.ceil(part * SECONDS - NEARLY / 10))
