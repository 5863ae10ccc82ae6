"""What a reader asks for, from anything that can be typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle.site.search import asking
from chronicle.site.search.asking import Asked, Piece, asked

pytestmark = pytest.mark.no_database


def word(text: str) -> Piece:
    return Piece((text,))


def phrase(text: str, *, begins: bool = False) -> Piece:
    return Piece(tuple(text.split()), begins)


@pytest.mark.parametrize(
    ("said", "alternatives", "without"),
    [
        ("flood rescue", [[word("flood"), word("rescue")]], []),
        ("Şuşa Шуша", [[word("susa"), word("шуша")]], []),
        ('"the river" rises', [[phrase("the river"), word("rises")]], []),
        ("“the river” «la rivière»", [[phrase("the river"), phrase("la riviere")]], []),
        ('"never closed', [[phrase("never closed")]], []),
        ("flood -fire", [[word("flood")]], [word("fire")]),
        ('flood -"the river" --fire', [[word("flood")]], [phrase("the river"), word("fire")]),
        ("flood OR fire storm", [[word("flood")], [word("fire"), word("storm")]], []),
        ("OR flood OR OR -fire OR", [[word("flood")]], [word("fire")]),
        ("flood or fire", [[word("flood"), word("or"), word("fire")]], []),
        ("riv*", [[phrase("riv", begins=True)]], []),
        ("flood -riv*", [[word("flood")]], [phrase("riv", begins=True)]),
        ("new-yor*", [[phrase("new yor", begins=True)]], []),
        ('"riv*" riv** *riv r*v', [[word("riv"), word("riv"), phrase("r v")]], []),
        ("Shusha's 11:00 R&D a<b", [[phrase("shusha s"), phrase("11 00"), word("r&d"), word("a<b")]], []),
        ("twenty-two - ' ( ) ^ : {x}", [[phrase("twenty two"), word("x")]], []),
        ('a"b c"d', [[word("a"), phrase("b c"), word("d")]], []),
        ("NEAR(a b) AND NOT c", [[phrase("near a"), word("b"), word("and"), word("not"), word("c")]], []),
        ("a a OR a", [[word("a")]], []),
    ],
)
def test_each_sign_is_read_and_all_else_is_words(said, alternatives, without):
    found = asked(said)

    wanted = [list(dict.fromkeys(group)) for group in alternatives]
    assert [list(group) for group in found.alternatives] == wanted
    assert list(found.without) == without
    assert found.said == said
    assert found.sentences == ()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("", asking.NOTHING_SAID),
        (' "" - * OR', asking.NOTHING_SAID),
        ("-fire", asking.ONLY_WITHOUT),
        ('OR -"the river"', asking.ONLY_WITHOUT),
    ],
)
def test_what_finds_nothing_says_why(said, sentence):
    assert asked(said).alternatives == ()
    assert asked(said).sentences == (sentence,)


def test_one_letter_is_no_beginning():
    assert asked("r*") == Asked("r*", ((word("r"),),), (), (asking.TOO_SHORT,))
    assert asked("ri*").sentences == ()


def words_of(found: Asked) -> int:
    return sum(len(piece.words) for group in (*found.alternatives, found.without) for piece in group)


def test_twenty_words_are_looked_for_and_the_rest_is_told():
    enough = " ".join(f"w{n}" for n in range(asking.MOST))

    assert (words_of(asked(enough)), asked(enough).sentences) == (20, ())
    assert asked(f"{enough} more") == Asked(
        f"{enough} more", asked(enough).alternatives, (), (asking.TOO_MANY,)
    )


def test_a_long_phrase_is_cut_but_no_phrase_that_is_left_out():
    phrase = " ".join(f"w{n}" for n in range(30))

    assert asked(f'"{phrase}"').alternatives == ((Piece(tuple(phrase.split()[:20])),),)
    assert asked(f'flood -"{phrase}"') == Asked(
        f'flood -"{phrase}"', ((word("flood"),),), (), (asking.TOO_MANY,)
    )


@given(st.text() | st.text(alphabet='ab "-*OR\0\ud800\u0301&<>') | st.text().map(lambda text: text * 200))
def test_nothing_that_is_typed_is_an_error(said):
    found = asked(said)

    assert found.said == said
    assert words_of(found) <= asking.MOST
    assert bool(found.alternatives) or found.sentences
    assert all(piece.words for group in found.alternatives for piece in group)
