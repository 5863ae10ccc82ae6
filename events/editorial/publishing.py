"""What editors do with a finished event: submit, publish, withdraw, reopen; and publish a day's words."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from chronicle.models import Edition
from events import press
from events.editorial.authorship import refuse_alone
from events.editorial.holding import (
    NOTE_NEEDED,
    OWNED,
    moving,
    note_of,
    record,
)
from events.editorial.moves import PUBLISH, PUBLISH_DAY, REOPEN_EVENT, SCHEDULE, SUBMIT, WITHDRAW
from events.editorial.needs import what_is_missing
from events.editorial.refused import Refused
from events.models import Citation, Day, Event, Material

FURTHEST = timedelta(days=366)
"""How far ahead a publication may be set."""


def submit(event: Event, *, by: Any, seen: int) -> None:
    """Hand a draft in as finished. Refused while nothing is cited for it."""
    with moving(event, SUBMIT, by=by, seen=seen) as held:
        if held.citations_needed and not held.citations.exclude(state=Citation.State.TAKEN_BACK).exists():
            raise Refused("Add a citation first: readers must be able to see what this rests on.")


def publish(
    event: Event, *, by: Any, seen: int, at: datetime | None = None, note: str = ""
) -> Edition | None:
    """Print ``event`` now, or schedule it for ``at`` (aware; in the future).

    A later edition needs a ``note``. Returns None where nothing had changed, or where it is scheduled.
    Refused where its policy asks for more approved citations, and says how many of which kind are missing;
    and where it shows a medium that readers may not see, and says which and why not.
    """
    if at is not None:
        schedule(event, by=by, seen=seen, at=at, note=note)
        return None
    note = note_of(note)
    if event.published_version:
        press.compare_text(event)
    with moving(event, PUBLISH, by=by, seen=seen, note=note) as held:
        if held.story.second_person:
            refuse_alone([held], by)
        return print_held(held, by=by, note=note, materials=None if held.shows_media else ())


def print_held(
    held: Event, *, by: Any, note: str, materials: Collection[Material] | None = None
) -> Edition | None:
    """Print ``held`` as it is now, once its policy is met, and mark it as published in this version.

    ``materials`` are the media that it shows, where they are known. Returns None where readers see just that
    already. Raises Refused.
    """
    press.read_citations([held])
    lacking = what_is_missing(held, held.citations.all(), materials)
    if lacking:
        raise Refused(lacking)
    edition = press.print_event(held, by=by, note=note)
    clear_schedule(held)
    note_as_published(held)
    return edition


def note_as_published(held: Event) -> None:
    """Note on ``held`` which version, words and kind of it readers see."""
    held.published_version, held.published_hmac = held.version, held.hmac
    held.published_kind = held.kind


def schedule(event: Event, *, by: Any, seen: int, at: datetime, note: str = "") -> None:
    """Have ``event`` published at ``at`` (aware), in the version that it has now and in the name of ``by``.

    Refused unless it could be published now: what it lacks is said today, not at its time.
    """
    note = note_of(note)
    with moving(event, SCHEDULE, by=by, seen=seen, note=note) as held:
        set_schedule(held, by=by, at=at, note=note)


def set_schedule(held: Event, *, by: Any, at: datetime, note: str) -> None:
    """Note on ``held`` that it is to be published at ``at``. Raises Refused."""
    now = timezone.now()
    if at <= now:
        raise Refused("The time to publish at is past. Choose one in the future, or publish now.")
    if at > now + FURTHEST:
        raise Refused("Choose a time to publish at within a year from now.")
    lacking = what_is_missing(held, held.citations.select_related("source"), at=at)
    if lacking:
        raise Refused(lacking)
    if hasattr(held, "printed") and not note:
        raise Refused(NOTE_NEEDED)
    refuse_alone([held], by)
    held.publish_at, held.schedule_note, held.schedule_refusal = at, note, ""
    held.scheduled_by, held.scheduled_version = by, held.version


def clear_schedule(held: Event) -> None:
    """Take back whatever was scheduled of ``held``, which its caller saves."""
    held.publish_at = held.scheduled_by = held.scheduled_version = None
    held.schedule_note = held.schedule_refusal = ""


def withdraw(event: Event, *, by: Any, seen: int, reason: str) -> None:
    """Take a published event off the site, leaving its address with ``reason`` for readers.

    One that was only scheduled was never public: nothing of it is printed, its address stays nobody's.
    """
    reason = _told(reason)
    with moving(event, WITHDRAW, by=by, seen=seen, note=reason) as held:
        if held.state == Event.State.PUBLISHED:
            press.print_withdrawal(held, by=by, reason=reason)
        clear_schedule(held)
        held.withdrawal_reason = reason


def withdraw_held(held: Event, *, by: Any, reason: str) -> None:
    """Withdraw ``held``, which is published, as what follows from another decision. Raises Refused."""
    reason, was = _told(reason), held.state
    press.print_withdrawal(held, by=by, reason=reason)
    clear_schedule(held)
    held.state, held.withdrawal_reason = Event.State.WITHDRAWN, reason
    held.save(update_fields=OWNED[Event])
    record(held, WITHDRAW.verb, by=by, version=held.version, moved=(was, held.state), note=reason)


def _told(reason: str) -> str:
    """A reason as readers are told it. Raises Refused where there is none."""
    reason = note_of(reason)
    if not reason:
        raise Refused("Say why, in a sentence that readers will see in its place.")
    return reason


def reopen_event(event: Event, *, by: Any, seen: int) -> None:
    """Make a submitted or withdrawn event a draft again. Readers see no difference."""
    with moving(event, REOPEN_EVENT, by=by, seen=seen) as held:
        held.withdrawal_reason = ""


def publish_day(day: Day, *, by: Any, seen: int, note: str = "") -> Edition | None:
    """Print the headline, sentence, summary and occasion of ``day``. A later edition needs a ``note``."""
    note = note_of(note)
    if day.published_version:
        press.compare_summary(day)
    with moving(day, PUBLISH_DAY, by=by, seen=seen, note=note) as held:
        held.published_version = held.version
        return press.print_day(held, by=by, note=note)
