from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from pyroaring import BitMap

from chronicle import wording
from chronicle.clock import Calendar
from chronicle.models import Chronicle, Page
from chronicle.site import bounds, heads, keys, naming, reads, sections, strip
from chronicle.site.caching import keyed, of_chronicle, telling
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
    address = reverse("page", args=[chronicle.slug, number])
    if request.path != address:
        return redirect(address + query(request.GET), permanent=True)
    return _page(request, chronicle, calendar, day)


def _page(request: HttpRequest, chronicle: Any, calendar: Calendar, day: date) -> HttpResponse:
    bounded, passed_over = bounds.within(request.GET)
    named, sentences = naming.numbered(bounded, chronicle)
    selection = Selection(chronicle, of_a_day(named), (f"day/{day}",), also=(f"taken/{day}",))
    after_place = place_of(bounded)
    sentences = [*passed_over, *sentences, *selection.filter.sentences]
    listed, following = one_page(all_of(selection, day), after_place)
    context = {
        "chronicle": chronicle,
        "filter": selection.filter,
        "facets": facets_of(selection, named, but=NOT_OF_A_DAY),
        "sentences": sentences,
        "lines": [line_of(entry, chronicle) for entry in listed if entry.taken_at],
        "next_query": query(bounded, following) if following is not None else "",
        "first_address": request.path + query(bounded) if after_place is not None else "",
        "time_zone": wording.zone_words_of_day(chronicle.clock, day),
    }
    entries = [entry for entry in listed if entry.taken_at is None]
    whole = after_place is None and not selection.filter.query
    context |= told(request, chronicle, calendar, day, entries, whole=whole)
    context["keys"] = key_events(selection, day, entries, by_name=named is not bounded)
    response = render(request, "chronicle/page.html", context)
    own = f"page/{day}"
    keyed(response, chronicle, [own, *(entry.subject for entry in listed)], beyond=[own])
    return telling(response, sentences)


def told(
    request: HttpRequest, chronicle: Any, calendar: Calendar, day: date, entries: list[OfDay], *, whole: bool
) -> dict[str, Any]:
    """What the page of ``day`` says of it and of those around, and the ``entries`` in their sections.

    ``whole`` says that these are all, from the first on.
    """
    printed = reads.page_of(chronicle, day)
    around = strip.around(chronicle, calendar, day)
    called = f"Day {around.cell.number} of {chronicle.title}"
    return {
        "page": printed,
        "strip": around,
        "head": heads.of_page(request, chronicle, around.cell, printed, entries=entries, whole=whole),
        "heading": heading(printed, called, around.cell),
        "sections": sections.of_day(entries, chronicle, day, calendar=calendar),
    }


def all_of(selection: Selection, day: date) -> BitMap:
    """The entries (row ids) on the page of ``day``; where nothing is chosen, those taken down among them."""
    if selection.filter.query:
        return selection.narrowed()
    return selection.whole | selection.under(f"taken/{day}")


def of_a_day(query: QueryDict) -> EntryFilter:
    """What of a query narrows one day."""
    asked = query.copy()
    for name in set(asked) - {*FACETS, *ONLY}:
        del asked[name]
    return EntryFilter(asked)


def key_events(
    selection: Selection, day: date, entries: list[OfDay], *, by_name: bool
) -> list[keys.KeyEvent]:
    """Those of the day, which shows ``entries``; none where something was looked for by its name.

    The name cost a question, and a page asks no more than eight.
    """
    if by_name:
        return []
    among = selection.whole & selection.under("key")
    shown = {entry.number for entry in entries}
    return keys.of_day(selection.chronicle, day, among, shown) if among else []


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


def one_page(among: BitMap, after: int | None) -> tuple[list[OfDay], int | None]:
    """The entries (row ids) after the place ``after``, and the place that the next page begins after."""
    found = reads.entries_of_day(among, after, PER_PAGE + 1)
    return found[:PER_PAGE], found[PER_PAGE - 1].sk if len(found) > PER_PAGE else None


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
