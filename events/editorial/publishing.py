"""What editors do with a finished event: submit, publish, withdraw, reopen; and publish a day's words."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from chronicle.models import Edition
from events import press
from events.editorial.authorship import refuse_alone
from events.editorial.awaiting import await_opening, clear_awaiting
from events.editorial.holding import (
    NOTE_NEEDED,
    OWNED,
    moving,
    note_of,
    record,
)
from events.editorial.imported import not_yet_edited
from events.editorial.moves import PUBLISH, PUBLISH_DAY, REOPEN_EVENT, SCHEDULE, SUBMIT, WITHDRAW
from events.editorial.refused import Refused
from events.editorial.showing import day_in, kept_back, uses_of
from events.models import Citation, Day, Event, Material, Story
from events.models.evidence import once

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

    In a story that is not open it waits for the opening instead. A later edition needs a ``note``. Returns
    None where nothing had changed, or where it waits.
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
        if held.story.opened_at is None:
            set_schedule(held, by=by, at=None, note=note)
            return None
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


def what_is_missing(
    event: Event,
    citations: Iterable[Citation],
    materials: Collection[Material] | None = None,
    at: datetime | None = None,
) -> str:
    """Sentences on what ``event`` still needs to be published ``at`` that time, or now; empty when nothing.

    ``materials`` are the media that it shows, where they are read already.
    """
    citations = list(citations)
    confirmed = to_confirm_first(event, citations)
    return " ".join(filter(None, (confirmed, missing_once_confirmed(event, citations, materials, at))))


def missing_once_confirmed(
    event: Event,
    citations: Iterable[Citation],
    materials: Collection[Material] | None = None,
    at: datetime | None = None,
) -> str:
    """What it needs besides that approvals of its earlier words are confirmed, likewise."""
    if materials is None:
        materials = uses_of([event])[event.pk]
    on = day_in(event.story, at or timezone.now())
    return " ".join(
        filter(
            None,
            (
                citations_missing(event, citations),
                not_yet_edited(event),
                kept_back(event.headline, materials, on),
            ),
        )
    )


def citations_missing(event: Event, citations: Iterable[Citation]) -> str:
    """A sentence on the citations that ``event`` still needs to be published; empty when none.

    Only an approved citation that supports it counts, and the same words of one source count once. One
    whose source was retracted counts for a correction of what is published, not for publishing it.
    """
    citations = list(citations)
    approved, sound = approved_of(event, citations), sound_of(event, citations)
    missing = event.citations_needed - len(sound)
    if missing <= 0:
        return ""
    waiting = sum(citation.state == Citation.State.PENDING for citation in citations)
    rejected = sum(citation.state == Citation.State.REJECTED for citation in citations)
    have = f"It has {len(sound)} approved, {waiting} pending and {rejected} rejected."
    if len(sound) < len(approved):
        have += " The same words of one source count once."
    more = "1 more approved citation" if missing == 1 else f"{missing} more approved citations"
    return f"“{event.headline}” needs {more} in its support before readers may see it. {have}"


def approved_of(event: Event, citations: Iterable[Citation]) -> list[Citation]:
    """Those of its ``citations`` that count towards the policy of ``event``."""
    first = event.state != Event.State.PUBLISHED
    return [citation for citation in citations if counts(citation, unretracted=first)]


def sound_of(event: Event, citations: Iterable[Citation]) -> list[Citation]:
    """These, where the same words of one source are one."""
    return once(approved_of(event, citations), lambda citation: citation.said)


def to_confirm_first(event: Event, citations: Iterable[Citation]) -> str:
    """A sentence on the approvals to confirm before ``event`` is published; empty when there are none."""
    lapsed = sum(citation.lapsed for citation in citations)
    were, them = ("1 approval was", "it") if lapsed == 1 else (f"{lapsed} approvals were", "them")
    # guard: an approval lapses with the words that it was given to.
    if lapsed and event.story.recheck == Story.Recheck.BEFORE:
        return (
            f"“{event.headline}” says something else now than when it was approved: {were} given to its "
            f"earlier words. A moderator confirms {them} first."
        )
    return ""


def counts(citation: Citation, *, unretracted: bool) -> bool:
    """Whether ``citation`` counts towards the publication policy."""
    return (
        citation.state == Citation.State.APPROVED
        and citation.stance == Citation.Stance.SUPPORTS
        and not (unretracted and citation.source.retracted_at)
    )


def schedule(event: Event, *, by: Any, seen: int, at: datetime, note: str = "") -> None:
    """Have ``event`` published at ``at`` (aware), in the version that it has now and in the name of ``by``.

    Refused unless it could be published now: what it lacks is said today, not at its time.
    """
    note = note_of(note)
    with moving(event, SCHEDULE, by=by, seen=seen, note=note) as held:
        set_schedule(held, by=by, at=at, note=note)


def set_schedule(held: Event, *, by: Any, at: datetime | None, note: str) -> None:
    """Note on ``held`` that it is to be published at ``at``; None is the opening. Raises Refused."""
    if at is not None:
        check_time(at)
    lacking = what_is_missing(held, held.citations.select_related("source"), at=at)
    if lacking:
        raise Refused(lacking)
    if hasattr(held, "printed") and not note:
        raise Refused(NOTE_NEEDED)
    refuse_alone([held], by)
    held.publish_at, held.schedule_note, held.schedule_refusal = at, note, ""
    held.scheduled_by, held.scheduled_version = by, held.version


def check_time(at: datetime) -> None:
    """Refuses a time to publish at, or to open at, that is past or too far away."""
    now = timezone.now()
    if at <= now:
        raise Refused("That time is past. Choose one in the future, or do it now.")
    if at > now + FURTHEST:
        raise Refused("Choose a time within a year from now.")


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
    """Print the headline, sentence, summary and occasion of ``day``. A later edition needs a ``note``.

    In a story that is not open they wait for the opening instead; None is returned then.
    """
    note = note_of(note)
    if day.published_version:
        press.compare_summary(day)
    with moving(day, PUBLISH_DAY, by=by, seen=seen, note=note) as held:
        if held.story.opened_at is None:
            await_opening(held, by=by)
            return None
        clear_awaiting(held)
        held.published_version = held.version
        return press.print_day(held, by=by, note=note)
