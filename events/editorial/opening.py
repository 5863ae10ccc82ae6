"""How a story is opened to readers: at once or at a time, and what waited for it printed in batches after it.

Nothing of a story is in the record before. Opening it is one transaction, and from then on it is public;
what waited follows, each batch under the lock of the story and looked at again, so once. A batch that is
broken off is begun again by whoever comes next, the worker among them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from events import press
from events.editorial import awaiting
from events.editorial.bulk import save_as_published
from events.editorial.foreseeing import events_awaiting, why_held_back, words_awaiting
from events.editorial.holding import OWNED, check_seen, hold, insist, may, printed_or_refused, record
from events.editorial.moves import CANCEL_OPENING, OPEN, SET_OPENING
from events.editorial.publishing import check_time
from events.editorial.refused import Refused
from events.editorial.showing import uses_of
from events.editorial.stories import OPENING
from events.models import Day, Event, Story, Text
from events.models.story import LONGEST_DOMAIN

AT_ONCE = 50
"""How many events, and how many days, are printed in one transaction."""

DOMAIN = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[1-9][0-9]{0,4})?")
OPEN_ALREADY = "This story is open already: readers see it."


def domain_of(typed: str) -> str:
    """The domain, with its port if it has one, under which a chronicle is known in seals. Raises Refused."""
    domain = typed.strip().lower() or settings.CHRONICLE_ORIGIN
    if len(domain) > LONGEST_DOMAIN or not DOMAIN.fullmatch(domain):
        raise Refused(
            f"“{typed}” is no domain. Give the name of your site alone, such as chronicle.example, in the "
            "letters a to z; of other letters their form that begins with xn--."
        )
    return domain


@transaction.atomic
def open_story(story: Story, *, by: Any, seen: int, domain: str = "") -> None:
    """Open ``story`` to readers now; what waits for it follows by ``print_waiting``.

    Its chronicle is known under ``domain`` in seals for good; where that is empty, under the setting. Refused
    where it is open already, cannot be printed, or where the record has a chronicle in its place.
    """
    held = _held(story, OPEN, by=by, seen=seen)
    _open(held, by=by, domain=domain_of(domain))


def _held(story: Story, move: Any, *, by: Any, seen: int) -> Story:
    """``story`` as it is now, locked, which ``by`` may open and nobody has opened."""
    held: Story = hold(story)
    insist(by, move.permission, held, move.deed)
    check_seen(held, seen)
    if held.opened_at is not None:
        raise Refused(OPEN_ALREADY)
    return held


def _open(held: Story, *, by: Any, domain: str) -> None:
    with printed_or_refused():
        edition = press.print_opening(held, by=by, domain=domain)
    _clear(held)
    held.opened_at = edition.at
    held.save(update_fields=OPENING)
    record(held, OPEN.verb, by=by, version=held.version)


def _clear(held: Story) -> None:
    held.open_at, held.open_by = None, None
    held.open_origin = held.open_refusal = ""


@transaction.atomic
def set_opening(story: Story, *, by: Any, seen: int, at: datetime, domain: str = "") -> None:
    """Have ``story`` opened at ``at`` (aware), in the name of ``by``, and at no time set before."""
    held = _held(story, SET_OPENING, by=by, seen=seen)
    check_time(at)
    held.open_at, held.open_by, held.open_origin, held.open_refusal = at, by, domain_of(domain), ""
    _save_next(held)
    record(held, SET_OPENING.verb, by=by, version=seen)


@transaction.atomic
def cancel_opening(story: Story, *, by: Any, seen: int) -> None:
    """Have ``story`` opened at no time; what waits for its opening waits on."""
    held = _held(story, CANCEL_OPENING, by=by, seen=seen)
    if held.open_at is None:
        raise Refused("It was not to be opened at any time.")
    _clear(held)
    _save_next(held)
    record(held, CANCEL_OPENING.verb, by=by, version=seen)


def _save_next(held: Story) -> None:
    """Save ``held`` as its next version: whoever has its page open saw another opening."""
    held.version += 1
    held.save(update_fields=[*OPENING, "version"])


@transaction.atomic
def open_due(pk: int, now: datetime) -> bool:
    """Open one story whose time has come, in the name of who set it; says whether it is open now.

    Their permission and what is to be printed are looked at again. What no longer passes stays closed,
    marked with the reason.
    """
    held: Story = hold(Story(pk=pk))
    if held.opened_at is not None or held.open_at is None or held.open_at > now or held.open_refusal:
        return False
    by: Any = held.open_by
    try:
        if not (by.is_active and may(by, OPEN.permission, held)):
            raise Refused(f"{by} set the time of its opening and may not open it any more. Set it again.")
        _open(held, by=by, domain=held.open_origin)
    except Refused as refused:
        held.open_refusal = str(refused)
        held.save(update_fields=OPENING)
        return False
    return True


@dataclass
class Batch:
    """What became of what was looked at in one transaction: how much was printed, and what was held back."""

    printed: int = 0
    held_back: list[str] = field(default_factory=list)


def at_hand(now: datetime) -> list[int]:
    """The stories (primary keys) to open by ``now``, and the open ones of which something still waits."""
    events = Event.objects.filter(
        state=Event.State.SCHEDULED, publish_at=None, schedule_refusal="", day__story=OuterRef("pk")
    )
    words = (model.objects.filter(story=OuterRef("pk"), awaits_refusal="") for model in (Day, Text))
    texts, days = (Exists(rows.filter(awaits_by__isnull=False)) for rows in words)
    due = Q(opened_at=None, open_at__lte=now, open_refusal="")
    waiting = Q(opened_at__isnull=False) & (Q(Exists(events)) | Q(texts) | Q(days))
    return list(Story.objects.filter(due | waiting).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def print_waiting(pk: int, now: datetime) -> Batch | None:
    """Print the next batch of what waited for the opening of a story, in the order of its days.

    First its texts; then days and their events, each in the name of who published it. What does not pass any
    more stays on the desk, marked with the reason. None where nothing waits, or the story is not open.
    """
    held: Story = hold(Story(pk=pk))
    if held.opened_at is None:
        return None
    batch = Batch()
    for text in words_awaiting(Text, held):
        _print_words(text, press.print_text, batch)
    next_events = list(events_awaiting(held, now).values_list("pk", "day__date")[:AT_ONCE])
    printed = _print_days(held, [told_on for _, told_on in next_events], batch)
    # Those of days whose words are in no batch yet come after these, so that no day has a page twice.
    until = printed[-1] if len(printed) == AT_ONCE else date.max
    rows = events_awaiting(held, now).filter(pk__in=[pk for pk, told_on in next_events if told_on <= until])
    _print_run(list(press.for_printing(rows.select_related("scheduled_by"))), batch)
    return batch if batch.printed or batch.held_back else None


def _print_days(held: Story, dates: Sequence[date], batch: Batch) -> list[date]:
    """Print the words of the days up to the last of ``dates``, or of the next days where there are none.

    Returns the dates of those that were at hand, in order.
    """
    days = words_awaiting(Day, held)
    if dates:
        days = days.filter(date__lte=dates[-1])
    at_hand = list(days.select_related("awaits_by", "printed").order_by("date")[:AT_ONCE])
    for day in at_hand:
        day.story = held
        _print_words(day, press.print_day, batch)
    return [day.date for day in at_hand]


def _print_words(row: Any, printing: Any, batch: Batch) -> None:
    by = row.awaits_by
    try:
        if against := awaiting.what_stands_against(row):
            raise Refused(against)
        with printed_or_refused():
            printing(row, by=by)
    except Refused as refused:
        row.awaits_refusal = str(refused)
        row.save(update_fields=OWNED[type(row)])
        batch.held_back.append(f"{row}: {refused}")
        return
    move = awaiting.PUBLISHING[type(row)]
    awaiting.clear_awaiting(row)
    row.published_version = row.version
    row.save(update_fields=OWNED[type(row)])
    record(row, move.verb, by=by, version=row.version)
    batch.printed += 1


def _print_run(events: Sequence[Event], batch: Batch) -> None:
    """Print the first of ``events`` that one person published, as far as they pass."""
    if not events:
        return
    by: Any = events[0].scheduled_by
    run = list(takewhile(lambda event: event.scheduled_by_id == by.pk, events))
    for event in run:
        # One account, that is asked for its permissions once.
        event.scheduled_by = by
    shown = uses_of(run)
    passing = [event for event in run if _passes(event, shown[event.pk], batch)]
    try:
        _print_events(passing, by=by)
    except Refused:
        # One of them cannot be sealed: each on its own, so that it holds back no other.
        for event in passing:
            _print_one(event, by, batch)
    else:
        batch.printed += len(passing)


def _passes(event: Event, shown: Any, batch: Batch) -> bool:
    """Whether ``event`` may be printed as it is; if not, it is marked with what stands against it."""
    why = why_held_back(event, event.citations.all(), shown)
    if why:
        _hold_back(event, why, batch)
    return not why


def _hold_back(event: Event, why: str, batch: Batch) -> None:
    event.schedule_refusal = why
    event.save(update_fields=OWNED[Event])
    batch.held_back.append(f"“{event.headline}”: {why}")


def _print_events(events: Sequence[Event], *, by: Any) -> None:
    with printed_or_refused():
        press.print_events(events, by=by)
        save_as_published(events, by=by)


def _print_one(event: Event, by: Any, batch: Batch) -> None:
    try:
        _print_events(list(press.for_printing(Event.objects.filter(pk=event.pk))), by=by)
    except Refused as refused:
        _hold_back(event, str(refused), batch)
    else:
        batch.printed += 1
