"""Where a citation stands in review, and how many sources support an event, is kept by the database, whatever
is done with them."""

import pytest
from django.db import connection
from django.db.models import Q

from chronicle import triggers
from events.editorial import keeping, moderation, publishing, writing
from events.models import Citation, Event, Source
from events.upkeep import RECHECKED, RECHECKED_AS_PUBLISHED, UNDECIDED, UPKEEPS
from tests.support.factories import CitationFactory, SourceFactory, fresh


def expected(citation: Citation) -> int | None:
    """As the review asked of each citation before there was a column."""
    event = citation.event
    if citation.state == "pending" and event.state != "discarded":
        return UNDECIDED
    if not citation.lapsed or event.state in ("withdrawn", "discarded"):
        return None
    as_published = event.state == "published" and event.published_hmac == event.hmac
    return RECHECKED_AS_PUBLISHED if as_published else RECHECKED


def check() -> list[int | None]:
    found = list(Citation.objects.select_related("event"))
    assert [one.turn for one in found] == [expected(one) for one in found]
    return [one.turn for one in found]


def supporting(event: Event) -> int:
    """As the policy counted before there was a column."""
    seen = Q(state="approved") | Q(state="pending", keeps_approved=True)
    rows = event.citations.filter(seen, stance="supports", source__retracted_at=None)
    return rows.values("source").distinct().count()


def check_support() -> list[int]:
    found = list(Event.objects.order_by("pk"))
    assert [one.source_total for one in found] == [supporting(one) for one in found]
    return [one.source_total for one in found]


def say(event: Event, headline: str, by) -> None:
    event = Event.objects.get(pk=event.pk)
    event.headline = headline
    writing.save_event(event, by=by, seen=event.version)


def test_it_follows_every_move(draft, citation, moderator, editor):
    assert check() == [UNDECIDED]

    keeping.discard(fresh(draft), by=editor, seen=fresh(draft).version, reason="Told twice.")
    assert check() == [None]

    keeping.bring_back(fresh(draft), by=editor, seen=fresh(draft).version)
    assert check() == [UNDECIDED]

    moderation.approve(fresh(citation), by=moderator, seen=fresh(citation).version)
    assert check() == [None]

    say(draft, "Something else altogether", editor)
    assert check() == [RECHECKED]


def test_words_that_readers_see_come_first(published, editor, story):
    say(published, "Something else altogether", editor)
    assert check() == [RECHECKED]

    story.recheck = "after"
    type(story).objects.filter(pk=story.pk).update(recheck="after")
    event = Event.objects.get(pk=published.pk)
    publishing.publish(event, by=editor, seen=event.version, note="It was told otherwise.")
    assert check() == [RECHECKED_AS_PUBLISHED]


def test_the_sources_of_an_event_are_counted_whatever_becomes_of_them(published, editor, moderator):
    assert check_support() == [1]

    second = CitationFactory(event=published, source=SourceFactory(story=published.story, title="Another"))
    assert check_support() == [1]
    moderation.approve(fresh(second), by=moderator, seen=fresh(second).version)
    assert check_support() == [2]
    again = CitationFactory(event=published, source=second.source, quote="Said once more, otherwise.")
    moderation.approve(fresh(again), by=moderator, seen=fresh(again).version)
    assert check_support() == [2]

    source = Source.objects.get(pk=second.source_id)
    moderation.retract_source(source, by=moderator, seen=source.version, reason="It was wrong.")
    assert check_support() == [1]

    say(published, "Something else altogether", editor)
    assert check_support() == [1]

    Citation.objects.update(stance="disputes")
    assert check_support() == [0]


def test_a_row_that_is_saved_as_it_was_read_before_counts_no_older_number(published, moderator):
    held = fresh(published)
    second = CitationFactory(event=published, source=SourceFactory(story=published.story, title="Another"))
    moderation.approve(fresh(second), by=moderator, seen=fresh(second).version)

    held.save()

    assert check_support() == [2]


def test_bulk_writes_bring_it_along_too(published):
    Event.objects.update(hmac="0" * 64)
    assert check() == [RECHECKED]

    Citation.objects.update(event_hmac="0" * 64)
    assert check() == [None]


@pytest.mark.parametrize("upkeep", UPKEEPS, ids=lambda upkeep: upkeep.name)
def test_each_upkeep_is_a_trigger_that_is_laid(db, upkeep):
    assert upkeep in triggers.laid(connection)


def test_control_without_its_triggers_it_stays_behind(published):
    triggers.lift(connection)

    Event.objects.update(hmac="0" * 64)

    with pytest.raises(AssertionError):
        check()

    Citation.objects.update(stance="disputes")
    with pytest.raises(AssertionError):
        check_support()
