"""Random verbs on three stories: after each, documents, columns, index and log agree with the sheets.

``CHRONICLE_SEED=N`` walks again what a run walked that named the seed; CHRONICLE_SOAK=1 walks ten
times, 2,000 steps in all.
"""

import random
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from chronicle.documents import TEXTS as TEXT_NAMES
from chronicle.models import Chronicle, Edition, Entry, Log
from chronicle.record import rebuilding
from chronicle.record.verifying import problems, problems_of
from events.editorial import bulk, moderation, proposing, publishing, scheduling, stories, texts, writing
from events.editorial.copying import copy
from events.editorial.refused import Refused
from events.models import Actor, Citation, Day, Event, Kind, Outlet, Place, Proposal, Source, Story, Text
from tests.support import chance
from tests.support.cast import fresh
from tests.support.factories import (
    ActorFactory,
    DayFactory,
    KindFactory,
    OutletFactory,
    PersonFactory,
    PlaceFactory,
    SourceFactory,
    StoryFactory,
)

STEPS = 200
WORDINGS = ["", "14:30", "after 11:00", "by 18:00", "since morning", "14:00–15:00", "overnight", "12:00:05"]
TEXTS = ["", "<p>The city closed it.</p>", "<p>The city closed it at noon.</p>", "<p>Şuşa: الجسر</p>"]


class Walk:
    """A desk at which somebody does something at random."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.editor, self.moderator = PersonFactory(editor=True), PersonFactory(moderator=True)
        self.both = PersonFactory(username="both", groups=("Editors", "Moderators"))
        self.owner = PersonFactory(username="owner", is_superuser=True)
        self.stories = [self.make_story(number) for number in range(3)]
        self.refused = 0

    def make_story(self, number: int) -> Story:
        zone = ["Europe/Lisbon", "Asia/Tokyo", "UTC"][number]
        story = StoryFactory(slug=f"story-{number}", title=f"Story {number}", zone=zone)
        for name in ("Damage", "Rescue"):
            KindFactory(story=story, name=name)
            PlaceFactory(story=story, name=f"At the {name.lower()}")
            ActorFactory(story=story, name=f"{name} crew")
            SourceFactory(outlet=OutletFactory(story=story, name=f"The {name} Post"), title=f"{name} report")
        for days in range(2):
            DayFactory(story=story, date=story.first_date + timedelta(days=days))
        return story

    def step(self) -> tuple[Story, str]:
        """Do one thing; returns in which story, what, and how it was taken."""
        verb = self.dice.choice(VERBS)
        story = fresh(self.dice.choice(self.stories))
        try:
            verb(self, story)
        except Refused as refused:
            self.refused += 1
            return story, f"{verb.__name__}: refused: {refused}"
        return story, verb.__name__

    def one(self, rows):
        """One of ``rows``; the step is refused where there is none."""
        found = list(rows.order_by("pk"))
        if not found:
            raise Refused("There is nothing of the kind.")
        return self.dice.choice(found)

    def some(self, rows):
        return [row for row in rows.order_by("pk") if self.dice.random() < 0.5]

    def words(self) -> str:
        return " ".join(self.dice.choices(["bridge", "ford", "mill", "is", "closed", "again", "é"], k=4))


def write(walk, story):
    event = Event(day=walk.one(story.days), kind=walk.one(story.kinds), headline=walk.words())
    event.text, event.wording = walk.dice.choice(TEXTS), walk.dice.choice(WORDINGS)
    event.position = walk.dice.randrange(3)
    places, actors = walk.some(story.places), walk.some(story.actors)
    writing.save_event(event, by=walk.editor, places=places, actors=actors)
    cite(walk, story, event)
    moderation.approve(event.citations.get(), by=walk.moderator, seen=1)
    if walk.dice.random() < 0.6:
        publishing.publish(event, by=walk.editor, seen=1)


def cite(walk, story, event=None):
    event = event or walk.one(Event.objects.filter(day__story=story))
    citation = Citation(event=event, source=walk.one(story.sources), quote=walk.words())
    citation.stance = "disputes" if event.citations.count() > 1 and walk.dice.random() < 0.3 else "supports"
    writing.save_citation(citation, by=walk.editor)


def of_state(story, *states):
    return Event.objects.filter(day__story=story, state__in=states)


def publish(walk, story):
    event = walk.one(of_state(story, "draft", "submitted", "published", "scheduled"))
    publishing.publish(event, by=walk.both, seen=event.version, note=walk.dice.choice(["", "Changed."]))


def publish_all(walk, story):
    bulk.publish_submitted(story, by=walk.editor)


def submit(walk, story):
    event = walk.one(of_state(story, "draft"))
    publishing.submit(event, by=walk.editor, seen=event.version)


def edit(walk, story):
    event = walk.one(Event.objects.filter(day__story=story))
    event.headline, event.wording = walk.words(), walk.dice.choice(WORDINGS)
    event.day, event.kind = walk.one(story.days), walk.one(story.kinds)
    event.is_key = walk.dice.random() < 0.2
    writing.save_event(event, by=walk.editor, seen=event.version, places=walk.some(story.places))


def withdraw(walk, story):
    event = walk.one(of_state(story, "published", "scheduled"))
    publishing.withdraw(event, by=walk.editor, seen=event.version, reason=walk.words())


def reopen(walk, story):
    event = walk.one(of_state(story, "withdrawn"))
    publishing.reopen_event(event, by=walk.editor, seen=event.version)


def schedule(walk, story):
    event = walk.one(of_state(story, "draft", "submitted"))
    at = timezone.now() + timedelta(hours=1)
    publishing.schedule(event, by=walk.editor, seen=event.version, at=at, note=walk.words())


def work(walk, story):
    later = timezone.now() + timedelta(hours=2)
    for pk in scheduling.due(later):
        scheduling.publish_due(pk, later)


def citations(story, *states):
    return Citation.objects.filter(event__day__story=story, state__in=states)


def approve(walk, story):
    citation = walk.one(citations(story, "pending"))
    moderation.approve(citation, by=walk.moderator, seen=citation.version)


def reject(walk, story):
    citation = walk.one(citations(story, "pending"))
    moderation.reject(citation, by=walk.moderator, seen=citation.version, code="other", words=walk.words())


def look_again(walk, story):
    citation = walk.one(citations(story, "approved", "rejected"))
    moderation.reopen(citation, by=walk.moderator, seen=citation.version)


def quote_otherwise(walk, story):
    citation = walk.one(citations(story, "pending", "approved", "rejected"))
    citation.quote, citation.source = walk.words(), walk.one(story.sources)
    writing.save_citation(citation, by=walk.editor, seen=citation.version)


def retract(walk, story):
    if walk.dice.random() > 0.1:
        raise Refused("Not so often.")
    source = walk.one(story.sources)
    moderation.retract_source(source, by=walk.moderator, seen=source.version, reason=walk.words())


def rename(walk, story):
    row = walk.one(walk.dice.choice([story.places, story.actors]))
    writing.save_named(row, by=walk.editor, seen=row.version)
    row.names.filter(pk=row.names.first().pk).update(name=f"{walk.words()} {row.version}")
    writing.print_again(row, by=walk.editor)


def name_twice(walk, story):
    row = walk.one(walk.dice.choice([story.places, story.actors]))
    writing.save_named(row, by=walk.editor, seen=row.version)
    row.names.update(preferred=True)
    row.names.get_or_create(name=walk.words(), language="az", preferred=True)
    writing.print_again(row, by=walk.editor)


def put_within(walk, story):
    place = walk.one(story.places)
    place.within = walk.one(story.places)
    writing.save_named(place, by=walk.editor, seen=place.version)
    writing.print_again(place, by=walk.editor)


def grade(walk, story):
    outlet = walk.one(story.outlets)
    outlet.reliability = walk.dice.choice("ABCDEF")
    save_or_propose(walk, outlet)


def move_source(walk, story):
    source = walk.one(story.sources)
    source.outlet = walk.one(story.outlets)
    source.relays = walk.dice.choice([None, walk.one(story.sources)])
    save_or_propose(walk, source)


def save_or_propose(walk, row):
    writing.save_named(row, by=walk.editor, seen=row.version)
    if row.proposed is None:
        writing.print_again(row, by=walk.editor)
    elif walk.dice.random() < 0.7:
        decide(walk, row.story)


def decide(walk, story):
    """Accept, or sometimes reject, what waits."""
    proposal = walk.one(Proposal.objects.filter(story=story, state="open"))
    if walk.dice.random() < 0.1:
        words = {"code": "other", "words": walk.words()}
        proposing.reject(proposal, by=walk.moderator, seen=proposal.version, **words)
    else:
        proposing.accept(proposal, by=walk.moderator, seen=proposal.version, note=walk.words())


def add_row(walk, story):
    if walk.dice.random() < 0.7:
        raise Refused("Not so often.")
    writing.save_named(Outlet(story=story, name=walk.words()), by=walk.editor)
    writing.save_named(Kind(story=story, name=walk.words()), by=walk.editor)


def copy_row(walk, story):
    row = walk.one(walk.dice.choice([Kind, Place, Actor, Outlet, Source]).objects.filter(story=story))
    copy(row, into=fresh(walk.dice.choice(walk.stories)), by=walk.editor)


def tell_story_otherwise(walk, story):
    story.title = walk.words()
    story.name_style = walk.dice.choice(["slash", "brackets", "first"])
    story.citations_needed = walk.dice.choice([0, 1, 1, 1, 1, 2])
    story.last_date = walk.dice.choice([None, date(2021, 3, 6), date(2021, 3, 6), date(2021, 3, 1)])
    stories.save_story(story, by=walk.owner, seen=story.version)


def change_clock(walk, story):
    story.zone = walk.dice.choice(["Europe/Lisbon", "Asia/Tokyo", "America/New_York"])
    stories.save_story(story, by=walk.owner, seen=story.version)


def add_day(walk, story):
    day = Day(story=story, date=story.first_date + timedelta(days=walk.dice.randrange(6)))
    writing.save_day(day, by=walk.editor)


def tell_day(walk, story):
    day = walk.one(story.days)
    day.headline, day.occasion = walk.words(), walk.words()
    writing.save_day(day, by=walk.editor, seen=day.version)
    day = fresh(day)
    publishing.publish_day(day, by=walk.editor, seen=day.version, note=walk.words())


def write_text(walk, story):
    name = walk.dice.choice(TEXT_NAMES)
    text = Text.objects.filter(story=story, name=name).first() or Text(story=story, name=name)
    seen = text.version if text.pk else None
    text.title, text.text = walk.words(), walk.dice.choice(TEXTS[1:])
    texts.save_text(text, by=walk.owner, seen=seen)
    if walk.dice.random() < 0.7:
        texts.publish_text(text, by=walk.owner, seen=text.version, note=walk.words())


VERBS = [
    *[write, publish, edit, approve, write, publish, write, publish, publish],
    *[publish_all, submit, withdraw, reopen, schedule, work, cite, reject, look_again, quote_otherwise],
    *[retract, rename, name_twice, put_within, grade, move_source, decide, add_row, copy_row],
    *[tell_story_otherwise, change_clock, add_day, tell_day, write_text],
]


def rows_of_the_record():
    """Every row of the record, but for how often its logs were presented anew."""
    models = [model for model in apps.get_app_config("chronicle").get_models() if model is not Log]
    rows = {model.__name__: list(model.objects.order_by("pk").values()) for model in models}
    for link in (*rows["EntryTerm"], *rows["Bitmap"], *rows["Spelling"]):
        del link["id"]
    # A name under which nothing is left keeps an empty bitmap, until the next rebuild.
    rows["Bitmap"] = sorted((row for row in rows["Bitmap"] if row["total"] != 0), key=str)
    rows["Spelling"].sort(key=str)
    rows["EntryTerm"].sort(key=lambda link: (link["entry_id"], link["term_id"]))
    rows["Log"] = list(Log.objects.order_by("pk").values("size", "root", "frontier", "last_at", "numbers"))
    return rows


def disagreements():
    """What the desk and the record say of one another that is not so."""
    entries = {
        (entry.chronicle.key, entry.number): entry
        for entry in Entry.objects.with_document().select_related("chronicle")
    }
    for event in Event.objects.select_related("printed", "day__story", "kind"):
        printed = hasattr(event, "printed")
        if event.state == "published" and not printed:
            yield f"“{event}” is published and not printed"
        if printed and event.state == "published" and not event.staged:
            yield from unlike_desk(event, entries[event.story.key, event.printed.number])
    for chronicle in Chronicle.objects.all():
        subjects = Edition.objects.filter(chronicle=chronicle, edition=1).order_by("seq")
        numbers = {}
        for facet, _, number in (one.subject.partition("/") for one in subjects):
            if facet not in ("chronicle", "page", "text"):
                numbers.setdefault(facet, []).append(int(number))
        if any(given != list(range(1, len(given) + 1)) for given in numbers.values()):
            yield f"{chronicle}: numbers have gaps: {numbers}"


def unlike_desk(event, entry):
    shown = (entry.headline, entry.earliest, entry.told_on, entry.document["moment"]["wording"])
    if shown != (event.headline, event.earliest, event.day.date, event.wording):
        yield f"readers see {shown} of “{event}”, with nothing staged"
    if entry.withdrawn_at:
        yield f"“{event}” is published and withdrawn"


def problems_in(story):
    """What verify_record says of the chronicle of ``story``."""
    for chronicle in Chronicle.objects.with_document().filter(key=story.key):
        yield from problems_of(chronicle, lambda done: None)


def disagreement_on(walk: Walk, steps: int) -> str:
    """What is wrong after one of ``steps``, with what was done last; empty where nothing ever is."""
    taken = []
    for number in range(1, steps + 1):
        story, said = walk.step()
        taken.append(f"{story.slug}: {said}")
        everywhere = number % 10 == 0
        wrong = [*(problems() if everywhere else problems_in(story)), *disagreements()]
        if number % 50 == 0:
            before = rows_of_the_record()
            rebuilding.rebuild()
            wrong += [] if rows_of_the_record() == before else ["A rebuild changed the record."]
        if wrong:
            return "\n".join([*taken[-30:], *wrong])
    return ""


@pytest.mark.parametrize("number", range(chance.tries(10)))
def test_after_any_verbs_the_record_agrees_with_its_sheets(db, number):
    walk = Walk(random.Random(f"{chance.SEED} {number}"))

    assert disagreement_on(walk, STEPS) == ""

    print(f"{STEPS} steps, {walk.refused} refused, {Edition.objects.count()} editions")
    assert Edition.objects.count() > STEPS / 10


def test_control_without_the_cards_being_printed_again_it_does_not(db, monkeypatch):
    monkeypatch.setattr("events.press.rendering.reprint", lambda *given, **how: 0)

    assert "its card is not the one its document prints" in disagreement_on(Walk(random.Random(1)), 400)
