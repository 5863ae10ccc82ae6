"""Which differences of a text are only form, so that what was approved stays approved, and which are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle.formless import formless, same_but_for_form

pytestmark = pytest.mark.no_database

ONLY_FORM = [
    ("The mayor said “yes”.", 'The mayor said "yes".'),
    ("It’s the port", "It's the port"),
    ("Rail – and road", "Rail — and road"),
    ("Rail\u00a0and road", "Rail and road"),
    ("Two were injured.", "Two were injured"),
    ("<p>Two were injured.</p>", "<p>Two were injured</p>"),
    ("Shelling went on", "shelling went on"),
    ("It ended. Then it began", "It ended. then it began"),
    ("<p>It ended.</p><p>Then it began</p>", "<p>It ended.</p><p>then it began</p>"),
    ("“Then it began”, he said", "“then it began”, he said"),
    ("Şəhər was hit", "şəhər was hit"),
]
MORE_THAN_FORM = [
    ("One injured", "Two injured"),
    ("10–12 injured", "10-12 injured"),
    ("<strong>10</strong>–12 injured", "<strong>10</strong>-12 injured"),
    ("5\u00a0000 people", "5 000 people"),
    ("It began at 5.", "It began at 5"),
    ("the port of Turkey", "the port of turkey"),
    ("US troops", "us troops"),
    ("Yes", "Yes?"),
    ("Wait...", "Wait.."),
    ("Wait...", "Wait"),
    ("He said yes", "He said “yes”"),
    ("rail  and road", "rail and road"),
    ("rail-road", "railroad"),
    ("<p>Port</p>", "<p><strong>Port</strong></p>"),
    ('<p><a href="https://a.example/">Port</a></p>', '<p><a href="https://b.example/">Port</a></p>'),
    ("A4 was closed", "a4 was closed"),
    ("İzmir", "izmir"),
    ("rail\u200band road", "rail and road"),
]


@pytest.mark.parametrize(("one", "other"), ONLY_FORM)
def test_it_is_only_form(one, other):
    assert same_but_for_form(one, other)


@pytest.mark.parametrize(("one", "other"), MORE_THAN_FORM)
def test_it_is_more_than_form(one, other):
    assert not same_but_for_form(one, other)


words = st.text(st.sampled_from("abAB19 .’'“\"–-\u00a0?!<>/p"), max_size=30)


@given(words)
def test_what_is_left_has_no_form_to_lose(text):
    assert formless(formless(text)) == formless(text)


@given(words, words)
def test_the_same_digits_are_left(one, other):
    if same_but_for_form(one, other):
        assert [letter for letter in one if letter.isdigit()] == [
            letter for letter in other if letter.isdigit()
        ]
