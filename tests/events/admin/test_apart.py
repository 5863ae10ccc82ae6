"""Places and actors of one name are told apart on the desk, and the second is pointed out."""

import pytest

from events.models import Place
from tests.support.cast import fresh
from tests.support.desk import Desk
from tests.support.factories import ActorFactory, PlaceFactory, SourceFactory

NOWHERE = {"latitude": None, "longitude": None}
SOURCES = "/desk/autocomplete/?app_label=events&model_name=citation&field_name=source&term=same"
FIND = "/desk/autocomplete/?app_label=events&model_name=event&field_name={}&term={}"


@pytest.fixture
def desk(editor):
    return Desk(editor)


def found(desk, field, term):
    return [one["text"] for one in desk.client.get(FIND.format(field, term)).json()["results"]]


def test_by_what_is_said_of_each(desk, story):
    county = PlaceFactory(story=story, name="The county")
    PlaceFactory(story=story, name="Newtown", within=county, **NOWHERE)
    PlaceFactory(story=story, name="Newtown", latitude="40.5", longitude="46.25")
    PlaceFactory(story=story, name="Newtown", note="The one by the sea", **NOWHERE)
    bare = PlaceFactory(story=story, name="Newtown", **NOWHERE)

    assert sorted(found(desk, "places", "newtown")) == [
        "Newtown · 40.500000, 46.250000",
        "Newtown · The one by the sea",
        "Newtown · in The county",
        f"Newtown · number {bare.pk}",
    ]


def test_one_of_its_name_is_called_that_alone(desk, story):
    PlaceFactory(story=story, name="Newtown", note="By the sea", **NOWHERE)

    assert found(desk, "places", "newtown") == ["Newtown"]


def test_also_where_the_same_is_said_of_both_or_only_the_case_differs(desk, story):
    first, second = (PlaceFactory(story=story, name="Newtown") for _ in range(2))
    small = PlaceFactory(story=story, name="newtown", **NOWHERE)

    assert sorted(found(desk, "places", "newtown")) == [
        f"Newtown · 38.720000, -9.140000, number {first.pk}",
        f"Newtown · 38.720000, -9.140000, number {second.pk}",
        f"newtown · number {small.pk}",
    ]


def test_sources_by_their_day(desk, outlet):
    for day in ("2021-05-01", "2021-06"):
        SourceFactory(outlet=outlet, title="Same", published_on=day)

    told = [one["text"] for one in desk.client.get(SOURCES).json()["results"]]
    assert sorted(told) == [f"{outlet}: Same · 1 May 2021", f"{outlet}: Same · June 2021"]


def test_actors_too(desk, story):
    for note in ("The elder", "The younger"):
        ActorFactory(story=story, name="A. Smith", note=note)

    assert sorted(found(desk, "actors", "smith")) == ["A. Smith · The elder", "A. Smith · The younger"]


def test_whoever_makes_a_second_one_is_told_of_the_first(desk, story):
    first = PlaceFactory(story=story, name="Newtown", note="By the sea", **NOWHERE)

    page = add(desk, story, "Newtown")

    assert "There is another place of this name" in page.text
    assert f'href="/desk/events/place/{first.pk}/change/"' in page.text
    assert Place.objects.count() == 2


def test_a_second_that_is_called_so_in_other_capitals_is_pointed_out_too(desk, story):
    PlaceFactory(story=story, name="Шуша")

    assert "There is another place of this name" in add(desk, story, "ШУША").text


def test_of_another_name_nothing_is_said(desk, story):
    PlaceFactory(story=story, name="Newtown")

    assert "of this name" not in add(desk, story, "Oldtown").text


def add(desk, story, name):
    typed = {
        "story": story.pk,
        "names-TOTAL_FORMS": 1,
        "names-INITIAL_FORMS": 0,
        "names-0-name": name,
        "names-0-position": 0,
    }
    return desk.client.post("/desk/events/place/add/", typed, follow=True)


def test_control_the_note_of_the_other_is_what_tells_them(desk, story):
    first = PlaceFactory(story=story, name="Newtown", note="By the sea", **NOWHERE)
    PlaceFactory(story=story, name="Newtown", note="In the hills", **NOWHERE)
    Place.objects.filter(pk=first.pk).update(note="")

    assert "Newtown · By the sea" not in found(desk, "places", "newtown")
    assert fresh(first).note == ""


def test_what_is_chosen_already_is_told_apart_too_and_one_found_beside_no_other(desk, story, draft):
    for note in ("By the sea", "In the hills"):
        PlaceFactory(story=story, name="Newtown", note=note, **NOWHERE)
    last = PlaceFactory(story=story, name="Newtown", **NOWHERE)
    last.names.create(name="Lower Newtown", language="en", position=1)
    draft.places.set([last])

    assert found(desk, "places", "lower") == ["Newtown · Lower Newtown"]
    assert "Newtown · Lower Newtown</option>" in desk.open(draft).text
