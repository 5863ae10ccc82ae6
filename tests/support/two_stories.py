"""Two stories of one desk, with a row of everything in each, and eight people with a role in one or none."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Group, User

from events.editorial import people
from events.models import Decision, Story
from tests.support.cast import make_member
from tests.support.factories import (
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
)
from tests.support.sampling import kept_for_a_module

OURS, THEIRS = "Ourstead", "Quillhaven"
"""A word in every text of the one story, and one in every text of the other."""

PEOPLE = ("nobody", "no role", "editor", "moderator", "manager", "administrator", "deactivated", "stranger")
"""Who has an account, and which role in our story; the stranger is an editor of the other one."""

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
        """The words of the stories in which that person has no role."""
        seen = {"editor": OURS, "moderator": OURS, "manager": OURS, "stranger": THEIRS}
        if person == "administrator":
            return []
        return [word for word in (OURS, THEIRS) if word != seen.get(person)]


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
    rows["kind alone"] = KindFactory(name=f"Bare kind of {word}", **of)
    rows["place alone"] = PlaceFactory(name=f"Bare place of {word}", **of)
    rows["actor alone"] = ActorFactory(name=f"Bare actor of {word}", **of)
    rows["outlet alone"] = OutletFactory(name=f"Bare outlet of {word}", **of)
    rows["source alone"] = SourceFactory(outlet=rows["outlet"], title=f"Bare source of {word}")
    rows["text alone"] = TextFactory(name="contact", title=f"Bare text of {word}", **of)
    desk.rows = {name: fresh(row) for name, row in rows.items()}
    _, desk.link = people.invite(desk.story, "moderator", by=PersonFactory(admin=True))
    return desk


@pytest.fixture(scope="module")
def world_once(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker):
        with django_db_blocker.unblock():
            built = build()
        yield built


@pytest.fixture
def world(world_once, db) -> World:
    return world_once
