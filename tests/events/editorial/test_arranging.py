"""What stands at one time is put in order by its editors; no more is saved than has to be."""

import pytest

from chronicle.record.columns import MOST_POSITIONS
from events.editorial import arranging
from events.editorial.refused import Refused, Stale
from events.models import Event, Revision
from tests.support.cast import fresh
from tests.support.factories import EventFactory


@pytest.fixture
def four(day):
    """Events of one minute, of which the positions say the order."""
    return [EventFactory(headline=name, wording="14:30", position=at) for at, name in enumerate("abcd")]


def order():
    return "".join(event.headline for event in arranging.in_order(Event.objects.select_related("day__story")))


def test_two_that_change_places_are_saved_and_no_others(four, editor):
    EventFactory(headline="x", wording="14:31")

    arranging.arrange(four[2], by=editor, seen=1, to=1)

    assert order() == "acbdx"
    assert [fresh(event).version for event in four] == [1, 2, 2, 1]
    assert {row.after["position"] for row in Revision.objects.all()} == {1, 2}


def test_a_place_beyond_the_last_is_the_last(four, editor):
    arranging.arrange(four[0], by=editor, seen=1, to=99)

    assert order() == "bcda"


def test_positions_that_would_run_out_are_given_anew(four, editor):
    Event.objects.update(position=MOST_POSITIONS - 1)

    arranging.arrange(four[3], by=editor, seen=1, to=0)

    assert order() == "dabc"
    assert sorted(Event.objects.values_list("position", flat=True)) == [0, 1, 2, 3]


def test_refuses_an_older_version_who_may_not_and_what_has_its_own_second(four, editor, moderator):
    with pytest.raises(Stale):
        arranging.arrange(four[0], by=editor, seen=2, to=1)
    with pytest.raises(Refused, match="You may not change this event"):
        arranging.arrange(four[0], by=moderator, seen=1, to=1)
    exact = EventFactory(wording="14:30:05")
    with pytest.raises(Refused, match="order of its seconds"):
        arranging.arrange(exact, by=editor, seen=1, to=0)
    assert "abcd" in order()
