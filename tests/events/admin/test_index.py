"""Places, actors, kinds, outlets and sources at the desk: their names, and what is printed of them."""

import pytest
from django.urls import reverse

from chronicle.models import Edition, Term
from events.models import Event, Place
from tests.support.cast import approve_all, fresh, publish
from tests.support.desk import Desk, errors, told


@pytest.fixture
def desk(editor):
    return Desk(editor)


def test_adds_a_place_with_its_names(desk, story):
    names = {
        "names-TOTAL_FORMS": 2,
        "names-0-name": "The old bridge",
        "names-0-language": "en",
        "names-0-preferred_in": [story.pk],
        "names-1-name": "A ponte velha",
        "names-1-language": "pt",
        "names-1-position": 1,
    }

    desk.save(desk.get("events_place_add"), latitude="38.72", longitude="-9.14", **names)

    assert Place.objects.get().names_in(story) == ["The old bridge"]


def test_a_place_needs_a_name(desk):
    response = desk.save(desk.get("events_place_add"), latitude="38.72", longitude="-9.14")

    assert "This field is required" in errors(response)
    assert not Place.objects.exists()


def test_autocomplete_finds_a_place_by_every_name(desk, place):
    place.names.create(name="A ponte velha", language="pt", position=1)

    response = desk.client.get(
        reverse("admin:autocomplete"),
        {"app_label": "events", "model_name": "event", "field_name": "places", "term": "velha"},
    )

    assert [found["id"] for found in response.json()["results"]] == [str(place.pk)]


def test_a_new_name_is_printed_wherever_the_record_shows_it(desk, draft, place, editor, moderator):
    draft.places.add(place)
    approve_all(draft, moderator)
    publish(draft, editor)

    desk.save(desk.open(place), **{"names-0-name": "The very old bridge"})

    assert Term.objects.get(kind="place").label == "The very old bridge"
    assert fresh(place).version == 2
    assert Edition.objects.filter(subject_kind="term").last().number == 2


def test_a_kind_in_the_record_is_renamed_there(desk, published, kind):
    desk.save(desk.open(kind), name="Harm")

    assert Term.objects.get(kind="kind").label == "Harm"


def test_a_place_in_use_cannot_be_deleted(admin_person, draft, place):
    draft.places.add(place)

    assert Desk(admin_person).post("events_place_delete", place.pk, data={"post": "yes"}).status_code == 403
    assert Event.objects.get().places.count() == 1


def test_a_moderator_records_a_retraction(moderator, published, source):
    desk = Desk(moderator)

    desk.press(source, "retract", reason="The Harbour Post took it back.")

    assert fresh(source).retraction_reason == "The Harbour Post took it back."
    again = desk.press(source, "retract", reason="Once more.")
    assert "retracted already" in told(again)
    assert "Once more." in again.content.decode()
