"""Words of prose tried as a phrase, once each, for prose says the same times again."""

from datetime import date
from functools import lru_cache

from chronicle.clock import Clock
from events.moments.reading import Moment, Unreadable, read


@lru_cache(maxsize=4096)
def _attempt(words: str, told_on: date, clock: Clock) -> Moment | Unreadable:
    try:
        return read(words, told_on=told_on, clock=clock)
    except Unreadable as refusal:
        return refusal


def moment_of(words: str, told_on: date, clock: Clock) -> Moment | None:
    """What ``words`` tell as a phrase; None where they cannot be read."""
    found = _attempt(words, told_on, clock)
    return None if isinstance(found, Unreadable) else found


def contradict(words: str, told_on: date, clock: Clock) -> bool:
    """Whether ``words`` cannot be read because one says what another denies: "this morning at 3 p.m."."""
    found = _attempt(words, told_on, clock)
    return isinstance(found, Unreadable) and found.contradicts
