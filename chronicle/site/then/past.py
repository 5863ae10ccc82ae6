"""What pages ask of a chronicle, answered as it stood at a moment.

What has not changed since is read as any page reads it; what has, from the editions that stood then. Nothing
is shown that was withdrawn or taken down since.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from heapq import nlargest, nsmallest
from itertools import chain
from typing import Any

from django.db.models import Case, IntegerField, OuterRef, Q, Subquery, When
from django.db.models.functions import Cast, Substr
from pyroaring import BitMap

from chronicle.models import Bitmap, Edition, Entry, Sheet, Term
from chronicle.models.entry import GONE
from chronicle.models.term import number_of
from chronicle.record import bitmaps, columns
from chronicle.site import remembered
from chronicle.site.filters import KNOWN, TERMS
from chronicle.site.then.moment import Moment
from chronicle.site.then.state import State, state_of

OVERALL = ("day", "taken", "standing", "outlet", "key")
"""The facets of the index that tell what a whole chronicle amounts to."""

MANY, SOME, MOST = 4, 150, 0.9
"""Of so many times as many terms as are most used now, and of those of so many entries, those are told that
were most used then; of the former alone where so large a part of the log was printed by then."""


class Past:
    """A chronicle at a moment, for whoever reads of one."""

    banner: Any = None
    """What its pages say of the moment."""

    called: Any = None
    """What the names mean that its page is asked with, where that was read before: ``naming.Numbers``."""

    def __init__(self, chronicle: Any, moment: Moment) -> None:
        self.chronicle, self.moment = chronicle, moment
        self.on_cards: set[str] = set()
        """The subjects of the terms that cards of its page name which are printed anew."""

    @cached_property
    def state(self) -> State:
        """What was otherwise; what was learned of it for one page is remembered for the next."""
        known: State = remembered.past(self.chronicle, lambda: state_of(self.chronicle, self.moment))
        return known

    def read(self, names: Iterable[str]) -> dict[str, BitMap]:
        """The entries that were under each of ``names``, in one query."""
        names = list(names)
        otherwise = self.state.lying.within
        within = {name: otherwise[name] for name in names if name in otherwise}
        wanted = {*names, *chain.from_iterable(within.values())}
        if self.state.renamed is None:
            wanted.update(self.state.renaming)
        read = bitmaps.read(self.chronicle.pk, wanted)
        if self.state.renamed is None:
            self.state.renamed = bitmaps.union(read[subject] for subject in self.state.renaming)
        found = self.all_under({name: read[name] for name in names})
        return found | {name: self._in(places, read) for name, places in within.items()}

    def all_under(self, sets: Mapping[str, BitMap]) -> dict[str, BitMap]:
        """What was under each of the names of ``sets``, which hold what is under them now."""
        return {name: self.under(name, ids) for name, ids in sets.items()}

    def under(self, name: str, now: BitMap) -> BitMap:
        """What was under ``name``, which holds ``now``."""
        return now & self._stayed | self.state.under(name)

    @cached_property
    def _stayed(self) -> BitMap:
        """The row ids of all that was printed by then and has not changed since, and of what is no entry."""
        return BitMap(range(self.moment.last + 1)) - self.state.changed

    def most_used(self, facets: Mapping[str, Iterable[str]], most: int) -> dict[str, BitMap]:
        """As ``bitmaps.read_most_used`` has it, of the state of then.

        Looked at are the terms that are used so much by now, those of what has changed, and those of some
        entries out of all that time: what many were under, some of these are. The whole index is not read.
        """
        places = self.state.lying.within if "place" in facets else {}
        also = {*chain.from_iterable(places.values()), *self._changed_most(facets, most)}
        now = bitmaps.read_most_used(self.chronicle.pk, facets, MANY * most, also=also, among=self._some)
        then = self.all_under(now)
        then |= {name: self._in(lay, now) for name, lay in places.items()}
        names = (name for facet, first in _first(facets, then, most) for name in _under(facets[facet], first))
        return {name: then[name] for name in names if name in then}

    @property
    def _some(self) -> BitMap:
        """Entries that have not changed since, evenly taken from all.

        None where little has come since: what is most used by now tells what was.
        """
        if self.moment.size > MOST * self.moment.whole:
            return bitmaps.NOTHING
        known = remembered.sets(self.chronicle, [f"standing/{value}" for value in KNOWN["standing"]])
        stayed = bitmaps.union(known.values()) - self.state.changed
        return stayed[:: 1 + len(stayed) // SOME]

    def _changed_most(self, facets: Mapping[str, Iterable[str]], most: int) -> Iterator[str]:
        """The names of ``facets`` under which most of what has changed was."""
        for facet, unders in facets.items():
            names = [*self.state.within] if facet == "in" else self.state.named(facet)
            first = nlargest(MANY * most, names, key=lambda name: len(self.state.under(name)))
            yield from _under(unders, first)

    def _in(self, places: Iterable[str], now: Mapping[str, BitMap]) -> BitMap:
        """What was under any of ``places``, by what is ``now``."""
        return bitmaps.union(self.under(place, now.get(place, bitmaps.NOTHING)) for place in places)

    def taken_down(self) -> BitMap:
        """The entries that were taken down by then, of which a list has a line; in one query if not known."""
        if self.state.gone is None:
            own = Edition.objects.filter(commitment=OuterRef("commitment")).values("seq")[:1]
            taken = Entry.objects.filter(GONE, chronicle=self.chronicle, taken_at__isnull=False)
            by_then = taken.annotate(seq=Subquery(own)).filter(seq__lte=self.moment.size)
            self.state.gone = BitMap(by_then.order_by().values_list("pk", flat=True))
        return self.state.gone

    @property
    def overall(self) -> dict[str, int]:
        """How many entries were under each name of ``OVERALL`` that any was under; one query if not known."""
        if self.state.overall is None:
            self.state.overall = self._overall()
        return self.state.overall

    @property
    def key_events(self) -> BitMap:
        """The entries that were key events, read with ``overall``."""
        return self.state.key if self.overall else bitmaps.NOTHING

    def _overall(self) -> dict[str, int]:
        now = bitmaps.read_facets(self.chronicle.pk, OVERALL)
        only_then = {name: BitMap() for name in self.state.named(*OVERALL)}
        then = self.all_under(only_then | now)
        self.state.key = then.get("key", bitmaps.NOTHING)
        counts = {name: len(ids) for name, ids in then.items()}
        return {name: count for name, count in counts.items() if count}

    def cited(self) -> dict[str, int]:
        """How many sources and how many outlets were cited, in one query besides.

        A source is printed with an entry that cites it, and is cited from then on, but for what has changed.
        """
        otherwise = self.state.named("source")
        held = Bitmap.objects.filter(chronicle=self.chronicle, facet="source", chunk=0)
        # PostgreSQL may look at the names of other facets, which end with no number.
        held = held.annotate(of=Case(When(facet="source", then=_number("name"))))
        last = last_source(self.chronicle.pk, self.moment.size)
        sources = held.filter(Q(total__gt=0, of__lte=last) | Q(name__among=otherwise)).count()
        return {"source": sources, "outlet": sum(name.startswith("outlet/") for name in self.overall)}

    @property
    def unretracted(self) -> list[int]:
        """The numbers of the sources that have changed since and were not retracted."""
        return [
            former.number
            for subject, former in self.state.terms.items()
            if subject.startswith("source/") and former.document and not former.document["retracted"]
        ]

    def lineage_of(self, place: Any) -> list[int]:
        """The numbers of the places that a place lay in."""
        lying = self.state.lying
        return lying.lineage(place.subject) if lying.now.within else place.lineage

    def named(self, ids: BitMap) -> dict[str, BitMap]:
        """The terms that those of the entries ``ids`` were under that have changed since."""
        found: dict[str, BitMap] = {}
        for pk in ids & self.state.changed:
            version = self.state.entries.get(pk)
            for name in version.names if version else ():
                if bitmaps.facet_of(name) in TERMS and name not in self.state.taken:
                    found.setdefault(name, BitMap()).add(pk)
        return found

    @property
    def renamed(self) -> BitMap:
        """The entries whose cards name a term that was called, or told of, otherwise."""
        return self.state.renamed or BitMap()

    def term(self, term: Term) -> Term:
        """``term`` as it was then. What was taken down since, and every medium, is as it is now.

        A medium is shown as far as it may be shown today: its rights and its cover are of now.
        """
        former = self.state.terms.get(term.subject)
        if term.taken_at is None and former and former.document and term.facet in TERMS:
            for name, value in columns.of_term(term.facet, former.document, self.chronicle).items():
                setattr(term, name, value)
            term.document, term.edition, term.updated_at = former.document, former.edition, former.at
        return term

    def those(self, terms: Any, subjects: Iterable[str]) -> Iterator[Term]:
        """``terms``, a queryset, as they were; with what they said, and kept, where cards need it of any of
        the ``subjects`` that it was asked for.
        """
        if self.unread.isdisjoint(subjects):
            return map(self.term, terms)
        return map(self.keep, terms.with_document())

    def keep(self, term: Term) -> Term:
        """``term``, which was read with its document, as it was then, and from now on known so."""
        term.chronicle = self.chronicle
        self.state.read[term.subject] = self.term(term)
        return term

    def documents(self, commitments: Iterable[str]) -> dict[str, Any]:
        """What editions with these ``commitments`` said, in one query where any is not known."""
        known = self.state.documents
        missing = [commitment for commitment in commitments if commitment not in known]
        if missing:
            sheets = Sheet.objects.filter(commitment__among=missing).order_by()
            known.update(sheets.values_list("commitment", "document"))
        return known

    @property
    def unread(self) -> set[str]:
        """Those of ``on_cards`` that are to be read yet."""
        return self.on_cards - self.state.read.keys()


def last_source(chronicle: int, size: int) -> Subquery:
    """The number of the last source of a chronicle (row id) in its log of that size, to compare with."""
    until = Edition.objects.filter(chronicle=chronicle, seq__lte=size, edition=1)
    last = until.filter(subject__startswith="source/").order_by("-seq").annotate(of=_number("subject"))
    return Subquery(last.values("of")[:1])


def _number(column: str) -> Cast:
    """The number of the source whose subject stands in a column."""
    return Cast(Substr(column, len("source/") + 1), IntegerField())


def _first(facets: Iterable[str], sets: Mapping[str, BitMap], most: int) -> Iterator[tuple[str, list[str]]]:
    """Each of ``facets``, with the names of its ``most`` used values."""
    held: dict[str, list[tuple[int, str]]] = {}
    for name, ids in sets.items():
        if ids:
            held.setdefault(bitmaps.facet_of(name), []).append((-len(ids), name))
    for facet in facets:
        yield facet, [name for _, name in nsmallest(most, held.get(facet, []))]


def _under(unders: Iterable[str], names: Iterable[str]) -> Iterator[str]:
    """The values that ``names`` are of, under each of the facets ``unders``."""
    unders = list(unders)
    for name in names:
        yield from (f"{under}/{number_of(name)}" for under in unders)
