"""Nights that run over midnight: "overnight", "the night of 7 November", and hours within them."""

from datetime import date, datetime, time

from chronicle.clock import Clock
from events.moments.days import DAY
from events.moments.ends import End
from events.moments.items import Part, Time, Unclear
from events.moments.qualifiers import qualified
from events.moments.stretches import Stretch, instant, unit

_NIGHTFALL = time(21)
"""Where "overnight" and "the night of" begin."""


def in_night(clock: Clock, end: End, day: date) -> tuple[Stretch, date]:
    """What ``end`` says of the night of ``day``, and the day that it counts on.

    :raises Unclear: when another part of the day is given, or a qualifier with no clock time.
    """
    if end.part not in (None, Part("day"), Part("night")):
        raise Unclear("two parts of the day are given")
    morning = _morning(end, day)
    night = _night(clock, morning)
    if end.time:
        found = _at_time(clock, end, end.time, night, morning)
        return found, clock.date_of(found[0])
    if end.qualifier:
        raise Unclear(f"“{end.qualifier}” should be followed by a clock time")
    return night, day


def hours_in_night(clock: Clock, end: End, hours: tuple[Time, Time], day: date) -> Stretch:
    """From one clock time to another of the night of ``day``, as ``end`` names it.

    :raises Unclear: when the end does not come after the beginning.
    """
    morning = _morning(end, day)
    begins, ends = (_instant(clock, at, morning) for at in hours)
    if ends <= begins:
        raise Unclear("the end comes before the beginning")
    return begins, ends


def _morning(end: End, day: date) -> date:
    """The date on which the night ends: "overnight" ends on the day told, "the night of" begins on it."""
    return day + DAY if end.night == "night of" else day


def _night(clock: Clock, morning: date) -> Stretch:
    """From 21:00 to the end of the night part."""
    return clock.instant(morning - DAY, _NIGHTFALL), clock.part_bounds(morning, "night")[1]


def _instant(clock: Clock, at: Time, morning: date) -> datetime:
    # The hours before noon are those after midnight; from noon on they are those of the evening before.
    return instant(clock, at, morning if at.hour < 12 else morning - DAY)


def _at_time(clock: Clock, end: End, time: Time, night: Stretch, morning: date) -> Stretch:
    at = _instant(clock, time, morning)
    if not (end.open_start or end.open_end):
        return qualified(clock, end, (at, at + unit(time)))
    # It is the night that is told, so it bounds the open end, not the day.
    begins, ends = (at, night[1]) if end.open_end else (night[0], at)
    if ends <= begins:
        nightfall, dawn = (edge.astimezone(clock.zone) for edge in night)
        raise Unclear(f"that night runs from {nightfall:%H:%M} to {dawn:%H:%M}")
    return begins, ends
