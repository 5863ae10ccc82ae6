"""Places, actors, kinds, outlets and sources at the desk: their names, and what is printed of them."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from chronicle.models import Edition
from events.models import Event, Kind, Place
from tests.support.cast import approve_all, fresh, publish, term_of
from tests.support.desk import Desk, errors, told
from tests.support.factories import KindFactory


@pytest.fixture
def desk(editor):
    return Desk(editor)


def test_adds_a_place_with_its_names(desk, story):
    names = {
        "names-TOTAL_FORMS": 2,
        "names-0-name": "The old bridge",
        "names-0-language": "en",
        "names-0-preferred": "on",
        "names-1-name": "A ponte velha",
        "names-1-language": "pt",
        "names-1-position": 1,
    }

    desk.save(desk.get("events_place_add"), latitude="38.72", longitude="-9.14", **names)

    assert Place.objects.get().story == story
    assert Place.objects.get().label == "The old bridge"


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

    assert term_of(place).label == "The very old bridge"
    assert fresh(place).version == 2
    assert Edition.objects.filter(subject=term_of(place).subject).last().edition == 2


def test_a_kind_in_the_record_is_renamed_there(desk, published, kind):
    desk.save(desk.open(kind), name="Harm")

    assert term_of(kind).label == "Harm"


def test_a_name_that_the_story_has_already_is_refused(desk, kind):
    other = KindFactory(name="Rescue")

    response = desk.save(desk.open(other), name=kind.name)

    assert "This story has a kind of that name already." in errors(response)
    assert fresh(other).name == "Rescue"


def test_control_without_the_check_the_database_refuses_it_as_a_failure(desk, kind, monkeypatch):
    monkeypatch.setattr("events.editorial.writing.check_unique", lambda row: None)
    other = KindFactory(name="Rescue")
    page = desk.open(other)

    with pytest.raises(IntegrityError), transaction.atomic():
        desk.save(page, name=kind.name)


def test_an_address_that_the_story_has_already_is_refused_in_whatever_form(desk, source, outlet):
    desk.save(desk.open(source), url="https://post.example/river")

    response = desk.save(
        desk.get("events_source_add"), outlet=outlet.pk, title="Again", url="http://www.post.example/river/#a"
    )

    assert "This story has a source of that address already." in errors(response)
    assert "Again" in response.content.decode()


@pytest.mark.parametrize(
    ("model", "instead"),
    [
        ("kind", "Give its events another kind first."),
        ("source", "Have the citations rest on another source first."),
        ("outlet", "Give its sources another outlet first."),
    ],
)
def test_what_is_in_use_is_kept_and_the_page_says_what_to_do_instead(
    admin_person, draft, request, model, instead
):
    row = request.getfixturevalue(model)

    kept = Desk(admin_person).post(f"events_{model}_delete", row.pk, data={"post": "yes"})

    assert "is not deleted, because of what points at it" in kept.content.decode()
    assert instead in kept.content.decode()
    assert fresh(row)


def test_what_nothing_points_at_is_deleted(admin_person, kind):
    assert Desk(admin_person).post("events_kind_delete", kind.pk, data={"post": "yes"}).status_code == 302
    assert not Kind.objects.exists()


def test_a_place_that_was_printed_is_kept_though_no_event_names_it_any_more(
    admin_person, draft, place, editor, moderator
):
    draft.places.add(place)
    approve_all(draft, moderator)
    publish(draft, editor)
    draft.places.clear()

    kept = Desk(admin_person).post("events_place_delete", place.pk, data={"post": "yes"})

    assert "What readers have seen keeps its number for good" in kept.content.decode()
    assert fresh(place)


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
