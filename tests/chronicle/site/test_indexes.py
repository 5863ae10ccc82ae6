"""The indexes of all that is named: by letter with every spelling, by number, sources by date."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chronicle.site import indexes
from events.editorial import publishing
from tests.support.factories import EventFactory, PlaceFactory
from tests.support.reading import head_of, links, main_of, notices, text_of, way, words
from tests.support.record import Telling, make_page, make_source, make_story, make_term, print_entries

pytestmark = pytest.mark.django_db


def named(*names: str, shown: int = 1) -> list[dict]:
    return [
        {"name": name, "language": "", "used_by": "", "preferred": n < shown} for n, name in enumerate(names)
    ]


@pytest.fixture
def flood():
    return make_story()


@pytest.fixture
def kind(flood):
    return make_term(flood, "kind", "Damage")


def tell(story, *tellings):
    return print_entries(make_page(story), tellings)


def lines(response) -> list[str]:
    """The lines of an index, in order."""
    return [
        text_of(line)
        for index in re.findall(r'<ul class="index">(.*?)</ul>', main_of(response))
        for line in re.findall("<li>(.*?)</li>", index)
    ]


@pytest.mark.parametrize("order", ["letter", "number"])
def test_those_of_one_name_are_told_apart_by_the_number_of_their_address(client, flood, kind, order):
    first, second = (make_term(flood, "place", "x", names=named("Newtown", "Nové Město")) for _ in range(2))
    tell(flood, Telling("Rain", kind, [first, second, make_term(flood, "place", "Oldtown")]))

    told = lines(client.get(f"/the-flood/places/?order={order}"))

    assert f"Newtown, no. {first.number} 1 entry" in told and f"Newtown, no. {second.number} 1 entry" in told
    assert "Oldtown 1 entry" in told
    if order == "letter":
        assert f"Nové Město , see Newtown, no. {second.number}" in told


class TestByLetter:
    def test_every_spelling_stands_at_its_place_and_leads_to_the_one_page(self, client, flood, kind):
        town = make_term(flood, "place", "x", names=named("Shusha", "Shushi", "Շուշի", "Шуша", shown=2))
        other = make_term(flood, "place", "Ağdam")
        tell(flood, Telling("Rain", kind, [town, other]), Telling("Wind", kind, [town]))

        page = client.get("/the-flood/places/")

        assert lines(page) == [
            "Ağdam 1 entry",
            "Shusha / Shushi 2 entries",
            "Shushi , see Shusha / Shushi",
            "Шуша , see Shusha / Shushi",
            "Շուշի , see Shusha / Shushi",
        ]
        assert set(links(page, "/place/")) == {town.get_absolute_url(), other.get_absolute_url()}
        assert re.findall(r"<h2>(.)</h2>", main_of(page)) == ["A", "S", "Ш", "Շ"]

    @pytest.mark.parametrize("style", ["slash", "brackets", "first"])
    def test_the_first_name_is_the_line_in_every_style(self, client, style):
        story = make_story(name_style=style)
        town = make_term(story, "place", "x", names=named("Shusha", "Shushi", shown=2))
        tell(story, Telling("Rain", make_term(story, "kind", "Damage"), [town]))

        first, second = lines(client.get("/the-flood/places/"))

        assert first == f"{town.label} 1 entry"
        assert second == f"Shushi , see {town.label}"

    def test_letters_lead_to_the_first_of_them(self, client, flood, kind):
        places = [
            make_term(flood, "place", name) for name in ("Beta", "Alpha", "Ärzte", "東京", "7th Street")
        ]
        tell(flood, Telling("Rain", kind, places))

        page = client.get("/the-flood/places/")

        letters = re.search(r'class="letters".*?</nav>', main_of(page))[0]
        assert text_of(letters.partition(">")[2]) == "7 A B 東"
        assert lines(client.get("/the-flood/places/?from=b")) == ["Beta 1 entry", "東京 1 entry"]
        assert lines(client.get("/the-flood/places/?from=%00")) == lines(page)
        assert lines(client.get("/the-flood/places/?from=zzz東zzz")) == ["東京 1 entry"]

    def test_a_long_index_goes_on_after_its_last_line(self, client, flood, kind, monkeypatch):
        monkeypatch.setattr(indexes, "PER_PAGE", 7)
        places = [
            make_term(flood, "place", "x", names=named(f"Mill {n % 5}", f"Tower {n}")) for n in range(10)
        ]
        tell(flood, Telling("Rain", kind, places))

        met, address = [], "/the-flood/places/"
        while address:
            page = client.get(address)
            met += lines(page)
            following = way(page, "next")
            address = following and f"/the-flood/places/{following}"

        plain = [re.sub(r", no\. \d+", "", line) for line in met]
        assert sorted(plain) == plain
        assert len(plain) == len(set(plain)) + 5 == 20

    def test_spellings_that_fold_to_one_are_not_parted(self, client, flood, kind, monkeypatch):
        monkeypatch.setattr(indexes, "PER_PAGE", 3)
        place = make_term(flood, "place", "x", names=named("Mill", "MILL", "mill"))
        tell(flood, Telling("Rain", kind, [make_term(flood, "place", "Alpha"), place]))

        first = client.get("/the-flood/places/")
        second = client.get("/the-flood/places/" + way(first, "next"))

        assert lines(first) == ["Alpha 1 entry"]
        assert sorted(lines(second)) == ["MILL , see Mill", "Mill 1 entry", "mill , see Mill"]

    def test_a_place_without_entries_stands_there_for_what_lies_in_it(self, client, flood, kind):
        region = make_term(flood, "place", "The region")
        tell(flood, Telling("Rain", kind, [make_term(flood, "place", "Town", within=region.subject)]))
        make_term(flood, "actor", "Nobody")

        assert lines(client.get("/the-flood/places/")) == ["The region 1 entry", "Town 1 entry"]
        assert lines(client.get("/the-flood/people/")) == []


class TestByNumber:
    def test_the_most_used_come_first_a_page_at_a_time(self, client, flood, monkeypatch):
        monkeypatch.setattr(indexes, "PER_PAGE", 2)
        kinds = [make_term(flood, "kind", name) for name in ("One", "Three", "Two", "None", "Also two")]
        tell(flood, *(Telling(f"{n}", kinds[at]) for n, at in enumerate((0, 1, 1, 1, 2, 2, 4, 4))))

        met, address = [], "?order=number"
        while address:
            page = client.get(f"/the-flood/kinds/{address}")
            met += lines(page)
            address = way(page, "next")

        assert met == ["Three 3 entries", "Two 2 entries", "Also two 2 entries", "One 1 entry"]

    def test_a_place_counts_what_lies_in_it_once(self, client, flood, kind):
        region = make_term(flood, "place", "The region")
        town = make_term(flood, "place", "Town", within=region.subject)
        other = make_term(flood, "place", "Other")
        tell(
            flood,
            Telling("Both", kind, [region, town]),
            Telling("Town", kind, [town]),
            *(Telling(f"Other {n}", kind, [other]) for n in range(3)),
        )

        page = client.get("/the-flood/places/?order=number")

        assert lines(page) == ["Other 3 entries", "The region 2 entries", "Town 2 entries"]


def test_sources_are_listed_by_date_with_their_outlets(client, flood, kind, monkeypatch):
    monkeypatch.setattr(indexes, "PER_PAGE", 2)
    sources = [
        make_source(flood, "Undated", published_on=""),
        make_source(flood, "Of a month", "Radio Estuary", published_on="2021-02"),
        make_source(flood, "Latest", retracted="It was another."),
    ]
    make_source(flood, "Never cited")
    tell(flood, Telling("Rain", kind, sources=sources))

    first = client.get("/the-flood/sources/?order=date")
    second = client.get("/the-flood/sources/" + way(first, "next"))

    assert lines(first) == [
        "Latest 1 entry The Harbour Post , 4 March 2021 retracted",
        "Of a month 1 entry Radio Estuary , February 2021",
    ]
    assert lines(second) == ["Undated 1 entry The Harbour Post"]


@pytest.mark.parametrize("order", ["", "?order=number", "?order=date"])
@pytest.mark.parametrize("name", ["kinds", "places", "people", "outlets", "sources"])
def test_what_has_no_public_entry_left_is_in_no_index(client, name, order):
    event = EventFactory(published=True, places=[PlaceFactory(name="Hidden lane")])
    address = f"/the-flood/{name}/{order}"
    shown = lines(client.get(address))
    assert shown or name == "people"
    publishing.withdraw(event, by=event.created_by, seen=event.version, reason="It was another.")

    page = client.get(address)

    assert (page.status_code, lines(page)) == (200, [])
    assert 'class="letters"' not in main_of(page)


def test_an_index_of_nothing_says_so(client, flood):
    assert "Nothing has been published yet" in words(client.get("/the-flood/places/"))
    assert "Go to the beginning of this index" in words(client.get("/the-flood/places/?from=x"))
    assert client.get("/nowhere/places/").status_code == 404


@pytest.mark.parametrize(
    "query",
    ["order=size", "after=x", "after=1", "from=%00", "outlet=x", "after=%FF.1", "order=date", "after=a.0"],
)
def test_what_makes_no_sense_is_passed_over(client, flood, kind, query):
    tell(flood, Telling("Rain", kind))

    page = client.get(f"/the-flood/kinds/?{query}")

    assert page.status_code == 200
    assert lines(page) in (["Damage 1 entry"], [])
    assert bool(notices(page)) == query.startswith("order=")


def test_only_the_index_itself_is_indexed_by_others(client, flood):
    assert "robots" not in head_of(client.get("/the-flood/places/"))
    further = head_of(client.get("/the-flood/places/?order=number"))
    assert further["robots"] == "noindex,follow"
    assert further["canonical"] == "http://testserver/the-flood/places/"


@pytest.mark.parametrize("name", ["kinds", "places", "people", "outlets", "sources"])
def test_an_index_reads_no_more_rows_than_it_shows(client, flood, kind, name, monkeypatch):
    monkeypatch.setattr(indexes, "PER_PAGE", 5)
    for facet in ("place", "actor"):
        for n in range(20):
            make_term(flood, facet, f"{facet} {n}")
    terms = list(flood.terms.with_document())
    places, actors = ([t for t in terms if t.facet == facet] for facet in ("place", "actor"))
    sources = [make_source(flood, f"Bulletin {n}", f"Paper {n}") for n in range(20)]
    tell(flood, Telling("Rain", kind, places, actors, sources))

    for order in ("letter", "number", "date"):
        with CaptureQueriesContext(connection) as asked:
            page = client.get(f"/the-flood/{name}/?order={order}")
        assert len(lines(page)) <= 5
        assert len(asked) <= 8
        assert not any(re.search(r"\bOFFSET\b", each["sql"]) for each in asked)
