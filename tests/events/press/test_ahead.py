"""Long texts are compared before the story is locked for a publication: nobody waits for that."""

import sys

import pytest
from django.db import connection

from events.editorial import publishing, texts
from events.models import Day, Event, Text
from events.press.classing import stand_in
from tests.support.cast import fresh, publish
from tests.support.factories import DayFactory, EventFactory, TextFactory

pytestmark = pytest.mark.django_db(transaction=True)


def locked_while_comparing(act):
    """What ``act`` returns, and of each comparison of words in it whether a lock was held meanwhile."""
    locked = []

    def look(frame, event, _argument):
        if event == "call" and frame.f_code is stand_in.__code__:
            locked.append(connection.in_atomic_block)

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        done = act()
    finally:
        sys.setprofile(before)
    return done, locked


def test_the_text_of_an_event_is_compared_before_its_story_is_locked(editor):
    event = EventFactory(published=True, text="<p>The bridge is shut.</p>")
    Event.objects.update(text="<p>The bridge is shut. It was shut at noon.</p>", version=2)
    staged = fresh(event)

    edition, locked = locked_while_comparing(lambda: publish(staged, editor, note="Since when."))

    assert edition.action == "addition"
    assert locked == [False, False]


def test_the_summary_of_a_day_is_compared_before_its_story_is_locked(editor):
    day = DayFactory(summary="<p>The old bridge is shut.</p>")
    publishing.publish_day(day, by=editor, seen=1)
    Day.objects.update(summary="<p>The bridge is shut.</p>", version=2)
    staged = fresh(day)

    edition, locked = locked_while_comparing(
        lambda: publishing.publish_day(staged, by=editor, seen=2, note="It is not old.")
    )

    assert edition.action == "correction"
    assert locked == [False, False]


def test_a_text_is_compared_before_its_story_is_locked(admin_person):
    TextFactory(published=True)
    Text.objects.update(text="<p>The river rose in March. It fell again.</p>", version=2)
    staged = Text.objects.get()

    edition, locked = locked_while_comparing(
        lambda: texts.publish_text(staged, by=admin_person, seen=2, note="That it fell.")
    )

    assert edition.action == "addition"
    assert locked == [False, False]


def test_what_was_saved_since_is_compared_for_what_it_is(editor):
    """The control besides: what is not compared ahead is seen to be compared under the lock."""
    event = EventFactory(published=True, text="<p>The gate is shut.</p>")
    opened = fresh(event)
    Event.objects.update(text="<p>The gate is open.</p>", version=2)

    edition, locked = locked_while_comparing(
        lambda: publishing.publish(opened, by=editor, seen=2, note="It was never shut.")
    )

    assert edition.action == "correction"
    assert locked == [True, True]
