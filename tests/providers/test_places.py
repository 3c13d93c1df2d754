"""Loading the points that visitors search from."""

import gzip

import pytest
from pytest import approx

from providers import places
from providers.index import index
from providers.models import Place
from tests.factories import create_provider

pytestmark = pytest.mark.django_db

ZIPS = "zip,latitude,longitude,city,state\n97214,45.514,-122.637,Portland,OR\n"
TOWNS = "name,state,latitude,longitude,population\nPortland,OR,45.52,-122.68,650000\n"


@pytest.fixture
def load(tmp_path):
    def load(zips=ZIPS, towns=TOWNS):
        paths = {"zip_path": tmp_path / "zips.csv.gz", "town_path": tmp_path / "towns.csv.gz"}
        for path, text in zip(paths.values(), (zips, towns), strict=True):
            path.write_bytes(gzip.compress(text.encode()))
        return places.load(**paths)

    return load


def test_loading_twice_changes_nothing(load):
    first, second = load(), load()
    assert (first.zips, first.towns, first.new) == (1, 1, 2)
    assert (second.new, second.changed) == (0, 0)
    assert Place.objects.count() == 2


def test_a_town_that_moved_takes_along_listings_without_an_address(load):
    shelter = create_provider(at=None, confidential_address=True)
    assert index.current().point(shelter.pk) is None
    load()
    index.forget()
    assert index.current().point(shelter.pk) == approx((45.52, -122.68), abs=1e-4)
    load(towns=TOWNS.replace("45.52", "45.53"))
    index.forget()
    assert index.current().point(shelter.pk) == approx((45.53, -122.68), abs=1e-4)


@pytest.mark.parametrize(
    ("zips", "sentence"),
    [
        (ZIPS.replace("97214", "9721"), "line 2: '9721' is not a ZIP code of five digits"),
        (ZIPS.replace("45.514", "95"), "line 2: '95', '-122.637' is not a point on the map"),
        (ZIPS.splitlines()[0] + "\n", "line 2: there is nothing below the head"),
    ],
)
def test_a_bad_file_is_named_and_changes_nothing(load, zips, sentence):
    load()
    with pytest.raises(places.BadFile, match=sentence):
        load(zips=zips)
    assert Place.objects.count() == 2
