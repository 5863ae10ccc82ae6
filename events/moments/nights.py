"""Nights that run over midnight: "overnight", "the night of 7 November", and hours within them."""

from datetime import date, datetime, time

from chronicle.clock import Clock
from events.moments.days import DAY
from events.moments.ends import BY_DAY, End
from events.moments.items import Contradiction, Part, Time, Unclear
from events.moments.qualifiers import qualified
from events.moments.stretches import Stretch, instant, part_of, unit

_NIGHTFALL = time(21)
"""Where "overnight" and "the night of" begin."""
_EITHER = 5
"""The hour that people say of an early evening and of a late night: "tonight at 5"."""
_EVENING_FROM = 6
"""The first hour that is one of the evening where a night is named by it: "tonight at 6:30"."""


def in_night(clock: Clock, end: End, day: date, told_on: date) -> tuple[Stretch, date]:
    """What ``end`` says of the night of ``day``, and the day that it counts on.

    :raises Unclear: when another part of the day is given, or a qualifier with no clock time.
    """
    if end.part not in (None, Part("day"), Part("night")):
        raise Unclear("two parts of the day are given")
    morning = _morning(end, day)
    night = _night(clock, morning)
    if end.time:
        _refuse_either(end.time)
        at = _of_night(end.time, end.night)
        if end.days and day == told_on and at.hour < BY_DAY[0]:
            # A day tells its own small hours, not those of the next: "on the night of the 8th at 04:00".
            night, morning = _night(clock, day), day
        found = _at_time(clock, end, at, night, morning)
        return found, clock.date_of(found[0])
    if end.qualifier:
        raise Unclear(f"“{end.qualifier}” should be followed by a clock time")
    return (part_of(clock, Part("late night"), morning - DAY) if end.late else night), day


def hours_in_night(clock: Clock, end: End, hours: tuple[Time, Time], day: date) -> Stretch:
    """From one clock time to another of the night of ``day``, as ``end`` names it.

    :raises Unclear: when the end does not come after the beginning.
    """
    morning = _morning(end, day)
    begins, ends = (_instant(clock, _of_night(at, end.night), morning) for at in hours)
    if ends <= begins:
        raise Unclear("the end comes before the beginning")
    return begins, ends


def _morning(end: End, day: date) -> date:
    """The date on which the night ends: "overnight" ends on the day told, "the night of" begins on it."""
    return day + DAY if end.night == "night of" else day


def _night(clock: Clock, morning: date) -> Stretch:
    """From 21:00 to the end of the night part."""
    return clock.instant(morning - DAY, _NIGHTFALL), clock.part_bounds(morning, "night")[1]


def _of_night(at: Time, night: str) -> Time:
    """``at`` in the half of the day that a named night leaves it: ten is 22:00, four is 04:00.

    :raises Unclear: when the time does not lie in a night.
    """
    if at.offset is not None:
        return at
    if not at.half and at.hour == 12:
        at = at.in_half("am")
    elif not at.half and at.hour >= (_EVENING_FROM if night == "night of" else _NIGHTFALL.hour % 12):
        at = at.in_half("pm")
    if at.hour in BY_DAY:
        raise Contradiction(f"{at.hour:02}:{at.minute:02} is not in that night")
    return at


def _refuse_either(at: Time) -> None:
    if not at.half and at.offset is None and at.hour == _EITHER:
        raise Unclear(f"it may be 05:{at.minute:02} or 17:{at.minute:02}; write which")


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
