"""What is not a time is refused in a sentence, whatever it is."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from events.moments import Unreadable
from tests.events.moments.told import PHRASES, told

pytestmark = pytest.mark.no_database

UNREADABLE = [
    "day 12",
    "day 1211",
    "on day twelve",
    "xyzzy",
    "in the morning of the long winter",
    "7",
    "3-5",
    "1945",
    "25:00",
    "14:75",
    "14:30 15:10",
    "in the morning in the evening",
    "14:30 in the morning",
    "31 February",
    "7–5 November",
    "5–7 November at 14:30",
    "5/11/2020",
    "the day before 7 November",
    "Saturday, 8 November 2020",
    "from 4 to January 22",
    "after 5 November",
    "about 3 hours",
    "from 14:30 to 14:30",
    "to",
    "between",
    "between 14:30",
    "14:30 –",
    "/",
    "on",
    "...",
    "14:30\x00",
    "\ud800",
    "1\ufe0f\u20e3",
    "١٤:٣٠",
    "9" * 100_000,
    "in the morning " * 10_000,
    "1000000 days earlier",
    "9999 days earlier and 9999 days later",
    "Vendredi à midi",
]


@pytest.mark.parametrize("phrase", UNREADABLE, ids=lambda phrase: ascii(phrase[:20]))
def test_refuses_what_is_not_a_time_with_a_sentence(phrase: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        told(phrase)

    sentence = str(refusal.value)
    assert sentence.startswith("Could not read “")
    assert sentence.endswith("Try “14:30”, “in the evening” or “the day before at 23:00”.")
    assert len(sentence) < 700
    assert sentence.isprintable()
    sentence.encode()


def test_a_refusal_says_what_was_understood_and_what_was_not() -> None:
    with pytest.raises(Unreadable) as refusal:
        told("In the morning of the long winter")

    assert str(refusal.value) == (
        "Could not read “In the morning of the long winter”. Understood “in the morning”; not “of the long"
        " winter”. English is read, and the dates and clock times of Russian, Ukrainian, Azerbaijani,"
        " Armenian, Turkish, German, French and Spanish, with a part of the day beside them. Try “14:30”, “in"
        " the evening” or “the day before at 23:00”."
    )


def only_refuses(phrase: str) -> None:
    try:
        moment = told(phrase)
    except Unreadable as refusal:
        str(refusal).encode()
        return
    assert moment.earliest < moment.latest


@settings(deadline=None, max_examples=1500)
@given(st.text(st.characters(), max_size=300))
@example("\ud800\udfff\x00\u202e14:30")
@example("－" * 300)
def test_no_text_raises_anything_but_the_refusal(phrase: str) -> None:
    only_refuses(phrase)


def hostile_strings(seed: int, count: int) -> list[str]:
    """Strings near to time phrases: words of the grammar, digits and stray characters, shuffled."""
    chance = random.Random(seed)
    words = " ".join(PHRASES + UNREADABLE[:30]).split()
    words += ["99999999999999999999", "2020-13-45", "0000", *"0123456789:.-–/,~'\u202e\x00\ud800é٣②½"]
    return [
        chance.choice(["", " "]).join(chance.choices(words, k=chance.randrange(1, 12))) for _ in range(count)
    ]


def test_five_thousand_hostile_strings_raise_only_the_refusal() -> None:
    for phrase in hostile_strings(seed=43, count=5_000):
        only_refuses(phrase)


def test_the_list_of_naughty_strings_raises_only_the_refusal(shared: Path) -> None:
    strings = json.loads((shared / "g-hostile" / "naughty" / "blns.json").read_text())

    for string in strings:
        only_refuses(string)
