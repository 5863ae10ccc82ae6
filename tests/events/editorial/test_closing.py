"""A day that is complete is closed, which readers are told of what comes after; and opened again."""

import pytest

from chronicle.models import Edition, Page
from chronicle.record.verifying import problems
from events.editorial import closing, publishing, writing
from events.editorial.refused import Refused, Stale
from events.models import Decision
from tests.support.cast import fresh
from tests.support.factories import DayFactory, EventFactory, StoryFactory


def test_prints_that_it_is_closed_and_leaves_its_words_as_readers_have_them(editor):
    day = DayFactory(published=True, headline="The river rises")
    day.headline = "The river falls"
    writing.save_day(day, by=editor, seen=day.version)

    closing.close_day(fresh(day), by=editor, seen=fresh(day).version)

    page = Page.objects.get()
    assert (page.closed, page.headline) == (True, "The river rises")
    assert fresh(day).staged
    last = Edition.objects.latest("seq")
    assert (last.subject, last.action, last.edition) == ("page/2021-03-03", "update", 2)
    assert [decision.verb for decision in Decision.objects.filter(day=day)] == ["close", "publish"]
    assert list(problems()) == []

    closing.open_day(fresh(day), by=editor, seen=fresh(day).version)
    assert not Page.objects.get().closed


def test_stays_closed_when_its_words_are_published(editor):
    day = DayFactory(published=True, headline="The river rises")
    closing.close_day(day, by=editor, seen=day.version)
    day = fresh(day)
    day.headline = "The river falls"
    writing.save_day(day, by=editor, seen=day.version)

    publishing.publish_day(fresh(day), by=editor, seen=day.version, note="It falls.")

    assert (Page.objects.get().closed, fresh(day).closed_at is None) == (True, False)


def test_without_a_page_it_is_printed_closed_with_its_first_entry(editor, day):
    closing.close_day(day, by=editor, seen=1)
    assert not Page.objects.exists()

    EventFactory(published=True)

    assert Page.objects.get().closed


def test_a_day_of_a_story_that_is_not_open_is_closed_at_the_desk(editor):
    day = DayFactory(story=StoryFactory(unopened=True))

    closing.close_day(day, by=editor, seen=1)

    assert fresh(day).closed_at


def test_refuses_twice_an_older_version_and_who_may_not(editor, moderator, day):
    with pytest.raises(Refused, match="This day is open"):
        closing.open_day(day, by=editor, seen=1)
    with pytest.raises(Refused, match="You may not close this day"):
        closing.close_day(day, by=moderator, seen=1)
    with pytest.raises(Stale):
        closing.close_day(day, by=editor, seen=2)
    closing.close_day(day, by=editor, seen=1)
    with pytest.raises(Refused, match="closed already"):
        closing.close_day(day, by=editor, seen=1)
