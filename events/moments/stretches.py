"""Stretches of time, half-open and in UTC: a whole day, a part of one, the share of a part."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

from chronicle.clock import PARTS, Clock
from events.moments.days import DAY
from events.moments.items import Part, Time

MINUTE = timedelta(minutes=1)
HALF_HOUR = timedelta(minutes=30)
_SECOND = timedelta(seconds=1)
_NOON = time(12)
_DIVIDED = {
    "dawn": Part("night", Fraction(2, 3), Fraction(1)),
    "dusk": Part("evening", Fraction(0), Fraction(1, 3)),
    "late night": Part("evening", Fraction(2, 3), Fraction(1)),
}

Stretch = tuple[datetime, datetime]


def unit(at: Time) -> timedelta:
    """How long a clock time lasts: the minute or the second that it names."""
    return _SECOND if at.fine else MINUTE


def instant(clock: Clock, at: Time, day: date, ends: bool = False) -> datetime:
    """The instant of ``at`` on ``day``; ``ends`` when something ends with it."""
    # Midnight begins the day told of, but "by midnight" and "before 00:00" look forward to its end. "12 am"
    # does not: who writes so means the beginning.
    if at.hour == 24 or (ends and at.midnight and at.half == "24"):
        day, at = day + DAY, replace(at, hour=0)
    wall = time(at.hour, at.minute, at.second)
    if at.offset is not None:
        # Told with its date in that zone, which may be another day in the chronicle's.
        return datetime.combine(day, wall, tzinfo=UTC) - timedelta(minutes=at.offset)
    # Clocks put back show an hour twice, and a phrase cannot say which is meant: the clock takes the first.
    return clock.instant(day, wall)


def whole_day(clock: Clock, day: date) -> Stretch:
    """All of ``day``."""
    begins, ends = clock.day_bounds(day)
    # A zone that moves across the date line skips a day; it is given a minute, for no moment is empty.
    return begins, max(ends, begins + MINUTE)


def part_of(clock: Clock, part: Part, day: date) -> Stretch:
    """The part of ``day``, or the share of it, that ``part`` names."""
    if part.name in _DIVIDED:
        divided = _DIVIDED[part.name]
        return share(share(clock.part_bounds(day, divided.name), divided), part)
    return share(_named(clock, part.name, day), part)


def _named(clock: Clock, name: str, day: date) -> Stretch:
    if name == "midday":
        noon = clock.instant(day, _NOON)
        return noon - HALF_HOUR, noon + HALF_HOUR
    if name == "daytime":
        return clock.part_bounds(day, "morning")[0], clock.part_bounds(day, "afternoon")[1]
    if name == "day":
        return whole_day(clock, day)
    # Of a part that a change of clocks swallows whole, a minute is left.
    return share(clock.part_bounds(day, name), Part(name))


def share(stretch: Stretch, part: Part) -> Stretch:
    """The share of ``stretch`` between the fractions of ``part``, to whole minutes and never empty."""
    begins, ends = stretch
    minutes = (ends - begins) // MINUTE
    from_minute = begins + int(minutes * part.begin) * MINUTE
    to_minute = ends if part.end == 1 else begins + int(minutes * part.end) * MINUTE
    return from_minute, max(to_minute, from_minute + MINUTE)


def part_until(clock: Clock, at: datetime) -> Stretch:
    """The part of the day which ends at ``at``, or in which it lies."""
    day = clock.date_of(at - datetime.resolution)
    for part in PARTS:
        begins, ends = clock.part_bounds(day, part)
        if begins < at <= ends:
            return begins, ends
    # Clocks put back past midnight repeat an hour of a day that has ended.
    return whole_day(clock, day)


def day_from(clock: Clock, at: datetime) -> Stretch:
    """From ``at`` to the end of the day in which it lies."""
    day = clock.date_of(at)
    _, ends = whole_day(clock, day)
    if ends <= at:
        # Clocks put back past midnight repeat an hour of a day that has ended; it goes with the next.
        _, ends = whole_day(clock, day + DAY)
    return at, ends


def day_until(clock: Clock, at: datetime) -> Stretch:
    """From the beginning of the day which ends at ``at``, or in which it lies, to ``at``."""
    begins, _ = whole_day(clock, clock.date_of(at - datetime.resolution))
    return begins, at
