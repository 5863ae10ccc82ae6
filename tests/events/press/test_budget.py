"""What one printing costs: how many files of the project it passes, and how many statements it sends.

Measured by the verb itself, without the admin, after one like it was done: permissions are known and what
the event names is in the index. ``python -m pytest tests/events/press/test_budget.py`` prints both lists.
"""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chronicle.models import Entry
from chronicle.record.verifying import problems
from events.editorial import moderation, publishing
from events.models import Citation, Decision, Event
from tests.support.cast import entry_of, fresh, publish
from tests.support.factories import ActorFactory, CitationFactory, EventFactory, PlaceFactory
from tests.support.tracing import files_run

pytestmark = pytest.mark.django_db
PUBLISH = {"files": 19, "statements": 20}
PUBLISH_AGAIN = {"files": 22, "statements": 19}
"""With what the edition before said, which kind of change it is, and the words of the note."""
APPROVE = {"files": 18, "statements": 18}


def statements_of(act):
    """The statements that ``act`` sends, with those that open and close its transaction.

    In a test, which is one itself, that is a savepoint.
    """
    with CaptureQueriesContext(connection) as sent:
        act()
    return [one["sql"] for one in sent]


@pytest.fixture
def cost(capsys):
    """Does two things that cost the same, and says what either took and printed."""

    def measure(verb, first, second):
        statements, files = statements_of(first), files_run(second)
        with capsys.disabled():
            heads = [sql[:100] for sql in statements]
            print(f"\n{verb}: {len(files)} files, {len(statements)} statements")
            print("\n".join(f"  {line}" for line in [*files, *heads]))
        return {"files": len(files), "statements": len(statements)}

    return measure


def within(cost, limit):
    return all(cost[name] <= most for name, most in limit.items())


def full(**fields):
    """Three approved events that name the same places, actors and source."""
    places, actors = [PlaceFactory(), PlaceFactory(name="Mill")], [ActorFactory()]
    source = EventFactory(cited=True).citations.get().source
    common = {"source": source, "places": places, "actors": actors, "wording": "14:30", **fields}
    return [EventFactory(decided="approved", **common) for _ in range(3)]


def test_publishing_an_event_of_known_terms(cost, editor):
    before, first, second = full(text="<p>The city closed the bridge.</p>")
    publish(before, editor)

    spent = cost(
        "publish",
        lambda: publishing.publish(first, by=editor, seen=1),
        lambda: publishing.publish(second, by=editor, seen=1),
    )

    assert within(spent, PUBLISH)
    assert entry_of(second).number == 3
    assert list(problems()) == []


def test_publishing_a_second_edition(cost, editor):
    before, first, second = full(headline="Told once")
    for event in (before, first, second):
        publish(event, editor)
    Event.objects.update(headline="Told otherwise", version=2)
    publish(before, editor, note="Told otherwise.")
    first, second = fresh(first), fresh(second)

    def again(event):
        return lambda: publishing.publish(event, by=editor, seen=2, note="Told otherwise.")

    assert within(cost("publish again", again(first), again(second)), PUBLISH_AGAIN)
    assert entry_of(second).headline == "Told otherwise"


def test_approving_on_a_published_event(cost, moderator):
    event = EventFactory(published=True)
    source = event.citations.get().source
    before, first, second = (CitationFactory(event=event, source=source, quote=q) for q in "abc")
    moderation.approve(before, by=moderator, seen=1)

    spent = cost(
        "approve",
        lambda: moderation.approve(first, by=moderator, seen=1),
        lambda: moderation.approve(second, by=moderator, seen=1),
    )

    assert within(spent, APPROVE)
    assert [citation["quote"] for citation in entry_of(event).document["citations"]][1:] == ["a", "b", "c"]


def test_an_approval_neither_places_nor_indexes_an_entry_anew(moderator):
    event = EventFactory(published=True)
    citation = CitationFactory(event=event, source=event.citations.get().source, quote="It was shut.")

    sent = statements_of(lambda: moderation.approve(citation, by=moderator, seen=1))

    written = [sql for sql in sent if sql.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert not [sql for sql in written if "chronicle_entryterm" in sql]
    assert not [sql for sql in written if '"sk" =' in sql or '"earliest" =' in sql]


def submitted(day, kind, source, editor, moderator, count):
    """Many submitted events with an approved citation each, spread over the minutes of the day."""
    moment = Event(day=day, kind=kind, headline="x", wording="14:00", created_by=editor)
    moment.read_moment()
    common = {name: getattr(moment, name) for name in ("latest", "happened_on", "throughout", "edtf")}
    events = Event.objects.bulk_create(
        Event(
            day=day,
            kind=kind,
            headline=f"Event {n}",
            wording="14:00",
            earliest=moment.earliest.replace(minute=n % 60, second=0, hour=n // 60 % 14),
            state="submitted",
            created_by=editor,
            **common,
        )
        for n in range(count)
    )
    Citation.objects.bulk_create(
        Citation(
            event=event,
            source=source,
            quote=f"Quote {event.pk}",
            state="approved",
            submitted_by=editor,
            changed_by=editor,
            approved_by=moderator,
            approved_at=moment.earliest,
            approved_version=1,
            event_hmac=event.hmac,
        )
        for event in events
    )


def press(said):
    call_command("press", chronicle="the-flood", by="editor", stdout=said, stderr=said)


def test_a_thousand_events_are_pressed_without_a_statement_each(day, kind, source, editor, moderator):
    EventFactory(published=True, day=day, kind=kind, headline="The first", wording="13:00")
    counts, said = {}, StringIO()
    for number in (100, 1000):
        submitted(day, kind, source, editor, moderator, number)
        counts[number] = len(statements_of(lambda: press(said)))
        assert f"Published: {number:,} events. Still submitted: 0." in said.getvalue()

    assert counts[1000] - counts[100] < 900 / 4
    assert Entry.objects.public().count() == 1101
    assert Decision.objects.filter(verb="publish").count() == 1101
    assert list(problems()) == []


def test_control_what_is_new_to_the_index_costs_more(editor):
    EventFactory(published=True)
    new = EventFactory(approved=True, places=[PlaceFactory()])

    assert len(statements_of(lambda: publish(new, editor))) > PUBLISH["statements"]
