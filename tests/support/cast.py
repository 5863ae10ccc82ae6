"""The people, and the story they work on, that tests tell of; and what these people do, in a word."""

import pytest
from django.contrib.auth.models import User
from django.test import override_settings

from events.editorial import moderation, publishing
from tests.support.factories import (
    DayFactory,
    EventFactory,
    KindFactory,
    OutletFactory,
    PersonFactory,
    PlaceFactory,
    SourceFactory,
    StoryFactory,
    fresh,
)


def make_person(username: str, *groups: str) -> User:
    """An account of the desk in ``groups``, whose password is its name said twice."""
    return PersonFactory(username=username, groups=groups)


def make_event(editor, day, kind, headline="A bridge is closed", source=None, **fields):
    """A draft by ``editor``, with one pending citation where ``source`` is given."""
    return EventFactory(by=editor, day=day, kind=kind, headline=headline, source=source, **fields)


def approve_all(event, moderator):
    """Have ``moderator`` approve every pending citation of ``event``."""
    for citation in event.citations.filter(state="pending"):
        moderation.approve(citation, by=moderator, seen=citation.version)


def publish(event, editor, note="", **when):
    """Publish ``event`` as it is now."""
    return publishing.publish(event, by=editor, seen=fresh(event).version, note=note, **when)


@pytest.fixture(autouse=True, scope="session")
def quick_passwords():
    """Passwords of tests guard nothing; hashing them well would take most of the time."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture
def editor(db):
    return PersonFactory(editor=True)


@pytest.fixture
def other_editor(db):
    return make_person("other-editor", "Editors")


@pytest.fixture
def moderator(db):
    return PersonFactory(moderator=True)


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
    return StoryFactory()


@pytest.fixture
def day(story, editor):
    return DayFactory(chronicle=story, by=editor)


@pytest.fixture
def kind(db):
    return KindFactory()


@pytest.fixture
def place(db):
    return PlaceFactory()


@pytest.fixture
def outlet(db):
    return OutletFactory()


@pytest.fixture
def source(outlet):
    return SourceFactory(outlet=outlet)


@pytest.fixture
def other_source(db):
    return SourceFactory(broadcast=True)


@pytest.fixture
def draft(editor, day, kind, source):
    """A draft with one pending citation."""
    return EventFactory(
        by=editor,
        day=day,
        kind=kind,
        source=source,
        text="<p>The city closed the bridge.</p>",
        wording="14:30",
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
