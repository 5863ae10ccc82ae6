"""What words are made of a text, in every script, and that they are found again where they stand."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chronicle import folding

pytestmark = pytest.mark.no_database

FOLDED = [
    ("Şuşa", "susa"),
    ("Шуша", "шуша"),
    ("Շուշի", "շուշի"),
    ("Շուշի՞ն", "շուշին"),
    ("և", "եւ"),
    ("Երևան ԵՐԵՎԱՆ Երեւան Երեվան", "երեւան երեւան երեւան երեւան"),
    ("İstanbul", "istanbul"),
    ("ISTANBUL", "istanbul"),
    ("ıstanbul", "istanbul"),
    ("Bərdə", "barda"),
    ("café", "cafe"),
    ("cafe\u0301", "cafe"),
    ("Straße STRASSE", "strasse strasse"),
    ("Øre Łódź Đorđe Æsir Œuvre Þór Guðrún", "ore lodz dorde aesir oeuvre thor gudrun"),
    ("Ἀθῆναι ΑΘΗΝΑΣ", "αθηναι αθηνασ"),
    ("Ёлка й Їжак", "елка и іжак"),
    ("مُحَمَّد", "محمد"),
    ("محمـــد", "محمد"),
    ("أحمد إحمد آحمد ٱحمد", "احمد احمد احمد احمد"),
    ("موسى مدرسة", "موسي مدرسه"),
    ("تهران می\u200cخواهم ایران کتاب", "تهران ميخواهم ايران كتاب"),
    ("שָׁלוֹם", "שלום"),
    ("हिन्दी", "हिन्दी"),
    ("นี้", "นี้"),
    ("がぎ ｶﾞ", "がぎ ガ"),
    ("한국", "한국"),
    ("１２ ٣٤ ۵۶ १२", "12 34 56 12"),
    ("ＡＢＣ ﬁn CO₂ m²", "abc fin co2 m2"),
    ("R&D AT&T a<b a<b>c R＆D", "r&d at&t a<b a<b>c r&d"),
    ("a & b, &a b& <b> a<", "a b a b b a"),
    ("Shusha's Shusha’s Qurʾan", "shusha s shusha s qur an"),
    ("11:00 twenty-two a.m. snake_case", "11 00 twenty two a m snake case"),
    ("½ Nokia™ №5 1️⃣ ❤️", "1 2 nokia 5 1"),
    ("so\u00adft \ufeffx \u202dy\u202c", "soft x y"),
    ("\0 \ud800 \u0301 \u094d +-*", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_words_are_folded_by_the_habits_of_their_script(text: str, folded: str):
    assert folding.fold(text) == unicodedata.normalize("NFC", folded)


def test_a_word_keeps_sixty_characters_and_ends_with_a_letter():
    assert folding.words("a" * 100) == ["a" * 60]
    assert folding.words("a" * 59 + "&b") == ["a" * 59]
    assert folding.words("ﷺ" * 100)[0].startswith("صلي")


PIECES = st.sampled_from(
    "e\u0301|I|İ|ı|ß|&|<|>| |'|ʼ|ŉ|½|é|한|ᄒ|ᅡ|か\u3099|ﾞ|\u0640|\u200c|ﷺ|\u093c|\u0338".split("|")
)
TEXTS = st.text() | st.lists(PIECES | st.characters()).map("".join)


@given(TEXTS)
@example("a&" * 40)
@example("\u0f73\u0344")
def test_folding_twice_is_folding_once(text: str):
    once = folding.fold(text)

    assert folding.fold(once) == once
    assert folding.words(once) == folding.words(text)
    assert unicodedata.is_normalized("NFC", once)


@given(TEXTS)
def test_what_stands_at_the_offsets_folds_to_the_word(text: str):
    for word, start, end in folding.spans(text):
        assert 0 <= start < end <= len(text)
        assert word in folding.words(text[start:end])


@given(TEXTS)
def test_the_form_of_unicode_makes_no_difference(text: str):
    assert folding.words(unicodedata.normalize("NFC", text)) == folding.words(text)
    assert folding.words(unicodedata.normalize("NFD", text)) == folding.words(text)


def test_offsets_are_those_of_the_text_as_it_was_written():
    text = "In S\u0327us\u0327a: R&D, ½"

    found = [(word, text[start:end]) for word, start, end in folding.spans(text)]

    assert found == [("in", "In"), ("susa", "S\u0327us\u0327a"), ("r&d", "R&D"), ("1", "½"), ("2", "½")]


def test_a_word_holds_letters_marks_and_digits_alone():
    """The databases count on it: no word is cut, quoted or joined there."""
    every = "".join(map(chr, range(0x3000)))

    kinds = {unicodedata.category(letter)[0] for word in folding.words(" ".join(every)) for letter in word}

    assert kinds == set("LMN")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The  Bridge was\u00a0closed.", ["the", "bridge", "was", "closed"]),
        ("“It’s” – 'it's'", ["it", "s", "it", "s"]),
        ("north‐east / north—east", ["north", "east", "north", "east"]),
        ("Café", ["café"]),
        ("Cafe\u0301", ["café"]),
        ("4.12 m, −5", ["4", "12", "m", "5"]),
        ("МОСТ закрыт!", ["мост", "закрыт"]),
        ("soft\u00adhyphen", ["softhyphen"]),
        ("…", []),
    ],
)
def test_words_as_they_are_spelled_keep_their_accents_and_lose_case_and_punctuation(text, words):
    assert folding.spelled(text) == words
