"""A list of entries across days, with its facets and pages: of a whole chronicle, or of what a term holds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.http import QueryDict

from chronicle.clock import Calendar
from chronicle.models import Chronicle, Term
from chronicle.record.columns import minute_of
from chronicle.site import bounds, keys, naming, sections, since, strip
from chronicle.site.counts import Counts
from chronicle.site.facets import facets_of
from chronicle.site.filters import (
    CLOCKS,
    KNOWN,
    ONLY,
    ORDERS,
    PLACES,
    TERMS,
    EntryFilter,
    cursor_of,
)
from chronicle.site.gone import Gone, gone_since
from chronicle.site.naming import Suggestion
from chronicle.site.narrowed import Narrowed, changed
from chronicle.site.orders import Listed, Order, order_of
from chronicle.site.paging import page_of, read_first
from chronicle.site.sections import DayLink, Row
from chronicle.site.selection import Selection, names_of
from chronicle.site.shown import OfDay, Shown
from chronicle.site.then import rows as then
from chronicle.site.tombstones import Line, line_of

EPOCH = date(1970, 1, 1).toordinal()
VALUES = {"order": ORDERS, "by": CLOCKS} | {name: (value,) for name, value in ONLY.items()}
"""What may be asked for by name; anything else is passed over, and told."""

LONGEST = 40
"""How much of what means nothing is told again."""


@dataclass(frozen=True)
class DayOfList:
    """The entries of one day in a list. ``number`` is None where the chronicle has no such day.

    ``lines`` tell of those that were taken down.
    """

    date: date
    number: int | None
    link: DayLink
    rows: list[Row]
    lines: list[Line]


@dataclass(frozen=True)
class Listing(Narrowed):
    """One page of a list, and what stands about it. Its ways are query strings, empty where none leads on."""

    order: Order
    days: list[DayOfList]
    strip: strip.Strip
    following: str
    preceding: str
    near: list[Suggestion]
    """Where no entry holds the words: what is called nearly so."""
    gone: list[Gone]
    """Of all that is new since a size of the log: what can be read no more."""

    @property
    def way_on(self) -> str:
        """What the next page has, in words."""
        return {"newest": "Older entries", "oldest": "Newer entries"}.get(self.order.name, "More entries")

    @property
    def way_back(self) -> str:
        """What the page before has, in words."""
        return {"newest": "Newer entries", "oldest": "Older entries"}.get(self.order.name, "Better matches")

    @property
    def is_empty(self) -> bool:
        return not self.days

    @property
    def subjects(self) -> list[str]:
        """The entries that it shows."""
        return [f"entry/{row.entry.number}" for day in self.days for row in day.rows]

    @property
    def told(self) -> list[str]:
        """The days that it shows."""
        return [f"page/{day.date}" for day in self.days]

    @property
    def orders(self) -> list[tuple[str, str, bool]]:
        """The orders there are: what each is called, its query, and whether it is this one."""
        names = [("newest", "Newest first"), ("oldest", "Oldest first")]
        names += [("best", "Best match")] if self.words else []
        return [(words, self._with("order", name), name == self.order.name) for name, words in names]

    @property
    def clocks(self) -> list[tuple[str, str, bool]]:
        """By which clock it goes, likewise."""
        names = (("happened", "when it happened"), ("told", "when told"))
        return [(words, self._with("by", name), name == self.order.by) for name, words in names]

    def _with(self, name: str, value: str) -> str:
        return f"?{changed(self.query, **{name: value})}"


def listing_of(
    query: QueryDict,
    chronicle: Chronicle,
    calendar: Calendar,
    *,
    of: Term | None = None,
    also: Iterable[str] = (),
    named: Iterable[str] = (),
) -> Listing:
    """The page that ``query`` asks for, of all entries or of what is under the term ``of``.

    ``also`` are names of the index, ``named`` subjects of terms, that are read with the rest.
    """
    numbered, sentences = read(query, chronicle)
    entry_filter = EntryFilter(numbered)
    base = names_of(of.facet, [str(of.number)]) if of else ["all"]
    selection = Selection(chronicle, entry_filter, tuple(base))
    order = order_of(selection)
    day = _day_of(numbered, entry_filter, order, calendar)
    of_days = ("day", "taken") if selection.is_whole else ("day",)
    days = (f"{facet}/{each}" for each in strip.window(calendar, day) for facet in of_days)
    selection.also = (*also, *days, *read_first(chronicle, order))
    but = NOT_OF_THEN if chronicle.then else ()
    # What its cards name is read with what its choices are called.
    listed = page_of(selection, order, numbered)
    facets = facets_of(selection, numbered, but=but, of=of, named=named)
    return Listing(
        filter=entry_filter,
        selection=selection,
        order=order,
        facets=facets,
        days=list(_by_day(listed.entries, selection, order, calendar)),
        strip=_strip(selection, calendar, day),
        **_ways(listed, numbered),
        sentences=[*sentences, *sentences_on(selection, order)],
        query=numbered,
        near=_near(selection),
        gone=gone_since(selection, numbered, calendar),
    )


def read(query: QueryDict, chronicle: Chronicle) -> tuple[QueryDict, list[str]]:
    """What of ``query`` a list goes by, terms by their numbers, and a sentence on all else."""
    bounded, passed_over = bounds.within(query)
    asked, refused = of_then(bounded) if chronicle.then else (bounded, [])
    numbered, sentences = naming.numbered(asked, chronicle)
    return numbered, [*passed_over, *refused, *sentences]


OF_THEN = (*TERMS, *PLACES, "from", "to", "by", "order", "show")
"""What can be asked of a list as it was known at a moment."""

NOT_OF_THEN = (*KNOWN, *ONLY)


def of_then(query: QueryDict) -> tuple[QueryDict, list[str]]:
    """What of ``query`` can be asked of a list of a moment, and a sentence on the rest."""
    refused = [name for name in query if name not in OF_THEN]
    kept = query.copy()
    for name in refused:
        del kept[name]
    told = ", ".join("words" if name == "q" else name for name in refused)
    sentence = f"What was known then is narrowed by terms and days alone. Passed over: {told}."
    return kept, [sentence] if refused else []


def _near(selection: Selection) -> list[Suggestion]:
    if selection.matches is None or selection.matches.ids:
        return []
    words = (word for piece in selection.asked.pieces for word in piece.words)
    return naming.near(selection.chronicle, words)


def _ways(listed: Listed, query: QueryDict) -> dict[str, str]:
    following, preceding = listed.following, listed.preceding
    return {
        "following": f"?{changed(query, **{_side(following): str(following)})}" if following else "",
        "preceding": f"?{changed(query, **{_side(preceding): str(preceding)})}" if preceding else "",
    }


def _side(cursor: Any) -> str:
    return "before" if cursor.back else "after"


def _day_of(query: QueryDict, entry_filter: EntryFilter, order: Order, calendar: Calendar) -> date:
    """The day that a list begins with, as far as can be told before it is read."""
    cursor = cursor_of(query, order.parts)
    if cursor and order.name != "best":
        at = cursor.places[0]
        ordinal = at if order.by == "told" else EPOCH + minute_of(at) // (24 * 60)
        return date.fromordinal(max(1, min(ordinal, date.max.toordinal())))
    last = calendar.last or calendar.first
    asked = entry_filter.day("from" if order.name == "oldest" else "to")
    return asked or (calendar.first if order.name == "oldest" else last)


def _strip(selection: Selection, calendar: Calendar, day: date) -> strip.Strip:
    left = selection.narrowed()
    days = strip.window(calendar, day)
    counts = {each: left.intersection_cardinality(selection.under(f"day/{each}")) for each in days}
    taken = {each for each in days if selection.is_whole and selection.under(f"taken/{each}")}
    return strip.of_counts(calendar, day, Counts(counts, taken=taken))


def sentences_on(selection: Selection, order: Order) -> Iterator[str]:
    """What a reader is told of what was asked for: what was passed over, and what cannot be said."""
    asked = selection.filter
    yield from _on_days(asked)
    yield from asked.sentences
    yield from _on_values(asked)
    yield from since.size_of(asked.text("since"), selection.chronicle)[1]
    if selection.asked:
        yield from selection.asked.sentences
    if selection.is_countless:
        yield "More than 10,000 entries match. Choices stand without a count; another word would narrow them."
    if selection.is_countless and order.by == "told":
        yield "So many matches are listed by when they happened."


def _on_days(asked: EntryFilter) -> Iterator[str]:
    for name in ("from", "to"):
        if name in asked.amiss:
            written = asked.data.get(name, "")[:LONGEST]
            yield f"“{written}” is no day: write {name} as year-month-day, 2020-11-08."
    first, last = asked.day("from"), asked.day("to")
    if first and last and first > last:
        yield "The first day comes after the last, so that nothing lies between them."


def _on_values(asked: EntryFilter) -> Iterator[str]:
    for name, values in VALUES.items():
        written = asked.text(name)
        if written and written not in values:
            yield f"“{written[:LONGEST]}” is none of the values of {name}: {', '.join(values)}."


def _by_day(
    entries: list[Shown], selection: Selection, order: Order, calendar: Calendar
) -> Iterator[DayOfList]:
    """The entries of a page, a group a day; ranked ones in their order, each under its own.

    A night stands in the evening before, and belongs to its day: it is under it all the same.
    """
    chronicle = selection.chronicle
    days = [_date_of(entry, order) for entry in entries]
    gone = _withdrawn_since(selection, order)
    if order.name != "best":
        first = {day: place for place, day in reversed(list(enumerate(days)))}
        entries = sorted(entries, key=lambda entry: first[_date_of(entry, order)])
    for day, of_day in groupby(entries, key=lambda entry: _date_of(entry, order)):
        group = list(of_day)
        link = sections.day_link(chronicle, day, calendar)
        number = calendar.number_of(day) if calendar.holds(day) else None
        rows = [_row(entry, chronicle, day, order, calendar) for entry in group if entry.taken_at is None]
        rows += gone.get(day, [])
        lines = [line_of(entry, chronicle) for entry in group if entry.taken_at]
        yield DayOfList(day, number, link, rows, lines)


def _withdrawn_since(selection: Selection, order: Order) -> dict[date, list[Row]]:
    """By day, a line for each entry withdrawn after the moment of a list from which none is chosen."""
    chronicle = selection.chronicle
    if not chronicle.then or not selection.is_whole:
        return {}
    found: dict[date, list[Row]] = {}
    for entry in then.withdrawn_since(chronicle.then):
        day = _date_of(entry, order)
        found.setdefault(day, []).append(keys.withdrawn_row(entry, chronicle, day))
    return found


def _date_of(entry: Shown | OfDay, order: Order) -> date:
    """The day under which ``entry`` stands: that which tells it, or that on which it happened."""
    return entry.told_on if order.by == "told" else entry.happened_on


def _row(entry: Shown, chronicle: Chronicle, day: date, order: Order, calendar: Calendar) -> Row:
    if order.by == "told":
        return sections.row_of(entry, chronicle, day, calendar=calendar)
    told = sections.day_link(chronicle, entry.told_on, calendar) if entry.told_on != day else None
    return Row(entry, told=told, mark=sections.mark(entry, chronicle))
