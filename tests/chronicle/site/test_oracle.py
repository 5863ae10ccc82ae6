"""Whatever is asked of the timeline, of a term and of a day: the site says what the sheets say.

``make soak`` asks 2,000 queries, a run of the tests a tenth; ``tests.support.oracle`` says what is right.
"""

import re
import sys
from datetime import date
from functools import cached_property
from random import Random

import pytest
from pyroaring import BitMap

from chronicle.models import Chronicle, EntryTerm, EntryWords, Log, Term
from chronicle.record import bitmaps
from chronicle.site import candidates, paging, ranking, remembered, strip
from chronicle.site.search import matching
from chronicle.site.selection import Selection
from chronicle.site.views import pages as day_pages
from tests.support import chance
from tests.support.oracle import record, sheets
from tests.support.oracle.answers import ALONE, FACETS, Oracle, entries_of
from tests.support.oracle.comparing import OF_A_DAY, About, Comparison, Tally
from tests.support.oracle.curious import Curious
from tests.support.oracle.since import days_of, numbers_at, on_day, stood
from tests.support.reading import words
from tests.support.sampling import kept_for_a_module

ENTRIES = 450
QUERIES = 2_000
CUTS = 200
WITH_RESULTS, BEYOND_A_PAGE = 0.6, 0.2

SHARES = {"made-islands": 0.86, "the-44-days": 0.1, "the-flood": 0.04}
"""Of how many queries each chronicle is asked: the longest most."""

FEW = 30
"""What stands in place of a thousand where a page must be found without putting all in order."""

COUNTED = 12
"""And of ten thousand, where there are too many matches to count."""


@pytest.fixture(scope="module")
def printed_once(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker):
        with django_db_blocker.unblock():
            record.build(entries=ENTRIES, seed=chance.SEED)
            printed = {slug: sheets.read(slug) for slug in record.SLUGS}
        yield printed


@pytest.fixture
def printed(printed_once, db):
    return printed_once


@pytest.fixture
def dice(request):
    """Another for each test, or all would ask the same."""
    return Random(f"{chance.SEED} {request.node.name}")


@pytest.fixture
def comparison(client, printed, dice):
    return Comparison(client, Oracle(printed["made-islands"]), dice)


@pytest.fixture
def few(monkeypatch):
    """So few entries are put in order, or have their terms counted one by one."""
    monkeypatch.setattr(paging, "FEW", FEW)
    monkeypatch.setattr(candidates, "FEW", FEW)


@pytest.fixture
def thorough(monkeypatch, comparison):
    """Of as many entries as there are every term is counted."""
    monkeypatch.setattr(candidates, "FEW", 2 * ENTRIES)
    comparison.is_exact = True


def timeline(slug="made-islands"):
    return About(f"/{slug}/timeline/")


def said(name, tally):
    """Leave the figures of a run where ``-rP`` or a soak shows them."""
    sys.stdout.write(f"{name}: {tally}\n")


def asked(comparison, about, curious, share):
    """Ask that share of all queries, and insist that the site is right."""
    comparison.ask(about, curious, chance.tries(round(QUERIES * share)))
    said(about.address, comparison.tally)
    assert "\n".join(comparison.tally.differences) == ""


def test_the_timeline_answers_as_the_sheets_do(client, printed, dice):
    tallies = []
    for slug, share in SHARES.items():
        comparison = Comparison(client, Oracle(printed[slug]), dice)
        asked(comparison, timeline(slug), Curious(printed[slug], dice), 0.48 * share)
        tallies.append(comparison.tally)

    queries = sum(tally.queries for tally in tallies)
    assert sum(tally.found for tally in tallies) >= WITH_RESULTS * queries
    assert sum(tally.beyond for tally in tallies) >= BEYOND_A_PAGE * queries


def test_as_where_only_the_days_of_a_page_are_put_in_order(few, comparison, printed, dice):
    asked(comparison, timeline(), Curious(printed["made-islands"], dice), 0.12)


def test_as_where_every_term_is_counted(thorough, comparison, printed, dice):
    asked(comparison, timeline(), Curious(printed["made-islands"], dice), 0.12)


def test_as_where_too_many_entries_match_to_count(client, printed, dice, monkeypatch, few):
    monkeypatch.setattr(matching, "MOST", COUNTED)
    islands = printed["made-islands"]
    comparison = Comparison(client, Oracle(islands, most=COUNTED), dice)

    asked(comparison, timeline(), Curious(islands, dice, words=0.9), 0.08)


def test_the_pages_of_terms_do(client, printed, dice):
    islands, tally = printed["made-islands"], Tally()
    held = sorted(islands.held())
    for under in dice.sample(held, min(len(held), chance.tries(80))):
        facet, number = under
        term = Term.objects.get(chronicle__slug=islands.slug, facet=facet, number=number)
        left_out = {"place": set(), "actor": set(), "asset": {"media"}}.get(facet, {facet})
        offers = tuple({*FACETS, *ALONE} - left_out)
        comparison = Comparison(client, Oracle(islands), dice, tally=tally)
        curious = Curious(islands, dice, about=entries_of(islands, under=under))
        comparison.ask(About(term.get_absolute_url(), offers, under=under), curious, 3)

    said("terms", tally)
    assert "\n".join(tally.differences) == ""
    assert tally.found > tally.queries / 3


def test_days_do(client, printed, dice, monkeypatch):
    monkeypatch.setattr(day_pages, "PER_PAGE", 12)
    tally = Tally()
    for slug, of_slug in printed.items():
        calendar = Chronicle.objects.get(slug=slug).calendar
        days = sorted({day for entry in of_slug.entries for day in (entry.told_on, entry.happened_on)})
        days = [day for day in days if calendar.holds(day)]
        for day in dice.choices(days, k=chance.tries(60)):
            comparison = Comparison(client, Oracle(of_slug), dice, tally=tally)
            address = f"/{slug}/day-{calendar.number_of(day)}/"
            curious = Curious(of_slug, dice, about=entries_of(of_slug, day=day))
            comparison.ask(About(address, OF_A_DAY, day=day, per_page=12), curious, 1)

    said("days", tally)
    assert "\n".join(tally.differences) == ""
    assert tally.found > tally.queries / 2


def forget_in_bitmap(entry):
    chronicle, name = Chronicle.objects.get(slug="made-islands"), f"kind/{min(entry.facets['kind'])}"
    ids = bitmaps.read(chronicle.pk, [name])[name]
    bitmaps.put(chronicle.pk, name, ids - BitMap([entry.place[-1]]))


def forget_in_counts(entry):
    EntryTerm.objects.filter(entry=entry.place[-1], facet="kind").delete()


def forget_its_words(entry):
    EntryWords.objects.filter(entry=entry.place[-1]).delete()


@pytest.mark.parametrize("forget", [forget_in_bitmap, forget_in_counts, forget_its_words])
def test_control_an_entry_that_the_index_forgot_is_missed(thorough, comparison, printed, dice, forget):
    entry = dice.choice(printed["made-islands"].entries)
    queries = [[], [("kind", kind) for kind in entry.facets["kind"]], [("q", entry.headline[0])]]
    for pairs in queries:
        comparison.compare(timeline(), pairs)
    assert comparison.tally.differences == []

    forget(entry)
    remembered.forget()

    for pairs in queries:
        comparison.compare(timeline(), pairs)
    assert comparison.tally.differences != []


@pytest.mark.parametrize("facet", ["part", "standing", "days", *ALONE])
def test_control_a_filter_that_does_nothing_is_noticed(comparison, printed, monkeypatch, facet):
    narrowing = Selection._narrowing.func
    without = cached_property(lambda self: {f: n for f, n in narrowing(self).items() if f != facet})
    without.__set_name__(Selection, "_narrowing")
    monkeypatch.setattr(Selection, "_narrowing", without)
    chosen = {"part": [("part", "night")], "standing": [("standing", "single")]}
    chosen |= {name: [(name, value)] for name, value in ALONE.items()}

    comparison.compare(timeline(), chosen.get(facet, [("from", "1951-01-03"), ("to", "1951-01-03")]))

    assert comparison.tally.differences != []


def test_control_a_wrong_order_is_noticed(comparison, monkeypatch):
    """In every text something reports; some headlines say so."""
    monkeypatch.setattr(ranking, "_by_rank", lambda places: (0, -places[1]))

    comparison.compare(timeline(), [("q", "reports")])

    assert comparison.tally.differences != []


def test_a_day_and_the_timeline_list_exactly_what_is_another_since_a_cut(client, printed, dice):
    logs = list(Log.objects.select_related("chronicle"))
    calendars = {log.pk: strip.calendar_of(strip.chronicle_called(log.chronicle.slug)) for log in logs}
    now = {log.pk: stood(log.chronicle, log.size) for log in logs}
    seen = 0
    for _ in range(chance.tries(CUTS)):
        log = dice.choice(logs)
        chronicle, size = log.chronicle, dice.randrange(log.size + 1)
        then = stood(chronicle, size)
        documents = (document for _, document in now[log.pk].values())
        days = sorted(set().union(*map(days_of, documents)))
        day = dice.choice([day for day in days if calendars[log.pk].holds(date.fromisoformat(day))])
        before, after = on_day(then, day), on_day(now[log.pk], day)
        different = {each for each in before.keys() | after.keys() if before.get(each) != after.get(each)}
        number = calendars[log.pk].number_of(date.fromisoformat(day))

        listed = numbers_at(client, f"/{chronicle.slug}/day-{number}/?since={size}")
        told = words(client.get(f"/{chronicle.slug}/timeline/?since={size}"))

        assert listed == {int(each[6:]) for each in different}, (chronicle.slug, day, size)
        public = [seq for seq, document in now[log.pk].values() if seq > size and "headline" in document]
        assert re.search(rf"\b{len(public):,} entr(y|ies)\b", told), (chronicle.slug, size)
        seen += len(different)
    assert seen
