"""Other languages than English: dates, clock times and parts of the day are read, and nothing is guessed."""

from pathlib import Path

import pytest

from events.importers.digest import read_digest
from events.moments import Unreadable
from events.moments.finding import Place, find
from tests.events.moments.told import BAKU, told
from tests.support.article import FLOOD, THE_TWELFTH, only

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
        (GERMAN, "Read as German: dates, clock times and parts of the day only."),
        (RUSSIAN, "Read as Russian: dates, clock times and parts of the day only."),
    ],
)
def test_reads_dates_and_clock_times_and_says_so(text: str, said: str) -> None:
    digest = read_digest(text, FLOOD)

    events = [passage for passage in digest.passages if passage.is_event]
    assert (digest.day, digest.announcement) == (THE_TWELFTH, said)
    assert [passage.phrase.lower().split()[1:2] for passage in events] == [["14:30"], [], ["the"], ["18:15"]]
    assert not any(passage.carried for passage in events)


@pytest.mark.parametrize(
    "text",
    [
        "La diga è crollata alle 9:30 e il ponte è chiuso. Dopo le 18:00 non c'era gente per la strada.",
        "Tama pękła o 9:30 i most jest zamknięty. Po 18:00 było cicho na ulicy, a w domu się paliło.",
        "Το φράγμα έσπασε στις 9:30. Το βράδυ έβρεξε.",
    ],
)
def test_of_a_language_that_is_not_read_only_a_time_that_begins_counts(text: str) -> None:
    digest = read_digest(f"{text}\n\n14:05: Orle.\n\n16:10 – Brod, Lom.", FLOOD, day=THE_TWELFTH)

    assert digest.announcement.startswith("Not in a language that is read")
    assert [p.phrase for p in digest.passages if not p.why_not] == ["", "", "14:05", "16:10"]


def test_an_english_text_is_not_announced() -> None:
    assert (
        read_digest(
            "The boats of the town were at the bridge in the rain.", FLOOD, day=THE_TWELFTH
        ).announcement
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


@pytest.mark.parametrize(
    ("phrase", "begins"),
    [
        ("в 7 часов вечера", "19:00"),
        ("7:30 утра", "07:30"),
        ("о 2 годині ночі", "02:00"),
        ("axşam saat 8", "20:00"),
        ("երեկոյան ժամը 7", "19:00"),
        ("gece saat 2", "02:00"),
        ("um 8 Uhr abends", "20:00"),
        ("12 Uhr mittags", "12:00"),
        ("à 9 heures du soir", "21:00"),
        ("a las 7 de la tarde", "19:00"),
        ("7 ноября вечером", "18:00"),
        ("рано утром 7 ноября", "06:00"),
        ("am Abend, 7. November", "18:00"),
    ],
)
def test_reads_a_part_of_the_day_beside_a_clock_time_or_a_date(phrase: str, begins: str) -> None:
    assert f"{told(phrase).earliest.astimezone(BAKU.zone):%H:%M}" == begins


@pytest.mark.parametrize(
    "phrase",
    [
        "утром",
        "le matin",
        "am Morgen",
        "akşam",
        "por la noche",
        "после 14:30",
        "gegen 14:30",
        "saat 14:30'dan sonra",
        "вчера вечером",
        "morgen Abend",
        "5 ноября ночи",
        "la tarde del 5 de noviembre",
        "desde las 14:30",
    ],
)
def test_refuses_what_is_not_certain_in_them(phrase: str) -> None:
    with pytest.raises(Unreadable):
        told(phrase)


YESTERDAY = [
    ("ru", "Вчера ", "в 16:00 мост был закрыт."),
    ("ru", "накануне ", "в 16:00 мост был закрыт."),
    ("uk", "Учора ", "о 16:00 міст закрили."),
    ("de", "Gestern ", "um 14:00 Uhr brannte die Schule."),
    ("de", "Am Vortag ", "um 14:00 Uhr brannte die Schule."),
    ("de", "Morgen ", "um 9:00 Uhr beginnt der Prozess."),
    ("fr", "La veille ", "à 15:00, le pont était ouvert."),
    ("fr", "Hier ", "à 14:00, le pont a été fermé."),
    ("es", "Ayer a ", "las 16:00 el puente fue cerrado."),
    ("tr", "Dün ", "saat 14:00'te köprü kapatıldı."),
    ("az", "Dünən ", "saat 14:00-da körpü bağlandı."),
    ("hy", "Երեկ ", "ժամը 14:00-ին կամուրջը փակվեց։"),
]


@pytest.mark.parametrize(("language", "day", "sentence"), YESTERDAY)
def test_an_hour_of_a_day_that_is_not_read_is_left_open(language: str, day: str, sentence: str) -> None:
    def place(words: str) -> Place:
        (time,) = find(words, told_on=THE_TWELFTH, clock=BAKU, language=language)
        return time.place

    assert (place(day + sentence), place(sentence)) == (Place.SIDE, Place.OPENS)


IN_PROSE = {
    "ru": [
        ("Утром сгорел склад.", "in the morning"),
        ("Рано утром пришли пожарные.", "early in the morning"),
        ("В 7 часов вечера собрался совет.", "7 in the evening"),
        ("Школу закрыли в 8 часов утра.", "8 in the morning"),
        ("Вечером 10 марта прошёл митинг.", "in the evening 10 March"),
        ("Вечером того же дня была гроза.", ""),
        ("Вчера вечером прошёл дождь.", ""),
        ("К вечеру всё стихло.", ""),
        ("Мэр сказал, что в 20:00 будет собрание.", ""),
        ("Собрание перенесли на 18:00.", ""),
        ("Школа будет закрыта в 20:00.", ""),
    ],
    "uk": [
        ("Вранці згоріла комора, її гасили всі.", "in the morning"),
        ("О 7 годині вечора зібралася рада.", "7 in the evening"),
        ("Увечері наступного дня був мітинг.", ""),
        ("Вночі на 12 березня прорвало греблю.", ""),
    ],
    "de": [
        ("Am frühen Morgen kam die Feuerwehr.", "early in the morning"),
        ("Die Schule wurde um 9 Uhr morgens geschlossen.", "9 o'clock in the morning"),
        ("Am Abend des 10. März war es still.", ""),
        ("Am Abend zuvor war es still.", ""),
        ("In der Nacht zum Dienstag fiel Regen.", ""),
        ("Mittags war die Brücke frei.", ""),
        ("Der Rat sagte, um 20:00 Uhr beginne die Sperre.", ""),
        ("Der Rat wird um 18:00 Uhr tagen.", ""),
    ],
    "fr": [
        ("Le matin, un hangar a brûlé.", "in the morning"),
        ("L'après-midi, les pompiers sont partis.", "in the afternoon"),
        ("À 9 heures du soir, le conseil est réuni.", "9 in the evening"),
        ("Le Matin annonce que le pont est fermé.", ""),
        ("Dans la nuit de lundi à mardi, la digue est tombée.", ""),
        ("Le maire dit que la salle est fermée à 20:00.", ""),
    ],
    "es": [
        ("Por la noche, el puente fue cerrado.", "in the evening"),
        ("A las 9 de la noche, el consejo se reunió en la plaza.", "9 at night"),
        ("Por la tarde, los bomberos llegaron a la ciudad.", ""),
        ("Por la noche del 10 de marzo, la plaza estaba llena.", ""),
        ("Desde las 18:00 la plaza está cerrada.", ""),
    ],
    "tr": [
        ("Sabah, limanda bir depo yandı ve su geldi.", "in the morning"),
        ("Akşam saatlerinde köprü açıldı.", "in the evening"),
        ("Saat 14:30'da köprü kapandı.", "saat 14:30"),
        ("Saat 14:30'dan sonra yağmur durdu.", ""),
        ("Sabah gazetesi bir haber verdi.", ""),
        ("Gece, yağmur yağdı.", ""),
    ],
    "az": [
        ("Səhər, limanda bir anbar yandı və su gəldi.", "in the morning"),
        ("Günortadan sonra bir qayıq batdı və bu üçün.", "in the afternoon"),
        ("Saat 14:30-dan sonra yağış dayandı.", ""),
    ],
    "hy": [
        ("Երեկոյան ժամը 7-ին հավաքվեց խորհուրդը։", "in the evening at 7"),
        ("Ժամը 14:30-ից հետո անձրևը դադարեց։", ""),
    ],
}
"""Sentences of a text, each a paragraph, and how the time of each is read."""


@pytest.mark.parametrize("language", IN_PROSE)
def test_reads_of_prose_what_is_certain_and_leaves_the_rest(language: str) -> None:
    sentences = [sentence for sentence, _ in IN_PROSE[language]]

    digest = read_digest("\n\n".join(["–", *sentences]), FLOOD, day=THE_TWELFTH)

    assert digest.language == language
    phrases = {passage.text: passage.phrase for passage in digest.passages}
    assert [phrases[sentence] for sentence in sentences] == [phrase for _, phrase in IN_PROSE[language]]
    assert not [passage.headline for passage in digest.passages if passage.headline[:1] in "'’-–"]


def test_parts_of_the_day_in_another_language_are_read_of_texts_in_it_alone() -> None:
    assert only("Sabah, the state of the boats, was in the rain.").phrase == ""


def test_a_refused_phrase_says_which_languages_are_read() -> None:
    with pytest.raises(Unreadable, match="Russian, Ukrainian"):
        told("утром")


OF_A_DAY = {
    "de": [
        ("12. März 2030", ""),
        ("Fielen in Brod die Pumpen aus", "um 06:15 Uhr"),
        ("Die Stadt rief die Feuerwehr von Lom zu Hilfe, die mit zwei Booten kam", ""),
        ("Gegen 9 Uhr stand das Wasser auf dem Marktplatz", ""),
        ("Eine Stunde später war auch die Schule geräumt", ""),
        ("In der Nacht auf den 12. März war schon der Damm bei Lom gebrochen", ""),
        ("Hatte der Rat noch keine Gefahr gesehen", "11. März"),
        ("Landete ein Hubschrauber; um 15:10 Uhr flog er mit vier Kranken wieder ab", "um 14:30 Uhr"),
        ("Nach 17 Uhr regnete es nicht mehr", ""),
        ("Sank das Wasser", "in the evening"),
    ],
    "ru": [
        ("12 марта 2030 года", ""),
        ("В Броде остановились насосы", "в 06:15"),
        ("Город позвал на помощь пожарных из Лома, и они пришли с двумя лодками", ""),
        ("Около 9 часов вода стояла на рыночной площади", ""),
        ("Через час вывели и школу", ""),
        ("В ночь на 12 марта у Лома прорвало плотину", ""),
        ("Совет ещё не видел опасности", "11 марта"),
        ("Сел вертолёт; в 15:10 он улетел с четырьмя больными", "в 14:30"),
        ("После 17:00 дождя не было", ""),
        ("Вода спала", "in the evening"),
    ],
}
"""The same day twice: what of each sentence becomes its headline and its time."""


NOTED = {"de": [6, 8], "ru": [8]}
"""A night of which it is not told which it is, and two clock times in one sentence."""


@pytest.mark.parametrize("language", OF_A_DAY)
def test_a_whole_digest_is_read_as_far_as_it_is_certain(language: str) -> None:
    text = (Path(__file__).parent / "texts" / f"{language}.txt").read_text(encoding="utf-8")

    digest = read_digest(text, FLOOD)

    assert digest.day == THE_TWELFTH
    assert [(passage.headline, passage.phrase) for passage in digest.passages] == OF_A_DAY[language]
    assert not any(passage.carried for passage in digest.passages)
    assert [passage.number for passage in digest.passages if passage.note] == NOTED[language]
