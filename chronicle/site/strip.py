"""The strip of days: one cell a day, darker the more it holds."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Value
from django.utils import timezone

from chronicle import wording
from chronicle.clock import Calendar
from chronicle.models import Chronicle, Entry, Page

SHADES = 9

AHEAD = timedelta(days=366)
"""How far past today a strip reaches at most, whatever last day a chronicle gives itself."""


@dataclass(frozen=True)
class Cell:
    """One day of the strip: ``shade`` is 0 where nothing is recorded, else 1 to 9."""

    number: int
    date: date
    count: int
    shade: int

    @property
    def words(self) -> str:
        """“Day 3, 3 March 2021: 2 entries”."""
        held = wording.counted(self.count, "entry", "entries") if self.count else "nothing recorded"
        return f"Day {self.number}, {wording.day_words(self.date)}: {held}"


def days_of(chronicle: Chronicle) -> list[Cell]:
    """Every day of ``chronicle`` in order, in one query.

    An open chronicle ends with its last printed day. A day counts what it tells and what happened on it.
    """
    rows = list(_entries_a_day(chronicle))
    counts: Counter[date] = Counter()
    for row in rows:
        counts[row["day"]] += row["n"]
    most = max(counts.values(), default=0)
    days = _number_of_days(chronicle, [row["day"] for row in rows if row["told"]])
    return [
        Cell(chronicle.calendar.number_of(day), day, counts[day], shade(counts[day], most))
        for day in (chronicle.first_date + timedelta(days=n) for n in range(days))
    ]


def calendar_of(chronicle: Chronicle, cells: list[Cell]) -> Calendar:
    """The calendar of the days that have a page, which are those of ``cells``, the strip of ``chronicle``."""
    return replace(chronicle.calendar, last=cells[-1].date)


def _number_of_days(chronicle: Chronicle, told: list[date]) -> int:
    """How many days the strip has, of which ``told`` are printed."""
    first = chronicle.first_date
    # What happened on a day far off, as a mistyped year has it, makes no chronicle longer.
    last = chronicle.last_date or max([first, *told])
    today = chronicle.clock.date_of(timezone.now())
    ahead = max(today - first, timedelta()) + AHEAD
    return min(last - first, ahead).days + 1


def _entries_a_day(chronicle: Chronicle) -> Any:
    """How many public entries each day shows, in rows of which a day may have several.

    ``told`` are those of printed days; ``n`` is 0 for a day that shows words only, or did once.
    """
    public = Entry.objects.public().filter(chronicle=chronicle)
    elsewhere = public.exclude(happened_on=F("told_on"))
    printed = Page.objects.filter(chronicle=chronicle)
    rows = _rows(public, "told_on", Count("pk"), told=True).union(
        _rows(elsewhere, "happened_on", Count("pk"), told=False),
        _rows(printed, "date", Value(0), told=True),
        all=True,
    )
    # The union would take the order of entries, which is by a column that it does not have.
    return rows.order_by()


def _rows(queryset: Any, column: str, number: Any, *, told: bool) -> Any:
    """Day, ``told`` and ``n``, in no order: a union takes no part that has one."""
    days = queryset.order_by().annotate(day=F(column), told=Value(told))
    return days.values("day", "told").annotate(n=number).values("day", "told", "n").order_by()


def shade(count: int, most: int) -> int:
    """How dark ``count`` is beside the fullest day."""
    return 0 if not count else max(1, round(SHADES * count / most))


@dataclass(frozen=True)
class Neighbour:
    """The next day either way that has entries, and how many empty ones lie between."""

    cell: Cell
    skipped: int

    @property
    def words(self) -> str:
        """“Day 42 · 7 Nov”."""
        return f"Day {self.cell.number} · {wording.short_day(self.cell.date)}"


def neighbours(cells: list[Cell], day: date) -> tuple[Neighbour | None, Neighbour | None]:
    """The days with entries before and after ``day``."""
    before = [cell for cell in cells if cell.date < day]
    after = [cell for cell in cells if cell.date > day]
    return _first(reversed(before)), _first(after)


def _first(cells) -> Neighbour | None:
    for skipped, cell in enumerate(cells):
        if cell.count:
            return Neighbour(cell, skipped)
    return None
