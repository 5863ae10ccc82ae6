"""From a time phrase to instants: where the moment begins and ends, and the day that it counts on."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from chronicle.clock import Clock
from events.moments.days import DAY, calendar_date, day_of, days_of_range, last_day, nearest
from events.moments.ends import End
from events.moments.items import Contradiction, Date, Part, Time, Unclear
from events.moments.nights import hours_in_night, in_night
from events.moments.phrases import Phrase
from events.moments.qualifiers import ENDING, qualified
from events.moments.stretches import (
    HALF_HOUR,
    MINUTE,
    Stretch,
    instant,
    part_of,
    share,
    unit,
    whole_day,
)

_WHOLE_DAY, _NIGHT = Part("day"), Part("night")
_FULL_DAY = 24 * 60 * 60
_ENDLESS = 20 * 60 * 60
"""Seconds. Hours that run over midnight for longer are more likely mistaken."""


@dataclass(frozen=True)
class Bounds:
    """Half-open bounds in UTC, the day that they count on, and the dates if only those are approximate."""

    earliest: datetime
    latest: datetime
    day: date
    about: tuple[date, ...] | None = None
    open_start: bool = False
    open_end: bool = False


def bounds_of(phrase: Phrase, told_on: date, clock: Clock) -> Bounds:
    """The bounds of ``phrase``, told on ``told_on``.

    :raises Unclear: when its parts contradict each other, or name a day that is not in the calendar.
    :raises OverflowError: when a day lies outside the years 1 to 9999.
    """
    reading = _Reading(told_on, clock)
    bounds = reading.single(phrase.first) if phrase.last is None else reading.range(phrase.first, phrase.last)
    bounds = _in_order(bounds)
    if phrase.counted:
        return replace(bounds, day=calendar_date(phrase.counted))
    return bounds


def _in_order(bounds: Bounds) -> Bounds:
    """``bounds``, turned round if need be: only clocks put forward do that, what was typed was in order."""
    if bounds.earliest < bounds.latest:
        return bounds
    earliest, latest = bounds.latest, bounds.earliest
    return replace(bounds, earliest=earliest, latest=max(latest, earliest + MINUTE))


@dataclass(frozen=True)
class _Reading:
    told_on: date
    clock: Clock

    def single(self, end: End) -> Bounds:
        """A phrase that is no range of two ends."""
        if end.days and end.days.last:
            return self._several_days(end, nearest(end.days.first, self.told_on), end.days.last)
        day = self._day(end)
        if end.about_date:
            return self._about_day(end, day)
        if end.night:
            return self._in_night(end, day)
        return self._in_day(end, day)

    def _in_day(self, end: End, day: date) -> Bounds:
        if end.time:
            return self._within(end, day, self._opened(end, self._at_time(end, end.time, day)))
        if end.part and (end.part.name != "day" or end.open_start or end.open_end):
            return self._opened(end, qualified(self.clock, end, part_of(self.clock, end.part, day)))
        return Bounds(*share(whole_day(self.clock, day), end.part or _WHOLE_DAY), day)

    def range(self, first: End, last: End) -> Bounds:
        """A phrase of two ends, the one before the other."""
        if first.about_date or last.about_date:
            return self._about(self._day(first), self._day(last))
        if first.night and not _is_night_to_day(first, last):
            return self._range_in_night(first, last)
        if last.night and last.time is None:
            raise Unclear("a range that ends at night needs the hour, as “to 23:00 tonight”")
        begins_on, ends_on = days_of_range(first, last, self.told_on)
        if _is_one_night(first) and _is_day_alone(last):
            return self._night_between(first, begins_on, ends_on)
        return self._counted(self._span(first, begins_on, last, ends_on))

    def _span(self, first: End, begins_on: date, last: End, ends_on: date) -> Stretch:
        """From ``first`` to ``last``, each on its day, or over midnight where hours alone run back."""
        earliest, latest = self._edges(first, begins_on)[0], self._edges(last, ends_on)[1]
        if last.part == _NIGHT and not (last.dated or last.weekday is not None):
            # Who says "till night" looks forward to the one that the day ends with.
            latest = whole_day(self.clock, ends_on)[1]
        backward = latest <= earliest
        if first.time and last.time:
            # The hours as typed decide, for a change of clocks may turn two instants round.
            backward = _is_backward(first.time, last.time, (ends_on - begins_on).days)
        if backward and (last.dated or last.weekday is not None):
            raise Contradiction("the end comes before the beginning")
        if backward:
            _refuse_endless(first.time, last.time)
            # Hours that end no later than they begin run into the next day: "from 23:00 to 02:00".
            latest = self._edges(last, ends_on + DAY)[1]
        return self._widened(first, last, earliest, latest)

    def _night_between(self, end: End, begins_on: date, ends_on: date) -> Bounds:
        """ "The night from Tuesday to Wednesday"."""
        if ends_on != begins_on + DAY:
            raise Unclear("a night ends on the day after the one that it begins on")
        return self._in_night(replace(end, night="night of", part=None), begins_on)

    def _day(self, end: End) -> date:
        return day_of(end, self.told_on) or self.told_on

    def _counted(self, stretch: Stretch) -> Bounds:
        return Bounds(*stretch, self.clock.date_of(stretch[0]))

    def _opened(self, end: End, stretch: Stretch) -> Bounds:
        """The bounds of ``stretch``, of which one is no more than that of the day where ``end`` is open."""
        return replace(self._counted(stretch), open_start=end.open_start, open_end=end.open_end)

    def _within(self, end: End, day: date, bounds: Bounds) -> Bounds:
        """``bounds``, closed where the part of the day told before the qualifier ends or begins."""
        if end.within is None:
            return bounds
        begins, ends = part_of(self.clock, end.within, day)
        if bounds.open_end and begins <= bounds.earliest < ends:
            return replace(bounds, latest=ends, open_end=False)
        if bounds.open_start and begins < bounds.latest <= ends:
            return replace(bounds, earliest=begins, open_start=False)
        return bounds

    def _at_time(self, end: End, at: Time, day: date) -> Stretch:
        if at.vague:
            early, late = at.hour % 12, at.hour % 12 + 12
            said = f"it may be {early:02}:{at.minute:02} or {late}:{at.minute:02}; write which"
            raise Unclear(said, ("", _said_of(early)), ("", _said_of(late)))
        begins = instant(self.clock, at, day, ends=end.qualifier in ENDING)
        if at.hour == 24 and end.qualifier in ("", "about"):
            # The minute that begins at 24:00 is the next day's; told of this day, its last minute is meant.
            begins -= MINUTE
        return qualified(self.clock, end, (begins, begins + unit(at)))

    def _edges(self, end: End, day: date) -> Stretch:
        """Where a range may begin and end with ``end``: a clock time is one instant, not its minute."""
        if end.time:
            at = instant(self.clock, end.time, day)
            return at, at
        return part_of(self.clock, end.part or _WHOLE_DAY, day)

    def _widened(self, first: End, last: End, earliest: datetime, latest: datetime) -> Stretch:
        """The range, with half an hour more where an end is approximate, but within the day of that end."""
        if first.qualifier == "about":
            begins, _ = whole_day(self.clock, self.clock.date_of(earliest))
            earliest = max(earliest - HALF_HOUR, begins)
        if last.qualifier == "about":
            # What ends at midnight belongs to the day that midnight ends.
            _, ends = whole_day(self.clock, self.clock.date_of(latest - MINUTE))
            latest = min(latest + HALF_HOUR, ends)
        return earliest, latest

    def _several_days(self, end: End, first: date, named_last: Date) -> Bounds:
        last = last_day(named_last, first)
        if _is_one_night(end) and last == first + DAY:
            return self._in_night(replace(end, night="night of"), first)
        if _has_time_of_day(end) or end.offset is not None:
            raise Unclear("a time of day does not go with several days")
        if end.about_date:
            return self._about(first, last)
        return Bounds(whole_day(self.clock, first)[0], whole_day(self.clock, last)[1], first)

    def _about_day(self, end: End, day: date) -> Bounds:
        if end.time or end.part or end.night:
            raise Unclear("an approximate date has no time of day")
        return self._about(day, day)

    def _about(self, first: date, last: date) -> Bounds:
        """An approximate date: one day more on either side."""
        if last < first:
            raise Unclear("the end comes before the beginning")
        earliest, latest = whole_day(self.clock, first - DAY)[0], whole_day(self.clock, last + DAY)[1]
        return Bounds(earliest, latest, first, (first,) if first == last else (first, last))

    def _in_night(self, end: End, day: date) -> Bounds:
        stretch, counts_on = in_night(self.clock, end, day, self.told_on)
        return Bounds(*stretch, counts_on, open_start=end.open_start, open_end=end.open_end)

    def _range_in_night(self, first: End, last: End) -> Bounds:
        if first.time is None or last.time is None:
            raise Unclear("both ends should be clock times of that night")
        day = self._day(first)
        bounds = self._counted(hours_in_night(self.clock, first, (first.time, last.time), day))
        # The hours of a night count on their own date, but all of "overnight" on the day that it ends in.
        return replace(bounds, day=day) if first.night == "overnight" else bounds


def _said_of(hour: int) -> str:
    """What makes plain in which half of the day ``hour`` lies."""
    if 6 <= hour < 12:
        return "in the morning"
    if 12 <= hour < 18:
        return "in the afternoon"
    return "in the evening" if 18 <= hour < 22 else "at night"


def _is_one_night(end: End) -> bool:
    """Whether only a night is told: "the night of 7 to 8 November" is one, and begins on the 7th."""
    return bool(end.night or end.part == _NIGHT) and not end.time


def _is_night_to_day(first: End, last: End) -> bool:
    """Whether a named night is told with the day that it ends on: "the night of 30 June to 1 July"."""
    named = first.days is not None or first.weekday is not None
    return named and _is_one_night(first) and _is_day_alone(last)


def _is_day_alone(end: End) -> bool:
    return (end.dated or end.weekday is not None) and not _has_time_of_day(end)


def _has_time_of_day(end: End) -> bool:
    return bool(end.time or end.night) or end.part not in (None, _WHOLE_DAY)


def _refuse_endless(first: Time | None, last: Time | None) -> None:
    """Refuse "from 4 pm to 2 pm", by which nobody means all but two hours of a day and a night."""
    if first is None or last is None or last.midnight:
        return
    if (last.seconds - first.seconds) % _FULL_DAY > _ENDLESS:
        raise Unclear("the end comes before the beginning; write the day on which it ends")


def _is_backward(first: Time, last: Time, days: int) -> bool:
    """Whether, on the wall clock, ``last`` comes before ``first`` or with it, ``days`` days on."""
    if days:
        return days < 0
    if first.seconds == last.seconds and not last.midnight:
        raise Unclear("the end is not later than the beginning")
    # From midnight to midnight is the whole day.
    return last.seconds <= first.seconds
