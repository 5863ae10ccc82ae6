"""Which entries a reader has asked for, as sets: whatever page lists them, and however many there are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from operator import and_
from typing import Any

from pyroaring import BitMap

from chronicle.models import Chronicle
from chronicle.record import columns
from chronicle.site import remembered, since
from chronicle.site.filters import FACETS, KNOWN, ONLY, STANCES, EntryFilter
from chronicle.site.remembered import Matches
from chronicle.site.search.asking import Asked, asked

NEVER = "never"
"""A name that nothing is under."""

EVEN = {"kind", "part", "standing", "stance", "key"}
"""The facets of which each value is found at all times."""

FIRST, LAST = date(1, 1, 1), date(3999, 12, 31)
"""No date of a record lies beyond them."""


@dataclass
class Selection:
    """What a filter leaves of a chronicle, or of those of its entries that are under one of ``base``.

    Within a facet any of the values, between facets all of them.
    """

    chronicle: Chronicle
    filter: EntryFilter
    base: tuple[str, ...] = ("all",)
    """Of what is under one source, a stance is that of the source itself; of all else, that of any."""
    also: tuple[str, ...] = ()
    """Names of the index that are read with the rest, for whoever shows more of the selection."""

    def narrowed(self, but: str = "") -> BitMap:
        """The entries (row ids) that are left, or that would be without what was chosen in ``but``."""
        return self._left if but not in self._left_by else self._all_but(but)

    @cached_property
    def _left(self) -> BitMap:
        return self._all_but("")

    def _all_but(self, facet: str) -> BitMap:
        sets = [ids for each, ids in self._left_by.items() if each != facet]
        sets += [] if self.matches is None else [self.matches.ids]
        # What has few goes first: to narrow all entries again and again costs most of all.
        first, *rest = sorted([*sets, self.whole], key=len)
        return reduce(and_, rest, first)

    @cached_property
    def told_apart(self) -> tuple[Any, ...]:
        """What tells this selection from every other of its chronicle."""
        chosen = tuple((facet, tuple(names)) for facet, names in sorted(self._narrowing.items()))
        words = (self.asked.alternatives, self.asked.without) if self.asked else None
        return self.base, self.also, chosen, words, self.cut

    def under(self, name: str) -> BitMap:
        """What is under one of the names that were read."""
        return self._sets[name]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self.is_words_alone and not self.asked

    @property
    def is_words_alone(self) -> bool:
        """Whether nothing is left out but for the words that are looked for."""
        return self.base == ("all",) and not self._narrowing and self.cut is None

    @property
    def is_cut_alone(self) -> bool:
        """Whether nothing is left out but what was printed by a size of the log."""
        return self.base == ("all",) and not self._narrowing and not self.asked and self.cut is not None

    @property
    def narrows_evenly(self) -> bool:
        """Whether what is left lies in all time alike, for all that is known: no day, name or source does."""
        return self.base == ("all",) and self._narrowing.keys() <= EVEN and self.cut is None

    @cached_property
    def cut(self) -> int | None:
        """The size of the log since which what is asked for was printed; None where all of it is."""
        return since.size_of(self.filter.text("since"), self.chronicle)[0]

    @cached_property
    def asked(self) -> Asked | None:
        """The words that are looked for; None where there are none."""
        typed = self.filter.text("q").strip()
        return asked(typed) if typed else None

    @cached_property
    def matches(self) -> Matches | None:
        """The entries that hold the words; None without words, or for too many."""
        return remembered.matches(self.chronicle, self.asked) if self.asked else None

    @property
    def is_countless(self) -> bool:
        """Whether more entries hold the words than are counted."""
        return self.asked is not None and self.matches is None

    @cached_property
    def _narrowing(self) -> dict[str, list[str]]:
        """For each facet in which something was chosen, the names of the index that it is."""
        chosen = {facet: names_of(facet, self.filter.chosen(facet)) for facet in FACETS}
        chosen |= {name: [name] for name in ONLY if self.filter.asks_only(name)}
        chosen["days"] = names_of_days(self.filter)
        return {facet: names for facet, names in chosen.items() if names}

    @cached_property
    def whole(self) -> BitMap:
        """All entries (row ids) that are chosen from."""
        return self._any(self.base)

    @cached_property
    def _left_by(self) -> dict[str, BitMap]:
        found = {facet: self._any(names) for facet, names in self._narrowing.items()}
        if self.cut is not None:
            found["since"] = since.of_chronicle(self.chronicle, self.cut)
        return found

    @cached_property
    def _sets(self) -> dict[str, BitMap]:
        always = [f"{facet}/{value}" for facet, values in KNOWN.items() for value in values]
        chosen = [name for names in self._narrowing.values() for name in names]
        own = {f"{stance}/{self._source}" for stance in STANCES} if self._source else set()
        sets = remembered.sets(self.chronicle, {*self.base, *self.also, *ONLY, *always, *chosen, *own})
        return sets | self._stances(sets) if self._source else sets

    @property
    def _source(self) -> str:
        """The number of the source that all is under; empty where it is not under one."""
        return self.base[0].removeprefix("source/") if self.base[0].startswith("source/") else ""

    def _stances(self, sets: Mapping[str, BitMap]) -> dict[str, BitMap]:
        """What the source itself says of the entries under it. Where nothing else is known, it supports."""
        own = {stance: sets[f"{stance}/{self._source}"] for stance in STANCES}
        own["supports"] = own["supports"] | (sets[self.base[0]] - own["disputes"] - own["mentions"])
        return {f"stance/{stance}": ids for stance, ids in own.items()}

    def _any(self, names: Iterable[str]) -> BitMap:
        return BitMap.union(BitMap(), *(self._sets[name] for name in names))


def names_of(facet: str, values: Iterable[str]) -> list[str]:
    """The names of the index under any of which a choice is; what lies in a place is in that place."""
    names = [f"{facet}/{value}" for value in values]
    return names + [f"in/{value}" for value in values] if facet == "place" else names


def names_of_days(entry_filter: EntryFilter) -> list[str]:
    """The names under which entries of the days asked for are; none where no day is, or none could match."""
    first, last = entry_filter.day("from"), entry_filter.day("to")
    if first is None and last is None:
        return []
    spans = columns.spans_of(max(first or FIRST, FIRST), min(last or LAST, LAST))
    of_spans = _told_in if entry_filter.text("by") == "told" else _happened_in
    return of_spans(spans) or [NEVER]


def _told_in(spans: list[str]) -> list[str]:
    return [f"told/{span}" for span in spans]


def _happened_in(spans: list[str]) -> list[str]:
    """What may touch any of ``spans``: what is named by it or a part of it, and what fills a longer one."""
    filled = {f"fills/{longer}" for span in spans for longer in columns.about(span)}
    return [*(f"happened/{span}" for span in spans), *sorted(filled)]
