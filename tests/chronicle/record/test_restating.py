"""Of an edition of an entry is told whether it only says in other words what is found as it was."""

import pytest
from django.db import connection

from chronicle import triggers
from chronicle.models import Edition, Sheet
from chronicle.record.verifying import problems
from events.editorial import moderation, publishing, writing
from tests.chronicle.site.test_as_known_then import again, retell, tell, withdraw
from tests.support.cast import fresh
from tests.support.factories import CitationFactory, KindFactory, PlaceFactory
from tests.support.taking import take


def restated(subject="entry/1"):
    """Of each edition of a subject, whether it says so."""
    editions = Edition.objects.filter(subject=subject).order_by("edition")
    return list(editions.values_list("restated", flat=True))


OTHERWISE = {
    "a kind": lambda: {"kind": KindFactory(name="Fire")},
    "a time": lambda: {"wording": "12:40"},
    "a place in its hour": lambda: {"position": 4},
    "a key event": lambda: {"is_key": True},
}


@pytest.mark.parametrize("what", OTHERWISE)
def test_what_is_found_elsewhere_is_not_restated(published, editor, what):
    retell(published, editor, headline="The other bridge is closed")
    retell(published, editor, **OTHERWISE[what]())

    assert restated() == [False, True, False]
    assert list(problems()) == []


def test_another_place_and_another_source_are_not_restated(published, editor, moderator, other_source):
    event = fresh(published)
    writing.save_event(event, by=editor, seen=event.version, places=[PlaceFactory(name="The quay")])
    publishing.publish(fresh(event), by=editor, seen=fresh(event).version, note="It was there.")
    citation = CitationFactory(event=fresh(event), source=other_source)
    moderation.approve(citation, by=moderator, seen=citation.version)

    assert restated() == [False, False, False]


def test_what_is_withdrawn_or_taken_down_is_not_restated(published, day, editor):
    tell(day, editor, 1)
    withdraw(published, editor)
    again(published, editor)
    retell(published, editor, headline="The other bridge is closed")
    take(("entry/1", (1,)))

    assert restated() == [False, False, False, True, False]
    assert restated(f"page/{day.date}") == [False, False]
    assert list(problems()) == []


def test_verifying_sees_what_is_wrongly_said_to_be_restated(published, day, editor):
    tell(day, editor, 1)
    retell(published, editor, wording="12:40")
    triggers.lift(connection)
    Edition.objects.update(restated=True)
    wrong = [edition.seq for edition in Edition.objects.order_by("seq")]

    assert list(problems()) == [
        f"the-flood: edition {seq}: it is said to be found as before, and is not." for seq in wrong
    ]


def test_what_was_taken_down_is_nothing_to_tell_it_by(published, editor):
    retell(published, editor, wording="12:40")
    retell(published, editor, headline="The other bridge is closed")
    take(("entry/1", (1,)))
    triggers.lift(connection)
    Edition.objects.filter(edition=2, subject="entry/1").update(restated=True)

    assert (
        Sheet.objects.filter(commitment=Edition.objects.get(edition=1, subject="entry/1").commitment).count()
        == 0
    )
    assert list(problems()) == []
