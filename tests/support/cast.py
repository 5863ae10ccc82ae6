"""The people, and the story they work on, that tests tell of; and what these people do, in a word."""

import pytest
from django.contrib.auth.models import User
from django.test import override_settings
from django.utils import timezone

from chronicle.models import Chronicle, Edition, Entry, Term
from events.editorial import moderation, opening, people, publishing, writing
from events.models import Story
from tests.support.factories import (
    DayFactory,
    EventFactory,
    KindFactory,
    OutletFactory,
    PersonFactory,
    PlaceFactory,
    SourceFactory,
    StoryFactory,
    TextFactory,
    fresh,
)


def make_person(username: str, *groups: str) -> User:
    """An account of the desk in ``groups``, whose password is its name said twice."""
    return PersonFactory(username=username, groups=groups)


def make_member(username: str, story: Story, *roles: str) -> User:
    """An account of the desk in no group, with ``roles`` in ``story`` alone."""
    person = PersonFactory(username=username)
    for role in roles:
        people.add(story, person, role, by=PersonFactory(admin=True))
    return fresh(person)


def make_event(editor, day, kind, headline="A bridge is closed", source=None, **fields):
    """A draft by ``editor``, with one pending citation where ``source`` is given."""
    return EventFactory(by=editor, day=day, kind=kind, headline=headline, source=source, **fields)


def approve_all(event, moderator):
    """Have ``moderator`` approve every pending citation of ``event``."""
    for citation in event.citations.filter(state="pending"):
        moderation.approve(citation, by=moderator, seen=citation.version)


def confirm_all(event):
    """Have who approved each citation of ``event`` say that it still holds for what that says now."""
    for citation in event.citations.filter(state="approved").select_related("approved_by"):
        if citation.event_hmac != fresh(event).hmac:
            moderation.confirm(citation, by=citation.approved_by, seen=citation.version)


def publish(event, editor, note="", **when):
    """Publish ``event`` as it is now, its approvals confirmed where it says something else since."""
    confirm_all(event)
    return publishing.publish(event, by=editor, seen=fresh(event).version, note=note, **when)


def rewrite(event, by, **values):
    """Have ``by`` write ``values`` into ``event`` as it is now."""
    event = fresh(event)
    for name, value in values.items():
        setattr(event, name, value)
    return writing.save_event(event, by=by, seen=event.version)


def retell(event, editor, note, **values):
    """Have ``editor`` say something else of a published event, and publish that."""
    rewrite(event, editor, **values)
    publish(event, editor, note=note)


def open_to_readers(story):
    """Have ``story`` opened, and print all that waits for it. Returns it as it is then."""
    opening.open_story(story, by=PersonFactory(opener=True), seen=fresh(story).version)
    while opening.print_waiting(story.pk, timezone.now()):
        pass
    return fresh(story)


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
def manager(db):
    return make_person("manager", "Managers")


@pytest.fixture
def both(db):
    """Someone who is an editor and a moderator."""
    return make_person("both", "Editors", "Moderators")


@pytest.fixture
def admin_person(db):
    return PersonFactory(admin=True)


@pytest.fixture
def story(db):
    """The story of a flood, six days long, in Lisbon."""
    return StoryFactory()


@pytest.fixture
def unopened(db):
    """The same story, which is not open to readers yet; to be named before what belongs to it."""
    return StoryFactory(unopened=True)


@pytest.fixture
def day(story, editor):
    return DayFactory(story=story, by=editor)


@pytest.fixture
def text(story, admin_person):
    """What the story is about, not published yet."""
    return TextFactory(story=story, by=admin_person)


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


def entry_of(event):
    """What readers see of ``event``, with its document."""
    number = fresh(event).printed.number
    return Entry.objects.with_document().get(chronicle__key=event.story.key, number=number)


def chronicle_of(story):
    """What ``story`` is printed as."""
    return Chronicle.objects.with_document().get(key=story.key)


def term_of(row):
    """The term that a row of the desk is printed as, with its document."""
    printed = fresh(row).printed
    terms = Term.objects.with_document().select_related("chronicle")
    return terms.get(chronicle__key=row.story.key, facet=printed.facet, number=printed.number)


def editions_of(row):
    """Every edition of a row of the desk, the first first, with its document."""
    editions = Edition.objects.with_document().filter(chronicle__key=row.story.key).order_by("seq")
    printed = fresh(row).printed
    name = row.date if printed.facet == "page" else printed.number
    return list(editions.filter(subject=f"{printed.facet}/{name}"))


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
