"""The terms that may be choices beside a list: which entries are under each, and what they are called.

All those of the entries in question where these are few; of many, those that most entries of the chronicle
are under.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import nsmallest

from pyroaring import BitMap

from chronicle.models import Chronicle, Term
from chronicle.models.term import facet_of, number_of
from chronicle.record import bitmaps
from chronicle.site import links, remembered
from chronicle.site.filters import TERMS
from chronicle.site.remembered import Known, Values
from chronicle.site.selection import Selection, names_of

FEW = 250
"""Of so many entries every term is counted."""

CANDIDATES = 25
"""Of more, so many terms of each facet."""

Key = tuple[str, str]
"""The facet and the number of a term."""


@dataclass
class Indexed:
    """The terms that are counted: the entries under each by facet and number, and what they are called."""

    ids: dict[str, Values] = field(default_factory=dict)
    known: dict[str, Known] = field(default_factory=dict)
    """By subject."""
    is_all: bool = False
    """Whether these are all terms that any entry in question is under."""
    sources: list[BitMap] = field(default_factory=list)
    """Of few entries, those that rest on each source."""

    def is_cut(self, facet: str) -> bool:
        """Whether an entry in question may be under a term of ``facet`` that is not among them."""
        return not self.is_all and len(self.ids.get(facet, ())) >= CANDIDATES

    def add(self, facet: str, value: str, ids: BitMap) -> None:
        """Count ``ids`` under a value, with what is counted already."""
        if ids:
            values = self.ids.setdefault(facet, {})
            values[value] = values[value] | ids if value in values else ids


def indexed_of(
    selection: Selection, scopes: Mapping[str, BitMap], *, of: Term | None = None, named: Iterable[str] = ()
) -> Indexed:
    """The terms of the entries in any of ``scopes``; of too many entries, the most used and the chosen.

    Where all is under the term ``of``, they are learned at once, with those whose subjects are ``named``.
    """
    facets = [facet for facet in TERMS if facet in scopes]
    among = BitMap.union(BitMap(), *(scopes[facet] for facet in facets))
    named = {*named, *_chosen(selection, facets), *_on_cards(selection.chronicle)}
    if len(among) <= FEW:
        return _of_few(selection.chronicle, among, {facet: scopes[facet] for facet in facets}, named)
    most_used = remembered.most_used(selection.chronicle, facets, CANDIDATES)
    found = Indexed({facet: dict(values) for facet, values in most_used.items()})
    if of:
        _learn_all(found, selection, facets, named)
    return found


def _learn_all(found: Indexed, selection: Selection, facets: list[str], named: set[str]) -> None:
    """What all that may be shown is called, with what was read besides for whoever shows the selection."""
    for name in selection.also:
        facet = "place" if bitmaps.facet_of(name) == "in" else bitmaps.facet_of(name)
        if facet in facets:
            found.add(facet, name.partition("/")[2], selection.under(name))
    subjects = {f"{facet}/{value}" for facet in facets for value in found.ids.get(facet, ())}
    _learn(selection.chronicle, found, subjects | named)


def _chosen(selection: Selection, facets: Iterable[str]) -> Iterator[str]:
    """The subjects of the terms that were chosen. What holds nothing public is not to be named."""
    for facet in facets:
        for value in selection.filter.chosen(facet):
            if any(selection.under(name) for name in names_of(facet, [value])):
                yield f"{facet}/{value}"


def _on_cards(chronicle: Chronicle) -> set[str]:
    """The subjects of the terms that cards of a moment name and that are read with those of the choices."""
    return chronicle.then.unread if chronicle.then else set()


def _learn(chronicle: Chronicle, indexed: Indexed, subjects: Iterable[str]) -> None:
    """What the terms with ``subjects`` are called, in one query where any is not known."""
    indexed.known |= {term.subject: term for term in remembered.terms(chronicle, subjects)}


def _of_few(chronicle: Chronicle, entries: BitMap, scopes: Mapping[str, BitMap], named: set[str]) -> Indexed:
    """All terms of ``entries``, those in question for any facet, whose own are in ``scopes``.

    Their links are read in one query, and in another what is not known of the terms that may be shown.
    """
    found = Indexed(is_all=True)
    under = _links(chronicle, entries)
    found.sources = [ids for (facet, _), ids in under.items() if facet == "source"]
    for term in remembered.terms(chronicle, named, rows=[*_rows_to_show(under, scopes)]):
        found.known[term.subject] = term
        facet = facet_of(term.subject)
        ids = under.get((facet, term.pk), bitmaps.NOTHING)
        for each in (number_of(term.subject), *term.lineage):
            found.add(facet, str(each), ids)
    return found


def _links(chronicle: Chronicle, entries: BitMap) -> dict[tuple[str, int], BitMap]:
    """Which of ``entries`` are under each term (row id), by its facet and itself."""
    if not chronicle.then:
        return links.links(entries)
    named = chronicle.then.named(entries)
    under, rows = links.links_and_terms(chronicle, entries - chronicle.then.state.changed, named)
    for subject, row in rows.items():
        key = facet_of(subject), row
        under[key] = under.get(key, bitmaps.NOTHING) | named[subject]
    return under


def _rows_to_show(under: Mapping[tuple[str, int], BitMap], scopes: Mapping[str, BitMap]) -> Iterator[int]:
    """The row ids of the terms that may be among the first of their facet, and of all places."""
    yield from (term for facet, term in under if facet == "place")
    for facet, scope in scopes.items():
        # By what they would leave of this facet's own entries: all of them are of some facet's, not of each.
        counts = (
            (-ids.intersection_cardinality(scope), term)
            for (each, term), ids in under.items()
            if each == facet
        )
        yield from (term for count, term in nsmallest(CANDIDATES, counts) if count)


def sets_of(facet: str, selection: Selection, indexed: Indexed, of: Term | None) -> Values:
    """The entries under each value of ``facet`` that may be chosen under ``of``, and under those chosen."""
    sets = indexed.ids.get(facet, {})
    if of is not None and facet == of.facet:
        sets = {value: ids for value, ids in sets.items() if _may_be_under(of, value, indexed)}
    chosen = selection.filter.chosen(facet)
    return sets | {value: _of_chosen(facet, value, selection) for value in chosen}


def _may_be_under(of: Term, value: str, indexed: Indexed) -> bool:
    """Whether a term of its facet may be chosen under ``of``: a place that lies in it, another actor."""
    if of.facet != "place":
        return value != str(of.number)
    known = indexed.known.get(f"place/{value}")
    return known is not None and of.number in known.lineage


def _of_chosen(facet: str, value: str, selection: Selection) -> BitMap:
    """The entries under a value that was chosen, as it was read for that."""
    return BitMap.union(*(selection.under(name) for name in names_of(facet, [value])))


def name(selection: Selection, shown: Mapping[str, Values], indexed: Indexed) -> None:
    """Learn what the terms that are shown are called, in one query, where it is not known.

    What a term is called is told of those with a public entry alone.
    """
    subjects = {f"{facet}/{value}" for facet in shown for value, ids in shown[facet].items() if ids}
    _learn(selection.chronicle, indexed, subjects - indexed.known.keys() | _on_cards(selection.chronicle))


def told_apart(labels: Mapping[Key, str]) -> dict[Key, str]:
    """``labels``, those that several terms of a facet have with the number that their addresses have."""
    times = Counter((facet, label) for (facet, _), label in labels.items())
    return {
        (facet, number): f"{label}, no. {number}" if times[facet, label] > 1 else label
        for (facet, number), label in labels.items()
    }
