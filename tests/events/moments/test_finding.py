"""The grammar of phrases run over prose: what is found, where it stands, and what is no time there."""

import pytest

from events.moments.finding import Place, find
from events.moments.unread import unread_opening
from tests.events.moments.told import BAKU, DAY_43, local

pytestmark = pytest.mark.no_database


def found(sentence: str) -> list[tuple[str, str]]:
    times = find(sentence, told_on=DAY_43, clock=BAKU)
    assert all(sentence[time.begins : time.ends] == time.words for time in times)
    return [(time.words, time.place.value) for time in times]


@pytest.mark.parametrize(
    ("sentence", "times"),
    [
        ("At 5 in the morning, the ferry left.", [("At 5 in the morning", "opens")]),
        ("9:05–9:25 a.m.: The lock is emptied.", [("9:05–9:25 a.m.", "opens")]),
        ("9:50 (approximately): A tug reports smoke.", [("9:50 (approximately)", "opens")]),
        ("Evening: A boat came.", [("Evening", "opens")]),
        ("Afternoon – a boat left.", [("Afternoon", "opens")]),
        ("Morning papers: all sold.", []),
        ("In the second half of the day, it rained.", [("In the second half of the day", "opens")]),
        ("Talks went on from 10:00 until 13:30.", [("from 10:00 until 13:30", "inside")]),
        ("The boat came at about 12.45 a.m. on May 10.", [("at about 12.45 a.m. on May 10", "inside")]),
        ("Officials confirmed yesterday that two had died.", [("yesterday", "inside")]),
        ("The 12:00 train was late.", []),
        ("Friday prayers were held.", []),
        ("It rained between 9:30 and 10:15 last night.", [("between 9:30 and 10:15 last night", "inside")]),
        ("The 9.15 to Brod was late.", []),
        ("This morning at 3 p.m., it rained.", [("This morning at 3 p.m.", "side clause")]),
        ("On Friday 8 November, it rained.", [("On Friday 8 November", "side clause")]),
        ("In the morning, 14 boats came.", [("In the morning", "opens")]),
        ("Two night-time raids were heard.", []),
        ("The guard sent two night-time patrols.", []),
        ("Ten were hurt during a Monday parade.", []),
        ("On the night he was crowned, it rained.", []),
        ("Monday morning traffic stood still.", []),
        ("The 5 November session was void.", []),
        ("Friday was dry.", [("Friday", "opens")]),
        ("Friday morning a mill burned down.", [("Friday morning", "opens")]),
        ("From 1800 to 2015 hrs, the pumps ran.", [("From 1800 to 2015 hrs", "opens")]),
        ("They had found the boat stolen yesterday.", [("yesterday", "side clause")]),
        ("She recalls the pact signed yesterday.", [("yesterday", "side clause")]),
        ("It had later been signed yesterday.", [("yesterday", "inside")]),
        ("In the night to 9 November it rained.", []),
        ("Divers found it on Tuesday.", [("on Tuesday", "inside")]),
        ("They had spoken the day before.", [("the day before", "inside")]),
        ("The dam that broke yesterday was old.", [("yesterday", "side clause")]),
        ("They broke the pact signed yesterday.", [("yesterday", "side clause")]),
        ("They broke the pact they had signed yesterday.", [("yesterday", "side clause")]),
        ("The crew left the boat it had towed on Friday.", [("on Friday", "side clause")]),
        ("Voters reject the plan announced on Friday.", [("on Friday", "side clause")]),
        ("The mayor resigns over remarks made yesterday.", [("yesterday", "side clause")]),
        ("Residents said they heard it on Friday.", [("on Friday", "inside")]),
        ("On the pier they met on Friday.", [("on Friday", "inside")]),
        ("In the north the plan was announced on Friday.", [("on Friday", "inside")]),
        ("Two suspects arrested on Friday.", [("on Friday", "inside")]),
        ("The pier must close at 8 pm.", [("at 8 pm", "side clause")]),
        ("Brod reimposed a curfew from 8 pm on.", [("from 8 pm", "side clause")]),
        ("They came after the talks began at 9:00.", [("at 9:00", "side clause")]),
        ("The boat seized at 04:30 was released.", [("at 04:30", "side clause")]),
        ("They said that it had burned the day before.", [("the day before", "inside")]),
        ("The mayor said at 10:00 in a video that it holds.", [("at 10:00", "inside")]),
        ("Cellars were full when overnight rain fell.", [("overnight", "inside")]),
    ],
)
def test_finds_the_times_of_a_sentence_and_their_place(sentence: str, times: list[tuple[str, str]]) -> None:
    assert found(sentence) == times


@pytest.mark.parametrize(
    "sentence",
    [
        "The overnight ferry was late.",
        "By 14.30 percent the river fell.",
        "Growth stood at 2.35.",
        "Losses are estimated at 1000 at least.",
        "1430 people came.",
        "They may 8 times have tried.",
        "The morning paper came out.",
        "The day before the vote was calm.",
        "Half past the lock the boat sank.",
        "It was the 3rd boat.",
        "At 2:14:30 of the tape, a boat is seen.",
        "A boat is seen at 2:14:30 of the harbour camera's recording.",
        "A boat is seen at 12:30 of the video.",
        "A boat is seen at 2:14:30 in the video.",
    ],
)
def test_finds_no_time_where_prose_tells_none(sentence: str) -> None:
    assert found(sentence) == []


def test_the_words_found_mean_what_they_mean_as_a_phrase() -> None:
    (time,) = find("The last boat left at 12.45 a.m. on November 9.", told_on=DAY_43, clock=BAKU)

    assert local(time.moment) == ("09 00:45", "09 00:46")
    assert time.place is Place.INSIDE and time.has_clock and time.has_date


@pytest.mark.parametrize(
    "sentence",
    [
        "Minutes later, it fell.",
        "Two hours later, it fell.",
        "At half past two, it fell.",
        "At 14:30 IST, it fell.",
    ],
)
def test_time_words_that_are_not_understood_are_seen(sentence: str) -> None:
    assert unread_opening(sentence)


def test_a_long_sentence_costs_no_more_than_its_ends() -> None:
    sentence = "At 14:30, " + "at 15:30 word " * 100_000 + "at 16:30."

    times = find(sentence, told_on=DAY_43, clock=BAKU)

    assert times[0].words == "At 14:30" and times[-1].words == "at 16:30"
    assert len(times) < 200
