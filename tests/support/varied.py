"""A record with all that can be in one: corrections, withdrawals, a restoration, a takedown, two stories."""

from django.contrib.auth.models import User

from chronicle import seal
from chronicle.models import Edition, Log, Removal, Sheet
from events import press
from events.demo import sample
from events.editorial import moderation, publishing, texts, writing
from events.models import Event
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
    """Remove the sheet of an edition that is not the latest of its subject, as a takedown does."""
    log = Log.objects.get(chronicle=removed.chronicle)
    sheet = Sheet.of({"format": 1, "language": "en", "note": "", "removed": [removed.seq], "whole": False})
    sheet.save()
    last = Edition.objects.filter(chronicle=removed.chronicle, subject=removed.subject).latest("edition")
    takedown = Edition(
        chronicle=removed.chronicle,
        seq=log.size + 1,
        subject=removed.subject,
        edition=last.edition + 1,
        action="takedown",
        at=log.last_at,
        by="system",
        commitment=sheet.commitment,
    )
    append(log, takedown)
    Removal.objects.create(commitment=removed.commitment, edition=takedown)
    Sheet.objects.get(commitment=removed.commitment).delete()


def append(log: Log, edition: Edition) -> None:
    """Seal one more edition and bring the log up to it."""
    leaf = seal.leaf(edition.header())
    edition.leaf = leaf.hex()
    edition.save()
    frontier = seal.grown([bytes.fromhex(each) for each in log.frontier], log.size, leaf)
    log.size, log.frontier = log.size + 1, [each.hex() for each in frontier]
    log.root = seal.root_of(frontier).hex()
    log.save()
