"""The pictures of the sample: a map and a chart, drawn from its own data and credited to who draws them.

They say nothing that the data do not say: points and names of places, and how many entries are told in which
words of the article for when.
"""

from collections import Counter
from functools import cache

from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile

from events.demo import drawings, terms
from events.demo.day_43 import DAY_CHART, EVENTS, PLACES_MAP
from events.demo.drawings import Mark
from events.demo.shapes import PUBLISHED, PictureData
from events.editorial import materials
from events.models import Material, Story
from events.models.rights import Consent, Rights, SourceType

CREDIT = "Chronicle, drawn from the data of this sample"
OBTAINED = "Drawn by the command that builds this sample."
ELSEWHERE = ("Ankara", "Baku", "Yerevan")
"""Too far from the others for one map."""
REGIONS = ("Karabakh",)
"""Whose point would say more than is known."""

TOLD = [event for event in EVENTS if event.fate == PUBLISHED]


def places_shown() -> list[Mark]:
    """The places of the entries of day 43 that a map can show, under all the names that are shown of them."""
    named = {name for event in TOLD for name in event.places} - {*ELSEWHERE, *REGIONS}
    return [
        Mark(label_of(place), float(place.latitude), float(place.longitude))
        for place in terms.PLACES
        if place.names[0].name in named
    ]


def label_of(place: terms.PlaceData) -> str:
    return " / ".join(name.name for name in place.names if name.preferred)


def entries_told() -> list[tuple[str, int]]:
    """How many entries of day 43 are told in which words for when, in the order of the article."""
    return [*Counter(event.when for event in TOLD).items()]


@cache
def map_of_places() -> bytes:
    return drawings.locator_map("Places that entries of day 43 name", places_shown())


@cache
def chart_of_entries() -> bytes:
    return drawings.chart("Entries of day 43, by the article’s words for when", entries_told())


PICTURES = (
    PictureData(
        name=PLACES_MAP,
        draw=map_of_places,
        shows="The places that entries of day 43 name, but for Ankara, Baku and Yerevan, which lie too far "
        "away, and Karabakh, which is a region. Latitude and longitude are of WGS 84, and rounded. No border "
        "is drawn.",
        caption="Places that entries of day 43 name",
        alt="A map of six points, without borders. From north to south: Tərtər / Terter; Aghdam / Ağdam; "
        "Xocavənd / Martuni, the easternmost; Shusha / Shushi; Qubadlı / Gubadly, the westernmost; and "
        "Balasoltanlı. From the first to the last it is about 120 km.",
    ),
    PictureData(
        name=DAY_CHART,
        draw=chart_of_entries,
        shows="How many of the 14 entries of day 43 are told in which words of the article for when. What is "
        "not published, or was withdrawn, is not counted.",
        caption="Entries of day 43, by the article’s words for when",
        alt="A chart of six bars. Overnight: 4 entries. The day before: 1. After 11:00: 3. In the afternoon: "
        "4. In the evening: 1. Late in the evening: 1.",
    ),
)


def make(story: Story, *, editor: User) -> dict[str, Material]:
    """The media by the names of their files, to be approved with the captions of what shows them."""
    return {data.name: _made(story, data, editor) for data in PICTURES}


def _made(story: Story, data: PictureData, editor: User) -> Material:
    upload = SimpleUploadedFile(data.name, data.draw(), content_type="image/png")
    material = materials.add(story, upload, by=editor)
    return materials.change(
        material,
        by=editor,
        seen=material.version,
        shows=data.shows,
        caption=data.caption,
        alt=data.alt,
        credit=CREDIT,
        obtained=OBTAINED,
        rights=Rights.OWN,
        consent=Consent.NOT_NEEDED,
        source_type=SourceType.DATA_DRIVEN,
    )
