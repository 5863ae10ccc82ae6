"""What there is to say of a clock time that a change of clocks skips or doubles."""

from datetime import date, datetime, time

from chronicle.clock import Clock
from events.moments.items import Time


def said_of(at: Time | None, day: date, clock: Clock) -> str:
    """A sentence where ``at`` comes twice on ``day`` or not at all; else empty."""
    if at is None or at.offset is not None or at.hour == 24:
        return ""
    wall = datetime.combine(day, time(at.hour, at.minute, at.second), tzinfo=clock.zone)
    first, second = wall.utcoffset(), wall.replace(fold=1).utcoffset()
    if first is None or second is None or first == second:
        return ""
    if first > second:
        return f"Clocks were put back: {wall:%H:%M} came twice, and the first is meant."
    return f"Clocks were put forward: no clock showed {wall:%H:%M}; it is read as before the change."
