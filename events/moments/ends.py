"""One end of a time phrase: the day and the time of day that its items tell, in whatever order."""

from dataclasses import dataclass, replace

from events.moments.items import Contradiction, Days, Item, Offset, Part, Small, Time, Unclear, Weekday

OPEN_ENDED = ("after", "since")
"""The qualifiers that tell where something begins and leave open where it ends."""
OPEN_STARTED = ("before", "by", "by end", "until")
"""The qualifiers that tell where something ends and leave open where it begins."""
_FILLING = ("since", "until")
"""The qualifiers of what went on all the while; what happened "after" or "by" a time fell somewhere there."""
QUALIFIERS = ("about", *OPEN_ENDED, *OPEN_STARTED, "soon after", "soon before", "towards")
BEGINNERS = (Small("from"), Small("between"))
_HOURS = {
    "dawn": (2, 9),
    "morning": (0, 11),
    "midday": (11, 14),
    "daytime": (5, 21),
    "late night": (20, 24),
    "afternoon": (12, 19),
    "evening": (16, 24),
    "dusk": (16, 24),
}
"""The first and last hour that people say of a part of the day, wider than a chronicle's own parts."""
BY_DAY = range(9, 17)
"""The hours that nobody says of a night."""
_LATE_PARTS = ("afternoon", "evening", "dusk", "late night")
_NOON_PARTS = ("midday", "daytime")


@dataclass(frozen=True)
class End:
    """One end of a range, or the whole of a phrase that is none."""

    days: Days | None = None
    offset: int | None = None
    weekday: int | None = None
    time: Time | None = None
    part: Part | None = None
    qualifier: str = ""
    night: str = ""
    """ "overnight" (into the day) or "night of" (out of the day)."""
    late: bool = False
    """Said late in that night: "late last night"."""
    about_date: bool = False
    within: Part | None = None
    """The part of the day that stands before the qualifier: "in the morning after 11:00"."""

    @property
    def open_start(self) -> bool:
        """Whether its qualifier leaves open where it begins."""
        return self.qualifier in OPEN_STARTED

    @property
    def open_end(self) -> bool:
        """Whether its qualifier leaves open where it ends."""
        return self.qualifier in OPEN_ENDED

    @property
    def fills(self) -> bool:
        """Whether its qualifier says that the whole span was filled."""
        return self.qualifier in _FILLING

    @property
    def dated(self) -> bool:
        return self.days is not None or self.offset is not None


def only_end(items: list[Item], throughout: bool) -> End:
    """The end that a phrase without a range is.

    :raises Unclear: when the items do not make one.
    """
    if not items and throughout:
        return End(part=Part("day"))
    if any(isinstance(item, Days) and item.last for item in items):
        # "from 5 to 7 November" is one item by now, with "from" left over.
        items = [item for item in items if item not in BEGINNERS]
    return end_of(_with_since(items))


def _with_since(items: list[Item]) -> list[Item]:
    """ "from 14:00", "from 14:00 on" and "14:00 onwards" as "since 14:00", which means the same."""
    items = [Small("since") if item == Small("from") else item for item in items]
    if items[-1:] != [Small("onwards")]:
        return items
    if Small("since") in items or Small("after") in items:
        return items[:-1]
    return [Small("since"), *items[:-1]]


def end_of(items: list[Item], ranged: bool = False) -> End:
    """One end, from its items in any order; ``ranged`` when another end stands beside it.

    :raises Unclear: when the items do not make one.
    """
    end = End()
    placed = ranged
    for i, item in enumerate(items):
        following = items[i + 1 :]
        end = _with_item(end, item, following)
        placed = (placed or _places(item)) and not _may_go_on(item, following)
    if end.time and end.time.bare and not (placed or end.part):
        raise Unclear("a number alone is not a time; write “7:00” or “7 am”")
    # The ends of a range are read by their parts of the day together, in ``events.moments.ranges``.
    return end if ranged else _within_part(end)


def _within_part(end: End) -> End:
    if end.time is None or end.part is None:
        return end
    return replace(end, time=time_within(end.time, end.part), part=None)


def _places(item: Item) -> bool:
    """Whether a bare number after ``item`` can only be an hour: "at 7", "after 7"."""
    return isinstance(item, Small) and (item.word == "at" or item.word in QUALIFIERS)


def _may_go_on(item: Item, following: list[Item]) -> bool:
    """Whether a bare number after ``item`` may belong to it: in "6 April 22" it may be the year."""
    number_follows = any(isinstance(item, Time) and item.bare for item in following[:1])
    return isinstance(item, Days) and number_follows


def _with_item(end: End, item: Item, following: list[Item]) -> End:
    if isinstance(item, Small):
        return _with_small(end, item.word, following)
    return _filled(end, item)


def _filled(end: End, item: Item) -> End:
    """``end`` with one more thing known of it."""
    match item:
        case Time() if end.time is None:
            return replace(end, time=item)
        case Part() if end.part in (None, Part("day")):
            return replace(end, part=item)
        case Days() if not end.dated:
            return replace(end, days=item)
        case Offset(days) if not end.dated:
            return replace(end, offset=days)
        case Weekday(number) if end.weekday is None:
            return replace(end, weekday=number)
    if item == Part("day"):
        return end
    things = {Time: "clock times", Part: "parts of the day"}
    raise Unclear(f"two {things.get(type(item), 'days')} are given")


def _with_small(end: End, word: str, following: list[Item]) -> End:
    if word in ("overnight", "night of", "late night of"):
        return replace(end, night=word.removeprefix("late "), late=word.startswith("late "))
    if word in ("at", "into"):
        return end
    if word not in QUALIFIERS:
        raise Unclear(f"“{word}” does not fit there")
    target = next((item for item in following if item not in (Small("at"), Small("about"))), None)
    return _about(end, target) if word == "about" else _qualified(end, word, target)


def _about(end: End, target: Item | None) -> End:
    if isinstance(target, Days):
        return replace(end, about_date=True)
    if target is None:
        # It may stand behind what it is said of: "14:30 or so".
        return replace(end, qualifier=end.qualifier or "about")
    return _qualified(end, "about", target)


def _qualified(end: End, word: str, target: Item | None) -> End:
    # The bound of an open end is that of the day told, so "after 5 November" would have none.
    if not isinstance(target, Time | Part) or target == Part("day"):
        raise Unclear(f"“{word}” should be followed by a time of day")
    # Of two, the first is the one meant: "after about 14:00" is after.
    if end.qualifier:
        return end
    return replace(end, qualifier=word, within=end.part)


def time_within(time: Time, part: Part | None) -> Time:
    """``time`` read by the part of the day beside it: "3 in the afternoon", "11 at night".

    :raises Unclear: when the time does not lie in that part.
    """
    if part is None or part.name == "day" or time.offset is not None:
        return time
    time = _half_by_part(time, part.name)
    first, last = _HOURS.get(part.name, (0, 24))
    if not first <= time.hour <= last or (part.name == "night" and time.hour in BY_DAY):
        raise Contradiction(f"{time.hour:02}:{time.minute:02} is not in the {part.name}")
    return time


def _half_by_part(time: Time, part: str) -> Time:
    """``time``, if which half of the day it lies in is open, in the half that ``part`` says."""
    if time.half or not 1 <= time.hour <= 12:
        return time
    if time.hour == 12:
        # "12 at night" is midnight; beside any other part twelve is noon as it stands.
        return time.in_half("am") if part == "night" else replace(time, bare=False, vague=False)
    return time.in_half("pm" if _is_late(part, time.hour) else "am")


def _is_late(part: str, hour: int) -> bool:
    # The night has hours on both sides of midnight: "11 at night" and "3 at night".
    return part in _LATE_PARTS or (part == "night" and hour >= 6) or (part in _NOON_PARTS and hour < 5)
