"""What an event still needs before readers may see it, in sentences. Only read here."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.utils import timezone

from events.editorial.showing import day_in, kept_back, uses_of
from events.models import Citation, Event, Material, Story
from events.models.evidence import once


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
        filter(None, (citations_missing(event, citations), kept_back(event.headline, materials, on)))
    )


def citations_missing(event: Event, citations: Iterable[Citation]) -> str:
    """A sentence on the citations that ``event`` still needs to be published; empty when none.

    Only an approved citation that supports it counts, and the same words of one source count once. One
    whose source was retracted counts for a correction of what is published, not for publishing it.
    """
    first = event.state != Event.State.PUBLISHED
    citations = list(citations)
    approved = [citation for citation in citations if counts(citation, unretracted=first)]
    sound = once(approved, lambda citation: citation.said)
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
