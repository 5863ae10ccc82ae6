"""What kind of edition a difference makes: told from the words in their order, in one pass."""

import random
from difflib import SequenceMatcher
from functools import cache

import pytest

from events.press.classing import classify, stand_in

pytestmark = pytest.mark.no_database


@cache
def longest_common(old: tuple, new: tuple) -> int:
    """How many words stand in both, in the same order: the textbook's way, slow and plain."""
    if not old or not new:
        return 0
    if old[0] == new[0]:
        return 1 + longest_common(old[1:], new[1:])
    return max(longest_common(old[1:], new), longest_common(old, new[1:]))


def words_of(dice: random.Random) -> tuple[str, ...]:
    return tuple(dice.choices("abc", k=dice.randrange(8)))


def test_only_words_added_means_that_a_shortest_diff_deletes_none():
    dice = random.Random(5)
    pairs = [(words_of(dice), words_of(dice)) for _ in range(3_000)]

    told = [(stand_in(new, old), stand_in(old, new)) for old, new in pairs]

    shared = [longest_common(old, new) for old, new in pairs]
    assert told == [
        (common == len(old), common == len(new)) for common, (old, new) in zip(shared, pairs, strict=True)
    ]
    assert {(True, True), (True, False), (False, True), (False, False)} == set(told)


def test_where_difflib_finds_no_deletion_neither_does_it():
    dice = random.Random(6)
    pairs = [(words_of(dice), words_of(dice)) for _ in range(3_000)]

    for old, new in pairs:
        steps = {tag for tag, *_ in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()}
        if not steps & {"delete", "replace"}:
            assert stand_in(new, old)
        if not steps & {"insert", "replace"}:
            assert stand_in(old, new)


PAGE = {
    "format": 1,
    "language": "en",
    "note": "",
    "number": 3,
    "date": "2021-03-03",
    "headline": "",
    "sentence": "",
    "summary": "",
    "occasion": "",
    "closed": False,
}


@pytest.mark.parametrize(
    ("old", "new", "action"),
    [
        ("The bridge is shut.", "The bridge is shut. It was shut at noon.", "addition"),
        ("The bridge is shut.", "The old bridge is shut.", "addition"),
        ("The old bridge is shut.", "The bridge is shut.", "correction"),
        ("The bridge is shut.", "The bridge is open.", "correction"),
        ("The bridge is shut.", "is shut. The bridge", "correction"),
        ("<p>The bridge is shut.</p>", "<p>The <em>bridge</em> is shut.</p>", "update"),
        ("", "The bridge is shut.", "addition"),
        ("The bridge is shut.", "", "correction"),
    ],
)
def test_words_decide_on_the_action(old, new, action):
    assert classify(PAGE | {"summary": old}, PAGE | {"summary": new}, facet="page") == action


@pytest.mark.parametrize(
    ("change", "action"),
    [
        ({"language": "pt"}, "update"),
        ({"closed": True}, "update"),
        ({"number": 4}, "correction"),
        ({"date": "2021-03-04"}, "correction"),
        ({"headline": "The water rises", "sentence": "It rose."}, "addition"),
    ],
)
def test_each_field_counts_by_its_class(change, action):
    assert classify(PAGE, PAGE | change, facet="page") == action


def test_one_correction_among_additions_makes_a_correction():
    before = PAGE | {"headline": "The water rises"}

    after = PAGE | {"headline": "The water falls", "summary": "It rained."}

    assert classify(before, after, facet="page") == "correction"


def test_what_follows_a_withdrawal_is_a_restoration():
    assert classify({"withdrawn": "Told twice."}, {"headline": "A"}, facet="entry") == "restoration"


@pytest.mark.parametrize(
    ("shown", "action"),
    [
        # A database keeps the fields of a member in an order of its own.
        ([{"caption": "", "subject": "asset/1"}, {"subject": "asset/2", "caption": ""}], "addition"),
        ([], "correction"),
        ([{"subject": "asset/1", "caption": "Seen from the quay"}], "correction"),
    ],
)
def test_media_count_as_members_of_a_list(shown, action):
    before, after = ({"media": [{"subject": "asset/1", "caption": ""}]}, {"media": shown} if shown else {})
    words = {"moment": {}}

    assert classify(words | before, words | after, facet="entry") == action
    assert classify(words, words | before, facet="entry") == "addition"


@pytest.mark.parametrize(
    ("before", "after", "action"), [("", "Ended.", "withdrawal"), ("Ended.", "", "restoration")]
)
def test_a_medium_that_is_taken_down_is_withdrawn(before, after, action):
    assert classify({"taken_down": before}, {"taken_down": after}, facet="asset") == action


OUTLETS = dict.fromkeys(("name", "nature", "country", "side", "reliability", "reliability_reason"), "")
OUTLETS |= {"format": 1, "language": "en", "reliability_since": "", "url": ""}


@pytest.mark.parametrize(
    ("change", "action"),
    [
        ({"name": "The Harbour Post"}, "addition"),
        ({"reliability": "B"}, "correction"),
        ({"reliability_reason": "It corrects itself."}, "addition"),
        ({"reliability_since": "2021-01-01"}, "update"),
        ({"url": "https://post.example/"}, "update"),
    ],
)
def test_a_term_is_classed_by_its_own_fields(change, action):
    assert classify(OUTLETS, OUTLETS | change, facet="outlet") == action


class Counted(str):
    """A word that counts how often it is compared."""

    compared = 0
    __hash__ = str.__hash__

    def __eq__(self, other):
        Counted.compared += 1
        return str.__eq__(self, other)


@pytest.mark.parametrize("shape", ["nothing shared", "one letter", "reversed", "two texts of one alphabet"])
def test_compares_each_word_at_most_once(shape):
    dice, size = random.Random(7), 4_000
    old = [Counted(dice.choice("abcdefgh")) for _ in range(size)]
    new = {
        "nothing shared": [Counted("z")] * size,
        "one letter": [Counted("a")] * size,
        "reversed": old[::-1],
        "two texts of one alphabet": [Counted(dice.choice("abcdefgh")) for _ in range(size)],
    }[shape]
    Counted.compared = 0

    stand_in(new, old)
    stand_in(old, new)

    assert Counted.compared <= 2 * size
