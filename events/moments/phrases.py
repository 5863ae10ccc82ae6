"""The grammar of a time phrase: from items to one or two ends, each with its day and its time of day."""

from dataclasses import dataclass, replace

from events.moments.items import Date, Days, Item, Offset, Share, Small, Span, Time, Unclear, Weekday

_QUALIFIERS = ("about", "after", "before", "by", "by end", "soon after", "soon before", "towards")
_BEGINNERS = (Small("from"), Small("between"))


@dataclass(frozen=True)
class End:
    """One end of a range, or the whole of a phrase that is none."""

    days: Days | None = None
    offset: int | None = None
    weekday: int | None = None
    time: Time | None = None
    span: Span | None = None
    qualifier: str = ""
    night: str = ""
    """ "overnight" (into the day) or "night of" (out of the day)."""
    about_date: bool = False

    @property
    def dated(self) -> bool:
        return self.days is not None or self.offset is not None


@dataclass(frozen=True)
class Phrase:
    """A time phrase: ``last`` is None unless it is a range; ``counted`` is the day it is said to count on."""

    first: End
    last: End | None = None
    throughout: bool = False
    counted: Date | None = None


def parse(items: list[Item]) -> Phrase:
    """The phrase that ``items`` make.

    :raises Unclear: when they do not make one.
    """
    items, counted = _counted(items)
    throughout = Small("all") in items
    items = _joined([item for item in items if item != Small("all")])
    connectors = [i for i, item in enumerate(items) if _connects(items, i)]
    if len(connectors) > 1:
        raise Unclear("more than two times are tied together")
    if not connectors:
        return Phrase(_single(items, throughout), None, throughout, counted)
    first, last = _ends(items, connectors[0])
    if first is None:
        return Phrase(last, None, throughout, counted)
    return Phrase(*_carry(first, last), throughout, counted)


def _counted(items: list[Item]) -> tuple[list[Item], Date | None]:
    if Small("counted") not in items:
        return items, None
    at = items.index(Small("counted"))
    match items[at + 1 :]:
        case [Days(first=date, last=None)] if date.year:
            return items[:at], date
    raise Unclear("after “counted on” a full date should follow")


def _joined(items: list[Item]) -> list[Item]:
    """Shares joined to the part that they divide, "at" dropped before a part."""
    joined: list[Item] = []
    for item in items:
        if isinstance(item, Span) and joined and joined[-1] == Small("at"):
            joined.pop()
        match joined[-1:], item:
            case [Share(begin, end)], Span(name, 0, 1):
                joined[-1] = Span(name, begin, end)
            case [Share()], Span():
                raise Unclear("the part of the day is divided twice")
            case _:
                joined.append(item)
    return [Span("day", item.begin, item.end) if isinstance(item, Share) else item for item in joined]


def _connects(items: list[Item], i: int) -> bool:
    if items[i] == Small("slash"):
        around = (*items[max(i - 1, 0) : i], *items[i + 1 : i + 2])
        if len(around) == 2 and all(isinstance(item, Days) for item in around):
            return True
        raise Unclear("a stroke may only stand between two dates")
    return items[i] in (Small("to"), Small("and"))


def _ends(items: list[Item], at: int) -> tuple[End | None, End]:
    """The two ends around the connector; what stands before "from" or "between" belongs to both."""
    left, right = items[:at], items[at + 1 :]
    begins = [i for i, item in enumerate(left) if item in _BEGINNERS]
    alike = all(isinstance(item, Span | Days) for item in (*left[-1:], *right[:1]))
    if items[at] == Small("and") and Small("between") not in left and not alike:
        raise Unclear("“and” joins two times only after “between”")
    before = left[: begins[0]] if begins else []
    left = left[begins[0] + 1 :] if begins else left
    if not begins and left[:1] == [Small("about")]:
        before, left = left[:1], left[1:]  # "around 3–4 pm" is about both
    if not left and not begins and right:
        return None, _end([Small("by"), *right])
    if not (left and right):
        raise Unclear("one end is missing")
    first, last, shared = _end(left, ranged=True), _end(right, ranged=True), _end(before)
    if _loose(first, last, introduced=bool(begins or shared.span)):
        raise Unclear("the numbers may be hours, minutes or days; write “between 3:00 and 5:00” or “3–5 pm”")
    return _shared(first, last, shared)


def _loose(first: End, last: End, introduced: bool) -> bool:
    """Whether numbers alone leave open what they count: "3-5", "from 4 to January 22", "15 to noon"."""
    if first.time is None or last.time is None:
        return any(end.time is not None and end.time.bare for end in (first, last))
    if introduced or first.span or last.span or not first.time.bare:
        return False
    one, two = _halves(first.time, last.time)
    return last.time.bare or one.seconds >= two.seconds


def _shared(first: End, last: End, shared: End) -> tuple[End, End]:
    """Both ends with what was said before the range: the day, the part of the day, the night."""
    if shared.qualifier == "about":
        first, last = replace(first, qualifier="about"), replace(last, qualifier="about")
    elif shared.qualifier or shared.time:
        raise Unclear("more than two times are tied together")
    if any(end.qualifier not in ("", "about") for end in (first, last)):
        raise Unclear("an end of a range cannot itself be “before” or “after” something")
    if shared.dated and first.dated:
        raise Unclear("two days are given")
    if shared.dated:
        first = replace(first, days=shared.days, offset=shared.offset)
    if shared.weekday is not None:
        first = replace(first, weekday=shared.weekday)
    return replace(first, span=first.span or shared.span, night=first.night or shared.night), last


def _carry(first: End, last: End) -> tuple[End, End]:
    """Both ends with the day, the part of the day and a.m. or p.m. carried over from the other."""
    apart = first.dated and last.dated
    if not first.dated and last.dated:
        first = replace(first, days=last.days, offset=last.offset, weekday=last.weekday)
    if first.time and last.time:
        span, other = first.span, last.span
        if other and not span and not first.time.half and not apart:
            span = other
        elif span and not other and not last.time.half and not apart:
            other = span
        one, two = _within(first.time, span), _within(last.time, other)
        if not apart:
            one, two = _halves(one, two)
        if one.utc or two.utc:
            one, two = replace(one, utc=True), replace(two, utc=True)
        first, last = replace(first, time=one, span=None), replace(last, time=two, span=None)
    return first, last


def _halves(one: Time, two: Time) -> tuple[Time, Time]:
    """Two clock times with the half of the day of the one carried to the other ("between 3 and 5 pm")."""
    if two.half in ("am", "pm") and not one.half and 1 <= one.hour <= 12:
        carried = one.in_half(two.half)
        other = one.in_half("am" if two.half == "pm" else "pm")
        return (carried if carried.seconds < two.seconds else other), two
    if one.half in ("am", "pm") and not two.half and 1 <= two.hour <= 12:
        carried = two.in_half(one.half)
        other = two.in_half("am" if one.half == "pm" else "pm")
        return one, (carried if carried.seconds > one.seconds else other)
    if two.bare and not two.half and not one.half and two.seconds < one.seconds <= 43200:
        return one, two.in_half("pm")
    return one, two


def _single(items: list[Item], throughout: bool) -> End:
    if not items and throughout:
        return End(span=Span("day"))
    ranged = any(isinstance(item, Days) and item.last for item in items)
    if ranged:
        items = [item for item in items if item not in _BEGINNERS]
    items = [Small("after") if item == Small("from") else item for item in items]
    if items and items[-1] == Small("onwards"):
        items = items[:-1] if Small("after") in items else [Small("after"), *items[:-1]]
    return _end(items)


def _end(items: list[Item], ranged: bool = False) -> End:
    """One end, from its items in any order; ``ranged`` when another end stands beside it."""
    end = End()
    placed = ranged
    for i, item in enumerate(items):
        if isinstance(item, Small):
            end = _qualified(end, item.word, items[i + 1 :])
            placed = placed or item.word == "at" or item.word in _QUALIFIERS
        else:
            end = _filled(end, item)
        # A day's number may have been meant: "6 April 22".
        placed = placed and not (isinstance(item, Days) and _bare(items[i + 1 : i + 2]))
    if end.time and end.time.bare and not (placed or end.span):
        raise Unclear("a number alone is not a time; write “7:00” or “7 am”")
    if end.time and end.span and not ranged:
        end = replace(end, time=_within(end.time, end.span), span=None)
    return end


def _bare(items: list[Item]) -> bool:
    return any(isinstance(item, Time) and item.bare for item in items)


def _filled(end: End, item: Item) -> End:
    """``end`` with one more thing known of it."""
    match item:
        case Time() if end.time is None:
            return replace(end, time=item)
        case Span() if end.span in (None, Span("day")):
            return replace(end, span=item)
        case Days() if not end.dated:
            return replace(end, days=item)
        case Offset(days) if not end.dated:
            return replace(end, offset=days)
        case Weekday(number) if end.weekday is None:
            return replace(end, weekday=number)
    if item == Span("day"):
        return end
    things = {Time: "clock times", Span: "parts of the day"}
    raise Unclear(f"two {things.get(type(item), 'days')} are given")


def _qualified(end: End, word: str, following: list[Item]) -> End:
    if word in ("overnight", "night of"):
        return replace(end, night=word)
    if word in ("at", "into"):
        return end
    if word not in _QUALIFIERS:
        raise Unclear(f"“{word}” does not fit there")
    target = next((item for item in following if item not in (Small("at"), Small("about"))), None)
    if word == "about" and isinstance(target, Days):
        return replace(end, about_date=True)
    if word == "about" and target is None:
        return replace(end, qualifier=end.qualifier or word)
    if not isinstance(target, Time | Span) or target == Span("day"):
        raise Unclear(f"“{word}” should be followed by a time of day")
    return replace(end, qualifier=end.qualifier or word)


def _within(time: Time, span: Span | None) -> Time:
    """``time`` read by the part of the day beside it: "3 in the afternoon", "11 at night"."""
    if span is None or span.name in ("day", "daytime", "midday") or time.utc:
        return time
    later = span.name in ("afternoon", "evening", "dusk") or (span.name == "night" and time.hour >= 8)
    if not time.half and 1 <= time.hour <= 12:
        noon = span.name == "night" and time.hour == 12
        time = time.in_half("pm" if later and not noon else "am") if time.hour < 12 or noon else time
    hours = {"afternoon": (12, 19), "evening": (16, 24), "dusk": (16, 24), "morning": (0, 12), "dawn": (2, 9)}
    first, last = hours.get(span.name, (0, 24))
    if not first <= time.hour <= last:
        raise Unclear(f"{time.hour:02}:{time.minute:02} is not in the {span.name}")
    return time
