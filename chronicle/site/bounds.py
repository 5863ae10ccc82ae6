"""How much of an address a page goes by. What is more is told, and stands in no link of the page.

A page writes what was asked for into each of its links: without bounds, an address of four thousand
characters is answered with a million and a half.
"""

from collections import Counter
from collections.abc import Iterable

from django.http import QueryDict

from chronicle.site.filters import FACETS

LONGEST = 100
"""Characters of a value."""

LONGEST_SEARCH = 300
"""Characters of the words that are looked for."""

MOST_VALUES = 50
"""How many values of one facet."""

MOST = 4_000
"""Characters of names and values together."""

LIMITS = {"q": LONGEST_SEARCH}
SEARCH_IS_LONG = f"Only the first {LONGEST_SEARCH} characters of this search are looked for."
ADDRESS_IS_LONG = f"Only the first {MOST:,} characters of what the address asks for are used."

Pair = tuple[str, str]


def whole_number(written: str, longest: int) -> int | None:
    """What is ``written`` in figures, as many as the ``longest`` has; None of all else."""
    is_number = written.isascii() and written.isdigit() and len(written) <= longest
    return int(written) if is_number else None


def within(query: QueryDict) -> tuple[QueryDict, list[str]]:
    """As much of ``query`` as a page goes by, and what a reader is told of the rest; itself where all is."""
    pairs = [(name, value) for name, values in query.lists() for value in values]
    told: list[str] = []
    kept = _in_all(_so_many(_short(pairs, told), told), told)
    if kept == pairs:
        return query, []
    bounded = query.copy()
    bounded.clear()
    for name, value in kept:
        bounded.appendlist(name, value)
    return bounded, told


def _short(pairs: Iterable[Pair], told: list[str]) -> list[Pair]:
    """Those without a value that is too long; of a search its beginning."""
    kept, long = [], []
    for name, value in pairs:
        if len(value) <= LIMITS.get(name, LONGEST):
            kept.append((name, value))
        elif name == "q":
            kept.append((name, value[:LONGEST_SEARCH]))
            told.append(SEARCH_IS_LONG)
        else:
            long.append(name)
    if long:
        names = ", ".join(dict.fromkeys(long))
        told.append(f"Passed over, because it is longer than {LONGEST} characters: a value of {names}.")
    return kept


def _so_many(pairs: Iterable[Pair], told: list[str]) -> list[Pair]:
    """The first values of each facet, each once; of all else as many as there are."""
    seen: Counter[str] = Counter()
    kept = []
    for name, value in dict.fromkeys(pairs):
        seen[name] += 1
        if name not in FACETS or seen[name] <= MOST_VALUES:
            kept.append((name, value))
    facets = [facet for facet in FACETS if seen[facet] > MOST_VALUES]
    if facets:
        more = f"of {', '.join(facets)} there are more"
        told.append(f"Of each facet only the first {MOST_VALUES} choices are used: {more}.")
    return kept


def _in_all(pairs: list[Pair], told: list[str]) -> list[Pair]:
    """The first of them, until there is no room."""
    kept, room = [], MOST
    for name, value in pairs:
        room -= len(name) + len(value) + 2
        if room < 0:
            told.append(ADDRESS_IS_LONG)
            break
        kept.append((name, value))
    return kept
