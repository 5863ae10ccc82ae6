"""What the press is given to print, made on the desk: events whose terms readers know, or new sources too."""

from dataclasses import dataclass
from datetime import date
from random import Random
from string import ascii_lowercase
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

import tests.bench.set_up  # noqa: F401 - models can be imported only after it

# isort: split
from chronicle import prose
from events.demo.made import building
from events.editorial import opening, publishing
from events.models import (
    Actor,
    ActorName,
    Citation,
    Day,
    Event,
    Kind,
    Outlet,
    Place,
    PlaceName,
    Source,
    Story,
)
from events.models.citation import LONGEST_QUOTE
from events.models.event import LONGEST_TEXT

WORDS, QUOTED = 50, 12
"""How many words an event says, and how many of them a citation quotes."""


@dataclass(frozen=True)
class People:
    editor: Any
    moderator: Any
    manager: Any


@dataclass
class Stage:
    """Rows of one story that are printed already, from which events are made; ``dice`` choose among them."""

    story: Story
    people: People
    dice: Random
    kinds: list[Kind]
    days: list[Day]
    places: list[Place]
    actors: list[Actor]
    sources: list[Source]

    def words(self, count: int) -> str:
        """``count`` words that mean nothing, few of them alike."""
        lengths = self.dice.choices(range(3, 10), k=count)
        return " ".join("".join(self.dice.choices(ascii_lowercase, k=length)) for length in lengths)


def people() -> People:
    return People(*(get_user_model().objects.get(username=name) for name in building.PEOPLE))


def stage_of(story: Story, of: People, dice: Random, *, most: int = 200) -> Stage:
    """The stage of a story of which something is printed, from up to ``most`` rows of each noun."""
    known: dict[str, Any] = {"story": story, "printed__isnull": False}
    rows = (list(model.objects.filter(**known).order_by("-pk")[:most]) for model in (Kind, Day, Place, Actor))
    kinds, days, places, actors = rows
    sources = Source.objects.filter(**known, retracted_at=None).select_related("outlet").order_by("-pk")
    for day in days:
        day.story = story
    return Stage(story, of, dice, kinds, days, places, actors, list(sources[:most]))


def new_stage(number: int, of: People, dice: Random) -> Stage:
    """That of a new story, opened, with one event printed, so that what it names is known."""
    named = f"beside-{number}-{dice.randrange(10**6)}"
    story = Story(title=named, slug=named, description="Made to measure.")
    story.first_date, story.last_date, story.zone = date(2001, 1, 1), date(2001, 1, 9), "Indian/Mauritius"
    story.citations_needed = 0
    story.full_clean()
    story.save()
    opening.open_story(story, by=of.manager, seen=story.version)
    story.refresh_from_db()
    place, actor = Place.objects.create(story=story), Actor.objects.create(story=story, nature="person")
    PlaceName.objects.create(place=place, name="Lower Quay", language="en", preferred=True)
    ActorName.objects.create(actor=actor, name="Ada Quill", language="en", preferred=True)
    outlet = Outlet.objects.create(story=story, name="The Lower Quay Post", nature=Outlet.Nature.values[0])
    source = Source.objects.create(
        story=story, outlet=outlet, origin=outlet, title="All of it", genre=Source.Genre.values[0]
    )
    kind = Kind.objects.create(story=story, name="Weather", description="What the sky did.")
    day = Day.objects.create(story=story, date=story.first_date)
    stage = Stage(story, of, dice, [kind], [day], [place], [actor], [source])
    [first] = submitted(stage, 1)
    publishing.publish(first, by=of.editor, seen=1)
    return stage_of(story, of, dice)


def submitted(stage: Stage, count: int, *, longest: bool = False, new_sources: bool = False) -> list[Event]:
    """``count`` events as an editor handed them in, each with a citation that a moderator approved.

    The ``longest`` that the forms allow; or each with a source of its own, which is in no index yet.
    """
    events = [_event(stage, longest=longest) for _ in range(count)]
    for event in events:
        event.save()
    _link(stage, events)
    for event in events:
        cite(stage, event, _new_source(stage) if new_sources else None, longest=longest).save()
    return events


def _event(stage: Stage, *, longest: bool) -> Event:
    text = stage.words(LONGEST_TEXT // 6)[: LONGEST_TEXT - 20] if longest else stage.words(WORDS)
    event = Event(
        day=stage.dice.choice(stage.days),
        kind=stage.dice.choice(stage.kinds),
        headline=stage.words(40)[:200].strip() if longest else stage.words(6),
        wording=f"{stage.dice.randrange(24)}:{stage.dice.randrange(60):02}",
        text=prose.from_plain(text),
        state=Event.State.SUBMITTED,
        created_by=stage.people.editor,
    )
    event.read_moment()
    return event


def _link(stage: Stage, events: list[Event]) -> None:
    places: Any = Event.places.through
    actors: Any = Event.actors.through
    places.objects.bulk_create(
        places(event=event, place=place)
        for event in events
        for place in stage.dice.sample(stage.places, min(2, len(stage.places)))
    )
    actors.objects.bulk_create(actors(event=event, actor=stage.dice.choice(stage.actors)) for event in events)


def _new_source(stage: Stage) -> Source:
    like = stage.dice.choice(stage.sources)
    return Source.objects.create(
        story=stage.story,
        outlet=like.outlet,
        origin=like.outlet,
        title=stage.words(6),
        genre=like.genre,
        published_on="2001-01-01",
        language="en",
    )


def cite(
    stage: Stage, event: Event, source: Source | None = None, *, longest: bool = False, waits: bool = False
) -> Citation:
    """A citation of ``event``, not saved; approved, unless it ``waits``."""
    quote = stage.words(LONGEST_QUOTE // 6)[:LONGEST_QUOTE].strip() if longest else stage.words(QUOTED)
    citation = Citation(
        event=event,
        source=source or stage.dice.choice(stage.sources),
        quote=quote,
        submitted_by=stage.people.editor,
        changed_by=stage.people.editor,
    )
    if longest:
        citation.translation, citation.translation_language = quote[::-1].strip(), "en"
        citation.translated_by = "the desk"
    if not waits:
        citation.state, citation.approved_version = Citation.State.APPROVED, 1
        citation.approved_by, citation.approved_at = stage.people.moderator, timezone.now()
        citation.event_hmac = event.hmac
    return citation
