"""The strip of days: one cell a day, darker the more it holds."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, Value
from django.utils import timezone

from chronicle.models import Chronicle, Entry, Page

SHADES = 9


@dataclass(frozen=True)
class Cell:
    """One day of the strip: ``shade`` is 0 where nothing is recorded, else 1 to 9."""

    number: int
    date: date
    count: int
    shade: int


def days_of(chronicle: Chronicle) -> list[Cell]:
    """Every day of ``chronicle`` in order, in one query.

    An open chronicle ends with its last printed day. A day counts what it tells and what happened on it.
    """
    counts = entries_a_day(chronicle)
    last = chronicle.last_date or max([chronicle.first_date, *counts])
    most = max(counts.values(), default=0)
    days = (last - chronicle.first_date).days + 1
    return [
        Cell(chronicle.calendar.number_of(day), day, counts.get(day, 0), shade(counts.get(day, 0), most))
        for day in (chronicle.first_date + timedelta(days=n) for n in range(days))
    ]


def entries_a_day(chronicle: Chronicle) -> dict[date, int]:
    """How many public entries each day's page shows; 0 for a day that shows words only, or did once."""
    public = Entry.objects.public().filter(chronicle=chronicle).order_by()
    told = public.annotate(day=F("reported_on")).values("day").annotate(n=Count("pk"))
    elsewhere = public.exclude(happened_on=F("reported_on"))
    happened = elsewhere.annotate(day=F("happened_on")).values("day").annotate(n=Count("pk"))
    # Not the page of a day whose entries are all still to come: it would tell of them.
    known = Q(entries__public_from__lte=timezone.now()) | ~Q(headline="")
    printed = Page.objects.filter(known, chronicle=chronicle).order_by().distinct()
    days = printed.annotate(day=F("date"), n=Value(0)).values("day", "n")
    counts: dict[date, int] = {}
    for row in told.values("day", "n").union(happened.values("day", "n"), days, all=True):
        counts[row["day"]] = counts.get(row["day"], 0) + row["n"]
    return counts


def shade(count: int, most: int) -> int:
    """How dark ``count`` is beside the fullest day."""
    return 0 if not count else max(1, round(SHADES * count / most))


@dataclass(frozen=True)
class Neighbour:
    """The next day either way that has entries, and how many empty ones lie between."""

    cell: Cell
    skipped: int


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
