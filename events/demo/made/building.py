"""Builds the made chronicle: rows of the desk in bulk, then the bulk press, a batch at a time."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import chain, islice
from random import Random
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils import timezone

from chronicle.record import inserting
from chronicle.wording import counted
from events import roles
from events.demo.made import index
from events.demo.made.telling import Teller, Told
from events.editorial import bulk, opening, publishing, writing
from events.editorial.refused import Refused
from events.finding import keeping
from events.models import Citation, Day, Decision, Event, Source, Story
from events.models.story import LONGEST_STORY

SLUG = "made-islands"
TITLE = "The made islands"
DESCRIPTION = (
    "A made chronicle, to show and to measure this site with. A program invented its islands, people, "
    "outlets, sources and events: none of it happened, and nobody in it lives."
)
FIRST = date(1951, 1, 1)
A_DAY = 40
"""Entries, where nobody says over how many days they are to be spread."""
MOST_DAYS = LONGEST_STORY * 365
CITED = ("sources", "citations")
PEOPLE = {"made-editor": "Editors", "made-moderator": "Moderators", "made-manager": "Managers"}
"""Accounts without a password: nobody can sign in with them."""


def exists() -> bool:
    return Story.objects.filter(slug=SLUG).exists()


def days_for(entries: int) -> int:
    """Over how many days ``entries`` entries are spread where nobody says."""
    return min(MOST_DAYS, max(4, round(entries / A_DAY)))


def build(
    *, entries: int, days: int, seed: int, progress: Callable[[int], object] = lambda done: None
) -> Story:
    """Print ``entries`` entries over ``days`` days from ``FIRST`` on; ``progress`` is told how many more are.

    The same numbers make the same record, but for its salts, times and identity. A batch is a transaction:
    whoever wants all or nothing begins one around it.
    """
    dice = Random(seed)  # noqa: S311 - chance that can be had again, and keeps nothing secret
    editor, moderator, manager = _people()
    story = _story(days)
    opening.open_story(story, by=manager, seen=story.version)
    teller = Teller(
        index.make(story, entries=entries, dice=dice), (editor, moderator), dice, now=timezone.now()
    )
    told = _told(story, entries_a_day(entries, days, dice), teller)
    while batch := list(islice(told, bulk.BATCH)):
        _print(story, batch, teller)
        progress(len(batch))
    return story


def _people() -> list[User]:
    roles.set_up()
    people = []
    for name, group in PEOPLE.items():
        person, _ = get_user_model().objects.get_or_create(username=name)
        person.set_unusable_password()
        person.save()
        person.groups.add(Group.objects.get(name=group))
        people.append(person)
    return people


def _story(days: int) -> Story:
    story = Story(
        title=TITLE,
        slug=SLUG,
        description=DESCRIPTION,
        first_date=FIRST,
        last_date=FIRST + timedelta(days=days - 1),
        zone="Indian/Mauritius",
        # Some entries rest on nothing, as readers of any chronicle may have to be told.
        citations_needed=0,
    )
    story.full_clean()
    story.save()
    return story


def entries_a_day(entries: int, days: int, dice: Random) -> list[int]:
    """How many entries each day tells: few on most days, many on some, none on one in twelve.

    The first and the last day are never left out.
    """
    weights = [dice.lognormvariate(0, 0.7) for _ in range(days)]
    inner = range(1, days - 1)
    for empty in dice.sample(inner, min(len(inner), max(1, days // 12))):
        weights[empty] = 0
    counts = Counter(dice.choices(range(days), weights=weights, k=max(0, entries - 2)))
    counts.update([0, days - 1][:entries])
    return [counts[number] for number in range(days)]


def _told(story: Story, counts: Sequence[int], teller: Teller) -> Iterator[Told]:
    for number, count in enumerate(counts):
        if count:
            day = _make_day(story, story.first_date + timedelta(days=number), count, teller)
            yield from (teller.tell(day, position) for position in range(count))


def _make_day(story: Story, on: date, count: int, teller: Teller) -> Day:
    day = Day(
        story=story,
        date=on,
        headline=teller.sentence("en", 6)[:-1],
        sentence=f"A day of {counted(count, 'made entry', 'made entries')}. {teller.sentence('en', 9)}",
    )
    writing.save_day(day, by=teller.editor)
    publishing.publish_day(day, by=teller.editor, seen=day.version)
    return day


@transaction.atomic
def _print(story: Story, batch: Sequence[Told], teller: Teller) -> None:
    """Save ``batch`` on the desk as if every citation had been approved, and publish it."""
    events = [told.event for told in batch]
    sources, citations = (list(chain.from_iterable(getattr(told, each) for told in batch)) for each in CITED)
    inserting.insert_numbered(Source, sources)
    inserting.insert_numbered(Event, events)
    _link(batch)
    for citation in citations:
        # What is saved now has its row id only now.
        citation.event, citation.source = citation.event, citation.source
        citation.event_hmac = citation.event.hmac
    inserting.insert_numbered(Citation, citations)
    for model, rows in ((Source, sources), (Event, events), (Citation, citations)):
        keeping.keep(model, [row.pk for row in rows])
    _decide(story, events, citations, teller)
    tally = bulk.publish_submitted(story, by=teller.editor)
    if tally.refused:
        raise Refused(tally.refused[0])
    teller.remember(sources)


def _link(batch: Iterable[Told]) -> None:
    places: Any = Event.places.through
    actors: Any = Event.actors.through
    places.objects.bulk_create(
        (places(event=told.event, place=place) for told in batch for place in told.places), batch_size=200
    )
    actors.objects.bulk_create(
        (actors(event=told.event, actor=actor) for told in batch for actor in told.actors), batch_size=200
    )


def _decide(story: Story, events: Sequence[Event], citations: Sequence[Citation], teller: Teller) -> None:
    """What the verbs would have noted of each event and citation."""
    submitted, pending = Event.State.SUBMITTED, Citation.State.PENDING
    common = {"by": teller.editor, "verb": "submit", "version": 1, "told_in": story}
    inserting.insert_objects(
        Decision,
        [
            *(Decision(event=e, from_state=Event.State.DRAFT, to_state=submitted, **common) for e in events),
            *(Decision(citation=c, to_state=pending, **common) for c in citations),
            *(
                Decision(
                    citation=citation,
                    told_in=story,
                    verb="approve",
                    by=teller.moderator,
                    version=1,
                    from_state=pending,
                    to_state=Citation.State.APPROVED,
                )
                for citation in citations
            ),
        ],
    )
