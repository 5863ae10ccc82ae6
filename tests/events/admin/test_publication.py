"""How the desk shows and changes what is scheduled, and what its buttons tell of it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from chronicle.models import Edition, Entry
from chronicle.wording import at_words
from events.admin.desk.writing.steps import STEPS
from events.editorial import publishing, scheduling
from events.models import Event
from tests.support.cast import approve_all, confirm_all, fresh, make_person, publish
from tests.support.desk import Desk, told
from tests.support.factories import EventFactory


@pytest.fixture
def desk(editor):
    return Desk(editor)


@pytest.fixture
def waiting(draft, editor, moderator):
    """The draft, its citation approved, to be published in two days."""
    approve_all(draft, moderator)
    at = (timezone.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    publishing.schedule(draft, by=editor, seen=draft.version, at=at)
    return fresh(draft)


@pytest.fixture
def writer(db):
    """Somebody who may change events and not publish them."""
    person = make_person("writer")
    may = ["view_event", "change_event", "view_citation", "change_citation"]
    person.user_permissions.set(Permission.objects.filter(codename__in=may))
    return person


def words_of(event, at=None):
    return at_words(at or event.publish_at, event.story.clock.zone)


def typed(at, event):
    return f"{at.astimezone(event.story.clock.zone):%Y-%m-%dT%H:%M}"


def offered(page):
    """The verbs of its buttons: those beside the form, and those at its foot, which save it first."""
    beside = {box["verb"].name for box in page.context["verbs"]}
    return beside | {STEPS[step.name][0] for step in page.context["steps"] if step.name in STEPS}


def refuse(waiting, reason="It needs 1 more approved citation."):
    Event.objects.filter(pk=waiting.pk).update(
        schedule_refusal=reason, publish_at=timezone.now() - timedelta(hours=1)
    )


def shown_to_readers(client, number=1):
    return client.get(f"/the-flood/entry/{number}/").status_code


def test_schedules_by_the_clock_of_the_story_and_says_when_readers_see_it(desk, client, draft, moderator):
    approve_all(draft, moderator)
    at = (timezone.now() + timedelta(days=200)).replace(second=0, microsecond=0)

    response = desk.press(draft, "publish-at", at=typed(at, draft))
    page = desk.client.get(response["Location"])

    assert fresh(draft).publish_at == at
    assert told(page) == f"Scheduled for {words_of(draft, at)}. Until then readers see nothing of it."
    assert not Entry.objects.exists()
    assert shown_to_readers(client) == 404
    assert "Its entry" not in page.content.decode()


@pytest.mark.parametrize("name", ["form", "list", "day"])
def test_its_time_stands_in_the_zone_of_the_story_with_the_offset(desk, waiting, name):
    page = {
        "form": lambda: desk.open(waiting),
        "list": lambda: desk.get("events_event_changelist"),
        "day": lambda: desk.open(waiting.day),
    }[name]()

    assert "Lisbon time (UTC" in words_of(waiting)
    assert words_of(waiting) in page.content.decode()


def test_the_form_says_in_whose_name_and_what_readers_see_till_then(desk, waiting):
    shown = desk.open(waiting).content.decode()

    assert f"For {words_of(waiting)}, by editor. Until then readers see nothing of it." in shown


def test_what_is_not_scheduled_has_no_line_for_it(desk, published):
    page = desk.open(published)

    assert "field-scheduled" not in page.content.decode()
    assert "Its entry" in page.content.decode()


@pytest.mark.parametrize(
    ("fate", "verbs"),
    [
        ("draft", {"submit", "publish", "publish-at", "discard"}),
        ("submitted", {"publish", "publish-at", "reopen", "discard"}),
        ("scheduled", {"publish", "reschedule", "unschedule", "withdraw"}),
        ("published", {"publish", "withdraw"}),
        ("withdrawn", {"reopen"}),
    ],
)
def test_offers_the_verbs_of_each_state(desk, editor, draft, moderator, fate, verbs):
    approve_all(draft, moderator)
    if fate == "scheduled":
        at = timezone.now() + timedelta(days=2)
        publishing.schedule(draft, by=editor, seen=draft.version, at=at)
    elif fate == "submitted":
        publishing.submit(draft, by=editor, seen=draft.version)
    elif fate != "draft":
        publish(draft, editor)
    if fate == "withdrawn":
        publishing.withdraw(draft, by=editor, seen=draft.version, reason="Twice.")

    assert offered(desk.open(draft)) == verbs


def test_another_time_is_offered_with_the_one_it_has_and_told(desk, waiting):
    at = waiting.publish_at + timedelta(days=1)
    page = desk.open(waiting)
    (form,) = [box["form"] for box in page.context["verbs"] if box["verb"].name == "reschedule"]

    after = desk.client.get(desk.press(waiting, "reschedule", at=typed(at, waiting))["Location"])

    assert f'value="{typed(waiting.publish_at, waiting)}"' in str(form["at"])
    assert fresh(waiting).publish_at == at
    assert told(after) == f"Scheduled for {words_of(waiting, at)}. Until then readers see nothing of it."


def test_a_cancelled_publication_is_submitted_and_never_comes(desk, waiting):
    after = desk.client.get(desk.press(waiting, "unschedule")["Location"])

    assert "it is not published at that time and waits as submitted" in told(after)
    assert fresh(waiting).state == "submitted"
    assert scheduling.due(waiting.publish_at) == []


def test_published_now_it_is_public_at_once_and_once(desk, client, waiting):
    after = desk.client.get(desk.press(waiting, "publish")["Location"])

    assert told(after) == "Published: readers see it as it is here."
    assert shown_to_readers(client) == 200
    assert scheduling.publish_due(waiting.pk, waiting.publish_at) is False


def test_an_edit_and_publish_now_show_readers_what_was_edited(desk, client, waiting):
    desk.save(desk.open(waiting), headline="The old bridge is closed")
    confirm_all(waiting)

    desk.press(waiting, "publish")

    assert "The old bridge is closed" in client.get("/the-flood/entry/1/").content.decode()


def test_withdrawn_before_its_time_it_is_not_there_for_ever(desk, client, waiting):
    page = desk.open(waiting)
    (form,) = [box["form"] for box in page.context["verbs"] if box["verb"].name == "withdraw"]

    after = desk.client.get(desk.press(waiting, "withdraw", reason="Told twice.")["Location"])
    scheduling.publish_due(waiting.pk, waiting.publish_at)

    assert form.fields["reason"].label == "Why, for the desk"
    assert "Withdrawn before its time: it was never public" in told(after)
    assert fresh(waiting).state == "withdrawn"
    assert not Edition.objects.exclude(action="opening").exists()
    assert shown_to_readers(client) == 404


def test_withdrawn_again_before_its_time_readers_keep_the_reason_they_have(desk, client, waiting):
    desk.press(waiting, "publish")
    desk.press(waiting, "withdraw", reason="Told twice.")
    desk.press(waiting, "reopen")
    desk.press(waiting, "publish-at", at=typed(waiting.publish_at, waiting), note="It was told once.")
    scheduled = fresh(waiting)

    after = desk.client.get(desk.press(waiting, "withdraw", reason="It was not.")["Location"])

    assert scheduled.state == "scheduled"
    assert "readers see that it was withdrawn before, and why then" in told(after)
    assert "Told twice." in client.get("/the-flood/entry/1/").content.decode()


def test_control_what_was_published_and_withdrawn_is_there_as_withdrawn(desk, client, waiting):
    desk.press(waiting, "publish")

    after = desk.client.get(desk.press(waiting, "withdraw", reason="Told twice.")["Location"])

    assert told(after) == "Withdrawn. In its place readers see that it was withdrawn, and why."
    assert shown_to_readers(client) == 410


def test_what_was_withdrawn_once_is_told_as_such_until_its_time(desk, published, editor):
    for verb, words in (("withdraw", {"reason": "Twice."}), ("reopen", {})):
        desk.press(published, verb, **words)
    at = timezone.now() + timedelta(days=2)

    response = desk.press(published, "publish-at", at=typed(at, published), note="Found again.")

    assert "Until then readers see that it was withdrawn." in told(desk.client.get(response["Location"]))


def test_an_edit_by_one_who_may_publish_schedules_the_new_words_in_their_name(other_editor, waiting):
    desk = Desk(other_editor)

    after = desk.client.get(desk.save(desk.open(waiting), headline="The old bridge is closed")["Location"])

    held = fresh(waiting)
    assert (held.state, held.scheduled_by, held.scheduled_version) == ("scheduled", other_editor, 2)
    assert held.publish_at == waiting.publish_at
    scheduled = f"It is scheduled for {words_of(waiting)} as it is now, by other-editor."
    (said,) = [str(message) for message in after.context["messages"] if scheduled in str(message)]
    assert "A moderator confirms it first." in said


def test_an_edit_by_one_who_may_not_publish_is_marked_and_held_back(desk, editor, writer, waiting):
    theirs = Desk(writer)

    after = theirs.client.get(
        theirs.save(theirs.open(waiting), headline="The old bridge is closed")["Location"]
    )

    held = fresh(waiting)
    assert (held.state, held.scheduled_by, held.scheduled_version) == ("scheduled", editor, 1)
    assert any("marked “changed since”" in str(message) for message in after.context["messages"])
    assert "Changed since: it is held back at its time" in desk.open(waiting).content.decode()
    assert "changed since" in desk.get("events_event_changelist").content.decode()
    assert "changed since" in desk.open(waiting.day).content.decode()
    assert scheduling.publish_due(waiting.pk, waiting.publish_at) is False


def test_an_edit_that_does_not_pass_any_more_is_marked_and_says_what_is_missing(desk, waiting, kind):
    kind.citations_needed = 2
    kind.save()

    after = desk.client.get(desk.save(desk.open(waiting), headline="The old bridge is closed")["Location"])

    assert fresh(waiting).changed_since_scheduled
    messages = " ".join(str(message) for message in after.context["messages"])
    assert f"It stays scheduled for {words_of(waiting)}, and would not be published now." in messages
    assert "needs 1 more approved citation" in messages


def test_a_changed_citation_alone_is_told_too(desk, waiting):
    after = desk.client.get(
        desk.save(desk.open(waiting), **{"citations-0-quote": "It was shut."})["Location"]
    )

    assert any("would not be published now" in str(message) for message in after.context["messages"])


def test_what_was_refused_at_its_time_says_why(desk, waiting):
    refuse(waiting)

    page = desk.open(waiting).content.decode()
    assert "Not published: It needs 1 more approved citation. Readers see nothing of it." in page
    assert "Until then" not in page
    assert page.index("Not published") < page.index("Save and publish")
    assert "not published" in desk.get("events_event_changelist").content.decode()
    assert "not published" in desk.open(waiting.day).content.decode()


def test_a_save_of_what_was_refused_says_that_it_stays_so(desk, waiting):
    refuse(waiting)

    after = desk.client.get(desk.save(desk.open(waiting), headline="The old bridge is closed")["Location"])

    assert any("Saving it changes nothing of that" in str(one) for one in after.context["messages"])
    assert scheduling.publish_due(waiting.pk, timezone.now()) is False


@pytest.mark.parametrize("many", [3, 30])
def test_the_list_takes_as_many_queries_for_thirty_scheduled_as_for_three(
    desk, editor, day, kind, many, django_assert_max_num_queries
):
    for n in range(many):
        event = EventFactory(by=editor, day=day, kind=kind, headline=f"Event {n}", approved=True)
        at = timezone.now() + timedelta(days=2)
        publishing.schedule(event, by=editor, seen=event.version, at=at)

    with django_assert_max_num_queries(13):
        desk.get("events_event_changelist")


def test_the_page_of_a_day_lists_fifty_and_counts_the_rest(desk, editor, day, kind, source):
    for n in range(52):
        EventFactory(by=editor, day=day, kind=kind, headline=f"Event {n}")
    Event.objects.update(
        state="scheduled", publish_at=timezone.now(), scheduled_by=editor, scheduled_version=1
    )

    shown = desk.open(day).content.decode()

    assert "Event 49<" in shown
    assert "Event 50<" not in shown
    assert "and 2 more" in shown
