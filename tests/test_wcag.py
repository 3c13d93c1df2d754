"""The table of WCAG is whole, and what it names is there; no two pages share a title."""

import re
from collections import Counter

import pytest
from django.conf import settings
from django.urls import reverse

from trupaths.views import WORDS

# WCAG 2.2: the criteria of level A and AA of each guideline.
CRITERIA = """
    1.1.1 1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.3.3 1.3.4 1.3.5 1.4.1 1.4.2 1.4.3 1.4.4 1.4.5
    1.4.10 1.4.11 1.4.12 1.4.13 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 2.4.5
    2.4.6 2.4.7 2.4.11 2.5.1 2.5.2 2.5.3 2.5.4 2.5.7 2.5.8 3.1.1 3.1.2 3.2.1 3.2.2 3.2.3 3.2.4
    3.2.6 3.3.1 3.3.2 3.3.3 3.3.4 3.3.7 3.3.8 4.1.2 4.1.3
""".split()
WCAG = settings.BASE_DIR / "docs" / "accessibility.md"
NAMED = re.compile(r"`((?:\w+/)+(?:[\w.-]+\.(?:py|md|js|html))?)(?:::(\w+))?`")


def test_each_criterion_has_one_row():
    rows = re.findall(r"^\| ([1-4]\.\d\.\d+) \|(?: [^|]+ \|){3}$", WCAG.read_text(), re.MULTILINE)
    assert len(CRITERIA) == 55
    assert Counter(rows) == Counter(CRITERIA)


def test_every_file_and_test_that_it_names_is_there():
    named = NAMED.findall(WCAG.read_text())
    assert len(named) > 50
    for path, test in named:
        file = settings.BASE_DIR / path
        assert file.exists(), path
        assert not test or f"def {test}(" in file.read_text(), (path, test)


@pytest.mark.django_db
def test_no_two_pages_of_the_menus_share_a_title(client):
    names = ["home", "therapies:list", "therapies:condition_list", "providers:list",
             "recommendations:saved", "recommendations:list", "recommendations:your_data",
             "assistant:page", *WORDS]  # fmt: skip
    titles = Counter()
    for name in names:
        page = client.get(reverse(name)).content.decode()
        titles[re.search(r"<title>(.+)</title>", page)[1]] += 1
    assert titles.most_common(1)[0][1] == 1
