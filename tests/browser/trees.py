"""What a screen reader is told of a page: its tree, compared with a file in snapshots/.

A file names the landmarks, headings, lists and controls in their order. Sentences and addresses
are left out, so that other words on a page change nothing here. After a change that is meant:

    SNAPSHOTS=renew make test-browser ARGS="-k by_everyone"

Then read what `git diff tests/browser/snapshots` shows, as someone who cannot see the page.
"""

import os
import re
from difflib import unified_diff
from pathlib import Path

FOLDER = Path(__file__).parent / "snapshots"
# What holds sentences, and counts only for the controls in it.
WORDS = {"text", "paragraph", "strong", "emphasis", "code", "insertion", "deletion", "time"}
# What keeps its place, without its words.
PLACES = {"listitem", "definition", "status", "alert", "cell"}
LINE = re.compile(r"( *)- '?(/?[a-z]+)(.*)")


def faults(locator, name):
    """A difference between the tree of what `locator` finds and the file, as lines of a diff."""
    path, tree = FOLDER / f"{name.replace(' ', '-')}.yml", outline(locator.aria_snapshot())
    if os.environ.get("SNAPSHOTS") == "renew":
        path.write_text(tree)
    kept = path.read_text() if path.exists() else ""
    yield from unified_diff(
        kept.splitlines(), tree.splitlines(), f"{path.name}", "now", lineterm=""
    )


def outline(snapshot):
    """From the last line to the first: a line is kept for what it is, or for what is kept in it."""
    kept, depth = [], -1  # of the line kept last, which stands below
    for line in reversed(snapshot.splitlines()):
        indent, role, rest = LINE.match(line).groups()
        holds = depth > len(indent)
        cites = rest.startswith(' "Reference ')  # as much a matter of words as its sentence
        if role.startswith("/") or cites or (role in WORDS and not holds):
            continue
        if not holds:
            line = f"{indent}- {role}" if role in PLACES else _without_address(line)
        if not (role in PLACES and kept and kept[-1] == line and not holds):  # many of a kind: one
            kept.append(line)
            depth = len(indent)
    return "\n".join(reversed(kept)) + "\n"


def _without_address(line):
    """Of a control that holds nothing more; what stands in a box may be an address too."""
    return re.sub(r"(: \"?https?://.*|:)$", "", line)
