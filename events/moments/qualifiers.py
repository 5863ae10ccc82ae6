"""What "about", "after", "by" and the like make of a clock time or a part of the day."""

from collections.abc import Callable
from datetime import datetime
from fractions import Fraction

from chronicle.clock import Clock
from events.moments.ends import OPEN_STARTED, End
from events.moments.items import Part
from events.moments.stretches import (
    HALF_HOUR,
    MINUTE,
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
    if end.time:
        return _MEANINGS[end.qualifier](clock, at)
    if end.qualifier == "about":
        # A part of the day is approximate enough as it stands.
        return stretch
    if end.qualifier == "towards":
        return share(part_until(clock, at), _LAST_THIRD)
    return _MEANINGS[end.qualifier](clock, at)


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
    return part is not None and part.begin > 0 and part.end == 1


def _from_nightfall(part: Part | None) -> bool:
    return part is not None and part.name == "night" and part.begin == 0


def _about(clock: Clock, at: datetime) -> Stretch:
    # Told of a day, a time is not widened out of it: "about 00:10" does not begin on the day before.
    first, last = whole_day(clock, clock.date_of(at))
    return max(at - HALF_HOUR, first), min(at + HALF_HOUR, last)


def _soon_after(clock: Clock, at: datetime) -> Stretch:
    _, last = whole_day(clock, clock.date_of(at))
    return at, min(at + HALF_HOUR, last)


def _soon_before(clock: Clock, at: datetime) -> Stretch:
    first, _ = whole_day(clock, clock.date_of(at))
    if first == at:
        # What ends at midnight belongs to the day that midnight ends.
        first, _ = whole_day(clock, clock.date_of(at - MINUTE))
    return max(at - HALF_HOUR, first), at


_MEANINGS: dict[str, Callable[[Clock, datetime], Stretch]] = {
    "about": _about,
    "after": day_from,
    "since": day_from,
    "soon after": _soon_after,
    "before": day_until,
    "by": day_until,
    "by end": day_until,
    "until": day_until,
    "soon before": _soon_before,
    "towards": _soon_before,
}
