"""How a day is closed: what is added to it from then on says so to readers. And how it is opened again."""

from typing import Any

from django.utils import timezone

from events import press
from events.editorial.holding import moving
from events.editorial.moves import CLOSE_DAY, OPEN_DAY
from events.editorial.refused import Refused
from events.models import Day

CLOSED = "The day was closed: what is added from now on is marked as late."
OPENED = "The day was opened again."


def close_day(day: Day, *, by: Any, seen: int) -> None:
    """Say that ``day`` is complete. Raises Refused."""
    with moving(day, CLOSE_DAY, by=by, seen=seen) as held:
        if held.closed_at:
            raise Refused("This day is closed already.")
        held.closed_at = timezone.now()
        _print(held, by=by, note=CLOSED)


def open_day(day: Day, *, by: Any, seen: int) -> None:
    """Take that back. Raises Refused."""
    with moving(day, OPEN_DAY, by=by, seen=seen) as held:
        if not held.closed_at:
            raise Refused("This day is open.")
        held.closed_at = None
        _print(held, by=by, note=OPENED)


def _print(held: Day, *, by: Any, note: str) -> None:
    """A story that is not open has no page: its day is printed closed, or open, with its first edition."""
    if held.story.opened_at:
        press.print_closing(held, by=by, note=note)
