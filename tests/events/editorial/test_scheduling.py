"""What is scheduled waits on the desk, and is published at its time if it still may and passes."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from chronicle.models import Edition, Entry
from events.editorial import moderation, policy, publishing, scheduling, stories, writing
from events.editorial.refused import Refused
from events.models import Decision, Event
from tests.support.cast import (
    approve_all,
    confirm_all,
    entry_of,
    make_event,
    open_to_readers,
    publish,
    rewrite,
)
from tests.support.desk import Desk, told
from tests.support.factories import CitationFactory, fresh

SECOND = timedelta(seconds=1)


@pytest.fixture
def at():
    """In an hour, to the minute."""
    return (timezone.now() + timedelta(hours=1)).replace(second=0, microsecond=0)


@pytest.fixture
def scheduled(draft, editor, moderator, at):
    """The draft, its citation approved, to be published in an hour in the name of the editor."""
    approve_all(draft, moderator)
    publish(draft, editor, at=at)
    return fresh(draft)


def pass_at(now):
    """Publish all that is due by ``now``; says of each whether it is public."""
    return [scheduling.publish_due(pk, now) for pk in scheduling.due(now)]


def stays(event, at, reason):
    """Whether ``event`` is not published at its time, and says why on the desk's form and list."""
    assert pass_at(at) == [False]
    event = fresh(event)
    assert (event.state, event.publish_at) == ("scheduled", at)
    assert reason in event.schedule_refusal
    assert not hasattr(event, "printed")
    assert scheduling.due(at + timedelta(days=30)) == []
    return True


def on_the_desk(event, person):
    """What the form and the list say of ``event``."""
    desk = Desk(person)
    form = desk.open(event).content.decode()
    return form, desk.get("events_event_changelist").content.decode()


def test_nothing_of_it_is_in_the_record_before_its_time(scheduled, at, client):
    assert pass_at(at - SECOND) == []

    assert (scheduled.state, scheduled.publish_at) == ("scheduled", at)
    assert not Edition.objects.exclude(action="opening").exists()
    assert scheduled.headline not in client.get("/the-flood/day-3/").content.decode()


def test_it_is_public_at_its_time_in_the_name_of_who_scheduled_it(scheduled, at, editor, client):
    assert pass_at(at) == [True]

    event, entry = fresh(scheduled), entry_of(scheduled)
    assert (event.state, event.published_version, event.publish_at) == ("published", event.version, None)
    assert client.get(entry.get_absolute_url()).status_code == 200
    edition = Edition.objects.get(subject=entry.subject)
    assert edition.by == event.story.pseudonyms.get(person=editor).name
    decision = Decision.objects.filter(event=event).latest("pk")
    moved = (decision.verb, decision.by, decision.from_state, decision.to_state)
    assert moved == ("publish", editor, "scheduled", "published")


def test_whoever_comes_second_finds_it_done(scheduled, at):
    due = scheduling.due(at)

    assert [scheduling.publish_due(pk, at) for pk in due * 2] == [True, False]
    assert Edition.objects.filter(subject="entry/1").count() == 1


def test_the_earliest_comes_first(scheduled, editor, moderator, day, kind, source, at):
    sooner = make_event(editor, day, kind, "Sooner", source)
    approve_all(sooner, moderator)
    publish(sooner, editor, at=at - 2 * SECOND)

    assert scheduling.due(at) == [sooner.pk, scheduled.pk]
    assert scheduling.due(at, but=[sooner.pk]) == [scheduled.pk]
    assert scheduling.due(at - SECOND) == [sooner.pk]


def test_what_is_not_scheduled_is_refused_in_the_words_of_the_buttons(published, editor, at):
    with pytest.raises(Refused, match="You cannot cancel its publication: it is published"):
        scheduling.unschedule(published, by=editor, seen=published.version)
    with pytest.raises(Refused, match="You cannot change its time: it is published"):
        scheduling.reschedule(published, by=editor, seen=published.version, at=at)


def test_a_permission_taken_away_holds_it_back(scheduled, at, editor):
    editor.groups.clear()

    assert stays(scheduled, at, "editor scheduled it and may not publish any more")


def test_a_deactivated_account_holds_it_back(scheduled, at, editor):
    editor.is_active = False
    editor.save()

    assert stays(scheduled, at, "editor scheduled it and may not publish any more")


def test_a_version_that_nobody_scheduled_is_held_back(scheduled, at, other_editor):
    other_editor.groups.clear()
    other_editor.user_permissions.add(Permission.objects.get(codename="change_event"))
    rewrite(scheduled, fresh(other_editor), headline="Another bridge is closed")

    assert fresh(scheduled).changed_since_scheduled
    assert stays(scheduled, at, "It was changed after it was scheduled")


def test_an_edited_citation_holds_it_back(scheduled, at, editor):
    citation = scheduled.citations.get()
    citation.quote = "The bridge was closed at ten."
    writing.save_citation(citation, by=editor, seen=citation.version)

    assert stays(scheduled, at, "needs 1 more approved citation")


def test_a_rejected_citation_holds_it_back(scheduled, at, moderator):
    citation = scheduled.citations.get()
    moderation.reopen(citation, by=moderator, seen=citation.version)
    moderation.reject(citation, by=moderator, seen=citation.version, code="inexact", words="Not so.")

    assert stays(scheduled, at, "0 pending and 1 rejected")


def test_a_source_retracted_meanwhile_holds_it_back(scheduled, at, moderator, source):
    moderation.retract_source(source, by=moderator, seen=source.version, reason="Taken back.")

    assert stays(scheduled, at, "needs 1 more approved citation")


def test_a_policy_raised_meanwhile_holds_it_back(scheduled, at, admin_person):
    story = fresh(scheduled.story)
    policy.set_policy(story, by=admin_person, seen=story.version, citations_needed=2)

    assert stays(scheduled, at, "needs 1 more approved citation")


def test_control_unchecked_it_would_be_published(scheduled, at, editor, monkeypatch):
    editor.groups.clear()
    monkeypatch.setattr(scheduling, "what_stands_against", lambda held: "")

    assert pass_at(at) == [True]


def test_the_reason_stands_on_the_event_and_on_the_list(scheduled, at, editor, both):
    editor.groups.clear()
    pass_at(at)

    form, listed = on_the_desk(scheduled, both)

    assert "Not published: editor scheduled it and may not publish any more." in form
    assert "not published" in listed


def test_scheduling_it_anew_clears_the_mark_and_takes_back_the_first_time(scheduled, at, editor, both):
    editor.groups.clear()
    pass_at(at)
    later = at + timedelta(hours=2)

    scheduling.reschedule(scheduled, by=both, seen=scheduled.version, at=later)

    assert fresh(scheduled).schedule_refusal == ""
    assert pass_at(later - SECOND) == []
    assert pass_at(later) == [True]
    by = fresh(scheduled).story.pseudonyms.get(person=both).name
    assert Edition.objects.get(subject="entry/1").by == by


def test_the_first_time_is_taken_back_before_it_comes(scheduled, at, editor):
    scheduling.reschedule(scheduled, by=editor, seen=scheduled.version, at=at + timedelta(hours=2))

    assert pass_at(at) == []
    scheduling.reschedule(scheduled, by=editor, seen=scheduled.version, at=at - timedelta(minutes=30))
    assert pass_at(at - timedelta(minutes=30)) == [True]


def test_a_time_that_is_over_blocks_no_saving_and_saving_publishes_nothing(scheduled, at, editor):
    """An editor who mends what held it back decides anew when readers see it."""
    citation = scheduled.citations.get()
    citation.quote = "The bridge was closed at ten."
    writing.save_citation(citation, by=editor, seen=citation.version)
    pass_at(at)
    Event.objects.filter(pk=scheduled.pk).update(publish_at=timezone.now() - timedelta(days=1))
    desk = Desk(editor)

    page = desk.save(desk.open(scheduled), headline="A bridge is closed for good")

    assert page.status_code == 302
    event = fresh(scheduled)
    assert (event.headline, event.state) == ("A bridge is closed for good", "scheduled")
    assert event.changed_since_scheduled
    assert scheduling.due(timezone.now()) == []


def test_a_time_that_is_over_before_anybody_worked_blocks_no_saving(scheduled, editor):
    Event.objects.filter(pk=scheduled.pk).update(publish_at=timezone.now() - timedelta(days=1))

    rewrite(scheduled, editor, headline="A bridge is closed for good")
    confirm_all(scheduled)

    assert pass_at(timezone.now()) == [True]
    assert entry_of(scheduled).headline == "A bridge is closed for good"


def test_an_edit_schedules_the_new_version_in_the_name_of_who_saves(scheduled, at, other_editor):
    rewrite(scheduled, other_editor, headline="Another bridge is closed")

    event = fresh(scheduled)
    assert (event.publish_at, event.scheduled_by) == (at, other_editor)
    confirm_all(event)
    assert pass_at(at) == [True]
    assert entry_of(event).headline == "Another bridge is closed"


def test_another_date_of_its_day_and_another_clock_schedule_it_anew_too(
    unopened, scheduled, at, admin_person
):
    day = scheduled.day
    day.date += timedelta(days=1)
    writing.save_day(day, by=admin_person, seen=day.version)
    story = fresh(scheduled.story)
    story.zone = "Asia/Tokyo"
    stories.save_story(story, by=admin_person, seen=story.version)

    event = fresh(scheduled)
    assert (event.scheduled_by, event.changed_since_scheduled) == (admin_person, False)
    confirm_all(event)
    open_to_readers(story)
    assert pass_at(at) == [True]


def test_an_edit_that_does_not_pass_stays_at_its_time_marked_as_changed(scheduled, at, editor, moderator):
    citation = scheduled.citations.get()
    moderation.reopen(citation, by=moderator, seen=citation.version)

    rewrite(scheduled, editor, headline="Another bridge is closed")

    form, listed = on_the_desk(scheduled, editor)
    assert "Changed since: it is held back at its time" in form
    assert "changed since" in listed
    assert stays(scheduled, at, "It was changed after it was scheduled")


def test_cancelled_it_waits_among_the_submitted(scheduled, at, editor):
    scheduling.unschedule(scheduled, by=editor, seen=scheduled.version)

    event = fresh(scheduled)
    assert (event.state, event.publish_at, event.scheduled_by) == ("submitted", None, None)
    assert pass_at(at) == []


def test_published_now_instead_its_time_means_nothing_any_more(scheduled, at, editor):
    publish(scheduled, editor)

    assert fresh(scheduled).state == "published"
    assert pass_at(at) == []
    assert Edition.objects.filter(subject="entry/1").count() == 1


def test_withdrawn_before_its_time_it_was_never_public(scheduled, at, editor, client):
    publishing.withdraw(scheduled, by=editor, seen=scheduled.version, reason="It was another bridge.")

    assert pass_at(at) == []
    assert not Entry.objects.exists()
    assert client.get("/the-flood/entry/1/").status_code == 404


@pytest.mark.parametrize(
    ("ahead", "sentence"),
    [
        (timedelta(seconds=-1), "is past"),
        (timedelta(days=367), "within a year"),
    ],
)
def test_refuses_a_time_that_is_past_or_too_far(draft, editor, moderator, ahead, sentence):
    approve_all(draft, moderator)

    with pytest.raises(Refused, match=sentence):
        publish(draft, editor, at=timezone.now() + ahead)


def test_refuses_today_what_it_lacks(draft, editor, at):
    with pytest.raises(Refused, match="needs 1 more approved citation"):
        publish(draft, editor, at=at)


def test_what_was_published_before_is_scheduled_with_a_note_for_readers(published, editor, at):
    publishing.withdraw(published, by=editor, seen=published.version, reason="Not sure.")
    publishing.reopen_event(published, by=editor, seen=published.version)
    with pytest.raises(Refused, match="say in a note"):
        publish(published, editor, at=at)

    publish(published, editor, at=at, note="Sure again.")

    assert pass_at(at) == [True]
    assert entry_of(published).document["note"] == "Sure again."


def test_a_citation_more_is_printed_with_it(scheduled, at, other_source, editor, moderator):
    CitationFactory(event=scheduled, source=other_source, by=editor, moderator=moderator, decided="approved")

    assert pass_at(at) == [True]
    assert entry_of(scheduled).standing == "corroborated"


@pytest.fixture
def summer():
    """Noon of a day in July to come, when Lisbon is an hour before UTC; as a form would send it."""
    now = timezone.now()
    year = now.year if now.month < 6 else now.year + 1
    return datetime.combine(datetime(year, 7, 1, tzinfo=UTC), time(12), UTC)


def test_a_time_is_chosen_and_shown_by_the_clock_of_the_story(draft, editor, moderator, summer):
    approve_all(draft, moderator)
    desk = Desk(editor)

    page = desk.press(draft, "publish-at", at=summer.strftime("%Y-%m-%dT%H:%M"))

    assert page.status_code == 302
    event = fresh(draft)
    assert event.publish_at == summer - timedelta(hours=1)
    form, listed = on_the_desk(event, editor)
    for page in (form, listed):
        assert "12:00" in page
        assert "Lisbon" in page


def test_a_correction_of_the_text_keeps_time_and_zone(draft, editor, moderator, summer):
    approve_all(draft, moderator)
    desk = Desk(editor)
    desk.press(draft, "publish-at", at=summer.strftime("%Y-%m-%dT%H:%M"))

    desk.save(desk.open(draft), headline="A bridge is closed for good")

    event = fresh(draft)
    assert (event.headline, event.publish_at) == ("A bridge is closed for good", summer - timedelta(hours=1))
    assert not event.changed_since_scheduled


def test_changing_only_the_note_of_a_time_keeps_its_zone(draft, editor, moderator, summer):
    """The field of the form begins with the time that it has: sent back as it stands, nothing moves."""
    approve_all(draft, moderator)
    desk = Desk(editor)
    desk.press(draft, "publish-at", at=summer.strftime("%Y-%m-%dT%H:%M"))

    page = desk.press(draft, "reschedule", at=summer.strftime("%Y-%m-%dT%H:%M"))

    assert page.status_code == 302
    assert fresh(draft).publish_at == summer - timedelta(hours=1)


def test_a_refusal_gives_back_the_time_that_was_typed(draft, editor, moderator):
    page = Desk(editor).press(draft, "publish-at", at="2021-03-03T12:00")

    assert page.status_code == 200
    assert "2021-03-03T12:00" in page.content.decode() or "2021-03-03 12:00" in page.content.decode()
    assert told(page)
