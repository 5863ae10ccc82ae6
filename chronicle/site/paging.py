"""One page of a selection in an order, found without a look at the pages before it, however many there are.

The next page goes on after the last entry of this one, so that nothing moves when something is published.
Row ids are in no order of time: where the entries in question are many, the years, months and days in which
they lie are gone through from the cursor on, until there are enough of them.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q
from pyroaring import BitMap

from chronicle.models import Entry
from chronicle.record import bitmaps
from chronicle.record.columns import LOW_BITS
from chronicle.site.filters import CLOCKS, ORDERS, Cursor, cursor_of
from chronicle.site.search import matching
from chronicle.site.search.matching import Place
from chronicle.site.selection import Selection

PER_PAGE = 40
FEW = 1_000
"""So many entries are put in order by the database; of more, only those of the days that a page needs."""

LAST_TIER = 2
"""Of the tiers of matches, that of those that hold the words anywhere."""

EPOCH = date(1970, 1, 1).toordinal()
AT_MINUTE = LOW_BITS + 12
"""At which bit of a place in time its minute begins."""

FAMILY = {"happened": "stands", "told": "told"}
"""The facet of the index that goes by the order of each clock."""

HUNDREDS = [f"{number:02}" for number in range(40)]
YEARS = [f"{number:02}" for number in range(100)]
MONTHS = [f"-{number:02}" for number in range(1, 13)]
DAYS = [f"-{number:02}" for number in range(1, 32)]
"""What the longer span is followed by in the name of each of its parts."""


@dataclass(frozen=True)
class Order:
    """``newest``, ``oldest`` or ``best`` first, by when things ``happened`` or were ``told``."""

    name: str
    by: str

    @property
    def parts(self) -> int:
        """How many places a cursor of it has."""
        return 1 if self.by == "happened" and self.name != "best" else 2

    @property
    def columns(self) -> tuple[str, ...]:
        return ("told_on", "sk") if self.by == "told" else ("sk",)

    def place_of(self, entry: Entry) -> tuple[int, ...]:
        """The place of ``entry`` in it, of which a cursor is made."""
        return (entry.told_on.toordinal(), entry.sk) if self.by == "told" else (entry.sk,)


@dataclass(frozen=True)
class Listed:
    """The entries of a page, and the cursors of the pages about it where there are such."""

    entries: list[Entry]
    following: Cursor | None = None
    preceding: Cursor | None = None


def order_of(selection: Selection) -> Order:
    """The order that was asked for: words are answered best first, all else newest first."""
    asked = selection.filter
    name = asked.text("order")
    by = asked.text("by")
    if name not in ORDERS or (name == "best" and not selection.asked):
        name = "best" if selection.asked else "newest"
    return Order(name, by if by in CLOCKS else "happened")


def page_of(selection: Selection, order: Order, query: Any, per_page: int = PER_PAGE) -> Listed:
    """The page of ``selection`` that the cursor in ``query`` asks for; without one, the first."""
    cursor = cursor_of(query, order.parts)
    if order.name == "best":
        return _best(selection, cursor, per_page)
    if selection.asked and (order.by == "happened" or selection.is_countless):
        return _matches_in_time(selection, order, cursor, per_page)
    return _in_time(selection, order, cursor, per_page)


def _in_time(selection: Selection, order: Order, cursor: Cursor | None, per_page: int) -> Listed:
    back = cursor is not None and cursor.back
    descending = (order.name == "newest") != back
    entries = _candidates(selection, order, cursor, descending, per_page + 1)
    if cursor:
        entries = entries.filter(_beyond(order, cursor.places, descending))
    signs = [f"-{column}" if descending else column for column in order.columns]
    found = list(entries.order_by(*signs)[: per_page + 1])
    more = len(found) > per_page
    found = found[:per_page]
    if back:
        found.reverse()
    return _listed(found, order, more=more, cursor=cursor)


def _listed(found: list[Entry], order: Order, *, more: bool, cursor: Cursor | None) -> Listed:
    """A page with its cursors. One that was turned back to has one that follows, and the other way round."""
    if not found:
        return Listed([])
    back = cursor is not None and cursor.back
    first, last = order.place_of(found[0]), order.place_of(found[-1])
    following = Cursor(last) if more or back else None
    preceding = Cursor(first, back=True) if (more if back else cursor) else None
    return Listed(found, following, preceding)


def _beyond(order: Order, places: tuple[int, ...], descending: bool) -> Q:
    """What lies beyond a place in the order."""
    sign = "lt" if descending else "gt"
    if order.by == "happened":
        return Q(**{f"sk__{sign}": places[0]})
    day = _day(places[0])
    return Q(**{f"told_on__{sign}": day}) | Q(told_on=day, **{f"sk__{sign}": places[1]})


def _day(ordinal: int) -> date:
    return date.fromordinal(max(1, min(ordinal, date.max.toordinal())))


def _candidates(
    selection: Selection, order: Order, cursor: Cursor | None, descending: bool, enough: int
) -> Any:
    """Entries among which the page is: all that are left, or those of them in the days that it needs."""
    public = Entry.objects.public()
    if selection.is_whole:
        return public.filter(chronicle=selection.chronicle)
    left = selection.narrowed()
    if len(left) > (matching.MOST if selection.asked else FEW):
        spans = _Spans(selection, FAMILY[order.by], _start(order, cursor), descending, enough)
        left = spans.needed(left)
    return public.filter(pk__in=list(left))


def _start(order: Order, cursor: Cursor | None) -> str:
    """The day in which the cursor lies, as the index has it; empty without one."""
    if cursor is None:
        return ""
    if order.by == "told":
        return _day(cursor.places[0]).isoformat()
    minute = cursor.places[0] >> AT_MINUTE
    return _day(EPOCH + minute // (24 * 60)).isoformat()


@dataclass
class _Spans:
    """Spans of time in an order, ever shorter ones, in which enough entries lie beyond ``start``."""

    selection: Selection
    family: str
    start: str
    descending: bool
    enough: int

    def needed(self, left: BitMap) -> BitMap:
        """All of ``left`` that a page can hold, in one query for each length of spans."""
        spans = {hundred: left & self.selection.under(f"{self.family}/{hundred}") for hundred in HUNDREDS}
        spans = self._cut(spans)
        for parts in (YEARS, MONTHS, DAYS):
            if sum(map(len, spans.values())) <= FEW:
                break
            spans = self._cut(self._parted(spans, parts))
        return bitmaps.union(spans.values())

    def _cut(self, spans: dict[str, BitMap]) -> dict[str, BitMap]:
        """Those of ``spans``, from ``start`` on, that are enough."""
        kept, beyond = {}, 0
        for span in sorted(spans, reverse=self.descending):
            if beyond >= self.enough:
                break
            start = self.start[: len(span)]
            is_passed = start and (span > start if self.descending else span < start)
            if spans[span] and not is_passed:
                kept[span] = spans[span]
                beyond += len(spans[span]) if span != start else 0
        return kept

    def _parted(self, spans: dict[str, BitMap], parts: list[str]) -> dict[str, BitMap]:
        """What is in the shorter spans that those of many entries are made of; others as they are."""
        many = {span: ids for span, ids in spans.items() if len(ids) > self.enough}
        names = {f"{self.family}/{span}{part}": ids for span, ids in many.items() for part in parts}
        read = bitmaps.read(self.selection.chronicle.pk, names)
        shorter = {name.partition("/")[2]: read[name] & ids for name, ids in names.items()}
        return {span: ids for span, ids in spans.items() if span not in many} | shorter


def _best(selection: Selection, cursor: Cursor | None, per_page: int) -> Listed:
    """Those with all words in their headline first, then in headline and names, the newest of each first."""
    back = cursor is not None and cursor.back
    if selection.is_countless:
        ranked, rest = _walked_by_tier(selection, cursor, per_page + 1)
    else:
        ranked, rest = sorted(_ranked(selection), key=_by_rank, reverse=back), None
        if cursor:
            ranked = [each for each in ranked if _is_beyond(_by_rank(each), _by_rank(cursor.places), back)]
    shown = ranked[:per_page]
    more = len(ranked) > per_page
    if back:
        shown.reverse()
    found = _in_order([pk for _, _, pk in shown])
    first = Cursor(shown[0][:2], back=True) if shown else None
    last = Cursor(shown[-1][:2]) if shown else None
    following = (last if more or back else None) or rest
    return Listed(found, following, first if (more if back else cursor) else None)


def _by_rank(ranked: tuple[int, ...]) -> tuple[int, int]:
    tier, sk = ranked[:2]
    return tier, -sk


def _is_beyond(rank: Any, cursor: Any, back: bool) -> bool:
    return bool(rank < cursor if back else rank > cursor)


def _ranked(selection: Selection) -> list[tuple[int, int, int]]:
    """Tier, place in time and row id of all that is left, in no order."""
    chronicle, asked, left = selection.chronicle, selection.asked, selection.narrowed()
    near = {pk: tier for tier in (1, 0) for _, pk in matching.matches(chronicle, asked, tier=tier) or ()}
    return [(near.get(pk, LAST_TIER), sk, pk) for sk, pk in selection.places or () if pk in left]


def _walked_by_tier(selection: Selection, cursor: Cursor | None, enough: int) -> Any:
    """The first ``enough`` beyond the cursor of too many matches to rank, and where the search was left."""
    back = cursor is not None and cursor.back
    at, place = cursor.places if cursor else (0, None)
    tiers = [tier for tier in range(LAST_TIER + 1) if (tier <= at if back else tier >= at)]
    found: list[tuple[int, int, int]] = []
    for tier in reversed(tiers) if back else tiers:
        bound = place if tier == at else None
        places, left_at = _walked(selection, tier, bound, enough - len(found), descending=not back)
        found += [(tier, sk, pk) for sk, pk in places]
        if left_at is not None:
            return found, Cursor((tier, left_at), back=back)
        if len(found) >= enough:
            break
    return found, None


def _walked(
    selection: Selection, tier: int | None, bound: int | None, enough: int, *, descending: bool
) -> tuple[list[Place], int | None]:
    """The first ``enough`` matches beyond ``bound`` that are left, in order of time.

    Where they lie so far apart that it would take long, as many as were found, and where the search was left.
    """
    left = selection.narrowed()
    limit = enough if selection.is_words_alone else matching.MOST
    end = {"before" if descending else "after": bound}
    walked = matching.walk(
        selection.chronicle, selection.asked, tier=tier, newest=descending, limit=limit, **end
    )
    found = [(sk, pk) for sk, pk in walked if pk in left][:enough]
    left_at = walked[-1][0] if len(walked) == limit and len(found) < enough else None
    return found, left_at


def _matches_in_time(selection: Selection, order: Order, cursor: Cursor | None, per_page: int) -> Listed:
    """A page of what holds the words, in order of time."""
    back = cursor is not None and cursor.back
    descending = (order.name == "newest") != back
    bound, rest = (cursor.places[-1] if cursor else None), None
    if selection.is_countless:
        places, left_at = _walked(selection, None, bound, per_page + 1, descending=descending)
        rest = None if left_at is None else Cursor((0,) * (order.parts - 1) + (left_at,), back=back)
    else:
        left = selection.narrowed()
        places = sorted((each for each in selection.places or () if each[1] in left), reverse=descending)
        if cursor:
            places = [each for each in places if (each[0] < bound if descending else each[0] > bound)]
    found = _in_order([pk for _, pk in places[:per_page]])
    if back:
        found.reverse()
    listed = _listed(found, order, more=len(places) > per_page, cursor=cursor)
    return listed if rest is None else replace(listed, **{"preceding" if back else "following": rest})


def _in_order(keys: list[int]) -> list[Entry]:
    """The entries of row ids, in the order of these, as far as readers may see them."""
    entries = Entry.objects.public().in_bulk(keys)
    return [entries[pk] for pk in keys if pk in entries]
