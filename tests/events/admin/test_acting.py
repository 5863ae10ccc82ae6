"""An action on rows of a list leaves out those that were changed since the list was shown, and says which."""

import re

from events.models import Place
from tests.support.cast import fresh
from tests.support.desk import Desk
from tests.support.factories import PlaceFactory, StoryFactory

COPY = "copy_into_another_story"


def shown(desk):
    """What the list of places sends along of each row."""
    page = desk.get("events_place_changelist").text
    return dict(re.findall(r'name="(version-of-\d+)" value="(\d+)"', page))


def test_it_does_the_rest_and_names_what_it_left_out(editor, place):
    other = PlaceFactory(story=place.story, name="The quay")
    into = StoryFactory(slug="elsewhere", title="Else")
    desk = Desk(editor)
    versions = shown(desk)
    desk.save(desk.open(place), note="By the river")
    chosen = {"action": COPY, "_selected_action": [place.pk, other.pk], "into": into.pk, **versions}

    page = desk.client.post("/desk/events/place/", chosen, follow=True)

    assert "“The old bridge” was changed since you were shown the list, and is left out" in page.text
    assert [str(each) for each in Place.objects.filter(story=into)] == ["The quay"]
    assert fresh(place).note == "By the river"


def test_where_nothing_is_left_nothing_is_done(editor, place):
    into, desk = StoryFactory(slug="elsewhere", title="Else"), Desk(editor)
    versions = shown(desk)
    desk.save(desk.open(place), note="By the river")
    chosen = {"action": COPY, "_selected_action": [place.pk], "into": into.pk, **versions}

    page = desk.client.post("/desk/events/place/", chosen, follow=True)

    assert "is left out" in page.text
    assert not Place.objects.filter(story=into).exists()
    assert desk.client.post("/desk/events/place/", chosen | shown(desk)).status_code == 302
    assert Place.objects.filter(story=into).count() == 1
