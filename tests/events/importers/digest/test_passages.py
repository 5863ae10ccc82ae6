"""The passages of a text: where each ends, and what is carried on from one to the next."""

from datetime import UTC, timedelta

import pytest

from events import moments
from events.importers.digest import read_digest
from tests.support.article import ARTICLE, DAY, FLOOD, OPENING, THE_TWELFTH, events, only

pytestmark = pytest.mark.no_database


def test_makes_one_passage_of_each_happening_in_order_with_its_cue() -> None:
    found = [(p.cue, p.phrase, p.carried) for p in events(read_digest(ARTICLE, FLOOD))]

    assert found == [
        ("overnight", "overnight", False),
        ("", "", False),
        ("In the morning", "the day before", False),
        ("After 11:00 a.m.", "after 11:00 a.m.", False),
        ("After 11:00 a.m.", "after 11:00 a.m.", True),
        ("By 14:00", "by 14:00", False),
        ("By 14:00", "by 14:00", True),
        ("In the evening", "in the evening", False),
        ("Late in the evening", "late in the evening", False),
    ]


def test_numbers_the_passages_and_quotes_the_text_exactly() -> None:
    passages = read_digest(ARTICLE, FLOOD).passages

    assert [p.number for p in passages] == list(range(1, len(passages) + 1))
    assert " ".join(p.text for p in passages) == (OPENING + DAY)


def test_every_phrase_can_be_read_as_a_moment() -> None:
    for passage in read_digest(ARTICLE, FLOOD).passages:
        moment = moments.read(passage.phrase, told_on=THE_TWELFTH, clock=FLOOD.clock)
        happened = (
            THE_TWELFTH - timedelta(days=1) if passage.phrase.startswith("the day before") else THE_TWELFTH
        )
        assert moment.happened_on in (happened, THE_TWELFTH - timedelta(days=passage.phrase == "overnight"))
        assert moment.earliest.tzinfo is UTC


def test_words_for_another_day_hold_for_their_sentence_only() -> None:
    text = "In the morning, the bridge was closed. The day before at 23:00, rain set in. Boats came."

    passages = read_digest(text, FLOOD, day=THE_TWELFTH).passages

    assert [p.phrase for p in passages] == ["in the morning", "the day before at 23:00", "in the morning"]
    assert passages[2].carried


def test_night_after_the_evening_is_the_end_of_the_day() -> None:
    text = "At night, it rained. In the evening, the bridge was closed. At night, boats came."

    phrases = [p.phrase for p in read_digest(text, FLOOD, day=THE_TWELFTH).passages]

    assert phrases == ["at night", "in the evening", "late in the evening"]


def test_night_after_what_ended_in_the_afternoon_is_the_end_of_the_day() -> None:
    text = "By 10:00, it rained. At night, boats came. By 16:00, the bridge was closed. At night, boats came."

    phrases = [p.phrase for p in read_digest(text, FLOOD, day=THE_TWELFTH).passages]

    assert phrases == ["by 10:00", "at night", "by 16:00", "late in the evening"]


@pytest.mark.parametrize(
    "second",
    [
        "He stressed that the dam holds.",
        "She also said that the dam holds.",
        "They thanked the volunteers.",
        "Novak also called for calm.",
        "According to her, the dam holds.",
        "It is the third such call.",
        "At the same time, not only cellars, but also roads were under water.",
    ],
)
def test_a_sentence_that_only_goes_on_belongs_to_the_one_before(second: str) -> None:
    assert only(f"Mayor Novak spoke at noon. {second}").text == f"Mayor Novak spoke at noon. {second}"


@pytest.mark.parametrize(
    "second",
    [
        "At the same time, the school was cleared.",
        "It was reported that the school was cleared.",
        "They cleared the school.",
        "In the evening, he stressed that the dam holds.",
        "Svoboda also called for calm.",
    ],
)
def test_a_sentence_that_tells_something_new_stands_alone(second: str) -> None:
    digest = read_digest(f"Mayor Novak spoke at noon. {second}", FLOOD, day=THE_TWELFTH)

    assert [p.text for p in digest.passages] == ["Mayor Novak spoke at noon.", second]


def test_never_joins_more_than_two_sentences_nor_across_paragraphs() -> None:
    text = "Novak spoke. He said that it rains. He added that it pours.\n\nHe stressed that it will end."

    assert len(read_digest(text, FLOOD, day=THE_TWELFTH).passages) == 3


def test_what_lies_ahead_is_said_and_what_heads_an_item_is_found() -> None:
    text = """On Wednesday the pier fell. At 10:00 boats came. At 4 the pier burned.

Total: 5 piers.

1. (11:15) A tug was hit.

Tuesday, 12 March, 10 p.m.

The council met.

From 07:00 on, trains stood still.

"At 10:00 they came," a woman said."""

    found = {p.headline: p for p in read_digest(text, FLOOD, day=THE_TWELFTH).passages}

    assert "after the day that tells it" in found["The pier fell"].note
    assert found["At 4 the pier burned"].note == "“At 4” is not understood"
    assert found["Total: 5 piers"].why_not == "a total"
    assert found["A tug was hit"].phrase == "11:15"
    assert found["The council met"].cue.endswith("10 p.m.")
    assert found["Trains stood still"].phrase == "from 07:00"
    assert '"They came," a woman said' in found
