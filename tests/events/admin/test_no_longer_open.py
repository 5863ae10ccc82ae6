"""Between a form and its save somebody loses their role, or the row is gone: what they typed is not lost."""

import pytest

from events.admin import unsaved
from events.editorial import people
from events.models import Membership, Unsaved
from tests.events.admin.test_unsaved import change, keep, take
from tests.support.cast import fresh, make_member
from tests.support.desk import Desk
from tests.support.factories import EventFactory, PersonFactory, PlaceFactory, StoryFactory

TYPED = "Typed for an hour"


@pytest.fixture
def boss(db):
    return PersonFactory(admin=True)


@pytest.fixture
def writer(story, boss):
    """An editor of the story, and of another one, which keeps them at the desk."""
    person = make_member("writer", story, "editor")
    people.add(StoryFactory(slug="another", unopened=True), person, "editor", by=boss)
    return fresh(person)


@pytest.fixture
def desk(writer):
    return Desk(writer)


@pytest.fixture
def form(desk, writer, day, kind):
    """The page of an event that is open."""
    return desk.open(EventFactory(by=writer, day=day, kind=kind))


def lose_role(writer, story, boss):
    people.end(Membership.objects.get(person=writer, story=story, ended_at=None), by=boss)


def send(desk, page):
    return desk.save(page, headline=TYPED, tab=str(page.context["tab"]))


def is_kept(person):
    return "Typed+for+an+hour" in "".join(
        Unsaved.objects.filter(person=person).values_list("typed", flat=True)
    )


def test_of_who_may_see_it_no_more_the_words_are_said_and_kept(desk, form, writer, story, boss):
    lose_role(writer, story, boss)

    answer = send(desk, form)

    assert answer.status_code == 302 and unsaved.SAVED not in answer.cookies
    assert is_kept(writer)
    assert f"not yours to change any more. What you typed: {TYPED}" in desk.get("index").text


def test_so_are_those_of_who_may_only_look_at_it_now(desk, form, writer, story, boss):
    people.add(story, writer, "moderator", by=boss)
    lose_editing = Membership.objects.get(person=writer, story=story, role="editor")
    people.end(lose_editing, by=boss)

    answer = send(desk, form)

    assert answer.status_code == 403
    assert is_kept(writer)
    assert TYPED in answer.text + desk.get("index").text


def test_once_the_role_is_given_back_they_are_offered(desk, form, writer, story, boss):
    lose_role(writer, story, boss)
    send(desk, form)
    people.add(story, writer, "editor", by=boss)

    assert "You typed something here" in desk.client.get(form.request["PATH_INFO"]).text


def test_control_led_on_as_from_a_save_they_would_be_forgotten(desk, form, writer, story, boss, monkeypatch):
    monkeypatch.setattr(unsaved.KeepsUnsaved, "_get_obj_does_not_exist_redirect", elsewhere)
    lose_role(writer, story, boss)

    send(desk, form)

    assert not is_kept(writer)


def elsewhere(admin, request, opts, object_id):
    return unsaved.HttpResponseRedirect("/desk/")


def test_of_a_place_that_was_deleted_the_words_are_said(desk, story):
    place = PlaceFactory(story=story)
    page = desk.open(place)
    place.delete()

    desk.save(page, note=TYPED, tab=str(page.context["tab"]))

    assert f"What you typed: {TYPED}" in desk.get("index").text


def test_of_what_was_taken_down_nothing_is_kept_or_said(desk, form, writer):
    event = form.context["original"]
    take(event)

    assert send(desk, form).status_code == 403
    assert keep(desk.client, change(event)).status_code == 404
    assert not Unsaved.objects.filter(person=writer).exclude(typed="").exists()
    assert TYPED not in desk.get("index").text


def test_control_where_nobody_asks_for_that_it_would_be(desk, form, writer, monkeypatch):
    monkeypatch.setattr(unsaved, "is_taken_down", lambda *_: False)
    take(form.context["original"])

    send(desk, form)

    assert is_kept(writer)
