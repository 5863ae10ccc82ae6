"""What a story probably tells already: events of the same source, or of the same day in similar words.

Two texts are similar where they share at least three words that say something, and of the shorter one half
(two fifths where they share a place, too). Words are compared by their beginnings: "shows" is "showed".
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from chronicle.prose import words as words_of_prose
from events.importers.drafts import CITABLE
from events.models import Event, Source, Story

MOST = 2000
"""Among how many events of its days a text is compared, the youngest."""
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")
_STEM = 5
_LEAST_SHARED = 3
_SHARE, _SHARE_IN_PLACE = 0.5, 0.4
_EMPTY = frozenset(
    "about after again against also another around been before being between both came could does down during"
    " each even every from have having here into itself just like made many more most much must near once"
    " only other over said same says should since some such than that their them then there these they this"
    " those through told under until upon very were what when where which while whom whose will with within"
    " without would your".split()
)


@dataclass(frozen=True)
class Told:
    """What is compared: the words of a row, its days, the keys of its places."""

    key: str
    text: str
    days: frozenset[date]
    places: frozenset[int]


@dataclass(frozen=True)
class Likely:
    """An event that tells the same, probably, and the beginnings of the words that both share."""

    event: Event
    text: str
    """Its text without its marks."""
    shared: frozenset[str]


def stems(text: str) -> set[str]:
    """The beginnings of the words of ``text`` that say something."""
    return {stem_of(word) for word in _WORD.findall(text.casefold()) if says_something(word)}


def stem_of(word: str) -> str:
    return word if word[0].isdigit() else word.casefold()[:_STEM]


def says_something(word: str) -> bool:
    return word[0].isdigit() or (len(word) > 3 and word.casefold() not in _EMPTY)


def marked(text: str, shared: Collection[str]) -> list[tuple[str, bool]]:
    """``text`` in pieces, each with whether it is a word that is ``shared``."""
    found: list[tuple[str, bool]] = []
    at = 0
    for match in _WORD.finditer(text):
        if says_something(match[0]) and stem_of(match[0].casefold()) in shared:
            found += [(text[at : match.start()], False), (match[0], True)]
            at = match.end()
    return [pair for pair in (*found, (text[at:], False)) if pair[0]]


def likely(rows: Iterable[Told], story: Story, source: Source | None) -> dict[str, Likely]:
    """By the keys of ``rows``, the event that each repeats, probably. Three queries, however many rows."""
    told = list(rows)
    events = _events(told, story, source)
    places: dict[int, set[int]] = defaultdict(set)
    through = Event.places.through.objects.filter(event__in=list(events))
    for event, place in through.values_list("event_id", "place_id"):
        places[event].add(place)
    texts = {pk: words_of_prose(event.text) for pk, event in events.items()}
    words = {pk: stems(f"{event.headline} {texts[pk]}") for pk, event in events.items()}
    holding: dict[str, list[int]] = defaultdict(list)
    for pk, found in words.items():
        for stem in found:
            holding[stem].append(pk)
    same_source = _citing(source)
    found_of = ((row, _best(row, events, words, holding, places, same_source)) for row in told)
    return {row.key: Likely(events[pk], texts[pk], frozenset(shared)) for row, (pk, shared) in found_of if pk}


def _events(told: list[Told], story: Story, source: Source | None) -> dict[int, Event]:
    days = frozenset[date]().union(*(row.days for row in told))
    of_days = Q(day__date__in=days) | Q(happened_on__in=days)
    of_source = Q(citations__source=source) if source else Q(pk=None)
    events = Event.objects.filter(of_days | of_source, day__story=story, state__in=CITABLE)
    return {event.pk: event for event in events.distinct().select_related("day").order_by("-pk")[:MOST]}


def _citing(source: Source | None) -> set[int]:
    if source is None:
        return set()
    return set(Event.objects.filter(citations__source=source).values_list("pk", flat=True))


def _best(
    row: Told,
    events: Mapping[int, Event],
    words: Mapping[int, set[str]],
    holding: Mapping[str, list[int]],
    places: Mapping[int, set[int]],
    same_source: set[int],
) -> tuple[int, set[str]]:
    """The event that is most like ``row``, and what both say; 0 where none is like it."""
    own = stems(row.text)
    counts = Counter(pk for stem in own for pk in holding.get(stem, ()))
    best, most = 0, 0.0
    for pk, shared in counts.items():
        event = events[pk]
        if pk not in same_source and row.days.isdisjoint({event.day.date, event.happened_on}):
            continue
        share = shared / max(min(len(own), len(words[pk])), 1)
        enough = _SHARE_IN_PLACE if row.places & places[pk] else _SHARE
        if shared >= _LEAST_SHARED and share >= enough and share > most:
            best, most = pk, share
    return best, own & words.get(best, set())
