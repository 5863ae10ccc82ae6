"""What of a chronicle was otherwise at a moment: what has changed since, as it stood."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pyroaring import BitMap

from chronicle.models import Term
from chronicle.models.term import facet_of
from chronicle.record import bitmaps
from chronicle.site.filters import TERMS
from chronicle.site.then.moment import Moment
from chronicle.site.then.places import Lying
from chronicle.site.then.replaced import Replaced, replaced_in
from chronicle.site.then.versions import Version

STANCES = ("supports", "disputes", "mentions")
"""The facets of the index that go by the number of a source."""


@dataclass
class State:
    """What of a chronicle was otherwise at a moment."""

    replaced: Replaced
    stood: dict[int, Version]
    """What stood then and has changed since, by its place among all that was replaced."""
    documents: dict[str, Any] = field(default_factory=dict)
    """What the entries among them said, by commitment, as far as it was read."""
    renamed: BitMap | None = None
    """The entries under a term that was otherwise, once they are known."""
    overall: dict[str, int] | None = None
    """How many entries were under each name of ``OVERALL`` that any was under, once it is known."""
    read: dict[str, Term] = field(default_factory=dict)
    """Terms as they were then, by subject, those that were read."""
    gone: BitMap | None = None
    """The entries that were taken down by then, once they are known."""
    key: BitMap = field(default_factory=BitMap)
    """The key events among all entries, once that is known."""

    @cached_property
    def terms(self) -> dict[str, Version]:
        """The terms that were otherwise, by subject."""
        return {version.subject: version for version in self.stood.values() if not version.pk}

    @cached_property
    def lying(self) -> Lying:
        """Where each place lay."""
        return Lying(self.replaced.places, self.terms.values())

    @cached_property
    def within(self) -> dict[str, BitMap]:
        """The entries among what has changed that were in a place that others lay in, by name."""
        found: dict[str, BitMap] = {}
        for place in self.named("place"):
            for above in self.lying.lineage(place):
                found.setdefault(f"in/{above}", BitMap()).update(self.under(place))
        return found

    @cached_property
    def taken(self) -> set[str]:
        """Those among them whose words of then were taken down since."""
        return {subject for subject, version in self.terms.items() if not version.is_readable}

    @cached_property
    def changed(self) -> BitMap:
        """All entries (row ids) that were printed by then and have changed since."""
        return BitMap([version.pk for version in self.stood.values() if version.pk])

    @cached_property
    def shown(self) -> BitMap:
        """Those of them that can be read: by their places among the versions that were replaced."""
        return BitMap([n for n, version in self.stood.items() if version.is_shown])

    @cached_property
    def entries(self) -> dict[int, Version]:
        """The same by row id."""
        return {self.stood[n].pk: self.stood[n] for n in self.shown}

    @cached_property
    def lines(self) -> list[Version]:
        """Those that were withdrawn, by then or since."""
        return [version for version in self.stood.values() if version.is_line]

    @property
    def renaming(self) -> list[str]:
        """The terms that were otherwise and that a card names."""
        return [subject for subject in self.terms if facet_of(subject) in TERMS]

    def under(self, name: str) -> BitMap:
        """The entries (row ids) among what has changed that were under a name of the index."""
        places = self.replaced.under.get(name)
        if places is None:
            return self.within.get(name, bitmaps.NOTHING)
        if self.taken and _term_of(name) in self.taken:
            return bitmaps.NOTHING
        return BitMap([self.replaced.versions[n].pk for n in places & self.shown])

    def named(self, *facets: str) -> list[str]:
        """The names of ``facets`` of the index under which any of what has changed was."""
        # Another thread may learn of more meanwhile.
        names = [name for name in list(self.replaced.under) if bitmaps.facet_of(name) in facets]
        return [name for name in names if not self.replaced.under[name].isdisjoint(self.shown)]


def _term_of(name: str) -> str:
    """The subject of the term that a name of the index goes by, if it does by any."""
    facet, _, number = name.partition("/")
    return f"source/{number}" if facet in STANCES else name


def state_of(chronicle: Any, moment: Moment) -> State:
    """What of ``chronicle`` was otherwise at ``moment``, in one query at most."""
    replaced, said = replaced_in(chronicle, moment)
    stood = {n: replaced.versions[n] for n in replaced.at(moment.size)}
    wanted = {version.shown_by for version in stood.values()}
    return State(replaced, stood, {commitment: said[commitment] for commitment in wanted & said.keys()})
