"""What the entries of the sample are indexed under: kinds, places, actors, and the one source.

Of a place or actor the first name is the one that ``days.py`` knows it by. Coordinates are WGS 84
degrees, rounded to what the name of a town or region can bear.
"""

from dataclasses import dataclass
from datetime import date

BAKU, YEREVAN = "Baku", "Yerevan"
ENGLISH, RUSSIAN, ARTICLE = "English press", "Russian press", "Vestnik Kavkaza"


@dataclass(frozen=True)
class NameData:
    """One name. ``preferred``: the chronicle shows it, beside the others that it prefers."""

    name: str
    language: str
    used_by: str
    preferred: bool = False


@dataclass(frozen=True)
class PlaceData:
    latitude: str
    longitude: str
    names: tuple[NameData, ...]
    note: str = ""


@dataclass(frozen=True)
class ActorData:
    nature: str
    names: tuple[NameData, ...]


KINDS = {
    "Fighting": "What armed forces are said to have done to each other.",
    "Civilian harm": "What is said to have happened to people and homes away from the fighting.",
    "Diplomacy": "What states are said to have told each other or agreed.",
    "Announcement": "What an office said in public.",
    "Footage": "Pictures and recordings that were released.",
    "Politics": "Decisions and appointments inside a state.",
    "Public life": "What people did in the streets.",
}

PLACES = (
    PlaceData(
        "39.7583",
        "46.7486",
        (
            NameData("Shusha", "en", BAKU, preferred=True),
            NameData("Shushi", "en", YEREVAN, preferred=True),
            NameData("Şuşa", "az", BAKU),
            NameData("Շուշի", "hy", YEREVAN),
            NameData("Шуша", "ru", RUSSIAN),
        ),
    ),
    PlaceData(
        "39.9911",
        "46.9297",
        (
            NameData("Aghdam", "en", ENGLISH, preferred=True),
            NameData("Ağdam", "az", BAKU),
            NameData("Ակնա", "hy", YEREVAN),
            NameData("Агдам", "ru", RUSSIAN),
        ),
    ),
    PlaceData(
        "40.3453",
        "46.9294",
        (
            NameData("Tərtər", "az", BAKU, preferred=True),
            NameData("Terter", "en", ENGLISH, preferred=True),
            NameData("Թարթառ", "hy", YEREVAN),
            NameData("Тертер", "ru", RUSSIAN),
        ),
    ),
    PlaceData(
        "39.7953",
        "47.1131",
        (
            NameData("Xocavənd", "az", BAKU, preferred=True),
            NameData("Martuni", "en", YEREVAN, preferred=True),
            NameData("Khojavend", "en", ENGLISH),
            NameData("Մարտունի", "hy", YEREVAN),
            NameData("Ходжавенд", "ru", RUSSIAN),
        ),
    ),
    PlaceData(
        "39.3444",
        "46.5811",
        (
            NameData("Qubadlı", "az", BAKU, preferred=True),
            NameData("Gubadly", "en", ENGLISH, preferred=True),
            NameData("Կուբաթլու", "hy", YEREVAN),
            NameData("Губадлы", "ru", RUSSIAN),
        ),
    ),
    PlaceData(
        "39.29",
        "46.66",
        (
            NameData("Balasoltanlı", "az", BAKU, preferred=True),
            NameData("Balasoltanogly", "en", ARTICLE),
        ),
        note="A village of the Qubadlı district. The point is approximate.",
    ),
    PlaceData(
        "39.6408",
        "46.5469",
        (
            NameData("Lachin", "en", ENGLISH, preferred=True),
            NameData("Laçın", "az", BAKU),
            NameData("Բերձոր", "hy", YEREVAN),
            NameData("Berdzor", "en", YEREVAN),
            NameData("Лачин", "ru", RUSSIAN),
        ),
    ),
    PlaceData(
        "39.8153",
        "46.7519",
        (
            NameData("Khankendi", "en", BAKU, preferred=True),
            NameData("Stepanakert", "en", YEREVAN, preferred=True),
            NameData("Xankəndi", "az", BAKU),
            NameData("Ստեփանակերտ", "hy", YEREVAN),
            NameData("Степанакерт", "ru", RUSSIAN),
        ),
    ),
    PlaceData(
        "39.82",
        "46.75",
        (
            NameData("Karabakh", "en", ENGLISH, preferred=True),
            NameData("Qarabağ", "az", BAKU),
            NameData("Ղարաբաղ", "hy", YEREVAN),
            NameData("Карабах", "ru", RUSSIAN),
        ),
        note="A region: the point is approximate.",
    ),
    PlaceData(
        "40.41",
        "49.87",
        (
            NameData("Baku", "en", ENGLISH, preferred=True),
            NameData("Bakı", "az", BAKU),
            NameData("Բաքու", "hy", YEREVAN),
            NameData("Баку", "ru", RUSSIAN),
        ),
    ),
    PlaceData(
        "40.18",
        "44.51",
        (
            NameData("Yerevan", "en", ENGLISH, preferred=True),
            NameData("Երևան", "hy", YEREVAN),
            NameData("İrəvan", "az", BAKU),
            NameData("Ереван", "ru", RUSSIAN),
        ),
    ),
    PlaceData("39.93", "32.85", (NameData("Ankara", "en", ENGLISH, preferred=True),)),
)

ACTORS = (
    ActorData(
        "person",
        (
            NameData("Ilham Aliyev", "en", ENGLISH, preferred=True),
            NameData("İlham Əliyev", "az", BAKU),
            NameData("Իլհամ Ալիև", "hy", YEREVAN),
            NameData("Ильхам Алиев", "ru", RUSSIAN),
        ),
    ),
    ActorData(
        "person",
        (
            NameData("Vladimir Putin", "en", ENGLISH, preferred=True),
            NameData("Владимир Путин", "ru", RUSSIAN),
        ),
    ),
    ActorData(
        "person",
        (
            NameData("Recep Tayyip Erdoğan", "tr", "Ankara", preferred=True),
            NameData("Recep Tayyip Erdogan", "en", ENGLISH),
            NameData("Реджеп Тайип Эрдоган", "ru", RUSSIAN),
        ),
    ),
    ActorData("organisation", (NameData("Azerbaijani armed forces", "en", ENGLISH, preferred=True),)),
    ActorData("organisation", (NameData("Armenian armed forces", "en", ENGLISH, preferred=True),)),
    ActorData(
        "organisation", (NameData("National Security Service of Armenia", "en", ENGLISH, preferred=True),)
    ),
    ActorData("state", (NameData("Azerbaijan", "en", ENGLISH, preferred=True),)),
    ActorData("state", (NameData("Armenia", "en", ENGLISH, preferred=True),)),
    ActorData("state", (NameData("Turkey", "en", ENGLISH, preferred=True),)),
    ActorData("group", (NameData("British media", "en", ENGLISH, preferred=True),)),
)

OUTLET = "Vestnik Kavkaza"
# The article came without a title: this describes it, which the brackets say as a library's catalogue would.
SOURCE_TITLE = "[Retrospective of the 43rd day]"
SOURCE_PUBLISHED = date(2021, 11, 8)
SOURCE_LANGUAGE = "en"
