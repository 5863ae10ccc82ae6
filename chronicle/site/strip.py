"""The strip of days: a window of them around one, a cell a day, darker the more it holds."""

import calendar as months
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from math import sqrt
from typing import Any

from django.db.models import Case, Exists, OuterRef, Subquery, Value, When
from django.db.models.functions import Concat
from django.db.models.lookups import GreaterThanOrEqual
from django.http import Http404
from django.utils import timezone

from chronicle import wording
from chronicle.clock import Calendar
from chronicle.documents import TEXTS
from chronicle.models import Bitmap, Chronicle, Entry, Log, Page, Text
from chronicle.models.statements import Statement, statement_of
from chronicle.site import counts as counting
from chronicle.site import screens
from chronicle.site.counts import Counts

SHADES = 9

ANY_SLUG = "-any-slug-"

AROUND = 30
"""How many days a strip shows to either side of its own, or twice as many where the other side has none."""

AHEAD = timedelta(days=366)
"""How far past today a chronicle reaches at most, whatever last day it gives itself."""


# Not frozen: a page makes a hundred of them, and that would take as long as its queries.
@dataclass(slots=True, unsafe_hash=True)
class Cell:
    """One day: ``shade`` is 0 where nothing is recorded, else 1 to 9, beside the fullest day with it."""

    number: int
    date: date
    count: int
    shade: int
    taken: bool = False
    """Whether an entry of it was taken down."""

    @property
    def words(self) -> str:
        """“Day 3, 3 March 2021: 2 entries”."""
        nothing = "an entry was taken down" if self.taken else "nothing recorded"
        held = wording.counted(self.count, "entry", "entries") if self.count else nothing
        return f"Day {self.number}, {wording.day_words(self.date)}: {held}"


@dataclass(frozen=True)
class Step:
    """A day that one can go to from another, with the days that lie between."""

    number: int
    words: str
    skipped: int = 0
    date: str = ""


@dataclass(frozen=True)
class Strip:
    """The window around ``day``. ``earlier`` and ``later`` lead out of it, by a month and by a year."""

    cells: list[Cell]
    cell: Cell
    before: Step | None
    after: Step | None
    earlier: list[Step]
    later: list[Step]

    @property
    def slots(self) -> list[screens.Slot]:
        """The days of the window, each with the screens that show it."""
        return screens.slots(self.cells, self.cells.index(self.cell))


def chronicles() -> Any:
    """Chronicles with what every page of theirs shows, in one query."""
    return Chronicle.objects.annotate(**shown_everywhere())


OF_LOG = {"printed": "digest", "log_size": "size", "log_at": "last_at"}
SHOWN_EVERYWHERE = ("last_page", "texts_printed", "texts_taken", "holds_most", *OF_LOG)


def shown_everywhere(chronicle: str = "pk") -> dict[str, Any]:
    """What every page of a chronicle shows, to annotate rows with that have its row id.

    ``last_page`` is the date of its last printed day, or None, ``texts_printed`` the names of its texts,
    ``texts_taken`` of those taken down, ``printed`` the digest of its log, another whenever anything is
    served otherwise; ``holds_most`` says whether it has half of all entries or more, as far as row ids tell.
    """
    pages = Page.objects.filter(chronicle=OuterRef(chronicle)).order_by("-date")
    texts, of_log = (model.objects.filter(chronicle=OuterRef(chronicle)) for model in (Text, Log))
    return {
        "last_page": Subquery(pages.values("date")[:1]),
        "texts_printed": _names_of(texts.filter(taken_at=None)),
        "texts_taken": _names_of(texts.filter(taken_at__isnull=False)),
        "holds_most": _holds_most(chronicle),
        **{name: Subquery(of_log.values(column)) for name, column in OF_LOG.items()},
    }


def _names_of(texts: Any) -> Any:
    return Concat(
        *(Case(When(Exists(texts.filter(name=n)), then=Value(f"{n} ")), default=Value("")) for n in TEXTS)
    )


def _holds_most(chronicle: str) -> Any:
    held = Bitmap.objects.filter(chronicle=OuterRef(chronicle), name="all", chunk=0).values("total")
    last = Entry.objects.order_by("-pk").values("pk")[:1]
    return GreaterThanOrEqual(Subquery(held) * 2, Subquery(last))


def chronicle_called(slug: str) -> Any:
    """The one of ``chronicles`` with that slug, or Http404."""
    if not (found := chronicle_at(slug)):
        raise Http404
    return found


def chronicle_at(slug: str) -> Any:
    """The one of ``chronicles`` with that slug, or None.

    Every page begins with it, and to put its statement together anew costs as much as half of a page.
    """
    found = _asking_by_slug().read({"slug": slug})
    return _chronicle(found[0]) if found else None


# What a process remembers of a chronicle without a log goes with it, and so is made anew for each request.
def _chronicle(read: tuple[Any, ...]) -> Any:
    statement = _asking_by_slug()
    has_log = read[statement.annotations["printed"]]
    return _known(read) if has_log else statement.row(read)


@lru_cache(maxsize=16)
def _known(read: tuple[Any, ...]) -> Any:
    """A chronicle that was read so, which is made but once: nobody changes what is read."""
    return _asking_by_slug().row(read)


@cache
def _asking_by_slug() -> Statement:
    return statement_of(chronicles().filter(slug=ANY_SLUG), {"slug": ANY_SLUG})


def calendar_of(chronicle: Any) -> Calendar:
    """The days of ``chronicle`` that have a page; it is one of ``chronicles``.

    An open chronicle ends with its last printed day. What happened on a day far off, as a mistyped year has
    it, makes no chronicle longer.
    """
    first = chronicle.first_date
    last = chronicle.last_date or max(first, chronicle.last_page or first)
    today = chronicle.clock.date_of(timezone.now())
    return replace(chronicle.calendar, last=min(last, max(today, first) + AHEAD))


def around(chronicle: Chronicle, calendar: Calendar, day: date, counts: Counts, far: bool) -> Strip:
    """The strip around ``day``, one of ``calendar``, with ways to the days next to it that hold any entry.

    ``counts`` are of its window, beyond which is looked where ``far``: in a query, where it lacks such a day.
    """
    held = {each for each, count in counts.items() if count} | counts.taken
    before, after = _neighbours(day, held)
    first, last = _window(calendar, day)
    if far and ((before is None and first > calendar.first) or (after is None and last != calendar.last)):
        before, after = _neighbours(day, held | counting.beyond(chronicle, calendar, first, last))
    return replace(
        of_counts(calendar, day, counts),
        before=_step(calendar, day, before),
        after=_step(calendar, day, after),
    )


def read(chronicle: Chronicle, calendar: Calendar, day: date) -> Strip:
    """The strip around ``day``, in one query, with no way to the days next to it."""
    days = window(calendar, day)
    return of_counts(calendar, day, counting.on_days(chronicle, days[0], days[-1]))


# Each page of a list goes through the window of its day twice.
@lru_cache(maxsize=256)
def window(calendar: Calendar, day: date) -> list[date]:
    """The days of the strip around ``day``, or around the nearest one that ``calendar`` holds."""
    first, last = _window(calendar, _clamped(calendar, day))
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def of_counts(calendar: Calendar, day: date, counts: Counts) -> Strip:
    """The strip around ``day`` with counts that are known, and no way to the days next to it."""
    days = window(calendar, day)
    cells = _cells(calendar, counts, days[0], days[-1])
    at = _clamped(calendar, day)
    return Strip(
        cells=cells,
        cell=cells[(at - days[0]).days],
        before=None,
        after=None,
        earlier=_steps(calendar, at, -1) if days[0] > calendar.first else [],
        later=_steps(calendar, at, 1) if days[-1] != calendar.last else [],
    )


def between(chronicle: Chronicle, calendar: Calendar, first: date, last: date) -> list[Cell]:
    """A cell for each day from ``first`` to ``last``, both of ``calendar``, in one query."""
    return _cells(calendar, counting.on_days(chronicle, first, last), first, last)


def counts_of(chronicle: Chronicle, calendar: Calendar) -> Counts:
    """How many entries each day of ``calendar`` shows that shows any, in one query."""
    return counting.on_days(chronicle, calendar.first, calendar.last or calendar.first)


def all_cells(calendar: Calendar, counts: Counts) -> list[Cell]:
    """A cell for each day of ``calendar``, without a query."""
    return _cells(calendar, counts, calendar.first, calendar.last or calendar.first)


LATELY = 45
"""How many days, up to its last printed one, the list of chronicles shows of each."""


def lately(found: list[Any]) -> dict[int, list[Cell]]:
    """A cell for each of the last days that each of ``chronicles`` tells, by row id, in one query."""
    spans = {each.pk: _span(each) for each in found}
    counts = counting.on_days_of(spans)
    return {each.pk: _cells(each.calendar, counts[each.pk], *spans[each.pk]) for each in found}


def _span(chronicle: Any) -> tuple[date, date]:
    calendar = calendar_of(chronicle)
    last = min(chronicle.last_page or calendar.first, calendar.last or calendar.first).toordinal()
    last = max(last, calendar.first.toordinal())
    return date.fromordinal(max(calendar.first.toordinal(), last - LATELY + 1)), date.fromordinal(last)


def _window(calendar: Calendar, day: date) -> tuple[date, date]:
    """Sixty-one days with ``day`` among them, or all where there are fewer."""
    # By the numbers of days: a date cannot be reckoned with beyond the ends of the calendar.
    begin, now, end = (each.toordinal() for each in (calendar.first, day, calendar.last or day))
    first = max(begin, min(now - AROUND, end - 2 * AROUND))
    return date.fromordinal(first), date.fromordinal(min(end, max(now + AROUND, first + 2 * AROUND)))


def _cells(calendar: Calendar, counts: Counts, first: date, last: date) -> list[Cell]:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    most = max((counts[day] for day in days), default=0)
    return [
        Cell(calendar.number_of(day), day, counts[day], shade(counts[day], most), day in counts.taken)
        for day in days
    ]


def _neighbours(day: date, held: set[date]) -> tuple[date | None, date | None]:
    """The nearest of the days ``held`` before and after ``day``."""
    before, after = (each for each in held if each < day), (each for each in held if each > day)
    return max(before, default=None), min(after, default=None)


def _step(calendar: Calendar, day: date, to: date | None) -> Step | None:
    """To the next day that has entries: “Day 42 · 7 Nov”."""
    if to is None:
        return None
    number, short = calendar.number_of(to), wording.short_day(to)
    return Step(number, f"Day {number} · {short}", abs((to - day).days) - 1, short)


def _steps(calendar: Calendar, day: date, sign: int) -> list[Step]:
    """A year and a month away from ``day``, or as far as there are days."""
    return [
        Step(calendar.number_of(_clamped(calendar, _months_on(day, sign * number))), words)
        for number, words in ((12, "a year"), (1, "a month"))
    ]


def _clamped(calendar: Calendar, day: date) -> date:
    return min(max(day, calendar.first), calendar.last or day)


def _months_on(day: date, number: int) -> date:
    """The same day of the month so many months on, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    if not date.min.year <= year <= date.max.year:
        return date.min if number < 0 else date.max
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def shade(count: int, most: int) -> int:
    """How dark ``count`` is beside the fullest day: by its square root, so that few are told from fewer."""
    return 0 if not count else max(1, round(SHADES * sqrt(count / most)))
