"""The order of a day, and of what stands in it at one time, which is the editors' to choose."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import accumulate
from typing import Any

from django.db import transaction

from chronicle.record.columns import MOST_POSITIONS, PRECISIONS, precision
from events.editorial.holding import check_seen, hold
from events.editorial.refused import Refused
from events.editorial.remembering import remember, words_of
from events.editorial.writing import save_event
from events.models import Event

MINUTE = timedelta(minutes=1)
LEFT_OUT = (Event.State.DISCARDED, Event.State.ERASED)
"""What has no place in its day."""

Time = tuple[int, int, int]


def time_of(event: Event) -> Time:
    """Where ``event`` stands among others: by the minute, then exact ones first, these by the second.

    What begins nobody knows when, and ends at a time, stands there. Equal ones have an order of their own.
    """
    is_open = event.open_start or event.open_end
    width = precision(event.earliest, event.latest, is_open=is_open, clock=event.story.clock)
    at = event.earliest
    if event.open_start and not event.open_end:
        at = max(event.earliest, event.latest - MINUTE)
    exactness = PRECISIONS.index(width)
    return int(at.timestamp() // 60), exactness, 0 if exactness else at.second


def in_order(events: Iterable[Event]) -> list[Event]:
    """``events`` as readers find them."""
    return sorted(events, key=lambda event: (time_of(event), event.position, event.pk))


def may_be_arranged(event: Event) -> bool:
    """Whether it has an order among others of its time: what is known to the second has none but that."""
    return time_of(event)[1] > 0


@transaction.atomic
def arrange(event: Event, *, by: Any, seen: int, to: int) -> None:
    """Put ``event`` in the place ``to``, counted from 0, among those of its day that stand at its time.

    Each whose position changes is saved as its next version. Raises Refused and Stale.
    """
    held = hold(event)
    check_seen(held, seen)
    if not may_be_arranged(held):
        raise Refused("What is known to the second stands in the order of its seconds.")
    rows = _at_its_time(held)
    rows.remove(held)
    rows.insert(min(max(to, 0), len(rows)), held)
    for row, position in zip(rows, _positions(rows), strict=True):
        if row.position != position:
            _save(row, position, by=by)


def _at_its_time(held: Event) -> list[Event]:
    """What stands where ``held`` does, and that itself, in order."""
    rows = Event.objects.filter(day=held.day).exclude(state__in=LEFT_OUT).select_related("day__story", "kind")
    return in_order(row for row in rows if time_of(row) == time_of(held))


def _positions(rows: Sequence[Event]) -> list[int]:
    """The positions that ``rows`` have, or as few others as need be, each after the one before."""
    wanted = list(accumulate(sorted(row.position for row in rows), lambda last, own: max(last + 1, own)))
    if wanted[-1] < MOST_POSITIONS:
        return wanted
    if len(rows) > MOST_POSITIONS:
        raise Refused(f"More than {MOST_POSITIONS} events stand at this time: give some of them another.")
    return list(range(len(rows)))


def _save(row: Event, position: int, *, by: Any) -> None:
    before, began = words_of(row), row.version
    row.position = position
    save_event(row, by=by, seen=began)
    remember(row, by=by, before=before, began=began)
