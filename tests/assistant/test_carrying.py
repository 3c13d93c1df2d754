"""A talk goes on: with the search made before, or the therapy spoken of, and with nothing else."""

import pytest

from assistant.answers import answer
from assistant.carrying import follow
from assistant.engine import engine
from tests.assistant.test_places import map_and_pages, shelf  # noqa: F401 - fixtures
from tests.factories import create_provider
from therapies.library import library

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf")]

# One talk each: a message, and behind => what it looks for, or the kind of its answer.
TALKS = """
DBT => answer
near portland oregon => therapy=dbt near=Portland, OR
only virtual => therapy=dbt delivery=virtual near=Portland, OR
for my daughter who is 15 => therapy=dbt delivery=virtual age=teens near=Portland, OR
and medicaid => therapy=dbt delivery=virtual age=teens pay=medicaid near=Portland, OR
or medicare => therapy=dbt delivery=virtual age=teens pay=medicare near=Portland, OR

dbt near portland oregon => therapy=dbt near=Portland, OR
do they take medicaid? => therapy=dbt pay=medicaid near=Portland, OR
what about denver => therapy=dbt pay=medicaid near=Denver, CO
what about emdr instead => pay=medicaid therapy=emdr near=Denver, CO
closer => pay=medicaid therapy=emdr near=Denver, CO 10
within 100 miles => pay=medicaid therapy=emdr near=Denver, CO 100
a bit farther is ok => pay=medicaid therapy=emdr near=Denver, CO any
it has to be free => therapy=emdr pay=free near=Denver, CO any
not in person => therapy=emdr pay=free not_delivery=in-person near=Denver, CO any

what is emdr => answer
where can i get it? => therapy=emdr
97214 => therapy=emdr near=97214
is it covered? => answer
is it available near 80202 => therapy=emdr near=80202

how long is a session of mbsr? => answer
do they take medicaid => answer
near 97214 => therapy=mbsr-medical-pain pay=medicaid near=97214

cbt near portland => therapy=cbt near=Portland
Portland, ME => therapy=cbt near=Portland, ME

i cannot sleep => condition
97214 => condition=sleep-problems near=97214

dbt near 97214 => therapy=dbt near=97214
thanks => talk
only virtual => unsure

dbt near 97214 => therapy=dbt near=97214
what is emdr => answer
can i do it online => answer
where can i get it => therapy=emdr near=97214

dbt near 97214 => therapy=dbt near=97214
my son is suicidal => crisis
only virtual => unsure

dbt near 97214 => therapy=dbt near=97214
what about dinner => unsure

dbt near portland oregon => therapy=dbt near=Portland, OR
counseling groups near denver => grouping=group near=Denver, CO
find me an emdr therapist => therapy=emdr near=Denver, CO

only virtual => unsure
closer => unsure
what about denver => unsure
""".strip()


def _as_text(search):
    said = [f"{param}={value}" for param, value in search.chosen]
    near = [f"near={search.near}"] if search.near else []
    return " ".join([*said, *near, *([search.radius] if search.radius else [])])


@pytest.mark.parametrize("talk", TALKS.split("\n\n"), ids=lambda talk: talk.split(" =>")[0])
def test_a_message_is_read_with_those_before_it(talk):
    turns = ()
    for line in talk.splitlines():
        message, expected = line.split(" => ")
        search = follow(message, turns, engine(library()).reader).search
        assert (_as_text(search) if search else answer(message, turns).kind) == expected, message
        turns = (*turns, message)


def test_places_of_a_talk_are_those_of_its_search(client, shelf):  # noqa: F811
    place = create_provider(therapies=[shelf.by_slug["emdr"]])
    found = answer("97214", ("what is emdr", "where can i get it")).places
    assert found.search == "/providers/?therapy=emdr&near=97214"
    assert [card.provider for card in found.cards] == [place]
    assert [card.provider for card in client.get(found.search).context["results"].cards] == [place]
