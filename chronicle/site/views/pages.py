from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from pyroaring import BitMap

from chronicle import wording
from chronicle.clock import Calendar
from chronicle.models import Chronicle, Page
from chronicle.site import bounds, heads, keys, naming, reads, sections, strip
from chronicle.site.caching import keyed, of_chronicle, telling
from chronicle.site.counts import DAY, TAKEN, Counts
from chronicle.site.facets import facets_of
from chronicle.site.filters import FACETS, ONLY, PLACES, EntryFilter, cursor_of
from chronicle.site.selection import Selection
from chronicle.site.shown import OfDay
from chronicle.site.tombstones import line_of
from chronicle.site.views.errors import NoSuchPage

PER_PAGE = 100
NOT_OF_A_DAY = ("outlet", "source", "stance")
"""The facets that a day does not offer; who follows a link with one of them gets what it asks for."""


@of_chronicle(*FACETS, *ONLY, *PLACES)
def page(request: HttpRequest, chronicle: Any, number: int) -> HttpResponse:
    """One day: what it tells and what happened on it, narrowed by what the reader chose."""
    calendar = strip.calendar_of(chronicle)
    day = calendar.date_of(number)
    if day is None:
        raise no_such_day(chronicle, calendar, number)
    address = sections.address_of(chronicle.slug, number)
    if request.path != address:
        return redirect(address + query(request.GET), permanent=True)
    return _page(request, chronicle, calendar, day)


def _page(request: HttpRequest, chronicle: Any, calendar: Calendar, day: date) -> HttpResponse:
    bounded, passed_over = bounds.within(request.GET)
    named, sentences = naming.numbered(bounded, chronicle)
    around = [f"{facet}{each}" for each in strip.window(calendar, day) for facet in (DAY, TAKEN)]
    selection = Selection(chronicle, of_a_day(named), (f"{DAY}{day}",), also=tuple(around))
    after_place = place_of(bounded)
    sentences = [*passed_over, *sentences, *selection.filter.sentences]
    facets = facets_of(selection, named, but=NOT_OF_A_DAY)
    # What was looked for by its name cost a question, and a page asks no more than eight.
    keys_of = BitMap() if named is not bounded else selection.whole & selection.under("key")
    shown = of_day(all_of(selection, day), keys_of, after_place)
    context = {
        "chronicle": chronicle,
        "filter": selection.filter,
        "facets": facets,
        "sentences": sentences,
        "lines": [line_of(entry, chronicle) for entry in shown.listed if entry.taken_at],
        "next_query": query(bounded, shown.following) if shown.following is not None else "",
        "first_address": request.path + query(bounded) if after_place is not None else "",
        "time_zone": wording.zone_words_of_day(chronicle.clock, day),
        "keys": keys.of_day(chronicle, day, shown.keys, shown.listed),
    }
    whole = after_place is None and not selection.filter.query
    context |= told(request, selection, calendar, day, shown.entries, whole=whole)
    response = render(request, "chronicle/page.html", context)
    own = f"page/{day}"
    keyed(response, chronicle, [own, *(entry.subject for entry in shown.listed)], beyond=[own])
    return telling(response, sentences)


class OfADay(NamedTuple):
    """The entries that a page lists, the place that the next one begins after, and the day's key events."""

    listed: list[OfDay]
    following: int | None
    keys: list[OfDay]

    @property
    def entries(self) -> list[OfDay]:
        """Those that were not taken down."""
        return [entry for entry in self.listed if entry.taken_at is None]


def of_day(among: BitMap, keys_of: BitMap, after: int | None) -> OfADay:
    """What a page shows of the entries (row ids) ``among``, after a place where one is given.

    With the key events of the day in the same query where there is room, as most days are not long.
    """
    if after is None and len(both := among | keys_of) <= PER_PAGE:
        found = reads.entries_of_day(both, None, PER_PAGE)
        listed = [entry for entry in found if entry.pk in among]
        return OfADay(listed, None, [entry for entry in found if entry.pk in keys_of][: keys.MOST])
    found = reads.entries_of_day(among, after, PER_PAGE + 1)
    key_events = reads.entries_of_day(keys_of, None, keys.MOST) if keys_of else []
    following = found[PER_PAGE - 1].sk if len(found) > PER_PAGE else None
    return OfADay(found[:PER_PAGE], following, key_events)


def told(
    request: HttpRequest,
    selection: Selection,
    calendar: Calendar,
    day: date,
    listed: list[OfDay],
    *,
    whole: bool,
) -> dict[str, Any]:
    """What the page of ``day`` says of it and of those around, and the entries ``listed`` in their sections.

    ``whole`` says that these are all, from the first on.
    """
    chronicle = selection.chronicle
    entries = [entry for entry in listed if entry.taken_at is None]
    printed = reads.page_of(chronicle, day)
    around = strip.around(chronicle, calendar, day, _counts(selection, strip.window(calendar, day)))
    called = f"Day {around.cell.number} of {chronicle.title}"
    return {
        "page": printed,
        "strip": around,
        "head": heads.of_page(request, chronicle, around.cell, printed, entries=entries, whole=whole),
        "heading": heading(printed, called, around.cell),
        "sections": sections.of_day(entries, chronicle, day, calendar=calendar),
    }


def _counts(selection: Selection, days: Iterable[date]) -> Counts:
    """How many entries each of ``days`` shows, whatever was chosen."""
    counts = {each: len(selection.under(f"{DAY}{each}")) for each in days}
    return Counts(counts, taken=[each for each in days if selection.under(f"{TAKEN}{each}")])


def all_of(selection: Selection, day: date) -> BitMap:
    """The entries (row ids) on the page of ``day``; where nothing is chosen, those taken down among them."""
    if selection.filter.query:
        return selection.narrowed()
    return selection.whole | selection.under(f"{TAKEN}{day}")


def of_a_day(query: QueryDict) -> EntryFilter:
    """What of a query narrows one day."""
    asked = query.copy()
    for name in set(asked) - {*FACETS, *ONLY}:
        del asked[name]
    return EntryFilter(asked)


def heading(printed: Page | None, called: str, cell: strip.Cell) -> str:
    """The headline of a day; of one without, what it is ``called``, or that nothing is recorded."""
    holds = cell.count or cell.taken or (printed and printed.taken_at)
    return (printed.headline if printed else "") or (called if holds else "Nothing is recorded for this day")


def no_such_day(chronicle: Chronicle, calendar: Calendar, number: int) -> NoSuchPage:
    last = calendar.last or calendar.first
    nearest = calendar.first if number < calendar.first_number else last
    return NoSuchPage(
        f"“{chronicle}” has no day {number}: "
        f"its days are {calendar.first_number} to {calendar.number_of(last)}.",
        sections.day_link(chronicle, nearest, calendar),
    )


def place_of(query: QueryDict) -> int | None:
    """The place in time that an address asks to go on from; None for what is no such place."""
    cursor = cursor_of(query, parts=1)
    return cursor.places[0] if cursor and not cursor.back else None


def query(asked: QueryDict, after: int | None = None) -> str:
    """The query string of the same list from its beginning, or going on from the place ``after``."""
    rest = asked.copy()
    rest.pop("after", None)
    if after is not None:
        rest["after"] = str(after)
    return f"?{rest.urlencode()}" if rest else ""


@of_chronicle(*FACETS, *ONLY, *PLACES)
def by_date(request: HttpRequest, chronicle: Any, day: date) -> HttpResponse:
    """The address of a day by its date leads to its one address by its number."""
    calendar = strip.calendar_of(chronicle)
    if not calendar.holds(day):
        nearest = calendar.first if day < calendar.first else calendar.last or calendar.first
        link = sections.day_link(chronicle, nearest, calendar)
        raise NoSuchPage(f"{wording.day_words(day)} is not a day of “{chronicle}”.", link)
    address = Page(chronicle=chronicle, number=chronicle.calendar.number_of(day)).get_absolute_url()
    return redirect(address + query(request.GET), permanent=True)
