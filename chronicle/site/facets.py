"""The choices beside a list of entries, each with the count that choosing it would give.

Of terms, all are counted where the entries in question are few; of many, those that most entries of the whole
chronicle are under, and what was chosen. The rest is found by its name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from heapq import nlargest
from typing import Any

from django.db.models import F, IntegerField, Q
from django.db.models.functions import Cast, Substr
from django.http import QueryDict
from pyroaring import BitMap

from chronicle.models import Bitmap, Chronicle, EntryTerm, Standing, Term
from chronicle.models.term import labels_of
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

FEW = 250
"""Of so many entries every term is counted."""

CANDIDATES = 25
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
    def keys(self) -> list[Choice]:
        """That only key events are shown, where there are any to show."""
        return [choice for choice in self.more if choice.facet == "key"]

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
    sources: list[BitMap] = field(default_factory=list)
    """Of few entries, those that rest on each source."""

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
    _name(selection, counted, indexed)
    facets = (_facet(facet, counted[facet], selection, indexed, query) for facet in scopes)
    return Facets(
        [facet for facet in facets if facet.chooses],
        sources=sum(not ids.isdisjoint(left) for ids in indexed.sources) if indexed.is_all else None,
        entries=None if selection.is_countless else len(left),
        single=len(left & selection.under("standing/single")),
        more=_more(selection, query),
    )


def _indexed(selection: Selection, scopes: Mapping[str, BitMap]) -> Indexed:
    """The terms of the entries in any of ``scopes``; of too many entries, the most used and the chosen."""
    among = bitmaps.union(scope for facet, scope in scopes.items() if facet in TERMS)
    facets = [facet for facet in TERMS if facet in scopes]
    if len(among) <= FEW:
        return _of_few(selection.chronicle, among, facets)
    within = ["in"] if "place" in facets else []
    return Indexed(bitmaps.read_most_used(selection.chronicle.pk, [*facets, *within], CANDIDATES))


def _of_few(chronicle: Chronicle, entries: BitMap, facets: list[str]) -> Indexed:
    """All terms of ``entries``: their links in one query, and in another the terms that may be shown."""
    found = Indexed(is_all=True)
    links = EntryTerm.objects.filter(entry__among=entries).order_by()
    under: dict[tuple[str, int], BitMap] = {}
    for facet, term, pk in links.values_list("facet", "term_id", "entry_id"):
        under.setdefault((facet, term), BitMap()).add(pk)
    found.sources = [ids for (facet, _), ids in under.items() if facet == "source"]
    for term, facet, number, label, lineage in _terms_to_show(chronicle, under, facets):
        found.labels[f"{facet}/{number}"] = label
        ids = under.get((facet, term), bitmaps.NOTHING)
        for name in (f"{facet}/{number}", *(f"in/{above}" for above in lineage)):
            found.ids[name] = found.ids.get(name, bitmaps.NOTHING) | ids
    found.ids = {name: ids for name, ids in found.ids.items() if ids}
    return found


def _terms_to_show(chronicle: Chronicle, under: Mapping[tuple[str, int], BitMap], facets: list[str]) -> Any:
    """The terms that may be among the first of their facet, all places, and those that others lie in."""
    keys = [term for facet, term in under if facet == "place"]
    for facet in facets:
        of_facet = [(len(ids), term) for (each, term), ids in under.items() if each == facet]
        keys += [term for _, term in nlargest(CANDIDATES, of_facet)]
    wanted = Q(pk__in=keys)
    if "place" in facets:
        held = Bitmap.objects.filter(chronicle=chronicle, facet="in", chunk=0, total__gt=0)
        numbers = held.annotate(number=Cast(Substr("name", len("in/") + 1), IntegerField()))
        most = numbers.order_by(F("total").desc(), "name").values("number")[:CANDIDATES]
        wanted |= Q(chronicle=chronicle, facet="place", number__in=most)
    return Term.objects.filter(wanted).order_by().values_list("pk", "facet", "number", "label", "lineage")


@dataclass(frozen=True)
class Counted:
    """The values of a facet that are shown, each with how many entries it would leave."""

    values: dict[str, int]
    rest: bool = False
    """Whether there are others."""


def _counted(facet: str, selection: Selection, indexed: Indexed, scope: BitMap) -> Counted:
    """The values of ``facet`` that any entry of ``scope`` has, and those that were chosen."""
    chosen = selection.filter.chosen(facet)
    if facet in KNOWN:
        found = {value: selection.under(f"{facet}/{value}") for value in KNOWN[facet]}
    else:
        values = indexed.values(facet) | set(chosen)
        found = {value: _under(facet, value, selection, indexed) for value in values}
    counts = {value: ids.intersection_cardinality(scope) for value, ids in found.items()}
    counts = {value: n for value, n in counts.items() if n or value in chosen}
    return Counted(counts) if facet in KNOWN else _most_used(counts, chosen, indexed)


def _most_used(counts: Mapping[str, int], chosen: list[str], indexed: Indexed) -> Counted:
    """The first ten by count, those printed first before others, and all that were chosen."""
    order = sorted(counts, key=lambda value: (-counts[value], int(value)))
    shown = [value for place, value in enumerate(order) if place < MOST or value in chosen]
    rest = len(shown) < len(order) or not indexed.is_all
    return Counted({value: counts[value] for value in shown}, rest)


def _under(facet: str, value: str, selection: Selection, indexed: Indexed) -> BitMap:
    """The entries under a value: as they were read for having been chosen, or as they are indexed."""
    names = names_of(facet, [value])
    if value in selection.filter.chosen(facet):
        sets = [selection.under(name) for name in names]
    else:
        sets = [indexed.ids.get(name, bitmaps.NOTHING) for name in names]
    return sets[0] if len(sets) == 1 else bitmaps.union(sets)


def _name(selection: Selection, counted: Mapping[str, Counted], indexed: Indexed) -> None:
    """Learn what the terms that are shown are called, in one query, where it is not known.

    What a term is called is told of those with a public entry alone.
    """
    unnamed = [
        (facet, int(value))
        for facet in counted.keys() & TERMS
        for value in counted[facet].values
        if f"{facet}/{value}" not in indexed.labels and _under(facet, value, selection, indexed)
    ]
    if unnamed:
        indexed.labels |= labels_of(selection.chronicle, unnamed)


def _facet(facet: str, counted: Counted, selection: Selection, indexed: Indexed, query: QueryDict) -> Facet:
    chosen = selection.filter.chosen(facet)
    choices = [
        Choice(
            facet,
            LABELS[facet],
            value,
            _label(facet, value, indexed),
            None if selection.is_countless else n,
            value in chosen,
            without=without(query, facet, value) if value in chosen else "",
        )
        for value, n in counted.values.items()
    ]
    return Facet(facet, LABELS[facet], choices, counted.rest)


def _label(facet: str, value: str, indexed: Indexed) -> str:
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
