"""Words that were withdrawn or taken down are in no answer that a reader can get, whatever is asked for."""

import pytest
from django.test import Client

from chronicle.models import Edition, Sheet
from chronicle.record.rebuilding import rebuild
from chronicle.record.verifying import problems
from events.editorial import moderation, publishing, writing
from events.models import Event
from tests.support import varied
from tests.support.cast import approve_all, chronicle_of, entry_of, publish
from tests.support.crawling import crawl
from tests.support.factories import (
    ActorFactory,
    CitationFactory,
    EventFactory,
    PlaceFactory,
    SourceFactory,
    TextFactory,
    fresh,
)
from tests.support.media import make_material, use
from tests.support.taking import take

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("media_folder")]
CANARY = "Pelican"
ASKED = (
    "timeline/?q=peli*", "timeline/?q=PELICAN", "timeline/?q=PELICAN&by=told", "timeline/?order=oldest",
    "timeline/?place=1", "timeline/?actor=1", "timeline/?source=1", "timeline/?outlet=1", "timeline/?kind=1",
    "timeline/suggest/?q=peli", "day-3/?place=1&actor=1", "day-3/?kind=1", "places/?order=number",
    "sources/?order=date", "media/?q=PELICAN", "entry/1/", "place/1/", "actor/1/", "source/1/", "outlet/1/",
    "kind/1/", "asset/1/", "about/", "day-3/picture.png", "picture.png",
)  # fmt: skip


def said() -> list[str]:
    """The addresses whose answers hold the word."""
    client, found = Client(), crawl()
    for asked in ASKED:
        response = client.get(f"/the-flood/{asked}", follow=True)
        found[asked] = response.getvalue()
    return sorted(address for address, content in found.items() if CANARY.encode() in content)


@pytest.fixture
def told(editor, moderator) -> Event:
    """An entry that says the word wherever an editor can write one."""
    material = make_material(caption="Pelican at dusk", alt="A Pelican.", credit="Pelican press")
    event = use(
        EventFactory(
            headline="One Pelican landed",
            text="<p>The Pelican stayed, <em>Pelican</em> that it was.</p>",
            wording="10:30",
            places=[PlaceFactory(name="Pelican Point")],
            actors=[ActorFactory(name="Pelican watchers")],
            kind__name="Pelican sighting",
            source=SourceFactory(title="The Pelican returns", outlet__name="The Pelican Post"),
            quote="It was a Pelican.",
            decided="approved",
        ),
        material,
        caption="Pelican, seen from the quay",
    )
    publish(event, editor)
    event = fresh(event)
    event.headline = "A Pelican, and nothing else"
    writing.save_event(event, by=editor, seen=event.version)
    publish(event, editor, "The Pelican was alone.")
    return fresh(event)


FEEDS = ("", "timeline/", "corrections/")
"""Those that tell what is gone to be gone."""


def restored(event, editor, moderator) -> Event:
    """``event``, which is withdrawn, published again with other words, place, actor, kind and source."""
    publishing.reopen_event(event, by=editor, seen=fresh(event).version)
    citation = event.citations.get()
    moderation.reopen(citation, by=moderator, seen=citation.version)
    citation = fresh(citation)
    moderation.reject(citation, by=moderator, seen=citation.version, code="inexact", words="A heron.")
    event = fresh(event)
    event.headline, event.text, event.kind = "A heron landed", "<p>A heron.</p>", EventFactory().kind
    bay, brigade = PlaceFactory(name="The bay"), ActorFactory()
    writing.save_event(event, by=editor, seen=event.version, places=[bay], actors=[brigade])
    use(fresh(event))
    CitationFactory(event=fresh(event), source=SourceFactory(title="A heron"), approved=True)
    approve_all(event, moderator)
    publish(event, editor, note="It was a heron.")
    return fresh(event)


def proof_of(action: str) -> str:
    """The address of what proves the edition of the entry that was printed by ``action``."""
    edition = Edition.objects.get(subject="entry/1", action=action)
    return f"/the-flood/log/edition-{edition.seq}.txt"


def test_nothing_that_was_withdrawn_is_said_while_it_is_nor_once_it_is_restored(told, editor, moderator):
    assert len(said()) >= 15
    publishing.withdraw(told, by=editor, seen=told.version, reason="It was no Pelican.")

    # Readers are told why, on its page, in its place on its day, among the corrections and in feeds.
    listed = {"/the-flood/corrections/", "/the-flood/day-3/", "/the-flood/entry/1/", "entry/1/"}
    feeds = {f"/the-flood/{name}feed.{form}" for name in FEEDS for form in ("atom", "json")}
    assert set(said()) == listed | feeds | {proof_of("withdrawal")}

    event = restored(told, editor, moderator)

    assert entry_of(event).withdrawn_at is None
    assert said() == []
    rebuild()
    assert said() == []
    assert list(problems()) == []
    assert Sheet.objects.filter(document__icontains=CANARY).count() >= 6


def test_nothing_that_was_taken_down_is_said(told, editor):
    TextFactory(published=True, title="About the Pelican", text="<p>Pelican.</p>")
    day = fresh(told.day)
    day.headline, day.sentence, day.summary, day.occasion = ("Pelican day",) * 4
    writing.save_day(day, by=editor, seen=day.version)
    publishing.publish_day(day, by=editor, seen=fresh(day).version)
    assert len(said()) >= 15

    take(*varied.subjects_to_take(chronicle_of(told.story)))

    assert said() == []
    rebuild()
    assert said() == []
    assert list(problems()) == []
    assert not Sheet.objects.filter(document__icontains=CANARY).exists()
    assert Edition.objects.filter(action="takedown").count() == 9


def test_nothing_of_an_edition_that_was_taken_down_is_said(editor):
    event = EventFactory(headline="One Pelican landed", published=True)
    event.headline = "A heron landed"
    writing.save_event(event, by=editor, seen=event.version)
    publish(event, editor, "It was a heron.")
    feeds = {f"/the-flood/corrections/feed.{form}" for form in ("atom", "json")}
    histories = {"/the-flood/corrections/", "/the-flood/entry/1/", "/the-flood/entry/1/changes/", "entry/1/"}
    assert set(said()) == feeds | histories | {proof_of("first")}

    take(("entry/1", (1,)))

    assert said() == []
    assert list(problems()) == []
