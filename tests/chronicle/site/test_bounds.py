"""How much of an address a page goes by and writes out again, and what it says of the rest."""

import re
from urllib.parse import urlencode

import pytest

from chronicle.site.bounds import ADDRESS_IS_LONG, SEARCH_IS_LONG
from chronicle.site.filters import TERMS
from tests.support.factories import EventFactory
from tests.support.reading import text_of

pytestmark = pytest.mark.django_db

DAY, TIMELINE, KIND, MEDIA = (
    f"/the-flood/{path}" for path in ("day-3/", "timeline/", "kind/1-damage/", "media/")
)
MOST_ECHOED = 50_000
ASKED = re.compile(r"10000\d{4}|([a-z])\1{19,}")
"""What stands in an address here and in no page of itself."""


def numbers(each, facets=TERMS):
    """So many numbers of no term in each of ``facets``, each of which is found again in a page."""
    return [(facet, str(100_000_000 + 1_000 * n + k)) for n, facet in enumerate(facets) for k in range(each)]


WORST = {
    "as many choices as are used": numbers(50),
    "more choices than are used": numbers(200),
    "as many as links to days keep": numbers(20, ["place"]),
    "one more than links to days keep": numbers(28, ["place"]),
    "long names": [(facet, f"{k:02}{'x' * 98}") for facet in TERMS for k in range(50)],
    "names that are too long": [(facet, f"{k:02}{'y' * 900}") for facet in TERMS for k in range(50)],
    "what means nothing": [("part", f"{k:02}{'z' * 98}") for k in range(300)],
    "a long search": [("q", "q" * 9_000)],
    "a search and choices": [("q", "w" * 300), *numbers(50)],
    "one order many times": [("order", f"{k:04}{'o' * 90}") for k in range(200)],
    "days that are none": [("from", "f" * 5_000), ("to", "t" * 5_000)],
}


@pytest.fixture(autouse=True)
def told(db):
    return EventFactory(published=True)


def echoed(page):
    """Bytes of ``page`` that repeat what was asked for, with the names that stand before it in links."""
    return sum(len(found[0]) + len("&amp;source=") for found in ASKED.finditer(page))


@pytest.mark.parametrize("address", [DAY, TIMELINE, KIND, MEDIA])
@pytest.mark.parametrize("worst", WORST)
def test_no_page_repeats_more_than_so_much_of_what_was_asked(client, address, worst):
    asked = WORST[worst]
    page = client.get(f"{address}?{urlencode(asked)}", follow=True)

    assert page.status_code == 200
    assert echoed(page.text) <= MOST_ECHOED


def test_control_a_page_repeats_what_is_within_bounds(client):
    asked = numbers(3, ["place"])
    assert echoed(client.get(f"{TIMELINE}?{urlencode(asked)}").text) > 500


@pytest.mark.parametrize("address", [DAY, TIMELINE, KIND, MEDIA])
@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ([("place", "y" * 101)], "Passed over, because it is longer than 100 characters: a value of place."),
        (
            numbers(51, ["place"]),
            "Of each facet only the first 50 choices are used: of place there are more.",
        ),
        (numbers(50), "So much is chosen that links to other days do not keep it."),
        ([("place", f"{k}{'x' * 97}") for k in range(50)], ADDRESS_IS_LONG),
        (
            [("part", f"p{k}") for k in range(12)],
            "no such choice: p0, p1, p2, p3, p4, p5, p6, p7, p8, p9 and 2 more",
        ),
    ],
)
def test_what_is_passed_over_is_told_and_kept_by_nobody(client, address, asked, sentence):
    page = client.get(f"{address}?{urlencode(asked)}")

    assert sentence in text_of(page.text)
    assert page["Cache-Control"] == "no-store"


def test_of_a_long_search_the_beginning_is_looked_for(client):
    words = "bridge " * 100
    page = client.get(TIMELINE, {"q": words})
    assert SEARCH_IS_LONG in text_of(page.text)
    assert f'value="{words[:300]}"' in page.text


def test_what_is_within_bounds_stays_in_each_link_to_another_day(client):
    EventFactory(published=True, headline="Another", day__date="2021-03-04")
    page = client.get(f"{DAY}?kind=1&part=morning").text
    assert page.count("?kind=1&amp;part=morning") >= 5
