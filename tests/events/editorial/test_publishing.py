"""Submit, publish, withdraw and reopen: who may, from where, and what readers see afterwards."""

from datetime import timedelta

import pytest
from django.utils import timezone

from chronicle.models import Edition, Entry, Page
from events.editorial import publishing, writing
from events.editorial.refused import Refused, Stale
from events.models import Day, Decision, Event
from tests.support.cast import approve_all, editions_of, entry_of, fresh, make_event, publish
from tests.support.factories import StoryFactory


def withdraw(event, editor, reason="It was told twice."):
    publishing.withdraw(event, by=editor, seen=fresh(event).version, reason=reason)


def test_submits_a_draft_that_cites_something(draft, editor):
    publishing.submit(draft, by=editor, seen=draft.version)

    assert fresh(draft).state == "submitted"
    decision = Decision.objects.get(event=draft, citation=None)
    assert (decision.verb, decision.by, decision.from_state, decision.to_state) == (
        "submit",
        editor,
        "draft",
        "submitted",
    )


def test_refuses_to_submit_what_cites_nothing(editor, day, kind):
    event = make_event(editor, day, kind)

    with pytest.raises(Refused, match="Add a citation first"):
        publishing.submit(event, by=editor, seen=event.version)


def test_submits_an_uncited_event_where_none_is_needed(editor, day, kind):
    kind.citations_needed = 0
    kind.save()
    event = make_event(editor, day, kind)

    publishing.submit(event, by=editor, seen=event.version)

    assert fresh(event).state == "submitted"


def test_publishes_a_draft_whose_citation_is_approved(draft, editor, moderator):
    approve_all(draft, moderator)

    edition = publish(draft, editor)

    event, entry = fresh(draft), entry_of(draft)
    assert (event.state, event.published_version, event.staged) == ("published", event.version, False)
    assert (edition.subject, edition.edition, edition.action) == (entry.subject, 1, "first")
    assert entry.document["text"] == "<p>The city closed the bridge.</p>"
    assert entry.document["citations"][0]["quote"] == "The bridge was closed."
    assert entry.standing == "single"
    assert list(Entry.objects.public()) == [entry]


def test_publishes_a_submitted_event(draft, editor, moderator):
    publishing.submit(draft, by=editor, seen=draft.version)
    approve_all(draft, moderator)

    publish(draft, editor)

    assert Decision.objects.filter(event=draft, verb="publish").get().from_state == "submitted"


@pytest.mark.parametrize("verb", ["submit", "publish", "withdraw", "reopen_event"])
def test_refuses_a_moderator_who_is_no_editor(published, moderator, verb):
    words = {"withdraw": {"reason": "No."}}.get(verb, {})

    with pytest.raises(Refused, match="You may not"):
        getattr(publishing, verb)(published, by=moderator, seen=published.version, **words)


def test_refuses_an_account_that_was_closed(draft, editor, moderator):
    approve_all(draft, moderator)
    editor.is_active = False
    editor.save()

    with pytest.raises(Refused, match="You may not"):
        publish(draft, fresh(editor))


def test_refuses_a_version_that_was_not_seen(draft, editor, other_editor, moderator):
    approve_all(draft, moderator)
    theirs = fresh(draft)
    theirs.headline = "The bridge is open"
    writing.save_event(theirs, by=other_editor, seen=1)

    with pytest.raises(Stale, match="you saw version 1, it is now version 2"):
        publishing.publish(draft, by=editor, seen=1)

    assert not Entry.objects.exists()


def test_refuses_what_was_deleted_in_the_meantime(day, kind, editor):
    event = make_event(editor, day, kind)
    Event.objects.filter(pk=event.pk).delete()

    with pytest.raises(Refused, match="deleted this in the meantime"):
        publishing.submit(event, by=editor, seen=event.version)


@pytest.mark.parametrize(
    ("verb", "words", "said"),
    [("submit", {}, "published"), ("reopen_event", {}, "published")],
)
def test_refuses_a_move_that_the_state_does_not_allow(published, editor, verb, words, said):
    with pytest.raises(Refused, match=f"it is {said}"):
        getattr(publishing, verb)(published, by=editor, seen=published.version, **words)


def test_refuses_to_withdraw_a_draft(draft, editor):
    with pytest.raises(Refused, match="You cannot withdraw this: it is a draft"):
        withdraw(draft, editor)


def test_a_refusal_leaves_nothing_behind(draft, editor):
    before = Decision.objects.count()

    with pytest.raises(Refused):
        publish(draft, editor)

    editions = Edition.objects.exclude(action="opening")
    assert (editions.count(), Page.objects.count(), Decision.objects.count()) == (0, 0, before)
    assert fresh(draft).state == "draft"


def test_publishing_again_without_a_change_prints_nothing(published, editor):
    editions = Edition.objects.count()

    assert publish(published, editor) is None

    assert Edition.objects.count() == editions


def test_a_second_edition_needs_a_note(published, editor):
    published.headline = "Two bridges are closed"
    writing.save_event(published, by=editor, seen=published.version)

    with pytest.raises(Refused, match="say in a note what you changed"):
        publish(published, editor, note="  ")

    edition = publish(published, editor, note=" A second bridge. ")
    assert (edition.edition, editions_of(published)[-1].document["note"]) == (2, "A second bridge.")


def test_an_edit_stays_staged_until_it_is_published(published, editor):
    published.text = "<p>Other words.</p>"
    writing.save_event(published, by=editor, seen=published.version)

    assert fresh(published).staged
    assert entry_of(published).document["text"] == "<p>The city closed the bridge.</p>"

    publish(published, editor, note="Put otherwise.")
    assert not fresh(published).staged
    assert entry_of(published).document["text"] == "<p>Other words.</p>"


def test_an_edition_of_what_is_published_is_refused_where_its_citation_waits(published, editor):
    citation = published.citations.get()
    citation.quote = "Both bridges were closed."
    writing.save_citation(citation, by=editor, seen=citation.version)

    with pytest.raises(Refused, match="1 more approved citation"):
        publish(published, editor, note="Anyway.")


def test_refuses_to_publish_at_a_time_that_is_past(draft, editor, moderator):
    approve_all(draft, moderator)

    with pytest.raises(Refused, match="is past"):
        publish(draft, editor, at=timezone.now() - timedelta(seconds=1))


def test_withdrawing_leaves_a_tombstone_without_words(published, editor):
    before = entry_of(published)

    withdraw(published, editor, " It was told twice. ")

    event, entry = fresh(published), entry_of(published)
    assert (event.state, event.withdrawal_reason) == ("withdrawn", "It was told twice.")
    assert (entry.pk, entry.sk, entry.number) == (before.pk, before.sk, before.number)
    assert (entry.headline, entry.card, entry.withdrawn_reason) == ("", "", "It was told twice.")
    assert not entry.entry_terms.exists()
    assert not Entry.objects.public().exists()
    assert editions_of(published)[-1].action == "withdrawal"


def test_the_document_of_a_withdrawal_keeps_no_words(published, editor):
    moment = entry_of(published).document["moment"]

    withdraw(published, editor, "It was told twice.")

    assert entry_of(published).document == {
        "format": 1,
        "language": "en",
        "note": "It was told twice.",
        "withdrawn": "It was told twice.",
        "position": 0,
        "moment": {**moment, "wording": ""},
    }


def test_withdrawing_asks_for_a_reason(published, editor):
    with pytest.raises(Refused, match="Say why"):
        withdraw(published, editor, "  ")


def test_a_withdrawn_event_comes_back_as_a_restoration_at_its_address(published, editor):
    address = entry_of(published).number
    withdraw(published, editor)
    publishing.reopen_event(published, by=editor, seen=fresh(published).version)
    assert fresh(published).state == "draft"
    assert not Entry.objects.public().exists()

    with pytest.raises(Refused, match="say in a note"):
        publish(published, editor)
    edition = publish(published, editor, note="It was not told twice.")

    entry = entry_of(published)
    assert edition.action == "restoration"
    assert (entry.number, entry.withdrawn_at, entry.withdrawn_reason) == (address, None, "")
    assert entry.headline == "A bridge is closed"
    assert list(Entry.objects.public()) == [entry]
    assert entry.entry_terms.count() == 3


def test_what_was_withdrawn_cannot_be_published_before_it_is_reopened(published, editor):
    withdraw(published, editor)

    with pytest.raises(Refused, match="it is withdrawn"):
        publish(published, editor, note="Again.")


def test_a_submitted_event_can_be_made_a_draft_again(draft, editor):
    publishing.submit(draft, by=editor, seen=draft.version)

    publishing.reopen_event(draft, by=editor, seen=draft.version)

    assert fresh(draft).state == "draft"


def test_an_event_moves_to_another_day_with_its_next_edition(published, editor, story):
    other = writing.save_day(Day(story=story, date=story.first_date), by=editor)
    published.day = other
    writing.save_event(published, by=editor, seen=published.version)
    assert entry_of(published).told_on == story.first_date.replace(day=3)
    assert not Page.objects.filter(date=other.date).exists()

    publish(published, editor, note="Told on the first day.")

    assert entry_of(published).told_on == other.date
    assert Page.objects.filter(date=other.date).exists()


def test_an_event_cannot_move_to_another_story(published, editor, story):
    elsewhere = StoryFactory(title="Another", slug="another")
    published.day = writing.save_day(Day(story=elsewhere, date=story.first_date), by=editor)

    with pytest.raises(Refused, match="belongs to another story"):
        writing.save_event(published, by=editor, seen=published.version)


def test_publishing_an_event_makes_a_bare_page_for_its_day(day, draft, editor, moderator):
    day.headline = "The water rises"
    writing.save_day(day, by=editor, seen=1)
    approve_all(draft, moderator)

    publish(draft, editor)

    assert (Page.objects.get().number, Page.objects.get().headline) == (3, "")


def test_publishing_a_day_prints_its_words(day, published, editor):
    day.headline, day.sentence, day.occasion = "The water rises", "It rose.", "Shrove Tuesday"
    day.summary = "<p>It rose <script>x</script>fast.</p>"
    writing.save_day(day, by=editor, seen=1)

    edition = publishing.publish_day(day, by=editor, seen=2)

    page = Page.objects.get()
    assert (page.headline, page.sentence, page.occasion, page.summary) == (
        "The water rises",
        "It rose.",
        "Shrove Tuesday",
        "<p>It rose fast.</p>",
    )
    assert (edition.action, edition.edition) == ("addition", 2)
    assert not fresh(day).staged


def test_a_day_can_be_published_before_any_event(day, editor):
    day.headline = "The water rises"
    writing.save_day(day, by=editor, seen=1)

    edition = publishing.publish_day(day, by=editor, seen=2)

    assert (edition.action, edition.edition) == ("first", 1)
    assert publishing.publish_day(day, by=editor, seen=2) is None


def test_a_later_edition_of_a_day_needs_a_note(day, editor):
    day.headline = "The water rises"
    writing.save_day(day, by=editor, seen=1)
    publishing.publish_day(day, by=editor, seen=2)
    day.headline = "The water falls"
    writing.save_day(day, by=editor, seen=2)

    with pytest.raises(Refused, match="say in a note"):
        publishing.publish_day(day, by=editor, seen=3)

    assert publishing.publish_day(day, by=editor, seen=3, note="It fell.").action == "correction"


def test_a_moderator_cannot_publish_a_day(day, moderator):
    with pytest.raises(Refused, match="You may not publish"):
        publishing.publish_day(day, by=moderator, seen=1)
