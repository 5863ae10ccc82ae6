"""The events of Today: what each still lacks before readers may see it, in few words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from chronicle import wording
from events.admin.desk.today.lines import Line, Press
from events.admin.publication import at_words
from events.editorial import publishing
from events.editorial.imported import not_yet_edited
from events.editorial.showing import kept_back, today, uses_of
from events.models import Citation, Event, Material

SOON = timedelta(hours=4)
"""Before its time, when what is not ready is urgent."""
LOOKS = {"submitted": "wait", "scheduled": "when", "published": "yes", "draft": "draft"}


@dataclass(frozen=True)
class Work:
    """An event, and what keeps readers from it besides a press of a button, in few words each."""

    event: Event
    lacks: Sequence[str]

    @property
    def is_soon(self) -> bool:
        """Whether its time comes within the next hours, or has passed."""
        at = self.event.publish_at
        return at is not None and at <= timezone.now() + SOON


def in_full(keys: Collection[int]) -> dict[int, Work]:
    """The events of ``keys``, by these, with what rests on them."""
    rows = Event.objects.select_related(
        "day__story", "kind", "published_kind", "created_by", "scheduled_by", "printed"
    ).in_bulk(keys)
    events = list(rows.values())
    prefetch_related_objects(events, Prefetch("citations", Citation.objects.select_related("source")))
    shown = uses_of(events) if events else {}
    return {
        event.pk: Work(event, lacks(event, list(event.citations.all()), shown[event.pk])) for event in events
    }


def lacks(event: Event, citations: Collection[Citation], materials: Collection[Material]) -> list[str]:
    """What keeps readers from ``event`` besides a press of the button, a few words or a sentence each."""
    evidence = evidence_missing(event, citations)
    return [*filter(None, [evidence]), *lacks_besides(event, citations, materials)]


def lacks_besides(
    event: Event, citations: Collection[Citation], materials: Collection[Material]
) -> list[str]:
    """Likewise, what it lacks besides evidence."""
    lapsed = publishing.to_confirm_first(event, citations)
    found = (
        "an approval of its earlier words is not confirmed" if lapsed else "",
        not_yet_edited(event),
        kept_back(event.headline, materials, today(event.story)),
        "changed since it was scheduled" if event.changed_since_scheduled else "",
    )
    return [words for words in found if words]


def evidence_missing(event: Event, citations: Collection[Citation]) -> str:
    """How far the approvals of ``event`` go, in few words; empty where it needs no more."""
    needed = event.citations_needed
    sound = len(publishing.sound_of(event, citations))
    if sound >= needed:
        return ""
    standing = [one for one in citations if one.state != Citation.State.TAKEN_BACK]
    if not standing:
        return "no source yet"
    approvals = f"{sound} of {wording.counted(needed, 'approval', 'approvals')}"
    waiting = sum(one.state == Citation.State.PENDING for one in standing)
    return f"{approvals}; {waiting} with a moderator" if waiting else approvals


def line(work: Work, action: str, *, of_stories: bool, **more: Any) -> Line:
    """The line of ``work``, which leads to its page; ``of_stories`` names its story besides its day."""
    event = work.event
    told = {
        "look": LOOKS.get(event.state, "draft"),
        "state": _state(event),
        "lacks": work.lacks,
        "since": event.changed_at,
    }
    return Line(
        title=str(event),
        address=address_of(event),
        action=action,
        where=where(event, of_stories=of_stories),
        **(told | more),
    )


def _state(event: Event) -> str:
    if event.state == Event.State.SCHEDULED:
        return f"Scheduled for {at_words(event)}"
    return event.get_state_display()


def where(event: Event, *, of_stories: bool) -> list[str]:
    """Its day and its time in the words of its editor, and its story where the desk has several."""
    day = f"Day {event.day.number}, {event.wording}" if event.wording else f"Day {event.day.number}"
    return [day, str(event.story)] if of_stories else [day]


def address_of(event: Event) -> str:
    return reverse("admin:events_event_change", args=[event.pk])


def publishing_at_once(event: Event) -> Press | None:
    """The button that publishes ``event``; none where readers are to be told why besides."""
    if event.published_version:
        return None
    verb = "publish" if event.story.opened_at else "publish-at-opening"
    return Press(reverse("admin:events_event_verb", args=[event.pk, verb]), event.version)
