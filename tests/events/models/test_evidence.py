"""When two quotations are the same words, and what is left once the same evidence counts once."""

import pytest

from events.models.evidence import once, repeated, same_words

pytestmark = pytest.mark.no_database

SAID = "The bridge was closed at noon, the mayor’s office said."


@pytest.mark.parametrize(
    "other",
    [
        SAID,
        "the BRIDGE  was closed\nat noon, the mayor's office said",
        "“The bridge was closed at noon”, the mayor’s office said",
        "The bridge was closed at noon – the mayor’s office said…",
        "The bridge was closed at noon.",
        "… closed at noon, the mayor’s office said.",
        "The bridge […] closed at noon",
        "The bridge was ... the mayor's office said.",
    ],
)
def test_the_same_words_whatever_their_case_spaces_and_punctuation_or_cut(other):
    assert same_words(SAID, other)
    assert same_words(other, SAID)


@pytest.mark.parametrize(
    "other",
    [
        "The bridge was closed at ten, the mayor’s office said.",
        "At noon the bridge was closed.",
        "The bridge … closed at noon by the army",
        "The mayor’s office said … the bridge was closed",
        "The bridges were closed at noon.",
        "…",
    ],
)
def test_other_words(other):
    assert not same_words(SAID, other)
    assert not same_words(other, SAID)


def test_an_accent_makes_another_word():
    assert not same_words("O avô chegou.", "O avó chegou.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("قـال الوزير نعم", "قال الوزير نعم"),
        ("5,000 U.S. troops left", "5000 US troops left"),
        ("5,000,000 people came", "5’000’000 people came"),
        ("İstanbul is cut off", "istanbul is cut off"),
        ("Straße gesperrt", "STRASSE GESPERRT"),
        ("Ո՞վ եկավ այսօր", "Ով եկավ այսօր"),
        ("ｃｌｏｓｅｄ at noon", "closed at noon"),
    ],
)
def test_the_same_words_in_the_ways_of_a_script_or_a_house(one, other):
    assert same_words(one, other)
    assert same_words(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5,000 came", "5.000 came"),
        ("at 5, 100 came", "at 5100 came"),
        ("In 2024 300 came", "In 2024300 came"),
        ("He left. I stayed", "He lefti stayed"),
    ],
)
def test_points_that_part_words_or_numbers_stay(one, other):
    assert not same_words(one, other)


def test_two_without_words_are_the_same_only_as_they_stand():
    assert same_words("!!!", "!!! ")
    assert not same_words("!!!", "???")


def by_source(row):
    return row[0], row[1]


def test_the_first_of_each_counts_and_the_others_name_it():
    rows = [
        ("post", "Closed at noon."),
        ("radio", "Closed at noon."),
        ("post", "closed at NOON"),
        ("post", "Open"),
    ]

    assert once(rows, by_source) == [rows[0], rows[1], rows[3]]
    assert repeated(rows, by_source)[2] == (rows[2], rows[0])
