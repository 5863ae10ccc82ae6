"""Where a citation stands in review is kept by the database, whatever is done with it and its event."""

import pytest
from django.db import connection

from chronicle import triggers
from events.editorial import keeping, moderation, publishing, writing
from events.models import Citation, Event
from events.upkeep import RECHECKED, RECHECKED_AS_PUBLISHED, UNDECIDED, UPKEEPS
from tests.support.factories import fresh


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
