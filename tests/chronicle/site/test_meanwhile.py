"""Who turns pages while the press prints reads everything that stood there before once, and nothing twice."""

from datetime import date, time

import pytest

from tests.support.reading import headlines, way
from tests.support.record import Telling, make_page, make_source, make_story, make_term, print_entries

pytestmark = pytest.mark.django_db
ADDRESS = "/the-flood/timeline/"
DAYS = [date(2021, 3, day) for day in (2, 3, 4)]


@pytest.fixture
def tell():
    """Print so many entries, through three days: told on each, every third of them after it happened."""
    story = make_story()
    kind, source, pages = (
        make_term(story, "kind", "Water"),
        make_source(story),
        [make_page(story, day) for day in DAYS],
    )

    def print_many(called, count, hours):
        for day, page in enumerate(pages):
            tellings = (
                Telling(
                    f"{called} {day} {n}",
                    kind,
                    sources=[source],
                    at=time(hours[n % len(hours)], n % 60),
                    happened_on=DAYS[0] if n % 3 == 0 else None,
                )
                for n in range(count)
            )
            print_entries(page, list(tellings))

    return print_many


ORDERS = ["order=newest", "order=oldest", "kind=1", "q=old+OR+new", "q=old+OR+new&order=oldest"]


@pytest.mark.parametrize("by", ["happened", "told"])
@pytest.mark.parametrize("query", ORDERS)
def test_nothing_is_shown_twice_or_lost(client, tell, by, query):
    tell("Old", 34, range(2, 22))
    query = f"?by={by}&{query}"
    page = client.get(ADDRESS + query)
    stood, read = everything(client, page), headlines(page)
    assert len(stood) == len(set(stood)) == 102

    tell("New", 24, range(24))
    while following := way(page, "next"):
        page = client.get(ADDRESS + following)
        read += headlines(page)

    assert [headline for headline in read if headline.startswith("Old")] == stood
    assert len(read) == len(set(read)) > 102
    assert len(everything(client, client.get(ADDRESS + query))) == 174


def everything(client, page):
    """The headlines of a list from ``page`` on."""
    found = headlines(page)
    while following := way(page, "next"):
        page = client.get(ADDRESS + following)
        found += headlines(page)
    return found


def test_who_turns_back_reads_what_stood_before_the_page(client, tell):
    tell("Old", 34, range(2, 22))
    first = client.get(ADDRESS)
    second = client.get(ADDRESS + way(first, "next"))

    tell("New", 15, [23])
    back = client.get(ADDRESS + way(second, "prev"))

    shown = headlines(back)
    old = [headline for headline in shown if headline.startswith("Old")]
    assert shown[-1] == headlines(first)[-1]
    assert old == headlines(first)[-len(old) :]
    assert way(back, "prev")
