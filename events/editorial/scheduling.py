"""Publication at a time, once it is set: changed, cancelled, kept through an edit, and carried out.

What is scheduled waits on the desk: nothing of it is in the record before its time.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from events.editorial.authorship import wrote
from events.editorial.holding import OWNED, hold_story_of, may, moving, note_of, printed_or_refused, record
from events.editorial.moves import PUBLISH, RESCHEDULE, UNSCHEDULE
from events.editorial.publishing import clear_schedule, missing_once_confirmed, print_held, set_schedule
from events.editorial.refused import Refused
from events.models import Event
from events.press import for_printing

AT_ONCE = 200
"""How many of those that are due are looked up at once."""


def reschedule(event: Event, *, by: Any, seen: int, at: datetime, note: str = "") -> None:
    """Have a scheduled event published at ``at`` instead, as it is now and in the name of ``by``."""
    note = note_of(note)
    with moving(event, RESCHEDULE, by=by, seen=seen, note=note) as held:
        set_schedule(held, by=by, at=at, note=note or held.schedule_note)


def unschedule(event: Event, *, by: Any, seen: int) -> None:
    """Cancel the publication of a scheduled event; it waits among the submitted."""
    with moving(event, UNSCHEDULE, by=by, seen=seen) as held:
        clear_schedule(held)


def keep_schedule(event: Event, *, by: Any) -> None:
    """After an edit: schedule the new version in the name of ``by`` where they may publish and it passes.

    That approvals of its earlier words are confirmed by then is asked at its time. Otherwise the event stays
    there, and shows that it was changed since; so does one that was not
    published at its time, or saving it would put it before readers at once. Its caller saves it.
    """
    if event.schedule_refusal:
        return
    if not may(by, PUBLISH.permission, event.story):
        return
    if missing_once_confirmed(event, event.citations.select_related("source"), at=event.publish_at):
        return
    event.scheduled_by, event.scheduled_version, event.schedule_refusal = by, event.version, ""


def save_read_anew(event: Event, *, by: Any) -> None:
    """Save ``event``, whose moment was read anew, as its next version.

    Nobody wrote in it or looked at it: what was scheduled as it was stays so in the name of ``by``, where
    they may publish, and what was changed since stays held back.
    """
    as_scheduled = event.state == Event.State.SCHEDULED and not event.changed_since_scheduled
    event.version += 1
    if as_scheduled:
        keep_schedule(event, by=by)
    was = event.hmac
    event.save()
    wrote(event, by=None, was=was)


def due(now: datetime, *, but: Collection[int] = ()) -> list[int]:
    """The events (primary keys) to publish by ``now``, the earliest first; not those that were refused.

    What is due before its story is open is printed after its opening. At most ``AT_ONCE``; those in ``but``
    are left out.
    """
    waiting = Event.objects.filter(state=Event.State.SCHEDULED, publish_at__lte=now, schedule_refusal="")
    waiting = waiting.filter(day__story__opened_at__isnull=False)
    if but:
        waiting = waiting.exclude(pk__in=but)
    return list(waiting.order_by("publish_at", "pk").values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def publish_due(pk: int, now: datetime) -> bool:
    """Publish one event whose time has come, in the name of who scheduled it; says whether it is public now.

    Everything is checked again: their permission, the version, the policy. What no longer passes stays
    scheduled, marked with the reason. Whoever comes second finds it done.
    """
    hold_story_of(Event(pk=pk))
    held = for_printing(Event.objects.filter(pk=pk)).get()
    if not _is_due(held, now):
        return False
    by, was = held.scheduled_by, held.state
    try:
        if against := what_stands_against(held):
            raise Refused(against)
        with printed_or_refused():
            print_held(held, by=by, note=held.schedule_note)
    except Refused as refused:
        held.schedule_refusal = str(refused)
        held.save(update_fields=OWNED[Event])
        return False
    held.state = Event.State.PUBLISHED
    held.save(update_fields=OWNED[Event])
    record(held, PUBLISH.verb, by=by, version=held.version, moved=(was, held.state))
    return True


def _is_due(held: Event, now: datetime) -> bool:
    if held.state != Event.State.SCHEDULED or held.publish_at is None:
        return False
    if held.story.opened_at is None:
        return False
    return held.publish_at <= now and not held.schedule_refusal


def what_stands_against(event: Event) -> str:
    """Why ``event``, which is scheduled, could not be published as it is, its citations apart; else empty."""
    by: Any = event.scheduled_by
    if not (by.is_active and may(by, PUBLISH.permission, event.story)):
        return f"{by} scheduled it and may not publish any more. {_again(event)}."
    if event.changed_since_scheduled:
        return f"It was changed after it was scheduled. Look at it, then {_again(event).lower()}."
    return ""


def _again(event: Event) -> str:
    """What to do with ``event``, which waits for a time or for the opening of its story."""
    return "Set its time again or publish it now" if event.publish_at else "Publish it again"
