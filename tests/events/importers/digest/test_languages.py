"""Digests in other languages than English: dates and clock times are read, and nothing is guessed."""

import pytest

from events.importers.digest import read_digest
from events.moments import Unreadable
from tests.events.moments.told import told
from tests.support.article import FLOOD, THE_TWELFTH

pytestmark = pytest.mark.no_database

GERMAN = """Hochwasser an der Orle

12. März 2030

Um 14:30 Uhr wurde die Brücke gesperrt. Die Boote kamen nach 16:00 Uhr. Am Abend fiel der Regen stärker.

Der Damm war um 18:15 Uhr dicht.
"""
RUSSIAN = """Наводнение на реке

12 марта 2030

В 14:30 закрыли мост. Лодки пришли после 16:00. Вечером дождь усилился.

Плотину починили в 18:15.
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GERMAN, "Read as German: dates and clock times only."),
        (RUSSIAN, "Read as Russian: dates and clock times only."),
    ],
)
def test_reads_dates_and_clock_times_and_says_so(text: str, said: str) -> None:
    digest = read_digest(text, FLOOD)

    events = [passage for passage in digest.passages if passage.is_event]
    assert (digest.day, digest.language) == (THE_TWELFTH, said)
    assert [passage.phrase.lower().split()[1] if passage.phrase else "" for passage in events] == [
        "14:30",
        "",
        "",
        "18:15",
    ]
    assert not any(passage.carried for passage in events)


def test_an_english_text_is_not_announced() -> None:
    assert (
        read_digest("The boats of the town were at the bridge in the rain.", FLOOD, day=THE_TWELFTH).language
        == ""
    )


@pytest.mark.parametrize(
    "phrase",
    [
        "7 ноября 2020",
        "7 листопада 2020",
        "7 noyabr 2020",
        "7 նոյեմբերի 2020",
        "7 kasım 2020",
        "7. November 2020",
        "le 7 novembre 2020",
        "7 de noviembre de 2020",
    ],
)
def test_reads_a_date_in_each_language(phrase: str) -> None:
    assert told(phrase).happened_on.isoformat() == "2020-11-07"


@pytest.mark.parametrize("phrase", ["утром", "le matin", "am Morgen", "после 14:30", "gegen 14:30"])
def test_refuses_what_is_no_date_or_clock_time_of_them(phrase: str) -> None:
    with pytest.raises(Unreadable):
        told(phrase)


def test_a_refused_phrase_says_which_languages_are_read() -> None:
    with pytest.raises(Unreadable, match="Russian, Ukrainian"):
        told("утром")
