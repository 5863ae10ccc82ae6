"""What a story knows of words: the names of its places and actors, and its word list."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast

from chronicle.folding import spans
from events.admin.desk.queue import NOTHING
from events.finding.asking import with_a_word_of
from events.models import Actor, ActorName, HouseWord, Place, PlaceName, Story

MOST = 200
"""How many of these are looked for in a text."""
NO_KEY = Cast(None, IntegerField())


@dataclass
class Lexicon:
    """What of it some text may hold: names, each with what bears it, "place" or "actor", and its key; lines
    of the word list."""

    named: list[tuple[str, int, str]] = field(default_factory=list)
    words: list[HouseWord] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        return [name for _, _, name in self.named]


def of(story: Story, *texts: str) -> Lexicon:
    """What of the words of ``story`` ``texts`` may hold, in one question."""
    # What no database takes is no word either.
    said = " ".join(" ".join(texts).replace("\0", " ").encode(errors="ignore").decode().split())
    named = [
        _in(said, _names_near(said, story, names, bearers), "name").values_list(
            Value(bearers._meta.model_name), bearers._meta.model_name, "name", NOTHING, NOTHING
        )
        for names, bearers in ((PlaceName, Place), (ActorName, Actor))
    ]
    listed = _in(said, HouseWord.objects.filter(story=story), "instead_of")
    rows = listed.values_list(Value("word"), NO_KEY, "instead_of", "say", "because").union(*named)[:MOST]
    found = Lexicon()
    for what, key, name, say, because in rows:
        if what == "word":
            found.words.append(HouseWord(story=story, say=say, instead_of=name, because=because))
        else:
            found.named.append((what, key, name))
    return found


def _names_near(said: str, story: Story, names: Any, bearers: Any) -> QuerySet[Any]:
    """The ``names`` that ``said`` may hold, fewer than all where to compare each with it takes long."""
    near = bearers.objects.filter(with_a_word_of(said, bearers, story.pk), story=story, erased_at=None)
    return names.objects.filter(**{f"{bearers._meta.model_name}__in": near.order_by().values("pk")})


def _in(said: str, rows: QuerySet[Any], column: str) -> QuerySet[Any]:
    """Those of ``rows`` of which ``said`` holds the ``column``."""
    return rows.order_by().annotate(said=Value(said, TextField())).filter(said__icontains=F(column))


def places_of(name: str, words: list[str]) -> list[int]:
    """Where in ``words``, which are folded as ``spans`` does, all of those of ``name`` stand in turn."""
    wanted = [word for word, _, _ in spans(name)]
    if not wanted:
        return []
    return [at for at in range(len(words) - len(wanted) + 1) if words[at : at + len(wanted)] == wanted]
