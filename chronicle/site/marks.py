"""What a card is marked with that was printed anew, or first printed on a later date than its day.

A correction is told for good; what else was done to an entry only until something is corrected.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from chronicle import wording

LOUD = {"correction": "Corrected", "retraction": "Source retracted"}
QUIET = {"addition": "Added to", "update": "Updated", "restoration": "Restored"}
DONE = LOUD | QUIET
"""What an edition did to an entry, as its card says it; of others no card tells."""


@dataclass(frozen=True)
class Mark:
    """“Corrected 9 Nov, 22:42”, or more quietly “Added to 9 Nov, 22:42”; ``late``, when it came in at all."""

    words: str = ""
    is_loud: bool = False
    late: str = ""
    url: str = ""
    """Where what was changed is told."""


NONE = Mark()


def mark_of(entry: Any, zone: ZoneInfo, *, url: str, late: str = "") -> Mark:
    """What the card of ``entry`` is marked with, and that it came in ``late``, if it did."""
    if not entry.changed:
        return Mark(late=late) if late else NONE
    at = wording.short_instant(entry.changed_at, zone, unlike=entry.told_on)
    words = f"{DONE[entry.changed]} {at}"
    return Mark(words, entry.changed in LOUD, late, f"{url}#history")


def late_words(
    first_at: datetime | None,
    told_on: date,
    day_at: datetime | None,
    zone: ZoneInfo,
    *,
    closed_at: datetime | None = None,
) -> str:
    """“Added 12 days later”, of what was first printed after the day that tells it was closed; while that is
    open, on a later date than it.

    That day was first printed at ``day_at``: one that is told years afterwards was not late in itself.
    """
    if first_at is None or day_at is None or (closed_at and first_at <= closed_at):
        return ""
    done = max(told_on, day_at.astimezone(zone).date())
    days = (first_at.astimezone(zone).date() - done).days
    if days > 0:
        return f"Added {wording.counted(days, 'day', 'days')} later"
    return "Added after the day was closed" if closed_at else ""
