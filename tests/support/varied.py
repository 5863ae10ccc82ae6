"""A record with all that can be in one: corrections, withdrawals, a restoration, a takedown, two stories."""

from django.contrib.auth.models import User
from django.db import transaction

from chronicle.documents import TERM_FACETS
from chronicle.models import Chronicle, Edition, Entry, Page, Term, Text
from events import press
from events.demo import sample
from events.editorial import moderation, publishing, texts, writing
from events.models import Event, Story
from tests.support.cast import publish
from tests.support.factories import (
    ActorFactory,
    DayFactory,
    EventFactory,
    PlaceFactory,
    SourceFactory,
    TextFactory,
    fresh,
    three_people,
)
from tests.support.media import change, make_material, use
from tests.support.media import take_down as taken_down


def build() -> None:
    """The sample and the flood, in an empty database."""
    editor, moderator, admin = (people := three_people()).values()
    sample.build(**people)
    again = Event.objects.filter(state="withdrawn").first()
    publishing.reopen_event(again, by=editor, seen=again.version)
    publishing.publish(again, by=editor, seen=again.version, note="It was right after all.")
    places, actors = [PlaceFactory(), PlaceFactory(name="The mill")], [ActorFactory()]
    events = [
        EventFactory(
            headline=f"Number {number}", wording=f"{number}:30", places=places, actors=actors, published=True
        )
        for number in range(1, 5)
    ]
    DayFactory(published=True)
    about = TextFactory(published=True)
    about.text = "<p>The river rose in April.</p>"
    texts.save_text(about, by=admin, seen=1)
    texts.publish_text(about, by=admin, seen=2, note="It was a month later.")
    publishing.withdraw(events[0], by=editor, seen=events[0].version, reason="It was another mill.")
    events[1].headline = "Number two"
    writing.save_event(events[1], by=editor, seen=events[1].version, places=places[:1])
    publish(events[1], editor, "It was only there.")
    source = fresh(SourceFactory(title="Another report"))
    EventFactory(headline="Number five", source=source, decided="approved", fate="published")
    moderation.retract_source(source, by=moderator, seen=source.version, reason="The paper took it back.")
    _show(editor)
    take_down(Edition.objects.get(chronicle__slug="the-flood", subject="entry/2", edition=1))


def _show(editor: User) -> None:
    """Two entries with media: one that both show and that was printed again, one covered, one taken down."""
    first, second = (
        make_material(place=PlaceFactory(name="The quay")),
        make_material(width=300, graphic="graphic"),
    )
    gone = make_material(width=301, caption="The mill")
    for number, shown in enumerate([(first, second, gone), (first,)]):
        event = use(
            EventFactory(headline=f"Shown {number}", approved=True), *shown, caption="Seen from there"
        )
        publishing.publish(event, by=editor, seen=event.version)
    press.print_material(change(first, credit="The Harbour Post"), by=editor, note="It was the paper's.")
    down = taken_down(gone, "Its licence ended.")
    press.print_material(down, by=None, note="A picture was taken down: its licence ended.")


def take_down(removed: Edition) -> None:
    """Remove the sheet of an edition that is not the latest of its subject."""
    taking = press.Taking(removed.subject, (removed.edition,))
    with transaction.atomic():
        press.print_takedown(_story_of(removed.chronicle), [taking], legal=False, by=None)


def take_whole(chronicle: Chronicle) -> None:
    """Take a subject of each facet down wholly, with what is in the record of it."""
    takings = [press.Taking(subject) for subject in subjects_to_take(chronicle)]
    with transaction.atomic():
        press.print_takedown(_story_of(chronicle), takings[::2], legal=False, by=None)
        press.print_takedown(_story_of(chronicle), takings[1::2], legal=True, by=None)


def subjects_to_take(chronicle: Chronicle) -> list[str]:
    """The last subject of each facet that is in the record of ``chronicle``."""
    rows = (Page.objects.order_by("date"), Text.objects.order_by("name"), Entry.objects.order_by("number"))
    terms = (Term.objects.filter(facet=facet).order_by("number") for facet in TERM_FACETS)
    last = (each.filter(chronicle=chronicle, taken_at=None).last() for each in (*rows, *terms))
    return [row.subject for row in last if row]


def _story_of(chronicle: Chronicle) -> Story:
    return Story.objects.select_for_update().get(key=chronicle.key)
