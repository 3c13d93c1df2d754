"""One question to one server: its whole answer within so many seconds and bytes, or a Fault."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from . import brakes

LONGEST = 64 * 1024  # bytes of an answer; a good one has about a thousand


class Fault(Exception):
    """Why there is no answer. Its words may be logged: nothing of question or key is in them."""


def post(url, *, headers, body, seconds):
    """The bytes of the answer, when it is a plain 200."""
    call = _threads.submit(lambda: asyncio.run(_post(url, headers, body, seconds)))
    try:
        # Waited for twice: only the event loop can end a slow call, and only a thread can leave
        # one that hangs while a name is looked up.
        return call.result(seconds)
    except TimeoutError:
        call.cancel()
        raise Fault("it took too long") from None
    except Fault:
        raise
    except Exception as error:  # whatever it is: it may hold the key, so only its name goes on
        raise Fault(f"{type(error).__name__} while it was called") from None


async def _post(url, headers, body, seconds):
    import httpx  # an extra; a system check says so when it is missing

    async with (
        asyncio.timeout(seconds),
        # Nothing from the environment: no proxy, and no password from a file, for words like these.
        # Nor a timeout of its own: the one above ends it.
        httpx.AsyncClient(verify=_trusted(), trust_env=False, timeout=None) as client,  # nosec B113
        client.stream(
            "POST",
            url,
            headers=headers | {"Accept-Encoding": "identity"},
            json=body,
            follow_redirects=False,
        ) as response,
    ):
        if response.status_code != 200:
            raise Fault(f"it answered {response.status_code}")
        answer = bytearray()
        async for part in response.aiter_raw():
            answer += part
            if len(answer) > LONGEST:
                raise Fault("its answer is too long")
        return bytes(answer)


@cache
def _trusted():
    """The authorities that httpx brings, or those of SSL_CERT_FILE for a server of one's own."""
    import httpx

    return httpx.create_ssl_context()


_threads = ThreadPoolExecutor(brakes.AT_ONCE, thread_name_prefix="truai")
