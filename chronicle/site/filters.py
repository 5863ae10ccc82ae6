"""What a reader may filter entries by: one set for every page that lists them.

A reader is never refused: what means nothing is passed over, and told. Parameters of an address are promises,
and keep their names and meanings.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from chronicle.clock import PARTS
from chronicle.models import Entry, Standing

STANCES = ("supports", "disputes", "mentions")
KNOWN = {"part": PARTS, "standing": tuple(Standing.values), "stance": STANCES}
"""The facets whose values are the same on every page."""

TERMS = ("kind", "place", "actor", "outlet", "source")
"""The facets whose values are terms, asked for by number."""

FACETS = (*TERMS, *KNOWN)

ORDERS = ("newest", "oldest", "best")
CLOCKS = ("happened", "told")

PLACES = ("after", "before")
"""After or before which place in a list its page lies."""

TERM_NUMBER = re.compile("[1-9][0-9]{0,8}")
ONLY = {"key": "1", "media": "yes"}
"""What asks for key events alone, and for what shows a medium alone: names of the index, and their values."""

ASKED = (*FACETS, *ONLY, *PLACES, "from", "to", "by", "order", "q", "since")
"""What the address of a list may ask with."""

CURSOR = re.compile(r"-?[0-9]{1,19}(\.-?[0-9]{1,19})?")
FURTHEST = 2**63 - 1
"""No place in time lies beyond it, on either side."""

ALONG = 400
"""Characters of a query that the links to other days keep: a page has a hundred of them."""

LONGEST_WAY = 2_000
"""Characters of a query that one more way to the same page keeps: in another order, or of a moment."""

MOST_OF_WAYS_BACK = 10_000
"""Characters of all links together that take back one choice and keep the others."""

TOLD = 10
"""How many values that mean nothing are told."""


def means_something(facet: str, value: str) -> bool:
    """Whether ``value`` can be one of ``facet``: terms are asked for by their numbers."""
    if facet in KNOWN:
        return value in KNOWN[facet]
    # A number has one spelling, as the address of what it numbers has.
    return bool(TERM_NUMBER.fullmatch(value))


class ChoicesOfAnyKind(forms.MultipleChoiceField):
    """Several values. Which of them mean anything is for the filter: a reader is never refused."""

    def valid_value(self, value):
        return "\0" not in value

    def validate(self, value):
        pass

    def to_python(self, value):
        told = [item for item in super().to_python(value) if item and self.valid_value(item)]
        return list(dict.fromkeys(told))


class AnyOf(django_filters.MultipleChoiceFilter):
    """Entries under any of several values of one facet."""

    field_class = ChoicesOfAnyKind


class DayFilter(django_filters.DateFilter):
    """A day of the chronicle, written as in ISO 8601, wherever the reader is."""

    def __init__(self, **how: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **how)


class Asking(django_filters.FilterSet):
    """What may be asked for, and how it is written."""

    kind = AnyOf()
    place = AnyOf()
    actor = AnyOf()
    outlet = AnyOf()
    source = AnyOf()
    part = AnyOf()
    standing = AnyOf()
    stance = AnyOf()
    # A word of Python's own cannot be the name of an attribute.
    locals()["from"] = DayFilter()
    to = DayFilter()
    by = django_filters.CharFilter()
    order = django_filters.CharFilter()
    key = django_filters.CharFilter()
    media = django_filters.CharFilter()
    q = django_filters.CharFilter()
    since = django_filters.CharFilter()

    class Meta:
        model = Entry
        fields = []


@cache
def _fields() -> dict[str, forms.Field]:
    """What reads each value. They keep nothing of it, so that one set does for all requests."""
    return Asking(queryset=Entry.objects.none()).form.fields


class EntryFilter:
    """What was asked for in ``data``; ``chronicle.site.selection`` finds the entries."""

    def __init__(self, data: QueryDict) -> None:
        self.data = data

    @cached_property
    def _read(self) -> tuple[dict[str, Any], set[str]]:
        """The value of each field, and the names of those in which something else was written."""
        values, amiss = {}, set()
        for name, field in _fields().items():
            try:
                values[name] = field.clean(field.widget.value_from_datadict(self.data, {}, name))
            except ValidationError:
                amiss.add(name)
        return values, amiss

    @property
    def amiss(self) -> set[str]:
        """The names for which something was written that cannot be read."""
        return self._read[1]

    def chosen(self, facet: str) -> list[str]:
        """The values that the reader chose in ``facet``, less those that mean nothing there."""
        return self._chosen[facet]

    @cached_property
    def _chosen(self) -> dict[str, list[str]]:
        return {
            facet: [value for value in self._asked(facet) if means_something(facet, value)]
            for facet in FACETS
        }

    @cached_property
    def query(self) -> str:
        """What was chosen in facets as a query string, “?place=3&part=night”; empty where nothing was."""
        chosen = [(facet, value) for facet in FACETS for value in self.chosen(facet)]
        chosen += [(name, value) for name, value in ONLY.items() if self.asks_only(name)]
        return f"?{encoded(chosen)}" if chosen else ""

    @property
    def along(self) -> str:
        """As much of ``query`` as links to other days keep: all, or nothing where it is too long."""
        return self.query if len(self.query) <= ALONG else ""

    @property
    def sentences(self) -> Iterator[str]:
        """What a reader is told of the values that mean nothing, and of what links do not keep."""
        meaningless = [
            value for facet in FACETS for value in self._asked(facet) if not means_something(facet, value)
        ]
        if meaningless:
            more = f" and {len(meaningless) - TOLD} more" if len(meaningless) > TOLD else ""
            told = ", ".join(meaningless[:TOLD])
            yield f"Passed over, because this site knows no such choice: {told}{more}."
        if self.query and not self.along:
            yield "So much is chosen that links to other days do not keep it."

    def text(self, name: str) -> str:
        """What was written for ``name``; empty where nothing was, or nothing that could be."""
        return str(self._read[0].get(name) or "").replace("\0", "")

    def asks_only(self, name: str) -> bool:
        """Whether one of ``ONLY`` was asked for."""
        return self.text(name) == ONLY[name]

    def day(self, name: str) -> date | None:
        """The day asked for by ``from`` or ``to``."""
        return self._read[0].get(name)

    def _asked(self, facet: str) -> list[str]:
        return self._read[0].get(facet) or []


@dataclass(frozen=True)
class Cursor:
    """Where a list goes on: places in its order, after or before which (``back``) the page lies."""

    places: tuple[int, ...]
    back: bool = False

    def __str__(self) -> str:
        return ".".join(map(str, self.places))


def pairs_of(query: QueryDict, without: Iterable[str]) -> list[tuple[str, str]]:
    """The names and values of a query in their order, but those of some names."""
    return [(name, value) for name, values in query.lists() for value in values if name not in without]


def encoded(pairs: Iterable[tuple[str, str]]) -> str:
    """A query string of such names and values."""
    return _encoded(tuple(pairs))


# The ways on from a page are those of the next one.
_encoded = lru_cache(maxsize=512)(urlencode)


def without(query: QueryDict, name: str, value: str) -> str:
    """The query string of this page with one choice taken back and every other kept.

    Empty of so many choices that to write all but one beside each would be longer than the page.
    """
    pairs = pairs_of(query, without=PLACES)
    if sum(len(name) + len(value) for name, value in pairs) * len(pairs) > MOST_OF_WAYS_BACK:
        return ""
    return f"?{encoded(pair for pair in pairs if pair != (name, value))}"


def cursor_of(query: Any, parts: int) -> Cursor | None:
    """The cursor that an address holds; None where it holds none of so many ``parts``."""
    for name in PLACES:
        written = query.get(name, "")
        places = written.split(".") if CURSOR.fullmatch(written) else []
        if len(places) == parts:
            within = (max(-FURTHEST, min(int(place), FURTHEST)) for place in places)
            return Cursor(tuple(within), back=name == "before")
    return None
