"""The places and actors of a row as an editor writes them: names with commas between.

A name that the story knows is that place or actor, one that it lacks is added with the import. Where several
bear it, each is written with what tells it from the others: "Newtown (in Lisbon)".
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from events.admin.apart import beside
from events.importers.names import Bearer, Names
from events.models import Actor, Place, Story

LONGEST = 120
MOST_COMMAS = 8
"""How many a name may have of its own, what tells it from others included."""
_APART = re.compile(r"(?P<name>[^()]+?)\s\((?P<beside>[^()]+)\)")


@dataclass(frozen=True)
class Said:
    """The names in one box: whom they mean, or the names themselves of those that will be added."""

    words: str
    named: tuple[Bearer | str, ...] = ()
    wrong: str = ""

    @property
    def new(self) -> list[str]:
        return [one for one in self.named if isinstance(one, str)]

    @property
    def keys(self) -> frozenset[int]:
        return frozenset(one[1] for one in self.named if not isinstance(one, str))


class Known:
    """The places and actors of a story, for all the boxes of a page."""

    def __init__(self, story: Story) -> None:
        self.names = Names(story)
        called = Counter((facet, name) for (facet, _), name in self.names.first.items())
        self._doubled = {bearer for bearer, name in self.names.first.items() if called[bearer[0], name] > 1}

    @cached_property
    def _beside(self) -> dict[Bearer, str]:
        return {bearer: beside(row) for bearer, row in self.names.rows(self._doubled).items()}

    def named_in(self, text: str, facet: str) -> str:
        """What stands in the box of a row before anybody wrote in it."""
        bearers = sorted(bearer for bearer in self.names.bearers_in(text) if bearer[0] == facet)
        return ", ".join(map(self.label, bearers))

    def label(self, bearer: Bearer) -> str:
        name = self.names.first[bearer]
        return f"{name} ({self._beside[bearer]})" if bearer in self._doubled else name

    def said(self, words: str, facet: str) -> Said:
        """Whom ``words`` name."""
        named: list[Bearer | str] = []
        wrong: list[str] = []
        for name in dict.fromkeys(self._split(words, facet)):
            found = sorted(self._called(name, facet))
            exact = [bearer for bearer in found if self.label(bearer) == name] or found
            if len(exact) > 1:
                labels = " or ".join(f"“{self.label(bearer)}”" for bearer in exact)
                wrong.append(f"“{name}” is several: write {labels}.")
            elif len(name) > LONGEST:
                wrong.append(f"A name has at most {LONGEST} characters.")
            else:
                named.append(exact[0] if exact else name)
        return Said(words, tuple(named), " ".join(wrong))

    def rows(self, boxes: Iterable[Said]) -> dict[Bearer, Place | Actor]:
        """The rows that ``boxes`` mean."""
        return self.names.rows({one for box in boxes for one in box.named if not isinstance(one, str)})

    def _called(self, name: str, facet: str) -> set[Bearer]:
        found = self.names.called(name, facet)
        apart = None if found else _APART.fullmatch(name)
        return self.names.called(apart["name"], facet) if apart else found

    def _split(self, words: str, facet: str) -> Iterator[str]:
        """The names between the commas; a known name may have commas of its own."""
        parts = [part.strip() for part in words.split(",")]
        at = 0
        while at < len(parts):
            for ends in range(min(len(parts), at + 1 + MOST_COMMAS), at, -1):
                name = ", ".join(parts[at:ends])
                if ends == at + 1 or self._called(name, facet):
                    break
            if name:
                yield name
            at = ends
