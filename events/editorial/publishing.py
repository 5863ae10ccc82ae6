"""What editors do with a finished event: submit, publish, withdraw, reopen; and publish a day's words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from chronicle.models import Chronicle, Edition
from events import press
from events.editorial.holding import moving
from events.editorial.moves import PUBLISH, PUBLISH_DAY, REOPEN_EVENT, SUBMIT, WITHDRAW
from events.editorial.permission import insist
from events.editorial.refused import Refused
from events.models import Citation, Day, Decision, Event

BATCH = 200
FURTHEST = timedelta(days=366)
"""How far ahead a publication may be set."""
NOTE_NEEDED = "Readers have seen this already: say in a note what you changed."


def submit(event: Event, *, by: Any, seen: int) -> None:
    """Hand a draft in as finished. Refused while nothing is cited for it."""
    with moving(event, SUBMIT, by=by, seen=seen) as held:
        if held.citations_needed and not held.citations.exists():
            raise Refused("Add a citation first: readers must be able to see what this rests on.")


def publish(
    event: Event, *, by: Any, seen: int, at: datetime | None = None, note: str = ""
) -> Edition | None:
    """Print ``event`` now, or so that readers see it from ``at`` on (aware; in the future).

    A later edition needs a ``note`` and is public at once. Returns None where nothing had changed.
    Refused where its policy asks for more approved citations, and says how many of which kind are missing.
    """
    with moving(event, PUBLISH, by=by, seen=seen, note=note.strip()) as held:
        now = timezone.now()
        if at:
            _check_waiting(held, at, now)
        lacking = what_is_missing(held, held.citations.select_related("source"))
        if lacking:
            raise Refused(lacking)
        held.public_from = held.public_from or at or now
        held.published_version = held.version
        try:
            return press.print_event(held, by=by, note=note, public_from=held.public_from)
        except press.NoteNeeded:
            raise Refused(NOTE_NEEDED) from None
        except press.MinuteIsFull as full:
            raise Refused(f"{full} Give some of them a more exact time.") from full


def _check_waiting(event: Event, at: datetime, now: datetime) -> None:
    """Refuses to let the publication of ``event`` wait until ``at``."""
    if event.state == Event.State.PUBLISHED:
        raise Refused("This is published already: a new edition of it cannot wait. Publish it now, or later.")
    if at <= now:
        raise Refused("The time to publish at is past. Choose one in the future, or publish now.")
    if at > now + FURTHEST:
        raise Refused("Choose a time to publish at within a year from now.")


def what_is_missing(event: Event, citations: Any) -> str:
    """A sentence on the citations that ``event`` still needs to be published; empty when none.

    Only an approved citation that supports it counts. One whose source was retracted counts for a
    correction of what is published, not for publishing it.
    """
    first = event.state != Event.State.PUBLISHED
    citations = list(citations)
    sound = [c for c in citations if counts(c, unretracted=first)]
    missing = event.citations_needed - len(sound)
    if missing <= 0:
        return ""
    waiting = sum(c.state == Citation.State.PENDING for c in citations)
    rejected = sum(c.state == Citation.State.REJECTED for c in citations)
    have = f"It has {len(sound)} approved, {waiting} pending and {rejected} rejected."
    more = "1 more approved citation" if missing == 1 else f"{missing} more approved citations"
    return f"“{event.headline}” needs {more} in its support before readers may see it. {have}"


def counts(citation: Citation, *, unretracted: bool) -> bool:
    """Whether ``citation`` counts towards the publication policy."""
    return (
        citation.state == Citation.State.APPROVED
        and citation.stance == Citation.Stance.SUPPORTS
        and not (unretracted and citation.source.retracted_at)
    )


@dataclass
class Tally:
    """What became of many events published at once."""

    published: int = 0
    refused: list[str] = field(default_factory=list)


def publish_submitted(
    chronicle: Chronicle, *, by: Any, progress: Callable[[int], None] = lambda done: None
) -> Tally:
    """Publish every submitted event of ``chronicle`` whose policy is met, a batch a transaction.

    ``progress`` is told how many more were looked at. The others stay submitted; the tally says why.
    """
    insist(by, PUBLISH.permission, chronicle, "publish this")
    tally = Tally()
    waiting = list(
        Event.objects.filter(day__chronicle=chronicle, state=Event.State.SUBMITTED)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    for start in range(0, len(waiting), BATCH):
        batch = waiting[start : start + BATCH]
        _publish_batch(batch, by=by, tally=tally)
        progress(len(batch))
    return tally


@transaction.atomic
def _publish_batch(keys: Sequence[int], *, by: Any, tally: Tally) -> None:
    held = Event.objects.select_for_update(of=("self",)).filter(pk__in=keys, state=Event.State.SUBMITTED)
    ready = []
    for event in press.for_printing(held.order_by("pk")):
        lacking = what_is_missing(event, event.citations.all())
        if lacking:
            tally.refused.append(lacking)
        else:
            ready.append(event)
    now = timezone.now()
    for event in ready:
        event.state, event.public_from, event.published_version = Event.State.PUBLISHED, now, event.version
    Event.objects.bulk_update(ready, ["state", "public_from", "published_version"], batch_size=BATCH)
    try:
        press.print_events(ready, by=by, note="Published again after its withdrawal.", public_from=now)
    except press.MinuteIsFull as full:
        raise Refused(f"{full} Give some of them a more exact time.") from full
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


def withdraw(event: Event, *, by: Any, seen: int, reason: str) -> None:
    """Take a published event off the site, leaving its address with ``reason`` for readers."""
    reason = reason.strip()
    if not reason:
        raise Refused("Say why, in a sentence that readers will see in its place.")
    with moving(event, WITHDRAW, by=by, seen=seen, note=reason) as held:
        press.print_withdrawal(held, by=by, reason=reason)
        held.withdrawal_reason, held.public_from = reason, None


def reopen_event(event: Event, *, by: Any, seen: int) -> None:
    """Make a submitted or withdrawn event a draft again. Readers see no difference."""
    with moving(event, REOPEN_EVENT, by=by, seen=seen) as held:
        held.withdrawal_reason = ""


def publish_day(day: Day, *, by: Any, seen: int, note: str = "") -> Edition | None:
    """Print the headline, sentence, summary and occasion of ``day``. A later edition needs a ``note``."""
    with moving(day, PUBLISH_DAY, by=by, seen=seen, note=note.strip()) as held:
        held.published_version = held.version
        try:
            return press.print_day(held, by=by, note=note)
        except press.NoteNeeded:
            raise Refused(NOTE_NEEDED) from None
