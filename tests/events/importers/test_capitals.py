"""Names by their capitals: which stand inside a longer one, and which are said often enough to be offered."""

import pytest

from events.importers.capitals import inside_longer, offered, runs
from events.importers.pieces import cut_before, cuts_of

pytestmark = pytest.mark.no_database

INSIDE = [
    ("Residents of New York left.", "York", True),
    ("York did not.", "York", False),
    ("The Bank of Armenia said so.", "Armenia", True),
    ("On 8 November Armenia said so.", "Armenia", False),
    ("On Monday Lisbon burned.", "Lisbon", False),
    ("Yesterday Lisbon burned.", "Lisbon", False),
    ("Officially Lisbon is open.", "Lisbon", False),
    ("In Lisbon’s Old Town it rained.", "Lisbon", False),
    ("The fire in Lisbon Street is out.", "Lisbon", True),
    ("A Lisbon-based firm paid.", "Lisbon", False),
    ("LISBON BURNS AGAIN", "LISBON", False),
]


@pytest.mark.parametrize(("text", "name", "is_inside"), INSIDE, ids=lambda words: str(words)[:25])
def test_a_name_inside_a_longer_one_is_another(text: str, name: str, is_inside: bool) -> None:
    begins = text.index(name)

    assert inside_longer(begins, begins + len(name), runs(text), of_actor=False) is is_inside


def test_of_an_actor_what_stands_before_may_be_a_forename_and_what_follows_may_not() -> None:
    text = "President Maria Duarte met Duarte Street."

    found = [inside_longer(at, at + 6, runs(text), of_actor=True) for at in (16, 27)]

    assert found == [False, True]


def test_names_that_are_said_twice_and_not_known_are_offered_the_most_often_said_first() -> None:
    texts = [
        "The Sarn Lock failed. The Sarn Lock was old.",
        "Mayor Duarte saw the Sarn Lock, and so did Duarte’s deputy.",
        "Police came. Police left. In May the Quay Committee met; once.",
        "Lisbon burned, and Lisbon was cleared.",
    ]

    assert offered(texts, ["lisbon"]) == [("Sarn Lock", 3), ("Duarte", 2)]


def test_a_passage_is_cut_at_its_clauses_and_before_its_second_time() -> None:
    text = "At 04:00 the motor failed; at 06:00 the dockers met, and the pumps went on."

    assert [cut.words for cut in cuts_of(text)] == ["at 06:00 the dockers", "the pumps went on"]
    assert cut_before(text, "06:00") == cuts_of(text)[0]
    assert cuts_of("Short.") == []
