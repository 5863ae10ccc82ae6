"""What a reader chose and looks for, as every page shows it that lists what is left."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from chronicle.site import heads
from chronicle.site.facets import Facets
from chronicle.site.filters import KNOWN, LONGEST_WAY, ONLY, PLACES, TERMS, EntryFilter, encoded, pairs_of
from chronicle.site.heads import FeedLink
from chronicle.site.selection import Selection


@dataclass(frozen=True)
class Narrowed:
    """What was asked for, what is left, and what may be chosen besides; ``sentences`` are told of it."""

    filter: EntryFilter
    selection: Selection
    facets: Facets
    sentences: list[str]
    query: QueryDict

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was chosen or looked for."""
        return bool(self.facets.chosen or self.words)

    @property
    def first(self) -> date | None:
        return self.filter.day("from")

    @property
    def last(self) -> date | None:
        return self.filter.day("to")

    @property
    def kept_by_search(self) -> list[tuple[str, str]]:
        """What another search keeps: all choices, but no place in a list, and no order of the old answers."""
        return pairs_of(self.query, without=("q", "order", *PLACES))

    @property
    def kept_by_filter(self) -> list[tuple[str, str]]:
        """What another choice keeps: the words that are looked for, and the order."""
        return [(name, self.query[name]) for name in ("q", "order", "by", "since") if self.query.get(name)]

    @property
    def kept_by_moment(self) -> list[tuple[str, str]]:
        """What the same list as it was known at a moment keeps: all that was chosen, and the order.

        Nothing of a query that is longer than a reader's.
        """
        kept = pairs_of(self.query, without=(*PLACES, "q", "since", *KNOWN, *ONLY))
        return kept if len(encoded(kept)) <= LONGEST_WAY else []

    @property
    def feeds(self) -> list[FeedLink]:
        """The ways to the feed of what is left, in an order of its own; none where no address narrows so."""
        base = self.selection.base[0]
        facet, _, number = base.partition("/")
        if number and facet not in TERMS:
            return []
        under = [(facet, number)] if number else []
        asked = [*under, *pairs_of(self.query, without=(*PLACES, "order", "since", "show"))]
        query = f"?{encoded(asked)}" if asked else ""
        return heads.feeds_of(self.selection.chronicle, "timeline_feed", "What is listed here", query)

    @property
    def everything(self) -> str:
        """The query of the same choices, whenever what they hold was printed."""
        return f"?{encoded(pairs_of(self.query, without=('since', *PLACES)))}"

    @property
    def from_beginning(self) -> str:
        return f"?{changed(self.query)}"

    @property
    def without_words(self) -> str:
        """The query of the same choices without the words that are looked for."""
        return f"?{encoded(self.kept_by_search)}"

    @property
    def words(self) -> Any:
        """The words that are looked for."""
        return self.selection.asked


def changed(query: QueryDict, **values: str) -> str:
    """``query`` from its beginning, with other ``values``."""
    return encoded([*pairs_of(query, without=(*PLACES, *values)), *values.items()])
