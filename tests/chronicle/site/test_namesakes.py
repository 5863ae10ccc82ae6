"""Two places of one name, told apart wherever a reader chooses among places."""

import pytest

from chronicle.site.candidates import told_apart
from tests.support.reading import choices
from tests.support.record import Telling, make_page, make_story, make_term, print_entries

SUGGESTED = "/the-flood/timeline/suggest/"


@pytest.mark.django_db
def test_in_the_filter_among_what_is_typed_and_in_the_list_of_changes(client):
    flood = make_story()
    kind, quay = make_term(flood, "kind", "Damage"), make_term(flood, "place", "The quay")
    towns = [make_term(flood, "place", "Newtown") for _ in range(2)]
    print_entries(
        make_page(flood), [Telling(f"Report {n}", kind, [quay, town]) for n, town in enumerate(towns)]
    )
    called = [f"Newtown, no. {town.number}" for town in towns]

    filtered = client.get("/the-flood/timeline/")
    assert {each.label for each in choices(filtered) if each.facet == "place"} == {"The quay", *called}

    for address in (f"{SUGGESTED}?q=newt", f"{SUGGESTED}?place=newt&facet=place", "/the-flood/corrections/"):
        page = client.get(address).text
        assert [page.count(one) for one in called] == [1, 1], address


@pytest.mark.no_database
def test_what_is_of_another_facet_is_no_other_of_its_name():
    labels = {("place", "1"): "Newtown", ("actor", "4"): "Newtown"}

    assert told_apart(labels) == labels
