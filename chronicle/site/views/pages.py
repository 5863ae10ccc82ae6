from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from pyroaring import BitMap

from chronicle import wording
from chronicle.clock import Calendar
from chronicle.models import Chronicle, Page
from chronicle.site import bounds, daily, heads, keys, naming, reads, sections, strip
from chronicle.site.caching import keyed, of_chronicle, telling
from chronicle.site.counts import DAY, TAKEN, Counts
from chronicle.site.daily import Wanted
from chronicle.site.facets import facets_of
from chronicle.site.filters import FACETS, ONLY, PLACES, EntryFilter
from chronicle.site.marks import late_words
from chronicle.site.sections import Row
from chronicle.site.selection import Selection
from chronicle.site.shown import OfDay
from chronicle.site.then.serving import at_any_time
from chronicle.site.then.telling import step_over
from chronicle.site.then.words import page_with_changes
from chronicle.site.tombstones import line_of
from chronicle.site.viewing import ASKED, Viewing, viewing_of, ways
from chronicle.site.views.errors import NoSuchPage

PER_PAGE = 100
NOT_OF_A_DAY = ("outlet", "source", "stance")
"""The facets that a day does not offer; who follows a link with one of them gets what it asks for."""


@at_any_time(*FACETS, *ONLY, *PLACES, *ASKED)
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
    viewing = viewing_of(bounded, chronicle, day)
    sentences = [*passed_over, *sentences, *selection.filter.sentences, *viewing.sentences]
    # What was looked for by its name cost a question, and a page asks no more than eight.
    keys_of = BitMap() if named is not bounded else selection.whole & selection.under("key")
    # What its cards name is read with what its choices are called.
    shown = of_day(chronicle, all_of(selection, day), keys_of, viewing, told=told_by(selection, day))
    facets = facets_of(selection, named, but=NOT_OF_A_DAY)
    context = {
        "chronicle": chronicle,
        "filter": selection.filter,
        "facets": facets,
        "sentences": sentences,
        "lines": [line_of(entry, chronicle) for entry in shown.listed if entry.taken_at],
        "next_query": query(bounded, shown.following) if shown.following is not None else "",
        "first_address": request.path + query(bounded) if viewing.after is not None else "",
        "time_zone": wording.zone_words_of_day(chronicle.clock, day),
        "keys": keys.of_day(chronicle, day, shown.keys, shown.listed),
    }
    context |= told(request, selection, calendar, day, shown, viewing)
    context |= ways(request, bounded, chronicle, viewing)
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
        """Those that readers can read."""
        return [entry for entry in self.listed if entry.taken_at is None and entry.withdrawn_at is None]

    @property
    def withdrawn(self) -> list[OfDay]:
        return [entry for entry in self.listed if entry.withdrawn_at]


def of_day(
    chronicle: Chronicle, among: BitMap, keys_of: BitMap, viewing: Viewing, *, told: date | None
) -> OfADay:
    """What a page shows of the entries (row ids) ``among``, as a reader looks at them.

    With the key events of the day, and with what was withdrawn of those that it ``told``; None where anything
    is chosen.
    """
    if viewing.difference:
        among &= viewing.difference.all
    wanted = Wanted(among, viewing.after, PER_PAGE + 1, told=told, newest=viewing.newest)
    if viewing.after is None and len(both := among | keys_of) <= PER_PAGE:
        found, _ = daily.read(chronicle, wanted._replace(among=both))
        if len(found) <= PER_PAGE:
            return short_day(found, among, keys_of, viewing)
    found, key_events = daily.read(chronicle, wanted._replace(keys=keys_of))
    key_events = in_order([*key_events, *(entry for entry in found[:PER_PAGE] if was_key(entry))])
    following = found[PER_PAGE - 1].sk if len(found) > PER_PAGE else None
    return OfADay(viewing.of(found[:PER_PAGE]), following, key_events)


def short_day(found: list[OfDay], among: BitMap, keys_of: BitMap, viewing: Viewing) -> OfADay:
    """A day that one page holds, of all that was ``found`` of it."""
    listed = viewing.of([entry for entry in found if entry.pk in among or entry.withdrawn_at])
    key_events = in_order(entry for entry in found if entry.pk in keys_of or was_key(entry))
    return OfADay(listed, None, key_events)


def was_key(entry: OfDay) -> bool:
    """Whether it is the line of a key event that was withdrawn."""
    return bool(entry.withdrawn_at and entry.key)


def in_order(entries: Iterable[OfDay]) -> list[OfDay]:
    """The key events of a day as it went."""
    return sorted(entries, key=lambda entry: entry.sk)[: keys.MOST]


def told(
    request: HttpRequest,
    selection: Selection,
    calendar: Calendar,
    day: date,
    shown: OfADay,
    viewing: Viewing,
) -> dict[str, Any]:
    """What the page of ``day`` says of it and of those around, and what is ``shown`` in its sections."""
    whole = viewing.is_usual and not selection.filter.query
    chronicle, entries = selection.chronicle, shown.entries
    printed = words_of(chronicle, day)
    counts = _counts(selection, strip.window(calendar, day))
    around = strip.around(chronicle, calendar, day, counts, _looks_far(request, chronicle))
    called = f"Day {around.cell.number} of {chronicle.title}"
    rows = [_row(entry, chronicle, day, calendar, printed) for entry in shown.listed if not entry.taken_at]
    words = ""
    if viewing.difference:
        words = viewing.difference.word_of_day(printed)
        rows = [replace(row, since=viewing.difference.word_of(row.entry.pk)) for row in rows]
    return {
        "page": printed,
        "is_open": not chronicle.then and not (printed and printed.closed_at),
        "is_changed": bool(printed and printed.edition > 1),
        "words_since": words,
        "strip": around,
        "head": heads.of_page(request, chronicle, around.cell, printed, entries=entries, whole=whole),
        "heading": heading(printed, called, around.cell, holds=bool(shown.withdrawn)),
        "sections": sections.of_day(rows, chronicle, day, newest=viewing.newest),
    }


def _looks_far(request: HttpRequest, chronicle: Chronicle) -> bool:
    """Whether the days next to one are looked for beyond its strip.

    A page asks no more than eight questions: as it was known at a time, or narrowed, it has none left.
    """
    then = chronicle.then
    return not then or (not then.moment.asked and request.GET.keys() <= {"as_of"})


def words_of(chronicle: Chronicle, day: date) -> Any:
    """The printed words of ``day``; the slider of a moment steps over the changes of its page."""
    if not chronicle.then:
        return reads.page_of(chronicle, day)
    printed, sizes = page_with_changes(chronicle, day)
    step_over(chronicle.then, sizes)
    return printed


def _row(entry: OfDay, chronicle: Chronicle, day: date, calendar: Calendar, printed: Any) -> Row:
    """The row of ``entry`` on its ``day``, which was ``printed``; or the line that is left of it."""
    if entry.withdrawn_at:
        return keys.withdrawn_row(entry, chronicle, day)
    # What happened on this day, and another tells, is late for that one, if for any.
    late = late_on(printed, entry, chronicle) if printed and entry.told_on == day else ""
    return sections.row_of(entry, chronicle, day, calendar=calendar, late=late)


def late_on(printed: Any, entry: OfDay, chronicle: Chronicle) -> str:
    """How late ``entry`` came in on its day, which was ``printed``."""
    first_at, zone = entry.first_at, chronicle.clock.zone
    return late_words(first_at, printed.date, printed.first_at, zone, closed_at=printed.closed_at)


def _counts(selection: Selection, days: Iterable[date]) -> Counts:
    """How many entries each of ``days`` shows, whatever was chosen."""
    counts = {each: len(selection.under(f"{DAY}{each}")) for each in days}
    return Counts(counts, taken=[each for each in days if selection.under(f"{TAKEN}{each}")])


def told_by(selection: Selection, day: date) -> date | None:
    """The day of which a page has lines for what was withdrawn: none where anything is chosen."""
    return None if selection.filter.query else day


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


def heading(printed: Page | None, called: str, cell: strip.Cell, *, holds: bool) -> str:
    """The headline of a day; of one without, what it is ``called``, or that nothing is recorded.

    ``holds`` says that it has something which the strip does not count.
    """
    holds = holds or cell.count or cell.taken or (printed and printed.taken_at)
    return (printed.headline if printed else "") or (called if holds else "Nothing is recorded for this day")


def no_such_day(chronicle: Chronicle, calendar: Calendar, number: int) -> NoSuchPage:
    last = calendar.last or calendar.first
    nearest = calendar.first if number < calendar.first_number else last
    return NoSuchPage(
        f"“{chronicle}” has no day {number}: "
        f"its days are {calendar.first_number} to {calendar.number_of(last)}.",
        sections.day_link(chronicle, nearest, calendar),
    )


def query(asked: QueryDict, after: int | None = None) -> str:
    """The query string of the same list from its beginning, or going on from the place ``after``."""
    rest = asked.copy()
    rest.pop("after", None)
    if after is not None:
        rest["after"] = str(after)
    return f"?{rest.urlencode()}" if rest else ""


@of_chronicle(*FACETS, *ONLY, *PLACES, *ASKED)
def by_date(request: HttpRequest, chronicle: Any, day: date) -> HttpResponse:
    """The address of a day by its date leads to its one address by its number."""
    calendar = strip.calendar_of(chronicle)
    if not calendar.holds(day):
        nearest = calendar.first if day < calendar.first else calendar.last or calendar.first
        link = sections.day_link(chronicle, nearest, calendar)
        raise NoSuchPage(f"{wording.day_words(day)} is not a day of “{chronicle}”.", link)
    address = Page(chronicle=chronicle, number=chronicle.calendar.number_of(day)).get_absolute_url()
    return redirect(address + query(request.GET), permanent=True)
