"""Which places and actors a passage names."""

import pytest

from events.importers.names import mentioned_in
from tests.support.factories import ActorFactory, PlaceFactory, StoryFactory


def names_in(story, text):
    found = mentioned_in(story, [text])[0]
    return {str(row) for row in (*found.places, *found.actors)}


@pytest.fixture
def names(story):
    for name in ("Armenia", "Turkey", "Su", "Tel Aviv", "N'Djamena", "Şuşa", "Ağdam"):
        PlaceFactory(story=story, name=name)
    for name in ("National Security Service of Armenia", "the old guard"):
        ActorFactory(story=story, name=name)


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
def test_names_are_found_as_whole_words_and_the_longest_first(story, names, text, found):
    assert names_in(story, text) == found


def test_names_of_another_story_are_not_found(names):
    assert names_in(StoryFactory(slug="another"), "Armenia and the old guard") == set()


def test_a_name_that_two_places_bear_finds_both(story):
    for _ in range(2):
        PlaceFactory(story=story, name="Martuni")

    assert len(mentioned_in(story, ["In Martuni"])[0].places) == 2


def test_names_are_looked_up_once_however_many_passages_there_are(
    story, names, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        mentioned_in(story, ["Armenia and Turkey", "Tel Aviv"] * 100)
