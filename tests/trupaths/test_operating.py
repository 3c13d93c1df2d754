"""What the guides for operators tell to type is there: commands, options, targets, files."""

import re

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

from drills.__main__ import DRILLS

BASE = settings.BASE_DIR
GUIDES = ["README.md", "docs/operating.md", "docs/clusters.md", "docs/migrations.md"]
# What stands before the name of a command, wherever the text runs it.
CALL = re.compile(r"(?:manage\.py|trupaths-manage|\$run(?: -it)? trupaths) +([a-z_]+)(.*)")
OURS = ("deploy/", "scripts/", "fixtures/", "docs/", "requirements")


def typed(guide):
    """Lines of blocks, without comments, and what stands between backticks."""
    blocks = re.findall(r"^```sh\n(.*?)^```", guide, re.S | re.M)
    indented = re.findall(r"^    \S.*$", guide, re.M)
    lines = "\n".join([*blocks, *indented]).replace("\\\n", " ").splitlines()
    rest = re.sub(r"^```.*?^```", "", guide, flags=re.S | re.M)
    return [re.sub(r"\s#.*", "", line) for line in lines] + re.findall(r"`([^`]+)`", rest)


@pytest.fixture(scope="module", params=GUIDES)
def lines(request):
    found = typed((BASE / request.param).read_text())
    assert len(found) > 5
    return found


def test_each_command_and_each_of_its_options_is_one_of_ours(lines):
    known = get_commands()
    calls = [match.groups() for line in lines if (match := CALL.search(line))]
    assert calls and {name for name, _ in calls} <= known.keys()
    for name, rest in calls:
        app = known[name]
        command = load_command_class(app, name) if isinstance(app, str) else app
        options = command.create_parser("manage.py", name)._option_string_actions
        asked = set(re.findall(r"(?<![\w-])--[a-z-]+", rest.split("&&")[0]))
        assert asked <= options.keys(), (name, asked - options.keys())


def test_each_target_drill_and_file_is_there(lines):
    text = "\n".join(lines)
    targets = re.findall(r"^([a-z-]+):", (BASE / "Makefile").read_text(), re.M)
    asked = re.findall(r"^make(?: -C \S+)? ([a-z-]+)", text, re.M)
    assert set(asked) <= set(targets)
    assert set(re.findall(r"-m drills ([a-z_]+)", text)) <= DRILLS.keys()
    paths = [word for word in re.split(r"[\s\"'=()\[\]]+", text) if word.startswith(OURS)]
    assert [path for path in paths if not list(BASE.glob(path.rstrip("/.,:")))] == []
    guides = re.findall(r"^[a-z-]+\.md$", text, re.M)
    assert [name for name in guides if not (BASE / "docs" / name).exists()] == []
