"""A range in a time phrase: its two ends, and what the one says for the other."""

from dataclasses import replace

from events.moments.ends import BEGINNERS, End, end_of, time_within
from events.moments.items import Days, Item, Offset, Part, Small, Time, Unclear, Weekday

_DAYTIME = range(6, 18)
_LONGEST_OVER_NOON = 7 * 60 * 60
"""Seconds. Of a longer range nobody can say whether it passes noon or midnight."""


def ends_around(items: list[Item], at: int) -> tuple[End | None, End]:
    """The two ends around the connector at ``at``; None for the first where only the last is told.

    What stands before "from" or "between" belongs to both.

    :raises Unclear: when an end is missing, or what the numbers count is left open.
    """
    left, right = items[:at], items[at + 1 :]
    if items[at] == Small("and"):
        _refuse_stray_and(left, right)
    before, left, introduced = _apart(left)
    if _only_until(items[at], left, right) and not introduced:
        return None, end_of([Small("until"), *right, *left])
    if not (left and right):
        raise Unclear("one end is missing")
    first, last, shared = end_of(left, ranged=True), end_of(right, ranged=True), end_of(before)
    if introduced:
        _refuse_end_on_no_day(first, last)
    elif is_day_alone(right):
        _refuse_night_to_a_day(first)
    if _loose(first, last, introduced=introduced or shared.part is not None):
        raise Unclear("the numbers may be hours, minutes or days; write “between 3:00 and 5:00” or “3–5 pm”")
    return _with_shared(first, last, shared)


def _refuse_night_to_a_day(first: End) -> None:
    """Refuse "the night to 9 November", which is no span that ends with the 9th."""
    if first.part == Part("night") and not _has_day(first):
        raise Unclear("a night is told by the day that it begins on: write “the night of 7 November”")


def _refuse_end_on_no_day(first: End, last: End) -> None:
    """Refuse "from 10:00 yesterday to 14:00", which may end today; "to 6 am" can only end today."""
    if not first.offset or _has_day(last):
        return
    if first.time and last.time:
        halves = (last.time, last.time.in_half("pm")) if _is_open(last.time) else (last.time,)
        if all(time.seconds < first.time.seconds for time in halves):
            return
    raise Unclear("it does not say on which day it ends; write it, as “to 6:00 today”")


def _only_until(connector: Item, left: list[Item], right: list[Item]) -> bool:
    """Whether only an end is told: "until 14:00", or "yesterday until 14:00", for a day is no beginning."""
    if connector == Small("and") or not right:
        return False
    if not left:
        # A dash alone may be the mark of a list, or the sign of an offset.
        return connector != Small("dash")
    ends_on_it = any(isinstance(item, Time | Part) for item in right) and not any(map(_is_day, right))
    # A dash may stand for a comma, and "5 November – evening" is no span.
    return connector == Small("until") and ends_on_it and all(map(_is_day, left))


def is_day_alone(items: list[Item]) -> bool:
    """Whether ``items`` tell a day and nothing else."""
    return bool(items) and all(isinstance(item, Days | Offset | Weekday) for item in items)


def _is_day(item: Item) -> bool:
    """Whether ``item`` tells a day or a night, with no time of day."""
    return isinstance(item, Days | Offset | Weekday) or item in (Small("overnight"), Small("night of"))


def _refuse_stray_and(left: list[Item], right: list[Item]) -> None:
    """Refuse "14:00 and 15:00", which are two moments; "morning and afternoon" or two dates are one."""
    beside = (*left[-1:], *right[:1])
    if Small("between") in left or all(isinstance(item, Part | Days) for item in beside):
        return
    raise Unclear("“and” joins two times only after “between”")


def _apart(left: list[Item]) -> tuple[list[Item], list[Item], bool]:
    """What is said of both ends, the first end, and whether "from" or "between" introduces it."""
    for i, item in enumerate(left):
        if item in BEGINNERS:
            return left[:i], left[i + 1 :], True
    if left[:1] == [Small("about")]:
        # "around 3–4 pm" is about both.
        return left[:1], left[1:], False
    return [], left, False


def _loose(first: End, last: End, introduced: bool) -> bool:
    """Whether numbers alone leave open what they count: "3-5", "from 4 to January 22", "15 to noon"."""
    if first.time is None or last.time is None:
        return any(end.time is not None and end.time.bare for end in (first, last))
    if introduced or first.part or last.part or not first.time.bare:
        return False
    one, two = _with_halves(first.time, last.time)
    return last.time.bare or one.seconds >= two.seconds


def _with_shared(first: End, last: End, shared: End) -> tuple[End, End]:
    """Both ends with what was said before the range: the day, the part of the day, the night."""
    first, last = _qualified(first, last, shared)
    if shared.dated and first.dated:
        raise Unclear("two days are given")
    # The day goes to the first end alone, for the range may run into the next.
    if shared.dated:
        first = replace(first, days=shared.days, offset=shared.offset)
    if shared.weekday is not None:
        first = replace(first, weekday=shared.weekday)
    return replace(first, part=first.part or shared.part, night=first.night or shared.night), last


def _qualified(first: End, last: End, shared: End) -> tuple[End, End]:
    """Both ends, approximate if what was said before them says so; no other word fits a range."""
    if shared.qualifier == "about":
        first, last = replace(first, qualifier="about"), replace(last, qualifier="about")
    elif shared.qualifier or shared.time:
        raise Unclear("more than two times are tied together")
    if any(end.qualifier not in ("", "about") for end in (first, last)):
        raise Unclear("an end of a range cannot itself be “before” or “after” something")
    return first, last


def carried(first: End, last: End) -> tuple[End, End]:
    """Both ends with the day, the part of the day and a.m. or p.m. carried over from the other.

    :raises Unclear: when a time does not lie in the part of the day given for it.
    """
    first, last = _in_one_night(first, last)
    # Of two ends that each have a day, neither says anything of the other's hours.
    apart = first.dated and last.dated
    if _has_day(last) and not _has_day(first):
        first = replace(first, days=last.days, offset=last.offset, weekday=last.weekday)
    if first.time is None or last.time is None:
        return first, last
    part, other = (first.part, last.part) if apart else _parts(first, first.time, last, last.time)
    one, two = time_within(first.time, part), _end_within(last.time, other)
    if not (apart or (first.night and _are_open(one, two))):
        # Open hours of a named night are read by that night.
        one, two = _with_halves(one, two)
    one, two = _in_zone(one, two), _in_zone(two, one)
    return replace(first, time=one, part=None), replace(last, time=two, part=None)


def _in_one_night(first: End, last: End) -> tuple[End, End]:
    """Both ends in the night that is named behind them: "between 9:30 and 10:15 tonight"."""
    if not (last.night and first.time and last.time) or first.night or _has_day(first):
        return first, last
    if first.time.half and first.time.hour in _DAYTIME:
        # "From 3 pm until tonight at 9" begins by day.
        return first, last
    named = replace(
        first, night=last.night, late=last.late, days=last.days, offset=last.offset, weekday=last.weekday
    )
    return named, replace(last, night="", late=False, days=None, offset=None, weekday=None)


def _end_within(time: Time, part: Part | None) -> Time:
    """``time`` as the end of a range in ``part``: a morning's twelve is noon, with which it ends."""
    if part and part.name == "morning" and time.hour == 12 and not (time.minute or time.half):
        return replace(time, half="24", bare=False, vague=False)
    return time_within(time, part)


def _has_day(end: End) -> bool:
    return end.dated or end.weekday is not None


def _are_open(one: Time, two: Time) -> bool:
    return {one.half, two.half}.isdisjoint({"am", "pm"})


def _in_zone(time: Time, other: Time) -> Time:
    """``time`` in the zone said with the other end, where it has none of its own."""
    return replace(time, offset=other.offset) if time.offset is None else time


def _parts(first: End, one: Time, last: End, two: Time) -> tuple[Part | None, Part | None]:
    """The part of the day of each end; that of one end alone serves an open time of the other, too."""
    if last.part and not first.part and not one.half:
        return last.part, last.part
    if first.part and not last.part and not two.half:
        return first.part, first.part
    return first.part, last.part


def _with_halves(one: Time, two: Time) -> tuple[Time, Time]:
    """Two clock times with the half of the day of the one carried to the other ("between 3 and 5 pm")."""
    if two.half in ("am", "pm") and _is_open(one):
        return _before(one, two), two
    if one.half in ("am", "pm") and _is_open(two):
        return one, _after(two, one)
    if _passes_noon(one, two):
        _refuse_long(one, two)
        return one, two.in_half("pm")
    return one, two


def _refuse_long(one: Time, two: Time) -> None:
    """Refuse "10:00–9:00": so long a range over noon may as well be one over midnight."""
    late = two.in_half("pm")
    if late.seconds - one.seconds > _LONGEST_OVER_NOON:
        said = f"{late.hour}:{two.minute:02} or at {two.hour % 12}:{two.minute:02} on the next day"
        raise Unclear(f"it may end at {said}; write which")


def _is_open(time: Time) -> bool:
    return not time.half and 1 <= time.hour <= 12


def _before(time: Time, end: Time) -> Time:
    """``time`` in the half of the day of ``end``, or, to come before it, in the other: "11 to 3 pm"."""
    same = time.in_half(end.half)
    return same if same.seconds < end.seconds else time.in_half(_other_half(end))


def _after(time: Time, begin: Time) -> Time:
    """``time`` in the half of the day of ``begin``, or, to come after it, in the other: "11 am to 3"."""
    same = time.in_half(begin.half)
    return same if same.seconds > begin.seconds else time.in_half(_other_half(begin))


def _other_half(time: Time) -> str:
    return "am" if time.half == "pm" else "pm"


def _passes_noon(one: Time, two: Time) -> bool:
    """Whether an open hour that seems to come first is one after noon: "10:30 to 2", "noon to 3"."""
    return _is_open(two) and one.half != "pm" and one.hour <= 12 and two.seconds < one.seconds
