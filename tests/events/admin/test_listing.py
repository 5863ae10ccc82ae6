"""Lists of the desk: how far they count, what they are sorted by, and what they ask of the database."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model

from events.admin import listing
from events.models import Event
from tests.support.factories import THIRD, DayFactory, EventFactory, StoryFactory

MOST_QUERIES = 12
"""Of any list, as anybody: however many rows there are."""


@pytest.fixture
def events(day, kind):
    return [EventFactory(day=day, kind=kind, headline=f"{letter} event") for letter in "cab"]


def test_nothing_is_counted_past_what_anybody_reads(events):
    assert str(listing.counted(Event.objects.all(), 2)) == "2+"
    assert str(listing.counted(Event.objects.all(), 3)) == "3"
    assert listing.counted(Event.objects.all(), 2) == 2


def test_a_list_says_that_there_are_more(events, admin_client, monkeypatch):
    monkeypatch.setattr(listing, "MOST", 2)

    page = admin_client.get("/desk/events/event/").text

    assert "2+ events" in page


def test_a_list_is_sorted_by_nothing_that_no_index_has(events, admin_client):
    listed = admin_client.get("/desk/events/event/").context["cl"].result_list
    by_headline = admin_client.get("/desk/events/event/?o=1").context["cl"].result_list

    assert by_headline == listed


@pytest.mark.parametrize("model", "event day citation source outlet kind place actor decision".split())
def test_a_list_asks_as_often_for_many_rows_as_for_one(
    model, day, kind, client, editor, django_assert_max_num_queries
):
    client.force_login(editor)
    EventFactory(day=day, kind=kind, published=True)
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(MOST_QUERIES) as asked:
            assert client.get(f"/desk/events/{model}/").status_code == 200
        counts.append(len(asked))
        for number in range(5):
            EventFactory(day=day, kind=kind, published=True, headline=f"Event {number}")

    assert counts[0] == counts[1]


def test_who_decided_is_offered_and_nobody_else(published, admin_client, editor, moderator):
    idle = get_user_model().objects.create_user("idle")

    page = admin_client.get("/desk/events/decision/").text

    assert f"by__id__exact={editor.pk}" in page
    assert f"by__id__exact={moderator.pk}" in page
    assert f"by__id__exact={idle.pk}" not in page


def test_thirty_days_on_either_side_of_the_one_that_is_chosen_are_offered(admin_client):
    story = StoryFactory(last_date=None)
    days = [DayFactory(story=story, date=THIRD + timedelta(days=number)) for number in range(64)]

    changelist = admin_client.get(f"/desk/events/event/?day={days[31].pk}").context["cl"]
    offered = next(spec.lookup_choices for spec in changelist.filter_specs if spec.title == "day")

    assert [int(key) for key, _ in offered] == [day.pk for day in days[1:62]]
