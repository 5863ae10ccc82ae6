"""What is gone since a size of the log, for a list of what is new since."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.http import QueryDict

from chronicle import wording
from chronicle.clock import Calendar
from chronicle.models import Chronicle, Edition, Entry
from chronicle.models.entry import GONE
from chronicle.site import sections
from chronicle.site.filters import PLACES
from chronicle.site.sections import DayLink
from chronicle.site.selection import Selection


@dataclass(frozen=True)
class Gone:
    """What a list of what is new says where an entry was withdrawn or taken down: on which day it was told,
    what was done ``at`` a time, why, and the address of its record.
    """

    told: DayLink
    done: str
    at: str
    reason: str
    url: str


MOST = 20
"""So many are told; the corrections have all."""


def gone_since(selection: Selection, query: QueryDict, calendar: Calendar) -> list[Gone]:
    """What readers can read no more of all that a list tells since a size of the log, the last first.

    None beyond its first page, and where anything is chosen: no choice fits what has no words. In one query.
    """
    if not selection.is_cut_alone or {*PLACES} & query.keys():
        return []
    chronicle = selection.chronicle
    own = Edition.objects.filter(commitment=OuterRef("commitment")).values("seq")[:1]
    found = Entry.objects.filter(GONE, chronicle=chronicle).annotate(seq=Subquery(own))
    lately = found.filter(seq__gt=selection.cut).order_by("-seq").defer("card")[:MOST]
    return [_gone(entry, chronicle, calendar) for entry in lately]


def _gone(entry: Entry, chronicle: Chronicle, calendar: Calendar) -> Gone:
    return Gone(
        sections.day_link(chronicle, entry.told_on, calendar),
        "taken down" if entry.taken_at else "withdrawn",
        wording.instant_words(entry.taken_at or entry.withdrawn_at or entry.updated_at, chronicle.clock.zone),
        entry.withdrawn_reason,
        sections.address("entry", chronicle.slug, entry.number),
    )
