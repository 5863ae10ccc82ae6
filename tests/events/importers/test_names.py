"""Which places and actors a passage names."""

import pytest

from events.importers.names import mentioned_in
from events.models import Actor, Place


def names_in(text):
    found = mentioned_in([text])[0]
    return {str(row) for row in (*found.places, *found.actors)}


@pytest.fixture
def names(db):
    for name in ("Armenia", "Turkey", "Su", "Tel Aviv", "N'Djamena", "Şuşa", "Ağdam"):
        Place.objects.create().names.create(name=name)
    for name in ("National Security Service of Armenia", "the old guard"):
        Actor.objects.create().names.create(name=name)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Armenia’s army left Turkey.", {"Armenia", "Turkey"}),
        ("The Armenian army", set()),
        ("The National Security Service of Armenia denied it.", {"National Security Service of Armenia"}),
        ("They ate turkey at the Sunday table.", set()),
        ("TURKEY: THE OLD GUARD", {"Turkey", "the old guard"}),
        ("A Tel\nAviv–based firm", {"Tel Aviv"}),
        ("From N’Djamena", {"N'Djamena"}),
        ("Su\u0327s\u0327a", set()),
        ("S\u0327us\u0327a fell", {"Şuşa"}),
        ("", set()),
    ],
)
def test_names_are_found_as_whole_words_and_the_longest_first(names, text, found):
    assert names_in(text) == found


def test_a_name_that_two_places_bear_finds_both(db):
    for _ in range(2):
        Place.objects.create().names.create(name="Martuni")

    assert len(mentioned_in(["In Martuni"])[0].places) == 2


def test_names_are_looked_up_once_however_many_passages_there_are(names, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        mentioned_in(["Armenia and Turkey", "Tel Aviv"] * 100)
