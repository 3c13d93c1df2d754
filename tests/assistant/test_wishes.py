"""What a question asks for is learned from lessons, the same each time."""

import pytest

from assistant.evaluation import rows
from assistant.passages import passages
from assistant.wishes import PATH, teaching, wishes

LESSONS = [
    *[(f"{how} does it cost", "cost") for how in ("what", "how much", "please what")],
    *[(f"{how} many weeks is it", "cadence") for how in ("how", "so how", "about how")],
]


def best(text):
    shares = wishes(text)
    return max(shares, key=shares.get)


def test_the_same_lessons_weigh_the_same_and_tell_wishes_apart():
    table = teaching.learn(LESSONS)
    assert table == teaching.learn(LESSONS)
    assert table["weeks"]["cadence"] > 0 > table["weeks"]["cost"]


def test_shares_are_shares_also_of_words_that_no_lesson_held():
    for text in ("", "qwertz", "how many weeks is it"):
        assert sum(wishes(text).values()) == pytest.approx(1)
        assert min(wishes(text).values()) >= 0


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("my husband came home last month how many weeks would it be", "cadence"),
        ("would they tell my boss", "private"),
        ("i have no insurance what will it cost me", "cost"),
        ("should someone with a pacemaker avoid it", "careful"),
    ],
)
def test_a_wish_is_found_in_words_that_are_no_lesson(text, wish):
    assert best(text) == wish


def test_every_wish_that_a_passage_meets_is_taught(pages):
    taught = {row["wish"] for row in rows("lessons.csv")}
    met = {family for passage in passages(pages) for family in passage.families}
    assert met <= taught == set(wishes("it"))
    assert PATH.stat().st_size <= 450_000
