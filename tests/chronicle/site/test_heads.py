"""What the head of each public page tells machines: its one address, whether to list it, what to show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chronicle.models import Edition
from events.editorial import publishing, writing
from tests.support.cast import publish
from tests.support.factories import DayFactory, EventFactory, PersonFactory
from tests.support.reading import data_of, head_of, without_data
from tests.support.record import Telling, make_page, make_story, make_term, print_entries, print_many

pytestmark = pytest.mark.django_db
HOSTILE = '"><script>alert(1)</script><!-- & \'"</title> \u2028'


@pytest.fixture
def flood():
    return make_story(description="What the river did, day by day.")


@pytest.fixture
def third(flood):
    return make_page(flood, headline="The river rises", sentence="It stands at the doors.")


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/the-flood/", "/the-flood/"),
        ("/the-flood/?utm_source=letter", "/the-flood/"),
        ("/the-flood/days/", "/the-flood/days/2021/"),
        ("/the-flood/days/2021/", "/the-flood/days/2021/"),
        ("/the-flood/day-3/", "/the-flood/day-3/"),
        ("/the-flood/day-3/?utm_source=letter", "/the-flood/day-3/"),
        ("/the-flood/day-3/?kind=1&part=night", "/the-flood/day-3/"),
        ("/the-flood/day-3/?after=5", "/the-flood/day-3/"),
        ("/the-flood/day-5/", "/the-flood/day-5/"),
        ("/the-flood/entry/1/", "/the-flood/entry/1/"),
    ],
)
def test_each_page_is_known_by_one_absolute_address(client, address, canonical):
    EventFactory(published=True)

    head = head_of(client.get(address, follow=True))

    assert head["canonical"] == head["og:url"] == f"http://testserver{canonical}"


def test_the_host_is_that_of_the_request(client, flood, settings):
    settings.ALLOWED_HOSTS = ["chronicle.example"]

    head = head_of(client.get("/the-flood/", headers={"host": "chronicle.example"}, secure=True))

    assert head["canonical"] == "https://chronicle.example/the-flood/"
    assert head["og:image"] == "https://chronicle.example/the-flood/picture.png"


def test_the_list_of_chronicles_has_an_address_too(client, flood):
    make_story(title="Another", slug="another")

    assert head_of(client.get("/"))["canonical"] == "http://testserver/"


@pytest.mark.parametrize("query", ["kind=1", "kind=99", "part=night&standing=single", "after=5", "actor=1"])
def test_what_a_reader_chose_is_followed_and_not_listed(client, third, query):
    print_many(third, 5)

    response = client.get(f"/the-flood/day-3/?{query}")

    assert head_of(response)["robots"] == "noindex,follow"
    assert data_of(response) == {}


@pytest.mark.parametrize("query", ["", "?utm_source=letter", "?part=noon", "?after=x"])
def test_control_a_whole_day_is_listed(client, third, query):
    print_many(third, 5)

    response = client.get(f"/the-flood/day-3/{query}", follow=True)

    assert "robots" not in head_of(response)
    assert data_of(response)["@type"] == "LiveBlogPosting"


def test_what_is_not_there_or_no_longer_is_not_listed(client):
    EventFactory(withdrawn=True)

    for address, status in {
        "/the-flood/day-99/": 404,
        "/nowhere/": 404,
        "/the-flood/entry/9/": 404,
        "/the-flood/entry/1/": 410,
    }.items():
        response = client.get(address)
        assert response.status_code == status
        assert head_of(response)["robots"] == "noindex,follow"
        assert "canonical" not in head_of(response)
        assert data_of(response) == {}


def test_a_link_to_a_day_is_shown_with_its_words_and_its_picture(client, third):
    head = head_of(client.get("/the-flood/day-3/"))

    assert {name: value for name, value in head.items() if name.startswith(("og:", "twitter:", "desc"))} == {
        "description": "It stands at the doors.",
        "og:title": "Day 3: The river rises",
        "og:type": "article",
        "og:url": "http://testserver/the-flood/day-3/",
        "og:site_name": "The flood",
        "og:description": "It stands at the doors.",
        "og:image": "http://testserver/the-flood/day-3/picture.png",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Day 3: The river rises",
        "twitter:card": "summary_large_image",
    }


def test_a_link_to_a_chronicle_is_shown_with_what_it_is_about(client, flood):
    head = head_of(client.get("/the-flood/"))

    assert (head["og:title"], head["og:type"]) == ("The flood", "website")
    assert head["og:description"] == head["description"] == "What the river did, day by day."


def test_a_link_to_an_entry_is_shown_with_the_picture_of_its_day_and_the_beginning_of_its_text(client):
    EventFactory(
        published=True, headline="A bridge", text=f"<p>It <em>is</em> closed.</p><p>{'so ' * 99}</p>"
    )

    head = head_of(client.get("/the-flood/entry/1/"))

    assert (head["og:title"], head["og:type"]) == ("A bridge", "article")
    assert head["og:description"].startswith("It is closed. so so")
    assert len(head["og:description"]) <= 200
    assert head["og:image"] == "http://testserver/the-flood/day-3/picture.png"


def test_hostile_words_stay_words(client):
    story = make_story(title=HOSTILE[:120], description=HOSTILE)
    page = make_page(story, headline=HOSTILE, sentence=HOSTILE)
    print_entries(page, [Telling(HOSTILE, make_term(story, "kind", "Damage"))])

    for address in ("/the-flood/", "/the-flood/day-3/", "/the-flood/days/"):
        response = client.get(address)
        assert "<script" not in without_data(response).lower()
        assert "<!--" not in response.content.decode()
        assert HOSTILE.strip() in head_of(response)["og:image:alt"]
    assert data_of(client.get("/the-flood/day-3/"))["liveBlogUpdate"][0]["headline"] == HOSTILE


def test_what_was_printed_again_was_published_when_it_first_was(client):
    editor = PersonFactory(editor=True)
    event, day = EventFactory(published=True), DayFactory(published=True)
    event.headline = day.headline = "Two bridges"
    writing.save_event(event, by=editor, seen=event.version)
    writing.save_day(day, by=editor, seen=day.version)
    publish(event, editor, "Counted anew.")
    publishing.publish_day(day, by=editor, seen=day.version, note="Counted anew.")

    with CaptureQueriesContext(connection) as asked:
        response = client.get("/the-flood/day-3/")

    assert len(asked) <= 8
    assert data_of(response)["liveBlogUpdate"]
    context = response.context
    for row in (context["page"], context["sections"][0].rows[0].entry):
        editions = Edition.objects.filter(subject=row.subject)
        assert editions.count() > 1
        assert row.first_at == editions.get(edition=1).at < row.updated_at
