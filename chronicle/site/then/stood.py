"""What entries said at a moment that are found now as they were then, and only say it in other words."""

from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When

from chronicle.models import Edition, Entry, Sheet
from chronicle.site.heads import SUBJECT_OF_ENTRY


def columns(size: int, renamed: list[int]) -> dict[str, Case]:
    """To annotate entries with, when the log had that ``size``: what each ``said`` that was restated since,
    and ``at`` which instant it was printed; and what each of those ``renamed`` says, whose card was another.
    """
    now = Subquery(Sheet.objects.filter(commitment=OuterRef("commitment")).values("document")[:1])
    anew = When(_restated(size), then=_documents(size))
    since = When(_restated(size), then=Subquery(_editions(size).values("at")[:1]))
    return {
        "said": Case(anew, When(pk__among=renamed, then=now), default=None),
        "at": Case(since, default=None),
    }


def with_words(entries: QuerySet[Entry], size: int) -> Any:
    """``entries`` with what they ``said`` when the log had that ``size``, where they were restated since."""
    return entries.annotate(said=Case(When(_restated(size), then=_documents(size)), default=None))


def headed_then(entry: Any) -> Any:
    """An entry that was read ``with_words``, by its headline of then."""
    if entry.said:
        entry.headline = entry.said["headline"]
    return entry


def _restated(size: int) -> Q:
    return Q(edition__gt=1) & Exists(Edition.objects.filter(commitment=OuterRef("commitment"), seq__gt=size))


def _documents(size: int) -> Subquery:
    return Subquery(_editions(size).with_document().values("document")[:1])


def _editions(size: int) -> Any:
    """Those of an outer entry by then, the last first."""
    own = Edition.objects.filter(chronicle=OuterRef("chronicle"), subject=SUBJECT_OF_ENTRY, seq__lte=size)
    return own.exclude(action="takedown").order_by("-edition")
