"""What stands where words stood that readers may see no longer: that they are gone, since when, and why.

What its editors withdrew has a reason, in words for readers. What was taken down has none: its words are not
kept, and nobody's words are in their place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from chronicle import wording
from chronicle.models import Chronicle, Edition, Entry, Term, Text
from chronicle.site import sections
from chronicle.site.sections import DayLink

GONE, FOR_LEGAL_REASONS = 410, 451
CALLED = {
    "kind": "kind",
    "place": "place",
    "actor": "person or body",
    "outlet": "outlet",
    "source": "source",
    "asset": "picture or document",
}
"""What is said to have been taken down, by facet; its own name is not kept."""


@dataclass(frozen=True)
class Tombstone:
    """``what`` is gone ``since`` a time; ``back`` leads to where it stood. ``reason`` is its editors’."""

    what: str
    since: str
    back: DayLink
    editions: Sequence[Any]
    reason: str = ""
    is_taken: bool = True
    legal: bool = False

    @property
    def done(self) -> str:
        """What was done to it."""
        return "taken down" if self.is_taken else "withdrawn"

    @property
    def status(self) -> int:
        return FOR_LEGAL_REASONS if self.legal else GONE


def of_entry(found: Entry, editions: Sequence[Any]) -> Tombstone:
    """That of an entry that was withdrawn or taken down; ``editions`` are all of it, the newest first."""
    chronicle = found.chronicle
    back = sections.day_link(chronicle, found.told_on, chronicle.calendar)
    since = found.taken_at or found.withdrawn_at or found.updated_at
    taken = found.taken_at is not None
    return Tombstone(
        "entry", _at(chronicle, since), back, editions, found.withdrawn_reason, taken, legal=found.legal
    )


def of_term(term: Term) -> Tombstone:
    """That of a term that was taken down."""
    chronicle = term.chronicle
    back = DayLink("", reverse("terms", args=[chronicle.slug, term.facet]))
    return Tombstone(
        CALLED[term.facet], _at(chronicle, term.updated_at), back, _editions(term), legal=term.legal
    )


def of_text(text: Text) -> Tombstone:
    """That of a text that was taken down."""
    chronicle = text.chronicle
    back = DayLink(chronicle.title, chronicle.get_absolute_url())
    return Tombstone("page", _at(chronicle, text.updated_at), back, _editions(text), legal=text.legal)


def _editions(row: Any) -> list[Any]:
    """Every edition of a subject, the newest first."""
    editions = Edition.objects.filter(chronicle=row.chronicle, subject=row.subject)
    return list(editions.order_by("-edition"))


def _at(chronicle: Chronicle, at: datetime) -> str:
    return wording.at_words(at, chronicle.clock.zone)


@dataclass(frozen=True)
class Line:
    """What a list says where an entry was taken down: when, and the address of its tombstone."""

    since: str
    url: str


def line_of(entry: Any, chronicle: Chronicle) -> Line:
    """The line of an entry that was taken down."""
    day = entry.taken_at.astimezone(chronicle.clock.zone).date()
    return Line(wording.day_words(day), sections.address("entry", chronicle.slug, entry.number))
