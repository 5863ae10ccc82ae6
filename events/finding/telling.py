"""By which words each row of the desk is found: its own as they are read, without HTML, and a mark in place
of the name of each thing that it names and that is found by itself.

So an event is found by any name of its places as they are called now, whoever renames them: what is typed is
looked up among places first. The headline of an event and the title of a source stand among the words of
their citations, which are kept with them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from chronicle import folding, prose
from events.models import (
    Actor,
    Citation,
    Day,
    Decision,
    Event,
    Kind,
    Material,
    Outlet,
    Place,
    Proposal,
    Source,
    Text,
    Words,
)

MOST_WORDS, MOST_PLACES = 12_000, 249
"""How many words of a row are kept, and how often one of them: a tsvector has no room for more."""
FILLER = "\ue000"
"""Stands between two texts, so that no phrase reaches over. No question holds it."""
MARK = "\ue004"


@dataclass(frozen=True)
class Telling:
    """``code`` of a kind of row, ``rows`` read with all that is told of each, and its ``texts``."""

    code: int
    rows: Callable[[], QuerySet[Any]]
    texts: Callable[[Any], Iterable[str]]


def mark_of(kind: str, pk: int) -> str:
    """The word that stands for a row which another names: of a place, an actor, an outlet or a person."""
    return f"{MARK}{kind}{pk}"


def _of_event(event: Event) -> Iterator[str]:
    yield event.headline
    yield prose.words(event.text)
    yield " ".join(mark_of("place", place.pk) for place in event.places.all())
    yield " ".join(mark_of("actor", actor.pk) for actor in event.actors.all())


def _of_citation(citation: Citation) -> Iterator[str]:
    yield from (citation.quote, citation.translation, citation.event.headline, citation.source.title)
    yield mark_of("outlet", citation.source.outlet_id)


def _of_source(source: Source) -> Iterator[str]:
    yield from (source.title, source.url, mark_of("outlet", source.outlet_id))


def _of_day(day: Day) -> Iterator[str]:
    yield from (day.headline, day.occasion, day.sentence, prose.words(day.summary), day.story.title)


def _of_medium(material: Material) -> Iterator[str]:
    yield from (material.caption, material.alt, material.shows, material.credit, material.asset.name)
    yield material.source.title if material.source else ""


def _of_proposal(proposal: Proposal) -> Iterator[str]:
    yield proposal.note
    yield from (value for value in proposal.fields.values() if isinstance(value, str))
    yield proposal.source.title if proposal.source else ""
    outlet = proposal.outlet_id or (proposal.source.outlet_id if proposal.source else None)
    yield from (mark_of("outlet", outlet) if outlet else "", mark_of("person", proposal.proposed_by_id))


def _of_decision(decision: Decision) -> Iterable[str]:
    return of_words(decision, decision.words.all())


def of_words(decision: Decision, words: Iterable[Words]) -> list[str]:
    """What a decision is found by that has these ``words``: nothing where they have no text."""
    texts = [each.text for each in sorted(words, key=lambda each: each.about) if each.text]
    return [*texts, mark_of("person", decision.by_id) if texts and decision.by_id else ""]


def _named(model: Any) -> QuerySet[Any]:
    return model.objects.prefetch_related("names")


def _decisions() -> QuerySet[Decision]:
    return Decision.objects.prefetch_related("words")


TELLINGS: dict[Any, Telling] = {
    Event: Telling(
        1,
        lambda: Event.objects.select_related("day").prefetch_related(
            Prefetch("places", Place.objects.only("pk").order_by()),
            Prefetch("actors", Actor.objects.only("pk").order_by()),
        ),
        _of_event,
    ),
    Citation: Telling(
        2, lambda: Citation.objects.order_by().select_related("event__day", "source"), _of_citation
    ),
    Source: Telling(3, Source.objects.all, _of_source),
    Outlet: Telling(4, Outlet.objects.all, lambda row: (row.name, row.country, row.side)),
    Day: Telling(5, lambda: Day.objects.select_related("story"), _of_day),
    Material: Telling(6, lambda: Material.objects.select_related("asset", "source"), _of_medium),
    Proposal: Telling(7, lambda: Proposal.objects.select_related("source"), _of_proposal),
    Kind: Telling(8, Kind.objects.all, lambda row: (row.name, row.description)),
    Place: Telling(
        9, lambda: _named(Place), lambda row: (*(name.name for name in row.names.all()), row.note)
    ),
    Actor: Telling(
        10, lambda: _named(Actor), lambda row: (*(name.name for name in row.names.all()), row.note)
    ),
    Text: Telling(11, Text.objects.all, lambda row: (row.title, prose.words(row.text))),
    Decision: Telling(12, _decisions, _of_decision),
}
"""The kinds of rows that are found."""

BITS = 4
"""How many bits of the key of a text tell which kind of row it is of."""


def key_of(model: Any, pk: int) -> int:
    """The key of the text of a row."""
    return pk << BITS | TELLINGS[model].code


def story_of(row: Any) -> int:
    """The key of the story that ``row`` is in."""
    if isinstance(row, Decision):
        return row.told_in_id
    if isinstance(row, Event):
        return row.day.story_id
    return row.event.day.story_id if isinstance(row, Citation) else row.story_id


def told(row: Any) -> str:
    """The folded words of ``row``; empty where it has none, or was taken down."""
    return "" if getattr(row, "erased_at", None) else folded(TELLINGS[type(row)].texts(row))


def folded(texts: Iterable[str]) -> str:
    """The words of ``texts`` as they are kept."""
    kept: list[str] = []
    places: Counter[str] = Counter()
    for text in texts:
        words = text.split() if text.startswith(MARK) else folding.words(text)
        for word in [FILLER, *words] if kept and words else words:
            places[word] += 1
            kept.append(word if places[word] <= MOST_PLACES else FILLER)
    return " ".join(kept[:MOST_WORDS])
