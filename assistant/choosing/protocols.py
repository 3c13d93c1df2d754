"""How the two kinds of servers want to be asked, and where their answers have the text.

Temperature 0, no tools, no stream: a short answer that is read once it is whole.
"""

from collections.abc import Callable
from dataclasses import dataclass

TOKENS = 40  # {"ids": [10, 11, 12]} takes about 15


@dataclass(frozen=True)
class Protocol:
    """`text` takes the decoded answer; it raises LookupError or TypeError on another shape."""

    path: str  # behind TRUAI_BASE_URL
    headers: Callable[[str], dict]  # of the key
    body: Callable[[str, str, str], dict]  # of model, system text, message
    text: Callable[[dict], str]


def _openai_headers(key):
    return {"Authorization": f"Bearer {key}"} if key else {}  # one on this machine needs none


def _openai_body(model, system, message):
    return {
        "model": model,
        "messages": [
            {"role": "system", "content": system},
            {"role": "user", "content": message},
        ],
        "temperature": 0,
        "max_tokens": TOKENS,
        "stream": False,
    }


def _openai_text(answer):
    return answer["choices"][0]["message"]["content"]


def _anthropic_headers(key):
    return {"x-api-key": key, "anthropic-version": "2023-06-01"}


def _anthropic_body(model, system, message):
    return {
        "model": model,
        "system": system,
        "messages": [{"role": "user", "content": message}],
        "temperature": 0,
        "max_tokens": TOKENS,
        "stream": False,
    }


def _anthropic_text(answer):
    return "".join(block["text"] for block in answer["content"])  # none when it refuses


PROTOCOLS = {
    "openai_compatible": Protocol("/chat/completions", _openai_headers, _openai_body, _openai_text),
    "anthropic": Protocol("/v1/messages", _anthropic_headers, _anthropic_body, _anthropic_text),
}
