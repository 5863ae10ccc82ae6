"""The clock and the calendar of a chronicle: where its days and their parts begin, and how it numbers them.

Dates are calendar dates in the chronicle's zone; instants are aware datetimes in UTC.
Nothing here knows Django or a database.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PARTS = ("night", "morning", "afternoon", "evening")
"""The parts of a day in order. The night is the calendar day's own: it begins at 00:00."""


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
        the parts are those of the day that it began on.
        """
        bounds = ((part, *self.part_bounds(day, part)) for part in PARTS)
        touched = tuple(part for part, begins, ends in bounds if earliest < ends and begins < latest)
        return touched or self.parts_touched(self.date_of(earliest), earliest, latest)


@dataclass(frozen=True)
class Calendar:
    """The days of a chronicle and the numbers that it gives them. ``last`` is None while it is open."""

    first: date
    first_number: int = 1
    last: date | None = None

    def number_of(self, day: date) -> int:
        """The number of ``day``, whether or not it is told; days before the first count down from it."""
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
