"""What an edition changed is shown word by word, and nothing that was said is lost on the way."""

import random
from typing import get_type_hints
from zoneinfo import ZoneInfo

import pytest

from chronicle.documents import TYPES
from chronicle.site import differences, facts
from chronicle.site.differences import ADDED, SAME, TAKEN, Piece, pieces

pytestmark = pytest.mark.no_database
MOMENT = {
    "wording": "",
    "earliest": "2021-03-03T12:00:00+00:00",
    "latest": "2021-03-03T13:00:00+00:00",
    "open_start": False,
    "open_end": False,
    "throughout": False,
    "happened_on": "2021-03-03",
    "told_on": "2021-03-03",
}
UTC = ZoneInfo("UTC")


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
    cited = {"quote": "Closed.", "outlet": "outlet/1", "stance": "disputes", "locator": "p. 2"}
    cited |= {"credibility": 4, "retracted": ""}
    before = entry(citations=[cited], places=[{"subject": "place/1"}])
    after = entry(
        text="<p>It is <em>open</em>.</p>",
        moment=MOMENT | {"wording": "at noon", "latest": "2021-03-03T12:01:00+00:00"},
        citations=[cited | {"retracted": "Forged.", "recheck": True, "credibility": None}],
        standing="retracted",
        key=True,
    )

    told = {change.label: change.pieces for change in differences.changes(before, after, {}, UTC)}

    assert told[""] == [Piece(SAME, "It is"), Piece(TAKEN, "closed."), Piece(ADDED, "open.")]
    assert told["Where"] == [Piece(TAKEN, "place/1"), Piece(ADDED, "not said")]
    assert told["Citations"] == [
        Piece(TAKEN, "“Closed.” outlet/1, disputes this, p. 2, information: doubtful (4)"),
        Piece(ADDED, "“Closed.” outlet/1, disputes this, p. 2, being re-checked, retracted"),
    ]
    assert "".join(piece.words for piece in told["Happened"] if piece.how == ADDED) == "12:00,"
    assert told.keys() == {"", "When", "Happened", "Where", "Standing", "Key event", "Citations"}


def test_each_field_of_what_is_no_entry_is_told_or_said_not_to_be():
    fields = {name for facet, kind in TYPES.items() if facet != "entry" for name in get_type_hints(kind)}

    assert fields == facts.TOLD.keys() | facts.UNTOLD
    assert facts.TOLD.keys().isdisjoint(facts.UNTOLD)


def test_facts_are_told_as_readers_know_them():
    before = {"reliability": "B", "published_on": "2021-03", "within": "", "closed": False, "last_date": ""}
    after = {"reliability": "C", "published_on": "2021-03-04", "within": "place/2", "closed": True}
    after |= {"last_date": "2021-03-06"}

    told = {
        change.label: [piece.words for piece in change.pieces if piece.how == ADDED]
        for change in differences.of_fields(before, after)
    }

    assert told == {
        "Reliability": ["fairly", "(C)"],
        "Published on": ["4"],
        "Lies in": ["place 2"],
        "Closed": ["yes"],
        "Last day": ["6 March 2021"],
    }


def test_where_one_of_the_two_holds_no_words_nothing_is_compared():
    assert differences.changes({}, entry(), {}, UTC) == []
    assert differences.changes(entry(), {"withdrawn": "It was dry."}, {}, UTC) == []


def test_of_a_text_its_title_and_its_words_are_told_apart():
    before = {"title": "About", "text": "<p>The river rose in <em>March</em>.</p>"}
    after = {"title": "About us", "text": "<p>The river rose in <b>March</b>.</p>"}

    assert differences.of_fields(before, after) == [
        differences.Change("Title", [Piece(SAME, "About"), Piece(ADDED, "us")])
    ]
    assert differences.of_fields(before, before) == []


@pytest.mark.parametrize("document", [{}, {"removed": [2], "whole": False}])
def test_of_a_text_without_words_nothing_is_told(document):
    told = {"title": "About", "text": "<p>The river rose.</p>"}

    assert differences.of_fields(document, told) == differences.of_fields(told, document) == []


def test_only_what_holds_html_is_read_as_such():
    before = {"headline": "R&D", "sentence": "a <b", "summary": "<p>It <em>rose</em>.</p>", "occasion": ""}
    after = {**before, "sentence": "a <b> c", "summary": "<p>It <strong>fell</strong>.</p>"}

    sentence, summary = differences.of_fields(before, after)

    assert (sentence.label, [piece.words for piece in sentence.pieces]) == ("Sentence", ["a", "<b", "<b> c"])
    assert [piece.words for piece in summary.pieces] == ["It", "rose.", "fell."]


def test_a_term_tells_its_names_and_what_is_said_of_it():
    before = {"names": [{"name": "Shusha"}], "latitude": "39.7", "note": "", "within": ""}
    after = {**before, "names": [{"name": "Shusha"}, {"name": "Shushi"}], "latitude": "39.76"}

    told = {
        change.label: [(piece.how, piece.words) for piece in change.pieces]
        for change in differences.of_fields(before, after)
    }

    assert told == {
        "Latitude": [(differences.TAKEN, "39.7"), (differences.ADDED, "39.76")],
        "Names": [(differences.ADDED, "Shushi")],
    }
    assert differences.of_fields(before, {"removed": [1], "whole": True}) == []
