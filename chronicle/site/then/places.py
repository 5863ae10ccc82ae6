"""In which places each place lay at a moment."""

from collections.abc import Iterable
from functools import cached_property

from chronicle.record.indexed import Index
from chronicle.site.then.versions import Version


class Lying:
    """Where each place lay at a moment, by where it lies ``now`` and what ``former`` terms said."""

    def __init__(self, now: Index, former: Iterable[Version]) -> None:
        said = {
            version.subject: version.document["within"]
            for version in former
            if version.subject in now.within and version.document
        }
        self.now, self.then = now, Index({**now.within, **said}, now.taken)

    def lineage(self, place: str) -> list[int]:
        """The numbers of the places that ``place`` lay in, the nearest first; none where it is taken down."""
        return [] if place in self.then.taken else self.then.lineage(place)

    @cached_property
    def within(self) -> dict[str, list[str]]:
        """By the number of each place in which others lie than lay, as text: those that lay in it."""
        if self.now.within == self.then.within:
            return {}
        places = self.then.within.keys() - self.then.taken
        above = {place: self.lineage(place) for place in places}
        otherwise = {n for place in places for n in {*above[place]} ^ {*self.now.lineage(place)}}
        return {f"in/{n}": [place for place in places if n in above[place]] for n in otherwise}
