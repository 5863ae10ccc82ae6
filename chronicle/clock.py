"""The clock and the calendar of a chronicle: where its days and their parts begin, and how it numbers them.

Dates are calendar dates in the chronicle's zone; instants are aware datetimes in UTC.
Nothing here knows Django or a database.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

PARTS = ("night", "morning", "afternoon", "evening")
"""The parts of a day in order. The night is the calendar day's own: it begins at 00:00."""

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Clock:
    """Where the days of a chronicle, and the parts of each, begin and end."""

    zone: ZoneInfo
    morning: time = time(6)
    afternoon: time = time(12)
    evening: time = time(18)

    def begins(self, part: str) -> time:
        """The local wall-clock time at which ``part`` begins."""
        return time(0) if part == "night" else getattr(self, part)

    def ends(self, part: str) -> time:
        """The local wall-clock time at which ``part`` ends; ``time(0)`` is the end of the day."""
        following = (*PARTS[1:], "night")[PARTS.index(part)]
        return self.begins(following)

    def instant(self, day: date, at: time) -> datetime:
        """``at`` on ``day`` in the chronicle's zone, as UTC.

        A wall-clock time that a change of clocks skips is read with the offset in force
        before the change (PEP 495, ``fold=0``); one that comes twice is the first.
        """
        return datetime.combine(day, at, tzinfo=self.zone).astimezone(UTC)

    def day_bounds(self, day: date) -> tuple[datetime, datetime]:
        """The first instant of ``day`` and the first that is no longer in it."""
        return self.instant(day, time(0)), self.instant(day + timedelta(days=1), time(0))

    def part_bounds(self, day: date, part: str) -> tuple[datetime, datetime]:
        """The half-open bounds of one part of ``day``."""
        ends = self.ends(part)
        last = day + timedelta(days=1) if ends == time(0) else day
        return self.instant(day, self.begins(part)), self.instant(last, ends)

    def date_of(self, instant: datetime) -> date:
        """The calendar date that ``instant`` falls on in the chronicle's zone."""
        return instant.astimezone(self.zone).date()

    def parts_touched(self, day: date, earliest: datetime, latest: datetime) -> tuple[str, ...]:
        """The parts of ``day`` that the half-open span shares an instant with, in order.

        Where it touches ``day`` nowhere, as a night that ended at midnight and counts on the day after,
        they are all that it touches elsewhere.
        """
        bounds = _parts_of(self, day)
        touched = tuple(part for part, begins, ends in bounds if earliest < ends and begins < latest)
        return touched or self.parts_of_any_day(earliest, latest)

    def parts_of_any_day(self, earliest: datetime, latest: datetime) -> tuple[str, ...]:
        """The parts that the half-open span touches on any of its days, in order; never none.

        A span of 24 hours or more touches all four.
        """
        if latest - earliest >= _DAY:
            return PARTS
        # The first by the clock on the wall, not by the bounds of a day: where clocks change about
        # midnight, an instant may lie outside the bounds of its own date.
        touched = {self.part_at(earliest), *self._parts_begun(earliest, latest)}
        return tuple(part for part in PARTS if part in touched)

    def part_at(self, instant: datetime) -> str:
        """The part of the day that a clock on the wall shows at ``instant``."""
        local = instant.astimezone(self.zone).time()
        return [part for part in PARTS if self.begins(part) <= local][-1]

    def _parts_begun(self, earliest: datetime, latest: datetime) -> Iterator[str]:
        """The parts that begin within the half-open span."""
        day, last = self.date_of(earliest), self.date_of(latest)
        while day <= last:
            for part in PARTS:
                if earliest <= self.instant(day, self.begins(part)) < latest:
                    yield part
            day += _DAY


# A page asks of forty entries what they touch of the same day.
@lru_cache(maxsize=1024)
def _parts_of(clock: Clock, day: date) -> list[tuple[str, datetime, datetime]]:
    """The parts of ``day``, each with its bounds."""
    return [(part, *clock.part_bounds(day, part)) for part in PARTS]


@dataclass(frozen=True)
class Calendar:
    """The days of a chronicle and the numbers that it gives them. ``last`` is None while it is open."""

    first: date
    first_number: int = 1
    last: date | None = None

    def number_of(self, day: date) -> int:
        """The number of ``day``, told or not. Only days that the calendar holds have one."""
        return self.first_number + (day - self.first).days

    def date_of(self, number: int) -> date | None:
        """The date of day ``number``; None where the chronicle has no such day."""
        try:
            day = self.first + timedelta(days=number - self.first_number)
        except OverflowError:
            return None
        return day if self.holds(day) else None

    def holds(self, day: date) -> bool:
        """Whether ``day`` lies between the first and the last day."""
        return self.first <= day and (self.last is None or day <= self.last)
