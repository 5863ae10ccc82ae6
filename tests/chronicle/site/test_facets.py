"""What stands beside a list that is too long to look at each of its entries."""

from datetime import time

import pytest

from chronicle.site import candidates
from chronicle.site.facets import Choice
from chronicle.site.search import matching
from chronicle.templatetags.lists import as_boxes
from tests.support.reading import choices, main_of, way, words
from tests.support.record import Telling, make_page, make_source, make_story, make_term, print_entries

pytestmark = pytest.mark.django_db
ADDRESS = "/the-flood/timeline/"


@pytest.fixture
def flood():
    return make_story()


def shown(response, facet):
    return {choice.label: choice.count for choice in choices(response) if choice.facet == facet}


@pytest.mark.parametrize("few", [0, 250])
def test_a_place_counts_what_is_under_it_and_what_lies_in_it(client, flood, monkeypatch, few):
    """The town is the place that most lies in, and named itself less often than its bridges."""
    monkeypatch.setattr(candidates, "FEW", few)
    monkeypatch.setattr(candidates, "CANDIDATES", 2)
    kind, town = make_term(flood, "kind", "Damage"), make_term(flood, "place", "Town")
    bridges = [make_term(flood, "place", name, within=town.subject) for name in ("Old bridge", "New bridge")]
    named = [town, *bridges * 2]
    print_entries(make_page(flood), [Telling(f"Report {n}", kind, [place]) for n, place in enumerate(named)])

    assert shown(client.get(ADDRESS), "place") == {"Town": 5, "Old bridge": 2, "New bridge": 2}


def test_the_choices_of_a_facet_are_the_first_of_its_own_entries(client, flood, monkeypatch):
    """The one kind has more sources than are counted, the other two."""
    monkeypatch.setattr(candidates, "CANDIDATES", 3)
    kinds = [make_term(flood, "kind", name) for name in ("Damage", "Rescue")]
    common = [make_source(flood, f"Common {n}") for n in range(4)]
    rare = [make_source(flood, f"Rare {n}") for n in range(2)]
    tellings = [Telling(f"Report {n}", kinds[0], sources=common) for n in range(5)]
    tellings.append(Telling("Rescue", kinds[1], sources=rare))
    print_entries(make_page(flood), tellings)

    assert shown(client.get(f"{ADDRESS}?kind=2"), "source") == {"Rare 0": 1, "Rare 1": 1}


def test_what_is_used_too_seldom_to_be_counted_is_found_by_its_name(client, flood, monkeypatch):
    monkeypatch.setattr(candidates, "FEW", 0)
    monkeypatch.setattr(candidates, "CANDIDATES", 1)
    kinds = [make_term(flood, "kind", name) for name in ("Damage", "Rescue")]
    actors = [make_term(flood, "actor", name) for name in ("City", "Crew", "Guard")]
    tellings = [Telling(f"Report {n}", kinds[0], actors=actors[:1]) for n in range(3)]
    tellings.append(Telling("Rescue", kinds[1], actors=actors[1:]))
    print_entries(make_page(flood), tellings)

    response = client.get(f"{ADDRESS}?kind=2")

    assert shown(response, "actor") == {}
    assert 'id="find-actor"' in main_of(response)


@pytest.mark.parametrize("facet", ["source", "outlet", "stance"])
def test_a_choice_that_a_day_does_not_offer_can_be_taken_back_there(client, flood, facet):
    kind, source = make_term(flood, "kind", "Damage"), make_source(flood)
    print_entries(make_page(flood), [Telling("Rain", kind, sources=[source]), Telling("Wind", kind)])
    value = "supports" if facet == "stance" else "1"

    plain, chosen = (
        client.get("/the-flood/day-3/"),
        client.get(f"/the-flood/day-3/?{facet}={value}&part=morning"),
    )

    assert shown(plain, facet) == {}
    assert len(shown(chosen, facet)) == 1
    assert "1 entry" in words(chosen)
    assert 'href="?part=morning#results"' in main_of(chosen)


def test_a_choice_that_leaves_nothing_of_a_day_can_be_taken_back_there(client, flood):
    kinds = [make_term(flood, "kind", name) for name in ("Damage", "Rescue")]
    print_entries(make_page(flood), [Telling("Rain", kind) for kind in kinds])

    response = client.get("/the-flood/day-3/?key=1")

    assert "Only key events" in words(response)
    assert 'href="?#results"' in main_of(response)


@pytest.fixture
def scattered(flood, monkeypatch):
    """Twenty that hold a word, of which the oldest is of another kind; ten are counted."""
    monkeypatch.setattr(matching, "MOST", 10)
    kinds = [make_term(flood, "kind", name) for name in ("Damage", "Rescue")]
    source = make_source(flood)
    tellings = [Telling(f"Water {n}", kinds[n == 0], sources=[source], at=time(n)) for n in range(20)]
    print_entries(make_page(flood), tellings)


def test_of_too_many_matches_no_sources_are_counted(client, scattered):
    assert "10,000+ entries" in words(client.get(f"{ADDRESS}?q=water"))
    assert "from 1 source" not in words(client.get(f"{ADDRESS}?q=water"))


def test_a_part_of_too_many_matches_of_which_nothing_fits_says_so_and_leads_on(client, scattered):
    response = client.get(f"{ADDRESS}?q=water&kind=2&order=newest")

    assert "None among these" in words(response)
    assert "Nothing matches" not in words(response)
    following = client.get(ADDRESS + way(response, "next"))
    assert "Water 0" in words(following)


def test_many_entries_are_counted_with_commas():
    assert ">1,385<" in as_boxes([Choice("kind", "Kind", "1", "Rain", 1385, False)])
