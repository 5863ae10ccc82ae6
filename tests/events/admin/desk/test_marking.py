"""What an event and its source have in common, marked in each, and the numbers and names of only one."""

import pytest

from events.admin.desk.reviewing.marking import marked

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("text", "other", "told"),
    [
        ("Water at the quay.", "The WATER rose.", "<mark>Water</mark> at the quay."),
        ("Some 40 boats.", "14 boats", 'Some <span class="odd">40</span> <mark>boats</mark>.'),
        ("It met Mira in Tolm.", "in Tolm", 'It met <span class="odd">Mira</span> in <mark>Tolm</mark>.'),
        ("Rain fell. Snow fell.", "nothing", "Rain fell. Snow fell."),
        ("“Şuşa” <b>", "susa", "“<mark>Şuşa</mark>” &lt;b&gt;"),
        ("they have been there", "they have been there", "they have been there"),
        ("", "anything", ""),
        ("Fourteen boats, 40 men", "14, forty", "<mark>Fourteen</mark> boats, <mark>40</mark> men"),
        ("Fourteen boats", "some", '<span class="odd">Fourteen</span> boats'),
        ("No one, two", "none", 'No one, <span class="odd">two</span>'),
    ],
)
def test_marks(text, other, told):
    assert marked(text, other) == told


@pytest.mark.parametrize(
    ("text", "other", "told"),
    [
        ("tolm is wet", "dry", '<span class="odd">tolm</span> is wet'),
        ("Tolm is wet", "in tolm", "<mark>Tolm</mark> is wet"),
        ("at the wide mill", "a mill", 'at the <span class="odd">wide</span> <mark>mill</mark>'),
        ("wide and grey, a mill", "x", "wide and grey, a mill"),
        ("at Ox, ox", "the ox", "at <mark>Ox</mark>, <mark>ox</mark>"),
    ],
)
def test_known_names_are_names_however_they_are_written(text, other, told):
    assert marked(text, other, ["Tolm", "The Wide Mill", "Ox"]) == told


def test_who_says_the_other_is_no_name_that_it_lacks():
    told = marked(
        "As The Old Herald has it, Mira met a Herald.", "it was raining", said_by=["The Old Herald"]
    )

    odd = '<span class="odd">{}</span>'
    assert told == f"As The Old Herald has it, {odd.format('Mira')} met a {odd.format('Herald')}."
