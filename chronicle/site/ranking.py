"""Pages of what holds the words that are looked for: by how near they stand, and in order of time.

So many matches as are counted lie in memory, each with its place in time. Of more, the index of words is
walked from the cursor on.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from heapq import nlargest, nsmallest
from typing import Any

from chronicle.site import reads
from chronicle.site.filters import Cursor
from chronicle.site.orders import Listed, Turn, listed
from chronicle.site.search import matching
from chronicle.site.search.matching import Place
from chronicle.site.selection import Selection
from chronicle.site.shown import Shown

LAST_TIER = 2
"""Of the tiers of matches, that of those that hold the words anywhere."""

MARGIN = 5
"""By how much what is called even may be uneven."""

Ranked = list[tuple[tuple[int, ...], int]]
"""Places in an order, of which a cursor is made, each with the row id of its entry."""

Rank = Callable[[tuple[int, ...]], tuple[int, ...]]


def best(turn: Turn) -> Listed:
    """Those with all words in their headline first, then in headline and names, the newest of each first."""
    if turn.selection.is_countless:
        ranked, left_at = _walked_by_tier(turn)
    else:
        ranked, left_at = _ranked(turn), None
    return listed(turn, _with_entries(ranked), left_at)


def _ranked(turn: Turn) -> Ranked:
    """What is left beyond the cursor, with tier and place in time, as far as a page needs it."""
    tiers = turn.selection.matches.tiers
    places = (((tiers.get(pk, LAST_TIER), sk), pk) for sk, pk in _left(turn.selection))
    return _beyond_in_memory(turn, places, _by_rank)


def _left(selection: Selection) -> Iterator[Place]:
    """The matches that are left."""
    left, matches = selection.narrowed(), selection.matches
    return (place for place in zip(matches.places, matches.rows, strict=True) if place[1] in left)


def _by_rank(places: tuple[int, ...]) -> tuple[int, ...]:
    tier, sk = places
    return tier, -sk


def _by_time(places: tuple[int, ...]) -> tuple[int, ...]:
    return (-places[-1],)


def _beyond_in_memory(turn: Turn, found: Iterable[tuple[tuple[int, ...], int]], rank: Rank) -> Ranked:
    """The first of ``found`` beyond the cursor, in the order of ``rank``, which puts the newest first."""
    turned = (turn.order.name == "oldest") != turn.back
    if turn.cursor:
        at = rank(turn.cursor.places)
        found = [each for each in found if (rank(each[0]) < at if turned else rank(each[0]) > at)]
    pick = nlargest if turned else nsmallest
    return pick(turn.enough, found, key=lambda each: rank(each[0]))


def in_time(turn: Turn) -> Listed:
    """A page of what holds the words, in order of time."""
    selection, before = turn.selection, (0,) * (turn.order.parts - 1)
    if not selection.is_countless:
        places = (((sk,), pk) for sk, pk in _left(selection))
        return listed(turn, _with_entries(_beyond_in_memory(turn, places, _by_time)))
    found, left_at = _walked(turn, {None: turn.cursor.places[-1] if turn.cursor else None})
    ranked = [((*before, sk), pk) for _, sk, pk in found]
    cursor = Cursor((*before, left_at[1]), back=turn.back) if left_at else None
    return listed(turn, _with_entries(ranked), cursor)


def _walked_by_tier(turn: Turn) -> tuple[Ranked, Cursor | None]:
    """The first beyond the cursor of too many matches to rank, and where the search was left, if it was."""
    at, place = turn.cursor.places if turn.cursor else (LAST_TIER if turn.back else 0, None)
    # An address may ask to go on from anywhere; there are no more tiers than these.
    at = max(-1, min(at, LAST_TIER + 1))
    tiers = range(at, -1, -1) if turn.back else range(at, LAST_TIER + 1)
    found, left_at = _walked(turn, {tier: place if tier == at else None for tier in tiers})
    ranked: Ranked = [((tier, sk), pk) for tier, sk, pk in found]
    return ranked, Cursor(left_at, back=turn.back) if left_at else None


def _walked(
    turn: Turn, tiers: Mapping[int | None, int | None]
) -> tuple[list[tuple[Any, int, int]], tuple[Any, int] | None]:
    """The first matches that are left, of each of ``tiers`` beyond the place that stands beside it.

    Where they lie so far apart that it would take long, as many as were found, and where the search was left:
    tier and place.
    """
    selection, limit = turn.selection, _worth_walking(turn)
    left, found, looked_at = selection.narrowed(), [], []
    walk = matching.walk(
        selection.chronicle, selection.asked, tiers=tiers, newest=turn.descending, limit=limit
    )
    with closing(walk):
        for place in walk:
            looked_at.append(place)
            if place[2] in left:
                found.append(place)
            if len(found) == turn.enough:
                return found, None
    is_left = len(looked_at) == limit
    return found, looked_at[-1][:2] if is_left else None


def _worth_walking(turn: Turn) -> int:
    """How many matches are looked at: of what lies evenly in time some times as many as hold enough."""
    selection = turn.selection
    if selection.is_words_alone:
        return turn.enough
    if not selection.narrows_evenly:
        return matching.MOST
    share = max(1, len(selection.narrowed())) / max(1, len(selection.whole))
    return min(matching.MOST, math.ceil(MARGIN * turn.enough / share))


def _with_entries(ranked: Ranked) -> list[tuple[tuple[int, ...], Shown]]:
    """The entries of ``ranked``, in its order, as far as readers may see them."""
    entries = {entry.pk: entry for entry in reads.entries(pk for _, pk in ranked)}
    return [(places, entries[pk]) for places, pk in ranked if pk in entries]
