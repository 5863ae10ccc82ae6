"""Times of what is announced, planned or told besides: not those of what the sentence tells."""

import pytest

from events.moments.finding import find
from tests.events.moments.told import BAKU, DAY_43

pytestmark = pytest.mark.no_database


def places(sentence: str) -> list[str]:
    return [time.place.value for time in find(sentence, told_on=DAY_43, clock=BAKU)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The governor announces a curfew from 10 p.m.",
        "The railway announced the closure of the tunnel from 20:00.",
        "The council has extended the ban until midnight.",
        "Officials expect the storm by 6 p.m.",
        "The court set the hearing for 9:30 a.m.",
        "The airline cancels all flights until 18:00.",
        "Schools in the valley were ordered closed from noon.",
        "A ceasefire was agreed from 18:00.",
        "Residents were told to boil water until 21:00.",
        "The owners promised a reply before 17:00.",
        "The mayor announced a rally at 17:00.",
    ],
)
def test_what_is_announced_has_a_time_of_its_own_else_than_the_sentence_tells(sentence: str) -> None:
    assert places(sentence) == ["side clause"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The governor announced the curfew at 10:15.",
        "The result was announced before noon.",
        "Protesters set fire to a mill at 14:00.",
        "The court issued a warrant at 14:00.",
        "The bridge was closed from 10:00 until 12:30.",
        "The order was lifted by the court after 14:00.",
        "The plan came to nothing after 14:00.",
        "The planned march was stopped at 14:00.",
        "Firefighters worked from 03:00 on at the mill.",
        "Planes flew over the harbour at 14:00.",
        "The staff went over at 20:30.",
        "Over 200 people left at 14:00.",
        "The orchestra played on Tuesday before an empty hall.",
    ],
)
def test_what_happened_at_a_time_keeps_it(sentence: str) -> None:
    assert places(sentence) == ["inside"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The clinic, opened at 07:00 by the minister, is already full.",
        "The ban, in force since 06:00, was lifted.",
        "Police want to question a man seen near the kiosk at 22:40 yesterday.",
        "The guards freed a boy held in the tower on Tuesday.",
        "The deal signed on Tuesday ends the strike.",
        "The team marks its victory of the day before.",
    ],
)
def test_what_is_told_besides_keeps_its_time_to_itself(sentence: str) -> None:
    assert "inside" not in places(sentence)


@pytest.mark.parametrize(
    "sentence", ["The shares closed at 11.25 after a fall.", "Oil traded at 9.45 a barrel."]
)
def test_the_value_of_a_thing_is_no_time(sentence: str) -> None:
    assert places(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "They came out worn by the all-night session.",
        "The town is under dusk-till-dawn curfews.",
        "The mayor announces a 10:00 p.m. curfew.",
        "The curfew was changed to 11:00 p.m.",
        "The town ends its 8 p.m. to 6 a.m. curfew.",
        "The clock stands at 89 seconds before midnight.",
        "He wrote for the Sunday Times.",
        "The march recalls Bloody Sunday.",
        "March 23 Movement rebels took the town.",
        "The plane came down near Santo Domingo.",
        "The bells are heard every Tuesday at 18:00.",
    ],
)
def test_a_name_a_compound_and_the_hour_of_a_rule_are_no_times(sentence: str) -> None:
    assert not {"opens", "inside"} & {*places(sentence)}


def test_a_time_keeps_all_its_words_and_no_others() -> None:
    def words(sentence: str) -> list[str]:
        return [time.words for time in find(sentence, told_on=DAY_43, clock=BAKU)]

    assert words("It was half past two in the morning.") == ["half past two in the morning"]
    assert words("Three bombs burst at the same time 9:30 PM.") == ["9:30 PM"]
    assert words("Eight were shot overnight at three farms.") == ["overnight"]
    assert words("Two died following the landslide, in the north, at 14:00.") == ["at 14:00"]
