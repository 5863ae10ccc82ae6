"""Which days the ends of a phrase mean, told on a given day."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TypeGuard

from events.moments.ends import End
from events.moments.items import Contradiction, Date, Days, Unclear

DAY = timedelta(days=1)
_HALF_YEAR = timedelta(days=183)


def calendar_date(given: Date) -> date:
    """The date that ``given`` names in full.

    :raises Unclear: when it is not in the calendar.
    """
    try:
        return date(given.year, given.month, given.day)
    except ValueError:
        raise Contradiction("there is no such date in the calendar") from None


def nearest(given: Date, to: date, fits: Callable[[date], bool] = lambda day: True) -> date:
    """The date that ``given`` names, or, where month or year are left out, the one nearest to ``to``.

    :raises Unclear: when there is none that fits.
    """
    if given.year:
        return calendar_date(given)
    fitting = [day for day in _candidates(given, to) if fits(day)]
    if not fitting:
        raise Contradiction("there is no such date in the calendar")
    return min(fitting, key=lambda day: (abs(day - to), day))


def _candidates(given: Date, to: date) -> Iterator[date]:
    for year, month in _months_with(given, to):
        try:
            yield date(year, month, given.day)
        except ValueError:
            # No such day in this month, or no such year at all.
            continue


def _months_with(given: Date, to: date) -> list[tuple[int, int]]:
    """The years and months, around ``to``, in which ``given`` may lie."""
    if given.month:
        # Around 1900 or 2100 the nearest 29 February is up to eight years away.
        return [(to.year + years, given.month) for years in range(-8, 9)]
    # The 31st may be missing in the months next to this one.
    present = to.year * 12 + to.month - 1
    return [(month // 12, month % 12 + 1) for month in range(present - 3, present + 4)]


def day_of(end: End, told_on: date) -> date | None:
    """The day of ``end``; None where it names none.

    :raises Unclear: when the day of the week is not that of the date.
    """
    day = _named_day(end, told_on)
    if end.weekday is None:
        return day
    if day is None:
        # Of seven days one is the nearest: up to three before the day that tells it, up to three after.
        return told_on + timedelta(days=(end.weekday - told_on.weekday() + 3) % 7 - 3)
    if day.weekday() != end.weekday:
        raise Contradiction(f"{day.isoformat()} is a {day:%A}")
    return day


def _named_day(end: End, told_on: date) -> date | None:
    if end.offset is not None:
        return told_on + timedelta(days=end.offset)
    if end.days:
        return nearest(end.days.first, told_on)
    return None


def days_of_range(first: End, last: End, told_on: date) -> tuple[date, date]:
    """The days of both ends; a year that only one has, or none, follows from the order.

    :raises Unclear: when a day cannot be told, or is not in the calendar.
    """
    if any(end.days and end.days.last for end in (first, last)):
        raise Unclear("a range of days cannot be an end of another range")
    if _lacks_year(first.days) and _has_year(last.days):
        ends_on = calendar_date(last.days.first)
        return nearest(first.days.first, ends_on, lambda day: day <= ends_on), ends_on
    begins_on = day_of(first, told_on) or told_on
    if _lacks_year(last.days) and first.dated:
        return begins_on, _after(begins_on, last.days.first)
    return begins_on, day_of(last, told_on) or begins_on


def _after(begins_on: date, last: Date) -> date:
    ends_on = nearest(last, begins_on, lambda day: day >= begins_on)
    # "From 14 October to 12 October" means no year, "from 30 December to 2 January" a turn of one.
    if ends_on.year > begins_on.year and ends_on - begins_on > _HALF_YEAR:
        raise Unclear("the end comes before the beginning")
    return ends_on


def _has_year(days: Days | None) -> TypeGuard[Days]:
    return days is not None and days.first.year != 0


def _lacks_year(days: Days | None) -> TypeGuard[Days]:
    return days is not None and days.first.year == 0


def last_day(last: Date, first: date) -> date:
    """The last of several days, whose month and year are those of the first.

    :raises Unclear: when it is not in the calendar, or comes before the first.
    """
    day = calendar_date(Date(last.day, first.month, first.year))
    if day < first:
        raise Unclear("the end comes before the beginning")
    return day
