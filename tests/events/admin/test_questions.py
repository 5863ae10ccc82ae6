"""How many questions a page of the desk asks the database: who is there and what waits for them included."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Citation, Event, Story
from tests.support.cast import make_member
from tests.support.desk import Desk
from tests.support.factories import EventFactory, PersonFactory, PlaceFactory
from tests.support.proposals import propose

pytestmark = pytest.mark.django_db

MOST, MOST_OF_A_SCREEN = 13, 15
LISTS = "event day citation source outlet place actor kind text material proposal decision story".split()
PAGES = ["sent-back/", "takedowns/"]
SCREENS = ["", "review/", "review/?of=media"]
REACHING = ["review/?of=proposals"]
"""A proposed change is shown with how far it reaches, which takes five questions."""
"""Pages that are put together of many kinds of things."""


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


def like(row, **otherwise):
    """Another row that says the same, not saved."""
    columns = [field for field in row._meta.concrete_fields if not field.primary_key]
    return type(row)(**{field.name: getattr(row, field.name) for field in columns} | otherwise)


@pytest.mark.parametrize("query", ["", "?q=bridge", "?q=bridge+closed", "?state=draft", "?p=1"])
def test_no_list_asks_more_than_thirteen(full, query):
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
        screens = {page: asked(desk, f"/desk/{page}") for page in SCREENS}
        assert {page: of for page, of in screens.items() if of[1] > MOST_OF_A_SCREEN} == {}
        reaching = {page: asked(desk, f"/desk/{page}") for page in REACHING}
        assert {page: of for page, of in reaching.items() if of[1] > MOST_OF_A_SCREEN + 3} == {}
        assert screens[""][0] == 200


def test_nor_does_the_page_of_a_day_of_three_hundred_events(full):
    day = Event.objects.first().day
    whole = Event.objects.get(state="submitted")
    many = Event.objects.bulk_create(like(whole) for _ in range(300))
    Citation.objects.bulk_create(like(whole.citations.get(), event=event, key=uuid4()) for event in many)
    for person in people():
        status, questions = asked(Desk(person), f"/desk/events/day/{day.pk}/desk/")
        assert (status, questions <= MOST_OF_A_SCREEN) == (200, True), questions


def test_control_a_page_is_not_opened_for_nothing(full):
    assert asked(Desk(people()[0]), "/desk/events/event/")[1] > 5
