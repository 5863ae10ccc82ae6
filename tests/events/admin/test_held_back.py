"""What holds back what is scheduled though nobody opened it: its day, its clock, its policy, its people."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from chronicle import wording
from events.editorial import moderation, scheduling, writing
from events.models import Event
from tests.support.cast import approve_all, make_person, open_to_readers, publish
from tests.support.desk import Desk
from tests.support.factories import PersonFactory, fresh


@pytest.fixture(autouse=True)
def story(unopened):
    """Its clock may change."""
    return unopened


@pytest.fixture
def waiting(draft, editor, moderator):
    """The draft, its citation approved, to be published in two days."""
    approve_all(draft, moderator)
    publish(draft, editor, at=timezone.now() + timedelta(days=2))
    return fresh(draft)


@pytest.fixture
def writer(db):
    """Somebody who may change events, days and stories and publish nothing."""
    person = make_person("writer")
    may = ["view_event", "change_event", "view_day", "change_day", "view_story", "change_story"]
    person.user_permissions.set(Permission.objects.filter(codename__in=may))
    return person


@pytest.mark.parametrize(
    ("row", "typed"),
    [
        (lambda event: event.day, {"date": "2021-03-04"}),
        (lambda event: event.story, {"zone": "Asia/Tokyo"}),
    ],
    ids=["a day that moves", "a clock that changes"],
)
def test_who_may_not_publish_is_told_what_reading_it_again_holds_back(writer, waiting, row, typed):
    desk = Desk(writer)

    after = desk.client.get(desk.save(desk.open(row(waiting)), **typed)["Location"])

    assert fresh(waiting).changed_since_scheduled
    said = [str(message) for message in after.context["messages"]]
    assert [one for one in said if one.startswith(f"“{waiting.headline}”: It stays scheduled for")]


def test_control_who_may_publish_is_told_of_nothing_held_back(editor, waiting):
    desk = Desk(editor)

    after = desk.client.get(desk.save(desk.open(waiting.day), date="2021-03-04")["Location"])

    assert not fresh(waiting).changed_since_scheduled
    assert not [one for one in after.context["messages"] if "stays scheduled" in str(one)]


@pytest.mark.parametrize(
    ("row", "typed"),
    [
        (lambda event: event.day, {"date": "2021-03-04"}),
        (lambda event: event.story, {"morning_begins": "05:00"}),
    ],
    ids=["a day that moves", "a clock that changes"],
)
def test_reading_it_again_makes_nobodys_words_public_that_were_held_back(
    writer, admin_person, waiting, row, typed
):
    """Who moved the day may publish, and has not seen what the writer wrote."""
    waiting.headline, waiting.wording = "What the writer wrote", "in the morning"
    writing.save_event(waiting, by=writer, seen=waiting.version)
    desk = Desk(admin_person)

    after = desk.client.get(desk.save(desk.open(row(fresh(waiting))), **typed)["Location"])

    held = fresh(waiting)
    assert held.changed_since_scheduled
    assert any("marked “changed since”" in str(message) for message in after.context["messages"])
    assert scheduling.publish_due(held.pk, held.publish_at) is False


def test_a_change_of_zone_tells_at_what_time_it_is_published_now(admin_person, waiting):
    desk, at = Desk(admin_person), waiting.publish_at

    after = desk.client.get(desk.save(desk.open(waiting.story), zone="Asia/Tokyo")["Location"])

    assert fresh(waiting).publish_at == at
    tokyo = wording.at_words(at, ZoneInfo("Asia/Tokyo"))
    said = f"“{waiting.headline}” is published at the same instant: now {tokyo}."
    assert said in [str(message) for message in after.context["messages"]]


def raise_the_policy(event):
    event.kind.citations_needed = 2
    event.kind.save()
    return "needs 1 more approved citation"


def retract_its_source(event):
    source = event.citations.get().source
    moderator = PersonFactory(moderator=True)
    moderation.retract_source(source, by=moderator, seen=source.version, reason="The paper took it back.")
    return "needs 1 more approved citation"


def send_who_scheduled_it_away(event):
    event.scheduled_by.is_active = False
    event.scheduled_by.save()
    return "editor scheduled it and may not publish any more"


@pytest.mark.parametrize("change", [raise_the_policy, retract_its_source, send_who_scheduled_it_away])
def test_its_page_says_what_stands_against_it_before_its_time(admin_person, waiting, change):
    desk = Desk(admin_person)
    assert "would not be published now" not in desk.open(waiting).content.decode()

    said = change(waiting)

    page = desk.open(waiting).content.decode()
    assert "It would not be published now." in page
    assert said in page
    after = desk.client.get(desk.save(desk.open(waiting), headline="Saved again")["Location"])
    assert "as it is now, by editor" not in " ".join(map(str, after.context["messages"]))


def test_what_nobody_published_at_its_time_is_told_as_overdue(editor, waiting):
    open_to_readers(waiting.story)
    Event.objects.update(publish_at=timezone.now() - timedelta(hours=1))
    desk = Desk(editor)

    assert "Its time has passed: it is published as soon as the worker runs." in (
        page := desk.open(waiting).content.decode()
    )
    assert "Until then" not in page


def test_where_its_story_is_not_open_it_waits_for_that(editor, waiting):
    Event.objects.update(publish_at=timezone.now() - timedelta(hours=1))

    page = Desk(editor).open(waiting).content.decode()

    assert "Its time has passed: it is published at the opening of its story." in page
