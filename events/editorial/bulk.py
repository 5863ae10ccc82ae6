"""Many events published at once: a batch a transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F

from chronicle.record import inserting
from events import press
from events.editorial.authorship import refuse_alone
from events.editorial.holding import hold_story, insist, printed_or_refused
from events.editorial.moves import AT_OPENING, PUBLISH
from events.editorial.publishing import clear_schedule, note_as_published, what_is_missing
from events.editorial.showing import uses_of
from events.models import Decision, Event, Story

BATCH = 200
PUBLISHED: dict[str, Any] = {
    "state": Event.State.PUBLISHED,
    **{f"published_{name}": F(name) for name in ("version", "hmac", "kind")},
    **dict.fromkeys(("publish_at", "scheduled_by", "scheduled_version")),
    **dict.fromkeys(("schedule_note", "schedule_refusal"), ""),
}
"""What a publication writes into the row of an event, whichever it is."""


@dataclass
class Tally:
    """What became of many events published at once."""

    published: int = 0
    refused: list[str] = field(default_factory=list)


def publish_submitted(story: Story, *, by: Any, progress: Callable[[int], None] = lambda done: None) -> Tally:
    """Publish every submitted event of ``story`` whose policy is met, a batch a transaction.

    In a story that is not open they wait for the opening instead, in the name of ``by``. ``progress`` is told
    how many more were looked at. The others stay submitted; the tally says why.
    """
    insist(by, PUBLISH.permission, story, "publish this")
    tally = Tally()
    waiting = list(
        Event.objects.filter(day__story=story, state=Event.State.SUBMITTED)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    for start in range(0, len(waiting), BATCH):
        batch = waiting[start : start + BATCH]
        _publish_batch(story, batch, by=by, tally=tally)
        progress(len(batch))
    return tally


@transaction.atomic
def _publish_batch(story: Story, keys: Sequence[int], *, by: Any, tally: Tally) -> None:
    story = hold_story(story)
    insist(by, PUBLISH.permission, story, "publish this")
    held = press.for_printing(Event.objects.filter(pk__in=keys, state=Event.State.SUBMITTED).order_by("pk"))
    shown, ready = uses_of(held), []
    for event in held:
        lacking = what_is_missing(event, event.citations.all(), shown[event.pk])
        if lacking:
            tally.refused.append(lacking)
        else:
            ready.append(event)
    refuse_alone(ready, by)
    if story.opened_at is None:
        _await_opening(ready, by=by)
    else:
        with printed_or_refused():
            press.print_events(ready, by=by, note="Published again after its withdrawal.")
        save_as_published(ready, by=by)
    tally.published += len(ready)


def save_as_published(events: Sequence[Event], *, by: Any) -> None:
    """Save ``events``, which were printed, as published in the name of ``by``, each with its decision."""
    was = {event.pk: event.state for event in events}
    for event in events:
        event.state = Event.State.PUBLISHED
        clear_schedule(event)
        note_as_published(event)
    # The version and the words of their rows are theirs: the story is locked since they were read.
    Event.objects.filter(pk__in=was).update(**PUBLISHED)
    _decide(PUBLISH.verb, events, was, by=by)


def _await_opening(events: Sequence[Event], *, by: Any) -> None:
    was = {event.pk: event.state for event in events}
    for event in events:
        event.state = Event.State.SCHEDULED
        event.scheduled_by, event.scheduled_version = by, event.version
    Event.objects.bulk_update(events, ["state", "scheduled_by", "scheduled_version"], batch_size=BATCH)
    _decide(AT_OPENING, events, was, by=by)


def _decide(verb: str, events: Sequence[Event], was: Mapping[int, str], *, by: Any) -> None:
    decisions = [
        Decision(
            event=event,
            told_in=event.story,
            verb=verb,
            by=by,
            version=event.version,
            from_state=was[event.pk],
            to_state=event.state,
        )
        for event in events
    ]
    inserting.insert_objects(Decision, decisions)
