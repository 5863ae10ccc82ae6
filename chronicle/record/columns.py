"""What of a document stands in columns and index rows as well, so that it can be filtered and sorted.

One way from a document to its columns: the press fills them by it and ``verify_record`` checks by it.
"""

from datetime import date, datetime
from typing import Any

from chronicle.clock import Clock
from chronicle.models.entry import PART_BITS, Entry
from chronicle.models.term import Term

COLUMNS = (
    "headline",
    "earliest",
    "latest",
    "throughout",
    "happened_on",
    "reported_on",
    "parts",
    "standing",
    "public_from",
)


def columns(document: dict[str, Any], clock: Clock) -> dict[str, Any]:
    """The columns of an entry whose document is ``document``."""
    earliest = datetime.fromisoformat(document["earliest"])
    latest = datetime.fromisoformat(document["latest"])
    happened_on = date.fromisoformat(document["happened_on"])
    return {
        "headline": document["headline"],
        "earliest": earliest,
        "latest": latest,
        "throughout": document["throughout"],
        "happened_on": happened_on,
        "reported_on": date.fromisoformat(document["reported_on"]),
        "parts": sum(PART_BITS[part] for part in clock.parts_of_any_day(earliest, latest)),
        "standing": document["standing"],
        "public_from": datetime.fromisoformat(document["public_from"]),
    }


def minute_of(instant: datetime) -> int:
    """Whole minutes since 1970-01-01 00:00 UTC, negative before: what an ``sk`` begins with."""
    return int(instant.timestamp() // 60)


def fill(entry: Entry, clock: Clock) -> bool:
    """Bring the columns of ``entry`` up to its document; says whether any had another value."""
    wanted = columns(entry.document, clock)
    stale = any(getattr(entry, name) != value for name, value in wanted.items())
    for name, value in wanted.items():
        setattr(entry, name, value)
    return stale


def roles(document: dict[str, Any]) -> dict[str, set[int]]:
    """The ids of the terms under which a document is indexed, by role. None for a withdrawn one."""
    if "withdrawn" in document:
        return {}
    citations = document["citations"]
    return {
        str(Term.Kind.KIND): {document["kind"]},
        str(Term.Kind.PLACE): set(document["places"]),
        str(Term.Kind.ACTOR): set(document["actors"]),
        str(Term.Kind.OUTLET): {citation["outlet"] for citation in citations},
        str(Term.Kind.SOURCE): {citation["source"] for citation in citations},
    }


def term_ids(document: dict[str, Any]) -> set[int]:
    """Every term that a document names."""
    return set().union(*roles(document).values())
