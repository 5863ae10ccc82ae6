"""The page of a term: what it is, what belongs to it, its course through the days, and its entries."""

from datetime import date, timedelta

import pytest

from chronicle.models import Term
from events.editorial import publishing, writing
from tests.support.cast import publish, term_of
from tests.support.factories import CitationFactory, EventFactory, PlaceFactory, SourceFactory
from tests.support.reading import choices, data_of, head_of, headlines, links, main_of, total, words
from tests.support.record import Telling, make_page, make_source, make_story, make_term, print_entries

pytestmark = pytest.mark.django_db
THIRD = date(2021, 3, 3)
NAMES = [
    {"name": "Shusha", "language": "en", "used_by": "Baku", "preferred": True},
    {"name": "Shushi", "language": "en", "used_by": "Yerevan", "preferred": True},
    {"name": "Շուշի", "language": "hy", "used_by": "", "preferred": False},
]


@pytest.fixture
def flood():
    return make_story()


@pytest.fixture
def kind(flood):
    return make_term(flood, "kind", "Damage", description="What the water <broke>.")


def tell(story, *tellings, day=THIRD):
    return print_entries(make_page(story, day), tellings)


class TestPlaces:
    @pytest.fixture
    def region(self, flood):
        return make_term(flood, "place", "The region")

    @pytest.fixture
    def town(self, flood, region):
        return make_term(
            flood,
            "place",
            "Shusha / Shushi",
            names=NAMES,
            within=region.subject,
            latitude="39.758300",
            longitude="-46.7483",
            precision="2500",
        )

    def test_it_has_all_its_names_and_who_uses_them(self, client, flood, kind, town):
        tell(flood, Telling("Rain", kind, [town]))

        page = client.get(town.get_absolute_url())

        assert "Shusha / Shushi" in words(page)
        assert "Shusha English Baku Shushi English Yerevan Շուշի Armenian" in words(page)
        assert '<span lang="hy" dir="auto">Շուշի</span>' in main_of(page)

    def test_it_leads_to_where_it_lies_and_to_what_lies_in_it(self, client, flood, kind, region, town):
        quarter = make_term(flood, "place", "A quarter", within=town.subject)
        silent = make_term(flood, "place", "A silent one", within=town.subject)
        tell(flood, Telling("Rain", kind, [quarter]), Telling("Wind", kind, [quarter]), Telling("Sun", kind))

        of_region, of_town = (client.get(each.get_absolute_url()) for each in (region, town))

        assert "What lies in it Shusha / Shushi 2 entries" in words(of_region)
        assert "What lies in it A quarter 2 entries" in words(of_town)
        assert "Place in The region" in words(of_town)
        assert links(of_town).count(region.get_absolute_url()) == 1
        assert silent.label not in words(of_town)
        assert headlines(of_region) == headlines(of_town) == ["Wind", "Rain"]

    def test_its_coordinates_are_told_as_exactly_as_they_were_printed(self, client, flood, kind, town):
        tell(flood, Telling("Rain", kind, [town]))

        page = client.get(town.get_absolute_url())

        assert "39.7583 N, 46.7483 W known to 2.5 km" in words(page)
        assert data_of(page)["geo"]["latitude"] == "39.758300"
        assert data_of(page)["alternateName"] == ["Shusha", "Shushi", "Շուշի"]

    def test_only_what_lies_in_it_is_a_part_to_choose(self, client, flood, kind, region, town):
        elsewhere = make_term(flood, "place", "Elsewhere")
        tell(
            flood,
            Telling("Both", kind, [town, elsewhere]),
            Telling("Region", kind, [region]),
            Telling("Town", kind, [town]),
        )

        page = client.get(region.get_absolute_url() + f"?place={town.number}")

        offered = [(choice.label, choice.count) for choice in choices(page) if choice.facet == "place"]
        assert offered == [("Shusha / Shushi", 2)]
        assert "Part of it" in words(page)
        assert headlines(page) == ["Town", "Both"]

    def test_the_most_used_twelve_are_named_and_the_rest_is_in_the_index(self, client, flood, kind, region):
        quarters = [make_term(flood, "place", f"Quarter {n:02}", within=region.subject) for n in range(14)]
        tell(flood, *(Telling(f"{q} {n}", kind, [q]) for q in quarters for n in range(q.number % 3 + 1)))

        page = client.get(region.get_absolute_url())
        named = [link for link in links(page) if "/place/" in link and "quarter" in link]

        assert "More among all places" in words(page)
        beside = main_of(page).partition("What lies in it")[2].partition("</aside>")[0]
        assert beside.count('class="n"') == 12
        assert named[0].startswith("/the-flood/place/")


def test_a_kind_says_what_it_is(client, flood, kind):
    tell(flood, Telling("Rain", kind))

    page = client.get(kind.get_absolute_url())

    assert "What the water <broke>." in words(page)
    assert data_of(page)["@type"] == "DefinedTerm"


def test_an_actor_says_what_it_is_and_offers_others_only(client, flood, kind):
    one, other = make_term(flood, "actor", "The city"), make_term(flood, "actor", "The port")
    third = make_term(flood, "actor", "The union")
    tell(flood, Telling("Rain", kind, actors=[one, other]), Telling("Wind", kind, actors=[one, third]))

    page = client.get(one.get_absolute_url())

    assert "Organisation The city" in words(page)
    assert [choice.label for choice in choices(page) if choice.facet == "actor"] == ["The port", "The union"]
    assert data_of(page)["@type"] == "Organization"


class TestOutlets:
    def test_it_has_its_grade_with_the_reason_and_its_record(self, client, flood, kind):
        make_term(
            flood,
            "outlet",
            "Radio Estuary",
            nature="agency",
            country="Portugal",
            side="the port",
            reliability="D",
            reliability_reason="It was wrong of the dam.",
            reliability_since="2021-03-01",
            url="https://radio.example/",
        )
        kept = make_source(flood, "Kept", "Radio Estuary", published_on="2021-03")
        gone = make_source(flood, "Gone", "Radio Estuary", retracted="It was another dam.")
        make_source(flood, "Never cited", "Radio Estuary")
        tell(flood, Telling("Rain", kind, sources=[kept]), Telling("Wind", kind, sources=[kept, gone]))

        page = client.get("/the-flood/outlet/1-radio-estuary/")

        assert "News agency Portugal speaks from the side of the port Radio Estuary" in words(page)
        assert "Not usually reliable (D) , since 1 March 2021 It was wrong of the dam." in words(page)
        assert "2 sources under 2 entries, 1 retracted" in words(page)
        assert "Gone 1 entry 4 March 2021 Kept 2 entries March 2021" in words(page)
        assert "Never cited" not in words(page)
        assert 'rel="nofollow noopener noreferrer">https://radio.example/' in main_of(page)

    def test_many_sources_go_on_in_the_index(self, client, flood, kind):
        tell(flood, Telling("Rain", kind, sources=[make_source(flood, f"Bulletin {n}") for n in range(14)]))

        page = client.get("/the-flood/outlet/1-the-harbour-post/")
        every = client.get("/the-flood/sources/?outlet=1")

        assert "/the-flood/sources/?outlet=1" in links(page)
        assert len(links(every, "/source/")) == 14
        assert "Sources of The Harbour Post" in words(every)


class TestSources:
    def test_it_says_what_it_is_and_how_to_cite_it(self, client, flood, kind):
        source = make_source(flood, archived_url="https://archive.example/1")
        tell(flood, Telling("Rain", kind, sources=[source]))

        page = client.get(source.get_absolute_url())

        assert "News article 4 March 2021 The river rises" in words(page)
        assert "Published by The Harbour Post , usually reliable (B)" in words(page)
        assert (
            "The Harbour Post. “The river rises”. [News article]. 4 March 2021. https://post.example/river. "
            "Archived at https://archive.example/1." in words(page)
        )
        for address in ("https://post.example/river", "https://archive.example/1"):
            assert f'<a href="{address}" rel="nofollow noopener noreferrer">' in main_of(page)
        assert data_of(page)["publisher"]["name"] == "The Harbour Post"

    def test_a_retracted_one_says_so_first(self, client, flood, kind):
        source = make_source(flood, retracted="Its photograph was of another river.")
        tell(flood, Telling("Rain", kind, sources=[source]))

        said = words(client.get(source.get_absolute_url()))

        assert "The river rises Retracted. Its photograph was of another river." in said

    def test_whom_it_repeats_and_who_repeats_it_are_told(self, client, flood, kind):
        first = make_source(flood, "First")
        silent = make_source(flood, "Silent")
        second = make_source(flood, "Second", "Radio Estuary", relays=first.subject)
        third = make_source(flood, "Third", "Radio Estuary", relays=silent.subject)
        make_source(flood, "Not cited", "Radio Estuary", relays=first.subject)
        tell(flood, Telling("Rain", kind, sources=[first, second, third]))

        of = {each.label: client.get(each.get_absolute_url()) for each in (first, second, third)}

        assert "Passed on by Second" in words(of["First"])
        assert "Not cited" not in words(of["First"])
        assert "Passes on First : both count as one voice" in words(of["Second"])
        assert first.get_absolute_url() in links(of["Second"])
        assert "Passes on Silent" in words(of["Third"])
        assert silent.get_absolute_url() not in links(of["Third"])

    def test_what_it_supports_is_told_from_what_it_disputes_whatever_others_do(self, client):
        one, other = SourceFactory(), SourceFactory(broadcast=True)
        for headline, stances in (
            ("Agreed", (("supports", one), ("supports", other))),
            ("Denied by the other", (("supports", one), ("disputes", other))),
            ("Denied", (("disputes", one), ("supports", other))),
        ):
            event = EventFactory(headline=headline)
            for stance, source in stances:
                CitationFactory(event=event, source=source, stance=stance, approved=True)
            publish(event, event.created_by)
        address = term_of(one).get_absolute_url()

        page = client.get(address)

        assert "What rests on it Supports 2 entries Disputes 1 entry" in words(page)
        assert "?stance=disputes#results" in links(page)
        assert headlines(client.get(address + "?stance=disputes")) == ["Denied"]
        assert set(headlines(client.get(address + "?stance=supports"))) == {"Agreed", "Denied by the other"}
        offered = {c.value: c.count for c in choices(page) if c.facet == "stance"}
        assert offered == {"supports": 2, "disputes": 1}


class TestCourse:
    def drawn(self, response) -> list[str]:
        return main_of(response).partition('class="here" d="')[2].partition('"')[0].split("M")[1:]

    def test_a_short_chronicle_is_drawn_day_by_day_and_its_table_leads_on(self, client, flood, kind):
        other = make_term(flood, "kind", "Rescue")
        tell(flood, Telling("Rain", kind), Telling("Boats", other))
        tell(flood, Telling("Wind", kind), day=THIRD + timedelta(days=1))

        page = client.get(kind.get_absolute_url())
        [third, fourth] = links(page, "by=told&from")

        assert "Day by day" in words(page)
        assert [each.partition(".")[0] for each in self.drawn(page)] == ["2", "3"]
        assert "Day 3, 3 March 2021 1 2 Day 4, 4 March 2021 1 1" in words(page)
        assert third == "?by=told&from=2021-03-03&to=2021-03-03#results"
        assert headlines(client.get(kind.get_absolute_url() + third)) == ["Rain"]
        assert headlines(client.get(kind.get_absolute_url() + fourth)) == ["Wind"]

    @pytest.mark.parametrize(
        ("first", "heading", "row", "columns"),
        [
            (date(2020, 11, 3), "Month by month", "March 2021 1 1", 6),
            (date(1990, 1, 1), "Year by year", "2021 1 1", 32),
            (date(1500, 1, 1), "Year by year", "2021 1 1", 120),
        ],
    )
    def test_a_long_one_by_months_or_years(self, client, first, heading, row, columns):
        story = make_story(first_date=first, last_date=date(2021, 4, 6))
        kind = make_term(story, "kind", "Damage")
        tell(story, Telling("Rain", kind))

        page = client.get(kind.get_absolute_url())
        [address] = links(page, "by=told&from")

        assert heading in words(page)
        assert row in words(page)
        assert f'viewBox="0 0 {columns} 76"' in main_of(page)
        assert headlines(client.get(kind.get_absolute_url() + address)) == ["Rain"]


class TestAddresses:
    def test_another_name_leads_to_the_one_address_and_keeps_the_query(self, client, flood, kind):
        tell(flood, Telling("Rain", kind))

        for asked in ("/the-flood/kind/1/", "/the-flood/kind/1-harm/"):
            response = client.get(f"{asked}?part=morning&order=oldest")
            assert (response.status_code, response["Location"]) == (
                301,
                "/the-flood/kind/1-damage/?part=morning&order=oldest",
            )

    def test_what_was_renamed_is_found_by_its_old_address_and_on_every_card(self, client):
        published = EventFactory(published=True)
        assert "/the-flood/kind/1-damage/" in links(client.get("/the-flood/day-3/"))
        kind = published.kind
        kind.name = "Шкода"
        kind.save()
        writing.print_again(kind, by=published.created_by, note="By another name.")

        [address] = set(links(client.get("/the-flood/day-3/"), "/kind/"))

        assert (
            address == term_of(kind).get_absolute_url() == "/the-flood/kind/1-%D1%88%D0%BA%D0%BE%D0%B4%D0%B0/"
        )
        assert client.get("/the-flood/kind/1-damage/", follow=True).redirect_chain == [(address, 301)]

    def test_what_has_no_public_entry_left_is_not_named(self, client):
        event = EventFactory(published=True, places=[PlaceFactory(name="Hidden lane")])
        place = Term.objects.get(facet="place")
        addresses = [place.get_absolute_url(), "/the-flood/place/1/", "/the-flood/place/1-other/"]
        assert client.get(addresses[0]).status_code == 200
        publishing.withdraw(event, by=event.created_by, seen=event.version, reason="It was another.")

        for address in addresses:
            response = client.get(address)
            assert response.status_code == 410
            assert "lane" not in response.content.decode().lower().replace(address, "")
            assert "Location" not in response

    @pytest.mark.parametrize(
        "address", ["place/7/", "place/7-x/", "kind/0/", f"kind/{10**30}/", "entry-kind/1/", "sheet/1-x/"]
    )
    def test_what_was_never_printed_has_no_page(self, client, flood, address):
        assert client.get(f"/the-flood/{address}").status_code == 404
        assert client.get(f"/nowhere/{address}").status_code == 404

    def test_what_is_filtered_is_known_by_the_whole_and_not_indexed(self, client, flood, kind):
        tell(flood, Telling("Rain", kind))

        whole, part = (head_of(client.get(kind.get_absolute_url() + q)) for q in ("", "?part=morning"))

        assert whole["canonical"] == part["canonical"] == f"http://testserver{kind.get_absolute_url()}"
        assert "robots" not in whole
        assert part["robots"] == "noindex,follow"


def test_words_are_looked_for_among_its_entries_alone(client, flood, kind):
    other = make_term(flood, "kind", "Rescue")
    told = (("Rain on the bridge", kind), ("A bridge is left", other), ("Wind", kind))
    tell(flood, *(Telling(headline, of) for headline, of in told))

    page = client.get(kind.get_absolute_url() + "?q=bridge")

    assert total(page) == "1"
    assert "<mark>bridge</mark>" in main_of(page)


def test_hostile_names_stay_words(client, flood):
    hostile = "<script>alert(1)</script>"
    names = [{"name": hostile, "language": "x\"'<", "used_by": hostile, "preferred": True}]
    place = make_term(flood, "place", hostile, names=names)
    tell(flood, Telling("Rain", make_term(flood, "kind", "Damage"), [place]))

    for address in (place.get_absolute_url(), "/the-flood/places/", "/the-flood/places/?order=number"):
        page = client.get(address)
        assert page.status_code == 200
        assert hostile not in page.content.decode()
        assert "alert(1)" in words(page)
