"""No public page asks the database more than eight questions, and none asks more for holding more."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chronicle.documents import TEXTS
from chronicle.site.search import matching
from events.editorial import publishing, texts, writing
from events.models import Citation
from tests.support.cast import approve_all, fresh, make_event, publish
from tests.support.factories import TextFactory
from tests.support.record import (
    Telling,
    make_page,
    make_source,
    make_story,
    make_term,
    print_entries,
    print_many,
)

MOST = 8


def queries(client, address: str, status: int = 200) -> int:
    """How many queries one answer takes."""
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == status
    return len(asked)


LISTS = [
    "/",
    "/the-flood/",
    "/the-flood/days/",
    "/the-flood/day-3/",
    "/the-flood/day-2/",
    "/the-flood/day-3/?kind=1",
    "/the-flood/day-3/?kind=1&kind=2&place=1&actor=1&part=night&part=morning&standing=single",
    "/the-flood/day-3/?kind=1&place=99&actor=98&standing=disputed&part=tea",
    "/the-flood/day-3/?after=1",
    "/the-flood/kind/1-damage/",
    "/the-flood/kind/1-damage/?q=report&part=night&standing=single&place=1&place=2&actor=1",
    "/the-flood/place/1-bridge/",
    "/the-flood/place/1-bridge/?kind=1&kind=2&q=report",
    "/the-flood/actor/1-city/?from=2021-03-01&by=told&order=oldest",
    "/the-flood/outlet/1-the-harbour-post/",
    "/the-flood/source/1-the-river-rises/?stance=supports&q=report+-none",
    "/the-flood/kinds/",
    "/the-flood/places/?order=number",
    "/the-flood/people/?from=c",
    "/the-flood/outlets/?order=number",
    "/the-flood/sources/",
    "/the-flood/sources/?outlet=1",
    "/the-flood/media/",
    "/sitemap.xml",
    "/the-flood/sitemap-1.xml",
    "/the-flood/sitemap-2.xml",
    "/the-flood/sitemap-3.xml",
    "/the-flood/picture.png",
    "/the-flood/day-3/picture.png",
]


@pytest.mark.django_db
@pytest.mark.parametrize("address", LISTS)
def test_a_list_takes_as_many_queries_with_5_entries_as_with_200(client, address):
    counts = []
    make_story(title="Another", slug="another")
    for number in (5, 200):
        story = make_story(title=f"The flood in {number} reports", slug=f"flood-{number}")
        print_many(make_page(story, headline="The river rises"), number)
        counts.append(queries(client, address.replace("the-flood", story.slug)))

    assert counts[0] == counts[1] <= MOST


@pytest.mark.django_db
def test_the_address_by_date_takes_one_query(client):
    make_story()

    assert queries(client, "/the-flood/2021-03-03/", status=301) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/the-flood/day-99/", "/nowhere/", "/the-flood/entry/1/", "/the-flood/about/"]
)
def test_a_missing_page_is_cheap(client, address):
    make_story()

    assert queries(client, address, status=404) <= 2


def test_an_entry_takes_as_many_queries_with_many_citations_and_editions(
    client, day, kind, editor, moderator, source, other_source
):
    counts = []
    for copies in (1, 20):
        event = make_event(editor, day, kind, headline=f"A bridge, {copies}")
        for n in range(copies):
            citation = Citation(event=event, source=(source, other_source)[n % 2], quote=f"Quotation {n}.")
            writing.save_citation(citation, by=editor)
        approve_all(event, moderator)
        publish(event, editor)
        for n in range(copies - 1):
            event = fresh(event)
            event.headline = f"A bridge, said {n} times"
            writing.save_event(event, by=editor, seen=event.version)
            publish(event, editor, note=f"Said once more: {n}.")
        counts.append(queries(client, f"/the-flood/entry/{fresh(event).printed.number}/"))

    assert counts[0] == counts[1] <= MOST


def test_a_text_takes_as_many_queries_with_many_editions(client, text, admin_person):
    counts = []
    for number in (1, 20):
        for _ in range(number):
            text = fresh(text)
            text.title = f"Told {text.version} times"
            texts.save_text(text, by=admin_person, seen=text.version)
            texts.publish_text(text, by=admin_person, seen=text.version, note="Once more.")
        counts.append(queries(client, "/the-flood/about/"))

    assert counts[0] == counts[1] == 3


@pytest.mark.parametrize("address", ["/the-flood/", "/the-flood/day-3/", "/the-flood/entry/1/"])
def test_the_links_to_texts_take_no_query(client, published, admin_person, address):
    before = queries(client, address)
    for name in TEXTS:
        TextFactory(name=name, published=True)

    assert queries(client, address) == before


def test_a_tombstone_keeps_to_the_budget(client, published, editor):
    publishing.withdraw(published, by=editor, seen=published.version, reason="It was another bridge.")

    assert queries(client, f"/the-flood/entry/{published.printed.number}/", status=410) <= MOST


@pytest.mark.django_db
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
def test_a_term_keeps_to_the_budget_however_much_is_under_and_about_it(client, facet, state):
    address = many_under_all()[facet]

    assert queries(client, address + state) <= MOST


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["", "?q=report&kind=1&place=2", "?media=yes&after=40", "?place=Town+1"])
def test_the_media_keep_to_the_budget_however_many_there_are(client, state):
    many_under_all()

    assert queries(client, f"/the-flood/media/{state}") <= MOST
    assert queries(client, f"/the-flood/day-3/{state}") <= MOST


def many_under_all() -> dict[str, str]:
    """The pages of a term of each facet with 600 entries, and much that belongs to it or that it lies in."""
    story = make_story()
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


@pytest.fixture
def scattered(db):
    """Places that lie in more others than are counted of many entries; the last has a key event."""
    story = make_story()
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
def test_neither_scattered_places_nor_too_many_matches_take_more(
    client, scattered, monkeypatch, address, most
):
    monkeypatch.setattr(matching, "MOST", most)

    assert queries(client, f"/the-flood/{address}") <= MOST
