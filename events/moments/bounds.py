"""From a time phrase to instants: which day is meant, and where the span begins and ends."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

from chronicle.clock import PARTS, Clock
from events.moments.items import Date, Days, Span, Time, Unclear
from events.moments.phrases import End, Phrase

_MINUTE = timedelta(minutes=1)
_HALF_HOUR = timedelta(minutes=30)
_DAY = timedelta(days=1)
_NIGHTFALL = time(21)
"""Where "overnight" and "the night of" begin."""
_DIVIDED = {
    "dawn": ("night", Fraction(2, 3), Fraction(1)),
    "dusk": ("evening", Fraction(0), Fraction(1, 3)),
}
_ENDING = ("before", "by", "by end", "towards", "soon before")

Stretch = tuple[datetime, datetime]


@dataclass(frozen=True)
class Bounds:
    """Half-open bounds in UTC, the day that they count on, and the dates if only those are approximate."""

    earliest: datetime
    latest: datetime
    day: date
    about: tuple[date, ...] | None = None


def bounds_of(phrase: Phrase, told_on: date, clock: Clock) -> Bounds:
    """The bounds of ``phrase``, told on ``told_on``.

    :raises Unclear: when its parts contradict each other, or name a day that is not in the calendar.
    :raises OverflowError: when a day lies outside the years 1 to 9999.
    """
    reading = _Reading(told_on, clock)
    bounds = reading.single(phrase.first) if phrase.last is None else reading.range(phrase.first, phrase.last)
    if bounds.latest <= bounds.earliest:
        # Only clocks put forward can do this; what was typed was in order.
        bounds = replace(bounds, earliest=bounds.latest, latest=max(bounds.earliest, bounds.latest + _MINUTE))
    if phrase.counted:
        bounds = replace(bounds, day=_calendar(phrase.counted))
    return bounds


def _calendar(given: Date) -> date:
    try:
        return date(given.year, given.month, given.day)
    except ValueError:
        raise Unclear("there is no such date in the calendar") from None


def _nearest(given: Date, to: date, fits: Callable[[date], bool] = lambda day: True) -> date:
    """The date that ``given`` names, or, where month or year are left out, the one nearest to ``to``."""
    if given.year:
        return _calendar(given)
    months = [(to.year + y, given.month) for y in range(-8, 9)]
    if not given.month:
        months = [
            ((to.year * 12 + to.month - 1 + m) // 12, (to.month - 1 + m) % 12 + 1) for m in range(-3, 4)
        ]
    found = []
    for year, month in months:
        try:
            found.append(date(year, month, given.day))
        except ValueError:
            continue
    found = [day for day in found if fits(day)]
    if not found:
        raise Unclear("there is no such date in the calendar")
    return min(found, key=lambda day: (abs(day - to), day))


@dataclass(frozen=True)
class _Reading:
    told_on: date
    clock: Clock

    def single(self, end: End) -> Bounds:
        if end.days and end.days.last:
            return self._days(end, end.days)
        day = self._day(end) or self.told_on
        if end.about_date:
            if end.time or end.span or end.night:
                raise Unclear("an approximate date has no time of day")
            return self._about(day, day)
        if end.night:
            return self._in_night(end, day)
        if end.time:
            begins = self._instant(end.time, day, ends=end.qualifier in _ENDING)
            if end.time.hour == 24 and end.qualifier in ("", "about"):
                begins -= _MINUTE  # "at 24:00" is the last minute of its day
            stretch = self._qualified(end, (begins, begins + self._unit(end.time)))
        elif end.span and end.span.name != "day":
            stretch = self._qualified(end, self._span(end.span, day))
        else:
            stretch = self._share(self._whole(day), end.span or Span("day"))
            return Bounds(*stretch, day)
        return Bounds(*stretch, self.clock.date_of(stretch[0]))

    def range(self, first: End, last: End) -> Bounds:
        if first.about_date or last.about_date:
            return self._about(self._day(first) or self.told_on, self._day(last) or self.told_on)
        if first.night:
            return self._range_in_night(first, last)
        begins_on, ends_on = self._both_days(first, last)
        earliest = self._edge(first, begins_on, False)
        latest = self._edge(last, ends_on, True)
        backward = latest <= earliest
        if first.time and last.time and begins_on == ends_on:
            # The hours as typed decide, for a change of clocks may turn two instants round.
            backward = not _follows(first.time, last.time)
        elif first.time and last.time:
            backward = ends_on < begins_on
        if backward and last.dated:
            raise Unclear("the end comes before the beginning")
        if backward:
            latest = self._edge(last, ends_on + _DAY, True)
        earliest, latest = self._widened(first, last, earliest, latest)
        return Bounds(earliest, latest, self.clock.date_of(earliest))

    def _widened(self, first: End, last: End, earliest: datetime, latest: datetime) -> Stretch:
        if first.qualifier == "about":
            earliest = max(earliest - _HALF_HOUR, self._whole(self.clock.date_of(earliest))[0])
        if last.qualifier == "about":
            latest = min(latest + _HALF_HOUR, self._whole(self.clock.date_of(latest - _MINUTE))[1])
        return earliest, latest

    def _day(self, end: End, near: date | None = None) -> date | None:
        if end.offset is not None:
            day: date | None = self.told_on + timedelta(days=end.offset)
        elif end.days:
            day = _nearest(end.days.first, near or self.told_on)
        else:
            day = None
        if end.weekday is not None and day is None:
            raise Unclear("a day of the week alone does not tell the date")
        if day and end.weekday is not None and day.weekday() != end.weekday:
            raise Unclear(f"{day.isoformat()} is a {day:%A}")
        return day

    def _both_days(self, first: End, last: End) -> tuple[date, date]:
        """The days of both ends; a year that only one has, or none, follows from the order."""
        for end in (first, last):
            if end.days and end.days.last:
                raise Unclear("a range of days cannot be an end of another range")
        if first.days and last.days and not first.days.first.year and last.days.first.year:
            end_day = _calendar(last.days.first)
            return _nearest(first.days.first, end_day, lambda day: day <= end_day), end_day
        begin = self._day(first) or self.told_on
        if last.days and not last.days.first.year and first.dated:
            return begin, _nearest(last.days.first, begin, lambda day: day >= begin)
        return begin, self._day(last) or begin

    def _days(self, end: End, days: Days) -> Bounds:
        first = _nearest(days.first, self.told_on)
        last = _calendar(Date(days.last.day, first.month, first.year)) if days.last else first
        if last < first:
            raise Unclear("the end comes before the beginning")
        if (end.night or end.span == Span("night")) and last == first + _DAY and not end.time:
            return self._in_night(replace(end, night="night of"), first)
        if end.time or end.span not in (None, Span("day")) or end.night or end.offset is not None:
            raise Unclear("a time of day does not go with several days")
        if end.about_date:
            return self._about(first, last)
        return Bounds(self._whole(first)[0], self._whole(last)[1], first)

    def _about(self, first: date, last: date) -> Bounds:
        """An approximate date: one day more on either side."""
        if last < first:
            raise Unclear("the end comes before the beginning")
        bounds = self._whole(first - _DAY)[0], self._whole(last + _DAY)[1]
        return Bounds(*bounds, first, (first, last)[: 1 + (last > first)])

    def _night(self, end: End, day: date) -> tuple[Stretch, date]:
        """From 21:00 to the end of the night part, and the date of its morning."""
        morning = day + _DAY if end.night == "night of" else day
        begins = self.clock.instant(morning - _DAY, _NIGHTFALL)
        return (begins, self.clock.part_bounds(morning, "night")[1]), morning

    def _in_night(self, end: End, day: date) -> Bounds:
        stretch, morning = self._night(end, day)
        if end.span and end.span not in (Span("day"), Span("night")):
            raise Unclear("two parts of the day are given")
        if not end.time:
            if end.qualifier:
                raise Unclear(f"“{end.qualifier}” should be followed by a clock time")
            return Bounds(*stretch, day)
        at = self._instant(end.time, morning if end.time.hour < 12 else morning - _DAY)
        if end.qualifier == "after":
            found = at, max(stretch[1], at + _MINUTE)
        elif end.qualifier in ("before", "by"):
            found = min(stretch[0], at - _MINUTE), at
        else:
            found = self._qualified(end, (at, at + self._unit(end.time)))
        return Bounds(*found, self.clock.date_of(found[0]))

    def _range_in_night(self, first: End, last: End) -> Bounds:
        if not (first.time and last.time) or (last.dated and not first.dated):
            raise Unclear("both ends should be clock times of that night")
        day = self._day(first) or self.told_on
        _, morning = self._night(first, day)
        ends = [self._instant(t, morning if t.hour < 12 else morning - _DAY) for t in (first.time, last.time)]
        if ends[1] <= ends[0]:
            raise Unclear("the end comes before the beginning")
        return Bounds(ends[0], ends[1], day)

    def _unit(self, at: Time) -> timedelta:
        return timedelta(seconds=1) if at.fine else _MINUTE

    def _instant(self, at: Time, day: date, ends: bool = False) -> datetime:
        if at.hour == 24 or (ends and at.midnight and at.half == "24"):
            day, at = day + _DAY, replace(at, hour=0)
        wall = time(at.hour, at.minute, at.second)
        if at.utc:
            return datetime.combine(day, wall, tzinfo=UTC)
        return self.clock.instant(day, wall)

    def _edge(self, end: End, day: date, latest: bool) -> datetime:
        if end.time:
            return self._instant(end.time, day)
        return self._span(end.span or Span("day"), day)[latest]

    def _whole(self, day: date) -> Stretch:
        begins, ends = self.clock.day_bounds(day)
        return begins, max(ends, begins + _MINUTE)

    def _span(self, span: Span, day: date) -> Stretch:
        if span.name == "midday":
            noon = self.clock.instant(day, time(12))
            return self._share((noon - _HALF_HOUR, noon + _HALF_HOUR), span)
        if span.name == "daytime":
            light = self.clock.part_bounds(day, "morning")[0], self.clock.part_bounds(day, "afternoon")[1]
            return self._share(light, span)
        if span.name == "day":
            return self._share(self._whole(day), span)
        part, begin, end = _DIVIDED.get(span.name, (span.name, Fraction(0), Fraction(1)))
        stretch = self._share(self.clock.part_bounds(day, part), Span(part, begin, end))
        return self._share(stretch, span)

    def _share(self, stretch: Stretch, span: Span) -> Stretch:
        """The share of ``stretch`` between the fractions of ``span``, to whole minutes."""
        minutes = (stretch[1] - stretch[0]) // _MINUTE
        begins = stretch[0] + int(minutes * span.begin) * _MINUTE
        ends = stretch[1] if span.end == 1 else stretch[0] + int(minutes * span.end) * _MINUTE
        return begins, max(ends, begins + _MINUTE)

    def _part_around(self, at: datetime, before: bool) -> Stretch:
        """The part of the day in which ``at`` lies, or, with ``before``, which it ends or lies in."""
        within = at - timedelta(microseconds=1) if before else at
        day = self.clock.date_of(within)
        for part in PARTS:
            begins, ends = self.clock.part_bounds(day, part)
            if begins <= within < ends:
                return begins, ends
        return self._whole(day)

    def _qualified(self, end: End, stretch: Stretch) -> Stretch:
        begins, ends = stretch
        qualifier = end.qualifier
        if not qualifier or (qualifier == "about" and not end.time):
            return stretch
        if end.span and qualifier in _ENDING and end.span.name == "night" and end.span.begin == 0:
            begins = self._whole(self.clock.date_of(begins))[1]  # "before night" looks forward to it
        after = begins if end.time else ends
        before = ends if qualifier == "by end" else begins
        first, last = self._whole(
            self.clock.date_of(after if qualifier in ("after", "soon after") else before)
        )
        if before == first:
            first, last = (
                self._whole(self.clock.date_of(before - _MINUTE)) if qualifier in _ENDING else (first, last)
            )
        found = self._part_around(before, True)[0], before
        if qualifier == "about":
            found = max(begins - _HALF_HOUR, first), min(begins + _HALF_HOUR, last)
        elif qualifier == "after":
            found = after, max(self._part_around(after, False)[1], after + _MINUTE)
        elif qualifier == "soon after":
            found = after, min(after + _HALF_HOUR, last)
        elif qualifier == "soon before" or (qualifier == "towards" and end.time):
            found = max(before - _HALF_HOUR, first), before
        elif qualifier == "towards":
            found = self._share(self._part_around(before, True), Span("", Fraction(2, 3)))
        return found


def _follows(first: Time, last: Time) -> bool:
    """Whether, on the wall clock of one day, ``last`` comes after ``first``."""
    if first.seconds == last.seconds and not last.midnight:
        raise Unclear("the end is not later than the beginning")
    return last.seconds > first.seconds
