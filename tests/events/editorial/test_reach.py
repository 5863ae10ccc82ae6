"""Which rows of the desk are open to whom."""

import pytest
from django.contrib import admin

from events.editorial import holding, reach, takedowns, texts
from events.editorial.takedowns import Part
from events.models import Decision, Event, Membership, Story, Takedown
from events.models.decision import SUBJECTS
from tests.support.cast import make_member, make_person
from tests.support.desk import Desk
from tests.support.factories import EventFactory, PersonFactory, StoryFactory


@pytest.fixture
def fire(db):
    return EventFactory(day__story=StoryFactory(slug="the-fire"), kind__story=StoryFactory(slug="the-fire"))


def test_the_rows_of_a_story_are_open_to_who_has_a_role_in_it(draft, fire):
    member = make_member("ours", draft.story, "moderator")

    assert list(reach.within(Event.objects.all(), member)) == [draft]
    assert list(reach.within(Event.objects.all(), member, "events.approve_citation")) == [draft]
    assert not reach.within(Event.objects.all(), member, "events.publish_event")
    assert list(reach.stories_of(member)) == [draft.story]


def test_to_who_has_a_permission_everywhere_all_are_and_that_costs_nothing(draft, fire, editor):
    rows = Event.objects.all()

    assert reach.within(rows, editor, "events.publish_event") is rows
    assert reach.stories_of(editor).count() == 2


def test_to_nobody_else_any(draft, fire):
    left = make_member("left", draft.story, "editor")
    Membership.objects.filter(person=left).update(ended_at="2021-03-03T12:00Z", ended_by=left)

    for person in (make_person("none"), left):
        assert not reach.within(Event.objects.all(), person)
        assert not reach.stories_of(person)


def test_a_decision_is_of_the_story_of_what_was_decided_on(published, fire, text, admin_person):
    member = make_member("ours", published.story, "editor")
    make_member("theirs", fire.story, "editor")

    found = set(reach.within(Decision.objects.all(), member))

    assert found == {row for row in Decision.objects.all() if row.story_id != fire.story.pk}
    assert {name for row in found for name in SUBJECTS if getattr(row, name)} >= {
        "event",
        "citation",
        "story",
    }


def test_decisions_on_what_a_role_may_not_look_at_are_not_read_by_it(published, text, admin_person, editor):
    texts.publish_text(text, by=admin_person, seen=1)
    other = PersonFactory(username="other-boss", is_superuser=True)
    takedowns.ask(published.story, [Part("entry/1")], by=admin_person, reason="A court says so.")
    on_text, on_takedown = (
        Decision.objects.get(**{f"{name}__isnull": False}) for name in ("text", "takedown")
    )

    def read(person):
        held = holding.held_by(person)
        return {*reach.on_what_is_open(Decision.objects.all(), person, held=held)} & {on_text, on_takedown}

    assert read(editor) == read(make_member("writes", published.story, "editor")) == set()
    assert read(make_member("runs", published.story, "manager")) == {on_text}
    assert read(other) == {on_text, on_takedown}


def test_the_list_and_the_page_of_a_decision_go_by_that(published, text, admin_person, editor):
    texts.publish_text(text, by=admin_person, seen=1)
    on_text = Decision.objects.get(text__isnull=False)
    desk = Desk(editor)

    rows = desk.get("events_decision_changelist").context["cl"].result_list
    assert rows and on_text not in rows
    assert desk.open(on_text).status_code == 302
    assert Desk(admin_person).open(on_text).status_code == 200


def test_who_may_do_something_in_a_story(story, editor, fire):
    ours, theirs = make_member("ours", story, "editor"), make_member("theirs", fire.story, "editor")
    closed = make_member("closed", story, "editor")
    type(closed).objects.filter(pk=closed.pk).update(is_active=False)

    found = set(reach.who_may("events.publish_event", story))

    assert {editor, ours} <= found
    assert not {theirs, closed} & found
    assert ours not in reach.who_may("events.publish_event")


def test_of_every_model_at_the_desk_it_is_known_how_it_leads_to_a_story():
    ours = {model for model in admin.site._registry if model._meta.app_label == Story._meta.app_label}

    # A takedown is asked for and confirmed where it is told what goes with it.
    assert ours | {Takedown} == reach.STORY_FROM.keys()
