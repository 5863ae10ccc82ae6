"""How many questions a page of the desk asks the database: who is there and what waits for them included."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Event, Story
from tests.support.cast import make_member
from tests.support.desk import Desk
from tests.support.factories import EventFactory, PersonFactory, PlaceFactory
from tests.support.proposals import propose

pytestmark = pytest.mark.django_db

MOST = 12
LISTS = "event day citation source outlet place actor kind text material proposal decision story".split()
PAGES = ["", "review/", "review/media/", "sent-back/", "takedowns/"]


def people():
    """Who sees the most of a desk, and who sees it by a role in one story."""
    story = Story.objects.get()
    return [
        PersonFactory(admin=True),
        make_member("member-who-moderates", story, "moderator"),
        make_member("member-who-edits", story, "editor"),
        make_member("member-who-manages", story, "manager"),
    ]


@pytest.fixture
def full(db):
    for number in range(3):
        event = EventFactory(published=True, headline=f"A bridge is closed, {number}")
    propose(event.citations.get().source, PersonFactory(editor=True), title="The bridge")
    EventFactory(submitted=True, places=[PlaceFactory(name="The bridge")])


def asked(desk, address):
    """The status of a page, and how many questions it asks once it was opened before."""
    desk.client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = desk.client.get(address)
    return response.status_code, len(queries)


@pytest.mark.parametrize("query", ["", "?q=bridge", "?q=bridge+closed", "?state=draft", "?p=1"])
def test_no_list_asks_more_than_twelve(full, query):
    for person in people():
        desk = Desk(person)
        found = {name: asked(desk, f"/desk/events/{name}/{query}") for name in LISTS}
        assert {name: of for name, of in found.items() if of[1] > MOST} == {}
        assert sum(status == 200 for status, _ in found.values()) >= 4


def test_nor_does_the_list_of_the_events_of_a_day(full):
    day = Event.objects.first().day_id
    for person in people():
        status, questions = asked(Desk(person), f"/desk/events/event/?day={day}")
        assert (status, questions <= MOST) == (200, True)


def test_nor_does_what_waits_for_somebody_or_the_first_page(full):
    for person in people():
        desk = Desk(person)
        found = {page: asked(desk, f"/desk/{page}") for page in PAGES}
        assert {page: of for page, of in found.items() if of[1] > MOST} == {}
        assert found[""][0] == 200


def test_control_a_page_is_not_opened_for_nothing(full):
    assert asked(Desk(people()[0]), "/desk/events/event/")[1] > 5
