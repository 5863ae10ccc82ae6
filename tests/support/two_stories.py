"""Two stories of one desk, a row of everything in each, and nine people with roles in one, both or none."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone

from events.editorial import closing, keeping, people, publishing, takable, takedowns, writing
from events.models import Decision, Story, Text
from tests.support.cast import confirm_all, make_member
from tests.support.factories import (
    FIRST,
    ActorFactory,
    CitationFactory,
    DayFactory,
    EventFactory,
    KindFactory,
    MaterialFactory,
    OutletFactory,
    PersonFactory,
    PlaceFactory,
    SourceFactory,
    StoryFactory,
    TextFactory,
    fresh,
    show,
)
from tests.support.proposals import propose
from tests.support.sampling import kept_for_a_module

OURS, THEIRS = "Ourstead", "Quillhaven"
"""A word in every text of the one story, and one in every text of the other."""

PEOPLE = (
    *("nobody", "no role", "editor", "moderator", "manager", "administrator", "deactivated"),
    *("stranger", "both"),
)
"""Who has an account, and which role in our story; the stranger is an editor of the other one, and who has a
role in both an editor of ours and a moderator of the other."""

NAMES = {OURS: ("our-editor", "our-moderator", "our-manager", "our-newcomer"), THEIRS: ("their-editor",)}
"""Accounts that are of one story alone."""

WHOSE = ("own", "other's", "missing")
MISSING = 987_654_321
FIFTH = date(2021, 3, 5)
PASSWORD = "a long way to the quay"


@dataclass
class Desk:
    """One story: its word, its rows by name, and the secret of a link that makes a moderator."""

    story: Story
    word: str
    rows: dict[str, Any] = field(default_factory=dict)
    link: str = ""


@dataclass
class World:
    ours: Desk
    theirs: Desk
    people: dict[str, User | None]
    spare: dict[str, Any]
    """An account and a group that nothing points at."""

    def desk(self, whose: str) -> Desk:
        return self.ours if whose == "own" else self.theirs

    def key(self, whose: str, name: str) -> int:
        """The key of a row of that name; of one that is missing, a key that no row has."""
        if whose == "missing":
            return MISSING
        rows = self.desk(whose).rows | self.spare
        return rows[name].pk

    def words_kept_from(self, person: str) -> list[str]:
        """The words of the stories in which that person has no role, and who has one there."""
        seen = {"editor": OURS, "moderator": OURS, "manager": OURS, "stranger": THEIRS}
        if person in ("administrator", "both"):
            return []
        others = [word for word in (OURS, THEIRS) if word != seen.get(person)]
        return [*others, *(name for word in others for name in NAMES[word])]


def build() -> World:
    """All of it, by the verbs of the desk."""
    ours, theirs = _desk("the-flood", OURS), _desk("the-fire", THEIRS)
    everybody: dict[str, User | None] = {
        "nobody": None,
        "no role": PersonFactory(username="none"),
        **{role: make_member(f"our-{role}", ours.story, role) for role in ("editor", "moderator", "manager")},
        "administrator": PersonFactory(username="boss", is_superuser=True),
        "deactivated": make_member("gone", ours.story, "editor", "moderator", "manager"),
        "stranger": make_member("their-editor", theirs.story, "editor"),
    }
    both = everybody["both"] = make_member("editor-and-moderator", ours.story, "editor")
    people.add(theirs.story, both, "moderator", by=PersonFactory(admin=True))
    _of_ones_own(ours, everybody["editor"])
    _of_ones_own(theirs, everybody["stranger"])
    make_member("our-newcomer", ours.story, "editor")
    for person in filter(None, everybody.values()):
        person.set_password(PASSWORD)
        person.is_active = person != everybody["deactivated"]
        person.save()
    spare = {"group": Group.objects.create(name="Spare"), "user": PersonFactory(username="spare")}
    return World(ours, theirs, everybody, spare)


def _desk(slug: str, word: str) -> Desk:
    story = StoryFactory(slug=slug, title=f"The story of {word}", description=f"Of {word}.")
    desk = Desk(story, word, {"story": story})
    rows, of = desk.rows, {"story": story}
    rows["kind"] = KindFactory(name=f"Kind of {word}", **of)
    rows["place"] = PlaceFactory(name=f"Place of {word}", **of)
    rows["actor"] = ActorFactory(name=f"Actor of {word}", **of)
    rows["outlet"] = OutletFactory(name=f"Outlet of {word}", **of)
    rows["source"] = SourceFactory(outlet=rows["outlet"], title=f"Source of {word}")
    rows["day"] = DayFactory(headline=f"Day of {word}", **of)
    rows["text"] = TextFactory(title=f"Text of {word}", text=f"<p>About {word}.</p>", **of)
    told = {"day": rows["day"], "kind": rows["kind"]}
    rows["event"] = EventFactory(
        headline=f"Event of {word}",
        places=[rows["place"]],
        actors=[rows["actor"]],
        source=rows["source"],
        quote=f"Quote of {word}",
        **told,
    )
    rows["citation"] = rows["event"].citations.get()
    rows["material"] = MaterialFactory(caption=f"Caption of {word}", name=f"{word}.jpg", **of)
    rows["decision"] = Decision.objects.filter(citation=rows["citation"]).get()
    # What nothing points at, for whoever may delete such rows.
    bare = EventFactory(headline=f"Bare event of {word}", **told)
    rows["event alone"] = bare
    rows["citation alone"] = CitationFactory(event=bare, source=rows["source"], quote=f"Bare quote of {word}")
    rows["event of nobody"] = EventFactory(headline=f"Lone event of {word}", **told)
    rows["day alone"] = DayFactory(headline=f"Bare day of {word}", date=FIFTH, **of)
    rows["closed day"] = DayFactory(headline=f"Closed day of {word}", date=FIRST, **of)
    closing.close_day(rows["closed day"], by=PersonFactory(editor=True), seen=rows["closed day"].version)
    rows["kind alone"] = KindFactory(name=f"Bare kind of {word}", **of)
    rows["place alone"] = PlaceFactory(name=f"Bare place of {word}", **of)
    rows["actor alone"] = ActorFactory(name=f"Bare actor of {word}", **of)
    rows["outlet alone"] = OutletFactory(name=f"Bare outlet of {word}", **of)
    rows["source alone"] = SourceFactory(outlet=rows["outlet"], title=f"Bare source of {word}")
    rows["text alone"] = TextFactory(name="contact", title=f"Bare text of {word}", **of)
    rows |= _decided_on(word, **told)
    rows |= _on_its_way(word, rows["used source"], **told)
    rows |= _asked_for(rows["kind alone"])
    # As between two batches of an opening.
    waiting = Text.objects.filter(pk=rows["text alone"].pk)
    waiting.update(awaits_by=PersonFactory(admin=True), awaits_version=rows["text alone"].version)
    desk.rows = {name: fresh(row) for name, row in rows.items()}
    _, desk.link = people.invite(desk.story, "moderator", by=PersonFactory(admin=True))
    return desk


def _decided_on(word: str, **told: Any) -> dict[str, Any]:
    """Rows that somebody decided on: what was sent back, and a source in use with a change that waits."""
    outlet = OutletFactory(name=f"Used outlet of {word}", story=told["day"].story)
    source = SourceFactory(outlet=outlet, title=f"Used source of {word}")
    event = EventFactory(headline=f"Told event of {word}", **told)
    CitationFactory(event=event, source=source, quote=f"Approved quote of {word}", approved=True)
    sent_back = CitationFactory(event=event, source=source, quote=f"Wrong quote of {word}", rejected=True)
    changed = propose(source, PersonFactory(editor=True), title=f"Changed source of {word}")
    medium = MaterialFactory(caption=f"Shown caption of {word}", story=outlet.story, approved=True)
    show(event, medium)
    confirm_all(event)
    lapsed = EventFactory(headline=f"Lapsed event of {word}", source=source, decided="approved", **told)
    lapsed.headline = f"Changed event of {word}"
    writing.save_event(lapsed, by=PersonFactory(editor=True), seen=lapsed.version)
    return {
        "lapsed citation": lapsed.citations.get(),
        "told event": event,
        "used source": source,
        "used outlet": outlet,
        "sent back": sent_back,
        "proposal": changed,
        "shown medium": medium,
        "use": event.uses.get(),
    }


def _on_its_way(word: str, source: Any, **told: Any) -> dict[str, Any]:
    """Events in each state from which a verb leads."""
    cited = {"source": source, "decided": "approved", **told}
    rows = {
        fate: EventFactory(headline=f"{fate.title()} event of {word}", fate=fate, **cited)
        for fate in ("submitted", "published", "withdrawn", "draft")
    }
    editor, waiting = PersonFactory(editor=True), rows.pop("draft")
    at = timezone.now() + timedelta(days=2)
    publishing.submit(waiting, by=editor, seen=waiting.version)
    publishing.schedule(waiting, by=editor, seen=fresh(waiting).version, at=at)
    put_away = EventFactory(headline=f"Discarded event of {word}", **told)
    keeping.discard(put_away, by=editor, seen=put_away.version, reason=f"Not of {word}.")
    rows |= {"scheduled": waiting, "discarded": put_away}
    return {f"{fate} event": row for fate, row in rows.items()}


def _asked_for(row: Any) -> dict[str, Any]:
    """A takedown that waits for another administrator, and one that nobody asks for any longer."""
    asked = [
        takedowns.ask(row.story, [takable.part_of_row(row)], by=PersonFactory(admin=True), reason="By law.")
        for _ in range(2)
    ]
    takedowns.take_back(asked[1], by=asked[1].asked_by, seen=1)
    return {"takedown": asked[0], "takedown taken back": asked[1]}


def _of_ones_own(desk: Desk, editor: User) -> None:
    """What only who submitted it puts away."""
    event, source, word = desk.rows["told event"], desk.rows["used source"], desk.word
    words = {"event": event, "source": source, "by": editor}
    taken_back = CitationFactory(quote=f"Late quote of {word}", **words)
    keeping.take_back(taken_back, by=editor, seen=taken_back.version)
    media = [
        MaterialFactory(caption=f"{what} caption of {word}", story=desk.story, by=editor)
        for what in ("Own", "Discarded")
    ]
    keeping.discard_material(media[1], by=editor, seen=media[1].version)
    rows = {
        "own citation": CitationFactory(quote=f"Own quote of {word}", **words),
        "taken back": taken_back,
        "own medium": media[0],
        "discarded medium": media[1],
    }
    desk.rows |= {name: fresh(row) for name, row in rows.items()}


@pytest.fixture(scope="module")
def world_once(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker):
        with django_db_blocker.unblock():
            built = build()
        yield built


@pytest.fixture
def world(world_once, db) -> World:
    return world_once
