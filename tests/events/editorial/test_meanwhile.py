"""What somebody else did between a person's page and the lock: a row is saved by what is so now."""

from datetime import UTC, date, datetime

import pytest

from events.editorial import stories, writing
from events.editorial.refused import Refused
from events.models import Citation, Day, Event
from tests.support.cast import fresh
from tests.support.factories import (
    ActorFactory,
    DayFactory,
    EventFactory,
    KindFactory,
    OutletFactory,
    PlaceFactory,
    SourceFactory,
)

FIFTH = date(2021, 3, 5)


def moved(day, editor):
    now = fresh(day)
    now.date = FIFTH
    writing.save_day(now, by=editor, seen=now.version)


def test_an_event_of_a_day_that_moved_is_read_by_its_new_date(editor, day, kind):
    event = Event(day=day, kind=kind, headline="A bridge is closed", wording="14:00")
    moved(day, editor)

    writing.save_event(event, by=editor)

    assert fresh(event).earliest == datetime(2021, 3, 5, 14, tzinfo=UTC)
    assert fresh(event).happened_on == FIFTH


def test_so_is_one_that_comes_to_such_a_day(editor, day, kind):
    event, other = EventFactory(day=day, kind=kind, wording="14:00"), DayFactory(date=date(2021, 3, 2))
    event.day = fresh(other)
    moved(other, editor)

    writing.save_event(event, by=editor, seen=event.version)

    assert fresh(event).happened_on == FIFTH


def test_a_day_is_held_to_the_days_that_its_story_has_now(editor, admin_person, story):
    day = Day(story=fresh(story), date=date(2021, 3, 6))
    story.last_date = date(2021, 3, 4)
    stories.save_story(story, by=admin_person, seen=story.version)

    with pytest.raises(Refused, match="from 1 March 2021 to 4 March 2021"):
        writing.save_day(day, by=editor)

    assert not Day.objects.filter(date=date(2021, 3, 6)).exists()


def test_a_day_that_moves_is_read_by_the_clock_that_its_story_has_now(
    unopened, editor, admin_person, day, kind
):
    event = EventFactory(day=day, kind=kind, wording="14:00")
    before = Day.objects.select_related("story").get(pk=day.pk)
    story = fresh(day.story)
    story.zone = "Asia/Tokyo"
    stories.save_story(story, by=admin_person, seen=story.version)
    before.date = FIFTH

    writing.save_day(before, by=editor, seen=before.version)

    assert fresh(event).earliest == datetime(2021, 3, 5, 5, tzinfo=UTC)


def named_by(event, name):
    return {
        "day": lambda: event.day,
        "kind": lambda: event.kind,
        "place": PlaceFactory,
        "actor": ActorFactory,
    }[name]()


@pytest.mark.parametrize("name", ["day", "kind", "place", "actor"])
def test_an_event_that_names_what_is_gone_is_refused_in_words(editor, day, kind, name):
    event = Event(day=day, kind=kind, headline="A bridge is closed")
    gone = named_by(event, name)
    linked = {f"{name}s": [gone]} if name in ("place", "actor") else {}
    type(gone).objects.filter(pk=gone.pk).delete()

    with pytest.raises(Refused, match=r"Somebody has deleted “.+” in the meantime"):
        writing.save_event(event, by=editor, **linked)

    assert not Event.objects.exists()


def test_so_is_a_citation_and_a_source(editor, draft, story):
    source, outlet = SourceFactory(title="Another"), OutletFactory(name="The Evening Post")
    citation = Citation(event=draft, source=source, quote="It was shut.")
    other = SourceFactory.build(story=story, outlet=outlet, title="A third")
    source.delete()
    outlet.delete()

    with pytest.raises(Refused, match=r"Somebody has deleted “.*Another"):
        writing.save_citation(citation, by=editor)
    with pytest.raises(Refused, match="Somebody has deleted “The Evening Post"):
        writing.save_named(other, by=editor)


def test_control_what_is_there_is_saved(editor, day):
    event = Event(day=day, kind=KindFactory(), headline="A bridge is closed")

    writing.save_event(event, by=editor, places=[PlaceFactory()], actors=[ActorFactory()])

    assert (event.places.count(), event.actors.count()) == (1, 1)
