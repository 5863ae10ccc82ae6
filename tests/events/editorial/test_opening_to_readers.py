"""A story is opened by a verb of its own: before, nothing of it is public; after it follows what waited."""

import shutil
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.utils import timezone

from chronicle.models import Chronicle, Edition, Entry, Page
from chronicle.models import Text as PrintedText
from chronicle.record.verifying import problems
from events.editorial import (
    bulk,
    foreseeing,
    moderation,
    opening,
    publishing,
    scheduling,
    stories,
    texts,
    writing,
)
from events.editorial.awaiting import keep_back
from events.editorial.refused import Refused, Stale
from events.editorial.working import Worker
from events.models import Day, Decision, Event, Story, Text
from tests.support.cast import (
    approve_all,
    chronicle_of,
    confirm_all,
    entry_of,
    fresh,
    make_member,
    open_to_readers,
    publish,
)
from tests.support.factories import (
    CitationFactory,
    DayFactory,
    EventFactory,
    MaterialFactory,
    StoryFactory,
    TextFactory,
    show,
)

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def story(unopened):
    return unopened


@pytest.fixture
def waiting(editor):
    """An event that is published, so that it waits for the opening."""
    return EventFactory(published=True, headline="The bridge waits")


def open_it(story, by, **said):
    opening.open_story(story, by=by, seen=fresh(story).version, **said)


def print_all(story):
    batches = []
    while batch := opening.print_waiting(story.pk, timezone.now()):
        batches.append(batch)
    return batches


def test_to_publish_before_it_is_to_have_it_wait(waiting, editor):
    assert (waiting.state, waiting.publish_at, waiting.scheduled_by) == ("scheduled", None, editor)
    assert Decision.objects.filter(event=waiting).latest("pk").done == "to be published at the opening"
    assert not Edition.objects.exists()


def test_so_it_is_with_the_words_of_days_and_with_texts(editor, admin_person):
    day, text = DayFactory(published=True, headline="A wet day"), TextFactory(published=True)

    assert (day.published_version, day.awaits_by, day.awaits_version) == (0, editor, 1)
    assert (text.published_version, text.awaits_by, text.awaits_version) == (0, admin_person, 1)
    assert not Edition.objects.exists()


def test_what_does_not_pass_cannot_wait(draft, editor):
    with pytest.raises(Refused, match="needs 1 more approved citation"):
        publish(draft, editor)


def test_it_is_opened_before_anything_else_is_printed(story, waiting, manager):
    open_it(story, manager)

    first = Edition.objects.with_document().get()
    assert (first.seq, first.subject, first.edition, first.action) == (1, "chronicle", 1, "opening")
    assert fresh(story).opened_at == first.at
    assert Decision.objects.filter(story=story, verb="open").get().by == manager


def test_what_waited_follows_in_the_order_of_its_days_in_the_name_of_who_published_it(
    story, manager, editor, moderator, other_editor, admin_person
):
    DayFactory(headline="The third", published=True)
    later = DayFactory(date=date(2021, 3, 5), headline="The fifth", published=True, by=other_editor)
    EventFactory(published=True, day=later, headline="Told on the fifth")
    EventFactory(published=True, headline="Told on the third", by=other_editor)
    TextFactory(published=True)

    open_it(story, manager)
    print_all(story)

    pages = Edition.objects.filter(subject__startswith="page/").order_by("seq")
    assert [page.subject for page in pages] == ["page/2021-03-03", "page/2021-03-05"]
    entries = Edition.objects.filter(subject__startswith="entry/").order_by("seq").with_document()
    assert [entry.document["headline"] for entry in entries] == ["Told on the third", "Told on the fifth"]
    by = {str(row.person): row.name for row in story.pseudonyms.select_related("person")}
    assert [entry.by for entry in entries] == [by["other-editor"], by["editor"]]
    assert [page.by for page in pages] == [by["editor"], by["other-editor"]]
    assert Edition.objects.get(action="opening").by == by["manager"]
    assert list(Page.objects.values_list("headline", flat=True)) == ["The third", "The fifth"]
    assert PrintedText.objects.get().title == "About the flood"
    assert set(Event.objects.values_list("state", flat=True)) == {"published"}
    assert not Day.objects.exclude(awaits_by=None).exists()
    assert not Text.objects.exclude(awaits_by=None).exists()
    assert list(problems()) == []


def test_from_then_on_to_publish_is_to_print(story, draft, editor, moderator, manager):
    approve_all(draft, moderator)
    open_it(story, manager)

    publish(draft, editor)

    assert entry_of(draft).headline == draft.headline


def test_many_are_printed_in_batches_and_whoever_comes_next_goes_on(story, manager, monkeypatch):
    monkeypatch.setattr(opening, "AT_ONCE", 2)
    for number in range(5):
        EventFactory(published=True, headline=f"Event {number}", wording=f"0{number}:00")
    open_it(story, manager)

    first = opening.print_waiting(story.pk, timezone.now())
    Worker("test").pass_once(timezone.now())

    assert first.printed == 2
    assert Entry.objects.count() == 5
    assert opening.print_waiting(story.pk, timezone.now()) is None
    assert list(Entry.objects.order_by("sk").values_list("headline", flat=True)) == [
        f"Event {number}" for number in range(5)
    ]


def test_what_is_changed_by_somebody_who_may_not_publish_is_held_back(story, waiting, manager, moderator):
    Event.objects.update(version=2)

    open_it(story, manager)
    batch = print_all(story)[0]

    assert (batch.printed, len(batch.held_back)) == (0, 1)
    assert "changed after it was scheduled" in fresh(waiting).schedule_refusal
    assert not Entry.objects.exists()
    assert opening.at_hand(timezone.now()) == []


def test_a_citation_that_was_rejected_since_holds_back(story, waiting, manager, moderator):
    citation = waiting.citations.get()
    moderation.reopen(citation, by=moderator, seen=1)
    moderation.reject(citation, by=moderator, seen=1, code="inexact", words="It says otherwise.")

    assert [event.pk for event in foreseeing.held_back(story, timezone.now())] == [waiting.pk]
    open_it(story, manager)
    print_all(story)

    assert "needs 1 more approved citation" in fresh(waiting).schedule_refusal


def test_who_may_not_publish_any_more_holds_back(story, waiting, manager, editor):
    day = DayFactory(headline="A wet day", published=True)
    editor.groups.clear()

    open_it(story, manager)
    print_all(story)

    assert "may not publish any more" in fresh(waiting).schedule_refusal
    assert "may not any more" in fresh(day).awaits_refusal
    assert not Page.objects.exists()


def test_one_that_cannot_be_sealed_holds_back_no_other(story, waiting, manager):
    bad = EventFactory(published=True, headline="Another", wording="15:00")
    Event.objects.filter(pk=bad.pk).update(headline="Decomposed: e\u0301")

    open_it(story, manager)
    batch = print_all(story)[0]

    assert (batch.printed, len(batch.held_back)) == (1, 1)
    assert "not in the composed form" in fresh(bad).schedule_refusal
    assert entry_of(waiting).headline == "The bridge waits"


def test_a_time_that_comes_before_the_opening_waits_for_it(story, draft, editor, moderator, manager):
    approve_all(draft, moderator)
    at = timezone.now() + HOUR
    publish(draft, editor, at=at)

    assert scheduling.due(at + HOUR) == []
    assert not scheduling.publish_due(draft.pk, at + HOUR)
    open_it(story, manager)
    assert opening.print_waiting(story.pk, timezone.now()) is None
    assert opening.print_waiting(story.pk, at + HOUR).printed == 1


def test_an_edit_waits_in_its_new_words(story, waiting, editor, manager, admin_person):
    day, text = DayFactory(headline="A wet day", published=True), TextFactory(published=True)
    waiting.headline, day.headline, text.title = "The bridge is shut", "A very wet day", "Of the flood"
    writing.save_event(waiting, by=editor, seen=1)
    writing.save_day(day, by=editor, seen=1)
    texts.save_text(text, by=admin_person, seen=1)
    confirm_all(waiting)

    open_to_readers(story)

    assert entry_of(waiting).headline == "The bridge is shut"
    assert Page.objects.get().headline == "A very wet day"
    assert PrintedText.objects.get().title == "Of the flood"


def test_words_that_are_taken_back_are_not_printed(story, editor, admin_person, manager):
    day, text = DayFactory(headline="A wet day", published=True), TextFactory(published=True)

    keep_back(day, by=editor, seen=1)
    keep_back(text, by=admin_person, seen=1)
    open_to_readers(story)

    assert not Page.objects.exists()
    assert not PrintedText.objects.exists()


@pytest.mark.parametrize("who", ["editor", "moderator"])
def test_only_a_manager_opens_it(request, story, who):
    with pytest.raises(Refused, match="You may not open this story"):
        open_it(story, request.getfixturevalue(who))

    assert not Chronicle.objects.exists()


def test_a_manager_of_another_story_does_not(story):
    with pytest.raises(Refused, match="You may not open this story"):
        open_it(story, make_member("theirs", StoryFactory(slug="the-fire"), "manager"))


def test_it_is_opened_once(story, manager):
    open_it(story, manager)

    with pytest.raises(Refused, match="is open already"):
        open_it(story, manager)
    with pytest.raises(Refused, match="is open already"):
        opening.set_opening(story, by=manager, seen=1, at=timezone.now() + HOUR)
    assert Edition.objects.count() == 1


def test_over_another_version_it_is_refused(story, manager):
    Story.objects.update(version=2)

    with pytest.raises(Stale):
        opening.open_story(story, by=manager, seen=1)


def test_its_domain_is_fixed_by_it(story, manager):
    open_it(story, manager, domain=" Flood.Example:8443 ")

    assert chronicle_of(story).origin == f"flood.example:8443/{story.key}"


def test_where_none_is_given_it_is_that_of_the_setting(story, manager):
    open_it(story, manager)

    assert chronicle_of(story).origin == f"{settings.CHRONICLE_ORIGIN}/{story.key}"


@pytest.mark.parametrize(
    "domain",
    ["https://flood.example", "flood.example/", "flood example", "überflut.example", "a" * 101, "-a"],
)
def test_what_is_no_domain_is_refused_in_a_sentence(story, manager, domain):
    with pytest.raises(Refused, match="is no domain"):
        open_it(story, manager, domain=domain)

    assert fresh(story).opened_at is None


def test_words_that_cannot_be_sealed_are_refused_and_nothing_is_public(story, manager, waiting):
    Story.objects.update(description="Decomposed: e\u0301")

    with pytest.raises(Refused, match="not in the composed form"):
        open_it(fresh(story), manager)

    assert fresh(story).opened_at is None
    assert not Chronicle.objects.exists()


def test_a_record_that_holds_its_address_is_said_to_be_anothers(story, manager):
    open_it(StoryFactory(unopened=True, slug="the-fire"), manager)
    Chronicle.objects.update(slug=story.slug, key="c6381b50-e93d-4a07-ac32-30cfc13e6a49")

    with pytest.raises(Refused, match="printed from a desk that is not here"):
        open_it(story, manager)


def test_a_record_that_is_not_there_is_said_to_be_missing(story, draft, editor, moderator):
    approve_all(draft, moderator)
    Story.objects.update(opened_at=timezone.now())

    with pytest.raises(Refused, match="its record is not here"):
        publish(draft, editor)


def test_at_a_time_the_worker_opens_it_and_prints_what_waits(story, waiting, manager):
    at = timezone.now() + HOUR
    opening.set_opening(story, by=manager, seen=1, at=at, domain="flood.example")
    worker = Worker("test")

    worker.pass_once(at - timedelta(seconds=1))
    assert not Chronicle.objects.exists()
    assert worker.pass_once(at) == 1

    assert entry_of(waiting).headline == "The bridge waits"
    assert chronicle_of(story).origin == f"flood.example/{story.key}"
    assert (fresh(story).open_at, fresh(story).open_by) == (None, None)
    assert Decision.objects.filter(story=story).latest("pk").by == manager


def test_who_set_its_time_and_may_not_any_more_does_not_open_it(story, manager):
    at = timezone.now() + HOUR
    opening.set_opening(story, by=manager, seen=1, at=at)
    manager.groups.clear()

    Worker("test").pass_once(at)

    assert "may not open it any more" in fresh(story).open_refusal
    assert not Chronicle.objects.exists()
    assert opening.at_hand(at) == []


def test_its_time_is_cancelled(story, manager):
    opening.set_opening(story, by=manager, seen=1, at=timezone.now() + HOUR)

    with pytest.raises(Stale):
        opening.cancel_opening(story, by=manager, seen=1)
    opening.cancel_opening(story, by=manager, seen=2)

    assert opening.at_hand(timezone.now() + 2 * HOUR) == []
    with pytest.raises(Refused, match="not to be opened at any time"):
        opening.cancel_opening(story, by=manager, seen=3)


@pytest.mark.parametrize("at", [-HOUR, timedelta(days=400)])
def test_a_time_that_is_past_or_far_away_is_refused(story, manager, at):
    with pytest.raises(Refused):
        opening.set_opening(story, by=manager, seen=1, at=timezone.now() + at)


def test_once_open_the_database_keeps_it_so(story, manager):
    open_it(story, manager)

    with pytest.raises(IntegrityError, match="stays open"):
        Story.objects.update(opened_at=None)


def test_a_save_of_its_form_leaves_the_opening_alone(story, manager, admin_person):
    before = fresh(story)
    opening.set_opening(story, by=manager, seen=1, at=timezone.now() + HOUR)
    before.title = "High water"

    stories.save_story(before, by=admin_person, seen=2)

    assert fresh(story).open_by == manager


@pytest.mark.parametrize(
    "against",
    [
        lambda event, moderator: Event.objects.filter(pk=event.pk).update(version=2),
        lambda event, moderator: Event.objects.filter(pk=event.pk).update(hmac="0" * 64),
        lambda event, moderator: event.kind.__class__.objects.update(citations_needed=2),
        lambda event, moderator: Story.objects.update(citations_needed=2),
        lambda event, moderator: event.scheduled_by.__class__.objects.filter(pk=event.scheduled_by_id).update(
            is_active=False
        ),
    ],
    ids=["changed", "lapsed", "kind", "policy", "account"],
)
def test_what_would_be_held_back_is_foreseen_with_the_reason(story, waiting, moderator, against):
    now = timezone.now()
    assert not foreseeing.held_back(story, now).exists()

    against(waiting, moderator)

    held = foreseeing.held_back(fresh(story), now).get()
    assert foreseeing.why_held_back(held, held.citations.select_related("source"))


def test_control_what_passes_is_not_foreseen_as_held_back(story, waiting):
    CitationFactory(event=waiting, quote="Another says so.", approved=True)

    assert foreseeing.events_awaiting(story, timezone.now()).count() == 1
    assert not foreseeing.held_back(story, timezone.now()).exists()


def test_a_second_person_is_asked_for_at_the_opening_too(story, draft, moderator, editor, manager):
    approve_all(draft, moderator)
    publish(draft, editor)
    Story.objects.update(second_person=True)

    assert foreseeing.held_back(fresh(story), timezone.now()).count() == 1
    open_it(story, manager)
    print_all(story)

    assert "a second person publish" in fresh(draft).schedule_refusal


def test_many_published_at_once_wait_too(story, draft, editor, moderator, manager):
    approve_all(draft, moderator)
    publishing.submit(draft, by=editor, seen=draft.version)

    tally = bulk.publish_submitted(story, by=editor)
    open_to_readers(story)

    assert tally.published == 1
    assert entry_of(draft).headline == draft.headline


def test_a_file_that_is_lost_holds_back_its_event_and_no_other(story, waiting, manager, media_folder):
    other = EventFactory(approved=True, headline="With a picture", wording="15:00")
    show(other, MaterialFactory(approved=True))
    publishing.publish(fresh(other), by=other.created_by, seen=fresh(other).version)
    shutil.rmtree(media_folder / "renditions")

    open_it(story, manager)
    batch = print_all(story)[0]

    assert (batch.printed, len(batch.held_back)) == (1, 1)
    assert "A file of a medium that this shows is lost" in fresh(other).schedule_refusal
    assert entry_of(waiting).headline == "The bridge waits"


def test_no_day_has_a_page_before_its_words(story, manager, monkeypatch):
    monkeypatch.setattr(opening, "AT_ONCE", 2)
    for number in range(1, 6):
        DayFactory(date=date(2021, 3, number), headline=f"Day {number}", published=True)
    last = DayFactory(date=date(2021, 3, 5))
    EventFactory(published=True, day=last, headline="On the last day")

    open_it(story, manager)
    print_all(story)

    assert Edition.objects.filter(subject__startswith="page/").count() == 5
    assert [page.headline for page in Page.objects.order_by("date")] == [f"Day {n}" for n in range(1, 6)]
    assert Entry.objects.get().headline == "On the last day"
