"""Which places and actors a passage names, by every name that the story knows: of any language or side.

A name is found as whole words, white space, quotes and dashes evened out. The longest name wins its
words, so that "National Security Service of Armenia" does not also name Armenia; nor does a name that is only
a part of a longer one which the story does not know (``capitals``). Capitals don't matter,
but that a name of one word is not found where the text writes it small: "turkey" is not Turkey.
A name that several places or actors bear finds them all: the editor, who sees them, takes one off.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from events.importers.capitals import inside_longer, runs
from events.models import Actor, ActorName, Place, PlaceName, Story

Bearer = tuple[str, int]
"""Who bears a name: the facet, "place" or "actor", and the primary key."""

_WORD = re.compile(r"\w+")
_EVENED = str.maketrans("‘’ʼ`´‐‑–—“”„«»", "'''''----\"\"\"\"\"")


@dataclass(frozen=True)
class Mentioned:
    """The places and actors that one passage names, in the order of their keys."""

    places: tuple[Place, ...]
    actors: tuple[Actor, ...]

    @property
    def labels(self) -> list[str]:
        return [row.label for row in (*self.places, *self.actors)]


def mentioned_in(story: Story, texts: Iterable[str]) -> list[Mentioned]:
    """What each of ``texts`` names of ``story``; eight queries at most, however many texts."""
    names = Names(story)
    found = [names.bearers_in(text) for text in texts]
    rows = names.rows(set().union(*found))
    return [
        Mentioned(
            places=tuple(rows[bearer] for bearer in sorted(bearers) if bearer[0] == "place"),
            actors=tuple(rows[bearer] for bearer in sorted(bearers) if bearer[0] == "actor"),
        )
        for bearers in found
    ]


class Names:
    """Every name of a story: who bears it, and where a text says it."""

    def __init__(self, story: Story) -> None:
        self._bearers: dict[str, set[Bearer]] = defaultdict(set)
        self._said: dict[str, set[Bearer]] = defaultdict(set)
        self.first: dict[Bearer, str] = {}
        places = PlaceName.objects.filter(place__story=story).order_by("position", "pk")
        actors = ActorName.objects.filter(actor__story=story).order_by("position", "pk")
        for name, pk in places.values_list("name", "place_id"):
            self._add(name, ("place", pk))
        for name, pk in actors.values_list("name", "actor_id"):
            self._add(name, ("actor", pk))
        self._by_first_word: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self._bearers, key=len, reverse=True):
            if first := _WORD.match(name):
                self._by_first_word[first[0].casefold()].append(name)

    def _add(self, name: str, bearer: Bearer) -> None:
        self.first.setdefault(bearer, name)
        self._bearers[_evened(name)].add(bearer)
        self._said[_evened(name).casefold()].add(bearer)

    def __iter__(self) -> Iterator[str]:
        return iter(self._bearers)

    def called(self, name: str, facet: str) -> set[Bearer]:
        """The places or actors that bear ``name``, whatever its capitals."""
        return {bearer for bearer in self._said.get(_evened(name).casefold(), ()) if bearer[0] == facet}

    def bearers_in(self, text: str) -> set[Bearer]:
        """Whom ``text`` names; a name inside a longer one is another."""
        text = _evened(text)
        longer = list(runs(text))
        found: set[Bearer] = set()
        for begins, name in self._names_in(text):
            ends = begins + len(name)
            found |= {
                bearer
                for bearer in self._bearers[name]
                if not inside_longer(begins, ends, longer, of_actor=bearer[0] == "actor")
            }
        return found

    def rows(self, bearers: set[Bearer]) -> dict[Bearer, Any]:
        """The rows of ``bearers``; six queries at most."""
        places = Place.objects.select_related("within").prefetch_related("names", "within__names")
        actors = Actor.objects.prefetch_related("names")
        found: dict[Bearer, Any] = {}
        for facet, rows in (("place", places), ("actor", actors)):
            keys = sorted(pk for named, pk in bearers if named == facet)
            found |= {(facet, pk): row for pk, row in rows.in_bulk(keys).items()}
        return found

    def _names_in(self, text: str) -> Iterator[tuple[int, str]]:
        ends = 0
        for word in _WORD.finditer(text):
            if word.start() < ends:
                continue
            for name in self._by_first_word.get(word[0].casefold(), ()):
                if _stands_at(word.start(), name, text):
                    yield word.start(), name
                    ends = word.start() + len(name)
                    break


def _stands_at(start: int, name: str, text: str) -> bool:
    """Whether ``name`` stands in ``text`` at ``start`` and no word goes on after it."""
    words = text[start : start + len(name)]
    if words.casefold() != name.casefold() or _goes_on(text, start + len(name)):
        return False
    return " " in name or not (name[0].isupper() and words[0].islower())


def _goes_on(text: str, at: int) -> bool:
    return at < len(text) and unicodedata.category(text[at])[0] in "LNM"


def _evened(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).translate(_EVENED).split())
