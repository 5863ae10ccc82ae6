"""What an edition changed is shown word by word, and nothing that was said is lost on the way."""

import random

import pytest

from chronicle.site import differences
from chronicle.site.differences import ADDED, SAME, TAKEN, Piece, pieces

pytestmark = pytest.mark.no_database
MOMENT = {"wording": "", "told_on": "2021-03-03"}


def entry(**told):
    usual = {"headline": "A bridge", "text": "<p>It is closed.</p>", "moment": MOMENT, "kind": "kind/1"}
    lists = {"places": [], "actors": [], "citations": [], "standing": "single", "key": False}
    return usual | lists | told


def test_words_that_stayed_were_taken_out_and_put_in_are_told_apart():
    assert pieces("One gate gave way.", "Two leaves gave way at last.") == [
        Piece(TAKEN, "One gate"),
        Piece(ADDED, "Two leaves"),
        Piece(SAME, "gave"),
        Piece(TAKEN, "way."),
        Piece(ADDED, "way at last."),
    ]


def test_far_from_a_change_the_words_are_left_out():
    long = " ".join(f"w{n}" for n in range(60))

    first, taken, last = pieces(f"{long} gone {long}", f"{long} {long}")

    assert taken == Piece(TAKEN, "gone")
    assert first.words == "… w52 w53 w54 w55 w56 w57 w58 w59"
    assert last.words == "w0 w1 w2 w3 w4 w5 w6 w7 …"


def test_no_word_of_either_edition_is_lost():
    dice = random.Random(5)
    for _ in range(200):
        before, after = (" ".join(dice.choices("abcdef", k=dice.randrange(16))) for _ in range(2))
        found = pieces(before, after)
        assert " ".join(piece.words for piece in found if piece.how != ADDED) == before
        assert " ".join(piece.words for piece in found if piece.how != TAKEN) == after


def test_very_long_texts_are_compared_as_a_whole():
    long = "word " * (differences.MOST_WORDS + 1)

    assert pieces(long, "short") == [Piece(TAKEN, long), Piece(ADDED, "short")]


def test_every_thing_that_readers_see_is_compared():
    cited = {"quote": "Closed.", "outlet": "outlet/1", "retracted": ""}
    before = entry(citations=[cited], places=[{"subject": "place/1"}])
    after = entry(
        text="<p>It is <em>open</em>.</p>",
        moment=MOMENT | {"wording": "at noon"},
        citations=[cited | {"retracted": "Forged."}],
        standing="retracted",
        key=True,
    )

    told = {change.label: change.pieces for change in differences.changes(before, after, {})}

    assert told[""] == [Piece(SAME, "It is"), Piece(TAKEN, "closed."), Piece(ADDED, "open.")]
    assert told["Where"] == [Piece(TAKEN, "place/1"), Piece(ADDED, "not said")]
    assert told["Citations"] == [
        Piece(TAKEN, "“Closed.” outlet/1"),
        Piece(ADDED, "“Closed.” outlet/1, retracted"),
    ]
    assert told.keys() == {"", "When", "Where", "Standing", "Key event", "Citations"}


def test_where_one_of_the_two_holds_no_words_nothing_is_compared():
    assert differences.changes({}, entry(), {}) == []
    assert differences.changes(entry(), {"withdrawn": "It was dry."}, {}) == []


def test_of_a_text_its_title_and_its_words_are_told_apart():
    before = {"title": "About", "text": "<p>The river rose in <em>March</em>.</p>"}
    after = {"title": "About us", "text": "<p>The river rose in <b>March</b>.</p>"}

    assert differences.of_texts(before, after) == [
        differences.Change("Title", [Piece(SAME, "About"), Piece(ADDED, "us")])
    ]
    assert differences.of_texts(before, before) == []


@pytest.mark.parametrize("document", [{}, {"removed": [2], "whole": False}])
def test_of_a_text_without_words_nothing_is_told(document):
    told = {"title": "About", "text": "<p>The river rose.</p>"}

    assert differences.of_texts(document, told) == differences.of_texts(told, document) == []
