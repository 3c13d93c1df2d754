"""What a visitor typed never reaches a log: no query string, no request data, no forged line.

Nor does a part of a path that opens something: the key in /confirm/<token>/. Lines are text, or one
JSON object each (LOG_FORMAT); both say of which request they are.
"""

import json
import logging
import re
import time
import traceback
from datetime import UTC, datetime

from .tracing import current, view_of

_query = re.compile(r"(?<=[^\s?])\?[^\s\"'<>]*")
_address = re.compile(r"(?:https?:/)?/[^\s\"'<>]*")
_key = re.compile(r"(?<=/)(confirm|corrections|shared|preview)/[^/\s\"'<>]+")
_control = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029]")


def without_queries(text):
    return _address.sub(lambda found: without_keys(_query.sub("", found[0])), text)


def without_keys(path):
    return _key.sub(r"\1/-", path)


def one_line(text):
    """Control characters as escapes, so that no input can start a line of its own."""
    return _control.sub(lambda found: ascii(found[0])[1:-1], text)


class DropQuery(logging.Filter):
    """Leaves what may be kept: the sentence, where it happened, the number of the request."""

    def filter(self, record):
        try:
            message = record.getMessage()
        except Exception:  # a wrong format string must not silence the record
            message = str(record.msg)
        record.msg, record.args = one_line(without_queries(message)), ()
        told = record.__dict__.pop("request", None)
        request = current.get() if told is None else told
        record.number = getattr(request, "number", "-")
        if request is not None:
            record.view = view_of(request)
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            if told is not None and record.levelno < logging.ERROR:
                record.exc_text = None  # a refusal, not a fault of ours
            elif request is None:
                record.exc_text = without_queries("".join(traceback.format_exception(error)))
            else:
                record.exc_text = places(error)
            # The formatter takes exc_text; nothing after us can print the error itself.
            record.exc_info = None
        return True


class Text(logging.Formatter):
    """A line in the time of UTC, wherever TIME_ZONE is: no hour comes twice."""

    converter = time.gmtime

    def __init__(self):
        super().__init__("%(asctime)s %(levelname)s %(name)s %(number)s %(message)s")


class Json(logging.Formatter):
    """One object a line, of the fields named here and no others."""

    FIELDS = {
        "number": "request", "view": "view", "status_code": "status", "ms": "ms",
        "exc_text": "error",
    }  # fmt: skip

    def format(self, record):
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        for attribute, name in self.FIELDS.items():
            if (value := getattr(record, attribute, None)) not in (None, "", "-"):
                line[name] = value
        return json.dumps(line, ensure_ascii=False)


def places(error):
    """Where it happened, without the words of the error: they may quote what was typed."""
    found, seen = [], set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        lines = traceback.format_tb(error.__traceback__)
        found.append(f"{''.join(lines)}{type(error).__module__}.{type(error).__qualname__}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\nwhich came after\n".join(found)
