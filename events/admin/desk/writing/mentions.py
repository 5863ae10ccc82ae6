"""What the prose of an event says of what its story knows: places and actors that it does not name yet, and
words that its word list has others for."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from chronicle import prose
from chronicle.folding import spans
from events.admin.desk import lexicon
from events.admin.desk.writing.citing import story_asked
from events.admin.keys import key_in
from events.admin.reach import held
from events.editorial import word_list
from events.editorial.holding import may_at_all, verb_on
from events.models import Event, Story
from events.models.event import LONGEST_TEXT

NAME = "events_event_mentions"
CHOSEN = "_name"
"""The button of a name, which adds its place or actor."""
FIELDS = {"place": "places", "actor": "actors"}
MOST = 6
"""How many are offered of each."""

Chosen = Mapping[str, Collection[int]]
"""The keys that are chosen already, by field."""


@dataclass(frozen=True)
class Offer:
    """A place or an actor whose ``name`` stands in the text."""

    key: int
    name: str


@dataclass(frozen=True)
class _Mention:
    field: str
    key: int
    name: str
    places: frozenset[int]
    """Which words of the text it is."""

    @property
    def first(self) -> int:
        return min(self.places)


def urls(site: Any, path: Any) -> list[Any]:
    return [path("mentions/", site.admin_view(mentions_view), name=NAME)]


@require_POST
def mentions_view(request: HttpRequest) -> HttpResponse:
    """What the headline and text say that are sent, as the form shows it."""
    if not may_at_all(request.user, verb_on("change", Event), held=held(request)):
        raise Http404
    story, sent = story_asked(request), request.POST
    told = told_of(story, *words_sent(sent), chosen_in(sent)) if story else {}
    return render(request, "admin/events/writing/mentions.html", told)


def words_sent(sent: Any) -> tuple[str, str]:
    return sent.get("headline", "")[:LONGEST_TEXT], sent.get("text", "")[:LONGEST_TEXT]


def chosen_in(sent: Any) -> Chosen:
    keys = {name: map(key_in, sent.getlist(name)) for name in FIELDS.values()}
    return {name: {key for key in found if key is not None} for name, found in keys.items()}


def chosen_for(event: Event) -> Chosen:
    """What ``event`` names as it is saved."""
    return {name: {row.pk for row in getattr(event, name).all()} for name in FIELDS.values()}


def told_of(story: Story, headline: str, text: str, chosen: Chosen) -> dict[str, Any]:
    """The words that stray from the list of ``story``, and the names of what is not ``chosen`` yet."""
    says = f"{headline}\n{prose.words(text)}"
    known = lexicon.of(story, says)
    offers = _offers(_mentions(known, says), chosen)
    return {
        "strays": word_list.strays(headline, text, known.words),
        "offered": [{"field": name, "offers": offers[name]} for name in FIELDS.values()],
    }


def _mentions(known: lexicon.Lexicon, says: str) -> list[_Mention]:
    """The names that stand in what the prose ``says``, longer ones first: who writes “the old bridge” means
    no “Bridge”."""
    found = list(spans(says))
    words, letters = [word for word, _, _ in found], [says[begin] for _, begin, _ in found]
    named = [
        _Mention(FIELDS[bearer], key, name, _where(name, words, letters)) for bearer, key, name in known.named
    ]
    return sorted(filter(_is_there, named), key=lambda one: (-len(spans(one.name)), one.first))


def _is_there(mention: _Mention) -> bool:
    return bool(mention.places)


def _where(name: str, words: list[str], letters: list[str]) -> frozenset[int]:
    """Which of ``words``, which begin with those ``letters``, are ``name``: “Post” is not meant by who writes
    “post”."""
    length = len(spans(name))
    is_common = length > 1 or name.islower()
    at = [one for one in lexicon.places_of(name, words) if is_common or not letters[one].islower()]
    return frozenset(one + n for one in at for n in range(length))


def _offers(mentions: list[_Mention], chosen: Chosen) -> dict[str, list[Offer]]:
    """Those of ``mentions`` that are of nothing ``chosen``, by field."""
    of = {field: [one for one in mentions if one.field == field] for field in FIELDS.values()}
    return {field: _first(_for_themselves(of[field], chosen[field])) for field in of}


def _for_themselves(mentions: list[_Mention], chosen: Collection[int]) -> list[_Mention]:
    """Those that are no part of another, in the order of the text. What several bear is chosen from the list,
    which tells them apart."""
    taken = set().union(*(one.places for one in mentions if one.key in chosen))
    offered = []
    for one in mentions:
        bearers = {other.key for other in mentions if other.places == one.places}
        if one.places - taken and len(bearers) == 1:
            offered.append(one)
        taken |= one.places
    return sorted(offered, key=lambda one: one.first)


def _first(mentions: list[_Mention]) -> list[Offer]:
    """What the first of ``mentions`` are of, each by one of its names."""
    found: dict[int, Offer] = {}
    for one in mentions:
        found.setdefault(one.key, Offer(one.key, one.name))
    return list(found.values())[:MOST]


def taken_up(sent: Any) -> Any:
    """What was sent, with the name added whose button was pressed, if one was."""
    name, _, key = sent.get(CHOSEN, "").partition(":")
    if name not in FIELDS.values() or key_in(key) is None:
        return sent
    sent = sent.copy()
    sent.appendlist(name, key)
    return sent
