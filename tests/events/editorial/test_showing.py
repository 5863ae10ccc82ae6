"""What keeps a medium, and with it an event, from readers: which, and what it lacks."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from events.editorial import bulk, ending, materials, publishing, scheduling, using
from events.editorial.refused import Refused
from events.editorial.showing import missing
from events.editorial.working import BEAT_EVERY, Worker
from events.models import Decision, Event, Material, Use
from tests.support.cast import fresh, publish
from tests.support.desk import Desk
from tests.support.factories import EventFactory, MaterialFactory, StoryFactory, show
from tests.support.pictures import row

TODAY = date(2021, 3, 3)


@pytest.fixture(autouse=True)
def _folder(media_folder):
    return media_folder


@pytest.fixture
def ready(db):
    """An event that nothing is missing of."""
    return EventFactory(approved=True)


def change(material, by, **fields):
    return materials.change(material, by=by, seen=fresh(material).version, **fields)


def complete(**unlike):
    facts = {"credit": "A", "alt": "b", "rights": "own", "state": "approved", **unlike}
    return Material(story=StoryFactory(), asset=row(**unlike.pop("file", {})), **facts)


@pytest.mark.parametrize(
    ("unlike", "sentence"),
    [
        ({}, ""),
        ({"credit": " "}, "It has no credit."),
        ({"alt": ""}, "It has no alternative text."),
        ({"rights": ""}, "It does not say by what right it may be shown."),
        ({"rights": "CNE"}, "“Copyright not evaluated” is no right to show it."),
        ({"rights": "permission"}, "“By permission” does not say with or by whom, and when."),
        ({"rights": "permission", "rights_note": "B. Costa, 2021-03-01"}, ""),
        ({"licence_ends": TODAY}, ""),
        ({"licence_ends": date(2021, 3, 2)}, "Its licence ended on 2 March 2021."),
        ({"consent": "withdrawn"}, "The consent of those shown was withdrawn."),
        ({"state": "pending"}, "It is not approved yet."),
        ({"state": "rejected"}, "It was rejected on review."),
        ({"taken_down_at": timezone.now(), "taken_down_reason": "Asked."}, "It was taken down: Asked."),
    ],
)
@pytest.mark.django_db
def test_says_what_is_missing(unlike, sentence):
    assert missing(complete(**unlike), TODAY) == ([sentence] if sentence else [])


@pytest.mark.django_db
def test_a_document_needs_no_alternative_text():
    document = Material(
        story=StoryFactory(),
        asset=row(kind="document", width=None, height=None, likeness=None),
        credit="A",
        rights="own",
        state="approved",
    )

    assert missing(document, TODAY) == []


def test_an_event_is_kept_back_and_told_which_medium_lacks_what(ready, editor, moderator):
    good, bare = MaterialFactory(approved=True), MaterialFactory(bare=True, name="flood.jpg")
    show(ready, good, bare)

    with pytest.raises(Refused) as refusal:
        publish(ready, editor)

    assert str(refusal.value) == (
        "“A bridge is closed” shows a medium that readers may not see. “flood.jpg”: It has no credit. It "
        "does not say by what right it may be shown. It has no alternative text. It is not approved yet."
    )
    with pytest.raises(Refused, match=r"flood\.jpg"):
        publish(ready, editor, at=timezone.now() + timedelta(hours=1))


def test_control_with_all_of_it_the_event_is_published(ready, editor):
    show(ready, MaterialFactory(approved=True))

    publish(ready, editor)

    assert fresh(ready).state == "published"


def test_a_change_keeps_its_events_from_being_printed_again(ready, editor):
    shown = MaterialFactory(approved=True)
    show(ready, shown)
    publish(ready, editor)
    change(shown, editor, credit="B")

    with pytest.raises(Refused, match="not approved yet"):
        publish(ready, editor, note="Again.")


def test_many_at_once_leave_out_those_that_lack_something(story, editor):
    good, bad = (EventFactory(submitted=True, decided="approved") for _ in range(2))
    show(good, MaterialFactory(approved=True))
    show(bad, MaterialFactory())

    tally = bulk.publish_submitted(story, by=editor)

    assert (tally.published, len(tally.refused)) == (1, 1)
    assert "not approved yet" in tally.refused[0]


def test_a_licence_that_ends_before_the_time_of_publication_is_told_when_it_is_set(ready, editor, moderator):
    now = timezone.now()
    shown = MaterialFactory(licence_ends=(now + timedelta(days=2)).date())
    materials.approve(shown, by=moderator, seen=2)
    show(ready, shown)

    with pytest.raises(Refused, match="Its licence ends on"):
        publish(ready, editor, at=now + timedelta(days=5))

    publish(ready, editor, at=now + timedelta(days=1))
    assert fresh(ready).state == "scheduled"


def test_what_is_missing_at_its_time_is_told_then(ready, editor):
    shown = MaterialFactory(approved=True)
    show(ready, shown)
    publish(ready, editor, at=timezone.now() + timedelta(hours=1))
    Event.objects.update(publish_at=timezone.now())
    change(shown, editor, alt="Otherwise.")

    assert not scheduling.publish_due(ready.pk, timezone.now())

    assert "not approved yet" in fresh(ready).schedule_refusal


def test_what_an_event_shows_counts_as_its_words(ready, editor):
    first, second = MaterialFactory(), MaterialFactory()
    before = fresh(ready).version

    show(ready, first, second, caption="Seen from the quay")

    assert fresh(ready).version == before + 1
    assert [(use.material, use.caption) for use in ready.uses.all()] == [
        (first, "Seen from the quay"),
        (second, "Seen from the quay"),
    ]
    show(ready, first, second, caption="Seen from the quay")
    assert fresh(ready).version == before + 1
    show(ready, second, first, caption="Seen from the quay")
    assert [use.material for use in ready.uses.all()] == [second, first]


def test_what_is_scheduled_and_changed_is_asked_of_its_licence_at_its_time(ready, editor):
    now = timezone.now()
    shown = MaterialFactory(decided="approved", licence_ends=(now + timedelta(days=5)).date())
    publishing.publish(ready, by=editor, seen=ready.version, at=now + timedelta(days=10))

    show(ready, shown, by=editor)

    assert fresh(ready).changed_since_scheduled


def test_what_is_scheduled_stays_so_with_other_media(ready, editor):
    publish(ready, editor, at=timezone.now() + timedelta(hours=1))

    show(ready, MaterialFactory(approved=True))
    assert not fresh(ready).changed_since_scheduled

    show(ready, MaterialFactory())
    assert fresh(ready).changed_since_scheduled


def test_an_event_shows_media_of_its_story_each_once(ready, editor, moderator):
    here, there = MaterialFactory(), MaterialFactory(story=StoryFactory(slug="the-fire", title="The fire"))

    with pytest.raises(Refused, match="belongs to another story"):
        show(ready, there)
    with pytest.raises(Refused, match="stands here twice"):
        show(ready, here, here)
    with pytest.raises(Refused, match="You may not change"):
        using.show(ready, [Use(material=here)], by=moderator, seen=fresh(ready).version)
    with pytest.raises(Refused, match="Somebody has changed this"):
        using.show(ready, [Use(material=here)], by=editor, seen=0)


NIGHT_IN_LISBON = datetime(2021, 6, 3, 23, 0, tzinfo=UTC)
"""Midnight there, in summer."""


@pytest.fixture
def licensed(moderator):
    """A medium that may be shown until the third of June."""
    material = MaterialFactory(licence_ends=date(2021, 6, 3))
    Material.objects.update(
        state="approved", approved_by=moderator, approved_at=timezone.now(), approved_version=2
    )
    return fresh(material)


def test_the_worker_takes_down_what_is_over_when_the_day_after_begins_there(licensed):
    said = []
    worker = Worker("one", say=said.append)

    worker.pass_once(NIGHT_IN_LISBON - BEAT_EVERY)
    assert (said, fresh(licensed).taken_down_at) == ([], None)

    worker.pass_once(NIGHT_IN_LISBON)
    worker.pass_once(NIGHT_IN_LISBON + BEAT_EVERY)

    reason = "Its licence ended on 3 June 2021."
    assert said == [f"Medium {licensed.pk} of “The flood” was taken down. {reason}"]
    assert fresh(licensed).taken_down_reason == reason
    decision = Decision.objects.get(verb="take down")
    assert (decision.material, decision.by, decision.note) == (licensed, None, reason)


def test_the_command_says_what_it_took_down_and_the_desk_by_whom(licensed, moderator, capsys):
    call_command("work", once=True)

    said = capsys.readouterr().out
    assert said.splitlines() == [
        f"Medium {licensed.pk} of “The flood” was taken down. Its licence ended on 3 June 2021.",
        "Published: 0.",
    ]
    desk = Desk(moderator)
    assert "the worker" in desk.open(licensed).content.decode()
    assert "the worker" in desk.get("events_decision_changelist").content.decode()


def test_it_takes_down_what_lost_its_consent(licensed):
    Material.objects.update(licence_ends=None, consent="withdrawn")

    assert "consent" in ending.take_down_ended(licensed.pk, NIGHT_IN_LISBON)
    assert ending.take_down_ended(licensed.pk, NIGHT_IN_LISBON) == ""


def test_one_that_fails_stops_no_other_and_is_tried_again_later(licensed, monkeypatch, caplog):
    other, said = MaterialFactory(decided="approved"), []
    Material.objects.filter(pk=other.pk).update(licence_ends=date(2021, 6, 1))
    real = ending.down

    def down(held, **given):
        if held == licensed:
            raise RuntimeError("The disk is full.")
        real(held, **given)

    monkeypatch.setattr(ending, "down", down)
    worker = Worker("one", say=said.append)
    worker.pass_once(NIGHT_IN_LISBON)

    assert fresh(other).taken_down_at
    assert "could not be taken down" in caplog.text
    monkeypatch.undo()
    worker.pass_once(NIGHT_IN_LISBON + BEAT_EVERY)
    assert fresh(licensed).taken_down_at
