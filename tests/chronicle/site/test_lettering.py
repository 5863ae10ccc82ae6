"""Words in pictures: every letter in a face that has it, in the order in which it is read."""

import pytest
from PIL import ImageFont

from chronicle.site import lettering
from chronicle.site.lettering import SERIF, Hand, drawable, length, runs, wrapped

pytestmark = pytest.mark.no_database
HAND = Hand(SERIF, 40, 600)
SCRIPTS = {
    "Latin": "The river rises – “Łódź”, Žižek, Việt Nam, Şuşa & 100%",
    "Cyrillic": "Шуша: заявление, Київ, Ґудзик",
    "Greek": "Το ποτάμι φουσκώνει",
    "Armenian": "Շուշի. հայտարարություն",
    "Georgian": "შუშა და თბილისი",
    "Hebrew": "השער נסגר",
    "Arabic": "أُغلقت البوابة السفلى، عند الساعة",
    "Persian": "می\u200cخواهم آنجا بروم؛ ۸ آبان",
}


def laid(words: str) -> list[tuple[str, str]]:
    """Text and direction of each run, from left to right."""
    return [(run.text, run.direction) for run in runs(words, SERIF, lettering.base_of(words))]


@pytest.mark.parametrize("words", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_each_script_has_a_face_for_each_of_its_letters(words):
    assert drawable(words) == words
    assert "".join(sorted(letter for text, _ in laid(words) for letter in text)) == "".join(sorted(words))
    assert all(lettering.has(run.face, letter) for run in runs(words, SERIF, "ltr") for letter in run.text)


@pytest.mark.parametrize("words", ["上海", "東京 flood", "ไทย", "हिन्दी", "Flood አማርኛ", "\u0378"])
def test_words_of_which_a_letter_has_no_face_are_left_out_whole(words):
    assert drawable(words) == ""


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Flood 🌊 rises", "Flood rises"),
        ("a\u202eb\u0000c\td\ne", "abc d e"),
        ("  \u200b ", ""),
        ("", ""),
    ],
)
def test_signs_without_a_face_and_what_is_not_seen_are_left_out(words, kept):
    assert drawable(words) == kept


def test_control_the_empty_box_is_what_is_drawn_for_a_letter_without_a_face():
    latin = ImageFont.truetype(str(SERIF[0]), 40, layout_engine=ImageFont.Layout.BASIC)

    assert bytes(latin.getmask("上")) == bytes(latin.getmask(lettering.NOWHERE))
    assert any(bytes(latin.getmask("上")))


def test_right_to_left_runs_stand_from_right_to_left():
    assert laid("שער 12 נסגר") == [("נסגר", "rtl"), ("12 ", "rtl"), ("שער ", "rtl")]
    assert laid("The שער is") == [("The ", "ltr"), ("שער", "rtl"), (" is", "ltr")]


def test_a_line_keeps_the_direction_of_the_whole():
    line = "العربية text"

    assert [run.text for run in runs(line, SERIF, "ltr")] == ["العربية", " text"]
    assert [run.text for run in runs(line, SERIF, "rtl")] == ["text", "العربية "]


def test_letters_that_join_are_shaped_together():
    apart = sum(length(letter, HAND) for letter in "ببب")

    assert length("ببب", HAND) < apart * 0.9


def test_without_raqm_right_to_left_is_left_out(monkeypatch):
    monkeypatch.setattr(lettering, "SHAPES", False)

    assert drawable(SCRIPTS["Arabic"]) == drawable(SCRIPTS["Hebrew"]) == ""
    assert drawable(SCRIPTS["Armenian"]) == SCRIPTS["Armenian"]
    assert length(SCRIPTS["Armenian"], HAND) > 0


def test_lines_are_no_wider_than_they_may_be_and_lose_no_word():
    words = "The port shuts the lower gate at eleven and says that it holds"

    lines = wrapped(words, HAND, width=400, lines=9)

    assert " ".join(lines) == words
    assert max(length(line, HAND) for line in lines) <= 400


def test_what_does_not_fit_ends_with_an_ellipsis():
    lines = wrapped("The port shuts the lower gate " * 9, HAND, width=400, lines=2)

    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert length(lines[-1], HAND) <= 400


@pytest.mark.parametrize("words", ["x" * 300, "ب" * 300, "Շ" * 300, "\u0301" * 50])
def test_a_word_longer_than_a_line_is_cut(words):
    lines = wrapped(words, HAND, width=300, lines=3)

    assert 1 <= len(lines) <= 3
    assert max(length(line, HAND) for line in lines) <= 300
