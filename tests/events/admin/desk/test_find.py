"""Find: one box for whatever one may see at the desk."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Story
from tests.support.cast import make_member
from tests.support.desk import Desk
from tests.support.factories import EventFactory, PlaceFactory

pytestmark = pytest.mark.django_db


def found(page):
    return {kind["name"]: [row["title"] for row in kind["rows"]] for kind in page.context["kinds"]}


def test_finds_rows_of_every_kind_by_the_beginning_of_their_words(editor, published):
    PlaceFactory(name="The Bridge of São João")

    page = Desk(editor).get("find", q="BRIDG")

    assert found(page) | {"decisions": []} == {
        "events": ["A bridge is closed"],
        "citations": ["“The bridge was closed.”"],
        "places": ["The Bridge of São João"],
        "decisions": [],
    }
    assert found(Desk(editor).get("find", q="sao joao")) == {"places": ["The Bridge of São João"]}


def test_finds_nothing_of_a_story_without_a_role_there(published):
    elsewhere = Story.objects.create(
        title="The strike", slug="strike", first_date="2021-03-01", last_date="2021-03-02", zone="UTC"
    )

    page = Desk(make_member("stranger", elsewhere, "editor")).get("find", q="bridge")

    assert found(page) == {}
    assert "Nothing has all of these words" in page.content.decode()


def test_says_what_may_be_typed_where_nothing_is(editor, story):
    assert "Type words of a headline" in Desk(editor).get("find").content.decode()


@pytest.mark.parametrize(
    "typed", ["\0", "'", '"', "<b>", "\\", "* OR *", "a" * 5_000, "\ue001", "()", ":*", "%"]
)
def test_odd_words_find_nothing_and_break_nothing(editor, published, typed):
    assert Desk(editor).get("find", q=typed).status_code == 200


def test_many_of_a_kind_are_ten_and_a_way_to_all(admin_person, day):
    for number in range(12):
        EventFactory(headline=f"Storm {number}")
    desk = Desk(admin_person)
    desk.get("find", q="storm")

    with CaptureQueriesContext(connection) as queries:
        page = desk.get("find", q="storm")

    assert len(found(page)["events"]) == 10
    assert "/desk/events/event/?q=storm" in page.content.decode()
    assert len(queries) <= 15
