"""What a process remembers saves questions, and is never shown once something else is printed."""

import re

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from chronicle.models import Entry, EntryTerm, EntryWords, Log, Term
from chronicle.record import rebuilding
from chronicle.site import remembered, strip
from tests.support.cast import publish
from tests.support.factories import EventFactory, PlaceFactory
from tests.support.reading import headlines, main_of

TIMELINE = "/the-flood/timeline/"
ADDRESSES = [TIMELINE, f"{TIMELINE}?kind=1", f"{TIMELINE}?q=water", "/the-flood/day-3/?part=afternoon"]
OF_THE_INDEX = re.compile(r"chronicle_(bitmap|term|entrywords\w*)\b")


@pytest.fixture
def printed(db):
    return EventFactory(published=True, headline="Water rises", wording="14:30")


def asked(client, address):
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return [query["sql"] for query in queries if OF_THE_INDEX.search(query["sql"])]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_that_was_asked_for_before_reads_less_of_the_index(client, printed, address):
    first, second = asked(client, address), asked(client, address)

    assert len(second) < len(first)


@pytest.mark.parametrize("address", [TIMELINE, f"{TIMELINE}?q=water"])
def test_what_is_printed_is_shown_at_once(client, printed, editor, address):
    assert "1 entry" in main_of(client.get(address))

    publish(EventFactory(approved=True, headline="The water falls"), editor)

    assert "2 entries" in main_of(client.get(address))


def test_control_without_the_digest_an_old_count_would_be_shown(client, printed, editor, monkeypatch):
    monkeypatch.setattr(remembered, "_of", lambda chronicle: remembered._at(chronicle.pk, "the same"))
    assert "1 entry" in main_of(client.get(TIMELINE))

    publish(EventFactory(approved=True, headline="The water falls"), editor)

    assert "2 entries" not in main_of(client.get(TIMELINE))


def test_words_that_were_noted_anew_are_found_at_once(client, printed):
    EntryWords.objects.all().delete()
    assert headlines(client.get(f"{TIMELINE}?q=water")) == []

    call_command("reprint")

    assert headlines(client.get(f"{TIMELINE}?q=water")) == ["Water rises"]


def test_a_backup_that_is_laid_over_and_rebuilt_has_a_digest_of_its_own(client, printed):
    """A row that is made anew has another row id, under which nothing may be known from before."""
    backup = transaction.savepoint()
    EntryTerm.objects.all().delete()
    EntryWords.objects.all().delete()
    Entry.objects.all().delete()
    rebuilding.rebuild()
    assert "1 entry" in main_of(client.get(TIMELINE))
    before = Log.objects.get().digest

    transaction.savepoint_rollback(backup)
    rebuilding.rebuild()

    assert Log.objects.get().digest != before
    assert "1 entry" in main_of(client.get(TIMELINE))


@pytest.mark.parametrize("address", ADDRESSES)
def test_with_room_for_little_the_same_is_shown(client, printed, monkeypatch, address):
    expected = main_of(client.get(address))
    remembered.forget()
    monkeypatch.setattr(remembered, "NAMES", 2)
    monkeypatch.setattr(remembered, "QUESTIONS", 0)

    assert [main_of(client.get(address)) for _ in range(3)] == [expected] * 3


def test_of_a_set_that_is_known_nothing_is_changed_by_those_who_use_it(client, printed):
    client.get(TIMELINE)
    chronicle = strip.chronicle_called("the-flood")
    known = remembered._at(chronicle.pk, chronicle.printed)
    before = {name: ids.copy() for name, ids in known.sets.items()}

    for address in ADDRESSES:
        client.get(address)

    assert {name: known.sets[name] for name in before} == before


def counts_of(page):
    return [(choice["value"], choice["count"]) for choice in choices(page)]


def choices(page):
    facets = page.context["listing"].facets.facets
    return [
        {"value": (each.facet, each.value), "count": each.count} for one in facets for each in one.choices
    ]


def test_what_choices_would_leave_is_counted_anew_for_each_list(client, printed):
    """Each list after the other, as one process answers them, and each as a new process does."""
    EventFactory(published=True, headline="Water falls", wording="08:00", kind__name="Weather")
    addresses = [f"{TIMELINE}{query}" for query in QUERIES]

    one_after_another = [counts_of(client.get(address)) for address in [*addresses, *addresses]]

    alone = []
    for address in addresses:
        remembered.forget()
        alone.append(counts_of(client.get(address)))
    assert one_after_another == [*alone, *alone]
    assert len(set(map(tuple, alone))) > 3


QUERIES = (
    "",
    "?order=newest",
    "?kind=1",
    "?kind=2",
    "?part=morning",
    "?q=falls",
    "?q=falls&kind=2",
    "?from=2021-03-02",
)


def test_with_a_place_come_those_it_lies_in_where_it_was_read_before_without_them(client, db):
    town = PlaceFactory(name="Town")
    EventFactory(published=True, places=[PlaceFactory(name="Bridge", within=town)])
    bridge = Term.objects.get(facet="place", label="Bridge")
    (chronicle,) = strip.chronicles()

    alone = remembered.terms(chronicle, [bridge.subject])
    with_town = remembered.terms(chronicle, [], rows=[bridge.pk])

    assert [term.label for term in alone] == ["Bridge"]
    assert {term.label for term in with_town} == {"Bridge", "Town"}
