"""A chronicle of copies is found by as one that was pressed."""

from collections import Counter
from datetime import timedelta

import pytest

from chronicle.models import Chronicle, Entry, EntryTerm, EntryWords, Page, Term
from chronicle.record import bitmaps
from chronicle.record.columns import LOW_BITS
from events.demo.made import building
from tests.bench.replicating import replicate

TIMES, ENTRIES, DAYS = 3, 40, 6


@pytest.fixture
def replicated(db) -> Chronicle:
    building.build(entries=ENTRIES, days=DAYS, seed=5)
    replicate(TIMES)
    return Chronicle.objects.get()


def test_each_entry_is_there_as_often_on_later_days(replicated):
    first, *_, last = Entry.objects.filter(number__in=[1, 1 + ENTRIES, 1 + 2 * ENTRIES]).order_by("number")

    assert Entry.objects.count() == TIMES * ENTRIES
    assert last.told_on - first.told_on == last.happened_on - first.happened_on == timedelta(2 * DAYS)
    assert last.earliest - first.earliest == last.latest - first.latest == timedelta(2 * DAYS)
    assert Page.objects.get(date=last.told_on).number == replicated.calendar.number_of(last.told_on)
    assert replicated.calendar.holds(last.told_on)


def test_each_has_its_place_in_time(replicated):
    entries = Entry.objects.all()

    assert all(entry.sk % (1 << LOW_BITS) == entry.pk for entry in entries)
    standing = [entry for entry in entries if not entry.open_start]
    assert all(entry.sk >> LOW_BITS + 12 == entry.earliest.timestamp() // 60 for entry in standing)


def test_each_is_found_by_its_words_and_terms(replicated):
    places = dict(Entry.objects.values_list("pk", "sk"))

    assert dict(EntryWords.objects.values_list("entry", "sk")) == places
    assert all(places[pk] == sk for pk, sk in EntryTerm.objects.values_list("entry", "sk"))


def test_each_has_sources_of_its_own(replicated):
    links = EntryTerm.objects.filter(facet="source")
    pressed = links.filter(entry__number__lte=ENTRIES)

    assert links.count() == TIMES * pressed.count()
    assert Term.objects.filter(facet="source").count() == TIMES * len(set(pressed.values_list("term")))


def test_the_bitmaps_hold_what_the_rows_say(replicated):
    told = Counter(str(day) for day in Entry.objects.values_list("told_on", flat=True))
    cited = Counter(
        str(number)
        for number in EntryTerm.objects.filter(facet="source").values_list("term__number", flat=True)
    )

    assert bitmaps.sum_of(replicated.pk, "all") == TIMES * ENTRIES
    assert {day: bitmaps.sum_of(replicated.pk, f"told/{day}") for day in told} == told
    assert {number: bitmaps.sum_of(replicated.pk, f"source/{number}") for number in cited} == cited
