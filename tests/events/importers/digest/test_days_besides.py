"""Days that a sentence tells besides the day of the text."""

import pytest

from events.importers.digest import read_digest
from tests.support.article import FLOOD, THE_TWELFTH, only

pytestmark = pytest.mark.no_database


def phrase(sentence: str, text: str = "") -> str:
    return read_digest(f"{sentence}\n\n{text}", FLOOD, day=THE_TWELFTH).passages[0].phrase


IN_PRESENT = "The dam holds. The mayor says that boats are on their way. Volunteers are in the school."
IN_PAST = "The dam held. The mayor said that boats were on their way. Volunteers came to the school."


@pytest.mark.parametrize(
    "sentence",
    [
        "Boats search the valley for the crew of the raft lost yesterday.",
        "The gunmen release a boy kidnapped in the hills on Sunday.",
        "Protesters set fire to a mill in response to the death of a miller the evening before.",
    ],
)
def test_in_the_present_tense_a_day_gone_by_is_told_besides(sentence: str) -> None:
    assert phrase(sentence, IN_PRESENT) == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "A miller is jailed for a year for the theft of a boat on 4 March.",
        "Two men are arrested for a raid on the mill on Sunday.",
    ],
)
def test_a_sentence_of_the_present_tells_a_day_gone_by_besides_in_any_text(sentence: str) -> None:
    assert phrase(sentence, IN_PAST) == ""


def test_in_the_past_tense_it_may_be_that_of_the_sentence() -> None:
    assert phrase("The gunmen released a boy on Sunday.", IN_PAST) == "on Sunday"
    assert phrase("The council was dissolved yesterday by the court.", IN_PRESENT) == "yesterday"


def test_no_text_tells_inside_a_sentence_what_is_to_come() -> None:
    assert phrase("The council agrees on a vote on 15 March.", IN_PRESENT) == ""
    assert phrase("The last boat was lowered at 0:45 a.m. on March 13.", IN_PAST) == "0:45 a.m. on March 13"
    assert phrase("The last boat left at 0:45 a.m. on March 13.", IN_PAST) == "0:45 a.m. on March 13"
    assert phrase("The council moved the vote at 9:00 on March 13.", IN_PAST) == ""


@pytest.mark.parametrize("credit", ["(Sunday Mail)", "(Link dead as of 04:20, 10 March 2030 (UTC))"])
def test_a_credit_tells_no_time(credit: str) -> None:
    assert only(f"The river rises. {credit}").phrase == ""


def test_what_follows_an_event_of_another_day_is_of_this_one() -> None:
    assert only("Two died following the landslide at Lom, in the north, two days ago.").phrase == ""
    assert only("The town shut its gates until midnight on Saturday.").phrase == ""
