"""Builds the sample chronicle by the verbs of the desk, as an editor and a moderator would."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction

from chronicle import prose
from events.demo import pictures, terms
from events.demo.days import DAYS
from events.demo.shapes import (
    APPROVED,
    DRAFT,
    REJECTED,
    SUBMITTED,
    WITHDRAWN,
    CitationData,
    DayData,
    EventData,
    TextData,
)
from events.demo.texts import TEXTS
from events.editorial import materials, moderation, opening, publishing, texts, using, writing
from events.models import Actor, Citation, Day, Event, Kind, Material, Outlet, Place, Source, Story, Text, Use

SLUG = "the-44-days"
DESCRIPTION = (
    "27 September to 9 November 2020 in and around Karabakh, day by day in Baku time. A sample: it tells "
    "of days 1, 42 and 43 only, and rests on one article by Vestnik Kavkaza, whose claims it attributes "
    "and does not judge."
)


@dataclass(frozen=True)
class Index:
    """What entries can be indexed under, and show, by the name that the data uses."""

    kinds: dict[str, Kind]
    places: dict[str, Place]
    actors: dict[str, Actor]
    source: Source
    pictures: dict[str, Material]


def exists() -> bool:
    return Story.objects.filter(slug=SLUG).exists()


@transaction.atomic
def build(
    *,
    editor: User,
    moderator: User,
    admin: User,
    days: Sequence[DayData] = DAYS,
    progress: Callable[[str], None] = lambda sentence: None,
) -> Story:
    """Build all of it or nothing. ``editor`` writes, draws and publishes, ``moderator`` decides on citations
    and pictures, ``admin`` opens it and writes the pages beside the days."""
    story = Story(
        title="The 44 days",
        slug=SLUG,
        description=DESCRIPTION,
        first_date=date(2020, 9, 27),
        last_date=date(2020, 11, 9),
        zone="Asia/Baku",
    )
    story.full_clean()
    story.save()
    opening.open_story(story, by=admin, seen=story.version)
    index = make_index(story, editor)
    progress(f"{len(index.kinds)} kinds, {len(index.places)} places, {len(index.actors)} actors, 1 source.")
    progress(f"{len(index.pictures)} pictures, drawn from them.")
    for data in days:
        day = make_day(story, data, editor)
        for position, event in enumerate(data.events):
            make_event(day, event, position=position, index=index, editor=editor, moderator=moderator)
        progress(f"Day {day.number}, {day.date:%-d %B %Y}: {len(data.events)} events.")
    for text in TEXTS:
        make_text(story, text, admin)
    progress(f"{len(TEXTS)} pages beside the days.")
    return story


def make_index(story: Story, editor: User) -> Index:
    kinds = {
        name: writing.save_named(Kind(story=story, name=name, description=words), by=editor)
        for name, words in terms.KINDS.items()
    }
    places = {}
    for data in terms.PLACES:
        place = Place(story=story, latitude=data.latitude, longitude=data.longitude, note=data.note)
        places[data.names[0].name] = named(place, data.names, editor)
    actors = {
        data.names[0].name: named(Actor(story=story, nature=data.nature), data.names, editor)
        for data in terms.ACTORS
    }
    outlet = Outlet(story=story, name=terms.OUTLET, reliability=Outlet.Reliability.F)
    writing.save_named(outlet, by=editor)
    source = Source(
        story=story,
        outlet=outlet,
        title=terms.SOURCE_TITLE,
        published_on=terms.SOURCE_PUBLISHED.isoformat(),
        language=terms.SOURCE_LANGUAGE,
    )
    writing.save_named(source, by=editor)
    return Index(kinds, places, actors, source, pictures.make(story, editor=editor))


def named(row: Place | Actor, names: Sequence[terms.NameData], editor: User):
    """Save ``row`` with its names."""
    row.full_clean()
    writing.save_named(row, by=editor)
    for position, data in enumerate(names):
        row.names.create(
            name=data.name,
            language=data.language,
            used_by=data.used_by,
            position=position,
            preferred=data.preferred,
        )
    writing.print_again(row, by=editor)
    return row


def make_day(story: Story, data: DayData, editor: User) -> Day:
    day = Day(
        story=story,
        date=data.date,
        headline=data.headline,
        sentence=data.sentence,
        summary=prose.from_plain(data.summary) if data.summary else "",
        occasion=data.occasion,
    )
    writing.save_day(day, by=editor)
    publishing.publish_day(day, by=editor, seen=day.version)
    return day


def make_text(story: Story, data: TextData, admin: User) -> None:
    text = Text(story=story, name=data.name, title=data.title, text=data.text)
    texts.save_text(text, by=admin)
    texts.publish_text(text, by=admin, seen=text.version)


def make_event(
    day: Day, data: EventData, *, position: int, index: Index, editor: User, moderator: User
) -> None:
    """One event with its citations, taken as far through the desk as ``data.fate`` says."""
    event = begin_event(day, data, position, index, editor)
    for use in event.uses.select_related("material"):
        materials.approve(use.material, by=moderator, seen=use.material.version)
    for citation in data.citations:
        cite(event, citation, index.source, editor, moderator)
    if data.fate == DRAFT:
        return
    publishing.submit(event, by=editor, seen=event.version)
    if data.fate == SUBMITTED:
        return
    publishing.publish(event, by=editor, seen=event.version)
    if data.mistake:
        correct(event, data, index, editor, moderator)
    if data.fate == WITHDRAWN:
        publishing.withdraw(event, by=editor, seen=event.version, reason=data.withdrawal)


def begin_event(day: Day, data: EventData, position: int, index: Index, editor: User) -> Event:
    """As its first edition says it, with the pictures that it shows."""
    first = data.mistake
    event = Event(
        day=day,
        kind=index.kinds[data.kind],
        headline=data.headline,
        text=prose.from_plain(first.text if first else data.text),
        wording=data.when,
        position=position,
        is_key=data.key,
    )
    writing.save_event(
        event,
        by=editor,
        places=[index.places[name] for name in (first.places if first else data.places)],
        actors=[index.actors[name] for name in data.actors],
    )
    uses = [Use(material=index.pictures[use.picture], caption=use.caption) for use in data.pictures]
    return using.show(event, uses, by=editor, seen=event.version)


def cite(event: Event, data: CitationData, source: Source, editor: User, moderator: User) -> None:
    citation = Citation(event=event, source=source, quote=data.quote, stance=data.stance)
    writing.save_citation(citation, by=editor)
    if data.fate == APPROVED:
        moderation.approve(citation, by=moderator, seen=citation.version)
    elif data.fate == REJECTED:
        code, words = data.reason
        moderation.reject(citation, by=moderator, seen=citation.version, code=code, words=words)


def correct(event: Event, data: EventData, index: Index, editor: User, moderator: User) -> None:
    """The second edition of an event whose first said something else; its citations still hold."""
    event.text = prose.from_plain(data.text)
    places = [index.places[name] for name in data.places]
    writing.save_event(event, by=editor, seen=event.version, places=places)
    for citation in event.citations.filter(state=Citation.State.APPROVED):
        moderation.confirm(citation, by=moderator, seen=citation.version)
    publishing.publish(event, by=editor, seen=event.version, note=data.mistake.note)
