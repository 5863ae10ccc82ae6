"""Many events published at once: a batch a transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from events import press
from events.editorial.authorship import refuse_alone
from events.editorial.holding import hold_story, insist, printed_or_refused
from events.editorial.moves import PUBLISH
from events.editorial.needs import what_is_missing
from events.editorial.publishing import note_as_published
from events.editorial.showing import uses_of
from events.models import Decision, Event, Story

BATCH = 200


@dataclass
class Tally:
    """What became of many events published at once."""

    published: int = 0
    refused: list[str] = field(default_factory=list)


def publish_submitted(story: Story, *, by: Any, progress: Callable[[int], None] = lambda done: None) -> Tally:
    """Publish every submitted event of ``story`` whose policy is met, a batch a transaction.

    ``progress`` is told how many more were looked at. The others stay submitted; the tally says why.
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
    insist(by, PUBLISH.permission, hold_story(story), "publish this")
    held = press.for_printing(Event.objects.filter(pk__in=keys, state=Event.State.SUBMITTED).order_by("pk"))
    shown, ready = uses_of(held), []
    for event in held:
        lacking = what_is_missing(event, event.citations.all(), shown[event.pk])
        if lacking:
            tally.refused.append(lacking)
        else:
            ready.append(event)
    refuse_alone(ready, by)
    with printed_or_refused():
        press.print_events(ready, by=by, note="Published again after its withdrawal.")
    for event in ready:
        event.state = Event.State.PUBLISHED
        note_as_published(event)
    columns = ["state", "published_version", "published_hmac", "published_kind"]
    Event.objects.bulk_update(ready, columns, batch_size=BATCH)
    Decision.objects.bulk_create(
        Decision(
            event=event,
            verb=PUBLISH.verb,
            by=by,
            version=event.version,
            from_state=Event.State.SUBMITTED,
            to_state=Event.State.PUBLISHED,
        )
        for event in ready
    )
    tally.published += len(ready)
