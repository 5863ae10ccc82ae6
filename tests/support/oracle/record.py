"""A record to ask: the made islands, the sample and the flood, all changed by many verbs of the desk."""

from contextlib import suppress
from random import Random

from chronicle.models import Edition
from events import press
from events.demo.made import building
from events.editorial import moderation, publishing, writing
from events.editorial.refused import Refused
from events.models import Event, Story
from tests.support import varied
from tests.support.cast import publish
from tests.support.factories import EventFactory, PersonFactory, fresh
from tests.support.media import make_material, take_down, use
from tests.support.proposals import change

SLUGS = [building.SLUG, "the-44-days", "the-flood"]

WORDINGS = (
    "1 January–3 March 1951",
    "1 January 1950–31 December 1952",
    "1 January 1900–31 December 1999",
    "28 December 1899–2 February 2050",
    "31 December 1950–1 January 1951",
    "the day before at 23:00",
    "overnight",
    "last night",
    "22:30–01:15",
    "23:30–00:00",
    "after 11 pm last night",
    "since 10:00",
    "after 21:00",
    "until noon",
    "by 06:00",
    "before 00:10",
    "about 5 January",
    "all day",
    "12:00:05",
    "5 May 1949 at 10:00",
    "1–28 February 1951",
    "1 December 1950–31 January 1951",
)
"""Moments of every shape."""

TEXTS = (
    "<p>The <em>c</em>ity of R&amp;D asked AT&amp;T: is a&lt;b?</p><p>Nothing <strong>strong</strong>.</p>",
    '<ul><li>Şuşa</li><li>Шуша</li></ul><p>Շուշի, شوشا, <a href="https://post.example/a">a link</a>s end</p>',
    "",
)


def build(*, entries: int, seed: int) -> None:
    """All three chronicles, in a database that holds none."""
    varied.build()
    story = building.build(entries=entries, days=max(20, entries // 25), seed=seed)
    dice = Random(seed)
    people = PersonFactory(editor=True), PersonFactory(moderator=True)
    _tell_moments(story, dice, people)
    _change(story, dice, people)
    _show(story, dice, people[0])
    varied.take_down(
        Edition.objects.get(chronicle__slug=story.slug, subject=f"entry/{entries + 1}", edition=1)
    )


def _tell_moments(story: Story, dice: Random, people) -> None:
    editor, _ = people
    days, kinds, sources = list(story.days.all()[:8]), list(story.kinds.all()), list(story.sources.all()[:40])
    places, actors = list(story.places.all()), list(story.actors.all())
    for number, wording in enumerate(WORDINGS * 2):
        event = EventFactory(
            day=dice.choice(days),
            kind=dice.choice(kinds),
            headline=f"Moment {number}: Ağdam and Ørsted",
            wording=wording,
            text=dice.choice(TEXTS),
            is_key=dice.random() < 0.3,
            position=dice.randrange(4),
            places=dice.sample(places, 2),
            actors=dice.sample(actors, 1),
            source=dice.choice(sources),
            decided="approved",
            fate="published",
        )
        if number % 4 == 0:
            event.headline = f"{event.headline}, corrected"
            writing.save_event(event, by=editor, seen=event.version, places=dice.sample(places, 1))
            publish(event, editor, "It was elsewhere.")


def _change(story: Story, dice: Random, people) -> None:
    """Withdraw, restore, correct, retract, rename and move some of it."""
    editor, moderator = people
    printed = list(Event.objects.filter(day__story=story, state="published").order_by("pk"))
    for number, event in enumerate(dice.sample(printed, 24)):
        event = fresh(event)
        if number < 10:
            publishing.withdraw(event, by=editor, seen=event.version, reason="It was another island.")
        if number < 3:
            again = fresh(event)
            publishing.reopen_event(again, by=editor, seen=again.version)
            again = fresh(event)
            publishing.publish(again, by=editor, seen=again.version, note="It was right after all.")
        if number >= 10:
            event.wording, event.is_key = dice.choice(WORDINGS), number % 2 == 0
            writing.save_event(event, by=editor, seen=event.version)
            publish(event, editor, "It was then.")
    for source in dice.sample(list(story.sources.filter(retraction_reason="")), 3):
        moderation.retract_source(source, by=moderator, seen=source.version, reason="The paper took it back.")
    _move(story, dice, editor)
    _rename(story, dice, people)


def _show(story: Story, dice: Random, editor) -> None:
    """Have some of it show media: one, several, the same as others, and one that is taken down again."""
    materials = [make_material(story, width=200 + n, caption=f"Ağdam, picture {n}") for n in range(4)]
    printed = Event.objects.filter(day__story=story, state="published").order_by("pk")
    for event in dice.sample(list(printed), 25):
        shown = dice.sample(materials, dice.choice((1, 1, 2, 3)))
        publishing.publish(
            use(event, *shown), by=editor, seen=fresh(event).version, note="A picture was found."
        )
    press.print_material(take_down(materials[0], "Its licence ended."), by=None, note="Its licence ended.")


def _move(story: Story, dice: Random, editor) -> None:
    """Have districts lie in another province, towns in another town, and one district in none."""
    inner = list(story.places.exclude(within=None).order_by("pk"))
    outer = list(story.places.filter(within=None).order_by("pk"))
    for number, place in enumerate(dice.sample(inner, 8)):
        place.within = None if number == 0 else dice.choice(outer if number % 2 else inner[:3])
        # Some would lie in what lies in them.
        with suppress(Refused):
            writing.save_named(place, by=editor, seen=place.version)
            writing.print_again(place, by=editor)


def _rename(story: Story, dice: Random, people) -> None:
    editor, moderator = people
    rows = [*dice.sample(list(story.places.all()), 5), *dice.sample(list(story.actors.all()), 3)]
    for number, row in enumerate(rows):
        writing.save_named(row, by=editor, seen=fresh(row).version)
        row.names.create(name=f"Şuşa Şəhər {number}", language="az", position=9)
        row.names.filter(position=1).delete()
        writing.print_again(row, by=editor)
    kind = story.kinds.first()
    kind.name = "Renamed Նոր 0"
    writing.save_named(kind, by=editor, seen=kind.version)
    writing.print_again(kind, by=editor)
    change(story.outlets.first(), editor, moderator, name="Renamed Նոր 1")
