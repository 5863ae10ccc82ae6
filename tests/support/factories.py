"""Makes the rows that a test needs, by the verbs of the desk: whoever reads ``EventFactory(published=True)``
sees an event that an editor wrote, a moderator approved a citation of, and the press printed.

What is not said is usual: the flood in Lisbon, its third day, its editor and its moderator. Two factories
that say nothing of a story, a day or a person share it.
"""

from datetime import date

from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher
from django.contrib.auth.models import Group, User
from factory import LazyAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from events.editorial import materials, moderation, opening, publishing, texts, using, writing
from events.models import Actor, Citation, Day, Event, Kind, Material, Outlet, Place, Source, Story, Text, Use
from events.roles import set_up
from tests.support.pictures import upload, usual

FIRST, THIRD, LAST = date(2021, 3, 1), date(2021, 3, 3), date(2021, 3, 6)


class PersonFactory(DjangoModelFactory):
    """An account of the desk, whose password is its name said twice."""

    class Meta:
        model = User

    class Params:
        editor = Trait(username="editor", groups=("Editors",))
        moderator = Trait(username="moderator", groups=("Moderators",))
        admin = Trait(username="admin", is_superuser=True)
        opener = Trait(username="opener", groups=("Managers",))

    username = Sequence("person-{}".format)
    password = LazyAttribute(lambda person: person.username * 2)
    is_staff = True
    groups = ()

    @classmethod
    def _create(cls, model, *, username, password, groups, **fields):
        if known := model.objects.filter(username=username).first():
            return known
        # The migrations made them; a test that committed emptied the tables.
        if not Group.objects.exists():
            set_up()
        person = model.objects.create(username=username, password=hashed(password), **fields)
        person.groups.set(Group.objects.filter(name__in=groups))
        return person


def hashed(password: str) -> str:
    """As the site hashes it, but a single time: it guards nothing, and a program that a test starts would be
    busy with it longer than with all the rest."""
    hasher = get_hasher()
    quickly = {"iterations": 1} if isinstance(hasher, PBKDF2PasswordHasher) else {}
    return hasher.encode(password, hasher.salt(), **quickly)


def three_people() -> dict[str, User]:
    """Those who build the sample: an editor, a moderator and an administrator."""
    return {name: PersonFactory(**{name: True}) for name in ("editor", "moderator", "admin")}


class StoryFactory(DjangoModelFactory):
    """The story of a flood, six days long, in Lisbon, open to readers; ``unopened`` is not yet."""

    class Meta:
        model = Story
        django_get_or_create = ("slug",)

    class Params:
        unopened = Trait(opened=False)

    opened = True
    title = "The flood"
    slug = "the-flood"
    first_date = FIRST
    last_date = LAST
    zone = "Europe/Lisbon"

    @classmethod
    def _create(cls, model, *, opened, **fields):
        if known := model.objects.filter(slug=fields["slug"]).first():
            return known
        story = model.objects.create(**fields)
        if opened:
            opening.open_story(story, by=PersonFactory(opener=True), seen=story.version)
        return fresh(story)


class KindFactory(DjangoModelFactory):
    class Meta:
        model = Kind
        django_get_or_create = ("story", "name")

    story = SubFactory(StoryFactory)
    name = "Damage"


class NamedFactory(DjangoModelFactory):
    """A place or an actor under one English name."""

    class Meta:
        abstract = True

    story = SubFactory(StoryFactory)

    @classmethod
    def _create(cls, model, *, name, **fields):
        row = model.objects.create(**fields)
        row.names.create(name=name, language="en")
        return row


class PlaceFactory(NamedFactory):
    class Meta:
        model = Place

    name = "The old bridge"
    latitude = "38.72"
    longitude = "-9.14"


class ActorFactory(NamedFactory):
    class Meta:
        model = Actor

    name = "The fire brigade"
    nature = Actor.Nature.ORGANISATION


class OutletFactory(DjangoModelFactory):
    class Meta:
        model = Outlet
        django_get_or_create = ("story", "name")

    story = SubFactory(StoryFactory)
    name = "The Harbour Post"
    reliability = Outlet.Reliability.B
    reliability_reason = "It names its sources."
    reliability_since = date(2021, 2, 1)


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = Source

    class Params:
        broadcast = Trait(
            outlet=SubFactory(
                OutletFactory, name="Radio Estuary", nature="broadcaster", reliability=Outlet.Reliability.C
            ),
            title="Evening bulletin",
            published_on="",
            genre="broadcast",
        )

    outlet = SubFactory(OutletFactory)
    story = LazyAttribute(lambda source: source.outlet.story)
    title = "The river rises"
    published_on = "2021-03-04"


class DayFactory(DjangoModelFactory):
    """The third day of the flood; ``published`` prints its words."""

    class Meta:
        model = Day

    class Params:
        published = Trait(printed=True)

    story = SubFactory(StoryFactory)
    date = THIRD
    by = SubFactory(PersonFactory, editor=True)
    printed = False

    @classmethod
    def _create(cls, model, *, by, printed, **fields):
        known = model.objects.filter(story=fields["story"], date=fields["date"]).first()
        day = known or writing.save_day(model(**fields), by=by)
        if printed:
            publishing.publish_day(day, by=by, seen=day.version)
        return fresh(day)


class TextFactory(DjangoModelFactory):
    """The page that says what the flood is about; ``published`` prints it."""

    class Meta:
        model = Text

    class Params:
        published = Trait(printed=True)

    story = SubFactory(StoryFactory)
    name = "about"
    title = "About the flood"
    text = "<p>The river rose in March.</p>"
    by = SubFactory(PersonFactory, admin=True)
    printed = False

    @classmethod
    def _create(cls, model, *, by, printed, **fields):
        text = texts.save_text(model(**fields), by=by)
        if printed:
            texts.publish_text(text, by=by, seen=text.version)
        return fresh(text)


class CitationFactory(DjangoModelFactory):
    """A pending citation of ``event``; ``approved`` and ``rejected`` have a moderator decide on it."""

    class Meta:
        model = Citation

    class Params:
        approved = Trait(decided="approved")
        rejected = Trait(decided="rejected")

    source = SubFactory(SourceFactory)
    quote = "The bridge was closed."
    by = SubFactory(PersonFactory, editor=True)
    moderator = SubFactory(PersonFactory, moderator=True)
    decided = ""

    @classmethod
    def _create(cls, model, *, by, moderator, decided, **fields):
        citation = writing.save_citation(model(**fields), by=by)
        if decided == "approved":
            moderation.approve(citation, by=moderator, seen=citation.version)
        elif decided == "rejected":
            moderation.reject(
                citation, by=moderator, seen=citation.version, code="inexact", words="It says otherwise."
            )
        return fresh(citation)


class MaterialFactory(DjangoModelFactory):
    """A picture that an editor uploaded, with all that is asked of one; in each test the same, each another.
    Needs ``media_folder``.

    ``approved`` has a moderator decide on it; of ``bare`` nothing is said yet.
    """

    class Meta:
        model = Material

    class Params:
        approved = Trait(decided="approved")
        bare = Trait(credit="", rights="", alt="", caption="")

    story = SubFactory(StoryFactory)
    by = SubFactory(PersonFactory, editor=True)
    moderator = SubFactory(PersonFactory, moderator=True)
    width = Sequence(lambda number: 64 + number % 500)
    name = "bridge.jpg"
    caption = "The old bridge"
    alt = "A bridge of stone over brown water."
    credit = "A. Silva"
    rights = "own"
    source_type = "digitalCapture"
    decided = ""

    @classmethod
    def _create(cls, model, *, story, by, moderator, width, name, decided, **words):
        material = materials.add(story, upload(usual(width), name), by=by)
        material = materials.change(material, by=by, seen=material.version, **words)
        if decided:
            materials.approve(material, by=moderator, seen=material.version)
        return fresh(material)


def show(event: Event, *shown: Material, by: User | None = None, caption: str = "") -> Event:
    """Have ``event`` show media, in that order."""
    uses = [Use(material=material, caption=caption) for material in shown]
    return using.show(event, uses, by=by or PersonFactory(editor=True), seen=fresh(event).version)


class EventFactory(DjangoModelFactory):
    """A draft on which nothing rests yet, taken through the desk as far as its trait says.

    ``cited`` has one pending citation, ``approved`` one approved. ``submitted`` is cited and handed in;
    ``published`` rests on an approved citation; ``withdrawn`` was published before.
    """

    class Meta:
        model = Event

    class Params:
        cited = Trait(source=SubFactory(SourceFactory))
        approved = Trait(cited=True, decided="approved")
        submitted = Trait(cited=True, fate="submitted")
        published = Trait(approved=True, fate="published")
        withdrawn = Trait(approved=True, fate="withdrawn")

    day = SubFactory(DayFactory)
    kind = SubFactory(KindFactory)
    headline = "A bridge is closed"
    places = ()
    actors = ()
    source = None
    quote = "The bridge was closed."
    by = SubFactory(PersonFactory, editor=True)
    moderator = SubFactory(PersonFactory, moderator=True)
    decided = ""
    fate = "draft"

    @classmethod
    def _create(cls, model, *, by, places, actors, source, quote, moderator, decided, fate, **fields):
        event = writing.save_event(model(**fields), by=by, places=places, actors=actors)
        if source:
            CitationFactory(
                event=event, source=source, quote=quote, by=by, moderator=moderator, decided=decided
            )
        move(event, fate, by)
        return fresh(event)


def move(event: Event, fate: str, by: User) -> None:
    """Have ``by`` take a new draft as far as ``fate``: draft, submitted, published, withdrawn."""
    if fate == "submitted":
        publishing.submit(event, by=by, seen=event.version)
    elif fate in ("published", "withdrawn"):
        publishing.publish(event, by=by, seen=event.version)
    if fate == "withdrawn":
        reason = "It was another bridge."
        publishing.withdraw(event, by=by, seen=event.version, reason=reason)


def fresh(row):
    """``row`` as the database has it, with no cached permission or relation."""
    return type(row).objects.get(pk=row.pk)
