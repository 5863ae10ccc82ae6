"""The people, and the story they work on, that tests tell of."""

from datetime import date

import pytest
from django.contrib.auth.models import Group, User
from django.test import override_settings

from chronicle.models import Chronicle
from events.editorial import moderation, publishing, writing
from events.models import Citation, Day, Event, Kind, Outlet, Place, Source
from events.roles import set_up


def make_person(username: str, *groups: str) -> User:
    """An account of the desk in ``groups``, whose password is its name said twice."""
    set_up()
    person = User.objects.create_user(username, password=username * 2, is_staff=True)
    person.groups.set(Group.objects.filter(name__in=groups))
    return person


def fresh(row):
    """``row`` as the database has it, with no cached permission or relation."""
    return type(row).objects.get(pk=row.pk)


def make_event(
    editor, day, kind, headline="A bridge is closed", source=None, quote="The bridge was closed.", **fields
):
    """A draft by ``editor``, with one pending citation where ``source`` is given."""
    event = writing.save_event(Event(day=day, kind=kind, headline=headline, **fields), by=editor)
    if source:
        writing.save_citation(Citation(event=event, source=source, quote=quote), by=editor)
    return event


def approve_all(event, moderator):
    """Have ``moderator`` approve every pending citation of ``event``."""
    for citation in event.citations.filter(state="pending"):
        moderation.approve(citation, by=moderator, seen=citation.version)


def publish(event, editor, note="", **when):
    """Publish ``event`` as it is now."""
    return publishing.publish(event, by=editor, seen=fresh(event).version, note=note, **when)


@pytest.fixture(autouse=True, scope="session")
def quick_passwords():
    """A password costs a quarter of a second to store as the site does; here it need not be slow to guess."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture
def editor(db):
    return make_person("editor", "Editors")


@pytest.fixture
def other_editor(db):
    return make_person("other-editor", "Editors")


@pytest.fixture
def moderator(db):
    return make_person("moderator", "Moderators")


@pytest.fixture
def other_moderator(db):
    return make_person("other-moderator", "Moderators")


@pytest.fixture
def both(db):
    """Someone who is an editor and a moderator."""
    return make_person("both", "Editors", "Moderators")


@pytest.fixture
def admin_person(db):
    return User.objects.create_superuser("admin", password="adminadmin")


@pytest.fixture
def story(db):
    """A chronicle of a flood, six days long, in Lisbon."""
    return Chronicle.objects.create(
        title="The flood",
        slug="the-flood",
        first_date=date(2021, 3, 1),
        last_date=date(2021, 3, 6),
        zone="Europe/Lisbon",
    )


@pytest.fixture
def day(story, editor):
    return writing.save_day(Day(chronicle=story, date=date(2021, 3, 3)), by=editor)


@pytest.fixture
def kind(db):
    return Kind.objects.create(name="Damage")


@pytest.fixture
def place(db):
    place = Place.objects.create(latitude="38.72", longitude="-9.14")
    place.names.create(name="The old bridge", language="en")
    return place


@pytest.fixture
def outlet(db):
    return Outlet.objects.create(name="The Harbour Post", reliability="B")


@pytest.fixture
def source(outlet):
    return Source.objects.create(outlet=outlet, title="The river rises", published_on=date(2021, 3, 4))


@pytest.fixture
def other_source(db):
    outlet = Outlet.objects.create(name="Radio Estuary", nature="broadcaster", reliability="C")
    return Source.objects.create(outlet=outlet, title="Evening bulletin", genre="broadcast")


@pytest.fixture
def draft(editor, day, kind, source):
    """A draft with one pending citation."""
    return make_event(
        editor, day, kind, source=source, text="<p>The city closed the bridge.</p>", wording="14:30"
    )


@pytest.fixture
def citation(draft):
    return draft.citations.get()


@pytest.fixture
def published(draft, editor, moderator):
    """The draft, its citation approved, published now."""
    approve_all(draft, moderator)
    publish(draft, editor)
    return fresh(draft)
