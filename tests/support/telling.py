"""Tells a story with words that are to be taken down, on a database and a media folder of its own.

    python -m tests.support.telling tell | take | found | brief

See scratch.py. ``tell`` makes the story by the verbs of the desk, ``take`` asks for the takedown and confirms
it, ``found`` prints where each word stands, as JSON; ``brief`` tells and takes one draft alone.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

import tests.support.setting_up  # noqa: F401 - before any model

# Models can be imported only now.
# isort: split
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from PIL import Image

from events.editorial import materials, moderation, publishing, takedowns, writing
from events.editorial.remembering import keep_unsaved, remember, words_of
from events.models import Actor, Citation, Event, Material, Place, Source, Story
from tests.support import crawling, factories, pictures
from tests.support.cast import publish
from tests.support.proposals import propose
from tests.support.whispers import PLACES, STAYS, found_in, word


def tell() -> None:
    """Make the story by the verbs of the desk."""
    people = factories.three_people()
    story = factories.StoryFactory()
    source = _source(story)
    event = _event(source, people)
    _show_picture(event, people)
    _publish_again(event, people)
    _be_noted(event, source, people)
    factories.DayFactory(story=story, sentence="")
    factories.TextFactory(
        story=story, title="About", text=f"<p>{word('about')}</p>", by=people["admin"], published=True
    )
    kept = factories.SourceFactory(
        outlet=factories.OutletFactory(story=story, name="Radio Estuary"), title="Evening bulletin"
    )
    factories.EventFactory(headline=STAYS, source=kept, decided="approved", fate="published")


def _source(story: Any) -> Any:
    outlet = factories.OutletFactory(
        story=story, name=word("outlet"), reliability_reason=f"{word('reason')} says so."
    )
    return factories.SourceFactory(outlet=outlet, title=word("title"))


def _event(source: Any, people: dict[str, Any]) -> Any:
    place = factories.PlaceFactory(story=source.story, name=word("place"))
    place.names.create(name=word("othername"), language="az", preferred=True)
    event = factories.EventFactory(
        headline=f"{word('headline')} is closed",
        text=f"<p>It was {word('text')}.</p>",
        places=[place],
        actors=[factories.ActorFactory(story=source.story, name=word("actor"))],
    )
    _cite(event, source, people)
    _be_revised(event, people)
    day = event.day
    day.sentence = f"The day of {word('sentence')}."
    writing.save_day(day, by=people["editor"], seen=day.version)
    publishing.publish_day(day, by=people["editor"], seen=day.version)
    return event


def _be_revised(event: Any, people: dict[str, Any]) -> None:
    """What stood in its form once, and what somebody typed there and did not save."""
    said = {**words_of(event), "headline": word("headline"), "text": f"<p>{word('text')}</p>"}
    saved = remember(event, by=people["editor"], before=said, why=word("reason"))
    assert saved is not None
    keep_unsaved(event, by=people["editor"], before={}, typed={"headline": word("headline")}, between=(0, 1))


def _cite(event: Any, source: Any, people: dict[str, Any]) -> None:
    said = {"translation": word("translation"), "translation_language": "en", "translated_by": "the desk"}
    quote = {"quote": word("quote"), "locator": word("locator"), **said}
    citation = writing.save_citation(Citation(event=event, source=source, **quote), by=people["editor"])
    moderation.approve(citation, by=people["moderator"], seen=1)
    other = Citation(event=event, source=source, quote=word("rejected"))
    other = writing.save_citation(other, by=people["editor"])
    moderation.reject(other, by=people["moderator"], seen=1, code="inexact", words=word("verdict"))


def _show_picture(event: Any, people: dict[str, Any]) -> None:
    tags = Image.Exif()
    tags[0x013B] = word("metadata")
    sent = pictures.upload(pictures.saved(pictures.scene(), exif=tags), f"{word('metadata')}.jpg")
    made = materials.add(event.story, sent, by=people["editor"])
    made = materials.change(
        made,
        by=people["editor"],
        seen=made.version,
        caption=word("caption"),
        alt=word("alt"),
        credit=word("credit"),
        shows=word("shows"),
        rights="own",
    )
    factories.show(event, made, by=people["editor"], caption=word("beside"))
    made = factories.fresh(made)
    materials.approve(made, by=people["moderator"], seen=made.version)


def _publish_again(event: Any, people: dict[str, Any]) -> None:
    publish(event, people["editor"])
    event = factories.fresh(event)
    event.is_key = True
    writing.save_event(event, by=people["editor"], seen=event.version)
    publish(event, people["editor"], note=f"It was {word('note')}.")


def _be_noted(event: Any, source: Any, people: dict[str, Any]) -> None:
    """A proposal of the source, and the log of the desk as an earlier version wrote it."""
    propose(source, people["editor"], note=word("proposed"), why=word("proposed"), language="pt")
    kind = ContentType.objects.get_for_model(Event)
    LogEntry.objects.create(
        user=people["editor"],
        content_type=kind,
        object_id=str(event.pk),
        object_repr=word("logged"),
        action_flag=2,
        change_message=word("logged"),
    )


def take() -> None:
    """Have one administrator ask for all of it, and another confirm it."""
    story = Story.objects.get()
    event = Event.objects.exclude(headline=STAYS).get()
    source = Source.objects.exclude(title="Evening bulletin").get()
    rows = [event, source, source.outlet, *Place.objects.all(), *Actor.objects.all(), *Material.objects.all()]
    subjects = [str(row.printed) for row in rows]
    subjects += ["text/about", f"page/{event.day.date.isoformat()}"]
    parts = [takedowns.part_of(subject) for subject in subjects]
    asked = takedowns.ask(story, parts, by=factories.PersonFactory(admin=True), reason="A court says so.")
    other = factories.PersonFactory(username="other-admin", is_superuser=True)
    takedowns.confirm(asked, by=other, seen=asked.version)


def brief() -> None:
    """Have a single draft be told and taken down again, for who looks at the job alone."""
    draft = factories.EventFactory(headline="brieflytold")
    asked = takedowns.ask(
        draft.story,
        [takedowns.part_of(f"event/{draft.pk}", on_the_desk=True)],
        by=factories.PersonFactory(admin=True),
        reason="A court says so.",
    )
    other = factories.PersonFactory(username="other-admin", is_superuser=True)
    takedowns.confirm(asked, by=other, seen=asked.version)


def found() -> dict[str, list[str]]:
    """Where each word stands: in which column of which table, and in which answer of site and desk."""
    places: dict[str, set[str]] = {place: set() for place in PLACES}
    for where, content in (*_columns(), *answers()):
        for place in found_in(content):
            places[place].add(where)
    return {place: sorted(where) for place, where in places.items()}


def _columns() -> Iterator[tuple[str, bytes]]:
    for model in apps.get_models(include_auto_created=True):
        for values in model.objects.order_by().values():
            for name, value in values.items():
                said = value if isinstance(value, bytes) else str(value).encode()
                yield f"{model._meta.db_table}.{name}", bytes(said)


def answers() -> list[tuple[str, bytes]]:
    """Each answer that a reader gets, and each that an administrator gets at the desk."""
    boss = Client()
    boss.force_login(factories.PersonFactory(admin=True))
    desk = crawling.crawl(client=boss, beginnings=("/desk/",), below="/desk/")
    return [*crawling.crawl().items(), *desk.items()]


if __name__ == "__main__":
    told = {"tell": tell, "take": take, "brief": brief, "found": lambda: print(json.dumps(found()))}
    told[sys.argv[1]]()
