"""What is scheduled and read again, because its day or its clock changed: who may not publish is told."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from tests.support.cast import approve_all, make_person, publish
from tests.support.desk import Desk
from tests.support.factories import fresh


@pytest.fixture
def waiting(draft, editor, moderator):
    """The draft, its citation approved, to be published in two days."""
    approve_all(draft, moderator)
    publish(draft, editor, at=timezone.now() + timedelta(days=2))
    return fresh(draft)


@pytest.fixture
def writer(db):
    """Somebody who may change days and stories and publish nothing."""
    person = make_person("writer")
    may = ["view_event", "view_day", "change_day", "view_story", "change_story"]
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
