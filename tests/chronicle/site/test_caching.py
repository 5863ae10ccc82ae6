"""What browsers and caches may keep of a page: by which tag, for how long, and by which names it goes."""

import gzip
from contextlib import closing
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chronicle.models import Log
from chronicle.site import caching
from chronicle.site.caching import NEVER, READERS
from events.editorial import publishing
from tests.support.cast import open_to_readers
from tests.support.factories import EventFactory, PersonFactory, StoryFactory, fresh
from tests.support.media import make_material, public_files, use
from tests.support.record import Telling, make_page, make_story, make_term, print_entries

pytestmark = pytest.mark.django_db

PAGES = [
    "/the-flood/",
    "/the-flood/day-3/",
    "/the-flood/day-3/?kind=1&part=morning",
    "/the-flood/timeline/",
    "/the-flood/timeline/?q=bridge&kind=1",
    "/the-flood/entry/1/",
    "/the-flood/kind/1-damage/",
    "/the-flood/sources/",
    "/the-flood/media/",
    "/the-flood/days/2021/",
]


@pytest.fixture
def told(db):
    return EventFactory(headline="A bridge is closed", published=True)


def again(client, address, tag, **headers):
    """What is answered to a browser that has the page with ``tag``, and in how many queries."""
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address, headers={"if-none-match": tag, **headers})
    return response, len(asked)


@pytest.mark.parametrize("address", PAGES)
def test_who_has_a_page_as_it_stands_is_told_so_in_one_query(client, told, address):
    first = client.get(address)
    assert (first.status_code, first["Cache-Control"]) == (200, READERS)
    assert first["ETag"].startswith('W/"')

    same, asked = again(client, address, first["ETag"])

    assert (same.status_code, same.content, asked) == (304, b"", 1)
    assert (same["ETag"], same["Cache-Control"]) == (first["ETag"], READERS)
    assert client.head(address)["ETag"] == first["ETag"]


@pytest.mark.parametrize("address", PAGES)
def test_whatever_is_served_otherwise_has_another_tag(client, told, address):
    tags = [client.get(address)["ETag"]]
    EventFactory(headline="A road is closed", published=True)
    tags.append(client.get(address)["ETag"])
    Log.objects.get().present_anew()
    tags.append(client.get(address)["ETag"])

    assert len(set(tags)) == 3
    assert again(client, address, tags[0])[0].status_code == 200
    assert again(client, address, tags[2])[0].status_code == 304


def test_another_story_changes_no_tag_and_another_day_every_one(client, told, monkeypatch):
    before = client.get("/the-flood/day-3/")["ETag"]
    open_to_readers(StoryFactory(slug="the-fire", title="The fire", unopened=True))
    assert client.get("/the-flood/day-3/")["ETag"] == before

    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(caching.timezone, "now", lambda: tomorrow)
    assert client.get("/the-flood/day-3/")["ETag"] != before


def test_another_version_of_the_program_has_other_tags(client, told, monkeypatch):
    before = client.get("/the-flood/")["ETag"]
    monkeypatch.setattr(caching, "build", lambda: "another")

    assert client.get("/the-flood/")["ETag"] != before
    assert again(client, "/the-flood/", before)[0].status_code == 200


def test_the_list_of_stories_is_the_same_until_any_is_printed(client, told):
    open_to_readers(StoryFactory(slug="the-fire", title="The fire", unopened=True))
    first = client.get("/")
    assert (first.status_code, first["Cache-Control"]) == (200, READERS)
    same, asked = again(client, "/", first["ETag"])
    assert (same.status_code, asked) == (304, 1)

    EventFactory(headline="A road is closed", published=True)

    assert again(client, "/", first["ETag"])[0].status_code == 200


def test_a_tombstone_is_kept_as_long(client, told, editor):
    publishing.withdraw(told, by=editor, seen=fresh(told).version, reason="It was open.")
    gone = client.get("/the-flood/entry/1/")

    assert (gone.status_code, gone["Cache-Control"]) == (410, READERS)
    same, _ = again(client, "/the-flood/entry/1/", gone["ETag"])
    assert same.status_code == 304


@pytest.mark.parametrize(
    "address",
    [
        "/the-flood/day-3/?part=noon",
        "/the-flood/day-3/?place=Nowhere",
        "/the-flood/timeline/?from=yesterday",
        "/the-flood/timeline/?order=upward",
        "/the-flood/kind/1-damage/?standing=sure",
        "/the-flood/media/?kind=none",
        "/the-flood/kinds/?order=size",
    ],
)
def test_what_tells_of_a_value_that_means_nothing_is_kept_by_nobody(client, told, address):
    response = client.get(address)

    assert (response.status_code, response["Cache-Control"]) == (200, NEVER)


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("/the-flood/day-3/?utm_source=letter", "/the-flood/day-3/"),
        ("/the-flood/day-3/?part=night&utm=x&kind=2&kind=1", "/the-flood/day-3/?kind=1&kind=2&part=night"),
        ("/the-flood/day-3/?kind=1&kind=1", "/the-flood/day-3/?kind=1"),
        ("/the-flood/timeline/?q=dam+wall&colour=red", "/the-flood/timeline/?q=dam+wall"),
        ("/the-flood/kind/1-damage/?x=1", "/the-flood/kind/1-damage/"),
        ("/the-flood/?page=2", "/the-flood/"),
        ("/the-flood/kinds/?after=x&b", "/the-flood/kinds/?after=x"),
    ],
)
def test_what_is_not_asked_for_leads_to_the_one_address(client, told, asked, leads_to):
    response = client.get(asked)

    assert (response.status_code, response["Location"]) == (302, leads_to)
    assert response["Cache-Control"] == NEVER


def test_what_is_asked_for_once_stays_in_its_order(client, told):
    assert client.get("/the-flood/day-3/?part=night&kind=1").status_code == 200


def test_what_is_not_there_and_the_desk_are_kept_by_nobody(client, told):
    assert client.get("/the-flood/day-99/")["Cache-Control"] == NEVER
    assert client.get("/nowhere/")["Cache-Control"] == NEVER
    assert client.get("/desk/login/")["Cache-Control"].startswith("max-age=0")
    client.force_login(PersonFactory(editor=True))
    for address in ("/desk/", "/desk/events/event/", f"/desk/events/event/{told.pk}/change/"):
        assert {"private", "no-store"} <= set(client.get(address)["Cache-Control"].split(", ")), address
    # Readers' pages are the same to whoever is signed in.
    assert client.get("/the-flood/")["Cache-Control"] == READERS


def test_a_page_names_what_it_shows(client, told):
    names = client.get("/the-flood/day-3/")["Surrogate-Key"].split()
    assert names == ["the-flood", "the-flood/page/2021-03-03", "the-flood/entry/1"]
    entry = client.get("/the-flood/entry/1/")["Surrogate-Key"].split()
    assert {"the-flood", "the-flood/entry/1", "the-flood/kind/1", "the-flood/source/1"} <= set(entry)
    assert client.get("/the-flood/timeline/")["Surrogate-Key"].split() == ["the-flood", "the-flood/entry/1"]
    term = client.get("/the-flood/kind/1-damage/")["Surrogate-Key"].split()
    assert term == ["the-flood", "the-flood/kind/1", "the-flood/entry/1"]
    assert client.get("/the-flood/")["Surrogate-Key"] == "the-flood"


def test_where_it_shows_too_much_to_be_named_its_days_are(client):
    flood = make_story(slug="the-flood-of-the-long-river-and-of-all-its-many-short-brooks", title="Long")
    kind = make_term(flood, "kind", "Damage")
    print_entries(make_page(flood), [Telling(f"Flood {n}", kind) for n in range(90)])
    names = client.get(f"/{flood.slug}/day-3/")["Surrogate-Key"]
    assert names == f"{flood.slug} {flood.slug}/page/2021-03-03"


def test_pages_are_compressed_where_that_is_asked_for(client, told):
    plain = client.get("/the-flood/day-3/")
    small = client.get("/the-flood/day-3/", headers={"accept-encoding": "gzip"})

    assert "Content-Encoding" not in plain
    assert small["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content) == plain.content
    assert len(small.content) < len(plain.content) / 2
    assert plain["Vary"] == small["Vary"] == "Accept-Encoding"
    assert small["ETag"] == plain["ETag"]


@pytest.mark.django_db(transaction=True)
def test_pictures_are_given_as_they_are(client, editor, media_folder):
    event = use(EventFactory(approved=True), make_material())
    publishing.publish(event, by=editor, seen=event.version)
    [name, *_] = public_files()

    with closing(client.get(f"/media/{name[:2]}/{name}", headers={"accept-encoding": "gzip"})) as response:
        assert response.status_code == 200
    assert "Content-Encoding" not in response
    assert "immutable" in response["Cache-Control"]


OF_A_DATE = {"If-Unmodified-Since": "Thu, 01 Jan 2001 00:00:00 GMT"}
OF_ANOTHER = {"If-Match": '"another"'}


@pytest.mark.django_db(transaction=True)
def test_no_date_is_a_condition_and_another_tag_is_told_in_a_sentence(client, editor, media_folder):
    event = use(EventFactory(approved=True), make_material())
    publishing.publish(event, by=editor, seen=event.version)
    [name, *_] = public_files()

    day = f"/{event.story.slug}/day-{event.day.number}/"
    for address in (day, f"{day}picture.png", f"/media/{name[:2]}/{name}"):
        for headers, status in ((OF_A_DATE, 200), (OF_ANOTHER, 412)):
            with closing(client.get(address, headers=headers)) as answer:
                assert answer.status_code == status, (address, headers)
                assert status == 200 or b"without If-Match" in answer.content
