"""The choices beside a list of entries, each with the count that choosing it would give.

Of terms, all are counted where the entries in question are few; of many, those that most entries of the whole
chronicle are under, and what was chosen. The rest is found by its name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import QueryDict
from pyroaring import BitMap

from chronicle.models import Standing, Term
from chronicle.site import candidates, remembered
from chronicle.site.candidates import Indexed, told_apart
from chronicle.site.filters import KNOWN, ONLY, TERMS, without
from chronicle.site.remembered import Values
from chronicle.site.selection import Selection
from chronicle.wording import day_words

LABELS = {
    "kind": "Kind",
    "place": "Place",
    "actor": "Who",
    "part": "Part of the day",
    "standing": "Standing",
    "stance": "A source",
    "outlet": "Outlet",
    "source": "Source",
}
"""The facets in the order of a page, with what they are called."""

LABELS_UNDER = {
    "place": {"place": "Part of it"},
    "actor": {"actor": "Who else"},
    "source": {"stance": "This source"},
}
"""What some of them are called instead among what is under one term, by its facet."""

ONE_OF_ITS_FACET = ("kind", "outlet", "source")
"""On the page of one of these there is nothing else of its facet to choose."""

WORDS = {
    "standing": dict(Standing.choices),
    "part": {part: part.capitalize() for part in KNOWN["part"]},
    "stance": {"supports": "says so", "disputes": "says otherwise", "mentions": "mentions it"},
}

ALONE = {"key": "Only key events", "media": "Only with pictures or documents"}
"""What the choices are called that belong to no facet."""

SHOWN, MOST = 6, 10
"""How many choices of a facet stand open, and how many there are with those that are folded."""


# Not frozen: a page makes a hundred of them, and that would take as long as its queries.
@dataclass(slots=True)
class Choice:
    """One choice of the facet under ``heading``, and of one that was made the address of the page without it.

    ``count`` is None where there is too much to count.
    """

    facet: str
    heading: str
    value: str
    label: str
    count: int | None
    chosen: bool
    without: str = ""


@dataclass(frozen=True)
class Facet:
    """A heading and its choices: those chosen first shown, then by count; ``rest`` are more than shown."""

    name: str
    label: str
    choices: list[Choice]
    rest: bool = False

    @property
    def chooses(self) -> bool:
        """Whether there is anything to choose: one value that everything has is none."""
        return len(self.choices) > 1 or self.rest or any(choice.chosen for choice in self.choices)

    @cached_property
    def open(self) -> list[Choice]:
        return [c for n, c in enumerate(self.choices) if n < SHOWN or c.chosen]

    @cached_property
    def folded(self) -> list[Choice]:
        return [c for n, c in enumerate(self.choices) if n >= SHOWN and not c.chosen]


@dataclass(frozen=True)
class Facets:
    """Every facet of a filtered list, and what holds for the list as a whole.

    ``single`` is how many of its entries have a single source; ``sources`` is None where there are too many
    entries to tell, and so is ``entries`` of itself. ``more`` are choices that belong to no facet.
    """

    facets: list[Facet]
    sources: int | None
    entries: int | None
    single: int = 0
    more: list[Choice] = field(default_factory=list)
    indexed: Indexed = field(default_factory=Indexed)
    """What is known of the terms among its choices."""

    @cached_property
    def alone(self) -> list[Choice]:
        """That only key events are shown, or what shows pictures, where there are any to show."""
        return [choice for choice in self.more if choice.facet in ALONE]

    @property
    def said_once(self) -> str:
        """What holds for all entries, or for most, and so is said of the list and not on each card."""
        if not self.entries or self.single * 2 <= self.entries:
            return ""
        return "Single source unless marked." if self.single < self.entries else "Single source throughout."

    @cached_property
    def chosen(self) -> list[Choice]:
        of_facets = (choice for facet in self.facets for choice in facet.choices if choice.chosen)
        return [*of_facets, *(choice for choice in self.more if choice.chosen)]


def facets_of(
    selection: Selection,
    query: QueryDict,
    *,
    but: Iterable[str] = (),
    of: Term | None = None,
    named: Iterable[str] = (),
) -> Facets:
    """The facets of ``selection``, without those in ``but``, in three queries at most.

    All of it is under the term ``of`` where one is given; ``named`` are subjects of terms to be read as well.

    What was chosen in these is shown all the same, for only so can it be taken back. Beside each choice
    stands how many entries there would be with it, the other facets staying as they are; one that was
    made is shown even where its count is 0.
    """
    left = selection.narrowed()
    headings = _headings(selection, but, of)
    scopes = {facet: selection.narrowed(but=facet) for facet in headings}
    indexed = candidates.indexed_of(selection, scopes, of=of, named=named)
    sets = {facet: _sets_of(facet, selection, indexed, of) for facet in scopes}
    counted = {facet: _counted_once(facet, sets[facet], selection, indexed, scopes) for facet in scopes}
    candidates.name(selection, _shown(sets, counted), indexed)
    facets = (_facet(facet, headings[facet], counted[facet], selection, indexed, query) for facet in scopes)
    return Facets(
        [facet for facet in facets if facet.chooses],
        sources=_sources(indexed, left) if indexed.is_all and not selection.is_countless else None,
        entries=None if selection.is_countless else len(left),
        single=left.intersection_cardinality(selection.under("standing/single")),
        more=_more(selection, query, {*but, *_held_by_all(of)}),
        indexed=indexed,
    )


def _headings(selection: Selection, but: Iterable[str], of: Term | None) -> dict[str, str]:
    """The facets that are shown and what they are called: not those in ``but``, unless one was chosen."""
    labels, left_out = LABELS, {*but}
    if of is not None:
        left_out |= {of.facet} if of.facet in ONE_OF_ITS_FACET else set()
        labels = LABELS | LABELS_UNDER.get(of.facet, {})
    chosen = selection.filter.chosen
    return {facet: label for facet, label in labels.items() if facet not in left_out or chosen(facet)}


def _sources(indexed: Indexed, left: BitMap) -> int:
    """From how many sources the entries that are left come."""
    return sum(not ids.isdisjoint(left) for ids in indexed.sources)


@dataclass(frozen=True)
class Counted:
    """The values of a facet that are shown, each with how many entries it would leave."""

    values: dict[str, int]
    rest: bool = False
    """Whether there are others."""


def _shown(sets: Mapping[str, Values], counted: Mapping[str, Counted]) -> dict[str, Values]:
    """What is under the terms that are shown, by facet."""
    facets = [facet for facet in TERMS if facet in counted]
    return {facet: {value: sets[facet][value] for value in counted[facet].values} for facet in facets}


def _sets_of(facet: str, selection: Selection, indexed: Indexed, of: Term | None) -> Values:
    """The entries under each value of ``facet`` that may be shown."""
    if facet in KNOWN:
        return {value: selection.under(f"{facet}/{value}") for value in KNOWN[facet]}
    return candidates.sets_of(facet, selection, indexed, of)


def _counted_once(
    facet: str, sets: Values, selection: Selection, indexed: Indexed, scopes: Mapping[str, BitMap]
) -> Counted:
    """The values of ``facet``, counted once for all pages of a list; ``scopes`` are of all that is shown."""
    return remembered.counted(
        selection.chronicle,
        (facet, *scopes, selection.told_apart),
        lambda: _counted(facet, sets, selection, indexed, scopes[facet]),
    )


def _counted(facet: str, sets: Values, selection: Selection, indexed: Indexed, scope: BitMap) -> Counted:
    """The values of ``facet`` that any entry of ``scope`` has, and those that were chosen."""
    chosen = selection.filter.chosen(facet)
    counts = {value: ids.intersection_cardinality(scope) for value, ids in sets.items()}
    counts = {value: n for value, n in counts.items() if n or value in chosen}
    return Counted(counts) if facet in KNOWN else _most_used(counts, chosen, is_cut=indexed.is_cut(facet))


def _most_used(counts: Mapping[str, int], chosen: list[str], *, is_cut: bool) -> Counted:
    """The first ten by count, those printed first before others, and all that were chosen.

    ``is_cut`` says that there may be others.
    """
    order = sorted(counts, key=lambda value: (-counts[value], int(value)))
    shown = [value for place, value in enumerate(order) if place < MOST or value in chosen]
    rest = is_cut or len(shown) < len(order)
    return Counted({value: counts[value] for value in shown}, rest)


def _facet(
    facet: str,
    heading: str,
    counted: Counted,
    selection: Selection,
    indexed: Indexed,
    query: QueryDict,
) -> Facet:
    chosen = selection.filter.chosen(facet)
    labels = told_apart({(facet, value): _label(facet, value, indexed) for value in counted.values})
    choices = [
        Choice(
            facet,
            heading,
            value,
            labels[facet, value],
            None if selection.is_countless else n,
            value in chosen,
            without=without(query, facet, value) if value in chosen else "",
        )
        for value, n in counted.values.items()
    ]
    return Facet(facet, heading, choices, counted.rest)


def _label(facet: str, value: str, indexed: Indexed) -> str:
    """What a value is called. A term of which nothing is public is only what was asked for."""
    if facet in WORDS:
        return WORDS[facet][value]
    known = indexed.known.get(f"{facet}/{value}")
    return known.label if known else value


def _held_by_all(of: Term | None) -> list[str]:
    """What everything under ``of`` is under as well."""
    return ["media"] if of and of.facet == "asset" else []


def _more(selection: Selection, query: QueryDict, but: set[str]) -> list[Choice]:
    """That only key events are shown, or what shows pictures, and the days from and to which."""
    asked = selection.filter
    chips = []
    for name, value in ONLY.items():
        left = selection.narrowed(but=name)
        count = left.intersection_cardinality(selection.under(name)) if name not in but else 0
        if count or asked.asks_only(name):
            counted = None if selection.is_countless else count
            chips.append(_choice(query, name, value, ALONE[name], counted, asked.asks_only(name)))
    for name, words in (("from", "From"), ("to", "To")):
        if day := asked.day(name):
            without_it = without(query, name, day.isoformat())
            chips.append(Choice(name, words, day.isoformat(), day_words(day), None, True, without_it))
    return chips


def _choice(query: Any, name: str, value: str, label: str, count: int | None, chosen: bool) -> Choice:
    return Choice(name, "", value, label, count, chosen, without=without(query, name, value))
