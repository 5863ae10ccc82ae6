"""What "about", "after", "by" and the like make of a clock time or a part of the day."""

from collections.abc import Callable
from datetime import datetime
from fractions import Fraction

from chronicle.clock import Clock
from events.moments.ends import OPEN_STARTED, End
from events.moments.items import Part
from events.moments.stretches import (
    HALF_HOUR,
    Stretch,
    day_from,
    day_until,
    part_until,
    share,
    whole_day,
)

ENDING = (*OPEN_STARTED, "soon before", "towards")
"""The qualifiers of what ends with the time that they stand before."""
_LAST_THIRD = Part("", Fraction(2, 3))


def qualified(clock: Clock, end: End, stretch: Stretch) -> Stretch:
    """What the qualifier of ``end`` makes of ``stretch``, its clock time or its part of the day."""
    if not end.qualifier:
        return stretch
    at = _reference(clock, end, stretch)
    if end.qualifier == "about" and not end.time:
        # A part of the day is approximate enough as it stands.
        return stretch
    if end.qualifier == "towards" and not end.time:
        return share(part_until(clock, at), _LAST_THIRD)
    begins, ends = _EDGES[end.qualifier]
    return begins(clock, at), ends(clock, at)


def _reference(clock: Clock, end: End, stretch: Stretch) -> datetime:
    """The instant that the qualifier is said of: after the end of the morning, but since its beginning."""
    begins, ends = stretch
    if end.qualifier == "by end":
        return ends
    if end.qualifier in ("after", "soon after") and not end.time:
        return ends
    if end.qualifier == "until" and _ends_its_part(end.part):
        return ends
    if end.qualifier in ENDING and _from_nightfall(end.part):
        # The night of a date begins it, at 00:00, but who says "before night" looks forward to the next one.
        return whole_day(clock, clock.date_of(begins))[1]
    return begins


def _ends_its_part(part: Part | None) -> bool:
    """Whether ``part`` is the last share of one: "until the end of the morning", "until late evening"."""
    return part is not None and part.end == 1 and (part.begin > 0 or part.name == "late night")


def _from_nightfall(part: Part | None) -> bool:
    return part is not None and part.name == "night" and part.begin == 0


def _here(clock: Clock, at: datetime) -> datetime:
    return at


def _half_hour_before(clock: Clock, at: datetime) -> datetime:
    # What ends at midnight belongs to the day that midnight ends.
    return max(at - HALF_HOUR, day_until(clock, at)[0])


def _half_hour_before_in_its_day(clock: Clock, at: datetime) -> datetime:
    # Told of a day, a time is not widened out of it: "about 00:10" does not begin on the day before.
    return max(at - HALF_HOUR, whole_day(clock, clock.date_of(at))[0])


def _half_hour_after(clock: Clock, at: datetime) -> datetime:
    return min(at + HALF_HOUR, whole_day(clock, clock.date_of(at))[1])


def _day_begins(clock: Clock, at: datetime) -> datetime:
    return day_until(clock, at)[0]


def _day_ends(clock: Clock, at: datetime) -> datetime:
    return day_from(clock, at)[1]


Edge = Callable[[Clock, datetime], datetime]
_EDGES: dict[str, tuple[Edge, Edge]] = {
    "about": (_half_hour_before_in_its_day, _half_hour_after),
    "after": (_here, _day_ends),
    "since": (_here, _day_ends),
    "soon after": (_here, _half_hour_after),
    "before": (_day_begins, _here),
    "by": (_day_begins, _here),
    "by end": (_day_begins, _here),
    "until": (_day_begins, _here),
    "soon before": (_half_hour_before, _here),
    "towards": (_half_hour_before, _here),
}
"""Of each qualifier, where what it tells begins and ends, from the instant that it is said of.

The exceptions are those of ``_reference`` (which end of a part of the day is meant, and that "before night"
looks forward) and two of ``qualified``: a part of the day is approximate as it stands, and "towards evening"
is the last third of the part before it.
"""
