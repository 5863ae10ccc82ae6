"""The choices beside a list of entries, each with the count that choosing it would give.

Of terms, all are counted where the entries in question are few; of many, those that most entries of the whole
chronicle are under, and what was chosen. The rest is found by its name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from pyroaring import BitMap

from chronicle.models import Chronicle, EntryTerm, Standing, Term
from chronicle.record import bitmaps
from chronicle.site.filters import KNOWN, ONLY_KEY, TERMS
from chronicle.site.selection import Selection, names_of
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

WORDS = {
    "standing": dict(Standing.choices),
    "part": {part: part.capitalize() for part in KNOWN["part"]},
    "stance": {"supports": "says so", "disputes": "says otherwise", "mentions": "mentions it"},
}

SHOWN, MOST = 6, 10
"""How many choices of a facet stand open, and how many there are with those that are folded."""

FEW = 1_000
"""Of so many entries every term is counted."""

CANDIDATES = 40
"""Of more, so many terms of each facet."""


@dataclass(frozen=True)
class Choice:
    """One choice of the facet under ``heading``, and the address of the page without it.

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
        return len(self.choices) > 1 or any(choice.chosen for choice in self.choices)

    @property
    def open(self) -> list[Choice]:
        return [c for n, c in enumerate(self.choices) if n < SHOWN or c.chosen]

    @property
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

    @property
    def key(self) -> Choice | None:
        """That only key events are shown; None where there are none to show."""
        return next((choice for choice in self.more if choice.facet == "key"), None)

    @property
    def said_once(self) -> str:
        """What holds for all entries, or for most, and so is said of the list and not on each card."""
        if not self.entries or self.single * 2 <= self.entries:
            return ""
        return "Single source unless marked." if self.single < self.entries else "Single source throughout."

    @property
    def chosen(self) -> list[Choice]:
        of_facets = (choice for facet in self.facets for choice in facet.choices if choice.chosen)
        return [*of_facets, *(choice for choice in self.more if choice.chosen)]


@dataclass
class Indexed:
    """The terms that are counted: the entries under each by name of the index, and what they are called."""

    ids: dict[str, BitMap] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    is_all: bool = False
    """Whether these are all terms that any entry in question is under."""

    def values(self, facet: str) -> set[str]:
        """The numbers of the terms of ``facet``, with those of places that others lie in."""
        prefixes = tuple(name.partition("/")[0] + "/" for name in names_of(facet, ["1"]))
        return {name.partition("/")[2] for name in self.ids if name.startswith(prefixes)}


def facets_of(selection: Selection, query: QueryDict, *, but: Iterable[str] = ()) -> Facets:
    """The facets of ``selection``, without those in ``but``, in three queries at most.

    Beside each choice stands how many entries there would be with it, the other facets staying as
    they are; a choice that was made is shown even where its count is 0.
    """
    left = selection.narrowed()
    scopes = {facet: selection.narrowed(but=facet) for facet in LABELS if facet not in but}
    indexed = _indexed(selection, scopes)
    counted = {facet: _counted(facet, selection, indexed, scope) for facet, scope in scopes.items()}
    _name(selection.chronicle, counted, indexed)
    facets = (_facet(facet, counted[facet], selection, indexed, query) for facet in scopes)
    return Facets(
        [facet for facet in facets if facet.chooses],
        sources=_sources(indexed, left) if indexed.is_all else None,
        entries=None if selection.is_countless else len(left),
        single=len(left & selection.under("standing/single")),
        more=_more(selection, query),
    )


def _sources(indexed: Indexed, left: BitMap) -> int:
    """From how many sources the entries that are left come."""
    sources = (ids for name, ids in indexed.ids.items() if name.startswith("source/"))
    return sum(not ids.isdisjoint(left) for ids in sources)


def _indexed(selection: Selection, scopes: Mapping[str, BitMap]) -> Indexed:
    """The terms of the entries in any of ``scopes``; of too many entries, the most used and the chosen."""
    among = bitmaps.union(scope for facet, scope in scopes.items() if facet in TERMS)
    if len(among) <= FEW:
        return _of_few(among)
    facets = [facet for facet in TERMS if facet in scopes]
    within = ["in"] if "place" in facets else []
    most_used = bitmaps.read_most_used(selection.chronicle.pk, [*facets, *within], CANDIDATES)
    return Indexed(most_used)


def _of_few(entries: BitMap) -> Indexed:
    """All terms of ``entries``, in one query."""
    found = Indexed(is_all=True)
    links = EntryTerm.objects.filter(entry__in=list(entries)).order_by()
    rows = links.values_list("entry_id", "term__facet", "term__number", "term__label", "term__lineage")
    for pk, facet, number, label, lineage in rows:
        found.labels[f"{facet}/{number}"] = label
        for name in (f"{facet}/{number}", *(f"in/{above}" for above in lineage)):
            found.ids.setdefault(name, BitMap()).add(pk)
    return found


def _counted(facet: str, selection: Selection, indexed: Indexed, scope: BitMap) -> dict[str, int]:
    """How many entries of ``scope`` each value of ``facet`` would leave, where any, or where it is chosen."""
    chosen = selection.filter.chosen(facet)
    if facet in KNOWN:
        found = {value: selection.under(f"{facet}/{value}") for value in KNOWN[facet]}
    else:
        values = indexed.values(facet) | set(chosen)
        found = {value: _under(facet, value, selection, indexed) for value in values}
    counted = {value: ids.intersection_cardinality(scope) for value, ids in found.items()}
    return {value: n for value, n in counted.items() if n or value in chosen}


def _under(facet: str, value: str, selection: Selection, indexed: Indexed) -> BitMap:
    """The entries under a value: as they were read for having been chosen, or as they are indexed."""
    names = names_of(facet, [value])
    if value in selection.filter.chosen(facet):
        return bitmaps.union(selection.under(name) for name in names)
    return bitmaps.union(indexed.ids.get(name, bitmaps.NOTHING) for name in names)


def _name(chronicle: Chronicle, counted: Mapping[str, dict[str, int]], indexed: Indexed) -> None:
    """Learn what the terms that may be shown are called, in one query, where it is not known."""
    unnamed: dict[str, list[str]] = {}
    for facet in TERMS:
        shown = sorted(counted.get(facet, {}).items(), key=lambda each: -each[1])
        for value, _ in shown:
            if f"{facet}/{value}" not in indexed.labels:
                unnamed.setdefault(facet, []).append(value)
    wanted = Q()
    for facet, numbers in unnamed.items():
        wanted |= Q(facet=facet, number__in=numbers)
    if unnamed:
        named = Term.objects.filter(wanted, chronicle=chronicle).order_by()
        for facet, number, label in named.values_list("facet", "number", "label"):
            indexed.labels[f"{facet}/{number}"] = label


def _facet(
    facet: str, counted: Mapping[str, int], selection: Selection, indexed: Indexed, query: QueryDict
) -> Facet:
    chosen = selection.filter.chosen(facet)
    choices = [
        Choice(
            facet,
            LABELS[facet],
            value,
            _label(facet, value, counted[value], indexed),
            None if selection.is_countless else counted[value],
            value in chosen,
            without=without(query, facet, value),
        )
        for value in counted
    ]
    if facet in KNOWN:
        return Facet(facet, LABELS[facet], choices)
    choices.sort(key=lambda choice: (-counted[choice.value], choice.label))
    shown = [c for n, c in enumerate(choices) if n < MOST or c.chosen]
    return Facet(facet, LABELS[facet], shown, rest=len(shown) < len(choices) or not indexed.is_all)


def _label(facet: str, value: str, count: int, indexed: Indexed) -> str:
    """What a value is called. A term of which nothing is public is only what was asked for."""
    if facet in WORDS:
        return WORDS[facet][value]
    return indexed.labels.get(f"{facet}/{value}", value)


def _more(selection: Selection, query: QueryDict) -> list[Choice]:
    """That only key events are shown, and the days from and to which."""
    asked = selection.filter
    chips = []
    only_key = asked.text("key") == ONLY_KEY
    count = len(selection.narrowed(but="key") & selection.under("key"))
    if count or only_key:
        counted = None if selection.is_countless else count
        chips.append(_choice(query, "key", ONLY_KEY, "Only key events", counted, only_key))
    for name, words in (("from", "From"), ("to", "To")):
        if day := asked.day(name):
            without_it = without(query, name, day.isoformat())
            chips.append(Choice(name, words, day.isoformat(), day_words(day), None, True, without_it))
    return chips


def _choice(query: Any, name: str, value: str, label: str, count: int | None, chosen: bool) -> Choice:
    return Choice(name, "", value, label, count, chosen, without=without(query, name, value))


def without(query: QueryDict, name: str, value: str) -> str:
    """The query string of this page with one choice taken back and every other kept."""
    rest = query.copy()
    for place in ("after", "before"):
        rest.pop(place, None)
    rest.setlist(name, [item for item in rest.getlist(name) if item != value])
    return "?" + rest.urlencode()
