"""Each drill is a command that refuses wrong use; what they find is in docs/drills.md."""

import importlib
import subprocess
import sys

import pytest
from django.conf import settings

from drills.__main__ import DRILLS


@pytest.mark.parametrize("name", DRILLS)
def test_a_drill_exists_and_is_written_down(name):
    module, function, _ = DRILLS[name]
    assert callable(getattr(importlib.import_module(f"drills.{module}"), function))
    assert f"`{name}`" in (settings.BASE_DIR / "docs" / "drills.md").read_text()


@pytest.mark.parametrize("wrong", [[], ["none"], ["soak", "--minutes=0"], ["saves", "--clients=2"]])
def test_wrong_use_is_refused(wrong):
    done = subprocess.run(
        [sys.executable, "-m", "drills", *wrong],
        cwd=settings.BASE_DIR, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 2 and "usage: python -m drills" in done.stderr
