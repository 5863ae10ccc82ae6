"""One page of a selection in an order, found without a look at the pages before it, however many there are.

The next page goes on after the last entry of this one, so that nothing moves when something is published.
Row ids are in no order of time: where the entries in question are many, the years, months and days in which
they lie are gone through from the cursor on, until there are enough of them.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from pyroaring import BitMap

from chronicle.models import Chronicle
from chronicle.record import bitmaps
from chronicle.record.columns import minute_of
from chronicle.site import ranking, reads, remembered
from chronicle.site.filters import Cursor, cursor_of
from chronicle.site.orders import Listed, Order, Turn, listed
from chronicle.site.search import matching
from chronicle.site.selection import Selection
from chronicle.site.shown import Shown

PER_PAGE = 40
FEW = 250
"""So many entries are put in order by the database; of more, only those of the days that a page needs."""

EPOCH = date(1970, 1, 1).toordinal()
FAMILY = {"happened": "stands", "told": "told"}
"""The facet of the index that goes by the order of each clock."""

HUNDREDS = [f"{number:02}" for number in range(40)]
PARTS = {
    2: [f"{number:02}" for number in range(100)],
    4: [f"-{number:02}" for number in range(1, 13)],
    7: [f"-{number:02}" for number in range(1, 32)],
}
"""By how long a span is in writing, what it is followed by in the name of each of its parts."""


def page_of(selection: Selection, order: Order, query: Any, per_page: int = PER_PAGE) -> Listed:
    """The page of ``selection`` that the cursor in ``query`` asks for; without one, the first."""
    turn = Turn(selection, order, cursor_of(query, order.parts), per_page)
    if order.name == "best":
        return ranking.best(turn)
    if selection.asked and (order.by == "happened" or selection.is_countless):
        return ranking.in_time(turn)
    entries = _in_time(turn)
    return listed(turn, [(order.place_of(entry), entry) for entry in entries])


def _in_time(turn: Turn) -> list[Shown]:
    """The entries of the page in order of time, as the database puts them."""
    chronicle, order = turn.selection.chronicle, turn.order
    beyond = _place_of(turn.cursor) if turn.cursor else None
    return reads.in_order(
        chronicle, order, _candidates(turn), beyond, descending=turn.descending, most=turn.enough
    )


def _place_of(cursor: Cursor) -> tuple[date | None, int]:
    """The place at which a cursor goes on; its day is that which tells it, in an order by that."""
    *days, sk = cursor.places
    return (_day(days[0]) if days else None), sk


def _candidates(turn: Turn) -> BitMap | None:
    """Entries among which the page is: all that are left, or those of them in the days that it needs.

    None stands for all of the chronicle.
    """
    selection = turn.selection
    if selection.is_whole and not selection.chronicle.then:
        return None
    left = selection.narrowed()
    if len(left) > (matching.MOST if selection.asked else FEW):
        left = _Spans(turn, FAMILY[turn.order.by], _start(turn.order, turn.cursor)).needed(left)
    return left | selection.chronicle.then.taken_down() if selection.is_whole else left


def _day(ordinal: int) -> date:
    return date.fromordinal(max(1, min(ordinal, date.max.toordinal())))


def _start(order: Order, cursor: Cursor | None) -> str:
    """The day in which the cursor lies, as the index has it; empty without one."""
    if cursor is None:
        return ""
    if order.by == "told":
        return _day(cursor.places[0]).isoformat()
    minute = minute_of(cursor.places[0])
    return _day(EPOCH + minute // (24 * 60)).isoformat()


def read_first(chronicle: Chronicle, order: Order) -> list[str]:
    """The names of the index that a page out of many entries is looked for in at once."""
    return [f"{FAMILY[order.by]}/{span}" for span in (*_first_spans(chronicle), *_spans_of_then(chronicle))]


def _spans_of_then(chronicle: Chronicle) -> list[str]:
    """Of a moment, the months of two years and the days of two months in which its last entries lie."""
    told = chronicle.then and chronicle.then.moment.told
    if not told:
        return []
    years = {told.year, max(told.year - 1, 1)}
    months = {f"{told:%Y-%m}", f"{date.fromordinal(max(told.toordinal() - told.day, 1)):%Y-%m}"}
    spans = [f"{year:04}{part}" for year in years for part in PARTS[4]]
    return [*spans, *(f"{month}{part}" for month in months for part in PARTS[7])]


def _first_spans(chronicle: Chronicle) -> list[str]:
    """The years of the hundreds of years that the chronicle lies in, and all other hundreds."""
    days = (chronicle.first_date, chronicle.last_date or chronicle.first_date)
    within = {day.isoformat()[:2] for day in days}
    years = [f"{hundred}{year}" for hundred in within for year in PARTS[2]]
    return [*years, *(hundred for hundred in HUNDREDS if hundred not in within)]


@dataclass
class _Spans:
    """Spans of time in an order, ever shorter ones, in which enough entries lie beyond ``start``."""

    turn: Turn
    family: str
    start: str

    def needed(self, left: BitMap) -> BitMap:
        """All of ``left`` that a page can hold, in one query for each length of spans."""
        spans = self._cut(self._read(_first_spans(self.turn.selection.chronicle), left))
        for _ in PARTS:
            if sum(map(len, spans.values())) <= FEW:
                break
            spans = self._cut(self._parted(spans))
        return bitmaps.union(spans.values())

    def _read(self, spans: list[str], left: BitMap) -> dict[str, BitMap]:
        """What of ``left`` lies in each of ``spans``."""
        read = remembered.sets(self.turn.selection.chronicle, [f"{self.family}/{span}" for span in spans])
        # Of a hundred years a chronicle has a few.
        return {name.partition("/")[2]: ids & left for name, ids in read.items() if ids}

    def _cut(self, spans: dict[str, BitMap]) -> dict[str, BitMap]:
        """Those of ``spans``, from ``start`` on, that are enough."""
        kept, beyond = {}, 0
        for span in sorted(spans, reverse=self.turn.descending):
            if beyond >= self.turn.enough:
                break
            if spans[span] and not self._is_passed(span):
                kept[span] = spans[span]
                beyond += 0 if self._holds_start(span) else len(spans[span])
        return kept

    def _is_passed(self, span: str) -> bool:
        """Whether all of ``span`` lies before the cursor."""
        start = self.start[: len(span)]
        return bool(start) and (span > start if self.turn.descending else span < start)

    def _holds_start(self, span: str) -> bool:
        return span == self.start[: len(span)]

    def _parted(self, spans: dict[str, BitMap]) -> dict[str, BitMap]:
        """What is in the shorter spans that those of many entries are made of; others as they are."""
        many = [span for span, ids in spans.items() if len(ids) > self.turn.enough and len(span) in PARTS]
        parts = [f"{span}{part}" for span in many for part in PARTS[len(span)]]
        shorter = self._read(parts, bitmaps.union(spans[span] for span in many))
        return {span: ids for span, ids in spans.items() if span not in many} | shorter
