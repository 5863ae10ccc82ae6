"""What the desk keeps of single editions that are taken down: what was decided while they were being made."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from chronicle.models import Edition
from events.erasing import wording
from events.erasing.emptying import empty
from events.erasing.rows import row_of
from events.models import (
    Actor,
    Citation,
    Event,
    HouseWord,
    Kind,
    Material,
    Outlet,
    Place,
    Revision,
    Source,
    Story,
    Unsaved,
)
from media import erasing

OF_THE_STORY = "chronicle"
"""The subject under which the words of the story itself are printed."""

PRINTED_AS_SAVED = (Story, Kind, Place, Actor, Source, Outlet)
"""What readers saw once is printed anew by each save, or by whoever accepts its proposal, and by no verb."""


def forget_editions(
    story: Story, subject: str, numbers: Collection[int], *, by: Any, at: datetime
) -> list[Any]:
    """Take from the desk the words that only these editions of ``subject`` had, before their sheets go.

    What was decided before the next edition that stays was decided on theirs, unless it is on what is said
    still. A citation that was printed in them and is no longer goes whole. Returns the rows emptied.
    """
    row = story if subject == OF_THE_STORY else row_of(story, subject)
    if row is None:
        return []
    editions = Edition.objects.filter(chronicle__key=story.key, subject=subject).order_by("edition")
    then = _next_that_stays(editions, numbers)
    if then is None:
        return []
    if isinstance(row, Story):
        # What is decided on a story is who may what, and when it opens: nothing that was printed.
        _forget_history(row, then)
        return []
    # The last proposal was made of what the editions said, whatever it says itself.
    old: list[Any] = list(wording.proposals_before(row, then))
    if isinstance(row, Event):
        old += _no_longer_cited(row, editions, numbers)
    wording.forget_before(row, then)
    _forget_history(row, then)
    if isinstance(row, Material):
        erasing.forget_notes([row.asset], before=then)
    return empty(old, by=by, at=at)


def _forget_history(row: Any, then: datetime) -> None:
    """All that ``row`` and its citations said before ``then``: nobody can tell what of it was printed.

    With a story goes what its word list said, which is of it, and which no other takedown names.
    """
    rows = [row, *row.citations.all()] if isinstance(row, Event) else [row]
    for each in rows:
        history = Revision.objects.filter(model=each._meta.model_name, key=each.pk)
        _forget_until(history, then, is_printed_as_saved=isinstance(row, PRINTED_AS_SAVED))
    _forget_typed(row, then)
    if isinstance(row, Story):
        of_list = Revision.objects.filter(model=HouseWord._meta.model_name, key=row.pk)
        _forget_until(of_list, then, is_printed_as_saved=False)


def _forget_typed(row: Any, then: datetime) -> None:
    """What was typed before ``then`` into the form of ``row``, or the word list of a story, and not saved."""
    for form in ("change", "words"):
        address = f"/{row._meta.model_name}/{row.pk}/{form}/"
        Unsaved.objects.filter(address__endswith=address, typed_at__lt=then).delete()


def _forget_until(history: QuerySet[Revision], then: datetime, *, is_printed_as_saved: bool) -> None:
    """Delete what was saved before ``then``, and what says later how that was.

    A save that prints at once is in the history a moment after it.
    """
    saved = history.filter(saved=True)
    last = saved.filter(at__lt=then).order_by("pk").last()
    printed = saved.filter(at__gte=then).order_by("pk").first() if is_printed_as_saved else None
    version = max(one.version for one in (last, printed) if one) if last or printed else 0
    history.filter(Q(at__lt=then) | Q(began__lt=version)).delete()


def _next_that_stays(editions: Any, numbers: Collection[int]) -> datetime | None:
    """When that was printed; None where they are the latest, which the press does not take."""
    later = editions.filter(edition__gt=max(numbers)).exclude(action="takedown").first()
    return later.at if later else None


def _no_longer_cited(event: Event, editions: Any, numbers: Collection[int]) -> list[Citation]:
    """The citations of ``event`` that were printed in editions with these numbers, and not in the last."""
    said = editions.exclude(action="takedown").with_document()
    of_them = [_keys(edition.document) for edition in said if edition.edition in numbers]
    last = list(said)[-1]
    keys = set().union(*of_them) - _keys(last.document)
    return list(event.citations.filter(key__in=keys, erased_at=None))


def _keys(document: Any) -> set[str]:
    return {citation["key"] for citation in (document or {}).get("citations", ())}
