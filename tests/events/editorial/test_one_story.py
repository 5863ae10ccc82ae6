"""Everything of the desk belongs to one story: the verbs say so in a sentence."""

import pytest
from django.core.exceptions import ValidationError

from events.editorial import writing
from events.editorial.refused import Refused
from events.models import Citation, Event, Kind, Place, Source
from tests.support.cast import fresh
from tests.support.desk import Desk, errors
from tests.support.factories import (
    ActorFactory,
    DayFactory,
    EventFactory,
    KindFactory,
    OutletFactory,
    PlaceFactory,
    SourceFactory,
    StoryFactory,
)

OF_ANOTHER = r"belongs to another story\. Choose one of “The flood”, or add it there\."


@pytest.fixture
def fire(db):
    """Another story, with a row of each kind."""
    story = StoryFactory(slug="the-fire", title="The fire")
    return {
        "story": story,
        "day": DayFactory(story=story),
        "kind": KindFactory(story=story),
        "place": PlaceFactory(story=story, name="The mill"),
        "actor": ActorFactory(story=story),
        "outlet": (outlet := OutletFactory(story=story)),
        "source": SourceFactory(outlet=outlet),
    }


def test_an_event_names_rows_of_its_own_story(draft, day, editor, fire):
    new = Event(day=day, kind=fire["kind"], headline="A")
    attempts = [
        lambda: writing.save_event(new, by=editor),
        lambda: writing.save_event(draft, by=editor, seen=1, places=[fire["place"]]),
        lambda: writing.save_event(draft, by=editor, seen=1, actors=[fire["actor"]]),
    ]

    for attempt in attempts:
        with pytest.raises(Refused, match=OF_ANOTHER):
            attempt()
    assert fresh(draft).version == 1


def test_an_event_stays_in_its_story(draft, editor, fire):
    draft.day, draft.kind = fire["day"], fire["kind"]

    with pytest.raises(Refused, match="belongs to “The flood”: it cannot move to another story"):
        writing.save_event(draft, by=editor, seen=1)


def test_an_event_that_stays_behind_with_its_places_is_refused_too(place, editor, fire):
    event = EventFactory(places=[place])
    event.day, event.kind = fire["day"], fire["kind"]

    with pytest.raises(Refused, match="cannot move to another story"):
        writing.save_event(event, by=editor, seen=1)


def test_a_citation_rests_on_a_source_of_its_own_story(draft, citation, editor, fire):
    with pytest.raises(Refused, match=OF_ANOTHER):
        writing.save_citation(Citation(event=draft, source=fire["source"], quote="Said."), by=editor)
    citation.source = fire["source"]
    with pytest.raises(Refused, match=OF_ANOTHER):
        writing.save_citation(citation, by=editor, seen=1)


def test_a_source_names_an_outlet_and_a_source_of_its_own_story(story, outlet, source, editor, fire):
    attempts = [
        Source(story=story, outlet=fire["outlet"], title="A"),
        Source(story=story, outlet=outlet, title="A", relays=fire["source"]),
    ]

    for attempt in attempts:
        with pytest.raises(Refused, match=OF_ANOTHER):
            writing.save_named(attempt, by=editor)
    source.outlet = fire["outlet"]
    with pytest.raises(Refused, match=OF_ANOTHER):
        writing.save_named(source, by=editor, seen=1)


def test_a_place_lies_in_one_of_its_own_story(story, place, editor, fire):
    with pytest.raises(Refused, match=OF_ANOTHER):
        writing.save_named(Place(story=story, within=fire["place"]), by=editor)


@pytest.mark.parametrize("row", ["kind", "place", "outlet"])
def test_what_is_indexed_stays_in_its_story(request, editor, fire, row):
    row = request.getfixturevalue(row)
    row.story = fire["story"]

    with pytest.raises(Refused, match="belongs to “The flood”: it cannot move to another story"):
        writing.save_named(row, by=editor, seen=1)


def test_a_day_stays_in_its_story(day, editor, fire):
    day.story, day.date = fire["story"], fire["story"].first_date

    with pytest.raises(Refused, match="belongs to “The flood”: it cannot move to another story"):
        writing.save_day(day, by=editor, seen=1)


def test_one_name_may_be_in_two_stories_and_only_once_in_each(story, kind, editor, fire):
    assert kind.name == fire["kind"].name

    with pytest.raises(Refused, match="This story has a kind of that name already"):
        writing.save_named(Kind(story=story, name=kind.name), by=editor)


def test_a_form_says_so_of_a_name_that_is_taken(kind, editor):
    other = KindFactory(name="Rescue")
    desk = Desk(editor)

    response = desk.save(desk.open(other), name=kind.name, description="Typed with care")

    assert "This story has a kind of that name already" in errors(response)
    assert "Typed with care" in response.content.decode()


def test_places_lie_in_no_circle(editor):
    region, town = PlaceFactory(name="Region"), PlaceFactory(name="Town")
    town.within = region
    writing.save_named(town, by=editor, seen=1)
    quarter = PlaceFactory(name="Quarter", within=town)
    region.within = quarter

    with pytest.raises(Refused, match="The place that this one lies in lies in this one itself"):
        writing.save_named(region, by=editor, seen=1)


@pytest.mark.parametrize("factory", [OutletFactory, KindFactory])
def test_refuses_a_name_that_differs_from_anothers_in_case_alone(factory, story):
    other = factory(story=story, name="Шуша Сегодня")
    same = type(other)(story=story, name="ШУША сегодня")

    with pytest.raises(ValidationError, match="has “Шуша Сегодня” already"):
        same.full_clean()

    other.full_clean()
    type(other)(story=StoryFactory(slug="another"), name=same.name).full_clean()
