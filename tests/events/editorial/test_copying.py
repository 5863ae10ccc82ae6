"""Rows of one story copied into another, by the verb and on the lists of the desk."""

import pytest

from chronicle.models import Edition
from events.editorial import holding, moderation, writing
from events.editorial.copying import copy
from events.editorial.refused import Refused
from events.models import Actor, Kind, Outlet, Place, Revision, Source
from tests.support.cast import fresh, make_person
from tests.support.desk import Desk
from tests.support.factories import (
    ActorFactory,
    EventFactory,
    KindFactory,
    OutletFactory,
    PlaceFactory,
    SourceFactory,
    StoryFactory,
)


@pytest.fixture
def fire(db):
    return StoryFactory(slug="the-fire", title="The fire")


def test_a_kind_is_copied_with_what_it_says_and_without_its_policy(fire, editor):
    kind = KindFactory(description="What broke.", citations_needed=2)

    made = fresh(copy(kind, into=fire, by=editor))

    assert (made.story, made.name, made.description, made.citations_needed) == (
        fire,
        "Damage",
        "What broke.",
        None,
    )
    assert fresh(kind).story != fire


@pytest.mark.parametrize("factory", [PlaceFactory, ActorFactory])
def test_a_place_or_actor_is_copied_with_its_names_and_without_its_note(fire, editor, factory):
    row = factory(note="For this desk.")
    row.names.create(name="Ponte Velha", language="pt", used_by="Lisbon", position=3, preferred=True)

    made = fresh(copy(row, into=fire, by=editor))

    def names(row):
        return list(row.names.values_list("name", "language", "used_by", "position", "preferred"))

    assert names(made) == names(row)
    assert (made.note, made.version) == ("", 1)


def test_a_place_keeps_its_coordinates_and_not_what_it_lies_in(fire, editor):
    place = fresh(PlaceFactory(name="Quarter", precision=50, within=PlaceFactory(name="Town")))

    made = fresh(copy(place, into=fire, by=editor))

    assert (made.latitude, made.longitude, made.precision) == (place.latitude, place.longitude, 50)
    assert made.within is None


def test_a_source_takes_its_outlet_along(fire, editor, source):
    Source.objects.update(fingerprint="f" * 64)

    made = fresh(copy(fresh(source), into=fire, by=editor))

    assert (made.outlet.story, made.outlet.name, made.outlet.reliability) == (fire, "The Harbour Post", "B")
    assert (made.title, made.origin, made.fingerprint) == (source.title, made.outlet, "")


def test_an_outlet_of_that_name_that_is_there_is_taken(fire, editor, source):
    there = OutletFactory(story=fire)

    assert copy(source, into=fire, by=editor).outlet == there
    assert Outlet.objects.filter(story=fire).count() == 1


def test_what_it_relays_comes_along_and_both_stay_one_voice(fire, editor, source):
    relaying = SourceFactory(outlet__name="Radio Estuary", title="The paper: the river", relays=source)

    made = copy(relaying, into=fire, by=editor)

    assert (made.relays.title, made.relays.story) == (source.title, fire)
    assert made.origin == made.relays.outlet
    assert Source.objects.filter(story=fire).count() == 2


def test_a_retraction_is_copied_too(fire, editor, moderator, source):
    moderation.retract_source(source, by=moderator, seen=1, reason="The paper took it back.")

    made = fresh(copy(fresh(source), into=fire, by=editor))

    assert made.retraction_reason == "The paper took it back."
    assert made.retracted_at is not None


FACTORIES = {
    Kind: KindFactory,
    Place: PlaceFactory,
    Actor: ActorFactory,
    Outlet: OutletFactory,
    Source: SourceFactory,
}
of_each = pytest.mark.parametrize("model", FACTORIES, ids=lambda model: model.__name__)


@of_each
def test_what_is_there_already_is_refused_by_name(fire, editor, model):
    row = FACTORIES[model]()
    copy(row, into=fire, by=editor)

    with pytest.raises(Refused, match=f"“{row}” is in “The fire” already"):
        copy(row, into=fire, by=editor)
    with pytest.raises(Refused, match="is in “The flood” already"):
        copy(row, into=row.story, by=editor)

    assert type(row).objects.count() == 2


def test_a_source_is_known_by_its_address(fire, editor):
    source = SourceFactory(url="https://post.example/river")
    SourceFactory(
        outlet=OutletFactory(story=fire, name="Another"),
        title="Told otherwise",
        url="http://www.post.example/river/",
    )

    with pytest.raises(Refused, match="is in “The fire” already"):
        copy(source, into=fire, by=editor)
    assert not Outlet.objects.filter(story=fire, name="The Harbour Post").exists()


def test_only_who_may_add_there_and_look_here_may(fire, place, moderator, editor, monkeypatch):
    with pytest.raises(Refused, match="You may not add a place to “The fire”"):
        copy(place, into=fire, by=moderator)
    with pytest.raises(Refused, match="You may not look at this place"):
        copy(place, into=fire, by=make_person("nobody"))
    may = holding.may
    monkeypatch.setattr(holding, "may", lambda by, verb, story: story == fire and may(by, verb, story))
    with pytest.raises(Refused, match="You may not look at this place"):
        copy(place, into=fire, by=editor)
    assert not Place.objects.filter(story=fire).exists()


def test_a_copy_is_a_row_of_its_own(fire, editor, place, client):
    event = EventFactory(published=True, places=[place])
    editions = Edition.objects.count()

    made = copy(place, into=fire, by=editor)
    made.names.update(name="The new bridge")
    writing.print_again(made, by=editor)

    assert Edition.objects.count() == editions
    assert fresh(place).names.get().name == "The old bridge"
    assert not hasattr(fresh(made), "printed")
    assert (
        "The new bridge"
        not in client.get(f"/the-flood/entry/{fresh(event).printed.number}/").content.decode()
    )


def act(desk, row, **typed):
    name = f"events_{row._meta.model_name}_changelist"
    return desk.post(name, data={"action": "copy_into_another_story", "_selected_action": row.pk, **typed})


@of_each
def test_each_list_of_the_desk_copies_after_asking_where(fire, editor, model):
    row, desk = FACTORIES[model](), Desk(editor)

    asked = act(desk, row).content.decode()
    assert "Copy into another story" in asked
    assert f'<option value="{fire.pk}">The fire</option>' in asked
    assert not model.objects.filter(story=fire).exists()
    act(desk, row, into=fire.pk)

    assert model.objects.filter(story=fire).count() == 1


def test_its_refusal_is_said_and_the_others_are_copied(fire, editor):
    copy(KindFactory(), into=fire, by=editor)
    KindFactory(name="Rescue")
    desk = Desk(editor)
    rows = list(Kind.objects.exclude(story=fire).values_list("pk", flat=True))

    said = desk.client.post(
        desk.get("events_kind_changelist").request["PATH_INFO"],
        {"action": "copy_into_another_story", "_selected_action": rows, "into": fire.pk},
        follow=True,
    ).content.decode()

    assert "“Damage” is in “The fire” already." in said
    assert "Copied 1 kind into “The fire”." in said
    assert set(Kind.objects.filter(story=fire).values_list("name", flat=True)) == {"Damage", "Rescue"}


def test_where_nothing_was_copied_nothing_is_said_to_be(fire, editor):
    copy(KindFactory(), into=fire, by=editor)
    desk = Desk(editor)
    rows = list(Kind.objects.exclude(story=fire).values_list("pk", flat=True))

    said = desk.client.post(
        desk.get("events_kind_changelist").request["PATH_INFO"],
        {"action": "copy_into_another_story", "_selected_action": rows, "into": fire.pk},
        follow=True,
    ).content.decode()

    assert "is in “The fire” already." in said
    assert "Copied" not in said


def test_with_one_story_there_is_nowhere_to_copy_to(kind, editor):
    assert "copy_into_another_story" not in Desk(editor).get("events_kind_changelist").content.decode()


def test_a_moderator_is_not_offered_it_and_may_not(fire, kind, moderator):
    desk = Desk(moderator)
    assert "copy_into_another_story" not in desk.get("events_kind_changelist").text

    act(desk, kind, into=fire.pk)

    assert not Kind.objects.filter(story=fire).exists()
    with pytest.raises(Refused, match="You may not add a kind to “The fire”"):
        copy(kind, into=fire, by=moderator)


def test_the_history_of_a_copy_and_of_what_came_along_begins_with_it(fire, editor):
    source = SourceFactory(relays=SourceFactory(title="What it passes on"))

    made = fresh(copy(source, into=fire, by=editor))

    begun = {(each.model, each.key): each.why for each in Revision.objects.filter(began=None)}
    along = [("source", made.relays_id), ("outlet", made.outlet_id)]
    assert begun == dict.fromkeys([("source", made.pk), *along], f"Copied from story {source.story_id}.")


def test_on_the_list_too_with_its_names_and_once(fire, editor, place):
    desk = Desk(editor)
    sent = {"action": "copy_into_another_story", "_selected_action": place.pk, "into": fire.pk}

    desk.post("events_place_changelist", data=sent)

    made = Place.objects.get(story=fire)
    revision = Revision.objects.get()
    assert (revision.key, revision.after["names"][0]["name"]) == (made.pk, str(place))
