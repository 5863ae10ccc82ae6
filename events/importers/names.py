"""Which places and actors a passage names, by every name that the story knows: of any language or side.

A name is found as whole words, white space, quotes and dashes evened out. The longest name wins its
words, so that "National Security Service of Armenia" does not also name Armenia. Capitals don't matter,
but that a name of one word is not found where the text writes it small: "turkey" is not Turkey.
A name that several places or actors bear finds them all: the editor, who sees them, takes one off.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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
    """What each of ``texts`` names of ``story``; six queries at most, however many texts."""
    known = _Known(story)
    found = [known.bearers_in(text) for text in texts]
    wanted = set().union(*found)
    places = Place.objects.prefetch_related("names").in_bulk(_keys(wanted, "place"))
    actors = Actor.objects.prefetch_related("names").in_bulk(_keys(wanted, "actor"))
    return [
        Mentioned(
            places=tuple(places[pk] for pk in _keys(bearers, "place")),
            actors=tuple(actors[pk] for pk in _keys(bearers, "actor")),
        )
        for bearers in found
    ]


def _keys(bearers: set[Bearer], facet: str) -> list[int]:
    return sorted(pk for found, pk in bearers if found == facet)


class _Known:
    """Every name of a story by its first word, longest first."""

    def __init__(self, story: Story) -> None:
        bearers: dict[str, set[Bearer]] = defaultdict(set)
        for name, pk in PlaceName.objects.filter(place__story=story).values_list("name", "place_id"):
            bearers[_evened(name)].add(("place", pk))
        for name, pk in ActorName.objects.filter(actor__story=story).values_list("name", "actor_id"):
            bearers[_evened(name)].add(("actor", pk))
        self._by_first_word: dict[str, list[tuple[str, set[Bearer]]]] = defaultdict(list)
        for name in sorted(bearers, key=len, reverse=True):
            if first := _WORD.match(name):
                self._by_first_word[first[0].casefold()].append((name, bearers[name]))

    def bearers_in(self, text: str) -> set[Bearer]:
        found: set[Bearer] = set()
        for _, bearers in self._names_in(_evened(text)):
            found |= bearers
        return found

    def _names_in(self, text: str) -> Iterator[tuple[str, set[Bearer]]]:
        ends = 0
        for word in _WORD.finditer(text):
            if word.start() < ends:
                continue
            for name, bearers in self._by_first_word.get(word[0].casefold(), ()):
                if _stands_at(word.start(), name, text):
                    yield name, bearers
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
