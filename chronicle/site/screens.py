"""Which days of a strip a screen shows, and under which of them it says what they are.

A strip holds more days than any screen has room for at 24 pixels each. The style sheet leaves out those that
do not fit; what it goes by is worked out here, as the day that is looked at may stand anywhere in the strip.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from chronicle import wording

SCREENS = {"tiny": 11, "phone": 14, "tab": 32, "wide": 45}
"""How many days fit: up to 380 pixels, to 860, to 1130, and beyond."""

NONE = "none"
ROOM = 6
"""How many days the words under one of them reach over."""


# Not frozen: a page makes a hundred of them, and that would take as long as its queries.
@dataclass(slots=True, unsafe_hash=True)
class Slot:
    """One day of a strip: ``fits`` is the smallest screen that shows it, ``ticks`` are those that name it."""

    cell: Any
    fits: str
    begins_month: bool
    ticks: tuple[str, ...]

    @property
    def words(self) -> str:
        """“Day 3 · 3 Mar”."""
        return f"Day {self.cell.number} · {wording.short_day(self.cell.date)}"


@dataclass
class _Place:
    begins_month: bool
    fits: str = NONE
    ticks: tuple[str, ...] = ()


def slots(cells: Sequence[Any], current: int) -> list[Slot]:
    """The days of a strip, one after the other; that in place ``current`` is looked at."""
    places = _places(cells[0].date, len(cells), current)
    return [Slot(cell, *place) for cell, place in zip(cells, places, strict=True)]


# A strip of the same days stands on many pages; only what each day holds is another.
@lru_cache(maxsize=256)
def _places(first: date, number: int, current: int) -> list[tuple[str, bool, tuple[str, ...]]]:
    """Of so many days from ``first`` on, what fits, what begins a month and what is named where."""
    days = (first + timedelta(days=n) for n in range(number))
    found = [_Place(begins_month=day.day == 1 and day != first) for day in days]
    # From the widest screen to the smallest, so that the smallest has the last word.
    for screen, room in reversed(SCREENS.items()):
        begin = max(0, min(current - room // 2, number - room))
        shown = found[begin : begin + room]
        for place in shown:
            place.fits = screen
        _name(shown, screen)
    return [(place.fits, place.begins_month, place.ticks) for place in found]


def _name(shown: Sequence[_Place], screen: str) -> None:
    """Have ``screen`` say which days it shows: the first and the last, or the first of each month."""
    shown[0].ticks += (screen,)
    if screen in ("tiny", "phone"):
        if len(shown) >= ROOM:
            shown[-1].ticks += (f"{screen} right",)
        return
    for place in shown[ROOM : 1 - ROOM]:
        if place.begins_month:
            place.ticks += (screen,)
