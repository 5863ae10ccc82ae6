"""The columns of the row of any subject: of what it says, or of what is left of what was taken down.

What was taken down wholly has its row by its takedown alone, and so no words: the press empties it by this,
``rebuild_record`` fills it again, and ``verify_record`` checks by it.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from chronicle.clock import Clock
from chronicle.models import Chronicle
from chronicle.models.term import facet_of, is_taken
from chronicle.record import columns
from chronicle.record.columns import Columns

NO_WORDS = {"headline": "", "sentence": "", "summary": "", "occasion": ""}
NO_TERM = {"label": "", "slug": "", "under": None, "relays": None, "dated": ""}
"""Of a term: nothing lies in it, and it lies in nothing; its lineage is empty as well."""


def columns_of(subject: str, document: Any, chronicle: Chronicle) -> Columns:
    """The columns of the row of ``subject`` that its current ``document`` fills, ``taken_at`` apart."""
    facet = facet_of(subject)
    made = _left if is_taken(document) else _said
    return made(facet, subject, document, chronicle) | {"legal": document.get("legal", False)}


def taken_at(document: Any, at: datetime) -> datetime | None:
    """Since when a subject is taken down whose current edition, of that instant, holds ``document``."""
    return at if is_taken(document) else None


def _said(facet: str, _subject: str, document: Any, chronicle: Chronicle) -> Columns:
    if facet == "page":
        return columns.of_page(document)
    if facet == "text":
        return columns.of_text(document)
    if facet == "entry":
        return columns.of_entry(document, chronicle.clock)
    return columns.of_term(facet, document, chronicle)


def _left(facet: str, subject: str, document: Any, chronicle: Chronicle) -> Columns:
    """What is left of a subject that was taken down: which it was, and where it stood."""
    if facet == "entry":
        return columns.of_entry(placed(document, chronicle.clock), chronicle.clock)
    if facet in _LEFT:
        return _LEFT[facet](subject, chronicle)
    return {**NO_TERM, "retracted": document.get("retracted", False)}


def _left_of_page(subject: str, chronicle: Chronicle) -> Columns:
    day = date.fromisoformat(subject.partition("/")[2])
    return {"date": day, "number": chronicle.calendar.number_of(day), "closed": False, **NO_WORDS}


def _left_of_text(_subject: str, _chronicle: Chronicle) -> Columns:
    return {"title": "", "text": ""}


_LEFT: dict[str, Callable[[str, Chronicle], Columns]] = {"page": _left_of_page, "text": _left_of_text}


def placed(document: Any, clock: Clock) -> Any:
    """The ``document`` of an entry with its moment; what was taken down stands at the end of its day."""
    if not is_taken(document):
        return document
    begins, ends = clock.day_bounds(date.fromisoformat(document["told_on"]))
    moment = {
        "earliest": begins.isoformat(),
        "latest": ends.isoformat(),
        # Of what has an open start, the end is where it stands.
        "open_start": True,
        "open_end": False,
        "throughout": False,
        "precision": columns.PRECISIONS[-1],
        "happened_on": document["told_on"],
        "told_on": document["told_on"],
    }
    return {"moment": moment, "position": columns.MOST_POSITIONS - 1}
