"""What the entries of the made chronicle are indexed under: rows of the desk, saved in bulk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random

from events.demo.made.letters import LANGUAGES, Zipf, made_name, unlike, variants, written
from events.finding import keeping
from events.models import Actor, ActorName, Kind, Outlet, Place, PlaceName, Story

KINDS = {
    "Weather": "What the sky and the sea did.",
    "Transport": "Ferries, roads and who was held up.",
    "Trade": "What was bought, sold, counted or missing.",
    "Council": "What the councils of the islands decided.",
    "Announcement": "What an office said in public.",
    "Repair": "What was broken, and what was mended.",
    "Dispute": "What two sides said of each other.",
    "Festivity": "What people did in the streets.",
}
NEVER_MORE = {"places": 5000, "actors": 300, "outlets": 60}
PROVINCES, DISTRICTS = 250, 25
"""Among how many places there is one province, and one district of it."""
USED_BY = ("Council of the islands", "Northern press", "Old charts")
FORMS = {
    "person": ("{name} {other}",),
    "organisation": ("{name} Ferry Guild", "Harbour Office of {name}", "{name} Seed Bank"),
    "state": ("Commonwealth of {name}",),
    "group": ("Fishers of {name}", "Residents of {name}"),
}
PAPERS = {
    "en": ("{name} Post", "{name} Gazette", "Radio {name}"),
    "ru": ("Вестник {name}",),
    "hy": ("{name} Լրաբեր",),
    "ar": ("صحيفة {name}",),
}


@dataclass(frozen=True)
class Index:
    """What is there to name; of each, the first is named most."""

    kinds: Zipf[Kind]
    places: Zipf[Place]
    actors: Zipf[Actor]
    outlets: Zipf[Outlet]
    languages: dict[int, str]
    """The language that each outlet, by its primary key, writes in."""
    called: dict[Place | Actor, str]
    """The first name of each."""


def make(story: Story, *, entries: int, dice: Random) -> Index:
    """All that ``entries`` entries may be indexed under: at most 5,000 places, 300 actors and 60 outlets."""
    names = unlike(lambda: made_name(dice))
    kinds = [Kind(story=story, name=name, description=words) for name, words in KINDS.items()]
    places = _make_places(story, _count("places", entries, one_in=2, least=30), names, dice)
    actors = _make_actors(story, _count("actors", entries, one_in=10, least=12), names, dice)
    outlets, languages = _make_outlets(story, _count("outlets", entries, one_in=10, least=8), names, dice)
    made = Kind.objects.bulk_create(kinds)
    for model, rows in ((Kind, made), (Place, places), (Actor, actors), (Outlet, outlets)):
        keeping.keep(model, [row.pk for row in rows])
    return Index(
        Zipf(made),
        Zipf(places),
        Zipf(actors),
        Zipf(outlets),
        languages,
        _first_names(story),
    )


def _first_names(story: Story) -> dict[Place | Actor, str]:
    of_places = PlaceName.objects.filter(place__story=story, position=0).select_related("place")
    of_actors = ActorName.objects.filter(actor__story=story, position=0).select_related("actor")
    return {name.place: name.name for name in of_places} | {name.actor: name.name for name in of_actors}


def _count(what: str, entries: int, *, one_in: int, least: int) -> int:
    return min(NEVER_MORE[what], max(least, entries // one_in))


def _make_places(story: Story, count: int, names: Iterator[str], dice: Random) -> list[Place]:
    """Provinces that hold districts that hold towns; now and then a region is named itself."""
    provinces = _save_places(story, max(2, count // PROVINCES), [None], names, dice)
    districts = _save_places(story, max(4, count // DISTRICTS), provinces, names, dice)
    towns = _save_places(story, count - len(provinces) - len(districts), districts, names, dice)
    order = [*towns, *districts]
    dice.shuffle(order)
    return [*order, *provinces]


def _save_places(
    story: Story, count: int, around: Sequence[Place | None], names: Iterator[str], dice: Random
) -> list[Place]:
    places = Place.objects.bulk_create(
        [_place(story, around[n % len(around)], dice) for n in range(count)], batch_size=200
    )
    PlaceName.objects.bulk_create(
        [
            PlaceName(place=place, position=position, **name)
            for place, name_of_it in zip(places, names, strict=False)
            for position, name in enumerate(_names(name_of_it, dice))
        ],
        batch_size=200,
    )
    return places


def _place(story: Story, within: Place | None, dice: Random) -> Place:
    """A point in the empty south of the Indian Ocean."""
    latitude, longitude = f"{dice.uniform(-44, -40):.4f}", f"{dice.uniform(82, 94):.4f}"
    return Place(story=story, within=within, latitude=latitude, longitude=longitude, precision=1000)


def _names(name: str, dice: Random) -> list[dict]:
    """``name`` in the four scripts, and one or two other spellings of it."""
    others = variants(name)
    spelled = [
        {"name": other, "language": "en", "used_by": USED_BY[1 + n]}
        for n, other in enumerate(dice.sample(others, min(len(others), dice.choice((1, 1, 2)))))
    ]
    # Some are shown under two names, as where two sides have each their own.
    if spelled and dice.random() < 0.2:
        spelled[0]["preferred"] = True
    return [
        {"name": name, "language": "en", "used_by": USED_BY[0], "preferred": True},
        *spelled,
        *({"name": written(name, language), "language": language} for language in LANGUAGES[1:]),
    ]


def _make_actors(story: Story, count: int, names: Iterator[str], dice: Random) -> list[Actor]:
    natures = [list(FORMS)[n % 8 if n % 8 < len(FORMS) else 0] for n in range(count)]
    actors = Actor.objects.bulk_create([Actor(story=story, nature=nature) for nature in natures])
    ActorName.objects.bulk_create(
        [
            ActorName(actor=actor, position=position, **name)
            for actor in actors
            for position, name in enumerate(_called(actor.nature, names, dice))
        ],
        batch_size=200,
    )
    return actors


def _called(nature: str, names: Iterator[str], dice: Random) -> list[dict]:
    """The name of an actor in English and in letters of the other scripts."""
    name, other = islice(names, 2)
    english = dice.choice(FORMS[nature]).format(name=name, other=other)
    own = english if nature == "person" else name
    spellings = [variants(own)[0]] if nature == "person" else []
    return [
        {"name": english, "language": "en", "preferred": True},
        *({"name": spelling, "language": "en", "used_by": USED_BY[1]} for spelling in spellings),
        *({"name": written(own, language), "language": language} for language in LANGUAGES[1:]),
    ]


def _make_outlets(
    story: Story, count: int, names: Iterator[str], dice: Random
) -> tuple[list[Outlet], dict[int, str]]:
    spoken = ["en" if n % 2 else LANGUAGES[n // 2 % len(LANGUAGES)] for n in range(count)]
    outlets = Outlet.objects.bulk_create(
        Outlet(
            story=story,
            name=dice.choice(PAPERS[language]).format(name=written(name, language)),
            nature=dice.choice(Outlet.Nature.values),
            reliability=dice.choice(Outlet.Reliability.values),
            reliability_reason="The grade was drawn by lot, as all of this story was.",
            reliability_since=story.first_date,
            country=f"{written(name, 'en')} Isles",
            side="Council of the islands" if dice.random() < 0.2 else "",
            url=f"https://{name.lower()}.example/",
        )
        for language, name in zip(spoken, names, strict=False)
    )
    return outlets, {outlet.pk: language for outlet, language in zip(outlets, spoken, strict=True)}
