"""Which days of a strip a screen shows, and under which of them it says what they are.

A strip holds more days than any screen has room for at 24 pixels each. The style sheet leaves out those that
do not fit; what it goes by is worked out here, as the day that is looked at may stand anywhere in the strip.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from chronicle import wording

SCREENS = {"tiny": 11, "phone": 14, "tab": 32, "wide": 45}
"""How many days fit: up to 380 pixels, to 860, to 1130, and beyond."""

NONE = "none"
ROOM = 6
"""How many days the words under one of them reach over."""


@dataclass
class Slot:
    """One day of a strip: ``fits`` is the smallest screen that shows it, ``ticks`` are those that name it."""

    cell: Any
    fits: str = NONE
    begins_month: bool = False
    ticks: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """“Day 3 · 3 Mar”."""
        return f"Day {self.cell.number} · {wording.short_day(self.cell.date)}"


def slots(cells: Sequence[Any], current: int) -> list[Slot]:
    """The days of a strip, with ``number`` and ``date``; the one in place ``current`` is looked at."""
    found = [Slot(cell, begins_month=cell.date.day == 1 and place > 0) for place, cell in enumerate(cells)]
    # From the widest screen to the smallest, so that the smallest has the last word.
    for screen, number in reversed(SCREENS.items()):
        first = max(0, min(current - number // 2, len(found) - number))
        shown = found[first : first + number]
        for slot in shown:
            slot.fits = screen
        _name(shown, screen)
    return found


def _name(shown: Sequence[Slot], screen: str) -> None:
    """Have ``screen`` say which days it shows: the first and the last, or the first of each month."""
    shown[0].ticks.append(screen)
    if screen in ("tiny", "phone"):
        if len(shown) >= ROOM:
            shown[-1].ticks.append(f"{screen} right")
        return
    for slot in shown[ROOM : 1 - ROOM]:
        if slot.begins_month:
            slot.ticks.append(screen)
