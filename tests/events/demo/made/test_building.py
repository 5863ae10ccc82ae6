"""What the made chronicle tells, whatever its size."""

import unicodedata
from collections import Counter
from itertools import chain

import pytest
from django.contrib.auth.models import User

from chronicle.models import Chronicle, Entry, Page, Term
from chronicle.record import verifying
from events.demo.made import building
from events.models import Event
from tests.support.sampling import kept_for_a_module

ENTRIES, DAYS = 300, 30


@pytest.fixture(scope="module")
def made_once(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker):
        with django_db_blocker.unblock():
            building.build(entries=ENTRIES, days=DAYS, seed=7)
        yield


@pytest.fixture
def made(made_once, db) -> Chronicle:
    return Chronicle.objects.get(slug=building.SLUG)


def documents(chronicle: Chronicle) -> list[dict]:
    entries = Entry.objects.filter(chronicle=chronicle).order_by("number").with_document()
    return [entry.document for entry in entries]


def scripts(text: str) -> set[str]:
    return {unicodedata.name(letter).split()[0] for letter in text if letter.isalpha()}


def test_every_entry_is_public_and_the_record_is_whole(made):
    assert Entry.objects.public().filter(chronicle=made).count() == ENTRIES
    assert set(Event.objects.values_list("state", flat=True)) == {"published"}
    assert list(verifying.problems()) == []


def test_days_are_spread_unevenly_and_some_are_empty(made):
    told = Counter(Entry.objects.values_list("told_on", flat=True))

    assert (min(told), max(told)) == (made.first_date, made.last_date)
    assert (made.last_date - made.first_date).days == DAYS - 1
    assert 20 <= len(told) < DAYS
    assert max(told.values()) > 3 * min(told.values())
    assert all(page.headline for page in Page.objects.all())


def test_names_and_texts_are_in_four_scripts(made):
    four = {"LATIN", "CYRILLIC", "ARMENIAN", "ARABIC"}
    names = [
        name
        for place in Term.objects.filter(facet="place").with_document()
        for name in place.document["names"]
    ]
    texts = documents(made)

    assert scripts(" ".join(name["name"] for name in names)) == four
    assert {name["language"] for name in names} == {"en", "ru", "hy", "ar"}
    assert scripts(" ".join(document["text"] for document in texts)) == four
    assert scripts(" ".join(one["quote"] for document in texts for one in document["citations"])) == four


def test_places_have_several_spellings_and_lie_in_others_two_deep(made):
    places = {place.subject: place.document for place in Term.objects.filter(facet="place").with_document()}
    latin = [
        [name["name"] for name in place["names"] if name["language"] == "en"] for place in places.values()
    ]
    towns = [place for place in places.values() if place["within"] and places[place["within"]]["within"]]

    assert all(len(set(spellings)) > 1 for spellings in latin)
    assert len(towns) > len(places) / 2
    assert any(not place["within"] for place in places.values())


def test_there_is_some_of_everything_that_can_be_told(made):
    told = documents(made)
    cited = list(chain.from_iterable(document["citations"] for document in told))

    assert {document["standing"] for document in told} == {
        "unsupported", "single", "corroborated", "disputed", "retracted"
    }  # fmt: skip
    assert {citation["stance"] for citation in cited} == {"supports", "disputes", "mentions"}
    assert {document["moment"]["precision"] for document in told} >= {"minute", "hours-6", "day", "longer"}
    assert any(document["moment"]["open_start"] for document in told)
    assert any(document["moment"]["open_end"] for document in told)
    assert any(document["moment"]["happened_on"] < document["moment"]["told_on"] for document in told)
    assert 1 <= sum(document["key"] for document in told) <= ENTRIES / 15
    assert Term.objects.filter(facet="kind").count() == 8
    assert any(term.document["relays"] for term in Term.objects.filter(facet="source").with_document())


def test_one_place_is_named_far_more_often_than_most(made):
    named = Counter(place["subject"] for document in documents(made) for place in document["places"])

    assert named.most_common(1)[0][1] > 10 * sorted(named.values())[len(named) // 2]


def test_every_address_is_an_example(made):
    addresses = [
        term.document["url"] for term in Term.objects.filter(facet__in=("outlet", "source")).with_document()
    ]

    assert addresses
    assert all(address.split("/")[2].endswith(".example") for address in addresses)


def test_nobody_can_sign_in_as_who_made_it(made):
    assert not any(person.has_usable_password() for person in User.objects.all())
