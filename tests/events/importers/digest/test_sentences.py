"""Where sentences end."""

import pytest

from events.importers.digest.sentences import sentences

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    "whole",
    [
        "Mayor A. B. Novak came at 11 a.m. and left at 2 p.m. by boat.",
        "After 11:00 a.m. President Novak spoke.",
        "She was awarded the 2029 A.M. Lind Prize for her work.",
        "They lay there until 3.45 a.m. 30 yards in front of the line.",
        "The Su-25 of Gen. Malý flew at 3.5 km over No. 5 pump.",
        "He asked: “Who is there? Nobody. Go on.” and went.",
        "“Who is there?” he asked.",
        "Three villages were named: Brod; Lom; Dol.",
        "The road was closed. (although nobody said so).",
        "He waited … and nothing came.",
        "The U.S. Embassy sent boats on Nov. 8 with Dr. Malý.",
        "(Nobody was hurt.)",
    ],
)
def test_does_not_break_inside_a_sentence(whole: str) -> None:
    assert [s.text for s in sentences(f"{whole} Then it rained.")] == [whole, "Then it rained."]


def test_breaks_after_an_hour_before_a_new_sentence() -> None:
    found = [s.text for s in sentences("They came at 11 a.m. The bridge was closed. “It holds.” Boats came!")]

    assert found == ["They came at 11 a.m.", "The bridge was closed.", "“It holds.”", "Boats came!"]


def test_an_hour_ends_a_sentence_that_has_told_something() -> None:
    for whole in (
        "The gates opened at 8.30 am.",
        "They met at 11 a.m. Moscow time.",
        "They met at 2 p.m. Tuesday.",
    ):
        assert [s.text for s in sentences(f"{whole} Boats came.")] == [whole, "Boats came."]


def test_goes_on_over_the_end_of_a_wrapped_line() -> None:
    text = (
        "The bridge at Lom, which had been built only a year before,\nwas closed. It\nrained.\n\nBoats came."
    )

    assert [s.text for s in sentences(text)] == [
        "The bridge at Lom, which had been built only a year before, was closed.",
        "It rained.",
        "Boats came.",
    ]


def test_breaks_after_the_full_stop_of_armenian_and_not_after_a_time_that_heads_its_item() -> None:
    found = [s.text for s in sentences("14.50. Boats came. Կամուրջը փակվեց։ Անձրև եկավ։")]

    assert found == ["14.50. Boats came.", "Կամուրջը փակվեց։", "Անձրև եկավ։"]
