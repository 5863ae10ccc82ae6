"""The terms that may be choices beside a list: which entries are under each, and what they are called.

All those of the entries in question where these are few; of many, those that most entries of the chronicle
are under.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import Any

from django.db.models import F, IntegerField, Q
from django.db.models.functions import Cast, Substr
from pyroaring import BitMap

from chronicle.models import Bitmap, Chronicle, EntryTerm, Term
from chronicle.models.term import facet_of, labels_of, number_of
from chronicle.record import bitmaps
from chronicle.site.filters import TERMS
from chronicle.site.selection import Selection, names_of

FEW = 250
"""Of so many entries every term is counted."""

CANDIDATES = 25
"""Of more, so many terms of each facet."""


@dataclass
class Indexed:
    """The terms that are counted: the entries under each by name of the index, and what they are called."""

    ids: dict[str, BitMap] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    slugs: dict[str, str] = field(default_factory=dict)
    """What they are called in their addresses, of those whose labels are known."""
    lineages: dict[str, list[int]] = field(default_factory=dict)
    """Likewise the numbers of the places that each place lies in."""
    is_all: bool = False
    """Whether these are all terms that any entry in question is under."""
    sources: list[BitMap] = field(default_factory=list)
    """Of few entries, those that rest on each source."""

    def values(self, facet: str) -> set[str]:
        """The numbers of the terms of ``facet``, with those of places that others lie in."""
        prefixes = tuple(name.partition("/")[0] + "/" for name in names_of(facet, ["1"]))
        return {name.partition("/")[2] for name in self.ids if name.startswith(prefixes)}

    def is_cut(self, facet: str) -> bool:
        """Whether an entry in question may be under a term of ``facet`` that is not among them."""
        return not self.is_all and len(self.values(facet)) >= CANDIDATES

    def learn(self, subject: str, label: str, slug: str, lineage: list[int]) -> None:
        """What a term is called, and where it lies."""
        self.labels[subject], self.slugs[subject], self.lineages[subject] = label, slug, lineage


def indexed_of(
    selection: Selection, scopes: Mapping[str, BitMap], *, of: Term | None = None, named: Iterable[str] = ()
) -> Indexed:
    """The terms of the entries in any of ``scopes``; of too many entries, the most used and the chosen.

    Where all is under the term ``of``, they are learned at once, with those whose subjects are ``named``.
    """
    among = bitmaps.union(scope for facet, scope in scopes.items() if facet in TERMS)
    facets = [facet for facet in TERMS if facet in scopes]
    named = {*named, *_chosen(selection, facets)}
    if len(among) <= FEW:
        return _of_few(selection.chronicle, among, {facet: scopes[facet] for facet in facets}, named)
    most_used = {facet: [facet] for facet in facets}
    if "place" in facets:
        # A place holds what is under it and what is in it, whichever of the two it is much used for.
        most_used |= {"place": ["place", "in"], "in": ["place", "in"]}
    found = Indexed(bitmaps.read_most_used(selection.chronicle.pk, most_used, CANDIDATES))
    if of:
        _learn_all(found, selection, facets, named)
    return found


def _learn_all(found: Indexed, selection: Selection, facets: list[str], named: set[str]) -> None:
    """What all that may be shown is called, with what was read besides for whoever shows the selection."""
    beside = (name for name in selection.also if bitmaps.facet_of(name) in (*facets, "in"))
    found.ids |= {name: selection.under(name) for name in beside}
    subjects = {f"{facet}/{value}" for facet in facets for value in found.values(facet)}
    _learn(selection.chronicle, found, subjects | named)


def _chosen(selection: Selection, facets: Iterable[str]) -> Iterator[str]:
    """The subjects of the terms that were chosen. What holds nothing public is not to be named."""
    for facet in facets:
        for value in selection.filter.chosen(facet):
            if any(selection.under(name) for name in names_of(facet, [value])):
                yield f"{facet}/{value}"


def _learn(chronicle: Chronicle, indexed: Indexed, subjects: Iterable[str]) -> None:
    """What the terms with ``subjects`` are called, in one query where there are any."""
    subjects = list(subjects)
    if subjects:
        terms = Term.objects.named(subjects).filter(chronicle=chronicle).order_by()
        for facet, number, *known in terms.values_list("facet", "number", "label", "slug", "lineage"):
            indexed.learn(f"{facet}/{number}", *known)


def _of_few(
    chronicle: Chronicle, entries: BitMap, scopes: Mapping[str, BitMap], named: Iterable[str]
) -> Indexed:
    """All terms of ``entries``, those in question for any facet, whose own are in ``scopes``.

    Their links are read in one query, and in another the terms that may be shown.
    """
    found = Indexed(is_all=True)
    links = EntryTerm.objects.filter(entry__among=entries).order_by()
    under: dict[tuple[str, int], BitMap] = {}
    for facet, term, pk in links.values_list("facet", "term_id", "entry_id"):
        under.setdefault((facet, term), BitMap()).add(pk)
    found.sources = [ids for (facet, _), ids in under.items() if facet == "source"]
    for term, facet, number, label, slug, lineage in _terms_to_show(chronicle, under, scopes, named):
        found.learn(f"{facet}/{number}", label, slug, lineage)
        ids = under.get((facet, term), bitmaps.NOTHING)
        for name in (f"{facet}/{number}", *(f"in/{above}" for above in lineage)):
            found.ids[name] = found.ids.get(name, bitmaps.NOTHING) | ids
    found.ids = {name: ids for name, ids in found.ids.items() if ids}
    return found


def _terms_to_show(
    chronicle: Chronicle,
    under: Mapping[tuple[str, int], BitMap],
    scopes: Mapping[str, BitMap],
    named: Iterable[str],
) -> Any:
    """The terms that may be among the first of their facet, places and what they lie in, and those named."""
    keys = [term for facet, term in under if facet == "place"]
    for facet, scope in scopes.items():
        # By what they would leave of this facet's own entries: all of them are of some facet's, not of each.
        counts = (
            (-ids.intersection_cardinality(scope), term)
            for (each, term), ids in under.items()
            if each == facet
        )
        keys += [term for count, term in nsmallest(CANDIDATES, counts) if count]
    wanted = Q(pk__in=keys)
    if "place" in scopes:
        held = Bitmap.objects.filter(chronicle=chronicle, facet="in", chunk=0, total__gt=0)
        numbers = held.annotate(number=Cast(Substr("name", len("in/") + 1), IntegerField()))
        most = numbers.order_by(F("total").desc(), "name").values("number")[:CANDIDATES]
        wanted |= Q(chronicle=chronicle, facet="place", number__in=most)
    for subject in named:
        wanted |= Q(chronicle=chronicle, facet=facet_of(subject), number=number_of(subject))
    terms = Term.objects.filter(wanted).order_by()
    return terms.values_list("pk", "facet", "number", "label", "slug", "lineage")


def under(facet: str, value: str, selection: Selection, indexed: Indexed) -> BitMap:
    """The entries under a value: as they were read for having been chosen, or as they are indexed."""
    names = names_of(facet, [value])
    if value in selection.filter.chosen(facet):
        sets = [selection.under(name) for name in names]
    else:
        sets = [indexed.ids.get(name, bitmaps.NOTHING) for name in names]
    return sets[0] if len(sets) == 1 else bitmaps.union(sets)


def name(selection: Selection, shown: Mapping[str, Iterable[str]], indexed: Indexed) -> None:
    """Learn what the terms that are shown are called, in one query, where it is not known.

    What a term is called is told of those with a public entry alone.
    """
    unnamed = [
        (facet, int(value))
        for facet in shown.keys() & TERMS
        for value in shown[facet]
        if f"{facet}/{value}" not in indexed.labels and under(facet, value, selection, indexed)
    ]
    if unnamed:
        indexed.labels |= labels_of(selection.chronicle, unnamed)


def values_of(facet: str, indexed: Indexed, of: Term | None) -> set[str]:
    """The values of ``facet`` that may be chosen under ``of``: places that lie in it, other actors."""
    values = indexed.values(facet)
    if of is None or facet != of.facet:
        return values
    if facet == "place":
        return {value for value in values if of.number in indexed.lineages.get(f"place/{value}", ())}
    return values - {str(of.number)}
