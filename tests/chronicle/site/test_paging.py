"""The pages of a list across days; see test_budget_of_many.py for what each costs."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chronicle.models import Entry
from chronicle.site.search import matching
from tests.support.reading import headlines, main_of, notices, way
from tests.support.record import Telling, make_page, make_story, make_term, print_entries

ADDRESS = "/the-flood/timeline/"
MOST_QUERIES = 8


def pages(client, query: str = "", rel: str = "next") -> list[list[str]]:
    """The headlines of each page from the one that ``query`` asks for on."""
    found, address = [], ADDRESS + query
    while address:
        response = client.get(address)
        found.append(headlines(response))
        following = way(response, rel)
        address = ADDRESS + following if following else ""
    return found


@pytest.fixture
def flood(db):
    return make_story()


@pytest.fixture
def hundred(flood):
    """130 entries over four days, every other of one kind."""
    kinds = [make_term(flood, "kind", name) for name in ("Damage", "Rescue")]
    for day in range(4):
        page = make_page(flood, date(2021, 3, 1 + day))
        numbers = range(day, 130, 4)
        tellings = [
            Telling(f"Report {n:03} of water", kinds[n % 2], at=time(n % 24, n % 60)) for n in numbers
        ]
        print_entries(page, tellings)


@pytest.mark.parametrize(
    "query",
    [
        "?",
        "?order=oldest",
        "?by=told",
        "?by=told&order=oldest",
        "?q=water",
        "?q=water&order=oldest",
        "?kind=1",
    ],
)
@pytest.mark.parametrize("most", [10_000, 7])
def test_pages_hold_every_entry_once_and_lead_back(client, hundred, monkeypatch, query, most):
    monkeypatch.setattr(matching, "MOST", most)
    forth = pages(client, query)
    last = client.get(ADDRESS + query)
    while following := way(last, "next"):
        last = client.get(ADDRESS + following)
    back = [headlines(last)]
    while preceding := way(last, "prev"):
        last = client.get(ADDRESS + preceding)
        back.insert(0, headlines(last))

    shown = [headline for page in forth for headline in page]
    expected = Entry.objects.filter(entry_terms__term__label="Damage") if "kind" in query else Entry.objects
    assert sorted(shown) == sorted(expected.values_list("headline", flat=True))
    assert [headline for page in back for headline in page] == shown


def test_more_matches_than_are_counted_say_so(client, hundred, monkeypatch):
    monkeypatch.setattr(matching, "MOST", 7)

    response = client.get(ADDRESS + "?q=water")

    assert "10,000+ entries" in main_of(response)
    assert any("Choices stand without a count" in said for said in notices(response))


@pytest.mark.parametrize("cursor", ["before=9223372036854775807.5", "after=-9223372036854775807.5"])
def test_a_tier_that_is_none_asks_nothing_for_each_number_up_to_it(client, hundred, monkeypatch, cursor):
    monkeypatch.setattr(matching, "MOST", 7)

    with CaptureQueriesContext(connection) as asked:
        response = client.get(f"{ADDRESS}?q=water&{cursor}")

    assert response.status_code == 200
    assert len(asked) <= MOST_QUERIES + 2


def test_what_lies_early_among_too_many_matches_is_not_far_behind_the_newest(client, flood, monkeypatch):
    monkeypatch.setattr(matching, "MOST", 2500)
    kind = make_term(flood, "kind", "Damage")
    for day in range(6):
        page = make_page(flood, date(2021, 3, 1 + day))
        print_entries(page, [Telling(f"Water {day} {n}", kind) for n in range(500)])

    first = client.get(f"{ADDRESS}?q=water&order=newest&to=2021-03-02")
    second = client.get(ADDRESS + way(first, "next"))

    assert headlines(first) or headlines(second)
