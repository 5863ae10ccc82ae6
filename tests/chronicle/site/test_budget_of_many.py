"""A page that holds hundreds asks the database no more than one that holds five, and at most eight times.

All that these tests read is built once for all of them: they change nothing.
"""

from datetime import time, timedelta

import pytest

from chronicle.models import Chronicle
from chronicle.site.search import matching
from tests.support.counting import MOST, queries
from tests.support.record import (
    Telling,
    make_page,
    make_source,
    make_story,
    make_term,
    print_entries,
    print_many,
)
from tests.support.sampling import kept_for_a_module


@pytest.fixture(scope="module")
def built_many(django_db_setup, django_db_blocker):
    """Stories of 5 and of 200 entries alike, of 5, 300 and 1,300 of another make, and what is below."""
    with kept_for_a_module(django_db_blocker):
        with django_db_blocker.unblock():
            for number in (5, 200):
                story = make_story(title=f"The flood in {number} reports", slug=f"flood-{number}")
                print_many(make_page(story, headline="The river rises"), number)
            for number in (5, 300, 1300):
                tell(make_story(slug=f"counted-{number}"), number)
            scatter(make_story(slug="scattered"))
            addresses = many_under_all(make_story())
        yield addresses


@pytest.fixture
def many(built_many: dict[str, str], db: None) -> dict[str, str]:
    """The pages of a term of each facet with 600 entries."""
    return built_many


def tell(story: Chronicle, number: int) -> None:
    """So many entries on one day, under two kinds, two places and an actor."""
    kinds = [make_term(story, "kind", name) for name in ("Damage", "Rescue")]
    places = [make_term(story, "place", name) for name in ("Bridge", "Mill")]
    common = {"actors": [make_term(story, "actor", "City")], "sources": [make_source(story)]}
    tellings = (
        Telling(f"Report {n}", kinds[n % 2], [places[n % 3 % 2]], at=time(n % 24, n % 60), **common)
        for n in range(number)
    )
    print_entries(make_page(story), tellings)


def scatter(story: Chronicle) -> None:
    """Places that lie in more others than are counted of many entries; the last has a key event."""
    kind, source = make_term(story, "kind", "Damage"), make_source(story)
    regions = [make_term(story, "place", f"Region {n}") for n in range(27)]
    towns = [
        make_term(story, "place", f"Town {n}", within=region.subject) for n, region in enumerate(regions)
    ]
    others = [Telling(f"Water {n}", kind, [towns[n % 26]], sources=[source]) for n in range(104)]
    print_entries(make_page(story, story.first_date), others)
    rescue = make_term(story, "kind", "Rescue")
    last = Telling("Water, the last", kind, [towns[26]], sources=[source], key=True)
    print_entries(make_page(story), [last, Telling("Water again", rescue, towns[25:], sources=[source])])


def many_under_all(story: Chronicle) -> dict[str, str]:
    """The pages of a term of each facet with 600 entries, and much that belongs to it or that it lies in."""
    kinds = [make_term(story, "kind", name) for name in ("Damage", "Rescue")]
    region = make_term(story, "place", "Region")
    district = make_term(story, "place", "District", within=region.subject)
    towns = [make_term(story, "place", f"Town {n}", within=district.subject) for n in range(20)]
    streets = [make_term(story, "place", f"Street {n}", within=towns[n].subject) for n in range(20)]
    actors = [make_term(story, "actor", f"Brigade {n}") for n in range(20)]
    first = make_source(story, "Bulletin", relays="")
    media = [
        make_term(story, "asset", f"Picture {n}", place=streets[n % 20].subject, source=first.subject)
        for n in range(60)
    ]
    sources = [first, *(make_source(story, f"Bulletin {n}", relays=first.subject) for n in range(20))]
    for day in range(6):
        tellings = [
            Telling(
                headline=f"Report {n}",
                kind=kinds[n % 2],
                places=[streets[n % 20]],
                actors={actors[0], actors[n % 20]},
                sources=[first, *sources[1 + n % 20 :][:1]],
                media=[media[0], media[n % 60]] if n % 60 else [media[0]],
            )
            for n in range(100)
        ]
        print_entries(make_page(story, story.first_date + timedelta(days=day)), tellings)
    return {
        term.facet: term.get_absolute_url() for term in (kinds[0], district, actors[0], first, media[0])
    } | {"outlet": "/the-flood/outlet/1-the-harbour-post/"}


LISTS = [
    "",
    "days/",
    "day-3/",
    "day-2/",
    "day-3/?kind=1",
    "day-3/?kind=1&kind=2&place=1&actor=1&part=night&part=morning&standing=single",
    "day-3/?kind=1&place=99&actor=98&standing=disputed&part=tea",
    "day-3/?after=1",
    "kind/1-damage/",
    "kind/1-damage/?q=report&part=night&standing=single&place=1&place=2&actor=1",
    "place/1-bridge/",
    "place/1-bridge/?kind=1&kind=2&q=report",
    "actor/1-city/?from=2021-03-01&by=told&order=oldest",
    "outlet/1-the-harbour-post/",
    "source/1-the-river-rises/?stance=supports&q=report+-none",
    "kinds/",
    "places/?order=number",
    "people/?from=c",
    "outlets/?order=number",
    "sources/",
    "sources/?outlet=1",
    "media/",
    "sitemap-1.xml",
    "sitemap-2.xml",
    "sitemap-3.xml",
    "picture.png",
    "day-3/picture.png",
]


@pytest.mark.parametrize("address", LISTS)
def test_a_list_takes_as_many_queries_with_5_entries_as_with_200(client, many, address):
    few, more = (queries(client, f"/flood-{number}/{address}") for number in (5, 200))

    assert few == more <= MOST


@pytest.mark.parametrize("facet", ["kind", "place", "actor", "outlet", "source", "asset"])
@pytest.mark.parametrize(
    "state",
    [
        "",
        "?q=report",
        "?q=report&order=newest",
        "?kind=1&place=2&place=3&actor=1&part=morning&standing=single",
        "?q=rep*&kind=1&by=told&from=2021-03-01&to=2021-03-06&order=oldest",
    ],
)
def test_a_term_keeps_to_the_budget_however_much_is_under_and_about_it(client, many, facet, state):
    assert queries(client, many[facet] + state) <= MOST


@pytest.mark.parametrize("state", ["", "?q=report&kind=1&place=2", "?media=yes&after=40", "?place=Town+1"])
def test_the_media_keep_to_the_budget_however_many_there_are(client, many, state):
    assert queries(client, f"/the-flood/media/{state}") <= MOST
    # Of a day no words are looked for.
    assert queries(client, f"/the-flood/day-3/{state.replace('q=report&', '')}") <= MOST


QUERIES = [
    "",
    "?kind=1",
    "?kind=1&place=1&actor=1&part=night&standing=single",
    "?kind=1&kind=2&by=told&order=oldest",
    "?q=report",
    "?q=report&kind=1&order=oldest",
    "?q=report&by=told",
    "?from=2021-03-01&to=2021-03-03&place=Bridge",
    "?after=5",
]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("number", [5, 1300])
def test_no_state_of_a_timeline_asks_more_than_eight_questions(client, many, query, number):
    assert queries(client, f"/counted-{number}/timeline/{query}") <= MOST


@pytest.mark.parametrize("address", ["day-3/?", "timeline/?", "timeline/?q=report&"])
@pytest.mark.parametrize("named", ["place=Bridge", "place=Nowhere", "place=Bridge&place=Nowhere"])
def test_names_in_place_of_numbers_keep_to_the_budget(client, many, address, named):
    assert queries(client, f"/counted-300/{address}{named}") <= MOST


@pytest.mark.parametrize("most", [12, 10_000])
@pytest.mark.parametrize(
    "address",
    [
        "day-3/",
        "day-3/?kind=1",
        "day-3/?part=morning",
        "day-3/?place=town+26",
        "timeline/?q=water&kind=damage&standing=single",
        "timeline/?q=water&kind=damage&to=2021-03-03",
        "kind/1-damage/?q=water&standing=single",
        "kind/1-damage/?q=water&place=town+26",
        "kind/1-damage/?q=water&place=town+26&standing=single",
        "outlet/1-the-harbour-post/?" + "&".join(f"place=town+{n}" for n in range(27)),
    ],
)
def test_neither_scattered_places_nor_too_many_matches_take_more(client, many, monkeypatch, address, most):
    monkeypatch.setattr(matching, "MOST", most)

    assert queries(client, f"/scattered/{address}") <= MOST
